package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Subscription is a feed in a list of feeds.
type Subscription struct{ Title, URL, Site string }

// The parts of OPML that are read and written (opml.org/spec2.opml).
type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	URL      string    `xml:"xmlUrl,attr,omitempty"`
	Site     string    `xml:"htmlUrl,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}

type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// deepest is how deep outlines may nest.
const deepest = 50

// notOPML says why data is no list of feeds. The end of the file before anything came is no error of a network.
func notOPML(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("it is no OPML, which feed readers export")
	}
	return err
}

// ReadOPML returns the feeds of a list, including those in folders, each once.
func ReadOPML(data []byte) ([]Subscription, error) {
	if err := checkDepth(data); err != nil {
		return nil, fmt.Errorf("the list cannot be read: %w", notOPML(err))
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	var list opml
	if err := dec.Decode(&list); err != nil {
		return nil, fmt.Errorf("the list cannot be read: %w", notOPML(err))
	}
	var out []Subscription
	seen := map[string]bool{}
	var walk func([]outline)
	walk = func(all []outline) {
		for _, o := range all {
			if u := resolve(nil, o.URL); u != "" && !seen[u] {
				seen[u] = true
				title := o.Title
				if title == "" {
					title = o.Text
				}
				out = append(out, Subscription{line(title), u, resolve(nil, o.Site)})
			}
			walk(o.Outlines)
		}
	}
	walk(list.Body)
	return out, nil
}

// checkDepth rejects outlines that nest too deep to walk.
func checkDepth(data []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	depth := 0
	for {
		t, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return errors.New("its folders nest too deep")
			}
		case xml.EndElement:
			depth--
		}
	}
}

// WriteOPML writes a list of feeds.
func WriteOPML(w io.Writer, title string, list []Subscription) error {
	doc := opml{Version: "2.0", Title: title}
	for _, s := range list {
		text := s.Title
		if strings.TrimSpace(text) == "" {
			text = s.URL
		}
		doc.Body = append(doc.Body, outline{Text: text, Title: text, Type: "rss", URL: s.URL, Site: s.Site})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

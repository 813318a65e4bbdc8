package refi

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
)

// The elements of a project that are read.
type (
	project struct {
		Users   []named  `xml:"Users>User"`
		Codes   []nested `xml:"CodeBook>Codes>Code"`
		Sources []source `xml:"Sources>TextSource"`
		Notes   []note   `xml:"Notes>Note"`
		Links   []link   `xml:"Links>Link"`
	}
	named struct {
		GUID string `xml:"guid,attr"`
		Name string `xml:"name,attr"`
	}
	nested struct {
		named
		Codes []nested `xml:"Code"`
	}
	source struct {
		named
		Path       string      `xml:"plainTextPath,attr"`
		About      string      `xml:"Description"`
		Inline     string      `xml:"PlainTextContent"`
		Selections []selection `xml:"PlainTextSelection"`
	}
	selection struct {
		named
		Start   int         `xml:"startPosition,attr"`
		End     int         `xml:"endPosition,attr"`
		User    string      `xml:"creatingUser,attr"`
		About   string      `xml:"Description"`
		Codings []coded     `xml:"Coding"`
		Notes   []reference `xml:"NoteRef"`
	}
	coded struct {
		Code reference `xml:"CodeRef"`
	}
	reference struct {
		GUID string `xml:"targetGUID,attr"`
	}
	note struct {
		named
		User string `xml:"creatingUser,attr"`
		Text string `xml:"PlainTextContent"`
	}
	link struct {
		Name string `xml:"name,attr"`
		From string `xml:"originGUID,attr"`
		To   string `xml:"targetGUID,attr"`
	}
)

// read reads the plain texts of a project and their selections. A code below another is
// an entity, whose type is the code at the top; a code at the top is a type. If a
// selection has several codes, the first counts.
func read(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		p, err := open(in)
		if err != nil {
			yield(nil, fmt.Errorf("read the project %s: %w", in.Name, err))
			return
		}
		for i := range p.Sources {
			d, err := p.document(&p.Sources[i])
			if err != nil {
				err = fmt.Errorf("read the project %s: source %q: %w", in.Name, p.Sources[i].Name, err)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// A reader is a project that was read.
type reader struct {
	project
	zip   *zip.Reader
	loss  *format.Loss
	types map[string]string // types of codes by GUID
	codes map[string]string // names of codes that are entities
	users map[string]string
	notes map[string]note
}

func open(in format.Input) (*reader, error) {
	data, err := io.ReadAll(io.LimitReader(in, records.Limit))
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	p := &reader{zip: z, loss: in.Loss, types: map[string]string{}, codes: map[string]string{}, users: map[string]string{}, notes: map[string]note{}}
	qde, err := p.file("project.qde")
	if err != nil {
		return nil, err
	}
	if err := xml.Unmarshal(qde, &p.project); err != nil {
		return nil, err
	}
	for _, u := range p.Users {
		p.users[u.GUID] = u.Name
	}
	for _, n := range p.Notes {
		p.notes[n.GUID] = n
	}
	for _, c := range p.Codes {
		p.types[c.GUID] = c.Name
		p.addCodes(c.Codes, c.Name, 1)
	}
	return p, nil
}

// addCodes adds the codes below one.
func (p *reader) addCodes(cs []nested, typ string, depth int) {
	for _, c := range cs {
		p.types[c.GUID], p.codes[c.GUID] = typ, c.Name
		if depth < 100 {
			p.addCodes(c.Codes, typ, depth+1)
		}
	}
}

// file returns a file of the archive. Nothing is unpacked to a disk.
func (p *reader) file(name string) ([]byte, error) {
	for _, f := range p.zip.File {
		if path.Clean(strings.ReplaceAll(f.Name, `\`, "/")) != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		data, err := io.ReadAll(io.LimitReader(r, records.Limit+1))
		if len(data) > records.Limit {
			return nil, fmt.Errorf("%s is longer than %d bytes", name, records.Limit)
		}
		return data, err
	}
	return nil, fmt.Errorf("there is no %s in it", name)
}

func (p *reader) document(s *source) (*format.Document, error) {
	text := s.Inline
	if file, ok := strings.CutPrefix(s.Path, "internal://"); ok {
		data, err := p.file("sources/" + file)
		if err != nil {
			return nil, err
		}
		text = strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), "\ufffd")
	}
	if text == "" && len(s.Selections) > 0 {
		return nil, errors.New("its text is not in the project")
	}
	r := standoff.NewReader(p.loss)
	first := map[string]string{}
	who := ""
	for i := range s.Selections {
		x := &s.Selections[i]
		if len(x.Codings) == 0 {
			p.loss.Add(1, "selections without a code")
			continue
		}
		p.loss.Add(len(x.Codings)-1, "further codes of a selection: a mention has one type")
		if err := p.addSelection(r, x, first); err != nil {
			return nil, err
		}
		if name := p.users[x.User]; name != "byline" {
			who = cmp.Or(who, name)
		}
	}
	for _, l := range p.Links {
		if r.Annotation(l.From) != nil && r.Annotation(l.To) != nil {
			r.Relate(cmp.Or(l.Name, "speaker"), l.From, l.To)
		}
	}
	d := &format.Document{Article: standoff.Article(s.Name, text), Who: who}
	d.Layer = r.Layer(text, offsets.CodePoints)
	if id, source, _ := strings.Cut(s.About, " "); len(id) == 16 {
		d.ID, d.Source = id, source
	}
	return d, d.Layer.Check(text)
}

// addSelection adds a selection by its first code.
func (p *reader) addSelection(r *standoff.Reader, x *selection, first map[string]string) error {
	code := x.Codings[0].Code.GUID
	typ := cmp.Or(p.types[code], "other")
	if err := r.Add(x.GUID, typ, offsets.Stretch{Start: x.Start, End: x.End}); err != nil {
		return err
	}
	switch name := p.codes[code]; {
	case strings.EqualFold(typ, "quote"):
		r.Say(x.GUID, "Form", name)
	case name != "":
		r.Say(x.GUID, "Type", typ)
		if head := first[code]; head != "" {
			r.Join(head, x.GUID)
		} else {
			first[code] = x.GUID
			r.Say(x.GUID, "Name", name)
		}
	}
	for _, w := range strings.Fields(x.About) {
		if _, err := strconv.ParseFloat(w, 64); err == nil {
			r.Say(x.GUID, "Origin", standoff.Machine)
			r.Say(x.GUID, "Score", w)
		} else if standoff.IsForm(w) {
			r.Say(x.GUID, "Form", w)
		}
	}
	for _, n := range x.Notes {
		if note, ok := p.notes[n.GUID]; ok {
			b := r.Annotation(x.GUID)
			b.Remarks = append(b.Remarks, annotate.Remark{Text: note.Text, Who: p.users[note.User], Tag: note.Name == "tag"})
		}
	}
	return nil
}

// sniff reports whether head is the start of a zip archive of a project. Other archives
// are not of this format.
func sniff(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) && (bytes.Contains(head, []byte("sources/")) || bytes.Contains(head, []byte("project.qde")))
}

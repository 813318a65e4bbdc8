package refi

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// newWriter returns a writer of a project of REFI-QDA 1.0 (.qdpx): a zip archive of plain
// texts and project.qde. A type is a code, and an entity a code below it, which is known
// by its name in all articles. A mention is a selection with the code of its entity, a
// quote one with the code of its type. Links lead from a quote to its speaker and its
// cue. Variables of a text say where and when it was published. Positions are code points. What a person rejected is left out. Since the codes
// come first in the file, all selections are kept in memory until the end.
func newWriter(w io.Writer, o format.Options) format.Writer {
	return &writer{zip: zip.NewWriter(w), o: o, codes: map[string]*code{}, users: map[string]string{}}
}

// A code is a code with those below it, in the order they were added.
type code struct {
	guid, name string
	below      []*code
}

type writer struct {
	zip     *zip.Writer
	o       format.Options
	codes   map[string]*code
	top     []*code
	users   map[string]string // GUIDs of users by name
	order   []string          // names of users
	sources bytes.Buffer
	links   bytes.Buffer
	notes   bytes.Buffer
	n       int
	known   []string // variables
}

// guid returns a GUID that depends only on parts.
func guid(parts ...string) string {
	return strings.TrimPrefix(standoff.URN(append([]string{"refi"}, parts...)...), "urn:uuid:")
}

// code returns the code with a name below another one, or at the top if that is nil.
func (w *writer) code(below *code, name string) *code {
	key := name
	if below != nil {
		key = below.guid + name
	}
	c := w.codes[key]
	if c != nil {
		return c
	}
	c = &code{guid: guid("code", key), name: name}
	w.codes[key] = c
	if below == nil {
		w.top = append(w.top, c)
	} else {
		below.below = append(below.below, c)
	}
	return c
}

// user returns the GUID of a user.
func (w *writer) user(name string) string {
	if w.users[name] == "" {
		w.users[name] = guid("user", name)
		w.order = append(w.order, name)
	}
	return w.users[name]
}

func (w *writer) Write(d *format.Document) error {
	w.n++
	source := guid("source", d.ID, strconv.Itoa(w.n))
	text := d.Text
	if w.o.CRLF {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	f, err := w.zip.Create("sources/" + source + ".txt")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(f, text); err != nil {
		return err
	}
	points := offsets.NewPoints(d.Text)
	at := func(off int) int {
		n := points.Of(off)
		if w.o.CRLF {
			n += strings.Count(d.Text[:off], "\n")
		}
		return n
	}
	fmt.Fprintf(&w.sources, "<TextSource guid=\"%s\" name=\"%s\" plainTextPath=\"internal://%s.txt\" creatingUser=\"%s\"><Description>%s</Description>\n",
		source, escape.Attribute(cmp.Or(d.Title, d.ID)), source, w.user("byline"), escape.Content(d.ID+" "+d.Source))
	items, edges := standoff.Items(d, func(t annotate.Type) string { return string(t) })
	codes := w.codesOf(d)
	for i := range items {
		if it := &items[i]; !it.Rejected() {
			w.selection(d, source, it, codes[i], at)
		}
	}
	standoff.CreditsOf(d.Article).Each(func(name, value string) {
		fmt.Fprintf(&w.sources, "<VariableValue><VariableRef targetGUID=\"%s\"/><TextValue>%s</TextValue></VariableValue>\n", w.variable(name), escape.Content(value))
	})
	w.sources.WriteString("</TextSource>\n")
	for _, e := range edges {
		if e.Label != "Coref" {
			fmt.Fprintf(&w.links, "<Link guid=\"%s\" name=\"%s\" direction=\"OneWay\" originGUID=\"%s\" targetGUID=\"%s\"/>\n",
				guid("link", source, items[e.From].ID, items[e.To].ID), strings.ToLower(e.Label), guid("selection", source, items[e.From].ID), guid("selection", source, items[e.To].ID))
		}
	}
	return nil
}

// variable returns the GUID of a variable of texts.
func (w *writer) variable(name string) string {
	if !slices.Contains(w.known, name) {
		w.known = append(w.known, name)
	}
	return guid("variable", name)
}

// codesOf returns the code of each item of d.
func (w *writer) codesOf(d *format.Document) []*code {
	var out []*code
	named := map[string]bool{}
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		key := string(e.Type) + "\x00" + e.Name
		if slices.ContainsFunc(e.Mentions, standoff.Alive) {
			if named[key] {
				w.o.Loss.Add(1, "entities with the same name in one article: codes are told apart by name")
			}
			named[key] = true
		}
		for range e.Mentions {
			out = append(out, w.code(w.code(nil, d.Spelled(e.Type)), cmp.Or(strings.TrimSpace(e.Name), "unnamed")))
		}
	}
	for _, q := range d.Layer.Quotes {
		out = append(out, w.code(w.code(nil, "quote"), string(q.Type)))
		if q.State == annotate.Rejected {
			continue
		}
		if !standoff.SpeakerWords(q, standoff.Speakers(d.Layer, q, d.Text)).Empty() {
			out = append(out, w.code(nil, strings.ToLower(standoff.SpeakerMention)))
		}
		if !q.Cue.Empty() {
			out = append(out, w.code(nil, "cue"))
		}
	}
	return out
}

func (w *writer) selection(d *format.Document, source string, it *standoff.Item, code *code, at func(int) int) {
	user := "byline"
	about := it.Form
	if it.Who() == standoff.Human {
		user = cmp.Or(it.Decider, standoff.Somebody)
	} else {
		_, score := it.By.Words()
		about = strings.TrimSpace(about + " " + score)
	}
	id := guid("selection", source, it.ID)
	fmt.Fprintf(&w.sources, "<PlainTextSelection guid=\"%s\" name=\"%s\" startPosition=\"%d\" endPosition=\"%d\" creatingUser=\"%s\">",
		id, escape.Attribute(offsets.First(strings.Join(strings.Fields(it.In(d.Text)), " "), 60)), at(it.Start), at(it.End), w.user(user))
	if about != "" {
		fmt.Fprintf(&w.sources, "<Description>%s</Description>", escape.Content(about))
	}
	fmt.Fprintf(&w.sources, "<Coding guid=\"%s\" creatingUser=\"%s\"><CodeRef targetGUID=\"%s\"/></Coding>", guid("coding", source, it.ID), w.user(user), code.guid)
	for i, r := range it.Notes {
		note := guid("note", source, it.ID, strconv.Itoa(i))
		kind := map[bool]string{true: "tag", false: "note"}[r.Tag]
		fmt.Fprintf(&w.sources, "<NoteRef targetGUID=\"%s\"/>", note)
		fmt.Fprintf(&w.notes, "<Note guid=\"%s\" name=\"%s\" creatingUser=\"%s\"><PlainTextContent>%s</PlainTextContent></Note>\n", note, kind, w.user(cmp.Or(r.Who, standoff.Somebody)), escape.Content(r.Text))
	}
	w.sources.WriteString("</PlainTextSelection>\n")
}

func (w *writer) Close() error {
	creator := w.user("byline")
	f, err := w.zip.Create("project.qde")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
	fmt.Fprintf(&b, "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"byline\" origin=\"byline\" creatingUserGUID=\"%s\">\n<Users>\n", creator)
	for _, name := range w.order {
		fmt.Fprintf(&b, "<User guid=\"%s\" name=\"%s\"/>\n", w.users[name], escape.Attribute(name))
	}
	b.WriteString("</Users>\n")
	if len(w.top) > 0 { // a code book without codes is not valid
		b.WriteString("<CodeBook><Codes>\n")
		for _, c := range w.top {
			c.write(&b)
		}
		b.WriteString("</Codes></CodeBook>\n")
	}
	if len(w.known) > 0 {
		b.WriteString("<Variables>\n")
		for _, name := range w.known {
			fmt.Fprintf(&b, "<Variable guid=\"%s\" name=\"%s\" typeOfVariable=\"Text\"/>\n", guid("variable", name), name)
		}
		b.WriteString("</Variables>\n")
	}
	b.WriteString("<Sources>\n")
	for _, part := range []struct {
		open  string
		data  *bytes.Buffer
		close string
	}{{"", &w.sources, "</Sources>\n"}, {"<Notes>\n", &w.notes, "</Notes>\n"}, {"<Links>\n", &w.links, "</Links>\n"}} {
		if part.open == "" || part.data.Len() > 0 {
			b.WriteString(part.open)
			b.Write(part.data.Bytes())
			b.WriteString(part.close)
		}
	}
	b.WriteString("</Project>\n")
	if _, err := f.Write(b.Bytes()); err != nil {
		return err
	}
	return w.zip.Close()
}

func (c *code) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "<Code guid=\"%s\" name=\"%s\" isCodable=\"true\">", c.guid, escape.Attribute(c.name))
	for _, k := range c.below {
		k.write(b)
	}
	b.WriteString("</Code>\n")
}

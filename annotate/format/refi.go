package format

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
)

// Format is a project of REFI-QDA.
var formatREFI = Format{Name: "refi", Extension: ".qdpx", About: "REFI-QDA, as ATLAS.ti, MAXQDA, NVivo and QualCoder read it",
	NewWriter: newREFIWriter, Read: readREFI, Sniff: isREFI}

// newREFIWriter writes a project of REFI-QDA 1.0 (.qdpx): a zip of the plain texts and
// project.qde. A type is a code, and who or what has it a code below, known by its name
// over all articles; a mention is a selection with that code, a quote one with the code of
// its type. Links lead from a quote to its speaker and its cue. Positions are code points.
// What a person rejected is left out. The codes are known when all articles are, so that
// the selections of all wait in memory.
func newREFIWriter(w io.Writer, o Options) Writer {
	return &refi{zip: zip.NewWriter(w), o: o, codes: map[string]*refiCode{}, users: map[string]string{}}
}

// A refiCode is a code with those below it, in the order they were met.
type refiCode struct {
	guid, name string
	below      []*refiCode
}

type refi struct {
	zip     *zip.Writer
	o       Options
	codes   map[string]*refiCode
	top     []*refiCode
	users   map[string]string // GUIDs by name
	order   []string          // of users
	sources bytes.Buffer
	links   bytes.Buffer
	notes   bytes.Buffer
	n       int
}

// guid makes a GUID of parts, the same for the same.
func guid(parts ...string) string {
	return strings.TrimPrefix(urn(append([]string{"refi"}, parts...)...), "urn:uuid:")
}

// code returns the code of a name below another, or at the top.
func (w *refi) code(below *refiCode, name string) *refiCode {
	key := name
	if below != nil {
		key = below.guid + name
	}
	c := w.codes[key]
	if c != nil {
		return c
	}
	c = &refiCode{guid: guid("code", key), name: name}
	w.codes[key] = c
	if below == nil {
		w.top = append(w.top, c)
	} else {
		below.below = append(below.below, c)
	}
	return c
}

// user returns the GUID of a user.
func (w *refi) user(name string) string {
	if w.users[name] == "" {
		w.users[name] = guid("user", name)
		w.order = append(w.order, name)
	}
	return w.users[name]
}

func (w *refi) Write(d *Document) error {
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
	points := NewPoints(d.Text)
	at := func(off int) int {
		n := points.Of(off)
		if w.o.CRLF {
			n += strings.Count(d.Text[:off], "\n")
		}
		return n
	}
	fmt.Fprintf(&w.sources, "<TextSource guid=\"%s\" name=\"%s\" plainTextPath=\"internal://%s.txt\" creatingUser=\"%s\"><Description>%s</Description>\n",
		source, attribute(cmp.Or(d.Title, d.ID)), source, w.user("byline"), content(d.ID+" "+d.Source))
	items, edges := itemsOf(d, func(t annotate.Type) string { return string(t) })
	codes := w.codesOf(d)
	for i := range items {
		if it := &items[i]; !it.rejected() {
			w.selection(d, source, it, codes[i], at)
		}
	}
	w.sources.WriteString("</TextSource>\n")
	for _, e := range edges {
		if e.label != "Coref" {
			fmt.Fprintf(&w.links, "<Link guid=\"%s\" name=\"%s\" direction=\"OneWay\" originGUID=\"%s\" targetGUID=\"%s\"/>\n",
				guid("link", source, items[e.from].id, items[e.to].id), strings.ToLower(e.label), guid("selection", source, items[e.from].id), guid("selection", source, items[e.to].id))
		}
	}
	return nil
}

// codesOf returns the codes of the items of d, in their order.
func (w *refi) codesOf(d *Document) []*refiCode {
	var out []*refiCode
	named := map[string]bool{}
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		key := string(e.Type) + "\x00" + e.Name
		for k, m := range e.Mentions {
			if alive(m) && named[key] && k == 0 {
				w.o.Loss.Add(1, "entities of the same name in one article: a code is known by its name")
			}
			out = append(out, w.code(w.code(nil, string(e.Type)), cmp.Or(strings.TrimSpace(e.Name), "unnamed")))
		}
		named[key] = true
	}
	for i := range d.Layer.Quotes {
		q := &d.Layer.Quotes[i]
		out = append(out, w.code(w.code(nil, "quote"), string(q.Type)))
		if q.State != annotate.Rejected && !q.Cue.Empty() {
			out = append(out, w.code(nil, "cue"))
		}
	}
	return out
}

func (w *refi) selection(d *Document, source string, it *item, code *refiCode, at func(int) int) {
	user := "byline"
	about := it.form
	if it.origin() == byHuman {
		user = cmp.Or(d.Who, "somebody")
		if it.by.Human {
			user = cmp.Or(it.by.Stage, user)
		}
	} else {
		about = strings.TrimSpace(about + " " + strconv.FormatFloat(it.score(), 'f', -1, 64))
	}
	id := guid("selection", source, it.id)
	fmt.Fprintf(&w.sources, "<PlainTextSelection guid=\"%s\" name=\"%s\" startPosition=\"%d\" endPosition=\"%d\" creatingUser=\"%s\">",
		id, attribute(firstPoints(strings.Join(strings.Fields(it.In(d.Text)), " "), 60)), at(it.Start), at(it.End), w.user(user))
	if about != "" {
		fmt.Fprintf(&w.sources, "<Description>%s</Description>", content(about))
	}
	fmt.Fprintf(&w.sources, "<Coding guid=\"%s\" creatingUser=\"%s\"><CodeRef targetGUID=\"%s\"/></Coding>", guid("coding", source, it.id), w.user(user), code.guid)
	for i, r := range it.notes {
		note := guid("note", source, it.id, strconv.Itoa(i))
		kind := map[bool]string{true: "tag", false: "note"}[r.Tag]
		fmt.Fprintf(&w.sources, "<NoteRef targetGUID=\"%s\"/>", note)
		fmt.Fprintf(&w.notes, "<Note guid=\"%s\" name=\"%s\" creatingUser=\"%s\"><PlainTextContent>%s</PlainTextContent></Note>\n", note, kind, w.user(cmp.Or(r.Who, "somebody")), content(r.Text))
	}
	w.sources.WriteString("</PlainTextSelection>\n")
}

func (w *refi) Close() error {
	creator := w.user("byline")
	f, err := w.zip.Create("project.qde")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
	fmt.Fprintf(&b, "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"byline\" origin=\"byline\" creatingUserGUID=\"%s\">\n<Users>\n", creator)
	for _, name := range w.order {
		fmt.Fprintf(&b, "<User guid=\"%s\" name=\"%s\"/>\n", w.users[name], attribute(name))
	}
	b.WriteString("</Users>\n<CodeBook><Codes>\n")
	for _, c := range w.top {
		c.write(&b)
	}
	b.WriteString("</Codes></CodeBook>\n<Sources>\n")
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

func (c *refiCode) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "<Code guid=\"%s\" name=\"%s\" isCodable=\"true\">", c.guid, attribute(c.name))
	for _, k := range c.below {
		k.write(b)
	}
	b.WriteString("</Code>\n")
}

// The elements of a project that are read.
type (
	refiProject struct {
		Users   []refiNamed  `xml:"Users>User"`
		Codes   []refiNested `xml:"CodeBook>Codes>Code"`
		Sources []refiSource `xml:"Sources>TextSource"`
		Notes   []refiNote   `xml:"Notes>Note"`
		Links   []refiLink   `xml:"Links>Link"`
	}
	refiNamed struct {
		GUID string `xml:"guid,attr"`
		Name string `xml:"name,attr"`
	}
	refiNested struct {
		refiNamed
		Codes []refiNested `xml:"Code"`
	}
	refiSource struct {
		refiNamed
		Path       string          `xml:"plainTextPath,attr"`
		About      string          `xml:"Description"`
		Inline     string          `xml:"PlainTextContent"`
		Selections []refiSelection `xml:"PlainTextSelection"`
	}
	refiSelection struct {
		refiNamed
		Start   int         `xml:"startPosition,attr"`
		End     int         `xml:"endPosition,attr"`
		User    string      `xml:"creatingUser,attr"`
		About   string      `xml:"Description"`
		Codings []refiCoded `xml:"Coding"`
		Notes   []refiRef   `xml:"NoteRef"`
	}
	refiCoded struct {
		Code refiRef `xml:"CodeRef"`
	}
	refiRef struct {
		GUID string `xml:"targetGUID,attr"`
	}
	refiNote struct {
		refiNamed
		User string `xml:"creatingUser,attr"`
		Text string `xml:"PlainTextContent"`
	}
	refiLink struct {
		Name string `xml:"name,attr"`
		From string `xml:"originGUID,attr"`
		To   string `xml:"targetGUID,attr"`
	}
)

// readREFI reads the plain texts of a project with their selections. A code below one of a
// known type, or below any other, is an entity of that type; one at the top is a type. Of
// several codes of a selection the first counts.
func readREFI(in Input) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		p, err := openREFI(in)
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

// A refiReader is a project that was read, with its texts.
type refiReader struct {
	refiProject
	zip   *zip.Reader
	loss  *Loss
	types map[string]string // of codes by GUID
	codes map[string]string // names of codes that are entities
	users map[string]string
	notes map[string]refiNote
}

func openREFI(in Input) (*refiReader, error) {
	data, err := io.ReadAll(io.LimitReader(in, longestObject))
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	p := &refiReader{zip: z, loss: in.Loss, types: map[string]string{}, codes: map[string]string{}, users: map[string]string{}, notes: map[string]refiNote{}}
	qde, err := p.file("project.qde")
	if err != nil {
		return nil, err
	}
	if err := xml.Unmarshal(qde, &p.refiProject); err != nil {
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
		p.nested(c.Codes, c.Name, 1)
	}
	return p, nil
}

// nested notes the codes below one.
func (p *refiReader) nested(cs []refiNested, typ string, depth int) {
	for _, c := range cs {
		p.types[c.GUID], p.codes[c.GUID] = typ, c.Name
		if depth < 100 {
			p.nested(c.Codes, typ, depth+1)
		}
	}
}

// file returns a file of the archive, which is never unpacked to a disk.
func (p *refiReader) file(name string) ([]byte, error) {
	for _, f := range p.zip.File {
		if path.Clean(strings.ReplaceAll(f.Name, `\`, "/")) != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		data, err := io.ReadAll(io.LimitReader(r, longestObject+1))
		if len(data) > longestObject {
			return nil, fmt.Errorf("%s is longer than %d bytes", name, longestObject)
		}
		return data, err
	}
	return nil, fmt.Errorf("there is no %s in it", name)
}

func (p *refiReader) document(s *refiSource) (*Document, error) {
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
	r := newStandoff(p.loss)
	first := map[string]string{}
	who := ""
	for i := range s.Selections {
		x := &s.Selections[i]
		if len(x.Codings) == 0 {
			p.loss.Add(1, "selections without a code")
			continue
		}
		p.loss.Add(len(x.Codings)-1, "further codes of a selection: a mention has one type")
		if err := p.selected(r, x, first); err != nil {
			return nil, err
		}
		if name := p.users[x.User]; name != "byline" {
			who = cmp.Or(who, name)
		}
	}
	for _, l := range p.Links {
		if r.bounds[l.From] != nil && r.bounds[l.To] != nil {
			r.relate(cmp.Or(l.Name, "speaker"), l.From, l.To)
		}
	}
	d := &Document{Article: foreign(s.Name, text), Who: who}
	d.Layer = r.layer(text, "code points")
	if id, source, _ := strings.Cut(s.About, " "); len(id) == 16 {
		d.ID, d.Source = id, source
	}
	return d, d.Layer.Check(text)
}

// selected takes in a selection by its first code.
func (p *refiReader) selected(r *standoff, x *refiSelection, first map[string]string) error {
	code := x.Codings[0].Code.GUID
	typ := cmp.Or(p.types[code], "other")
	if err := r.add(x.GUID, typ, stretch{start: x.Start, end: x.End}); err != nil {
		return err
	}
	switch name := p.codes[code]; {
	case strings.EqualFold(typ, "quote"):
		r.say(x.GUID, "Form", name)
	case name != "":
		r.say(x.GUID, "Type", typ)
		if head := first[code]; head != "" {
			r.join(head, x.GUID)
		} else {
			first[code] = x.GUID
			r.say(x.GUID, "Name", name)
		}
	}
	for _, w := range strings.Fields(x.About) {
		if _, err := strconv.ParseFloat(w, 64); err == nil {
			r.say(x.GUID, "Origin", byMachine)
			r.say(x.GUID, "Score", w)
		} else if isForm(w) {
			r.say(x.GUID, "Form", w)
		}
	}
	for _, n := range x.Notes {
		if note, ok := p.notes[n.GUID]; ok {
			b := r.bounds[x.GUID]
			b.remarks = append(b.remarks, annotate.Remark{Text: note.Text, Who: p.users[note.User], Tag: note.Name == "tag"})
		}
	}
	return nil
}

// isREFI reports whether head begins a zip archive of a project; other archives are no
// annotated files.
func isREFI(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) && (bytes.Contains(head, []byte("sources/")) || bytes.Contains(head, []byte("project.qde")))
}

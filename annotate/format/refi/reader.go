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
	"slices"
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
		Sources sources  `xml:"Sources"`
		Cases   anything `xml:"Cases"`
		Sets    anything `xml:"Sets"`
		Notes   []note   `xml:"Notes>Note"`
		Links   []link   `xml:"Links>Link"`

		Origin    string  `xml:"origin,attr"`
		Variables []named `xml:"Variables>Variable"`
	}
	sources struct {
		Texts    []source `xml:"TextSource"`
		anything          // among them pictures, sounds and PDF
	}
	// anything are elements of which only the names are of use.
	anything struct {
		Elements []struct{ XMLName xml.Name } `xml:",any"`
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
		Rich       string      `xml:"richTextPath,attr"`
		About      string      `xml:"Description"`
		Inline     string      `xml:"PlainTextContent"`
		Selections []selection `xml:"PlainTextSelection"`
		Codings    []coded     `xml:"Coding"` // of the whole text
		Notes      []reference `xml:"NoteRef"`
		Values     []value     `xml:"VariableValue"`
	}
	// A value is that of a variable, which may be of other types than text.
	value struct {
		Variable reference `xml:"VariableRef"`
		Text     string    `xml:"TextValue"`
		Date     string    `xml:"DateValue"`
		Time     string    `xml:"DateTimeValue"`
	}
	selection struct {
		named
		Start   position    `xml:"startPosition,attr"`
		End     position    `xml:"endPosition,attr"`
		User    string      `xml:"creatingUser,attr"`
		About   string      `xml:"Description"`
		Codings []coded     `xml:"Coding"`
		Notes   []reference `xml:"NoteRef"`
	}
	coded struct {
		Code reference `xml:"CodeRef"`
	}
	// A position is an offset, -1 if the file has something else.
	position  int
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

// UnmarshalXMLAttr reads a position.
func (p *position) UnmarshalXMLAttr(a xml.Attr) error {
	n, err := strconv.Atoi(strings.TrimSpace(a.Value))
	if err != nil {
		n = -1
	}
	*p = position(n)
	return nil
}

// read reads the plain texts of a project and their selections. A code below another is
// an entity, whose type is the code at the top; a code at the top is a type. If a
// selection has several codes, the first counts. A source is a document for each person who coded it; of what others
// coded it has only whom quotes of that person are attributed to, as suggestions. A source of byline's is one document.
func read(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		p, err := open(in)
		if err != nil {
			yield(nil, fmt.Errorf("read the project %s: %w", in.Name, err))
			return
		}
		p.countLost()
		for i := range p.Sources.Texts {
			ds, err := p.documents(&p.Sources.Texts[i])
			for _, d := range ds {
				if !yield(d, nil) {
					return
				}
			}
			if err != nil && !yield(nil, fmt.Errorf("read the project %s: source %q: %w", in.Name, p.Sources.Texts[i].Name, err)) {
				return
			}
		}
	}
}

// A reader is a project that was read.
type reader struct {
	project
	zip       *zip.Reader
	open      func(string) (io.ReadCloser, error) // a file beside the project; may be nil
	loss      *format.Loss
	types     map[string]string // types of codes by GUID
	codes     map[string]string // names of codes that are entities
	users     map[string]string
	notes     map[string]note
	variables map[string]string // names by GUID
	linked    map[string][]link // links by where they begin
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
	p := &reader{zip: z, loss: in.Loss, types: map[string]string{}, codes: map[string]string{}, users: map[string]string{}, notes: map[string]note{}, linked: map[string][]link{}, variables: map[string]string{}}
	p.open = in.Open
	qde, err := p.file("project.qde")
	if err != nil {
		if qde, err = p.onlyProject(); err != nil {
			return nil, err
		}
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
	for _, v := range p.Variables {
		p.variables[v.GUID] = v.Name
	}
	for _, l := range p.Links {
		p.linked[l.From] = append(p.linked[l.From], l)
	}
	for _, c := range p.Codes {
		if p.types[c.GUID] != "" {
			p.loss.Add(1, "codes with the GUID of another")
			continue
		}
		p.types[c.GUID] = c.Name
		p.addCodes(c.Codes, c.Name, 1)
	}
	return p, nil
}

// addCodes adds the codes below one.
func (p *reader) addCodes(cs []nested, typ string, depth int) {
	for _, c := range cs {
		if p.types[c.GUID] != "" {
			p.loss.Add(1, "codes with the GUID of another")
			continue
		}
		p.types[c.GUID], p.codes[c.GUID] = typ, c.Name
		if depth < 100 {
			p.addCodes(c.Codes, typ, depth+1)
		}
	}
}

// onlyProject returns the file of the project, whatever its name.
func (p *reader) onlyProject() ([]byte, error) {
	for _, f := range p.zip.File {
		if strings.EqualFold(path.Ext(f.Name), ".qde") {
			return p.file(path.Clean(f.Name))
		}
	}
	return nil, errors.New("there is no project (.qde) in it")
}

// countLost counts what a project has beside texts and their selections.
func (p *reader) countLost() {
	for _, part := range []anything{p.Sources.anything, p.Cases, p.Sets} {
		for _, e := range part.Elements {
			p.loss.Add(1, fmt.Sprintf("elements %.40s of the project: only texts are read", e.XMLName.Local))
		}
	}
	selections := map[string]bool{}
	for i := range p.Sources.Texts {
		for k := range p.Sources.Texts[i].Selections {
			selections[p.Sources.Texts[i].Selections[k].GUID] = true
		}
	}
	for _, l := range p.Links {
		if !selections[l.From] || !selections[l.To] {
			p.loss.Add(1, "links that do not lead from one selection to another")
		}
	}
}

// file returns a file of the archive, whose folders may be spelled with a capital. Nothing is unpacked to a disk.
func (p *reader) file(name string) ([]byte, error) {
	for _, f := range p.zip.File {
		if !strings.EqualFold(path.Clean(strings.ReplaceAll(f.Name, `\`, "/")), name) {
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

// text returns the text of a source.
func (p *reader) text(s *source) (string, error) {
	data := []byte(s.Inline)
	var err error
	if file, ok := strings.CutPrefix(s.Path, "internal://"); ok {
		data, err = p.file("sources/" + file)
	} else if file, ok := strings.CutPrefix(s.Path, "relative://"); ok && p.open != nil {
		data, err = p.beside(path.Base(file))
	}
	switch {
	case err != nil:
		return "", err
	case len(data) == 0 && s.Path == "" && s.Rich != "":
		return "", errors.New("it has its text as a document only, not as plain text")
	case len(data) == 0 && len(s.Selections) > 0:
		return "", errors.New("its text is not in the project")
	}
	text := strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), "\ufffd")
	if lines := strings.ReplaceAll(text, "\r\n", "\n"); len(lines) < len(text) && s.fits(lines) > s.fits(text) {
		return lines, nil // some programs count the end of a line as one
	}
	return text, nil
}

// beside returns a file in the folder of the project.
func (p *reader) beside(name string) ([]byte, error) {
	f, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, records.Limit+1))
	if len(data) > records.Limit {
		return nil, fmt.Errorf("%s is longer than %d bytes", name, records.Limit)
	}
	return data, err
}

// fits returns how many selections have the words of their name in text.
func (s *source) fits(text string) int {
	points := offsets.NewPoints(text)
	n := 0
	for i := range s.Selections {
		x := &s.Selections[i]
		start, ok := points.Byte(int(x.Start))
		end, ok2 := points.Byte(int(x.End))
		if !ok || !ok2 || start >= end {
			continue
		}
		if said, name := strings.Join(strings.Fields(text[start:end]), " "), strings.Join(strings.Fields(x.Name), " "); name != "" && strings.HasPrefix(said, name) {
			n++
		}
	}
	return n
}

// documents returns what each person made of a source.
func (p *reader) documents(s *source) ([]*format.Document, error) {
	text, err := p.text(s)
	if err != nil {
		return nil, err
	}
	p.loss.Add(len(s.Codings), "codes of a whole text: a code is on words of it")
	p.loss.Add(len(s.Notes), "notes on a whole text")
	if s.About != "" && !p.own() {
		p.loss.Add(1, "descriptions of a whole text")
	}
	credits := p.creditsOf(s)
	var people []string
	seen := map[string]bool{}
	s.Selections = slices.DeleteFunc(s.Selections, func(x selection) bool {
		twice := seen[x.GUID]
		seen[x.GUID] = true
		if twice {
			p.loss.Add(1, "selections with the GUID of another")
		}
		return twice
	})
	for i := range s.Selections {
		x := &s.Selections[i]
		if name := p.users[x.User]; name != "byline" && name != "" && !slices.Contains(people, name) {
			people = append(people, name)
		}
		if len(x.Codings) == 0 {
			p.loss.Add(1, "selections without a code")
		}
		p.loss.Add(max(0, len(x.Codings)-1), "further codes of a selection: a mention has one type")
	}
	if len(people) == 0 || p.own() && len(people) > 1 {
		people = []string{""} // what byline wrote is one reading, whoever decided what
	}
	var out []*format.Document
	for _, who := range people {
		d, err := p.document(s, text, who, people)
		if err != nil {
			return out, err
		}
		credits.Take(d.Article)
		out = append(out, d)
	}
	return out, nil
}

// creditsOf returns what the variables of a text say of where and when it was published, and counts the others.
func (p *reader) creditsOf(s *source) standoff.Credits {
	var c standoff.Credits
	for _, v := range s.Values {
		name := p.variables[v.Variable.GUID]
		if !c.Set(strings.ToLower(name), cmp.Or(v.Text, v.Date, v.Time)) {
			p.loss.Add(1, fmt.Sprintf("variables %.40s of a text", name))
		}
	}
	return c
}

// document returns what one of the people made of a source.
func (p *reader) document(s *source, text, who string, people []string) (*format.Document, error) {
	r := standoff.NewReader(p.loss)
	first := map[string]string{}
	wanted := p.wanted(s, who, people)
	for i := range s.Selections {
		x := &s.Selections[i]
		if len(x.Codings) == 0 || !wanted[x.GUID] {
			continue
		}
		if err := p.addSelection(r, x, first); err != nil {
			return nil, err
		}
		p.attribute(r, x, who, people)
	}
	for i := range s.Selections {
		for _, l := range p.linked[s.Selections[i].GUID] {
			if r.Annotation(l.From) != nil && r.Annotation(l.To) != nil {
				r.Relate(cmp.Or(l.Name, "speaker"), l.From, l.To)
			}
		}
	}
	d := &format.Document{Article: standoff.Article(s.Name, text), Who: who, Own: p.own()}
	d.Layer = r.Layer(text, offsets.CodePoints)
	d.Labels = r.Labels()
	if id, source, _ := strings.Cut(s.About, " "); len(id) == 16 {
		d.ID, d.Source = id, source
	}
	return d, d.Layer.Check(text)
}

// attribute says whose a selection is in a document of one of the people: of others it is a suggestion without their notes, but
// byline's files are one document of all.
func (p *reader) attribute(r *standoff.Reader, x *selection, who string, people []string) {
	name := p.users[x.User]
	switch {
	case p.own():
		if name != standoff.Somebody && name != "byline" {
			r.Say(x.GUID, "Decider", name)
		}
		return
	case name != "" && name != who:
		r.Say(x.GUID, "Origin", standoff.Machine)
	}
	b := r.Annotation(x.GUID)
	b.Remarks = slices.DeleteFunc(b.Remarks, func(m annotate.Remark) bool { return m.Who != who && m.Who != "" && slices.Contains(people, m.Who) })
}

// wanted returns the selections of one of the people, those that theirs are linked to, and, for the first of the people,
// those of nobody and of machines.
func (p *reader) wanted(s *source, who string, people []string) map[string]bool {
	out := map[string]bool{}
	for i := range s.Selections {
		x := &s.Selections[i]
		name := p.users[x.User]
		out[x.GUID] = p.own() || name == who || who == people[0] && !slices.Contains(people, name)
	}
	for i := range s.Selections {
		if x := &s.Selections[i]; out[x.GUID] {
			for _, l := range p.linked[x.GUID] {
				out[l.To] = true
			}
		}
	}
	return out
}

// addSelection adds a selection by its first code.
func (p *reader) addSelection(r *standoff.Reader, x *selection, first map[string]string) error {
	code := x.Codings[0].Code.GUID
	typ := cmp.Or(p.types[code], "other")
	if err := r.Add(x.GUID, typ, offsets.Stretch{Start: int(x.Start), End: int(x.End)}); err != nil {
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
	if !p.own() {
		if about := strings.TrimSpace(x.About); about != "" {
			b := r.Annotation(x.GUID)
			b.Remarks = append(b.Remarks, annotate.Remark{Text: about, Who: p.users[x.User]})
		}
		x.About = ""
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

// own reports whether byline wrote the project.
func (p *reader) own() bool { return p.Origin == "byline" }

// sniff reports whether head is the start of a zip archive of a project. Other archives
// are not of this format.
func sniff(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) && (bytes.Contains(head, []byte("sources/")) || bytes.Contains(head, []byte("Sources/")) || bytes.Contains(head, []byte(".qde")))
}

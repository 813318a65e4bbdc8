package tei

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html/charset"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
)

// read reads TEI P5, and P4, whose root is TEI.2. Each text of a teiCorpus is a document. The text is that of
// front, body and back: as it is if xml:space of the body is "preserve", else with one space for each run of white
// space and an empty line between blocks, and with the notes behind everything else. Names, rs, said, and q and
// quote with a speaker are claims, as are annotations of ranges in standOff. Of two readings of a word that which is
// printed is kept. What stands above and below the text of a page is left out.
func read(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		r := &reader{dec: xml.NewDecoder(io.LimitReader(in, records.Limit)), in: in}
		r.dec.Strict, r.dec.CharsetReader, r.dec.Entity = true, decoded, xml.HTMLEntity
		for n := 0; ; n++ {
			d, err := r.next()
			if errors.Is(err, io.EOF) && n > 0 {
				return
			}
			if errors.Is(err, io.EOF) {
				err = errors.New("it holds no element TEI")
			}
			if err != nil {
				err = fmt.Errorf("read TEI %s: %w", in.Name, err)
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

// decoded returns a text in an encoding as UTF-8. What is declared as UTF-16 and could be read so far has been decoded.
func decoded(label string, in io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return in, nil
	}
	return charset.NewReaderLabel(label, in)
}

// A reader reads one TEI element after the other.
type reader struct {
	*standoff.Reader
	found
	annotation
	dec   *xml.Decoder
	in    format.Input
	stack []xml.StartElement
	text  bytes.Buffer
	exact bool            // keep white space
	body  int             // depth of the open text, 0 outside of one
	words strings.Builder // text of the open element outside the text
	open  []string        // IDs of open claims
	n     int
	notes
	metadata
}

// notes are those of the text.
type notes struct {
	note  *noteText // that is open
	ended []*noteText
}

// A noteText is a note, which comes behind the text.
type noteText struct {
	text   bytes.Buffer // while the note is open, that of the text before it
	claims []string     // IDs
	depth  int
}

func (r *reader) reset() {
	r.Reader = standoff.NewReader(r.in.Loss)
	r.text.Reset()
	r.found = found{kinds: map[string]string{}, names: map[string]string{}, people: map[string]string{}, refs: map[string]string{}, spoken: map[string]spoken{}, starts: map[string]int{}}
	r.metadata, r.notes, r.open, r.exact, r.body = metadata{}, notes{}, nil, false, 0
}

const deepest = 256

// next reads the next TEI element.
func (r *reader) next() (*format.Document, error) {
	r.reset()
	begun := false
	for {
		t, err := r.dec.Token()
		if errors.Is(err, io.EOF) && begun {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			begun = begun || isRoot(t.Name)
			err = r.push(t)
		case xml.EndElement:
			r.pop()
			if isRoot(t.Name) {
				return r.document()
			}
		case xml.CharData:
			r.data(string(t))
		case xml.Directive:
			r.declare(string(t))
		}
		if err != nil {
			return nil, err
		}
	}
}

// entityDeclaration matches the declaration of an entity that stands for a few characters.
var entityDeclaration = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"<&%]{1,40})"|'([^'<&%]{1,40})')\s*>`)

// declare notes the entities that a document type declares; those of HTML are known.
func (r *reader) declare(directive string) {
	for _, m := range entityDeclaration.FindAllStringSubmatch(directive, -1) {
		if len(r.dec.Entity) == len(xml.HTMLEntity) { // it is everybody's
			r.dec.Entity = maps.Clone(r.dec.Entity)
		}
		if xml.HTMLEntity[m[1]] == "" {
			r.dec.Entity[m[1]] = m[2] + m[3]
		}
	}
}

// isRoot reports whether an element is a document.
func isRoot(name xml.Name) bool { return name.Local == "TEI" || name.Local == "TEI.2" }

// push opens an element.
func (r *reader) push(e xml.StartElement) error {
	if len(r.stack) > deepest {
		return errors.New("elements are nested too deep")
	}
	if isRoot(e.Name) {
		r.reset()
	}
	r.stack = append(r.stack, e.Copy())
	return r.start(&r.stack[len(r.stack)-1])
}

// pop closes the element that was opened last.
func (r *reader) pop() {
	last := len(r.stack) - 1
	e := r.stack[last]
	r.end(&e)
	r.stack = r.stack[:last]
}

func attributeOf(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// inside reports whether an element with a name is open.
func (r *reader) inside(name string) bool {
	return slices.ContainsFunc(r.stack, func(e xml.StartElement) bool { return e.Name.Local == name })
}

// blocks are the elements that start on a new line.
var blocks = map[string]bool{"p": true, "head": true, "ab": true, "item": true, "row": true, "lg": true, "sp": true, "list": true, "table": true, "quote": true, "div": true, "figure": true,
	"titlePart": true, "docAuthor": true, "docImprint": true, "docDate": true, "byline": true, "argument": true, "epigraph": true, "opener": true, "closer": true, "salute": true, "signed": true,
	"dateline": true, "trailer": true, "postscript": true, "stage": true, "speaker": true, "front": true, "body": true, "back": true, "titlePage": true, "figDesc": true, "label": true}

// lesserReadings are the elements of a choice that are not what is printed.
var lesserReadings = []string{"corr", "reg", "expan"}

func (r *reader) start(e *xml.StartElement) error {
	name, id := e.Name.Local, attributeOf(e, "id")
	if name == "text" && r.body == 0 {
		r.body = len(r.stack)
	}
	if name == "body" && attributeOf(e, "space") == "preserve" {
		r.exact = true
	}
	if id != "" {
		r.starts[id] = r.text.Len()
	}
	if r.body > 0 {
		return r.startInBody(e, id)
	}
	r.startOutside(e, id)
	return nil
}

func (r *reader) startInBody(e *xml.StartElement, id string) error {
	name := e.Name.Local
	if !r.exact {
		r.breakBefore(e)
	}
	if name == "note" && !r.exact && r.note == nil {
		r.note = &noteText{depth: len(r.stack)}
		r.note.text, r.text = r.text, bytes.Buffer{}
	}
	r.countUnread(e)
	if r.isClaim(e) {
		return r.claim(e, cmp.Or(id, r.newID()))
	}
	return nil
}

// breakBefore parts an element from the text before it.
func (r *reader) breakBefore(e *xml.StartElement) {
	switch name := e.Name.Local; {
	case blocks[name] && r.text.Len() > 0 && !(name == "quote" && r.inside("p")):
		r.endBlock()
	case name == "lb" && attributeOf(e, "break") == "no":
	case name == "lb", name == "l" && r.text.Len() > 0 && !bytes.HasSuffix(r.text.Bytes(), []byte("\n")):
		r.text.WriteByte('\n')
	case name == "cell" && r.text.Len() > 0 && !bytes.HasSuffix(r.text.Bytes(), []byte("\n")):
		r.text.WriteString(" | ")
	case slices.Contains(lesserReadings, name) && r.inside("choice"):
		r.Loss.Add(1, "corrected and regular forms: what is printed is read")
	}
}

func (r *reader) startOutside(e *xml.StartElement, id string) {
	r.words.Reset()
	switch name := e.Name.Local; {
	case name == "annotation":
		r.annotation = annotation{target: attributeOf(e, "target"), motive: attributeOf(e, "motivation"), targetID: id}
	case name == "ptr" && r.inside("annotation"):
		r.pointed = xml.Attr{Name: xml.Name{Local: cmp.Or(attributeOf(e, "type"), "ref")}, Value: attributeOf(e, "target")}
	case name == "note" && r.inside("annotation") && strings.Contains(r.target, "string-range("):
		claim := xml.StartElement{Name: xml.Name{Local: attributeOf(e, "type")}, Attr: append(slices.Clone(e.Attr), r.pointed)}
		claim.Attr = slices.DeleteFunc(claim.Attr, func(a xml.Attr) bool { return a.Name.Local == "type" })
		if claim.Name.Local == "seg" {
			claim.Attr = append(claim.Attr, attribute("type", cmp.Or(attributeOf(e, "subtype"), segCue)))
		}
		r.rangeOf(&claim)
	case r.inside("annotation") && strings.Contains(r.target, "string-range("):
		r.rangeOf(e)
	case entityKinds[name] != "":
		r.kinds[id] = entityKinds[name]
	default:
		r.startSource(e)
	}
}

// entityKinds are the elements of the header that are entities, with their types.
var entityKinds = map[string]string{"person": "person", "org": "organization", "place": "place"}

func (r *reader) newID() string {
	r.n++
	return fmt.Sprintf("_%d", r.n)
}

// endBlock ends a block with an empty line.
func (r *reader) endBlock() {
	r.text.Truncate(len(bytes.TrimRight(r.text.Bytes(), " \n")))
	if r.text.Len() > 0 {
		r.text.WriteString("\n\n")
	}
}

// isClaim reports whether an element of the body is a claim.
func (r *reader) isClaim(e *xml.StartElement) bool {
	switch e.Name.Local {
	case "persName", "orgName", "placeName", "geogName", "name", "rs", "said":
		return true
	case "q", "quote":
		return attributeOf(e, "who") != ""
	case "sp":
		return true
	case "speaker":
		return r.inside("sp")
	case "seg":
		return attributeOf(e, "type") == segCue || attributeOf(e, "type") == segSpeaker && attributeOf(e, "corresp") != ""
	}
	return false
}

// claim starts the claim that an element is.
func (r *reader) claim(e *xml.StartElement, id string) error {
	if r.body > 0 && r.leftOut() {
		return nil
	}
	if r.Annotation(id) != nil { // which is wrong, but no reason to read nothing
		id = r.newID()
	}
	if err := r.Add(id, r.label(e), offsets.Stretch{Start: r.text.Len()}); err != nil {
		return err
	}
	if r.body > 0 {
		r.open = append(r.open, id)
	}
	if r.note != nil {
		r.note.claims = append(r.note.claims, id)
	}
	r.describe(e, id)
	return nil
}

// leftOut reports whether the words of the open element are no part of the text.
func (r *reader) leftOut() bool {
	if slices.ContainsFunc(r.stack, func(e xml.StartElement) bool { return slices.Contains(notText, e.Name.Local) }) {
		return true
	}
	return r.inside("choice") && slices.ContainsFunc(r.stack, func(e xml.StartElement) bool { return slices.Contains(lesserReadings, e.Name.Local) })
}

// nameTypes are the elements of names that imply a type.
var nameTypes = map[string]string{"persName": "person", "orgName": "organization", "placeName": "place", "geogName": "place"}

// label returns the label of the claim that an element is.
func (r *reader) label(e *xml.StartElement) string {
	switch name := e.Name.Local; name {
	case "persName", "orgName", "placeName", "geogName":
		return nameTypes[name]
	case "said", "q", "quote", "sp":
		return "Quote"
	case "speaker":
		return "person"
	case "seg":
		if attributeOf(e, "type") == segSpeaker {
			return standoff.SpeakerMention
		}
		return "Cue"
	}
	return cmp.Or(attributeOf(e, "type"), "other")
}

// describe adds what the attributes of an element state about a claim.
func (r *reader) describe(e *xml.StartElement, id string) {
	switch e.Name.Local {
	case "speaker": // see endSpeaker
	case "said", "q", "quote", "sp":
		form := cmp.Or(attributeOf(e, "rend"), "direct")
		if attributeOf(e, "direct") == "false" {
			form = "indirect"
		}
		r.Say(id, "Form", form)
		r.spoken[id] = spoken{targetsOf(attributeOf(e, "who")), targetsOf(attributeOf(e, "corresp"))}
	case "seg":
		r.parts = append(r.parts, [3]string{r.label(e), targetOf(attributeOf(e, "corresp")), id})
	default:
		if e.Name.Local == "rs" {
			r.Say(id, "Form", cmp.Or(attributeOf(e, "subtype"), "nominal"))
		}
		r.refs[id] = targetOf(cmp.Or(attributeOf(e, "ref"), attributeOf(e, "key")))
	}
	r.decider(e, id)
	if attributeOf(e, "resp") == "#byline" {
		r.own = true
		r.Say(id, "Origin", standoff.Machine)
		r.Say(id, "Score", attributeOf(e, "cert"))
	}
}

// targetOf returns the xml:id that a pointer refers to.
func targetOf(pointer string) string { return strings.TrimPrefix(pointer, "#") }

// targetsOf returns the targets of several pointers.
func targetsOf(pointers string) []string {
	to := strings.Fields(pointers)
	for i := range to {
		to[i] = targetOf(to[i])
	}
	return to
}

var stringRange = regexp.MustCompile(`#string-range\(\s*([^,\s]+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)`)

// rangeOf adds an annotation of a range whose body is e.
func (r *reader) rangeOf(e *xml.StartElement) {
	m := stringRange.FindStringSubmatch(r.target)
	if m == nil || !r.isClaim(e) {
		return
	}
	start, err := strconv.Atoi(m[2])
	length, err2 := strconv.Atoi(m[3])
	if err != nil || err2 != nil {
		r.Loss.Add(1, "annotations: invalid range")
		return
	}
	r.ranges = append(r.ranges, textRange{r.targetID, m[1], start, length, *e})
	r.target = "" // elements in the body of an annotation are no bodies
}

func (r *reader) end(e *xml.StartElement) {
	if r.body > 0 {
		r.endInBody(e)
		return
	}
	r.endOutside(e, strings.TrimSpace(r.words.String()))
	r.words.Reset()
}

func (r *reader) endInBody(e *xml.StartElement) {
	if r.isClaim(e) && len(r.open) > 0 && !r.leftOut() {
		b := r.Annotation(r.open[len(r.open)-1])
		r.open = r.open[:len(r.open)-1]
		b.Pieces[0].End = r.text.Len()
		if e.Name.Local == "sp" || e.Name.Local == "speaker" {
			b.Pieces[0].End = len(bytes.TrimRight(r.text.Bytes(), " \n"))
		}
		if e.Name.Local == "speaker" {
			defer r.endSpeaker(b)
		}
	}
	if !r.exact && blocks[e.Name.Local] {
		r.endBlock()
	}
	if r.note != nil && r.note.depth == len(r.stack) {
		r.note.text, r.text = r.text, r.note.text
		r.ended, r.note = append(r.ended, r.note), nil
	}
	if len(r.stack) == r.body {
		r.body = 0
	}
}

// endOutside reads the text of an element outside the body.
func (r *reader) endOutside(e *xml.StartElement, words string) {
	switch name := e.Name.Local; {
	case name == "title" && r.title == "":
		r.title = words
	case r.inside("sourceDesc") || r.inside("publicationStmt") || r.inside("author") || r.inside("respStmt"):
		r.endSource(e, words)
	case name == "note" && r.inside("annotation") && r.target != "":
		r.remarks = append(r.remarks, remark{targetOf(r.target), annotate.Remark{Text: words, Tag: r.motive == "tagging"}})
	case nameTypes[name] != "":
		if id := r.ancestorID(1); r.kinds[id] != "" {
			r.names[id] = cmp.Or(r.names[id], words)
		}
	case name == "term" && len(r.stack) > 2:
		to := r.names
		if attributeOf(e, "type") == "type" {
			to = r.kinds
		}
		to[r.ancestorID(2)] = words
	}
}

// ancestorID returns the xml:id of the element so many levels above the open one, or an
// empty string.
func (r *reader) ancestorID(above int) string {
	if i := len(r.stack) - 1 - above; i >= 0 {
		return attributeOf(&r.stack[i], "id")
	}
	return ""
}

func (r *reader) data(s string) {
	switch {
	case r.body == 0:
		r.words.WriteString(s)
	case r.exact:
		r.text.WriteString(s)
	case r.leftOut():
	default:
		before := r.text.Bytes()
		last := len(before) == 0 || before[len(before)-1] == ' ' || before[len(before)-1] == '\n'
		for _, c := range s {
			if unicode.IsSpace(c) {
				if !last {
					r.text.WriteByte(' ')
				}
				last = true
				continue
			}
			r.text.WriteRune(c)
			last = false
		}
	}
}

func sniff(head []byte) bool { return magic.Match(head) }

var magic = regexp.MustCompile(`<(?:\w+:)?(?:TEI|teiCorpus)\s[^>]*http://www\.tei-c\.org/ns/1\.0|<(?:TEI|teiCorpus)\.2[\s>]`)

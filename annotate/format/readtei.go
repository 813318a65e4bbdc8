package format

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"byline/annotate"
)

// readTEI reads TEI P5: of a teiCorpus each text is a document. The text is that of the
// body: as it stands where xml:space is "preserve", else with one blank for many and an
// empty line between blocks. Names, rs, said, q and quote with a speaker are claims, as are
// the annotations of ranges in standOff. Notes, page breaks and what stands in front and
// back are left out.
func readTEI(in Input) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		r := &teiReader{dec: xml.NewDecoder(io.LimitReader(in, longestObject)), in: in}
		r.dec.Strict = true
		for {
			d, err := r.next()
			if errors.Is(err, io.EOF) {
				return
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

// A teiReader reads one TEI element after the other.
type teiReader struct {
	*standoff
	teiFound
	teiAnnotation
	dec   *xml.Decoder
	in    Input
	stack []xml.StartElement
	text  strings.Builder
	exact bool     // blanks stand as they are
	body  int      // depth of the body; 0 outside
	words string   // of the element under way outside the body
	open  []string // claims under way
	n     int
	// Of the document.
	title, id, source string
}

// A teiFound is what a document says of its claims.
type teiFound struct {
	kinds   map[string]string    // of entities by xml:id
	names   map[string]string    // likewise
	refs    map[string]string    // of a claim, the entity
	spoken  map[string][2]string // of a quote, the entity and the mention
	cues    [][2]string          // quote, cue
	starts  map[string]int       // of elements by xml:id, in bytes
	ranges  []teiRange
	remarks []teiRemark
}

// A teiAnnotation is the one of standOff that is under way.
type teiAnnotation struct{ target, motive, targetID string }

// A teiRange is an annotation of a stretch of an element.
type teiRange struct {
	id, of        string
	start, length int // code points
	element       xml.StartElement
}

type teiRemark struct {
	to string
	annotate.Remark
}

func (r *teiReader) reset() {
	r.standoff = newStandoff(r.in.Loss)
	r.text.Reset()
	r.teiFound = teiFound{kinds: map[string]string{}, names: map[string]string{}, refs: map[string]string{}, spoken: map[string][2]string{}, starts: map[string]int{}}
	r.title, r.id, r.source, r.open, r.exact, r.body = "", "", "", nil, false, 0
}

const deepestTEI = 256

// next reads up to the end of the next TEI element.
func (r *teiReader) next() (*Document, error) {
	r.reset()
	begun := false
	for {
		t, err := r.dec.Token()
		if err != nil {
			if errors.Is(err, io.EOF) && begun {
				return nil, io.ErrUnexpectedEOF
			}
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if len(r.stack) > deepestTEI {
				return nil, errors.New("elements are nested too deep")
			}
			if t.Name.Local == "TEI" {
				begun = true
				r.reset()
			}
			r.stack = append(r.stack, t.Copy())
			if err := r.start(&r.stack[len(r.stack)-1]); err != nil {
				return nil, err
			}
		case xml.EndElement:
			e := r.stack[len(r.stack)-1]
			r.end(&e)
			r.stack = r.stack[:len(r.stack)-1]
			if t.Name.Local == "TEI" {
				return r.document()
			}
		case xml.CharData:
			r.data(string(t))
		}
	}
}

func attributeOf(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// inside reports whether an element of this name is open.
func (r *teiReader) inside(name string) bool {
	return slices.ContainsFunc(r.stack, func(e xml.StartElement) bool { return e.Name.Local == name })
}

// teiBlocks are the elements that begin on a line of their own.
var teiBlocks = map[string]bool{"p": true, "head": true, "ab": true, "item": true, "row": true, "lg": true, "sp": true, "list": true, "table": true, "quote": true, "div": true, "figure": true}

func (r *teiReader) start(e *xml.StartElement) error {
	name, id := e.Name.Local, attributeOf(e, "id")
	if name == "body" && r.body == 0 {
		r.body, r.exact = len(r.stack), attributeOf(e, "space") == "preserve"
	}
	if id != "" {
		r.starts[id] = r.text.Len()
	}
	if r.body > 0 {
		if !r.exact && teiBlocks[name] && r.text.Len() > 0 && !(name == "quote" && r.inside("p")) {
			r.part()
		}
		if name == "lb" && !r.exact {
			r.text.WriteByte('\n')
		}
		if r.isClaim(e) {
			return r.claim(e, cmp.Or(id, r.newID()))
		}
		return nil
	}
	r.words = ""
	switch {
	case name == "annotation":
		r.target, r.motive, r.targetID = attributeOf(e, "target"), attributeOf(e, "motivation"), id
	case r.inside("annotation") && strings.Contains(r.target, "string-range("):
		r.rangeOf(e)
	case name == "person" || name == "org" || name == "place":
		r.kinds[id] = map[string]string{"person": "person", "org": "organization", "place": "place"}[name]
	case name == "ref" && r.inside("sourceDesc"):
		r.source = attributeOf(e, "target")
	}
	return nil
}

func (r *teiReader) newID() string {
	r.n++
	return fmt.Sprintf("_%d", r.n)
}

// part ends a block: an empty line follows it.
func (r *teiReader) part() {
	text := strings.TrimRight(r.text.String(), " \n")
	r.text.Reset()
	r.text.WriteString(text)
	if text != "" {
		r.text.WriteString("\n\n")
	}
}

// isClaim reports whether an element of the body is one of ours.
func (r *teiReader) isClaim(e *xml.StartElement) bool {
	switch e.Name.Local {
	case "persName", "orgName", "placeName", "name", "rs", "said":
		return true
	case "q", "quote":
		return attributeOf(e, "who") != ""
	case "seg":
		return attributeOf(e, "type") == "cue"
	}
	return false
}

// claim begins a claim that an element is.
func (r *teiReader) claim(e *xml.StartElement, id string) error {
	if r.body > 0 && (r.inside("note") || r.inside("fw")) {
		return nil
	}
	if err := r.add(id, r.label(e), stretch{start: r.text.Len()}); err != nil {
		return err
	}
	if r.body > 0 {
		r.open = append(r.open, id)
	}
	r.describe(e, id)
	return nil
}

// label is the type that an element stands for.
func (r *teiReader) label(e *xml.StartElement) string {
	switch e.Name.Local {
	case "persName":
		return "person"
	case "orgName":
		return "organization"
	case "placeName":
		return "place"
	case "said", "q", "quote":
		return "Quote"
	case "seg":
		return "Cue"
	}
	return cmp.Or(attributeOf(e, "type"), "other")
}

// describe takes in the attributes of a claim.
func (r *teiReader) describe(e *xml.StartElement, id string) {
	switch e.Name.Local {
	case "said", "q", "quote":
		form := cmp.Or(attributeOf(e, "rend"), "direct")
		if attributeOf(e, "direct") == "false" {
			form = "indirect"
		}
		r.say(id, "Form", form)
		if who := hash(attributeOf(e, "who")); who != "" {
			r.spoken[id] = [2]string{who, hash(attributeOf(e, "corresp"))}
		}
	case "seg":
		r.cues = append(r.cues, [2]string{hash(attributeOf(e, "corresp")), id})
	default:
		if e.Name.Local == "rs" {
			r.say(id, "Form", cmp.Or(attributeOf(e, "subtype"), "nominal"))
		}
		r.refs[id] = hash(cmp.Or(attributeOf(e, "ref"), attributeOf(e, "key")))
	}
	if attributeOf(e, "resp") == "#byline" {
		r.say(id, "Origin", byMachine)
		r.say(id, "Score", attributeOf(e, "cert"))
	}
}

// hash returns what a pointer into the document points to.
func hash(pointer string) string { return strings.TrimPrefix(pointer, "#") }

var stringRange = regexp.MustCompile(`#string-range\(\s*([^,\s]+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)`)

// rangeOf takes in an annotation of a range, of which e is the body.
func (r *teiReader) rangeOf(e *xml.StartElement) {
	m := stringRange.FindStringSubmatch(r.target)
	if m == nil || !r.isClaim(e) {
		return
	}
	start, err := strconv.Atoi(m[2])
	length, err2 := strconv.Atoi(m[3])
	if err != nil || err2 != nil {
		r.loss.Add(1, "annotations: their range is no range")
		return
	}
	r.ranges = append(r.ranges, teiRange{r.targetID, m[1], start, length, *e})
	r.target = "" // what stands inside the body of an annotation is its words
}

func (r *teiReader) end(e *xml.StartElement) {
	name := e.Name.Local
	if r.body > 0 {
		if r.isClaim(e) && len(r.open) > 0 && !r.inside("note") && !r.inside("fw") {
			b := r.bounds[r.open[len(r.open)-1]]
			r.open = r.open[:len(r.open)-1]
			b.pieces[0].end = r.text.Len()
		}
		if !r.exact && teiBlocks[name] {
			r.part()
		}
		if len(r.stack) == r.body {
			r.body = 0
		}
		return
	}
	words := strings.TrimSpace(r.words)
	switch {
	case name == "title" && r.title == "":
		r.title = words
	case name == "p" && attributeOf(e, "id") == "article":
		r.id = words
	case name == "note" && r.inside("annotation"):
		r.remarks = append(r.remarks, teiRemark{hash(r.target), annotate.Remark{Text: words, Tag: r.motive == "tagging"}})
	case name == "persName" || name == "orgName" || name == "placeName":
		if len(r.stack) > 1 {
			if id := attributeOf(&r.stack[len(r.stack)-2], "id"); r.kinds[id] != "" {
				r.names[id] = cmp.Or(r.names[id], words)
			}
		}
	case name == "term" && len(r.stack) > 2:
		id := attributeOf(&r.stack[len(r.stack)-3], "id")
		if attributeOf(e, "type") == "type" {
			r.kinds[id] = words
		} else {
			r.names[id] = words
		}
	}
	r.words = ""
}

func (r *teiReader) data(s string) {
	switch {
	case r.body == 0:
		r.words += s
	case r.exact:
		r.text.WriteString(s)
	case r.inside("note") || r.inside("fw"):
	default:
		last := strings.HasSuffix(r.text.String()[max(0, r.text.Len()-1):], " ") || strings.HasSuffix(r.text.String()[max(0, r.text.Len()-1):], "\n") || r.text.Len() == 0
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

// document makes a document of what was gathered.
func (r *teiReader) document() (*Document, error) {
	text := r.text.String()
	if !r.exact {
		text = strings.TrimRight(text, " \n")
	}
	points := NewPoints(text)
	for _, g := range r.ranges {
		base, ok := r.starts[g.of]
		from := points.Of(min(base, len(text)))
		start, ok2 := points.Byte(from + g.start)
		end, ok3 := points.Byte(from + g.start + g.length)
		if !ok || !ok2 || !ok3 || start >= end {
			r.loss.Add(1, "annotations: their range is not in the text")
			continue
		}
		if err := r.add(g.id, r.label(&g.element), stretch{start: start, end: end}); err != nil {
			return nil, err
		}
		r.describe(&g.element, g.id)
	}
	r.order = slices.DeleteFunc(r.order, func(b *bound) bool { return b.pieces[0].end <= b.pieces[0].start || b.pieces[0].end > len(text) })
	r.link()
	d := &Document{Article: foreign(cmp.Or(r.title, titleFrom(r.in.Name)), text)}
	d.Layer = r.layer(text, "bytes")
	if r.id != "" {
		d.ID = r.id
	}
	d.Source = r.source
	return d, d.Layer.Check(text)
}

// link joins the mentions of an entity and gives quotes their speakers.
func (r *teiReader) link() {
	first := map[string]string{}
	for _, b := range r.order {
		id := r.refs[b.id]
		if id == "" {
			continue
		}
		if r.kinds[id] != "" {
			b.said["Type"] = r.kinds[id]
		}
		if head := first[id]; head != "" {
			r.join(head, b.id)
			continue
		}
		first[id] = b.id
		r.say(b.id, "Name", r.names[id])
	}
	for _, b := range r.order {
		if s, ok := r.spoken[b.id]; ok {
			if to := cmp.Or(s[1], first[s[0]]); to != "" {
				r.relate("Speaker", b.id, to)
			}
		}
	}
	for _, c := range r.cues {
		r.relate("Cue", c[0], c[1])
	}
	for _, m := range r.remarks {
		if b := r.bounds[m.to]; b != nil {
			b.remarks = append(b.remarks, m.Remark)
		}
	}
}

func isTEI(head []byte) bool { return teiHead.Match(head) }

var teiHead = regexp.MustCompile(`<(?:\w+:)?(?:TEI|teiCorpus)\s[^>]*http://www\.tei-c\.org/ns/1\.0`)

package format

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A bratReader gathers what the lines of a file say.
type bratReader struct {
	bounds  map[string]*bound
	order   []*bound
	group   map[string]string // by T: another T of the same class, towards its root
	rels    [][3]string       // type and two T
	loss    *Loss
	aligner *aligner
}

// A bound is a text-bound annotation with what is said about it.
type bound struct {
	id, label string
	pieces    []stretch
	span      articles.Span
	said      map[string]string // attributes and our notes: Form, Origin, Score, Name, Type
	remarks   []annotate.Remark
}

// readBrat reads brat's standoff: the .ann is the input, the text lies beside it with the
// ending .txt. Text-bound annotations are mentions, those of type Quote quotes; "*" lines
// of whatever name and relations of type Coref make entities; relations of type Speaker
// or Attribution say who speaks, Cue how. Annotator notes are kept as notes, references
// as tags. Events and other relations are lost.
func readBrat(in Input) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		d, err := bratDocument(in)
		if err != nil {
			err = fmt.Errorf("read brat's standoff %s: %w", in.Name, err)
		}
		yield(d, err)
	}
}

func bratDocument(in Input) (*Document, error) {
	name := strings.TrimSuffix(filepath.Base(in.Name), filepath.Ext(in.Name))
	if in.Open == nil {
		return nil, errors.New("its text lies in a file beside it, and there is none: name a file")
	}
	f, err := in.Open(name + ".txt")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, longestObject+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > longestObject:
		return nil, fmt.Errorf("its text is longer than %d bytes", longestObject)
	case !utf8.Valid(data):
		return nil, errors.New("its text is not UTF-8")
	}
	text := string(data)
	r := &bratReader{bounds: map[string]*bound{}, group: map[string]string{}, loss: in.Loss}
	if err := r.lines(in); err != nil {
		return nil, err
	}
	d := &Document{Article: foreign(name, text)}
	d.Layer = r.layer(text)
	return d, d.Layer.Check(text)
}

func (r *bratReader) lines(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), 64<<20)
	n := 0
	for lines.Scan() {
		n++
		if line := strings.TrimRight(lines.Text(), "\r"); strings.TrimSpace(line) != "" {
			if err := r.line(line); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("behind line %d: %w", n, err)
	}
	return nil
}

func (r *bratReader) line(line string) error {
	id, rest, _ := strings.Cut(line, "\t")
	fields, text, _ := strings.Cut(rest, "\t")
	words := strings.Fields(fields)
	if id == "" || len(words) < 2 {
		return fmt.Errorf("%.60q is no annotation", line)
	}
	switch id[0] {
	case 'T':
		return r.bound(id, fields, text)
	case '*':
		for _, m := range words[2:] {
			r.join(words[1], m)
		}
	case 'R':
		return r.relation(words)
	case 'A', 'M':
		r.say(words[1], words[0], cmp.Or(strings.Join(words[2:], " "), "true"))
	case '#':
		r.note(words, text)
	case 'N':
		if b := r.bounds[words[1]]; b != nil && len(words) > 2 {
			b.remarks = append(b.remarks, annotate.Remark{Text: words[2], Tag: true})
		}
	default:
		r.loss.Add(1, "events and other lines: a layer has mentions, entities and quotes")
	}
	return nil
}

// bound takes in "T1<TAB>Person 0 5;8 11<TAB>words".
func (r *bratReader) bound(id, fields, text string) error {
	label, offsets, _ := strings.Cut(strings.TrimSpace(fields), " ")
	b := &bound{id: id, label: label, said: map[string]string{}}
	if r.bounds[id] != nil {
		return fmt.Errorf("the id %s is used twice", id)
	}
	for piece := range strings.SplitSeq(offsets, ";") {
		ends := strings.Fields(piece)
		if len(ends) != 2 {
			return fmt.Errorf("%s: %q are no offsets", id, offsets)
		}
		start, err := strconv.Atoi(ends[0])
		end, err2 := strconv.Atoi(ends[1])
		if err := errors.Join(err, err2); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		b.pieces = append(b.pieces, stretch{start: start, end: end})
	}
	if len(b.pieces) == 1 {
		b.pieces[0].exact = text
	}
	b.said["words"] = text
	r.bounds[id] = b
	r.order = append(r.order, b)
	return nil
}

func (r *bratReader) relation(words []string) error {
	if len(words) < 3 {
		return fmt.Errorf("%q is no relation", strings.Join(words, " "))
	}
	_, one, _ := strings.Cut(words[1], ":")
	_, two, _ := strings.Cut(words[2], ":")
	r.rels = append(r.rels, [3]string{words[0], one, two})
	return nil
}

func (r *bratReader) say(id, name, value string) {
	if b := r.bounds[id]; b != nil {
		b.said[name] = value
	}
}

// note takes in "#1<TAB>AnnotatorNotes T1<TAB>words". Brat itself adds tabs before the
// words each time it stores them.
func (r *bratReader) note(words []string, text string) {
	text = strings.TrimLeft(text, "\t")
	if b := r.bounds[words[1]]; b != nil && (words[0] == "AnnotatorNotes" || words[0] == "Tag") {
		b.remarks = append(b.remarks, annotate.Remark{Text: text, Tag: words[0] == "Tag"})
		return
	}
	r.say(words[1], words[0], text)
}

// join puts two annotations into one class.
func (r *bratReader) join(a, b string) {
	if a, b = r.root(a), r.root(b); a != b {
		r.group[b] = a
	}
}

func (r *bratReader) root(id string) string {
	for r.group[id] != "" {
		if up := r.group[r.group[id]]; up != "" {
			r.group[id] = up // keep the way short
		}
		id = r.group[id]
	}
	return id
}

func (r *bratReader) layer(text string) *annotate.Layer {
	var all []stretch
	for _, b := range r.order {
		all = append(all, b.pieces...)
	}
	r.aligner = align(text, "code points", all, r.loss)
	r.order = slices.DeleteFunc(r.order, func(b *bound) bool { return !r.settle(b) })
	for _, rel := range r.rels {
		if strings.HasPrefix(strings.ToLower(rel[0]), "coref") || strings.EqualFold(rel[0], "identity") {
			r.join(rel[1], rel[2])
		}
	}
	g := &gathering{}
	quotes := map[string]*annotate.Quote{}
	var remarks []annotate.Remark
	for _, b := range r.order {
		kind := annotate.OfMention
		switch {
		case strings.EqualFold(b.label, "cue"):
			continue
		case strings.EqualFold(b.label, "quote"):
			kind = annotate.OfQuote
			quotes[b.id] = b.quote()
		default:
			r.mention(g, b)
		}
		for _, m := range b.remarks {
			m.Kind, m.Span = kind, b.span
			remarks = append(remarks, m)
		}
	}
	r.relate(quotes)
	for _, b := range r.order {
		if q := quotes[b.id]; q != nil {
			g.quote(*q)
		}
	}
	l := g.layer(text)
	l.Remarks = remarks
	return l
}

// settle finds the span of b: from its first piece to its last, if nothing but blanks is
// between them.
func (r *bratReader) settle(b *bound) bool {
	for i, p := range b.pieces {
		s, ok := r.aligner.span(p)
		switch {
		case !ok:
			return false
		case i == 0:
			b.span = s
		case strings.TrimSpace(r.aligner.text[min(b.span.End, s.Start):s.Start]) != "" || s.Start < b.span.End:
			r.loss.Add(1, "discontinuous annotations: a mention is of one piece")
			return false
		default:
			b.span.End = s.End
		}
	}
	return true
}

// claim returns who stands behind b.
func (b *bound) claim() (annotate.Origin, annotate.State) {
	score, err := strconv.ParseFloat(b.said["Score"], 64)
	if err != nil || !(score >= 0 && score <= 1) {
		score = 1
	}
	return by(b.said["Origin"] == byMachine, score)
}

func (b *bound) quote() *annotate.Quote {
	q := &annotate.Quote{Span: b.span, Type: annotate.QuoteType(b.said["Form"])}
	if q.Type != annotate.Mixed && q.Type != annotate.Indirect {
		q.Type = annotate.Direct
	}
	q.Origin, q.State = b.claim()
	return q
}

func (r *bratReader) mention(g *gathering, b *bound) {
	m := annotate.Mention{Span: b.span, Type: typeNamed(cmp.Or(b.said["Type"], strings.ReplaceAll(b.label, "_", " "))), Form: annotate.Form(b.said["Form"])}
	if m.Form != annotate.Nominal && m.Form != annotate.Pronoun {
		m.Form = annotate.Name
	}
	m.Origin, m.State = b.claim()
	key := r.root(b.id)
	g.mention(key, m)
	if name := b.said["Name"]; name != "" {
		g.name(key, name)
	}
}

// relate gives quotes their speakers and cues.
func (r *bratReader) relate(quotes map[string]*annotate.Quote) {
	for _, rel := range r.rels {
		q, to := quotes[rel[1]], r.bounds[rel[2]]
		name := strings.ToLower(rel[0])
		switch {
		case strings.HasPrefix(name, "coref") || name == "identity":
		case q == nil || to == nil || to.span.Empty():
			r.loss.Add(1, "relations: only those from a quote to its speaker or cue are kept")
		case name == "cue":
			q.Cue = to.span
		case name == "speaker" || name == "attribution":
			q.Speaker, q.SpeakerMention = r.root(to.id), to.span
		default:
			r.loss.Add(1, "relations: only those from a quote to its speaker or cue are kept")
		}
	}
}

// foreignTypes are the names that corpora and tools have for the engine's types.
var foreignTypes = map[string]annotate.Type{
	"person": annotate.Person, "per": annotate.Person, "people": annotate.Person, "pers": annotate.Person, "persname": annotate.Person,
	"organization": annotate.Organization, "organisation": annotate.Organization, "org": annotate.Organization, "orgname": annotate.Organization, "company": annotate.Organization,
	"place": annotate.Place, "location": annotate.Place, "loc": annotate.Place, "gpe": annotate.Place, "placename": annotate.Place,
	"other": annotate.Other, "misc": annotate.Other, "miscellaneous": annotate.Other,
}

// typeNamed returns the type that a label stands for: one of the engine's by its usual
// names, else the label, in small letters, as the user's own.
func typeNamed(label string) annotate.Type {
	low := strings.ToLower(strings.TrimSpace(label))
	if t, ok := foreignTypes[low]; ok {
		return t
	}
	return annotate.Type(cmp.Or(low, string(annotate.Other)))
}

// databaseID is a tag that brat takes as a reference to a database: "Wikidata:Q42".
var databaseID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*:\S+$`)

// isBrat reports whether head begins brat's standoff.
func isBrat(head []byte) bool { return bratLine.Match(head) }

var bratLine = regexp.MustCompile(`\A(?:[TRAMN#*]\d*\t[^\t\n]+(?:\t[^\n]*)?\r?\n)*T\d+\t\S+ \d+ \d+(?:;\d+ \d+)*\t`)

package corpus

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/format/offsets"
	"byline/articles"
)

// annOf returns the name of the file with the annotations of a text.
func annOf(path string) string { return strings.TrimSuffix(path, ".txt") + ".ann" }

// readBrat reads brat's standoff: base.txt and base.ann, whose lines are
//
//	T1<TAB>Person 0 11<TAB>Marta Quill    a name; or a Quote (Direct, Mixed, Indirect), a Cue
//	R1<TAB>Speaker Arg1:T4 Arg2:T1        who speaks a quote; Cue: its cue; Coref: the same
//	*<TAB>Coref T1 T5 T9                  the same
//	A1<TAB>Form T5 pronoun                name, nominal or pronoun; of a quote: its type
//
// Offsets are code points; of fragments, what is between the first and the last
// counts. Events and notes are ignored. Quotes and clusters count as annotated where
// there are any.
func readBrat(base string) (*eval.Doc, error) {
	text, err := os.ReadFile(base + ".txt")
	if err != nil {
		return nil, fmt.Errorf("read %s.txt: %w", base, withoutPath(err))
	}
	ann, err := os.ReadFile(base + ".ann")
	if err != nil {
		return nil, fmt.Errorf("read %s.ann: %w", base, withoutPath(err))
	}
	b := &bratReader{words: string(text), at: places{offsets.NewPoints(string(text))}, bounds: map[string]*bound{}, root: map[string]string{}}
	// A relation may come before the annotations that it names.
	for _, read := range []func(id, rest string, tabbed bool) error{b.text, b.relation} {
		for i, line := range strings.Split(string(ann), "\n") {
			id, rest, tabbed := strings.Cut(strings.TrimSuffix(line, "\r"), "\t")
			if err := read(id, rest, tabbed); err != nil {
				return nil, fmt.Errorf("read %s.ann:%d: %w", base, i+1, err)
			}
		}
	}
	return b.doc(base + ".ann"), nil
}

// A bound is a text-bound annotation.
type bound struct {
	articles.Span
	id, label    string
	form         annotate.Form
	said         annotate.QuoteType // of a quote
	speaker, cue string             // of a quote: IDs
}

type bratReader struct {
	words  string
	at     places
	order  []string
	bounds map[string]*bound
	root   map[string]string // of mentions of the same entity
	joined bool
}

// quoteTypes are the types of quotes by label.
var quoteTypes = map[string]annotate.QuoteType{
	"quote": annotate.Direct, "quotation": annotate.Direct, "direct": annotate.Direct, "directquote": annotate.Direct, "direct_quote": annotate.Direct,
	"mixed": annotate.Mixed, "mixedquote": annotate.Mixed, "mixed_quote": annotate.Mixed,
	"indirect": annotate.Indirect, "indirectquote": annotate.Indirect, "indirect_quote": annotate.Indirect,
}

// text reads the line of a text-bound annotation.
func (b *bratReader) text(id, rest string, tabbed bool) error {
	switch {
	case !strings.HasPrefix(id, "T"):
		return nil
	case !tabbed:
		return fmt.Errorf("%q has no tab", id)
	}
	return b.readTextBound(id, rest)
}

// relation reads the line of a relation or an attribute.
func (b *bratReader) relation(id, rest string, _ bool) error {
	f := strings.Fields(rest)
	switch {
	case id == "*" && len(f) > 1:
		for _, t := range f[2:] {
			if err := b.join(f[1], t); err != nil {
				return err
			}
		}
	case strings.HasPrefix(id, "R") && len(f) == 3:
		return b.relate(f[0], argumentID(f[1]), argumentID(f[2]))
	case strings.HasPrefix(id, "A") && len(f) == 3 && b.bounds[f[1]] != nil:
		b.bounds[f[1]].attribute(f[2])
	}
	return nil
}

// attribute sets the type of a quote or the form of a mention.
func (t *bound) attribute(value string) {
	value = strings.ToLower(value)
	if q := quoteTypes[value]; q != "" && t.said != "" {
		t.said = q
	}
	if form := annotate.Form(value); form == annotate.Nominal || form == annotate.Pronoun {
		t.form = form
	}
}

// argumentID returns the ID in "Arg1:T4".
func argumentID(s string) string { return s[strings.IndexByte(s, ':')+1:] }

// readTextBound reads "Person 0 11<TAB>Marta Quill".
func (b *bratReader) readTextBound(id, rest string) error {
	head, words, _ := strings.Cut(rest, "\t")
	label, offsets, _ := strings.Cut(head, " ")
	var s articles.Span
	var parts []string
	for i, fragment := range strings.Split(offsets, ";") {
		from, to, _ := strings.Cut(fragment, " ")
		start, err := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if err != nil || err2 != nil {
			return fmt.Errorf("%s: %q are not offsets", id, offsets)
		}
		part, err := b.at.span(start, end)
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		if i == 0 {
			s = part
		}
		s = articles.Span{Start: min(s.Start, part.Start), End: max(s.End, part.End)}
		parts = append(parts, part.In(b.words))
	}
	if got := strings.Join(parts, " "); got != words {
		return fmt.Errorf("%s: the text has %.60q there, not %.60q", id, got, words)
	}
	if b.bounds[id] != nil {
		return fmt.Errorf("%s stands there twice", id)
	}
	b.order = append(b.order, id)
	b.bounds[id] = &bound{Span: s, id: id, label: label, form: annotate.Name, said: quoteTypes[strings.ToLower(label)]}
	return nil
}

// relate reads a relation of two annotations.
func (b *bratReader) relate(kind, one, two string) error {
	if strings.HasPrefix(strings.ToLower(kind), "coref") {
		return b.join(one, two)
	}
	q, other := b.bounds[one], b.bounds[two]
	if q == nil || other == nil {
		return nil // of events
	}
	if q.said == "" {
		q, other = other, q
	}
	switch strings.ToLower(kind) {
	case "speaker", "source", "attribution":
		q.speaker = other.id
	case "cue":
		q.cue = other.id
	}
	return nil
}

// join records that two mentions have the same entity.
func (b *bratReader) join(one, two string) error {
	for _, id := range []string{one, two} {
		if b.bounds[id] == nil {
			return fmt.Errorf("there is no %s", id)
		}
	}
	b.joined = true
	b.root[b.find(two)] = b.find(one)
	return nil
}

func (b *bratReader) find(id string) string {
	for b.root[id] != "" && b.root[id] != id {
		id = b.root[id]
	}
	return id
}

// doc returns the document that was read.
func (b *bratReader) doc(name string) *eval.Doc {
	d := &eval.Doc{Name: name, Text: b.words, Blocks: blocksOf(b.words), Has: eval.Names}
	if b.joined {
		d.Has |= eval.Clusters
	}
	members := map[string][]annotate.Mention{}
	var roots []string
	for _, id := range b.order {
		t := b.bounds[id]
		kind, known := types[t.label]
		if !known {
			continue
		}
		r := b.find(id)
		if members[r] == nil {
			roots = append(roots, r)
		}
		members[r] = append(members[r], annotate.Mention{Span: t.Span, Form: t.form, Type: kind, Origin: human})
	}
	for _, r := range roots {
		kind := types[b.bounds[r].label]
		if kind == "" {
			kind = members[r][0].Type
		}
		d.Gold.Entities = append(d.Gold.Entities, entity(r, kind, b.words, members[r]))
	}
	for _, id := range b.order {
		t := b.bounds[id]
		if t.said == "" {
			continue
		}
		d.Has |= eval.Quotes
		q := annotate.Quote{Span: t.Span, Type: t.said, Origin: human}
		if r := b.find(t.speaker); members[r] != nil {
			q.Speaker = r
		}
		if c := b.bounds[t.cue]; c != nil {
			q.Cue = c.Span
		}
		d.Gold.Quotes = append(d.Gold.Quotes, &q)
	}
	slices.SortStableFunc(d.Gold.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return d
}

package format

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// A standoff gathers annotations that a file lists with IDs, and what it says of them by
// these: most formats of annotation tools do so.
type standoff struct {
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
	said      map[string]string // Form, Origin, Score, Name, Type, State
	remarks   []annotate.Remark
}

func newStandoff(loss *Loss) *standoff {
	return &standoff{bounds: map[string]*bound{}, group: map[string]string{}, loss: loss}
}

// add takes in an annotation of a label, in one piece or several.
func (r *standoff) add(id, label string, pieces ...stretch) error {
	if r.bounds[id] != nil {
		return fmt.Errorf("the id %s is used twice", id)
	}
	b := &bound{id: id, label: label, pieces: pieces, said: map[string]string{}}
	r.bounds[id] = b
	r.order = append(r.order, b)
	return nil
}

// say takes in what is said of an annotation, if it is there.
func (r *standoff) say(id, name, value string) {
	if b := r.bounds[id]; b != nil && value != "" {
		b.said[name] = value
	}
}

// join puts two annotations into one class.
func (r *standoff) join(a, b string) {
	if a, b = r.root(a), r.root(b); a != b {
		r.group[b] = a
	}
}

func (r *standoff) root(id string) string {
	for r.group[id] != "" {
		if up := r.group[r.group[id]]; up != "" {
			r.group[id] = up // keep the way short
		}
		id = r.group[id]
	}
	return id
}

// relate takes in that one annotation is related to another: "Coref", "Speaker", "Cue".
func (r *standoff) relate(name, from, to string) { r.rels = append(r.rels, [3]string{name, from, to}) }

// layer makes a layer about text of what was gathered; offsets are in unit, see align.
func (r *standoff) layer(text, unit string) *annotate.Layer {
	var all []stretch
	for _, b := range r.order {
		all = append(all, b.pieces...)
	}
	r.aligner = align(text, unit, all, r.loss)
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
	r.settleRelations(quotes)
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
func (r *standoff) settle(b *bound) bool {
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
	if b.said["State"] == "rejected" {
		return annotate.Origin{}, annotate.Rejected
	}
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

func (r *standoff) mention(g *gathering, b *bound) {
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

// settleRelations gives quotes their speakers and cues.
func (r *standoff) settleRelations(quotes map[string]*annotate.Quote) {
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

package standoff

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/articles"
)

// A Reader gathers annotations that a file lists with IDs, and what it says of them by
// these: most formats of annotation tools do so.
type Reader struct {
	byID    map[string]*Annotation
	all     []*Annotation
	group   map[string]string // by T: another T of the same class, towards its root
	rels    [][3]string       // type and two T
	Loss    *format.Loss
	aligner *offsets.Aligner
}

// A Annotation is a text-bound annotation with what is said about it.
type Annotation struct {
	ID, label string
	Pieces    []offsets.Stretch
	span      articles.Span
	Said      map[string]string // Form, Origin, Score, Name, Type, State
	Remarks   []annotate.Remark
}

func NewReader(loss *format.Loss) *Reader {
	return &Reader{byID: map[string]*Annotation{}, group: map[string]string{}, Loss: loss}
}

// Add takes in an annotation of a label, in one piece or several.
func (r *Reader) Add(id, label string, pieces ...offsets.Stretch) error {
	if r.byID[id] != nil {
		return fmt.Errorf("the id %s is used twice", id)
	}
	b := &Annotation{ID: id, label: label, Pieces: pieces, Said: map[string]string{}}
	r.byID[id] = b
	r.all = append(r.all, b)
	return nil
}

// Annotation returns the annotation of an ID, nil if there is none.
func (r *Reader) Annotation(id string) *Annotation { return r.byID[id] }

// All yields the annotations in the order they were added.
func (r *Reader) All() iter.Seq[*Annotation] { return slices.Values(r.all) }

// Keep drops the annotations for which keep does not hold from those that become claims.
func (r *Reader) Keep(keep func(*Annotation) bool) {
	r.all = slices.DeleteFunc(r.all, func(a *Annotation) bool { return !keep(a) })
}

// Say takes in what is said of an annotation, if it is there.
func (r *Reader) Say(id, name, value string) {
	if b := r.byID[id]; b != nil && value != "" {
		b.Said[name] = value
	}
}

// Join puts two annotations into one class.
func (r *Reader) Join(a, b string) {
	if a, b = r.root(a), r.root(b); a != b {
		r.group[b] = a
	}
}

func (r *Reader) root(id string) string {
	for r.group[id] != "" {
		if up := r.group[r.group[id]]; up != "" {
			r.group[id] = up // keep the way short
		}
		id = r.group[id]
	}
	return id
}

// Relate takes in that one annotation is related to another: "Coref", "Speaker", "Cue".
func (r *Reader) Relate(name, from, to string) { r.rels = append(r.rels, [3]string{name, from, to}) }

// Layer makes a layer about text of the annotations. Their offsets are in unit unless
// their words tell otherwise, see [offsets.Align].
func (r *Reader) Layer(text string, unit offsets.Unit) *annotate.Layer {
	var all []offsets.Stretch
	for _, b := range r.all {
		all = append(all, b.Pieces...)
	}
	r.aligner = offsets.Align(text, unit, all, r.Loss)
	r.Keep(r.settle)
	for _, rel := range r.rels {
		if strings.HasPrefix(strings.ToLower(rel[0]), "coref") || strings.EqualFold(rel[0], "identity") {
			r.Join(rel[1], rel[2])
		}
	}
	g := &Builder{}
	quotes := map[string]*annotate.Quote{}
	var remarks []annotate.Remark
	for _, b := range r.all {
		kind := annotate.OfMention
		switch {
		case strings.EqualFold(b.label, "cue"):
			continue
		case strings.EqualFold(b.label, "quote"):
			kind = annotate.OfQuote
			quotes[b.ID] = b.quote()
		default:
			r.mention(g, b)
		}
		for _, m := range b.Remarks {
			m.Kind, m.Span = kind, b.span
			remarks = append(remarks, m)
		}
	}
	r.settleRelations(quotes)
	for _, b := range r.all {
		if q := quotes[b.ID]; q != nil {
			g.Quote(*q)
		}
	}
	l := g.Layer(text)
	l.Remarks = remarks
	return l
}

// settle finds the span of b: from its first piece to its last, if nothing but blanks is
// between them.
func (r *Reader) settle(b *Annotation) bool {
	for i, p := range b.Pieces {
		s, ok := r.aligner.Find(p)
		switch {
		case !ok:
			return false
		case i == 0:
			b.span = s
		case strings.TrimSpace(r.aligner.Text[min(b.span.End, s.Start):s.Start]) != "" || s.Start < b.span.End:
			r.Loss.Add(1, "discontinuous annotations: a mention is of one piece")
			return false
		default:
			b.span.End = s.End
		}
	}
	return true
}

// claim returns who stands behind b.
func (b *Annotation) claim() (annotate.Origin, annotate.State) {
	if b.Said["State"] == "rejected" {
		return annotate.Origin{}, annotate.Rejected
	}
	score, err := strconv.ParseFloat(b.Said["Score"], 64)
	if err != nil || !(score >= 0 && score <= 1) {
		score = 1
	}
	return ReadClaim(b.Said["Origin"] == Machine, score)
}

func (b *Annotation) quote() *annotate.Quote {
	q := &annotate.Quote{Span: b.span, Type: annotate.QuoteType(b.Said["Form"])}
	if q.Type != annotate.Mixed && q.Type != annotate.Indirect {
		q.Type = annotate.Direct
	}
	q.Origin, q.State = b.claim()
	return q
}

func (r *Reader) mention(g *Builder, b *Annotation) {
	m := annotate.Mention{Span: b.span, Type: TypeNamed(cmp.Or(b.Said["Type"], strings.ReplaceAll(b.label, "_", " "))), Form: annotate.Form(b.Said["Form"])}
	if m.Form != annotate.Nominal && m.Form != annotate.Pronoun {
		m.Form = annotate.Name
	}
	m.Origin, m.State = b.claim()
	key := r.root(b.ID)
	g.Mention(key, m)
	if name := b.Said["Name"]; name != "" {
		g.Name(key, name)
	}
}

// settleRelations gives quotes their speakers and cues.
func (r *Reader) settleRelations(quotes map[string]*annotate.Quote) {
	for _, rel := range r.rels {
		q, to := quotes[rel[1]], r.byID[rel[2]]
		name := strings.ToLower(rel[0])
		switch {
		case strings.HasPrefix(name, "coref") || name == "identity":
		case q == nil || to == nil || to.span.Empty():
			r.Loss.Add(1, "relations: only those from a quote to its speaker or cue are kept")
		case name == "cue":
			q.Cue = to.span
		case name == "speaker" || name == "attribution":
			q.Speaker, q.SpeakerMention = r.root(to.ID), to.span
		default:
			r.Loss.Add(1, "relations: only those from a quote to its speaker or cue are kept")
		}
	}
}

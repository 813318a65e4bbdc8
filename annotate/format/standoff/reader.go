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

// A Reader collects annotations that have IDs, and what a file states about these IDs, as
// most formats of annotation tools do. A statement may precede what it is about, except
// for Say.
type Reader struct {
	byID    map[string]*Annotation
	all     []*Annotation
	at      map[[2]int][]*Annotation // those of one piece, by the offsets they were added with
	group   map[string]string        // a forest of IDs: those in one tree are one entity
	rels    [][3]string              // name, ID, ID
	Loss    *format.Loss
	aligner *offsets.Aligner
	labels  Spellings
	twice   int // annotations with the ID of another
}

// An Annotation is a labelled span of the text with what a file states about it.
type Annotation struct {
	ID, label string
	Pieces    []offsets.Stretch
	span      articles.Span
	Said      map[string]string // under "Form", "Origin", "Score", "Name", "Type", "State" and "Decider"
	Remarks   []annotate.Remark
}

// NewReader returns a Reader that counts in loss what a layer cannot hold. loss may be nil.
func NewReader(loss *format.Loss) *Reader {
	return &Reader{byID: map[string]*Annotation{}, at: map[[2]int][]*Annotation{}, group: map[string]string{}, Loss: loss, labels: Spellings{}}
}

// Labels returns how the file spells the types of mentions.
func (r *Reader) Labels() map[annotate.Type]string { return r.labels }

// Add adds an annotation, which consists of one piece or several. IDs must be unique.
func (r *Reader) Add(id, label string, pieces ...offsets.Stretch) error {
	if r.byID[id] != nil {
		return fmt.Errorf("the id %s is used twice", id)
	}
	b := &Annotation{ID: id, label: label, Pieces: pieces, Said: map[string]string{}}
	r.byID[id] = b
	r.all = append(r.all, b)
	if len(pieces) == 1 {
		key := [2]int{pieces[0].Start, pieces[0].End}
		r.at[key] = append(r.at[key], b)
	}
	return nil
}

// AddAnyway is Add for files in which several annotations may have one ID by mistake, and returns the ID of this one.
// What the file states about their common ID is about the first.
func (r *Reader) AddAnyway(id, label string, pieces ...offsets.Stretch) string {
	own := id
	for r.byID[own] != nil {
		r.twice++
		own = fmt.Sprintf("%s again %d", id, r.twice)
	}
	if own != id {
		r.Loss.AddSuch("annotations with the ID of another: what refers to it is about the first", id)
	}
	_ = r.Add(own, label, pieces...) // cannot fail: no other has this ID
	return own
}

// Annotation returns the annotation with an ID, or nil.
func (r *Reader) Annotation(id string) *Annotation { return r.byID[id] }

// Like returns the first annotation with a label in a place, or nil.
func (r *Reader) Like(label string, at offsets.Stretch) *Annotation {
	for _, b := range r.at[[2]int{at.Start, at.End}] {
		if b.Is(label, at) {
			return b
		}
	}
	return nil
}

// Is reports whether b is in one piece, at with a label.
func (b *Annotation) Is(label string, at offsets.Stretch) bool {
	return b.label == label && len(b.Pieces) == 1 && b.Pieces[0].Start == at.Start && b.Pieces[0].End == at.End
}

// Change gives b another label or place.
func (b *Annotation) Change(label string, at offsets.Stretch) {
	b.label, b.Pieces = label, []offsets.Stretch{at}
}

// All yields the annotations in the order they were added.
func (r *Reader) All() iter.Seq[*Annotation] { return slices.Values(r.all) }

// Filter removes the annotations for which keep returns false. Relations may still refer to
// them.
func (r *Reader) Filter(keep func(*Annotation) bool) {
	r.all = slices.DeleteFunc(r.all, func(a *Annotation) bool { return !keep(a) })
}

// Say sets what a file states about an annotation, unless value is empty or there is no
// such annotation. See [Annotation] for names.
func (r *Reader) Say(id, name, value string) {
	if b := r.byID[id]; b != nil && value != "" {
		b.Said[name] = value
	}
}

// Join makes two annotations mentions of one entity.
func (r *Reader) Join(a, b string) {
	if a, b = r.root(a), r.root(b); a != b {
		r.group[b] = a
	}
}

func (r *Reader) root(id string) string {
	for r.group[id] != "" {
		if up := r.group[r.group[id]]; up != "" {
			r.group[id] = up // keep paths short
		}
		id = r.group[id]
	}
	return id
}

// Relate adds a relation: "Coref", or "Speaker", "SpeakerEntity", "SpeakerMention" or "Cue" from a quote.
func (r *Reader) Relate(name, from, to string) { r.rels = append(r.rels, [3]string{name, from, to}) }

// Layer returns the layer of the annotations about text. Those labelled "quote" are
// quotes, those labelled "cue" or "SpeakerMention" parts of them, all others mentions. Offsets are in unit unless the
// words at them show that they are not, see [offsets.Align].
func (r *Reader) Layer(text string, unit offsets.Unit) *annotate.Layer {
	var all []offsets.Stretch
	for _, b := range r.all {
		all = append(all, b.Pieces...)
	}
	r.aligner = offsets.Align(text, unit, all, r.Loss)
	r.Filter(r.setSpan)
	for _, rel := range r.rels {
		if isCoref(strings.ToLower(rel[0])) {
			r.Join(rel[1], rel[2])
		}
	}
	g := &Builder{}
	quotes := map[string]*annotate.Quote{}
	var remarks []annotate.Remark
	for _, b := range r.all {
		kind := annotate.OfMention
		switch {
		case b.isPart():
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
	r.applyRelations(quotes)
	for _, b := range r.all {
		if q := quotes[b.ID]; q != nil {
			g.Quote(*q)
		}
	}
	l := g.Layer(text)
	l.Remarks = remarks
	return l
}

// setSpan sets the span of b, from its first piece to its last. It returns false if there
// is more than white space between them, or if the words are not in the text.
func (r *Reader) setSpan(b *Annotation) bool {
	for i, p := range b.Pieces {
		s, ok := r.aligner.Find(p)
		switch {
		case !ok:
			return false
		case i == 0:
			b.span = s
		case strings.TrimSpace(r.aligner.Text[min(b.span.End, s.Start):s.Start]) != "" || s.Start < b.span.End:
			r.Loss.Add(1, "discontinuous annotations: a mention is one span")
			return false
		default:
			b.span.End = s.End
		}
	}
	return true
}

// claim returns the origin and state of b.
func (b *Annotation) claim() (annotate.Origin, annotate.State) {
	if b.Said["State"] == "rejected" {
		return annotate.Origin{}, annotate.Rejected
	}
	score, err := strconv.ParseFloat(b.Said["Score"], 64)
	if err != nil || !(score >= 0 && score <= 1) {
		score = 0
	}
	o, s := ReadClaim(b.Said["Origin"] == Machine, score)
	if o.Human {
		o.Stage = b.Said["Decider"]
	}
	return o, s
}

// Who returns whose decisions the annotations are, if the file says that they are all of one person.
func (r *Reader) Who() string {
	who := ""
	for _, b := range r.all {
		name := b.Said["Decider"]
		if who != "" && name != "" && name != who {
			return ""
		}
		who = cmp.Or(who, name)
	}
	return who
}

func (b *Annotation) quote() *annotate.Quote {
	q := &annotate.Quote{Span: b.span, Type: annotate.QuoteType(b.Said["Form"])}
	if q.Type != annotate.Mixed && q.Type != annotate.Indirect {
		q.Type = annotate.Direct
	}
	q.Origin, q.State = b.claim()
	return q
}

// typ returns the type that the file states of b, else that of its label.
func (b *Annotation) typ() annotate.Type {
	if said := b.Said["Type"]; said != "" {
		return TypeNamed(said)
	}
	return TypeSpelled(b.label)
}

func (r *Reader) mention(g *Builder, b *Annotation) {
	m := annotate.Mention{Span: b.span, Type: b.typ(), Form: annotate.Form(b.Said["Form"])}
	r.labels.Note(m.Type, b.label, r.Loss)
	if m.Form != annotate.Nominal && m.Form != annotate.Pronoun {
		m.Form = annotate.Name
	}
	m.Origin, m.State = b.claim()
	key := r.root(b.ID)
	if was := g.Mention(key, m); was != m.Type {
		r.Loss.Add(1, "mentions whose label differs from that of the other mentions of their entity")
	}
	if name := b.Said["Name"]; name != "" {
		g.Name(key, name)
	}
}

// applyRelations sets the speakers and cues of quotes.
func (r *Reader) applyRelations(quotes map[string]*annotate.Quote) {
	used := map[string]bool{}                    // parts of quotes
	words := map[*annotate.Quote]articles.Span{} // that name the first speaker, whichever that is in the end
	for _, rel := range r.rels {
		q, to := quotes[rel[1]], r.byID[rel[2]]
		name := strings.ToLower(rel[0])
		switch {
		case isCoref(name):
			continue // see Layer
		case q == nil || to == nil || to.span.Empty():
			name = ""
		}
		switch name {
		case "cue":
			q.Cue = to.span
			used[to.ID] = true
		case "speaker", "attribution":
			q.AddSpeaker(r.root(to.ID), to.span)
		case strings.ToLower(SpeakerEntity):
			q.AddSpeaker(r.root(to.ID), articles.Span{})
		case strings.ToLower(SpeakerMention):
			words[q] = to.span
			used[to.ID] = true
		default:
			r.Loss.Add(1, "relations: only those from a quote to its speaker or cue are kept")
		}
	}
	for q, at := range words {
		q.SpeakerMention = at
	}
	r.countParts(used)
}

// isCoref reports whether a relation joins mentions of one entity.
func isCoref(name string) bool { return strings.HasPrefix(name, "coref") || name == "identity" }

// countParts counts the parts of quotes that none was said to have, and what is noted on any.
func (r *Reader) countParts(used map[string]bool) {
	for _, b := range r.all {
		if !b.isPart() {
			continue
		}
		name := map[bool]string{true: "cues", false: "words that name speakers"}[strings.EqualFold(b.label, "cue")]
		r.Loss.Add(len(b.Remarks), "notes on "+name)
		if !used[b.ID] {
			r.Loss.Add(1, name+" without a quote")
		}
	}
}

// isPart reports whether b is the cue of a quote, or words that name its speaker.
func (b *Annotation) isPart() bool {
	return strings.EqualFold(b.label, "cue") || strings.EqualFold(b.label, SpeakerMention)
}

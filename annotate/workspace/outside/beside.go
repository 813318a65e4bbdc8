package outside

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/articles"
)

// A Voice is what one of those that annotated an article found by itself: the engine, or another program.
type Voice struct {
	*annotate.Layer
	Name string    // of a program, as in the origin of its claims; empty for the engine
	At   time.Time // when it was asked; zero where that is not known
}

// Suggests reports whether a program gave anything: what byline found for it is not its own.
func (v *Voice) Suggests() bool {
	for c := range v.Claims() {
		if c.Origin.Outside() {
			return true
		}
	}
	return false
}

// A verdict says how what one suggests is to what is shown.
type verdict uint8

const (
	same verdict = iota
	otherType
	otherEnds
	otherName    // of the entity of a mention
	otherSpeaker // of a quote
	nothing
)

// An opinion is what one of several suggests where a claim is shown.
type opinion struct {
	*Voice
	verdict
	stands bool // what is shown is its suggestion
	says   []saying
	yields string // what of others its suggestion gives way to, though it was asked later than whose stands; empty where it does not
}

// A saying is a claim in words.
type saying struct {
	articles.Span
	typ   string
	names []string // of the entity, or of those who speak; none where nobody is named
	quote bool
	score float64
}

// A place is where what several suggest is compared.
type place struct {
	text  string
	shown *annotate.Layer // what all suggest together
	kind  annotate.Kind
	at    articles.Span
	claim *annotate.Claim // that is shown there; nil if none is
	saying
}

// Beside says what each of several suggests where a claim is shown, or was added: which suggestion stands, who suggests the same, who what else, and who
// nothing. Shown is what they suggest together, see [Over]. The voices are as they go over each other, the engine first; where there is only one, nothing is said.
func Beside(text string, shown *annotate.Layer, voices []Voice, k annotate.Kind, at articles.Span) []annotate.Reason {
	if len(voices) < 2 {
		return nil
	}
	p := place{text: text, shown: shown, kind: k, at: at}
	p.claim, p.saying = p.exactly(shown)
	return p.words(p.compare(voices))
}

// compare returns the opinions of the voices, those that go over others first.
func (p *place) compare(voices []Voice) []opinion {
	var all []opinion
	above := false // the suggestion that stands, if any does
	for i := range slices.Backward(voices) {
		o := p.opinion(&voices[i])
		if o.verdict != nothing && !o.stands && !above {
			o.yields = p.winner(o.says, voices[i+1:])
		}
		above = above || o.stands
		all = append(all, o)
	}
	return all
}

// opinion compares what a voice suggests with what is shown.
func (p *place) opinion(v *Voice) opinion {
	l := v.Layer
	if v.Name != "" {
		l = given(l)
	}
	o := opinion{Voice: v, stands: p.claim != nil && p.madeBy(v)}
	claim, is := p.exactly(l)
	switch {
	case claim == nil:
		if o.says = p.near(l); len(o.says) > 0 {
			o.verdict = otherEnds
		} else {
			o.verdict = nothing
		}
		return o
	case p.claim == nil: // somebody put it where nothing is suggested
	case p.kind == annotate.OfQuote && len(is.names) > 0 && !p.sameSpeakers(l, v):
		o.verdict = otherSpeaker
	case is.typ != p.typ:
		o.verdict = otherType
	case p.kind == annotate.OfMention && !strings.EqualFold(is.names[0], p.names[0]):
		o.verdict = otherName
	}
	o.says = []saying{is}
	return o
}

// madeBy reports whether the claim that is shown is that of a voice.
func (p *place) madeBy(v *Voice) bool {
	if o := p.claim.Origin; o.Outside() {
		return o.Stage == v.Name
	}
	return v.Name == ""
}

// exactly returns the claim of l on the words of p; nil if there is none. Where there are several, one of the type that is shown goes first.
func (p *place) exactly(l *annotate.Layer) (*annotate.Claim, saying) {
	var found *annotate.Claim
	var is saying
	p.each(l, func(c annotate.Claim, s saying) {
		if c.Span == p.at && (found == nil || s.typ == p.typ && is.typ != p.typ) {
			found, is = &c, s
		}
	})
	return found, is
}

// near returns what l claims of words that overlap those of p.
func (p *place) near(l *annotate.Layer) []saying {
	var out []saying
	p.each(l, func(c annotate.Claim, s saying) {
		if c.Overlaps(p.at) {
			out = append(out, s)
		}
	})
	slices.SortStableFunc(out, func(a, b saying) int { return a.Compare(b.Span) })
	return out
}

// each calls do with the claims of l that are of the kind of p, in words.
func (p *place) each(l *annotate.Layer, do func(annotate.Claim, saying)) {
	if p.kind == annotate.OfQuote {
		for _, q := range l.Quotes {
			if q.Overlaps(p.at) {
				do(q.Claim(), saying{q.Span, string(q.Type), p.speakers(l, q), true, q.Origin.Score})
			}
		}
		return
	}
	for e, m := range l.Mentions() {
		if m.Overlaps(p.at) {
			do(m.Claim(e), saying{m.Span, string(m.Type), []string{e.Name}, false, m.Origin.Score})
		}
	}
}

// speakers returns the names of who speaks a quote of l; the words that name them where no entity is known.
func (p *place) speakers(l *annotate.Layer, q *annotate.Quote) []string {
	var out []string
	for _, id := range q.Speakers() {
		if e := l.Entity(id); e != nil {
			out = append(out, e.Name)
		}
	}
	if len(out) == 0 && !q.SpeakerMention.Empty() {
		out = []string{q.SpeakerMention.In(p.text)}
	}
	return out
}

// sameSpeakers reports whether the quote that is shown, and that of l on the same words, are spoken by the same: they have a name or a mention in common.
func (p *place) sameSpeakers(l *annotate.Layer, v *Voice) bool {
	here, there := quoteOn(p.shown, p.at), quoteOn(l, p.at)
	// The entities are those of the whole layer of a program: what byline found for its quotes is no quote of the program's, but the names are who they are.
	a, b := p.voicesOf(p.shown, here), p.voicesOf(v.Layer, there)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !slices.ContainsFunc(b, a[i].is) {
			return false
		}
	}
	return true
}

// A speaker is who speaks a quote: a name, and the words that mention it.
type speaker struct {
	name string
	at   spans
}

// is reports whether two are the same: by their names, or because both are mentioned somewhere.
func (s *speaker) is(other *speaker) bool {
	return strings.EqualFold(s.name, other.name) || slices.ContainsFunc(s.at.at, other.at.overlap)
}

// voicesOf returns who speaks a quote of l.
func (p *place) voicesOf(l *annotate.Layer, q *annotate.Quote) []*speaker {
	var out []*speaker
	for _, id := range q.Speakers() {
		e := l.Entity(id)
		if e == nil {
			continue
		}
		s := &speaker{name: e.Name}
		for i := range e.Mentions {
			s.at.at = append(s.at.at, e.Mentions[i].Span)
		}
		out = append(out, s)
	}
	if len(out) == 0 && !q.SpeakerMention.Empty() {
		out = []*speaker{{q.SpeakerMention.In(p.text), spans{at: []articles.Span{q.SpeakerMention}}}}
	}
	for _, s := range out {
		s.at.sort()
	}
	return out
}

// quoteOn returns the quote of l on some words, which has one.
func quoteOn(l *annotate.Layer, at articles.Span) *annotate.Quote {
	return l.Quotes[slices.IndexFunc(l.Quotes, func(q *annotate.Quote) bool { return q.Span == at })]
}

// winner returns what of those that go over a voice, beside the words of p, stands in the place of one of its sayings; empty if nothing does.
func (p *place) winner(says []saying, over []Voice) string {
	found := ""
	for _, s := range says {
		beyond := place{text: p.text, kind: p.kind, at: s.Span}
		beyond.each(p.shown, func(c annotate.Claim, other saying) {
			if found == "" && other.Span != p.at && slices.ContainsFunc(over, func(v Voice) bool { return c.Origin.Outside() && c.Origin.Stage == v.Name }) {
				found = marked(shortened(other.In(p.text)))
			}
		})
	}
	return found
}

// maker names a voice, with its version or model.
func (v *Voice) maker() string {
	if v.Name == "" {
		return strings.TrimSpace("byline " + v.Engine)
	}
	return cmp.Or(v.Engine, v.Name)
}

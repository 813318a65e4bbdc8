package standoff

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// Machine and Human are the words that files have for who made a claim.
const (
	Machine = "machine"
	Human   = "human"
)

// Signed returns the name that files have for the engine that suggested what is in l.
func Signed(l *annotate.Layer) string { return strings.TrimSpace("byline " + l.Engine) }

// EngineOf returns the engine that a file has under a name from [Signed]. It is empty if the name is no such, or says no engine.
func EngineOf(name string) string {
	engine, ok := strings.CutPrefix(name, "byline ")
	if !ok {
		return ""
	}
	return engine
}

// Somebody is the name that files have for a person who is not known.
const Somebody = "somebody"

// A Provenance is who made a claim: the engine, or a person, who may also have changed or
// confirmed it.
type Provenance struct {
	annotate.State
	annotate.Origin
}

// By returns the provenance of a claim in state s with origin o.
func By(s annotate.State, o annotate.Origin) Provenance { return Provenance{s, o} }

// Who returns [Human] and 1, or [Machine] and the score, from 0 to 1, rounded to four
// digits; nil if it has none, as what another program suggests may.
func (p Provenance) Who() (who string, score *float64) {
	if p.Human || p.State == annotate.Confirmed {
		one := 1.0
		return Human, &one
	}
	if p.Score == 0 {
		return Machine, nil
	}
	n := math.Round(p.Score*1e4) / 1e4
	return Machine, &n
}

// IsMachine reports whether nobody made, changed or confirmed the claim.
func (p Provenance) IsMachine() bool { return !p.Human && p.State != annotate.Confirmed }

// Words returns the results of Who as text, the score with as few digits as possible:
// "0.9"; empty if there is none.
func (p Provenance) Words() (who, score string) {
	who, n := p.Who()
	if n == nil {
		return who, ""
	}
	return who, strconv.FormatFloat(*n, 'f', -1, 64)
}

// DeciderOf returns who made, confirmed or rejected a claim. It is empty for a machine's, and where nothing says.
func DeciderOf(x *format.Deciders, k annotate.Kind, s articles.Span, by Provenance) string {
	if by.State == annotate.Rejected {
		by.Origin = annotate.Origin{} // as what was rejected was made
	} else if by.IsMachine() {
		return ""
	}
	return x.Name(k, s, by.Origin)
}

// CountDeciders counts the decisions in d of which a format does not say whose they are.
func CountDeciders(d *format.Document, loss *format.Loss) {
	deciders := d.Deciders()
	for c := range d.Layer.Claims() {
		if c.State != annotate.Rejected && DeciderOf(deciders, c.Kind, c.Span, By(c.State, c.Origin)) != "" {
			loss.Add(1, "decisions: the format does not say whose they are")
		}
	}
}

// ReadClaim returns the origin and state of a claim that was read from a file: proposed
// by the engine with a score, which is limited to 0 to 1 and 0 if there is none, or confirmed by a person.
func ReadClaim(machine bool, score float64) (annotate.Origin, annotate.State) {
	if machine {
		return annotate.Origin{Score: min(max(score, 0), 1)}, annotate.Proposed
	}
	return annotate.Origin{Human: true, Score: 1}, annotate.Confirmed
}

// A Place is what a remark is about: a kind of claim and its span.
type Place struct {
	annotate.Kind
	articles.Span
}

// Remarks are notes and tags by what they are about, oldest first.
type Remarks map[Place][]annotate.Remark

// RemarksOf returns the remarks of l.
func RemarksOf(l *annotate.Layer) Remarks {
	out := make(Remarks, len(l.Remarks))
	for _, r := range l.Remarks {
		at := Place{r.Kind, r.Span}
		out[at] = append(out[at], r)
	}
	return out
}

// Take returns the remarks about a claim and removes them, so that of several claims with
// one span only the first has them.
func (rs Remarks) Take(k annotate.Kind, s articles.Span) []annotate.Remark {
	at := Place{k, s}
	out := rs[at]
	delete(rs, at)
	return out
}

// A Speaker is a speaker of a quote.
type Speaker struct {
	*annotate.Entity
	At   articles.Span // the mention that names it there, else its first
	Here bool          // At names it there
	// Relation is what leads from the quote to At: [SpeakerThere], or [SpeakerEntity] if At does not name its speaker
	// there, so that no such place is made up when it is read.
	Relation string
}

// The relations from a quote to a speaker, and the one to words that name the first speaker but are no mention of it.
// These are annotations with a label of that name.
const (
	SpeakerThere   = "Speaker"
	SpeakerEntity  = "SpeakerEntity"
	SpeakerMention = "SpeakerMention"
)

// A Naming tells a mention from all others: its entity and its span.
type Naming struct {
	Entity string // its ID
	articles.Span
}

// Naming returns what tells the mention that names s from others.
func (s Speaker) Naming() Naming { return Naming{s.ID, s.At} }

// Speakers returns the speakers of q that have a mention which was not rejected.
func Speakers(l *annotate.Layer, q *annotate.Quote, text string) []Speaker {
	var out []Speaker
	for _, id := range q.Speakers() {
		e := l.Entity(id)
		if e == nil {
			continue
		}
		naming := q.Naming(e, text)
		first := slices.IndexFunc(e.Mentions, Alive)
		if first < 0 {
			continue
		}
		s := Speaker{Entity: e, At: e.Mentions[first].Span, Relation: SpeakerThere}
		another := len(out) == 0 && id != q.Speaker // the first is left out
		if !another && slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return Alive(m) && m.Span == naming }) {
			s.At, s.Here = naming, true
		}
		if len(out) == 0 && !s.Here {
			s.Relation = SpeakerEntity
		}
		out = append(out, s)
	}
	return out
}

// SpeakerPlace returns the words that name the first speaker of q. It is empty if they name one that is left out because
// its mentions were rejected, and another is the first.
func SpeakerPlace(q *annotate.Quote, speakers []Speaker) articles.Span {
	if len(speakers) > 0 && speakers[0].ID != q.Speaker {
		return articles.Span{}
	}
	return q.SpeakerMention
}

// SpeakerWords is SpeakerPlace if that is no mention of the speaker, such as "the mayor", who may be no entity at all.
func SpeakerWords(q *annotate.Quote, speakers []Speaker) articles.Span {
	if len(speakers) > 0 && speakers[0].Here {
		return articles.Span{}
	}
	return SpeakerPlace(q, speakers)
}

// Alive reports whether m was not rejected.
func Alive(m annotate.Mention) bool { return m.State != annotate.Rejected }

// LongestName returns the longest mention of e by name that was not rejected, else its
// first mention that was not, on one line. It is the default name of an entity.
func LongestName(e *annotate.Entity, text string) string {
	name, any := "", ""
	for _, m := range e.Mentions {
		said := strings.Join(strings.Fields(m.In(text)), " ")
		if m.State == annotate.Rejected {
			continue
		}
		any = cmp.Or(any, said)
		if m.Form == annotate.Name && len(said) > len(name) {
			name = said
		}
	}
	return cmp.Or(name, any)
}

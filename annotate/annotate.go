// Package annotate defines what can be known about an article's text: mentions of
// people and organizations, the entities they refer to, quotes and their speakers,
// and what people decided about each.
//
// What a reader sees is review.Apply(machine layer, log). The machine layer is a
// pure function of the text; every claim in it carries an [Origin] with the rule
// that made it and a score that means a probability. The log holds [Decision]s
// and only grows; nothing a person decided is overwritten by a machine.
//
// Sub-packages do the work. Each stage is a plain function of its inputs, which keeps
// no state, prints nothing and does no I/O:
//
//	segment    text → paragraphs, sentences, tokens
//	names      tokens → mentions by name
//	evidence   mentions → mentions of the right types
//	people     mentions → entities
//	quotes     quotations, their cues and speakers
//	lexicon    what all stages know of words
//	engine     the order of the stages; the only package that knows them all
//	annotator  asks other programs for names and quotes
//	review     the log of decisions: Apply, undo, merging, re-anchoring
//	team       who reads which articles, where several people do
//	compare    what differs between two versions of an article
//	adjudicate what several annotators answer differently, and what settles it
//	library    the stored library: its database and the language of queries
//	workspace  the application: opens, edits, imports and exports articles
//	format     formats of export and import
//	eval       scores against gold
//	agreement  how far people agree
//	train      trains the model of names
package annotate

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/articles"
)

// A Type says what an entity is. Users may add types of their own to those below.
type Type string

// The types that the engine knows.
const (
	Person       Type = "person"
	Organization Type = "organization"
	Place        Type = "place"
	Other        Type = "other"
)

// Aside reports whether t is a type that the engine finds besides people and organizations.
// These have their own tab on the screen and are reviewed on request only.
func (t Type) Aside() bool { return t == Place || t == Other }

// A Form says how a mention refers: by name, by a common noun ("the actor") or
// by a pronoun.
type Form string

// The forms of a mention.
const (
	Name    Form = "name"
	Nominal Form = "nominal"
	Pronoun Form = "pronoun"
)

// A State says what people decided about a claim. That nobody looked and that a person said no
// are different states.
type State uint8

// The states of a claim.
const (
	Proposed  State = iota // by the machine; nobody looked
	Confirmed              // by a person, or made by one
	Rejected               // by a person; kept, shown apart, not exported
)

// An Origin says where a claim comes from.
type Origin struct {
	Human bool    // a person made or changed it; else the machine
	Stage string  // "names", "people", "quotes"; of a person: who; of several: see [Together]
	Rule  string  // the rule that decided, in kebab case: "honorific", "cue-after-quote"
	Score float64 // probability that the claim is right, 0 to 1; 1 for a person's, 0 where another program gave none
}

// together stands between the names of people who made a claim.
const together = "; "

// Together returns the names of people who made a claim as one, for [Origin.Stage]: "ann; bob".
func Together(who []string) string { return strings.Join(who, together) }

// Each returns the names of which [Together] made one; one name as it is, none for an empty one.
func Each(who string) []string {
	return slices.DeleteFunc(strings.Split(who, together), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// The rules of claims that another program made; their stage is its name.
const (
	Imported = "imported"  // they were read from a file
	Asked    = "annotator" // the program was asked
)

// Outside reports whether another program made a claim of the origin.
func (o Origin) Outside() bool { return o.Rule == Imported || o.Rule == Asked }

// A Mention is a stretch of text that refers to someone or something. Its span
// leaves out honorifics, titles and a possessive 's.
type Mention struct {
	articles.Span
	Form   Form
	Type   Type
	Title  articles.Span // the honorific or title before a name: "Mr.", "President"; empty if none
	State  State
	Origin Origin
}

// An Entity is a person, organization or other thing with all its mentions.
type Entity struct {
	ID       string // "e1", "e2", … in the order of first mention; stable within a layer only
	Type     Type
	Name     string // the fullest form of the name
	Mentions []Mention
	Origin   Origin
	Hold     *Hold `json:"-"` // what decisions know it by; nil if none does. It never changes
}

// A Hold is what later decisions need to know of an entity that people decided on.
type Hold struct {
	At    articles.Span // a mention, by which decisions know the entity; empty if none does yet
	Named bool          // a person named it
	Steps []string      // the last that joined it with others, or took it apart from them
}

// A QuoteType tells quotations in marks from reported speech.
type QuoteType string

// The types of quotes.
const (
	Direct   QuoteType = "direct"   // a full quotation, marks included in its span
	Mixed    QuoteType = "mixed"    // quoted words inside a sentence of the writer's
	Indirect QuoteType = "indirect" // reported speech without marks
)

// A Quote is a stretch of text that someone says.
type Quote struct {
	articles.Span
	Type           QuoteType
	Speaker        string        // ID of an entity, the first to speak; empty for nobody known
	Also           []string      // IDs of further speakers, in the order of the text; nil for one or none
	SpeakerMention articles.Span // the words that name the speaker here: "she"; empty if none
	Cue            articles.Span // "said"; empty if none
	State          State
	Origin         Origin
}

// A Layer is one reading of an article: its entities in the order of first
// mention, and its quotes in the order of [articles.Span.Compare]. Layers share quotes
// that are the same, so who changes a quote changes a copy of it.
type Layer struct {
	Engine   string // version of what made it
	Entities []Entity
	Quotes   []*Quote
	Remarks  []Remark // what people noted, in the order of the log
}

// Beside is between the names of several who made a layer, in its Engine: the engine, then other programs with their models.
const Beside = " + "

// Maker returns who of those that made l made a claim of the origin.
func (l *Layer) Maker(o Origin) string {
	all := strings.Split(l.Engine, Beside)
	for _, m := range all[1:] {
		if o.Outside() && (m == o.Stage || strings.HasPrefix(m, o.Stage+" ")) {
			return m
		}
	}
	return all[0]
}

// A Remark is a note on a claim or a passage, or a tag such as "question".
type Remark struct {
	Kind Kind
	articles.Span
	Who  string
	Text string
	Tag  bool
}

// Highlights reports whether r highlights a passage.
func (r *Remark) Highlights() bool { return r.Tag && r.Kind == OfPassage && r.Text == Highlight }

// Passages returns the remarks of l that are on passages, in the order of the text.
func (l *Layer) Passages() []Remark {
	var out []Remark
	for _, r := range l.Remarks {
		if r.Kind == OfPassage {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Remark) int { return a.Compare(b.Span) })
	return out
}

// Entity returns the entity with the given ID, or nil.
func (l *Layer) Entity(id string) *Entity {
	if i := l.IndexOf(id); i >= 0 {
		return &l.Entities[i]
	}
	return nil
}

// Mentions yields the mentions of l with their entities, entity by entity. Both point
// into l.
func (l *Layer) Mentions() iter.Seq2[*Entity, *Mention] {
	return func(yield func(*Entity, *Mention) bool) {
		for i := range l.Entities {
			e := &l.Entities[i]
			for k := range e.Mentions {
				if !yield(e, &e.Mentions[k]) {
					return
				}
			}
		}
	}
}

// A Claim is a statement of a layer about a span: that it is a mention, or a quote.
type Claim struct {
	Kind Kind
	articles.Span
	Entity *Entity // of a mention; nil for a quote
	Form   Form    // of a mention; empty for a quote
	Type   string  // of the mention or quote itself
	State  State
	Origin Origin
}

// Claim returns what m, a mention of e, claims.
func (m *Mention) Claim(e *Entity) Claim {
	return Claim{OfMention, m.Span, e, m.Form, string(m.Type), m.State, m.Origin}
}

// Claim returns what q claims.
func (q *Quote) Claim() Claim {
	return Claim{OfQuote, q.Span, nil, "", string(q.Type), q.State, q.Origin}
}

// Claims yields the claims of l: the mentions, entity by entity, then the quotes.
func (l *Layer) Claims() iter.Seq[Claim] {
	return func(yield func(Claim) bool) {
		for e, m := range l.Mentions() {
			if !yield(m.Claim(e)) {
				return
			}
		}
		for _, q := range l.Quotes {
			if !yield(q.Claim()) {
				return
			}
		}
	}
}

// Counts sums up an article's annotation for a list.
type Counts struct {
	People, Organizations, Quotes int     // entities of either type; quotes
	Claims, Reviewed              int     // mentions and quotes; those that a person decided on
	Least                         float64 // the lowest score of a claim that nobody looked at; 0 if there is none
}

// check reports the first breach among the mentions of e.
func (e *Entity) check(text string) error {
	last := -1
	for _, m := range e.Mentions {
		if err := checkSpan(m.Span, text); err != nil {
			return fmt.Errorf("entity %s: mention: %w", e.ID, err)
		}
		if m.Start < last {
			return fmt.Errorf("entity %s: mention at %d comes after one at %d", e.ID, m.Start, last)
		}
		if m.Origin.Score < 0 || m.Origin.Score > 1 {
			return fmt.Errorf("entity %s: score %v", e.ID, m.Origin.Score)
		}
		last = m.Start
	}
	return nil
}

// Check reports the first breach of a layer's invariants against the text it
// is about: spans inside the text, on rune boundaries, not empty and in order,
// IDs unique, speakers known and each once, scores within 0 and 1.
func (l *Layer) Check(text string) error {
	ids := map[string]bool{}
	for i := range l.Entities {
		e := &l.Entities[i]
		if ids[e.ID] || e.ID == "" {
			return fmt.Errorf("entity %q: id is empty or used twice", e.ID)
		}
		ids[e.ID] = true
		if err := e.check(text); err != nil {
			return err
		}
	}
	for i, q := range l.Quotes {
		if err := checkSpan(q.Span, text); err != nil {
			return fmt.Errorf("quote %d: %w", i, err)
		}
		if err := q.checkSpeakers(ids); err != nil {
			return fmt.Errorf("quote %d: %w", i, err)
		}
		if i > 0 && l.Quotes[i-1].Compare(q.Span) > 0 {
			return fmt.Errorf("quote %d is out of order", i)
		}
	}
	return nil
}

func checkSpan(s articles.Span, text string) error {
	if s.Start < 0 || s.End > len(text) || s.Empty() {
		return fmt.Errorf("span [%d,%d) of %d bytes", s.Start, s.End, len(text))
	}
	if !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]) {
		return fmt.Errorf("span [%d,%d) splits a rune", s.Start, s.End)
	}
	return nil
}

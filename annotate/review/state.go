package review

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/articles"
)

// A state is a layer while decisions are applied to it.
type state struct {
	*sheet
	conflicts []Conflict
	added     map[string][]*mention // names that people marked, by their words, folded
	unsettled []*entity
	step      string          // that is applied
	doing     string          // the decision of it; empty while what was shown is put back
	known     map[key]*entity // that decisions were shown
	notes     notes
}

// A sheet holds the claims that decisions are applied to, linked by pointers and found by their spans. Of the
// machine's, it copies an entity with its mentions, or a quote, when a decision first comes to it.
type sheet struct {
	*index
	on       map[articles.Span]*mention // those that were looked for
	quoteOn  map[articles.Span]*quote   // the same
	entities []*entity                  // the machine's, nil before a decision came to them, then people's
	quotes   []*quote                   // the same
	voices   voices
	journal
	changes
	shape
}

// changes are what differs from the layer that was returned last.
type changes struct {
	entities []*entity
	quotes   []*quote
}

// A mention of a state. A removed mention has no entity.
type mention struct {
	annotate.Mention
	entity  *entity
	number  int   // counts the machine's over all entities; those that people marked come after them
	voted   bool  // its type was given or confirmed by a person
	brought bool  // it was shown once, and the machine does not make it any more
	bond    uint8 // to its entity
	kept    int   // the last step in which it was kept as it had been, see [journal]
	with    int32 // the index of the entity that it was shown in, counted from 1
}

// An entity of a state.
type entity struct {
	annotate.Entity // its Mentions are not used
	index           int32
	own             []mention  // the machine's
	mentions        []*mention // some may have another entity by now
	votes           []vote
	said            []*quote      // that people, or moved mentions, made it a speaker of; some may have another by now
	first           annotate.Type // before any vote
	touched         bool          // it may differ from the layer that was returned last
	place           int           // among those that are touched
	named           bool          // by a person
	changed         bool          // its mentions differ from the machine's
	alone           bool          // split off in the present step
	merged          bool          // with another, whose name may be fuller
	kept            int           // as of a mention
	holding         holding
}

// A vote is the number of mentions of an entity that people gave a type.
type vote struct {
	annotate.Type
	n, last int
	voters  []*mention // some may have lost it
}

type quote struct {
	annotate.Quote
	index               int32
	voices              []voice // its speakers; the first has a nil entity if only its words are known
	gone                bool
	spoken, cued, typed bool // a person said by whom, with which words, of which type
	settled             bool // who speaks is as somebody was shown it
	touched             bool // it may differ from the layer that was returned last
	kept                int  // as of a mention
}

// A claim is a decision with its spans in this text.
type claim struct {
	*annotate.Decision
	span, to articles.Span   // to is empty if the decision has none
	also     []articles.Span // as Decision.Also
	seen     *seen           // nil if nothing else was shown
	typ      annotate.Type   // that was shown of a mention to split off, where the machine takes it for another
	home     *entity         // that a mention joins that is put at span; nil for one with its words
}

// newState returns the state without decisions.
func newState(x *index) *state {
	return &state{added: map[string][]*mention{}, known: map[key]*entity{}, sheet: &sheet{
		index: x, shape: x.base(), on: map[articles.Span]*mention{}, quoteOn: map[articles.Span]*quote{}, voices: voices{},
		entities: make([]*entity, len(x.machine.Entities)), quotes: make([]*quote, len(x.machine.Quotes)),
	}}
}

// touch notes that e is to change.
func (w *sheet) touch(e *entity) *entity {
	w.keepEntity(e)
	if !e.touched {
		e.touched = true
		w.changes.entities = append(w.changes.entities, e)
	}
	return e
}

// touchQuote notes that q is to change.
func (w *sheet) touchQuote(q *quote) *quote {
	w.keepQuote(q)
	if !q.touched {
		q.touched = true
		w.changes.quotes = append(w.changes.quotes, q)
	}
	return q
}

// entity returns an entity of the machine's, to be changed.
func (w *sheet) entity(i int32) *entity {
	e := w.entities[i]
	if e != nil {
		return w.touch(e)
	}
	of := &w.machine.Entities[i]
	e = &entity{Entity: *of, index: i, first: of.Type, own: make([]mention, len(of.Mentions)), mentions: make([]*mention, len(of.Mentions))}
	e.Mentions = nil
	for k := range of.Mentions {
		e.own[k] = mention{Mention: of.Mentions[k], entity: e, number: int(w.first[i]) + k}
		e.mentions[k] = &e.own[k]
	}
	w.entities[i] = e
	return w.touch(e)
}

// quote returns a quote of the machine's, to be changed.
func (w *sheet) quote(i int32) *quote {
	q := w.quotes[i]
	if q != nil {
		return w.touchQuote(q)
	}
	q = &quote{Quote: *w.machine.Quotes[i], index: i}
	for _, s := range w.speakers.of(i) {
		v := voice{at: s.at, of: q}
		if s.entity >= 0 {
			v.entity = w.entity(s.entity)
		}
		q.voices = append(q.voices, v)
	}
	w.quotes[i] = q
	w.copied(q)
	for k := range q.voices {
		w.voicesAt(q.voices[k].at)
	}
	return w.touchQuote(q)
}

// at returns the mention on a span, to be changed; nil for none.
func (w *sheet) at(s articles.Span) *mention {
	m, known := w.on[s]
	if !known {
		if at, ok := w.spotAt(s); ok {
			m = &w.entity(at.entity).own[at.mention]
		}
		put(&w.journal, w.on, s, m)
	}
	if m != nil {
		w.keep(m)
		w.touch(m.entity)
	}
	return m
}

// quoteAt returns the quote on a span, to be changed; nil for none.
func (w *sheet) quoteAt(s articles.Span) *quote {
	q, known := w.quoteOn[s]
	if !known {
		if i, ok := w.index.quoteOn(s); ok {
			q = w.quote(i)
		}
		put(&w.journal, w.quoteOn, s, q)
	}
	if q != nil {
		w.touchQuote(q)
	}
	return q
}

// takeQuote adds a quote of a person's.
func (w *sheet) takeQuote(q *quote) {
	q.index = int32(len(w.quotes))
	w.quotes = append(w.quotes, q)
	put(&w.journal, w.quoteOn, q.Span, q)
	w.journal.keep(func() { q.gone = true })
	w.touchQuote(q)
}

// humanOrigin returns the origin of a person's claim.
func (c *claim) humanOrigin() annotate.Origin {
	return annotate.Origin{Human: true, Stage: c.Who, Rule: string(c.Verb), Score: 1}
}

// typ returns the type of m that a reader sees: that of its entity, if people voted on
// the entity's type but not on that of m.
func (m *mention) typ() annotate.Type {
	if !m.voted && len(m.entity.votes) > 0 {
		return m.entity.Type
	}
	return m.Type
}

// newEntity adds an entity without mentions.
func (w *sheet) newEntity(typ annotate.Type, o annotate.Origin) *entity {
	e := &entity{Entity: annotate.Entity{Type: typ, Origin: o}, index: int32(len(w.entities)), first: typ, changed: true}
	w.entities = append(w.entities, e)
	return w.touch(e)
}

// members returns the mentions of e in the order of the text, and forgets those that left.
func (e *entity) members() []*mention {
	ms := slices.DeleteFunc(e.mentions, func(m *mention) bool { return m.entity != e })
	inOrder := func(a, b *mention) int { return cmp.Or(a.Compare(b.Span), cmp.Compare(a.number, b.number)) }
	if !slices.IsSortedFunc(ms, inOrder) {
		slices.SortFunc(ms, inOrder)
	}
	e.mentions = slices.Compact(ms) // some left and came back
	return e.mentions
}

// move moves m to entity e, as somebody decided.
func (w *state) move(m *mention, e *entity) {
	if from := m.entity; from != e {
		m.shift(w, e, true)
		from.lost(w, m)
		e.gained(w, m)
	}
}

// shift moves m to entity e, together with its vote and the quotes whose speaker it names; where nobody decided that, without those of
// which somebody was shown who speaks them.
func (m *mention) shift(w *state, e *entity, decided bool) {
	from := m.entity
	w.keep(m)
	w.touch(from)
	w.touch(e)
	for _, v := range slices.Clone(w.voicesAt(m.Span)) {
		switch {
		case v.entity != from || !decided && v.of.settled:
		case decided || !v.of.spoken:
			v.speaksAs(e)
		default: // m is somebody else's name by now
			v.at = articles.Span{}
			put(&w.journal, w.voices, m.Span, without(w.voices[m.Span], v))
		}
	}
	if from.changed, e.changed = true, true; !decided {
		from.stirred()
		e.stirred()
	}
	if m.voted {
		from.unvote(m.Type)
	}
	m.entity = e
	e.mentions = append(e.mentions, m)
	if m.voted {
		m.voted = false
		w.vote(m, m.Type)
	}
}

// without returns vs without v.
func without(vs []*voice, v *voice) []*voice {
	return slices.DeleteFunc(slices.Clone(vs), func(o *voice) bool { return o == v })
}

// drop removes m from the layer.
func (w *state) drop(m *mention) {
	w.keep(m)
	w.touch(m.entity).altered(w)
	if m.voted {
		m.entity.unvote(m.Type)
	}
	if w.at(m.Span) == m {
		put(&w.journal, w.on, m.Span, nil)
	}
	m.entity = nil
}

// fold returns words in lower case with single spaces, for comparing.
func fold(words string) string {
	if strings.ContainsFunc(words, func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) || strings.Contains(words, "  ") {
		words = strings.Join(strings.Fields(words), " ")
	}
	return strings.ToLower(words)
}

// folds reports whether words, folded, are these.
func folds(words, folded string) bool {
	for i := 0; i < len(words) && i < len(folded); i++ {
		b := words[i]
		if b >= 0x80 || b <= ' ' {
			break
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if b != folded[i] {
			return false // as nearly always
		}
	}
	return fold(words) == folded
}

// entityNamed returns the entity of type typ that has a mention with these words, or nil. It
// ignores rejected mentions and the entity not. The first such mention counts: of the machine's, then of
// those that people marked.
func (w *state) entityNamed(c *claim, words string, typ annotate.Type, not *entity) *entity {
	words = fold(words)
	for at := range w.named(words) {
		e := w.entities[at.entity]
		if of := &w.machine.Entities[at.entity]; e == nil {
			if m := &of.Mentions[at.mention]; of.Type == typ && m.State != annotate.Rejected && folds(m.In(w.text), words) {
				return w.entity(at.entity)
			}
			continue
		}
		if e := w.called(c, &e.own[at.mention], words, typ, not); e != nil {
			return e
		}
	}
	for _, m := range w.added[words] {
		if e := w.called(c, m, words, typ, not); e != nil {
			return e
		}
	}
	return nil
}

// called returns the entity of m, if that is of type typ and m has these words; else nil. Where a machine put it into one that was shown
// without it, that does not count, nor for a decision made over another layer where it was not shown there.
func (w *state) called(c *claim, m *mention, words string, typ annotate.Type, not *entity) *entity {
	e := m.entity
	if e == nil || e == not || (e.holding.mixed || c.elsewhere() && e.holding.held) && !m.shown() || e.Type != typ || m.State == annotate.Rejected || !folds(m.In(w.text), words) {
		return nil
	}
	return e
}

// name has [state.entityNamed] find m by its words.
func (w *state) name(m *mention) {
	if m.Form == annotate.Name {
		words := fold(m.In(w.text))
		put(&w.journal, w.added, words, append(w.added[words], m))
	}
}

// custom reports whether typ is a label of the user's own.
func custom(typ annotate.Type) bool {
	switch typ {
	case annotate.Person, annotate.Organization, annotate.Place, annotate.Other:
		return false
	}
	return true
}

// clear removes the machine's unreviewed mentions that overlap s and returns the speakers of quotes
// that they named.
func (w *state) clear(s articles.Span) (orphaned []*voice) {
	w.reach.EachNear(s, func(i int) {
		at := w.mentions[i]
		if m := w.mention(at); m.State != annotate.Proposed || !m.Overlaps(s) || m.Span == s {
			return
		}
		m := &w.entity(at.entity).own[at.mention]
		if m.entity == nil || m.State != annotate.Proposed || !m.Overlaps(s) || m.Span == s || custom(m.typ()) {
			return
		}
		w.drop(m)
		orphaned = append(orphaned, w.voicesAt(m.Span)...)
		put(&w.journal, w.voices, m.Span, nil)
	})
	return orphaned
}

// nameSpeaker makes m the mention that names the speakers vs; where nobody decided that, without those of quotes of which somebody said,
// or was shown, who speaks them.
func (w *state) nameSpeaker(m *mention, vs []*voice) {
	if w.doing == "" {
		for _, v := range vs {
			if v.of.spoken {
				v.at = articles.Span{}
			}
		}
		vs = slices.DeleteFunc(slices.Clone(vs), func(v *voice) bool { return v.of.spoken || v.of.settled })
	}
	for _, v := range vs {
		v.speaksAs(m.entity)
		v.at = m.Span
	}
	if len(vs) > 0 {
		put(&w.journal, w.voices, m.Span, append(w.voicesAt(m.Span), vs...))
	}
}

// put adds a person's mention at span s.
func (w *state) put(c *claim, s articles.Span, typ annotate.Type) *mention {
	m := &mention{Mention: annotate.Mention{Span: s, Type: typ, State: annotate.Confirmed, Origin: c.humanOrigin()}, number: len(w.mentions)}
	m.Form = formOf(s.In(w.text))
	var orphaned []*voice
	if !custom(typ) {
		orphaned = w.clear(s)
	}
	if m.entity = c.homeOf(m); m.entity == nil {
		m.entity = w.entityNamed(c, s.In(w.text), typ, nil)
	}
	if m.entity == nil || m.entity != c.home && m.Form != annotate.Name || s == c.span && c.apart(m.entity) {
		m.entity = w.newEntity(typ, c.humanOrigin())
	}
	w.journal.keep(func() { m.entity = nil })
	if w.touch(m.entity).changed = true; m.entity != c.home {
		m.entity.gained(w, m)
	}
	m.entity.mentions = append(m.entity.mentions, m)
	put(&w.journal, w.on, s, m)
	w.name(m)
	w.vote(m, typ)
	w.nameSpeaker(m, orphaned)
	return m
}

// formOf guesses the form of words that a person marked: a name, unless their script has
// capitals and they have none.
func formOf(words string) annotate.Form {
	if en.Of(strings.ToLower(words)).Is(en.Pronoun) {
		return annotate.Pronoun
	}
	lower := false
	for _, r := range words {
		if unicode.IsUpper(r) || unicode.IsDigit(r) {
			return annotate.Name
		}
		lower = lower || unicode.IsLower(r)
	}
	if lower && strings.ContainsRune(words, ' ') {
		return annotate.Nominal
	}
	return annotate.Name
}

// quoteMark reports whether words begin with a quotation mark. Swedish opens with ”
// and German with »; ’ is left out, which begins words as an apostrophe.
func quoteMark(words string) bool {
	r, _ := utf8.DecodeRuneInString(words)
	return strings.ContainsRune(en.OpeningLow+"”»", r)
}

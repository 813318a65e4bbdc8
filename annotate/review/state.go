package review

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/articles"
)

// A state is a layer while decisions are applied to it. Its claims are linked by pointers
// and indexed by their spans.
type state struct {
	text      string
	result    *Result
	mentions  []*mention                 // in the order they were added
	at        map[articles.Span]*mention // at the spans that decisions are about
	entities  []*entity
	quotes    []*quote
	quoteAt   map[articles.Span]*quote
	names     nameIndex
	machine   int        // the first so many of mentions are the machine's
	byStart   []*mention // these, by start; nil until needed
	widest    int        // bytes of the longest of these
	unsettled []*entity
	voices    voices
}

// A mention of a state. A removed mention has no entity.
type mention struct {
	annotate.Mention
	entity *entity
	told   bool // in the layer already
	voted  bool // its type was given or confirmed by a person
}

// An entity of a state.
type entity struct {
	annotate.Entity
	mentions []*mention // some may have another entity by now
	votes    []vote
	voters   []*mention    // those with a vote, and some that lost it
	first    annotate.Type // before any vote
	named    bool          // by a person
	changed  bool          // its mentions differ from the machine's
	alone    bool          // split off in the present step
	merged   bool          // with another, whose name may be fuller
}

// A vote is the number of mentions of an entity that people gave a type.
type vote struct {
	annotate.Type
	n, last int
}

type quote struct {
	annotate.Quote
	voices []voice // its speakers; the first has a nil entity if only its words are known
	gone   bool
}

// A claim is a decision with its spans in this text.
type claim struct {
	*annotate.Decision
	span, to articles.Span   // to is empty if the decision has none
	also     []articles.Span // as Decision.Also
}

func newState(text string, l *annotate.Layer, r *Result, claims []claim) *state {
	n := 0
	for i := range l.Entities {
		n += len(l.Entities[i].Mentions)
	}
	w := &state{
		text: text, result: r,
		mentions: make([]*mention, 0, n), at: make(map[articles.Span]*mention, 2*len(claims)),
		quoteAt: make(map[articles.Span]*quote, len(l.Quotes)),
		voices:  make(voices, len(l.Quotes)),
	}
	w.look(l, claims)
	byID := w.takeEntities(l, make([]mention, n))
	for i := range l.Quotes {
		q := &quote{Quote: l.Quotes[i]}
		q.voices = voicesOf(&q.Quote, l, byID, text)
		w.takeQuote(q)
	}
	w.machine = len(w.mentions)
	return w
}

// look adds the spans that claims are about to w.at, still without mentions.
func (w *state) look(l *annotate.Layer, claims []claim) {
	for i := range claims {
		w.at[claims[i].span], w.at[claims[i].to] = nil, nil
		for _, s := range claims[i].also {
			w.at[s] = nil
		}
	}
	for i := range l.Quotes {
		if _, ok := w.at[l.Quotes[i].Span]; ok {
			w.at[l.Quotes[i].SpeakerMention] = nil
		}
	}
}

// takeEntities copies the entities of l. slab has room for all their mentions.
func (w *state) takeEntities(l *annotate.Layer, slab []mention) map[string]*entity {
	byID := make(map[string]*entity, len(l.Entities))
	room := make([]entity, len(l.Entities))
	for i := range l.Entities {
		e := &room[i]
		e.Entity, e.first = l.Entities[i], l.Entities[i].Type
		e.mentions = make([]*mention, len(e.Mentions))
		for k := range e.Mentions {
			m := &slab[k]
			*m = mention{Mention: e.Mentions[k], entity: e}
			e.mentions[k] = m
			w.mentions = append(w.mentions, m)
			w.widest = max(w.widest, m.Len())
			if first, ok := w.at[m.Span]; ok && first == nil {
				w.at[m.Span] = m
			}
		}
		slab = slab[len(e.Mentions):]
		e.Mentions = nil
		byID[e.ID] = e
		w.entities = append(w.entities, e)
	}
	return byID
}

func (w *state) takeQuote(q *quote) {
	w.quotes = append(w.quotes, q)
	if w.quoteAt[q.Span] == nil {
		w.quoteAt[q.Span] = q
	}
	w.voices.add(q)
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

// vote records that a person gave m the type typ.
func (w *state) vote(m *mention, typ annotate.Type) {
	e := m.entity
	if m.voted {
		e.unvote(m.Type)
	}
	if !m.voted {
		e.voters = append(e.voters, m)
	}
	m.Type, m.voted = typ, true
	i := slices.IndexFunc(e.votes, func(v vote) bool { return v.Type == typ })
	if i < 0 {
		i = len(e.votes)
		e.votes = append(e.votes, vote{Type: typ})
	}
	e.votes[i].n++
	for k := range e.votes {
		e.votes[k].last--
	}
	e.votes[i].last = 0
	e.elect()
	w.unsettled = append(w.unsettled, e)
}

// unvote removes a vote for typ.
func (e *entity) unvote(typ annotate.Type) {
	for i := range e.votes {
		if e.votes[i].Type == typ {
			e.votes[i].n--
		}
	}
	e.votes = slices.DeleteFunc(e.votes, func(v vote) bool { return v.n == 0 })
	e.elect()
}

// elect gives e the type with the most votes. The latest vote decides a tie.
func (e *entity) elect() {
	best := vote{}
	for _, v := range e.votes {
		if v.n > best.n || v.n == best.n && v.last > best.last {
			best = v
		}
	}
	e.Type = e.first
	if best.n > 0 {
		e.Type = best.Type
	}
}

// settle ends a step: mentions with another type than their entity leave for an entity
// of their type.
func (w *state) settle() {
	for _, e := range w.unsettled {
		if len(e.votes) > 1 {
			w.part(e)
		}
		e.alone = false
	}
	w.unsettled = w.unsettled[:0]
}

// part moves the mentions of e that people gave another type to entities of that type.
func (w *state) part(e *entity) {
	by := map[annotate.Type]*entity{}
	voters := e.voters
	e.voters = nil
	for _, m := range voters {
		switch {
		case m.entity != e || !m.voted:
			continue
		case m.Type == e.Type:
			e.voters = append(e.voters, m)
			continue
		case by[m.Type] == nil:
			by[m.Type] = w.newEntity(m.Type, e.Origin)
		}
		w.move(m, by[m.Type])
	}
}

// newEntity adds an entity without mentions.
func (w *state) newEntity(typ annotate.Type, o annotate.Origin) *entity {
	e := &entity{Entity: annotate.Entity{Type: typ, Origin: o}, first: typ, changed: true}
	w.entities = append(w.entities, e)
	return e
}

// move moves m to entity e, together with its vote and the quotes whose speaker it names.
func (w *state) move(m *mention, e *entity) {
	from := m.entity
	if from == e {
		return
	}
	for _, v := range w.voices[m.Span] {
		if v.entity == from {
			v.entity = e
		}
	}
	from.changed, e.changed = true, true
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

// drop removes m from the layer.
func (w *state) drop(m *mention) {
	if m.voted {
		m.entity.unvote(m.Type)
	}
	m.entity.changed = true
	if w.at[m.Span] == m {
		w.at[m.Span] = nil
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

// entityNamed returns the entity of type typ that has a mention with these words, or nil. It
// ignores rejected mentions and the entity not.
func (w *state) entityNamed(words string, typ annotate.Type, not *entity) *entity {
	for _, m := range w.names.of(words, w) {
		if m.entity != nil && m.entity != not && m.entity.Type == typ && m.State != annotate.Rejected {
			return m.entity
		}
	}
	return nil
}

// A nameIndex maps folded words to the mentions of a state. It is nil until needed.
type nameIndex map[string][]*mention

// of returns the mentions of w with these words.
func (n *nameIndex) of(words string, w *state) []*mention {
	if *n == nil {
		*n = make(nameIndex, len(w.mentions))
		for _, m := range w.mentions {
			n.add(m, w.text)
		}
	}
	return (*n)[fold(words)]
}

// add adds a mention of text if it is a name and the index is in use.
func (n nameIndex) add(m *mention, text string) {
	if n != nil && m.Form == annotate.Name {
		key := fold(m.In(text))
		n[key] = append(n[key], m)
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
	if w.byStart == nil {
		w.byStart = slices.Clone(w.mentions[:w.machine])
		slices.SortStableFunc(w.byStart, func(a, b *mention) int { return a.Compare(b.Span) })
	}
	i, _ := slices.BinarySearchFunc(w.byStart, s.Start-w.widest, func(m *mention, at int) int { return m.Start - at })
	for ; i < len(w.byStart) && w.byStart[i].Start < s.End; i++ {
		m := w.byStart[i]
		if m.entity != nil && m.State == annotate.Proposed && m.Overlaps(s) && m.Span != s && !custom(m.typ()) {
			w.drop(m)
			orphaned = append(orphaned, w.voices[m.Span]...)
			delete(w.voices, m.Span)
		}
	}
	return orphaned
}

// nameSpeaker makes m the mention that names the speakers vs.
func (w *state) nameSpeaker(m *mention, vs []*voice) {
	for _, v := range vs {
		v.entity, v.at = m.entity, m.Span
	}
	if len(vs) > 0 {
		w.voices[m.Span] = append(w.voices[m.Span], vs...)
	}
}

// put adds a person's mention at span s.
func (w *state) put(c *claim, s articles.Span, typ annotate.Type) *mention {
	m := &mention{Mention: annotate.Mention{Span: s, Type: typ, State: annotate.Confirmed, Origin: c.humanOrigin()}}
	m.Form = formOf(s.In(w.text))
	var orphaned []*voice
	if !custom(typ) {
		orphaned = w.clear(s)
	}
	if m.entity = w.entityNamed(s.In(w.text), typ, nil); m.entity == nil || m.Form != annotate.Name {
		m.entity = w.newEntity(typ, c.humanOrigin())
	}
	m.entity.changed = true
	m.entity.mentions = append(m.entity.mentions, m)
	w.mentions = append(w.mentions, m)
	w.at[s] = m
	w.names.add(m, w.text)
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

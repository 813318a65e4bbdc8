package review

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"byline/annotate"
	"byline/articles"
)

// An index finds the claims of a machine's layer by their places and words. It is made once for
// a text, and of it a state copies only what a decision is about.
type index struct {
	text     string
	machine  *annotate.Layer
	first    []int32 // of each entity, how many mentions those before it have
	mentions []spot  // in the order of their spans
	reach    articles.Reach
	quotes   []int32 // in the order of their spans
	said     articles.Reach
	speakers speakers
	words    wordIndex
}

// A spot is where a mention is in a layer.
type spot struct{ entity, mention int32 }

// A speaker is one voice of a quote of the machine's.
type speaker struct {
	entity int32 // −1 if only the words are known
	quote  int32
	at     articles.Span // the mention that names it there; empty if none does
}

// speakers are those of all quotes.
type speakers struct {
	all       []speaker // quote by quote
	byEntity  []int32   // indices into all in the order of entities
	byMention []int32   // the same in the order of mentions, without those that no mention names
}

func newIndex(text string, l *annotate.Layer) *index {
	x := &index{text: text, machine: l, first: make([]int32, len(l.Entities)+1)}
	for i := range l.Entities {
		x.first[i+1] = x.first[i] + int32(len(l.Entities[i].Mentions))
	}
	x.mentions = make([]spot, 0, x.first[len(l.Entities)])
	for e := range l.Entities {
		for k := range l.Entities[e].Mentions {
			x.mentions = append(x.mentions, spot{int32(e), int32(k)})
		}
	}
	slices.SortFunc(x.mentions, func(a, b spot) int {
		return cmp.Or(x.mention(a).Compare(x.mention(b).Span), cmp.Compare(a.entity, b.entity), cmp.Compare(a.mention, b.mention))
	})
	x.reach = articles.NewReach(len(x.mentions), func(i int) articles.Span { return x.mention(x.mentions[i]).Span })
	x.quotes = make([]int32, len(l.Quotes))
	for i := range x.quotes {
		x.quotes[i] = int32(i)
	}
	slices.SortStableFunc(x.quotes, func(a, b int32) int { return l.Quotes[a].Compare(l.Quotes[b].Span) })
	x.said = articles.NewReach(len(x.quotes), func(i int) articles.Span { return l.Quotes[x.quotes[i]].Span })
	x.speakers = machineSpeakers(l, text)
	return x
}

// A tell is a number that differs between layers that say different things of a text.
type tell uint64

func (t *tell) add(n int) {
	*t = (*t ^ tell(n)) * 0x9e3779b97f4a7c15
	*t ^= *t >> 29
}

func (t *tell) words(s string) {
	t.add(len(s))
	for i := range len(s) {
		*t = (*t ^ tell(s[i])) * 0x100000001b3
	}
}

func (t *tell) span(s articles.Span) { t.add(s.Start); t.add(s.End) }

// tellOf returns what tells l from other layers. It is written in logs: it never changes for one layer.
func tellOf(l *annotate.Layer) string {
	t := tell(len(l.Entities))
	for i := range l.Entities {
		e := &l.Entities[i]
		t.words(e.ID)
		t.words(string(e.Type))
		t.words(e.Name)
		t.add(len(e.Mentions))
		for k := range e.Mentions {
			m := &e.Mentions[k]
			t.span(m.Span)
			t.words(string(m.Form))
			t.words(string(m.Type))
			t.words(string(m.State))
		}
	}
	for _, q := range l.Quotes {
		t.span(q.Span)
		t.words(string(q.Type))
		t.words(string(q.State))
		t.span(q.SpeakerMention)
		t.span(q.Cue)
		for _, id := range q.Speakers() {
			t.words(id)
		}
	}
	return strconv.FormatUint(uint64(t)>>16, 36)
}

// mention returns the mention at a place of the machine's layer.
func (x *index) mention(a spot) *annotate.Mention {
	return &x.machine.Entities[a.entity].Mentions[a.mention]
}

// machineSpeakers notes who speaks the quotes of l.
func machineSpeakers(l *annotate.Layer, text string) speakers {
	byID := make(map[string]int32, len(l.Entities))
	for i := range l.Entities {
		byID[l.Entities[i].ID] = int32(i)
	}
	var sp speakers
	for i := range l.Quotes {
		sp.add(l, text, byID, int32(i))
	}
	for i := range sp.all {
		sp.byEntity = append(sp.byEntity, int32(i))
		if !sp.all[i].at.Empty() {
			sp.byMention = append(sp.byMention, int32(i))
		}
	}
	slices.SortStableFunc(sp.byEntity, func(a, b int32) int { return cmp.Compare(sp.all[a].entity, sp.all[b].entity) })
	slices.SortStableFunc(sp.byMention, func(a, b int32) int { return sp.all[a].at.Compare(sp.all[b].at) })
	return sp
}

// add adds the speakers of quote i.
func (sp *speakers) add(l *annotate.Layer, text string, byID map[string]int32, i int32) {
	q := l.Quotes[i]
	if q.Speaker == "" && q.SpeakerMention.Empty() {
		return
	}
	e, ok := byID[q.Speaker]
	if !ok {
		e = -1
	}
	sp.all = append(sp.all, speaker{e, i, q.SpeakerMention})
	for _, id := range q.Also {
		if e, ok := byID[id]; ok {
			sp.all = append(sp.all, speaker{e, i, q.Naming(&l.Entities[e], text)})
		}
	}
}

// of returns the speakers of quote i, in their order.
func (sp *speakers) of(i int32) []speaker {
	from, _ := slices.BinarySearchFunc(sp.all, i, func(s speaker, i int32) int { return cmp.Compare(s.quote, i) })
	to := from
	for to < len(sp.all) && sp.all[to].quote == i {
		to++
	}
	return sp.all[from:to]
}

// by yields the quotes that entity e speaks.
func (sp *speakers) by(e int32) iter.Seq[int32] {
	return sp.run(sp.byEntity, func(s *speaker) int { return cmp.Compare(s.entity, e) })
}

// named yields the quotes with a speaker that the mention on s names.
func (sp *speakers) named(s articles.Span) iter.Seq[int32] {
	return sp.run(sp.byMention, func(v *speaker) int { return v.at.Compare(s) })
}

// run yields the quotes of those speakers in sorted that compare finds equal.
func (sp *speakers) run(sorted []int32, compare func(*speaker) int) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		i, _ := slices.BinarySearchFunc(sorted, 0, func(i int32, _ int) int { return compare(&sp.all[i]) })
		for ; i < len(sorted) && compare(&sp.all[sorted[i]]) == 0; i++ {
			if !yield(sp.all[sorted[i]].quote) {
				return
			}
		}
	}
}

// spotAt returns the first mention on a span in the machine's layer.
func (x *index) spotAt(s articles.Span) (spot, bool) {
	i, ok := slices.BinarySearchFunc(x.mentions, s, func(a spot, s articles.Span) int { return x.mention(a).Compare(s) })
	if !ok {
		return spot{}, false
	}
	return x.mentions[i], true
}

// quoteOn returns the first quote on a span in the machine's layer.
func (x *index) quoteOn(s articles.Span) (int32, bool) {
	i, ok := slices.BinarySearchFunc(x.quotes, s, func(q int32, s articles.Span) int { return x.machine.Quotes[q].Compare(s) })
	if !ok {
		return 0, false
	}
	return x.quotes[i], true
}

// base returns the layer without decisions: entities that have mentions, numbered in the order of
// these, and quotes in order. What is so already is the machine's, in the same memory.
func (x *index) base() shape {
	var kept []int32
	es := slices.Clone(x.machine.Entities) // by index
	same := true
	for i := range es {
		if len(es[i].Mentions) > 0 {
			kept = append(kept, int32(i))
		}
		if !slices.IsSortedFunc(es[i].Mentions, bySpan) {
			same = false
			es[i].Mentions = slices.Clone(es[i].Mentions)
			slices.SortStableFunc(es[i].Mentions, bySpan)
		}
	}
	slices.SortStableFunc(kept, func(a, b int32) int { return bySpan(es[a].Mentions[0], es[b].Mentions[0]) })
	out := shape{&annotate.Layer{Engine: x.machine.Engine}, [2]ranks{ranksOf(kept, len(es)), ranksOf(x.quotes, len(x.quotes))}}
	for p, i := range kept {
		out.last.Entities = append(out.last.Entities, es[i])
		if id := idAt(p); es[i].ID != id {
			same = false
			out.last.Entities[p].ID = id
		}
	}
	if same && len(kept) == len(es) && len(es) > 0 {
		out.last.Entities = slices.Clip(x.machine.Entities)
	}
	out.last.Quotes = x.baseQuotes(&out)
	return out
}

// baseQuotes returns the quotes of a layer without decisions.
func (x *index) baseQuotes(base *shape) []*annotate.Quote {
	was := x.machine.Quotes
	id := func(s speaker) string { return base.kept().id(s.entity, base.last) }
	at := func(s speaker) articles.Span { return s.at }
	var out []*annotate.Quote // nil as long as all are the machine's
	for p, i := range x.quotes {
		q := was[i]
		now := *q
		if speak(&now, x.speakers.of(i), id, at); !sameSpeakers(&now, q) {
			other := now
			q = &other
		}
		if out == nil && (p != int(i) || q != was[i]) {
			out = append(make([]*annotate.Quote, 0, len(was)), was[:p]...)
		}
		if out != nil {
			out = append(out, q)
		}
	}
	if out == nil && len(was) > 0 {
		return slices.Clip(was)
	}
	return out
}

func bySpan(a, b annotate.Mention) int { return a.Compare(b.Span) }

// idAt returns the ID of the entity in a place of a layer.
func idAt(place int) string { return "e" + strconv.Itoa(place+1) }

// speak writes the speakers of q that are in the layer, with their IDs, each once. If the first is
// not, the next takes its place.
func speak[V any](q *annotate.Quote, voices []V, id func(V) string, at func(V) articles.Span) {
	q.Speaker, q.Also, q.SpeakerMention = "", nil, articles.Span{}
	if len(voices) > 0 {
		q.SpeakerMention = at(voices[0])
	}
	for _, v := range voices {
		switch id := id(v); {
		case id == "" || q.SaidBy(id):
		case q.Speaker == "":
			q.Speaker, q.SpeakerMention = id, at(v)
		default:
			q.Also = append(q.Also, id)
		}
	}
}

// A wordIndex finds the names of a machine's layer by their words: chains of those whose words have
// the same hash, in the order of the layer. It has the heads of the chains by hash, then what follows each mention,
// counted over all entities; −1 ends a chain.
type wordIndex []int32

func newWordIndex(x *index) wordIndex {
	n := len(x.mentions)
	size := chains(n)
	w := make(wordIndex, size+n)
	for i := range size {
		w[i] = -1
	}
	for e := len(x.machine.Entities) - 1; e >= 0; e-- {
		ms := x.machine.Entities[e].Mentions
		for k := len(ms) - 1; k >= 0; k-- {
			if ms[k].Form != annotate.Name {
				continue
			}
			g := x.first[e] + int32(k)
			head := &w[foldHash(ms[k].In(x.text))%uint32(size)]
			w[size+int(g)], *head = *head, g
		}
	}
	return w
}

// chains returns how many chains n mentions have.
func chains(n int) int { return n + 1 }

// named yields the spots of the names whose words, folded, are these, and of some others.
func (x *index) named(folded string) iter.Seq[spot] {
	if x.words == nil {
		x.words = newWordIndex(x)
	}
	size := chains(len(x.mentions))
	return func(yield func(spot) bool) {
		for g := x.words[hash(folded)%uint32(size)]; g >= 0; g = x.words[size+int(g)] {
			e, ok := slices.BinarySearch(x.first, g)
			for ok && x.first[e+1] == g {
				e++ // those before have no mentions
			}
			if !ok {
				e--
			}
			if !yield(spot{int32(e), g - x.first[e]}) {
				return
			}
		}
	}
}

// foldHash returns the hash of words, folded.
func foldHash(words string) uint32 {
	h := newHash
	for i := range len(words) {
		b := words[i]
		if b >= 0x80 || b < ' ' || b == ' ' && (i == 0 || i == len(words)-1 || words[i+1] == ' ') {
			return hash(fold(words))
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		h = (h ^ uint32(b)) * hashPrime
	}
	return h
}

// The numbers of the hash FNV-1a.
const (
	newHash   uint32 = 2166136261
	hashPrime uint32 = 16777619
)

func hash(words string) uint32 {
	h := newHash
	for i := range len(words) {
		h = (h ^ uint32(words[i])) * hashPrime
	}
	return h
}

package session

import (
	"cmp"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A Claim is one thing that can be stepped to and decided on: a mention or a
// quote of a layer.
type Claim struct {
	articles.Span
	Entity int // index into Layer.Entities; −1 for a quote
	Index  int // of the entity's mention, or into Layer.Quotes
}

// Kind tells a mention from a quote.
func (c Claim) Kind() annotate.Kind {
	if c.Entity < 0 {
		return annotate.OfQuote
	}
	return annotate.OfMention
}

// Target returns c as a decision names it.
func (c Claim) Target() review.Target { return review.Target{Kind: c.Kind(), Span: c.Span} }

// Claims are a layer prepared for stepping: built once for every answer of the
// workspace, wherever that is asked, and only read afterwards.
type Claims struct {
	Layer   *annotate.Layer
	List    []Claim // in the order of [articles.Span.Compare]
	Counts  annotate.Counts
	Remarks map[review.Target][]annotate.Remark // what people noted, by claim

	ends   []int32 // ends[i] is the largest End of List[:i+1]
	asides int     // places and other names that nobody has looked at; Counts leaves them out
}

func newClaims(l *annotate.Layer) *Claims {
	return (&Claims{Layer: &annotate.Layer{}}).with(l)
}

// with returns the claims of l. What l shares with the layer of cs, which a decision may have led from, is taken from there:
// of the rest only has to be put in order.
func (cs *Claims) with(l *annotate.Layer) *Claims {
	next := &Claims{Layer: l, Counts: l.CountsAfter(cs.Layer, cs.Counts), List: cs.List, ends: cs.ends}
	moves := movesOf(cs.Layer, l)
	next.asides = cs.asides + moves.asides
	if !moves.still {
		next.List = moves.apply(cs.List)
		next.ends = endsOf(next.List)
	}
	if next.Remarks = cs.Remarks; next.Remarks == nil || !l.SharesRemarks(cs.Layer) {
		next.Remarks = map[review.Target][]annotate.Remark{}
		for _, r := range l.Remarks {
			t := review.Target{Kind: r.Kind, Span: r.Span}
			next.Remarks[t] = append(next.Remarks[t], r)
		}
	}
	return next
}

// endsOf returns how far the claims of list reach up to each.
func endsOf(list []Claim) []int32 {
	ends := make([]int32, len(list))
	for i, c := range list {
		ends[i] = int32(c.End)
		if i > 0 {
			ends[i] = max(ends[i-1], int32(c.End))
		}
	}
	return ends
}

// Reviewed returns how many of the claims that are to be reviewed are, and how many there
// are: places and other names included, or left out.
func (cs *Claims) Reviewed(asides bool) (reviewed, all int) {
	if asides {
		return cs.Counts.Reviewed, cs.Counts.Claims + cs.asides
	}
	return cs.Counts.Reviewed, cs.Counts.Claims
}

// State returns what a person made of c, and who or what proposed it.
func (cs *Claims) State(c Claim) (annotate.State, annotate.Origin) {
	if c.Kind() == annotate.OfQuote {
		q := cs.Layer.Quotes[c.Index]
		return q.State, q.Origin
	}
	m := cs.Layer.Entities[c.Entity].Mentions[c.Index]
	return m.State, m.Origin
}

// Type returns the type of the mention c, or "" for a quote.
func (cs *Claims) Type(c Claim) annotate.Type {
	if c.Kind() == annotate.OfQuote {
		return ""
	}
	return cs.Layer.Entities[c.Entity].Type
}

// Along returns the other names of the one that an edit of text gave a type: they have it as well.
func (cs *Claims) Along(text string, e *review.Edit) []string {
	typed := e.Verb == annotate.Relabel || e.Verb == annotate.Add
	if !typed || e.Here || len(e.Targets) == 0 || e.Targets[0].Kind != annotate.OfMention {
		return nil
	}
	at := cs.Find(e.Targets[0])
	if at < 0 {
		return nil
	}
	of := &cs.Layer.Entities[cs.List[at].Entity]
	seen, out := []string{strings.ToLower(OneLine(e.Targets[0].Span.In(text)))}, []string(nil)
	for i := range of.Mentions {
		m := &of.Mentions[i]
		words := OneLine(m.In(text))
		if low := strings.ToLower(words); m.State != annotate.Rejected && m.Form == annotate.Name && !slices.Contains(seen, low) {
			seen, out = append(seen, low), append(out, words)
		}
	}
	return out
}

// Form returns how the mention c refers, or "" for a quote.
func (cs *Claims) Form(c Claim) annotate.Form {
	if c.Kind() == annotate.OfQuote {
		return ""
	}
	return cs.Layer.Entities[c.Entity].Mentions[c.Index].Form
}

// from returns the index of the first claim that starts at or after off.
func (cs *Claims) from(off int) int {
	i, _ := slices.BinarySearchFunc(cs.List, off, func(c Claim, off int) int { return cmp.Compare(c.Start, off) })
	return i
}

// next returns the claim after the one at index at, in direction dir (1 or −1),
// that want accepts, or −1. Where at is −1, the search starts at byte off.
func (cs *Claims) next(at, off, dir int, want func(Claim) bool) int {
	i := at + dir
	if at < 0 {
		i = cs.from(off)
		if dir < 0 {
			i--
		}
	}
	for ; i >= 0 && i < len(cs.List); i += dir {
		if want(cs.List[i]) {
			return i
		}
	}
	return -1
}

// end returns the first claim that want accepts, with dir −1 the last; −1 for none.
func (cs *Claims) end(dir int, want func(Claim) bool) int {
	if dir < 0 {
		return cs.next(len(cs.List), 0, -1, want)
	}
	return cs.next(-1, 0, 1, want)
}

// count returns how many claims want accepts.
func (cs *Claims) count(want func(Claim) bool) int {
	n := 0
	for _, c := range cs.List {
		if want(c) {
			n++
		}
	}
	return n
}

// At returns the innermost claim that holds the byte at off and that want
// accepts, or −1.
func (cs *Claims) At(off int, want func(Claim) bool) int {
	best := -1
	for i := cs.from(off+1) - 1; i >= 0 && int(cs.ends[i]) > off; i-- {
		c := cs.List[i]
		if c.Has(off) && want(c) && (best < 0 || c.Len() < cs.List[best].Len()) {
			best = i
		}
	}
	return best
}

// Find returns the index of the claim on a target, or −1.
func (cs *Claims) Find(t review.Target) int {
	for i := cs.from(t.Start); i < len(cs.List) && cs.List[i].Start == t.Start; i++ {
		if cs.List[i].Kind() == t.Kind && cs.List[i].Span == t.Span {
			return i
		}
	}
	return -1
}

// on returns the index of the claim on exactly the words of s, a name before a quote; −1
// for none.
func (cs *Claims) on(s articles.Span) int {
	return max(cs.FindMention(s), cs.Find(review.Target{Kind: annotate.OfQuote, Span: s}))
}

// FindMention returns the index of the mention on a span, or −1.
func (cs *Claims) FindMention(s articles.Span) int {
	return cs.Find(review.Target{Kind: annotate.OfMention, Span: s})
}

// Speakers returns the indices of the entities that speak quote q, the first one first.
func (cs *Claims) Speakers(q int) []int {
	var out []int
	for _, id := range cs.Layer.Quotes[q].Speakers() {
		if i := cs.Layer.IndexOf(id); i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// SpeakerNames names who speaks quote q: "Ann Lee and Bo Gray". It is empty for nobody known.
func (cs *Claims) SpeakerNames(q int) string {
	var names []string
	for _, e := range cs.Speakers(q) {
		names = append(names, cs.Layer.Entities[e].Name)
	}
	return annotate.JoinNames(names)
}

// MentionNear returns the mention of entity e that is nearest to byte off. Rejected
// ones do not count; it is empty where there is no other.
func (cs *Claims) MentionNear(e, off int) articles.Span {
	best := articles.Span{}
	for _, m := range cs.Layer.Entities[e].Mentions {
		if m.State != annotate.Rejected && (best.Empty() || distance(m.Span, off) < distance(best, off)) {
			best = m.Span
		}
	}
	return best
}

// rejected reports whether people rejected every mention of entity e.
func (cs *Claims) rejected(e int) bool {
	ms := cs.Layer.Entities[e].Mentions
	return len(ms) > 0 && !slices.ContainsFunc(ms, func(m annotate.Mention) bool { return m.State != annotate.Rejected })
}

// leastCertain returns the claim with the lowest score after the one at index at, or,
// where that has the highest, the first of all, which round says; −1 where want accepts no
// other. Equal scores go by the order of the text.
func (cs *Claims) leastCertain(at int, want func(Claim) bool) (least int, round bool) {
	score := func(i int) float64 { _, o := cs.State(cs.List[i]); return o.Score }
	less := func(i, j int) bool { return cmp.Or(cmp.Compare(score(i), score(j)), cmp.Compare(i, j)) < 0 }
	first, next := -1, -1
	for i, c := range cs.List {
		if i == at || !want(c) {
			continue
		}
		if first < 0 || less(i, first) {
			first = i
		}
		if at >= 0 && want(cs.List[at]) && less(at, i) && (next < 0 || less(i, next)) {
			next = i
		}
	}
	if next >= 0 {
		return next, false
	}
	return first, first >= 0 && at >= 0 && want(cs.List[at])
}

// distance returns how many bytes lie between s and off.
func distance(s articles.Span, off int) int { return max(0, s.Start-off, off-s.End) }

// IsQuote reports whether c is a quote.
func IsQuote(c Claim) bool { return c.Kind() == annotate.OfQuote }

// OneLine returns s with every run of blanks as one blank.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// A change says what is not as it was before: nothing, only whose mention it is, or the claim itself.
type change uint8

const (
	ofWhom change = 1 + iota
	ofClaim
)

// changed says what of c is not as it was before.
func (cs *Claims) changed(before *Claims, c Claim) change {
	i := before.Find(c.Target())
	if i < 0 {
		return ofClaim
	}
	now, was := cs.facts(c), before.facts(before.List[i])
	switch {
	case now == was:
		return 0
	case now.state == was.state && now.typ == was.typ && now.cue == was.cue && !IsQuote(c):
		return ofWhom
	}
	return ofClaim
}

// unchanged returns what tells of most claims that have not changed since before that they have not.
func (cs *Claims) unchanged(before *Claims) func(Claim) bool {
	same := make([]bool, len(cs.Layer.Entities))
	for i, k := range cs.Layer.Shared(before.Layer) {
		same[i] = k >= 0 && cs.Layer.Entities[i].Name == before.Layer.Entities[k].Name
	}
	return func(c Claim) bool {
		if IsQuote(c) {
			return cs.sameQuote(before, c.Index)
		}
		return same[c.Entity]
	}
}

// sameQuote reports whether quote i is the quote with that number before, and says the same.
func (cs *Claims) sameQuote(before *Claims, i int) bool {
	if i >= len(before.Layer.Quotes) {
		return false
	}
	a, b := cs.Layer.Quotes[i], before.Layer.Quotes[i]
	return a == b || a.Span == b.Span && a.State == b.State && a.Type == b.Type && a.Speaker == b.Speaker && a.Cue == b.Cue && slices.Equal(a.Also, b.Also)
}

// facts are what a claim says, for comparing.
type facts struct {
	state    annotate.State
	typ, who string
	mentions int
	cue      articles.Span
}

func (cs *Claims) facts(c Claim) facts {
	st, _ := cs.State(c)
	if c.Kind() == annotate.OfQuote {
		q := cs.Layer.Quotes[c.Index]
		return facts{state: st, typ: string(q.Type), who: strings.Join(q.Speakers(), " "), cue: q.Cue}
	}
	e := &cs.Layer.Entities[c.Entity]
	return facts{state: st, typ: string(e.Type), who: e.Name, mentions: len(e.Mentions)}
}

package review

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/articles"
	"byline/articles/clean"
)

// Anchor returns s, a span of text, with its words and up to
// [annotate.AnchorBytes] bytes of context on both sides, cut where both are as printable as the text.
func Anchor(text string, s articles.Span) annotate.Anchor {
	return anchorWithin(text, s, annotate.AnchorBytes)
}

// anchorWithin is Anchor with up to n bytes of context on a side.
func anchorWithin(text string, s articles.Span, n int) annotate.Anchor {
	from, to := max(0, s.Start-n), min(len(text), s.End+n)
	for from < s.Start && !utf8.RuneStart(text[from]) {
		from++
	}
	for to > s.End && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	prefix, suffix := text[from:s.Start], text[s.End:to]
	for _, n := utf8.DecodeRuneInString(prefix); prefix[:n] != clean.String(prefix[:n]); _, n = utf8.DecodeRuneInString(prefix) {
		prefix = prefix[n:] // a joiner, whose letter is cut off
	}
	for _, n := utf8.DecodeLastRuneInString(suffix); suffix[len(suffix)-n:] != clean.String(suffix[len(suffix)-n:]); _, n = utf8.DecodeLastRuneInString(suffix) {
		suffix = suffix[:len(suffix)-n]
	}
	return annotate.Anchor{Span: s, Exact: s.In(text), Prefix: prefix, Suffix: suffix}
}

// The weights of the parts of an anchor in a search, as Hypothesis has them.
const (
	weightExact    = 50
	weightPrefix   = 20
	weightSuffix   = 20
	weightPosition = 2

	weightWords   = 45 // the same words with other marks or blanks between
	enoughContext = 20 // of prefix and suffix together: one whole side, or half of both
	longExact     = 12 // bytes of a text that, if unique, needs no context
	mostPlaces    = 512
)

// A finder finds anchors in a text. It compares words without case and ignores what is
// between them, so that an anchor survives other quotation marks and line breaks but
// never moves to other words.
type finder struct {
	over  string // tells the machine's layer of the text
	text  string
	exact bool             // see [Anchoring]
	words []word           // of text; nil until needed
	at    map[string][]int // index into words by folded word
}

// finder returns what makes finders of places in a text with that layer of the machine's.
func (how Anchoring) finder(text string, machine *annotate.Layer) func() finder {
	over := tellOf(machine)
	return func() finder { return finder{text: text, exact: how.Exact, over: over} }
}

// A word is a run of letters and digits.
type word struct {
	articles.Span
	folded string
}

// place returns where a is in the text now.
func (f *finder) place(a *annotate.Anchor) (articles.Span, bool) {
	if a.Exact == "" {
		return articles.Span{}, false
	}
	if f.unmoved(a) {
		return a.Span, true
	}
	return f.search(a)
}

// unmoved reports whether the text at a's offsets is a's with its context.
func (f *finder) unmoved(a *annotate.Anchor) bool {
	if a.Exact == "" || a.Start < 0 || a.End > len(f.text) || a.Len() != len(a.Exact) || a.In(f.text) != a.Exact {
		return false
	}
	return f.whole(a.Span) && strings.HasSuffix(f.text[:a.Start], a.Prefix) && strings.HasPrefix(f.text[a.End:], a.Suffix)
}

// whole reports whether s splits no rune.
func (f *finder) whole(s articles.Span) bool {
	return utf8.RuneStart(f.text[s.Start]) && (s.End == len(f.text) || utf8.RuneStart(f.text[s.End]))
}

// search returns the best place for a, if it is good enough.
func (f *finder) search(a *annotate.Anchor) (articles.Span, bool) {
	q := query{anchor: a, exact: split(a.Exact), prefix: split(a.Prefix), suffix: split(a.Suffix)}
	if len(q.exact) == 0 {
		return articles.Span{}, false
	}
	f.index()
	places := f.places(&q)
	var best articles.Span
	top := -1.0
	for _, i := range places {
		s := f.span(&q, i)
		if f.exact && s.In(f.text) != a.Exact {
			continue
		}
		if score := f.score(&q, i, s); score > top && f.enough(&q, score, len(places)) {
			best, top = s, score
		}
	}
	return best, top >= 0
}

// A query is an anchor in words.
type query struct {
	anchor                *annotate.Anchor
	exact, prefix, suffix []word
}

// index cuts the text into words, once.
func (f *finder) index() {
	if f.at != nil {
		return
	}
	f.words = split(f.text)
	f.at = make(map[string][]int, len(f.words)/2)
	for i, w := range f.words {
		f.at[w.folded] = append(f.at[w.folded], i)
	}
}

// places returns the indices of the words at which q's words occur in order. If even the
// rarest of them is very frequent, it returns only those around the anchor's offset.
func (f *finder) places(q *query) []int {
	rare := 0
	for i, w := range q.exact {
		if len(f.at[w.folded]) < len(f.at[q.exact[rare].folded]) {
			rare = i
		}
	}
	var out []int
	for _, i := range f.near(f.at[q.exact[rare].folded], q.anchor.Start) {
		if f.matches(q.exact, i-rare) {
			out = append(out, i-rare)
		}
	}
	return out
}

// near returns at most mostPlaces of the words is, those around a byte offset.
func (f *finder) near(is []int, off int) []int {
	if len(is) <= mostPlaces {
		return is
	}
	i, _ := slices.BinarySearchFunc(is, off, func(i, off int) int { return cmp.Compare(f.words[i].Start, off) })
	from := min(max(0, i-mostPlaces/2), len(is)-mostPlaces)
	return is[from : from+mostPlaces]
}

// matches reports whether the words of the text from word i on are ws.
func (f *finder) matches(ws []word, i int) bool {
	if i < 0 || i+len(ws) > len(f.words) {
		return false
	}
	for k, w := range ws {
		if f.words[i+k].folded != w.folded {
			return false
		}
	}
	return true
}

// span returns the span of q's exact text at word i: its words, with the punctuation
// around them as far as the text has the same.
func (f *finder) span(q *query, i int) articles.Span {
	s := articles.Span{Start: f.words[i].Start, End: f.words[i+len(q.exact)-1].End}
	exact := q.anchor.Exact
	before, after := exact[:q.exact[0].Start], exact[q.exact[len(q.exact)-1].End:]
	for before != "" && s.Start > 0 {
		r, n := utf8.DecodeLastRuneInString(before)
		have, size := utf8.DecodeLastRuneInString(f.text[:s.Start])
		if plain(r) != plain(have) {
			break
		}
		before, s.Start = before[:len(before)-n], s.Start-size
	}
	for after != "" && s.End < len(f.text) {
		r, n := utf8.DecodeRuneInString(after)
		have, size := utf8.DecodeRuneInString(f.text[s.End:])
		if plain(r) != plain(have) {
			break
		}
		after, s.End = after[n:], s.End+size
	}
	return s
}

// plain maps punctuation marks with the same meaning to one rune.
func plain(r rune) rune {
	switch {
	case strings.ContainsRune(en.Ends, r):
		return '"'
	case r == '–' || r == '—':
		return '-'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// score rates the place at word i, which has the span s.
func (f *finder) score(q *query, i int, s articles.Span) float64 {
	score := float64(weightWords)
	if s.In(f.text) == q.anchor.Exact {
		score = weightExact
	}
	score += weightPrefix * f.before(q.prefix, i)
	score += weightSuffix * f.after(q.suffix, i+len(q.exact))
	far := math.Abs(float64(s.Start)-float64(q.anchor.Start)) / float64(len(f.text))
	return score + weightPosition*max(0, 1-far)
}

// before returns the share of ws, 0 to 1, that comes directly before word i. The
// outermost word may be cut off.
func (f *finder) before(ws []word, i int) float64 {
	if len(ws) == 0 {
		return share(i == 0)
	}
	n := 0
	for n < len(ws) && i-n > 0 {
		w, have := ws[len(ws)-1-n].folded, f.words[i-n-1].folded
		if w != have && !(n == len(ws)-1 && strings.HasSuffix(have, w)) {
			break
		}
		n++
	}
	return float64(n) / float64(len(ws))
}

// after is like before for the words from i on.
func (f *finder) after(ws []word, i int) float64 {
	if len(ws) == 0 {
		return share(i == len(f.words))
	}
	n := 0
	for n < len(ws) && i+n < len(f.words) {
		w, have := ws[n].folded, f.words[i+n].folded
		if w != have && !(n == len(ws)-1 && strings.HasPrefix(have, w)) {
			break
		}
		n++
	}
	return float64(n) / float64(len(ws))
}

func share(all bool) float64 {
	if all {
		return 1
	}
	return 0
}

// enough reports whether a place is certain, given its score and the number of places:
// because of its context, or because the words are long and occur only there.
func (f *finder) enough(q *query, score float64, places int) bool {
	long := len(q.exact) > 1 || len(q.anchor.Exact) >= longExact
	return score >= weightWords+enoughContext || places == 1 && long
}

// split cuts text into words.
func split(text string) []word {
	var ws []word
	start := -1
	for i, r := range text {
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			ws = append(ws, wordAt(text, start, i))
			start = -1
		}
	}
	if start >= 0 {
		ws = append(ws, wordAt(text, start, len(text)))
	}
	return ws
}

func wordAt(text string, start, end int) word {
	return word{articles.Span{Start: start, End: end}, strings.ToLower(text[start:end])}
}

// Carry moves l from the text from to the text to, another copy of the same article. If
// the two differ only in white space and characters that were replaced for display, every
// span has a counterpart. Otherwise spans are found by their words and context. Lost is
// the number of claims and remarks that were not found.
func Carry(l *annotate.Layer, from, to string) (carried *annotate.Layer, lost int) {
	if from == to {
		return l, 0
	}
	c := &carrier{find: counterpart(from, to)}
	if c.find == nil {
		f := finder{text: to}
		c.find = func(s articles.Span) (articles.Span, bool) {
			a := Anchor(from, s)
			return f.place(&a)
		}
	}
	out := &annotate.Layer{Engine: l.Engine}
	for i := range l.Entities {
		e := l.Entities[i]
		e.Mentions, e.Hold = nil, nil
		for _, m := range l.Entities[i].Mentions {
			if c.take(&m.Span) {
				c.optional(&m.Title)
				e.Mentions = append(e.Mentions, m)
			}
		}
		if len(e.Mentions) > 0 {
			slices.SortStableFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
			out.Entities = append(out.Entities, e)
		}
	}
	for _, was := range l.Quotes {
		q := *was
		if c.take(&q.Span) {
			c.optional(&q.SpeakerMention)
			c.optional(&q.Cue)
			q.MapSpeakers(func(id string) string {
				if out.Entity(id) == nil {
					return ""
				}
				return id
			})
			out.Quotes = append(out.Quotes, &q)
		}
	}
	slices.SortStableFunc(out.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	for _, r := range l.Remarks {
		if c.take(&r.Span) {
			out.Remarks = append(out.Remarks, r)
		}
	}
	return out, c.lost
}

// A carrier moves spans and counts those that are not found.
type carrier struct {
	find func(articles.Span) (articles.Span, bool)
	lost int
}

func (c *carrier) take(s *articles.Span) bool {
	t, ok := c.find(*s)
	if !ok {
		c.lost++
		return false
	}
	*s = t
	return true
}

func (c *carrier) optional(s *articles.Span) {
	if t, ok := c.find(*s); ok && !s.Empty() {
		*s = t
		return
	}
	*s = articles.Span{}
}

// counterpart returns a function that maps a span of the text a to b. It returns nil if
// the letters, digits and marks of a and b differ.
func counterpart(a, b string) func(articles.Span) (articles.Span, bool) {
	left, right := visibleOffsets(a), visibleOffsets(b)
	if len(left) != len(right) {
		return nil
	}
	for i := range left {
		x, _ := utf8.DecodeRuneInString(a[left[i]:])
		y, _ := utf8.DecodeRuneInString(b[right[i]:])
		if x != y && y != utf8.RuneError {
			return nil
		}
	}
	return func(s articles.Span) (articles.Span, bool) {
		first := sort.Search(len(left), func(i int) bool { return int(left[i]) >= s.Start })
		end := sort.Search(len(left), func(i int) bool { return int(left[i]) >= s.End })
		if first >= end {
			return articles.Span{}, false
		}
		_, size := utf8.DecodeRuneInString(b[right[end-1]:])
		return articles.Span{Start: int(right[first]), End: int(right[end-1]) + size}, true
	}
}

// visibleOffsets returns the byte offsets of the runes of text that are not white space.
func visibleOffsets(text string) []int32 {
	out := make([]int32, 0, len(text))
	for i, r := range text {
		if !unicode.IsSpace(r) && r != '\ufeff' {
			out = append(out, int32(i))
		}
	}
	return out
}

// Alike reports whether a and b differ only in white space and in characters that were
// replaced for display.
func Alike(a, b string) bool { return counterpart(a, b) != nil }

// AdoptSpeakers returns the decisions that give quotes of l the speakers that they have in l; nobody
// where they have none. They are signed with sign.
func AdoptSpeakers(text string, l *annotate.Layer, quotes map[articles.Span]bool, sign Signature) []annotate.Decision {
	w := &adoption{Writer: Writer{Signature: sign, Text: text}}
	for _, q := range l.Quotes {
		if !quotes[q.Span] {
			continue
		}
		var to []annotate.Anchor
		for _, id := range q.Speakers() {
			if e := l.Entity(id); e != nil {
				to = append(to, Anchor(text, mentionAt(e, q.Naming(e, text))))
			}
		}
		d := w.write(annotate.Decision{Verb: annotate.Attribute, Value: string(q.Type)}, Target{annotate.OfQuote, q.Span})
		if len(to) > 0 {
			d.To, d.Also = to[0], to[1:len(to):len(to)]
		} else {
			d.Shown = wordsOfSpeaker(text, q)
		}
	}
	return w.log
}

// mentionAt returns the mention of e at s if there is one, else the first that people confirmed or
// made, else the first.
func mentionAt(e *annotate.Entity, s articles.Span) articles.Span {
	if slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.Span == s }) {
		return s
	}
	for _, m := range e.Mentions {
		if adopted(m.State, m.Origin) {
			return m.Span
		}
	}
	return e.Mentions[0].Span
}

// anchorsOf returns the anchors of d.
func anchorsOf(d *annotate.Decision) []*annotate.Anchor {
	out := []*annotate.Anchor{&d.Target, &d.To}
	for i := range d.Also {
		out = append(out, &d.Also[i])
	}
	if d.Shown != nil {
		for i := range d.Shown.Of {
			out = append(out, &d.Shown.Of[i].Anchor)
		}
		out = append(out, &d.Shown.Named, &d.Shown.Cue)
	}
	return out
}

// contextOf returns how much context, in bytes, the anchor of d with that index keeps on a side.
func contextOf(d *annotate.Decision, i int) int {
	if i < 2+len(d.Also) {
		return annotate.AnchorBytes
	}
	return sightBytes
}

// cloneDecision returns a copy of d that shares nothing with it.
func cloneDecision(d annotate.Decision) annotate.Decision {
	d.Also = slices.Clone(d.Also)
	if d.Shown != nil {
		shown := *d.Shown
		shown.Of, d.Shown = slices.Clone(shown.Of), &shown
	}
	return d
}

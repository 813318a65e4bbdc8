package quotes

import (
	"strings"

	"byline/annotate"
)

// cueThenName reads “…,” said Marta Quill. The verb stands right behind the mark.
func (r *run) cueThenName(i int) (claim, bool) {
	w := r.after(i)
	k, ok := r.attributes(i, w.First, w.End)
	if !ok && !r.blunt(i, w.First, w.End) {
		return claim{}, false
	}
	for k < w.End && r.word(k) && r.adverbial(k) {
		k++
	}
	if k >= w.End {
		return claim{}, false
	}
	c, ok := r.cueAt(k)
	if !ok || c.ing || c.base || c.class == naming || c.class == tell && r.d.Word(k) != "asked" && r.d.Word(k) != "asks" {
		return claim{}, false
	}
	from := k + 1
	for from < w.End && r.word(from) && (r.adverbial(from) || r.is(from, "in")) && r.nameAt[from] == 0 && !r.upper(from) {
		from++
	}
	who, ok := r.subjectFrom(from, w.End)
	if !ok || who.a > from+12 {
		return claim{}, false
	}
	return claim{who: who, cue: r.cueSpan(k), class: c.class}, true
}

// blunt reports whether token k says who speaks stretch i though no comma or stop stands
// before it: “We sold it” said Marta Quill.
func (r *run) blunt(i, k, end int) bool {
	c, ok := r.cueAt(k)
	if !ok || !r.marked[i].closed || c.class != say || c.ing || c.base || k+1 >= end || !r.opensSentence(i) {
		return false
	}
	n := r.name(k + 1)
	return n != nil && (c.weight > 0.2 || r.es[n.entity].Type == annotate.Person)
}

// bluntly reports whether a subject at token k says stretch i though no comma stands
// before it, “We sold it” Quill said after the sale, or though a full stop does, “We sold
// it.” Quill said.
func (r *run) bluntly(i, k, end int) bool {
	if !r.marked[i].closed || !r.opensSentence(i) || k >= end {
		return false
	}
	who, ok := r.subjectFrom(k, end)
	if !ok || who.form == annotate.Nominal || who.b >= end {
		return false
	}
	c, ok := r.cueAt(who.b)
	if !ok || c.class != say || c.ing || c.base || c.weight < 0.1 {
		return false
	}
	return !r.stopped(i) || who.b+1 < len(r.d.Tokens) && r.is(who.b+1, ".")
}

// stopped reports whether stretch i ends with a full stop.
func (r *run) stopped(i int) bool {
	inner := strings.TrimRight(r.marked[i].In(r.d.Text), "\"'”’»“‘ ")
	return strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "..")
}

// attributes reports whether the tokens from k on may attribute stretch i, and where
// they begin. A full stop inside the marks ends the matter; a question mark does not
// where the words go on in the same sentence.
func (r *run) attributes(i, k, end int) (int, bool) {
	s := &r.marked[i]
	if !s.closed || k >= end {
		return k, false
	}
	if r.stopped(i) {
		return k, false
	}
	if w := r.d.Word(k); w == "," || w == "—" || w == "–" || w == "--" || w == "-" {
		return k + 1, k+1 < end
	}
	return k, punctuated(strings.TrimRight(s.In(r.d.Text), "\"'”’»“‘ "))
}

// punctuated reports whether s ends with what closes a quote before its attribution.
func punctuated(s string) bool {
	for _, p := range [...]string{",", "!", "?", "…", "...", "—", "–", "-"} {
		if strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}

// nameThenCue reads “…,” Quill said; “…,” the mayor, Ann Lee, told Reuters; “…,” she
// was told by Lee.
func (r *run) nameThenCue(i int) (claim, bool) {
	w := r.after(i)
	k, ok := r.attributes(i, w.First, w.End)
	if !ok && !r.bluntly(i, k, w.End) {
		return claim{}, false
	}
	who, ok := r.subjectFrom(k, w.End)
	if !ok || who.form == annotate.Pronoun && r.upper(k) && r.low(k) != "i" && !r.is(k-1, ",") {
		return claim{}, false // “Why?” They said, “…”
	}
	if s, t, ok := r.quotesAs(who.b, w.End); ok {
		return claim{who: s, cue: r.cueSpan(t), class: say}, true
	}
	v, ok := r.verbAfter(who.b, w.End)
	if !ok {
		return claim{}, false
	}
	c, _ := r.cueAt(v)
	if r.is(min(v+1, w.End-1), "that") {
		return claim{}, false // In “Low Water,” she argues that
	}
	if c.class == naming && !r.is(w.First, ",") || c.base && !r.many(v, who) && !r.helped(v, who.b) {
		return claim{}, false
	}
	if !r.is(v-1, "as") && passive(r, v, who.b) {
		if who, ok = r.agent(v, c); !ok {
			who = subject{entity: -1}
		}
	}
	return claim{who: who, cue: r.cueSpan(v), class: c.class}, true
}

// quotesAs reads "quoted an officer as saying" at token v, and returns who says and where.
func (r *run) quotesAs(v, end int) (subject, int, bool) {
	if !r.is(v, "quoted") && !r.is(v, "cited") || passive(r, v, max(0, v-4)) {
		return subject{}, 0, false
	}
	who, ok := r.subjectOf(v+1, end)
	if !ok || !r.is(who.b, "as") {
		return subject{}, 0, false
	}
	c, ok := r.cueAt(who.b + 1)
	return who, who.b + 1, ok && c.ing && who.b+1 < end
}

// helped reports whether an auxiliary stands before the base form at token v: "did say".
func (r *run) helped(v, floor int) bool {
	if v <= floor {
		return false
	}
	if w := r.low(v - 1); strings.HasSuffix(w, "’d") || strings.HasSuffix(w, "'d") || strings.HasSuffix(w, "’ll") || strings.HasSuffix(w, "'ll") {
		return true
	}
	switch r.d.Word(v - 1) {
	case "did", "would", "will", "could", "can", "might", "to", "does":
		return true
	}
	return false
}

// verbAfter returns the token of the cue that follows a subject which ends before
// token k, over asides, what hangs on it, auxiliaries and adverbs.
func (r *run) verbAfter(k, end int) (int, bool) {
	if v, ok := r.verbAt(k, end); ok {
		return v, true
	}
	if c, ok := r.cueAt(k + 1); ok && k+1 < end && r.is(k, ",") && !c.ing && !c.base { // "Lee, shouted"
		return k + 1, true
	}
	for n := 0; n < 5 && k < end; n++ {
		if !r.is(k, ",") && !r.is(k, "(") {
			if !of[r.low(k)] || n == 0 {
				break
			}
		}
		j := r.asideEnd(k, end)
		if j < 0 {
			break
		}
		if v, ok := r.verbAt(j, end); ok {
			return v, true
		}
		k = j
		if r.is(j-1, ",") {
			k = j - 1
		}
	}
	return 0, false
}

// asideEnd returns the token behind the aside that token k opens with a comma or
// bracket, −1 where none closes.
func (r *run) asideEnd(k, end int) int {
	closing := ","
	if r.is(k, "(") {
		closing = ")"
	}
	for j := k + 1; j < min(end, k+reach) && (closing == ")" || !r.ends(j)); j++ {
		if r.is(j, closing) {
			if closing == ")" && j+1 < end && r.is(j+1, ",") {
				j++
			}
			return j + 1
		}
	}
	return -1
}

// verbAt returns the token of the cue that token k begins, over auxiliaries, adverbs
// and what else hangs on the subject: "of Orrin Bay said", "shrugged and said".
func (r *run) verbAt(k, end int) (int, bool) {
	for k < end && r.word(k) && r.adverbial(k) {
		k++
	}
	if k >= end {
		return 0, false
	}
	if c, ok := r.cueAt(k + 2); ok && c.base && c.class == say && r.is(k+1, "to") && (r.is(k, "heard") || r.is(k, "seen")) && k+2 < end {
		return k + 2, true // "was heard to say"
	}
	if c, ok := r.cueAt(k); ok && (!c.ing || r.is(k-1, "as")) {
		return k, true
	}
	if r.is(k, "put") && (r.is(k+1, "to") || r.is(k+1, "it")) || phrasal[r.d.Word(k)] == r.d.Word(min(k+1, len(r.d.Tokens)-1)) {
		return k, true
	}
	hangs := of[r.low(k)] || r.is(k, "and") || r.is(k, "who") || r.is(k, "inside") || r.is(k, "near")
	for j := k + 1; j < min(end, k+12) && r.word(j) && r.inside[j] == 0; j++ {
		c, ok := r.cueAt(j)
		if ok && c.base && c.class == say && j < k+3 && r.is(j-1, "to") && r.closing(j+1, end) {
			return j, true // "she liked to say"
		}
		if !ok || c.ing || c.base || c.class != say && c.class != tell {
			if j > k+7 && !hangs {
				break
			}
			continue
		}
		if j <= k+2 && r.name(k-1) != nil && !r.is(k, "'s") && !r.is(k, "’s") { // "in the Halden ad said"
			return j, true
		}
		if hangs && (c.weight > 0.05 || j < k+7) || c.weight > 0.2 && r.is(j-1, "and") {
			return j, true
		}
	}
	return 0, false
}

// phrasal are verbs that only with their particle report what somebody says.
var phrasal = map[string]string{
	"went": "on", "goes": "on", "shot": "back", "shoots": "back", "fired": "back", "hit": "back", "hits": "back", "chimed": "in",
	"chimes": "in", "cut": "in", "broke": "in", "jumped": "in", "weighed": "in", "piped": "up", "spoke": "up", "called": "out",
	"cried": "out", "sang": "out", "spat": "back",
}

// sentenceEnd reads: The “mess” would be over by May, Quill said. The sentence around
// the marks ends with the attribution.
func (r *run) sentenceEnd(i int) (claim, bool) {
	w := r.after(i)
	end := w.First
	for end < w.End && !r.ends(end) {
		end++
	}
	for k := end - 2; k > max(w.First, end-10); k-- {
		if c, ok := r.accordingFrom(k, end); ok && r.is(k-1, ",") {
			c.gap = k - w.First
			return c, true
		}
		if !r.is(k, ",") {
			continue
		}
		who, ok := r.subjectFrom(k+1, end)
		if !ok {
			continue
		}
		v, ok := r.verbAfter(who.b, end)
		if c, _ := r.cueAt(max(v, 0)); ok && (c.class == say || c.class == tell) && (!c.base || r.many(v, who)) {
			return claim{who: who, cue: r.cueSpan(v), class: c.class, gap: v - w.First}, true
		}
	}
	return claim{}, false
}

package quotes

import "byline/annotate"

// wordsOf reads what attributes without a verb of saying: it was, in the words of
// Quill, “…”; as Quill put it, “…”; “…” is how Quill described it; “…” was all Quill
// would say; “…”: Quill on the sale.
func (r *run) wordsOf(i int) (claim, bool) {
	w := r.ahead(i)
	for t := w.End - 1; t >= max(w.First, w.End-reach/2) && !r.ends(t); t-- {
		if c, ok := r.put(t, w.End); ok {
			c.gap = w.End - t
			return c, true
		}
		if who, ok := r.argued(t, w); ok {
			return claim{who: who, class: say, gap: w.End - t}, true
		}
	}
	w = r.after(i)
	k := w.First
	if k < w.End && (r.is(k, ",") || r.is(k, ":")) {
		k++
	}
	if k >= w.End {
		return claim{}, false
	}
	if c, ok := r.put(k, w.End); ok {
		return c, true
	}
	if r.is(k-1, ":") && k > w.First {
		who, ok := r.subjectFrom(k, w.End)
		return claim{who: who}, ok && who.entity >= 0 && (who.b >= w.End || r.is(who.b, "on") || r.is(who.b, "about"))
	}
	return r.predicated(k, w.End)
}

// argued reads a word for what is said, with its owner, at token t: Quill’s argument
// that “…”, her claim of “…”.
func (r *run) argued(t int, w annotate.Range) (subject, bool) {
	if !utterances[r.low(t)] || !r.is(t+1, "that") && !r.is(t+1, "of") || t+1 >= w.End {
		return subject{}, false
	}
	for k := t - 1; k >= max(w.First, t-4) && r.word(k); k-- {
		if n := r.name(k); n != nil {
			return r.named(n), n.possessive
		}
		if g, ok := owners[r.low(k)]; ok {
			return r.pronoun(k, g), true
		}
	}
	return subject{}, false
}

// put reads "in the words of Quill" and "as Quill put it" at token t.
func (r *run) put(t, end int) (claim, bool) {
	if r.is(t, "words") && r.is(t+1, "of") && (r.is(t-1, "the") || r.is(t-1, "in")) && t+2 < end {
		who, ok := r.subjectFrom(t+2, end)
		return claim{who: who, class: say}, ok
	}
	if t+2 >= end || r.low(t) != "as" {
		return claim{}, false
	}
	who, ok := r.subjectFrom(t+1, end)
	if !ok || who.b+1 >= end || !r.is(who.b, "put") && !r.is(who.b, "puts") || !r.is(who.b+1, "it") {
		return claim{}, false
	}
	return claim{who: who, cue: r.cueSpan(who.b), class: say}, true
}

// predicated reads "is how Quill described it" and "was all Quill would say" at token k.
func (r *run) predicated(k, end int) (claim, bool) {
	if k+3 >= end || !r.is(k, "is") && !r.is(k, "was") && !r.is(k, "were") && !r.is(k, "are") {
		return claim{}, false
	}
	if c, ok := r.wordOf(k+1, end); ok {
		return claim{who: c}, true
	}
	if k+4 < end && r.is(k+1, "the") && utterances[r.low(k+2)] && (r.is(k+3, "from") || r.is(k+3, "of")) {
		who, ok := r.subjectFrom(k+4, end)
		return claim{who: who}, ok
	}
	if w := r.d.Word(k + 1); w != "how" && w != "all" && w != "what" {
		return claim{}, false
	}
	who, ok := r.subjectFrom(k+2, end)
	if !ok {
		return claim{}, false
	}
	for v := who.b; v < min(end, who.b+4); v++ {
		if c, ok := r.cueAt(v); ok && !c.ing {
			return claim{who: who, cue: r.cueSpan(v), class: c.class}, true
		}
	}
	return claim{}, false
}

package quotes

import "strings"

// cueThenName reads “…,” said Marta Quill. The verb stands right behind the mark.
func (r *run) cueThenName(i int) (claim, bool) {
	w := r.after(i)
	k, ok := r.attributes(i, w.First, w.End)
	if !ok {
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

// attributes reports whether the tokens from k on may attribute stretch i, and where
// they begin. A full stop inside the marks ends the matter; a question mark does not
// where the words go on in the same sentence.
func (r *run) attributes(i, k, end int) (int, bool) {
	s := &r.marked[i]
	if !s.closed || k >= end {
		return k, false
	}
	inner := strings.TrimRight(s.In(r.d.Text), "\"'”’»“‘ ")
	if strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "..") {
		return k, false
	}
	if w := r.d.Word(k); w == "," || w == "—" || w == "–" || w == "--" || w == "-" {
		return k + 1, k+1 < end
	}
	return k, punctuated(inner)
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

// nameThenCue reads “…,” Quill said; “…,” the mayor, Ann Lee, told Reuters.
func (r *run) nameThenCue(i int) (claim, bool) {
	w := r.after(i)
	k, ok := r.attributes(i, w.First, w.End)
	if !ok {
		return claim{}, false
	}
	who, ok := r.subjectFrom(k, w.End)
	if !ok {
		return claim{}, false
	}
	v, ok := r.verbAfter(who.b, w.End)
	if !ok {
		return claim{}, false
	}
	c, _ := r.cueAt(v)
	if c.class == naming && !r.is(w.First, ",") || c.base && !r.many(v, who) {
		return claim{}, false
	}
	return claim{who: who, cue: r.cueSpan(v), class: c.class}, true
}

// verbAfter returns the token of the cue that follows a subject which ends before
// token k, over asides, auxiliaries and adverbs.
func (r *run) verbAfter(k, end int) (int, bool) {
	aside := k < end && (r.is(k, ",") || r.is(k, "("))
	if v, ok := r.verbAt(k, end); ok || !aside {
		return v, ok
	}
	for j := k + 1; j < min(end, k+reach) && (!r.ends(j) || r.is(k, "(") && j < k+8); j++ {
		if !r.is(j, ",") && !r.is(j, ")") {
			continue
		}
		if v, ok := r.verbAt(j+1, end); ok {
			return v, true
		}
	}
	return 0, false
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
	if c, ok := r.cueAt(k); ok && !c.ing {
		return k, true
	}
	for j := k + 1; j < min(end, k+7) && r.word(j) && r.inside[j] == 0; j++ {
		if c, ok := r.cueAt(j); ok && !c.ing && !c.base && c.class == say && c.weight > 0.2 && (r.is(j-1, "and") || of[r.d.Word(k)]) {
			return j, true
		}
	}
	return 0, false
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

package quotes

// agent returns who speaks by the passive at token t: whom "by" names, or nobody where
// somebody is told without it.
func (r *run) agent(t int, c cue) (subject, bool) {
	for k := t + 1; k < min(t+5, len(r.d.Tokens)) && r.inside[k] == 0 && !r.ends(k); k++ {
		if !r.is(k, "by") {
			continue
		}
		if who, ok := r.subjectOf(k+1, min(k+reach, len(r.d.Tokens))); ok {
			return who, true
		}
	}
	return subject{entity: -1}, c.class == tell
}

// objects are the pronouns behind "by".
var objects = map[string]gender{"him": male, "her": female, "them": plural}

// subjectOf is subjectFrom for a phrase behind "by", whose pronouns are objects.
func (r *run) subjectOf(k, end int) (subject, bool) {
	g, ok := objects[r.low(min(k, len(r.d.Tokens)-1))]
	if k < end && ok && (k+1 >= end || !r.word(k+1) || r.low(k+1) == "that" || notSubject[r.low(k+1)]) {
		return r.pronoun(k, g), true
	}
	return r.subjectFrom(k, end)
}

// quotedAs returns who says what "as saying" at token t reports: "Brandt was quoted by
// the Courier as saying".
func (r *run) quotedAs(t, floor int) (subject, bool) {
	for k := t - 2; k > max(floor, t-12); k-- {
		switch r.d.Word(k) {
		case "quoted", "cited":
			if !r.is(k-1, "was") && !r.is(k-1, "were") && !r.is(k-1, "been") && !r.is(k-1, "is") && !r.is(k-1, "are") && k+2 < t {
				return r.subjectOf(k+1, t-1) // "the Courier quoted Brandt as saying"
			}
			return r.subjectBefore(k, floor)
		}
	}
	return r.subjectBefore(t, floor)
}

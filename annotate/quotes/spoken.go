package quotes

import (
	"byline/annotate/quotes/words"
)

// spoken reports whether what is between the marks of quotation i, of which a rule says c, is what
// somebody says: no title, nickname, term or scare quote.
func (an *attributed) spoken(i int, c *claim) bool {
	l := an.lookAt(i)
	switch {
	case !l.letters || l.words < shortWords && words.Sign.Has(c.Who.Head): // what a sign reads, nobody says
		return false
	case l.titled() && an.isTitle(i, l, c):
		return false
	case (l.ended || l.words >= plainWords || l.verb) && c.from("cue-then-name", "name-then-cue", "name-colon", "intro-paragraph"):
		return true
	case an.announced(i) && !l.verb:
		return false
	}
	return !l.titled() || c.Class == words.Naming || l.saidTitle(c)
}

// saidTitle reports whether what looks like a title is what somebody says: it is right after the cue
// of c, or ends as speech does.
func (l *look) saidTitle(c *claim) bool {
	if c.gap > titleGap && l.words < shortWords && !c.from("same-sentence") {
		return false
	}
	return l.ended || l.words == 1 && c.gap == 0 && c.Class != words.Voice
}

// isTitle reports whether quotation i, whose look l may be a title's, is one where it is: In “Low
// Water,” Quill said, she plays herself. The paper, “Low Water and High Hopes,” reports.
func (an *surroundings) isTitle(i int, l *look, c *claim) bool {
	if an.exclaims(i) {
		return false
	}
	return l.words < shortWords && an.inPhrase(i) || l.words >= titleWords && c.rule != &echo
}

// standsAlone reports whether quotation i is speech by its looks alone.
func (an *attributed) standsAlone(i int) bool {
	l := an.lookAt(i)
	switch {
	case l.ended && l.capital && l.words <= replyWords && l.letters && an.replies(i):
		return true // “No.”
	case !l.letters || l.titled() || l.words < shortWords && an.announced(i):
		return false
	case an.startsSentence(i) || an.continues(i):
		return l.speaks()
	}
	return l.words >= insideWords && l.ended && l.verb && l.capital
}

// speaks reports whether l, where a sentence starts, is that of speech.
func (l *look) speaks() bool {
	if l.verb {
		return l.words >= aloneUnended || l.ended && l.words >= aloneWithVerb
	}
	return l.ended && l.words >= aloneWords
}

// replies reports whether quotation i, short as it is, is a turn of a talk: it ends a sentence in
// its marks, starts one, and is alone in its paragraph, or after speech.
func (an *attributed) replies(i int) bool {
	if !endsWith(an.inner(i), ".", "!", "?") || !an.startsSentence(i) {
		return false
	}
	q := &an.quotations[i]
	w := an.Bounds(q.First)
	alone := q.A == w.First && q.B == w.End
	if i > 0 && an.claims[i-1].found() {
		last := an.quotations[i-1].Last
		if last == q.First || alone && last == q.First-1 {
			return true
		}
	}
	return alone && (i == 0 || q.First > 0 && an.Is(an.Bounds(q.First-1).End-1, "?"))
}

// continues reports whether quotation i continues after the attribution of the one before.
func (an *attributed) continues(i int) bool {
	return i > 0 && an.sameParagraphAs(i) && an.claims[i-1].found() && an.Is(an.quotations[i].A-1, ",")
}

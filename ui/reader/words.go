package reader

import (
	"fmt"
	"strings"

	"byline/ui/session"
)

// none says why there was nothing to do; %s is what that is about.
var none = map[session.Reason]string{
	session.NoClaim:          "Nothing under the cursor: {reader.next} goes to the next name or quote",
	session.NoName:           "Go to a name first: {reader.next}",
	session.NoQuote:          "Go to a quote first: {reader.next-quote}",
	session.QuoteHasNoType:   "A quote has no label; to tag a name in it, select it: {reader.select}",
	session.NotMarked:        "“%s” is selected and not tagged: {reader.person} or {reader.organization} tags it, {select.drop} drops the selection",
	session.OutOfView:        "“%s” was out of view: press again",
	session.NoNext:           "No other name or quote in this article",
	session.NoPrevious:       "No other name or quote in this article",
	session.NoNextQuote:      "No other quote in this article",
	session.NoPreviousQuote:  "No other quote in this article",
	session.NothingHere:      "No names or quotes in this article",
	session.NoSame:           "No other mention",
	session.AllReviewed:      "Everything is reviewed; {reader.done} marks the article as done",
	session.StillReading:     "Still reading the article",
	session.NothingToRepeat:  "No decision to repeat yet",
	session.NoWordMore:       "No word to add or drop here",
	session.AcrossParagraphs: "“%s” is in two paragraphs; a name is in one",
	session.InLongerName:     "“%s” only occurs inside longer names",
	session.NothingAlike:     "No similar unreviewed ones",
	session.NobodyElse:       "No other names to merge with",
	session.NobodyNamed:      "No one here is named %s",
	session.SeveralNamed:     "Which one: %s?",
	session.NotInText:        "“%s” not found",
	session.NothingFound:     "No search yet: {reader.find} finds",
	session.NoHeadings:       "No headings in this article",
	session.NoLinks:          "No links in this article",
	session.NoMark:           "No mark %s: {reader.set-mark} sets one",
	session.NoJump:           "No earlier jump",
	session.NoJumpBack:       "No later jump",
	session.NothingDecided:   "No decisions on this article yet",
	session.NoQuoteWords:     "Select the words of the quote first: {reader.select}, then {reader.quote}",
	session.NoQuoteType:      "“%s” is no type of quote: direct, mixed or indirect",
	session.NoMarkBeyond:     "No other quotation mark near",
	session.NoPassage:        "Select words first: {reader.select}, then {reader.highlight}",
	session.NoNoteHere:       "No note or highlight here: {reader.next-note} goes to the next",
	session.FirstNote:        "Back to the first note or highlight",
	session.NoNotes:          "No notes or highlights in this article: {reader.note} adds a note",
	session.NothingLost:      "No decision has lost its place",
}

// noneWords says why there was nothing to do.
func noneWords(e session.Effect) string {
	switch e.None {
	case session.NoWords:
		if e.About == "" {
			return "Go to a name, or select words: {reader.select}"
		}
		return "Nothing under the cursor: select words ({reader.select}) to tag them as " + e.About
	case session.AcrossParagraphs, session.InLongerName, session.NotMarked, session.OutOfView:
		e.About = short(session.OneLine(strings.Trim(e.About, englishMarks)))
	}
	words := none[e.None]
	if strings.Contains(words, "%s") {
		return fmt.Sprintf(words, e.About)
	}
	return words
}

// short returns words cut to what a title has room for.
func short(words string) string {
	const room = 44
	if r := []rune(words); len(r) > room {
		return string(r[:room-1]) + "…"
	}
	return words
}

// roundWords say that a step went on at the other end, by its direction.
var roundWords = map[int]string{1: "Continued from the top", -1: "Continued from the end"}

// courseWords says that a step went on at the other end, and what is left to review.
func courseWords(e session.Effect) string {
	words := roundWords[e.Round]
	if e.Round != 0 && e.Least {
		words = "Continued from the least certain"
	}
	if e.Round != 0 && e.Left > 0 {
		words += fmt.Sprintf(" — %d left to review", e.Left)
	}
	return words
}

// turnedWords says what an action turned on or off.
func turnedWords(s *session.Session, name session.Name) string {
	reviewed, all := s.Claims().Reviewed(s.Modes().Asides)
	switch {
	case name == session.GoOn && s.Modes().GoOn:
		return "Every decision now goes on to the next unreviewed; {reader.go-on} turns that off"
	case name == session.GoOn:
		return "The cursor stays after a decision"
	case s.Modes().Asides:
		return fmt.Sprintf("Places and other names included: %d of %d reviewed", reviewed, all)
	}
	return fmt.Sprintf("Places and other names left out: %d of %d reviewed", reviewed, all)
}

// leastWords says that the claim at index at is the least certain.
func leastWords(s *session.Claims, at int) string {
	_, o := s.State(s.List[at])
	return fmt.Sprintf("Least certain: %.0f %% ({reader.why} explains)", o.Score*100)
}

package reader

import (
	"fmt"
	"strings"

	"byline/annotate"
	"byline/ui/session"
)

// none says why there was nothing to do; %s is what that is about.
var none = map[session.Reason]string{
	session.NoClaim:         "Nothing under the cursor: {reader.next} goes to the next name or quote",
	session.NoName:          "Go to a name first: {reader.next}",
	session.NoQuote:         "Go to a quote first: {reader.next-quote}",
	session.QuoteHasNoType:  "A quote has no label; to tag a name in it, select it: {reader.select}",
	session.NoNext:          "No more names or quotes below",
	session.NoPrevious:      "No more names or quotes above",
	session.NoNextQuote:     "No more quotes below",
	session.NoPreviousQuote: "No more quotes above",
	session.NothingHere:     "No names or quotes in this article",
	session.NoSame:          "No more mentions that way",
	session.NoUnreviewed:    "No more unreviewed below",
	session.AllReviewed:     "Everything is reviewed",
	session.StillReading:    "Still reading the article",
	session.NothingToRepeat: "No decision to repeat yet",
	session.NoWordMore:      "No word to add or drop here",
	session.InLongerName:    "“%s” only occurs inside longer names",
	session.NothingAlike:    "No similar unreviewed ones",
	session.NobodyElse:      "No other names to merge with",
	session.NobodyNamed:     "No one here is named %s",
	session.SeveralNamed:    "Which one: %s?",
	session.NotInText:       "“%s” not found",
	session.NothingFound:    "No search yet: {reader.find} finds",
	session.NoHeadings:      "No headings in this article",
	session.NoLinks:         "No links in this article",
	session.NoMark:          "No mark %s: {reader.set-mark} sets one",
	session.NoJump:          "No earlier jump",
	session.NoJumpBack:      "No later jump",
	session.NothingDecided:  "No decisions on this article yet",
	session.NothingLost:     "No decision has lost its place",
}

// noneWords says why there was nothing to do.
func noneWords(e session.Effect) string {
	switch e.None {
	case session.NoWords:
		if e.About == "" {
			return "Go to a name, or select words: {reader.select}"
		}
		return "Nothing under the cursor: select words ({reader.select}) to tag them as " + e.About
	case session.InLongerName:
		e.About = short(session.OneLine(e.About))
	}
	words := none[e.None]
	if strings.Contains(words, "%s") {
		return fmt.Sprintf(words, e.About)
	}
	return words
}

// withArticle returns typ with its indefinite article.
func withArticle(typ annotate.Type) string {
	if strings.ContainsRune("aeiouAEIOU", []rune(string(typ) + "x")[0]) {
		return "an " + string(typ)
	}
	return "a " + string(typ)
}

// short returns words cut to what a title has room for.
func short(words string) string {
	const room = 44
	if r := []rune(words); len(r) > room {
		return string(r[:room-1]) + "…"
	}
	return words
}

// leastWords says that the claim at index at is the least certain.
func leastWords(s *session.Claims, at int) string {
	_, o := s.State(s.List[at])
	return fmt.Sprintf("Least certain: %.0f %% ({reader.why} explains)", o.Score*100)
}

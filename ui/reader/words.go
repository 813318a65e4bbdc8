package reader

import (
	"fmt"
	"strings"

	"byline/annotate"
	"byline/ui/session"
)

// none says why there was nothing to do; %s is what that is about.
var none = map[session.Reason]string{
	session.NoClaim:         "nothing under the cursor: {reader.next} goes to the next name or quote",
	session.NoName:          "go to a name first: {reader.next}",
	session.NoQuote:         "go to a quote first: {reader.next-quote}",
	session.QuoteHasNoType:  "a quote has no kind; {reader.select} selects a name in it",
	session.NoNext:          "no further name or quote",
	session.NoPrevious:      "no name or quote before",
	session.NoNextQuote:     "no further quote",
	session.NoPreviousQuote: "no quote before",
	session.NothingHere:     "no name or quote here",
	session.NoSame:          "no further mention",
	session.NoUnreviewed:    "nothing unreviewed from here on",
	session.AllReviewed:     "all is reviewed",
	session.StillReading:    "still reading the article",
	session.NothingToRepeat: "nothing was decided yet that could be repeated",
	session.NoWordMore:      "no word more, none less",
	session.InLongerName:    "“%s” is everywhere part of a longer name",
	session.NothingAlike:    "nothing else unreviewed looks like this one",
	session.NobodyElse:      "nobody and nothing else is named here",
	session.NobodyNamed:     "nobody here has the name %s",
	session.SeveralNamed:    "which one: %s?",
	session.NotInText:       "“%s” is not in the article",
	session.NothingFound:    "nothing found yet; / finds",
	session.NoHeadings:      "this article has no headings",
	session.NoLinks:         "this article has no links",
	session.NoMark:          "no mark %s; M sets one",
	session.NoJump:          "no jump to go back from",
	session.NoJumpBack:      "no jump to go forth to",
	session.NothingDecided:  "nothing was decided on this article yet",
	session.NothingLost:     "every decision has its place in the text",
}

// noneWords says why there was nothing to do.
func noneWords(e session.Effect) string {
	switch e.None {
	case session.NoWords:
		if e.About == "" {
			return "go to a name, or select words with {reader.select}"
		}
		return "nothing under the cursor: select words with {reader.select}, then mark them as " + withArticle(annotate.Type(e.About))
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
	return fmt.Sprintf("the least certain: %.0f %%; {reader.why} says why", o.Score*100)
}

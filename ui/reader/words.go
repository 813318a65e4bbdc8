package reader

import (
	"fmt"
	"regexp"
	"strings"

	"byline/ui/session"
)

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
	words := ofReader.ReplaceAllString(e.None.Words(false), "{"+prefix+"$1}")
	if strings.Contains(words, "%s") {
		return fmt.Sprintf(words, e.About)
	}
	return words
}

// ofReader is the name of an action of the session in braces.
var ofReader = regexp.MustCompile(`\{([a-z-]+)\}`)

// alongWords says which other names took the type of the one that was tagged.
func alongWords(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1, 2:
		return "with “" + strings.Join(names, "” and “") + "”"
	}
	return fmt.Sprintf("with “%s” and %d other names of it", names[0], len(names)-1)
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

// courseWords says that a step stayed or went on at the other end, and what is left to review.
func courseWords(e session.Effect) string {
	if e.Here {
		return "The first unreviewed is this one"
	}
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
	return fmt.Sprintf("Least certain: %.0f%% ({reader.why} explains)", o.Score*100)
}

package session

import (
	"context"
	"sort"
	"strings"

	"byline/articles"
)

// A finder is a search in the article. Lower case finds either case.
type finder struct {
	query  string
	hits   []articles.Span
	at     int // index of the current one
	from   int // byte where the search began
	number int // of the search, so that late answers are dropped
}

// findWords looks for words in the text; with none it begins a search where the reader is.
func findWords(s *Session, words string) Effect {
	if words == "" {
		s.found.from = s.view.Here.Start
		return Effect{Asks: &Question{Topic: AskFind, Reply: Action{Name: Find}}}
	}
	return s.Search(words)
}

// Search looks for words from where the search began. Empty words find nothing.
func (s *Session) Search(words string) Effect {
	if words == s.found.query {
		return Effect{}
	}
	s.found.query = words
	s.found.number++
	if strings.TrimSpace(words) == "" {
		s.ClearFound()
		return Effect{}
	}
	article, search, text := s.number, s.found.number, s.article.Text
	return Effect{Later: func(context.Context) Answer {
		return Answer{number: article, search: search, hits: hitsOf(text, words)}
	}}
}

// ClearFound forgets what was found, and returns where the search began.
func (s *Session) ClearFound() (from int) {
	s.found = finder{number: s.found.number + 1, from: s.found.from}
	return s.found.from
}

// Found returns what is looked for, where it is, and the index of the place that is
// current.
func (s *Session) Found() (query string, hits []articles.Span, at int) {
	return s.found.query, s.found.hits, s.found.at
}

// takeHits shows what a search found, from where it began on.
func takeHits(s *Session, ans Answer) Effect {
	f := &s.found
	if ans.search != f.number {
		return Effect{}
	}
	f.hits = ans.hits
	f.at = sort.Search(len(f.hits), func(i int) bool { return f.hits[i].Start >= f.from })
	if f.at == len(f.hits) {
		f.at = 0
	}
	if len(f.hits) == 0 {
		return Effect{None: NotInText, About: f.query}
	}
	return showHit(s)
}

// nextHit goes to the next or previous place found.
func nextHit(s *Session, dir int) Effect {
	f := &s.found
	if len(f.hits) == 0 {
		return Effect{None: NothingFound}
	}
	f.at = (f.at + dir + len(f.hits)) % len(f.hits)
	s.Leave()
	return showHit(s)
}

func showHit(s *Session) Effect {
	at := s.found.hits[s.found.at]
	e := Effect{Show: &Place{s.article.ID, at}, At: Nearest}
	if i := s.claims.At(at.Start, s.Stops); i >= 0 {
		s.Point(i)
		e.Moved = true
	}
	return e
}

package session

import (
	"context"
	"sort"
	"strings"

	"byline/annotate/review"
	"byline/articles"
)

// A finder is a search in the article. Lower case finds either case.
type finder struct {
	query  string
	hits   []articles.Span
	at     int           // index of the current one
	from   int           // byte where the search began
	before review.Target // the claim that was current then
	number int           // of the search, so that late answers are dropped
}

// findWords looks for words in the text; with none it begins a search where the reader is.
func findWords(s *Session, words string) Effect {
	if words == "" {
		s.found.from, s.found.before = s.view.Here.Start, s.cur.Target
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

// ClearFound forgets what was found.
func (s *Session) ClearFound() {
	s.found = finder{number: s.found.number + 1, from: s.found.from, before: s.found.before}
}

// BeforeSearch goes back to the claim that was current before the search, and returns where that
// began.
func BeforeSearch(s *Session) (from int) {
	s.Aim(s.found.before)
	return s.found.from
}

// Hit returns the words found that an action is about which asks for words: those in view,
// unless the cursor went to another name or quote meanwhile.
func (s *Session) Hit() articles.Span {
	if len(s.found.hits) == 0 {
		return articles.Span{}
	}
	at := s.found.hits[s.found.at]
	if c, ok := s.Current(); ok && !(IsQuote(c) && c.Covers(at)) || !s.view.Overlaps(at) {
		return articles.Span{}
	}
	return s.Text().WholeWords(at)
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
		return Effect{None: nothingFound}
	}
	next := f.at + dir
	f.at = (next + len(f.hits)) % len(f.hits)
	s.Leave()
	e := showHit(s)
	if next != f.at {
		e.Round = dir
	}
	return e
}

// showHit goes to the place found, and to the name on it or else the quote around it. With
// neither, no claim is current: the next key is about what was found.
func showHit(s *Session) Effect {
	at := s.found.hits[s.found.at]
	s.Point(s.claims.At(at.Start, func(c Claim) bool { return c.Covers(at) && s.Stops(c) }))
	return Effect{Show: &Place{s.article.ID, at}, At: Nearest, Moved: true}
}

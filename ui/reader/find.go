package reader

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"byline/articles"
	"byline/ui"
	"byline/ui/textview"
)

// A finder is a search in the article. Lower case finds either case.
type finder struct {
	query  string
	hits   []articles.Span
	at     int
	from   int // where the search began
	number int // of the question, so that late answers are dropped
}

type foundMsg struct {
	ticket
	number int
	hits   []articles.Span
}

// maxHits bounds the places that a search keeps.
const maxHits = 100_000

func (s *Screen) handleFind(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case Find:
		return s.askFind(), true
	case FindNext:
		return s.hit(1), true
	case FindPrev:
		return s.hit(-1), true
	case Outline:
		return s.outline(), true
	case Links:
		return s.links(), true
	case SetMark:
		return s.askMark("mark this place as:", s.jumps.set), true
	case GoMark:
		return s.askMark("go to mark:", s.goMark), true
	case JumpBack:
		return s.goBack(), true
	case JumpForth:
		return s.goForth(), true
	}
	return nil, false
}

func (s *Screen) askFind() tea.Cmd {
	s.found.from = s.text.Top()
	return ui.Send(ui.AskMsg{
		Prompt: "find:", Initial: "",
		Change: s.search, Done: s.search,
		Cancel: func() tea.Cmd {
			from := s.found.from
			s.found.clear(s)
			s.text.ScrollTo(from, textview.Top)
			return s.moved()
		},
	})
}

// search looks for query in the whole text, off the update loop.
func (s *Screen) search(query string) tea.Cmd {
	if query == s.found.query {
		return nil
	}
	s.found.query = query
	s.found.number++
	if strings.TrimSpace(query) == "" {
		number := s.found.number
		s.found.clear(s)
		s.found.number = number
		return nil
	}
	t, number, text := s.ticket(), s.found.number, s.article.Text
	return func() tea.Msg { return foundMsg{t, number, hitsOf(text, query)} }
}

// hitsOf returns the places of text that hold query: by letters alone where it is
// in lower case, a blank matching any run of blanks.
func hitsOf(text, query string) []articles.Span {
	pattern := strings.Join(quoteMeta(strings.Fields(query)), `\s+`)
	if strings.IndexFunc(query, unicode.IsUpper) < 0 {
		pattern = "(?i)" + pattern
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	var out []articles.Span
	for _, m := range re.FindAllStringIndex(text, maxHits) {
		out = append(out, articles.Span{Start: m[0], End: m[1]})
	}
	return out
}

func quoteMeta(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = regexp.QuoteMeta(w)
	}
	return out
}

// take shows what a search found, from where it began on.
func (f *finder) take(s *Screen, msg foundMsg) tea.Cmd {
	if msg.number != f.number {
		return nil
	}
	f.hits = msg.hits
	f.at = sort.Search(len(f.hits), func(i int) bool { return f.hits[i].Start >= f.from })
	if f.at == len(f.hits) {
		f.at = 0
	}
	if len(f.hits) == 0 {
		f.paint(s)
		return ui.Tell("“" + f.query + "” is not in the article")
	}
	return s.showHit()
}

func (f *finder) clear(s *Screen) {
	*f = finder{number: f.number + 1, from: f.from}
	f.paint(s)
}

// paint marks the places found.
func (f *finder) paint(s *Screen) {
	marks := make([]textview.Mark, len(f.hits))
	for i, h := range f.hits {
		marks[i] = textview.Mark{Span: h, Look: lookFound}
		if i == f.at {
			marks[i].Look = lookFoundNow
		}
	}
	s.text.SetMarks(layerFound, marks)
}

// hit goes to the next or previous place found.
func (s *Screen) hit(dir int) tea.Cmd {
	f := &s.found
	if len(f.hits) == 0 {
		return ui.Tell("nothing found yet; / finds")
	}
	f.at = (f.at + dir + len(f.hits)) % len(f.hits)
	s.jumps.leave(s.text.Top())
	return s.showHit()
}

func (s *Screen) showHit() tea.Cmd {
	f := &s.found
	f.paint(s)
	s.text.ScrollTo(f.hits[f.at].Start, textview.Nearest)
	if at := s.scene.at(f.hits[f.at].Start, s.steppable); at >= 0 {
		s.point(at)
		s.panel.follow(s.scene, s.article.Text, s.scene.claims[at])
		s.remark()
	}
	return s.moved()
}

// status says which of how many places is shown.
func (f *finder) status() string {
	if f.query == "" {
		return ""
	}
	if len(f.hits) == 0 {
		return fmt.Sprintf("“%s” not found", f.query)
	}
	return fmt.Sprintf("“%s” %d of %d", f.query, f.at+1, len(f.hits))
}

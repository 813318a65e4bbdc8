package reader

import (
	"net/url"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles"
	"byline/ui"
	"byline/ui/session"
)

// links follows the links of the article.
type links struct{ *Screen }

// here returns the target of the link that the selection or the cursor is on; empty for none.
func (s links) here() string {
	at := s.pointed
	switch c, ok := s.session.Current(); {
	case s.Sel.On:
		at = s.Sel.Span
	case ok:
		at = c.Span
	}
	if at.Empty() {
		return ""
	}
	a := s.session.Article()
	for _, l := range a.Inline[inlineFrom(a, at.Start):] {
		if l.Start >= at.End {
			break
		}
		if l.Kind == articles.Link && l.Target != "" && l.Overlaps(at) {
			return l.Target
		}
	}
	return ""
}

// inlineFrom returns the index of the first inline span of the block that holds off or follows it. This is asked for with
// every key, and a long article has tens of thousands of them.
func inlineFrom(a *articles.Article, off int) int {
	b := sort.Search(len(a.Blocks), func(i int) bool { return a.Blocks[i].End > off })
	if b == len(a.Blocks) {
		return len(a.Inline)
	}
	return sort.Search(len(a.Inline), func(i int) bool { return a.Inline[i].Start >= a.Blocks[b].Start })
}

// point notes the link at an offset as the one that the cursor is on, and reports whether there is one.
func (s links) point(off int) bool {
	s.pointed = articles.Span{}
	for _, l := range s.session.Article().Inline {
		if l.Kind == articles.Link && l.Target != "" && l.Start <= off && off < l.End {
			s.pointed = l.Span
			return true
		}
	}
	return false
}

// follow opens what the link under the cursor leads to; without one, it lists the links.
func (s links) follow() tea.Cmd {
	if target := s.here(); target != "" {
		return s.open(target)
	}
	return s.act(session.Action{Name: "links"})
}

// open opens here what a link leads to.
func (s links) open(target string) tea.Cmd {
	address, err := resolve(s.session.Article().Source, target)
	switch {
	case err != nil:
		return ui.Fail(err, "{reader.links} lists the links, to copy it")
	case s.svc.Outside == nil:
		return ui.Tell("Links are not followed here; {reader.browse} opens them in the browser")
	case address.Scheme != "http" && address.Scheme != "https":
		return ui.Tell("Not a web page: " + session.OneLine(target) + "; {reader.browse} opens it outside")
	}
	return about(s).whileOpen(s.svc.Outside.Follow(s.session.Article(), address.String()))
}

// resolve returns the address that a link of an article from source leads to.
func resolve(source, target string) (*url.URL, error) {
	to, err := url.Parse(strings.TrimSpace(target))
	if err != nil {
		return nil, err
	}
	if base, err := url.Parse(source); err == nil && strings.HasPrefix(base.Scheme, "http") {
		to = base.ResolveReference(to)
	}
	return to, nil
}

// browse opens the link under the cursor in the browser, or else the page of the article.
func (s links) browse() tea.Cmd {
	a := s.session.Article()
	target := s.here()
	switch {
	case target != "":
		return s.outside(target)
	case !strings.HasPrefix(a.Source, "http://") && !strings.HasPrefix(a.Source, "https://"):
		return ui.Tell("This article has no web page; {reader.links} lists its links")
	}
	return s.outside(a.Source)
}

// outside opens a link in the desktop's program for it or, where there is none, copies its address.
func (s links) outside(target string) tea.Cmd {
	open := s.svc.Open
	if address, err := resolve(s.session.Article().Source, target); err == nil {
		target = address.String()
	}
	if open == nil {
		return ui.Send(ui.CopyMsg{Text: target, What: "the address, for your browser,"})
	}
	return func() tea.Msg {
		if err := open(target); err != nil {
			return ui.ErrMsg{Err: err, Hint: "copy it instead"}
		}
		return ui.ToastMsg{Text: "Opened in the browser: " + target}
	}
}

// ways are what can be done with a link of the list beside following it.
func (s links) ways(q *session.Question) []ui.Way {
	return []ui.Way{
		{Key: "ctrl+o", Short: "browser", Do: func(at int) tea.Cmd {
			if q.Choices[at].Link == "" {
				return s.later(q.Choices[at].Do) // a footnote
			}
			return s.outside(q.Choices[at].Link)
		}},
		{Key: "ctrl+y", Short: "copy", Do: func(at int) tea.Cmd { return (&asker{s.Screen}).copyLink(q.Choices[at]) }},
		{Key: "ctrl+g", Short: "show in the text", Do: func(at int) tea.Cmd {
			s.session.Point(-1)
			s.point(q.Choices[at].Span.Start)
			return s.later(q.Choices[at].Do)
		}},
	}
}

// confirmOrFollow follows the link that was clicked or chosen, where no claim is current.
func (s *Screen) confirmOrFollow() (tea.Cmd, bool) {
	if _, ok := s.session.Current(); ok || s.Sel.On || s.pointed.Empty() {
		return nil, false
	}
	return links{s}.follow(), true
}

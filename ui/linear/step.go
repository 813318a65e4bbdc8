package linear

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// step goes to the next mark that is wanted, or with back to the one before.
func (p *page) step(back bool, wanted func(mark) bool) (string, error) {
	here := articles.Span{Start: p.offset() - 1, End: p.offset() - 1} // before all that begins here
	if !p.cur.Empty() {
		here = p.cur
	}
	if back {
		for _, m := range slices.Backward(p.marks) {
			if m.Compare(here) < 0 && wanted(m) {
				return p.goTo(m), nil
			}
		}
		return "", quiet("None before this.")
	}
	for _, m := range p.marks {
		if m.Compare(here) > 0 && wanted(m) {
			return p.goTo(m), nil
		}
	}
	return "", quiet("None after this.")
}

func (s *Session) nextEntity(context.Context, string) (string, error) {
	return s.page.step(false, isFirst)
}

func (s *Session) previousEntity(context.Context, string) (string, error) {
	return s.page.step(true, isFirst)
}

// isFirst reports whether m is where its entity is named first.
func isFirst(m mark) bool { return m.entity != nil && m.mention == 0 && alive(m) }

func alive(m mark) bool { return m.state() != annotate.Rejected && !m.aside() }

func isQuote(m mark) bool { return m.quote != nil && alive(m) }

func (s *Session) next(context.Context, string) (string, error) { return s.page.step(false, alive) }

func (s *Session) previous(context.Context, string) (string, error) { return s.page.step(true, alive) }

func (s *Session) nextQuote(context.Context, string) (string, error) {
	return s.page.step(false, isQuote)
}

func (s *Session) previousQuote(context.Context, string) (string, error) {
	return s.page.step(true, isQuote)
}

func (s *Session) unreviewed(context.Context, string) (string, error) {
	return s.page.step(false, func(m mark) bool { return m.state() == annotate.Proposed && !m.aside() })
}

func (s *Session) same(context.Context, string) (string, error) { return s.page.stepSame(false) }

func (s *Session) samePrevious(context.Context, string) (string, error) {
	return s.page.stepSame(true)
}

func (p *page) stepSame(back bool) (string, error) {
	cur, ok := p.current()
	if !ok || cur.entity == nil {
		return "", quiet("Go to a name first; . goes to the next.")
	}
	return p.step(back, func(m mark) bool { return m.entity == cur.entity })
}

// panel lists people, organizations and the rest, then the quotes, with numbers that
// lead to them.
func (s *Session) panel(_ context.Context, words string) (string, error) {
	p := s.page
	p.rows = nil
	var b strings.Builder
	row := func(at articles.Span, line string) {
		if !containsFold(line, words) {
			return
		}
		p.rows = append(p.rows, place{at: at})
		fmt.Fprintf(&b, "%d. %s\n", len(p.rows), line)
	}
	for _, i := range p.byType() {
		e := &p.layer.Entities[i]
		row(e.Mentions[0].Span, spokenEntity(e))
	}
	for i := range p.layer.Quotes {
		q := &p.layer.Quotes[i]
		row(q.Span, clip(spokenQuote(q, p.a, p.layer)))
	}
	if len(p.rows) == 0 {
		return "", quiet("No names and no quotes%s.", with(words))
	}
	return b.String(), nil
}

// byType returns the indices of the entities: people, organizations, then the rest.
func (p *page) byType() []int {
	rank := func(i int) int {
		switch p.layer.Entities[i].Type {
		case annotate.Person:
			return 0
		case annotate.Organization:
			return 1
		}
		return 2
	}
	var order []int
	for i := range p.layer.Entities {
		if len(p.layer.Entities[i].Mentions) > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(a) - rank(b) })
	return order
}

// clip cuts a line of a list where it gets long to listen to.
func clip(line string) string {
	const most = 160
	if len(line) <= most {
		return line
	}
	cut := strings.LastIndexByte(line[:most], ' ')
	return line[:max(cut, 0)] + " …"
}

func (s *Session) row(ctx context.Context, number string) (string, error) {
	p := s.page
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(p.rows) {
		return "", quiet("There is no number %s in the list; s lists what is in the article.", clean.Line(number))
	}
	s.leave()
	return s.arrive(ctx, p.rows[n-1])
}

// land moves to a place of the text that is no mark.
func (p *page) land(at articles.Span) string {
	p.at, p.cur = p.block(at.Start), articles.Span{}
	return fmt.Sprintf("Paragraph %d, %s", p.at+1, p.around(at))
}

func (s *Session) details(ctx context.Context, _ string) (string, error) {
	p := s.page
	m, ok := p.current()
	if !ok {
		return "", quiet("Go to a name or quote first; . goes to the next.")
	}
	e := m.entity
	if e == nil {
		if e = p.layer.Entity(m.quote.Speaker); e == nil {
			return "", quiet("Nobody is known to say this; @ NAME names who does.")
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nforms: %s\n", spokenEntity(e), strings.Join(formsOf(e, p.a.Text), ", "))
	p.rows = nil
	for i := range p.layer.Quotes {
		if q := &p.layer.Quotes[i]; q.Speaker == e.ID && q.State != annotate.Rejected {
			p.rows = append(p.rows, place{at: q.Span})
			fmt.Fprintf(&b, "%d. %s\n", len(p.rows), clip(spokenQuote(q, p.a, p.layer)))
		}
	}
	return b.String() + s.elsewhere(ctx, e), nil
}

// formsOf returns the ways in which the text writes e, the first first.
func formsOf(e *annotate.Entity, text string) []string {
	var forms []string
	for _, m := range e.Mentions {
		if words := clean.Line(m.In(text)); !slices.Contains(forms, words) {
			forms = append(forms, words)
		}
	}
	return forms
}

func (s *Session) outline(context.Context, string) (string, error) {
	p := s.page
	p.rows = nil
	var b strings.Builder
	for _, block := range p.blocks {
		if block.Kind == articles.Heading {
			p.rows = append(p.rows, place{at: block.Span})
			fmt.Fprintf(&b, "%d. %s\n", len(p.rows), spokenBlock(block, p.a))
		}
	}
	if len(p.rows) == 0 {
		return "", quiet("The article has no headings.")
	}
	return b.String(), nil
}

func (s *Session) links(context.Context, string) (string, error) {
	p := s.page
	p.rows = nil
	var b strings.Builder
	for _, in := range p.a.Inline {
		if in.Kind == articles.Link && in.Target != "" {
			p.rows = append(p.rows, place{at: in.Span, link: in.Target})
			fmt.Fprintf(&b, "%d. %s — %s\n", len(p.rows), clean.Line(in.In(p.a.Text)), clean.Line(in.Target))
		}
	}
	if len(p.rows) == 0 {
		return "", quiet("The article has no links.")
	}
	return b.String(), nil
}

// findText finds words in the article, without regard to case.
func (s *Session) findText(_ context.Context, words string) (string, error) {
	p := s.page
	if words == "" {
		return "", quiet("Say what to find: / WORDS.")
	}
	s.leave()
	p.found, p.hit = findAll(p.a.Text, words), 0
	if len(p.found) == 0 {
		return "", quiet("The article does not have %q.", clean.Line(words))
	}
	for p.hit < len(p.found)-1 && p.found[p.hit].Start < p.offset() {
		p.hit++
	}
	return p.sayFound(), nil
}

// findAll returns where text has words, in the case of either. Letters whose two
// cases have different lengths in UTF-8 are found only as they are written.
func findAll(text, words string) []articles.Span {
	var found []articles.Span
	for off := 0; off+len(words) <= len(text); {
		end := off + len(words)
		if boundary(text, off) && boundary(text, end) && strings.EqualFold(text[off:end], words) {
			found = append(found, articles.Span{Start: off, End: end})
			off = end
			continue
		}
		off++
	}
	return found
}

// boundary reports whether no rune of text is cut at off.
func boundary(text string, off int) bool { return off == len(text) || utf8.RuneStart(text[off]) }

func (p *page) sayFound() string {
	return fmt.Sprintf("%d of %d. %s", p.hit+1, len(p.found), p.land(p.found[p.hit]))
}

func (s *Session) findNext(context.Context, string) (string, error)     { return s.page.turn(1) }
func (s *Session) findPrevious(context.Context, string) (string, error) { return s.page.turn(-1) }

func (p *page) turn(by int) (string, error) {
	n := len(p.found)
	if n == 0 {
		return "", quiet("Find something first: / WORDS.")
	}
	p.hit = (p.hit + by + n) % n
	return p.sayFound(), nil
}

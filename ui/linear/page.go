package linear

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui/session"
)

// A page is the article that is open and where its reader is.
type page struct {
	s      *session.Session
	blocks []articles.Block // those with something to say
	at     int              // index of the block being read
	status library.Status   // of the article
	kept   int              // the block that is stored as the reader's place
	guided bool             // somebody else says where to go, and when the article is done
	rows   []row            // where the lines of the last list lead
}

// A row is where a line of a list leads.
type row struct {
	place  session.Place
	link   string         // that is there
	action session.Action // that it asks for; no Name for a place
}

func newPage(s *session.Session) *page {
	p := &page{s: s}
	a := s.Article()
	for _, b := range a.Blocks {
		if b.Kind == articles.Rule || strings.TrimSpace(b.In(a.Text)) != "" {
			p.blocks = append(p.blocks, b)
		}
	}
	if len(p.blocks) == 0 {
		p.blocks = []articles.Block{{Span: articles.Span{End: len(a.Text)}}}
	}
	return p
}

// see tells the session where the reader is: a step starts at the paragraph that is read,
// and goes on to the end.
func (p *page) see() {
	v := session.View{Span: articles.Span{Start: p.blocks[p.at].Start, End: len(p.s.Article().Text)}}
	v.Here = articles.Span{Start: v.Start, End: v.Start}
	if c, ok := p.s.Current(); ok {
		v.Here, v.Start = c.Span, min(v.Start, c.Start)
	}
	p.s.See(v)
}

// opening says what the article is.
func (p *page) opening() string {
	a := p.s.Article()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", clean.Line(a.Title))
	by := slices.DeleteFunc([]string{clean.Line(a.Author), clean.Line(a.Site)}, func(s string) bool { return s == "" })
	if len(by) > 0 {
		fmt.Fprintf(&b, "By %s\n", strings.Join(by, ", "))
	}
	c := p.s.Claims().Counts
	fmt.Fprintf(&b, "%s, %s, %s, %s; %d of %d reviewed.\n", count(len(p.blocks), "paragraph"),
		strings.Replace(count(c.People, "person"), "persons", "people", 1),
		count(c.Organizations, "organization"), count(c.Quotes, "quote"), c.Reviewed, c.Claims)
	return b.String()
}

// paragraph says the block being read with a line for each picture and each claim that begins in it.
func (p *page) paragraph() string {
	block := p.blocks[p.at]
	var b strings.Builder
	fmt.Fprintf(&b, "Paragraph %d of %d.\n%s\n", p.at+1, len(p.blocks), spokenBlock(block, p.s.Article()))
	for _, pic := range p.s.Article().Pictures {
		if p.block(pic.Start) == p.at {
			fmt.Fprintf(&b, "%s\n", spokenPicture(pic))
		}
	}
	for _, c := range p.s.Claims().List {
		if block.Has(c.Start) && p.isMark(c) && !isAside(p.s, c) {
			fmt.Fprintf(&b, "%s\n", spoken(p.s, c))
		}
	}
	return b.String()
}

// read moves to block i and says it.
func (p *page) read(i int) (string, error) {
	if i < 0 {
		return "", quiet("Beginning of the article.")
	}
	if i >= len(p.blocks) {
		return "", p.atEnd()
	}
	p.at = i
	p.s.Point(-1)
	return p.paragraph(), nil
}

// atEnd says that there is no more to read, and what is left to do.
func (p *page) atEnd() error {
	reviewed, all := p.s.Claims().Reviewed(p.s.Modes().Asides)
	switch {
	case p.guided || p.status == library.Done:
		return quiet("End of the article.")
	case reviewed < all:
		return quiet("End of the article; %d of %d reviewed: {next-unreviewed} goes to the next, {done} marks it as done.", reviewed, all)
	}
	return quiet("End of the article; all is reviewed: {done} marks it as done.")
}

// block returns the index of the block that holds the byte at off.
func (p *page) block(off int) int {
	i := sort.Search(len(p.blocks), func(i int) bool { return p.blocks[i].Start > off })
	return max(0, i-1)
}

// goTo says the current claim, with the paragraph where it is another.
func (p *page) goTo() string {
	c, _ := p.s.Current()
	before := p.at
	p.at = p.block(c.Start)
	line := spoken(p.s, c)
	if p.at != before {
		line = fmt.Sprintf("Paragraph %d. %s", p.at+1, line)
	}
	return line + "\n" + p.around(c.Span)
}

// land moves to a place of the text that is no claim.
func (p *page) land(at articles.Span) string {
	p.at = p.block(at.Start)
	p.s.Point(-1)
	return fmt.Sprintf("Paragraph %d, %s", p.at+1, p.around(at))
}

// arrive goes to a place and says what is there: the claim on it or, where the place is
// that of an article and not of a list, the name that begins there.
func (p *page) arrive(to session.Place) string {
	for i, c := range p.s.Claims().List {
		if p.isMark(c) && (c.Span == to.Span || to.ID != "" && c.Start == to.Start && !session.IsQuote(c)) {
			p.s.Point(i)
			return p.goTo()
		}
	}
	return p.land(to.Span)
}

// words finds words where the reader is: in the paragraph, else further on, else
// anywhere.
func (p *page) words(words string) (articles.Span, error) {
	found := p.s.Text().Places(strings.ToLower(words))
	if len(found) == 0 {
		return articles.Span{}, quiet("%q not found.", clean.Line(words))
	}
	for _, at := range found {
		if at.Start >= p.blocks[p.at].Start {
			return at, nil
		}
	}
	return found[0], nil
}

// list says choices with numbers that lead to them.
func (p *page) list(cs []session.Choice, say func(session.Choice) string) string {
	p.rows = nil
	var b strings.Builder
	for _, c := range cs {
		r := row{place: session.Place{Span: c.Span}, link: c.Link}
		if c.Do.Name != session.GoTo {
			r.action = c.Do
		}
		p.rows = append(p.rows, r)
		fmt.Fprintf(&b, "%d. %s\n", len(p.rows), say(c))
	}
	return b.String()
}

// put adds a line to a list that leads to span, and returns it with its number.
func (p *page) put(span articles.Span, line string) string {
	p.rows = append(p.rows, row{place: session.Place{Span: span}})
	return fmt.Sprintf("%d. %s\n", len(p.rows), line)
}

// around returns the words around a span, so that its place is heard.
func (p *page) around(s articles.Span) string {
	const reach = 60
	block := p.blocks[p.block(s.Start)]
	text := p.s.Article().Text
	start, end := max(block.Start, s.Start-reach), min(max(block.End, s.End), s.End+reach)
	for start > block.Start && start < s.Start && !isBlank(text[start-1]) {
		start++
	}
	for end < block.End && end > s.End && !isBlank(text[end]) {
		end--
	}
	return "in: " + clean.Line(text[start:end])
}

func isBlank(b byte) bool { return b == ' ' || b == '\n' }

// claimOn returns the claim on a target.
func (p *page) claimOn(t review.Target) (session.Claim, bool) {
	i := p.s.Claims().Find(t)
	if i < 0 {
		return session.Claim{}, false
	}
	return p.s.Claims().List[i], true
}

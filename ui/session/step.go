package session

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
)

// step goes to the next claim that want accepts: from the current one if it is in
// view, else from where the view starts. After the last comes the first, but not line by
// line, where a paragraph is not to be read twice unawares.
func (s *Session) step(dir int, want func(Claim) bool, none Reason) Effect {
	at, off := s.cur.at, s.view.Start
	if at >= 0 && !s.view.Overlaps(s.claims.List[at].Span) {
		at = -1
		if dir < 0 {
			off = s.view.End
		}
	}
	next, round := s.claims.next(at, off, dir, want), 0
	switch {
	case next >= 0:
	case !s.whole:
		return Effect{None: stillReading}
	case s.lines:
		return Effect{None: none}
	default:
		next, round = s.claims.end(dir, want), dir
		if next < 0 && s.claims.end(1, s.Stops) < 0 {
			none = nothingHere
		}
	}
	if next < 0 || next == at {
		return Effect{None: none}
	}
	s.Point(next)
	return Effect{Moved: true, Course: Course{Round: round}}
}

// stepSame goes to another mention of the current entity, or another quote.
func stepSame(s *Session, dir int) Effect {
	if s.cur.at < 0 {
		return s.step(dir, s.Stops, nothingHere)
	}
	c := s.claims.List[s.cur.at]
	return s.step(dir, func(o Claim) bool {
		st, _ := s.claims.State(o)
		return o.Kind() == c.Kind() && o.Entity == c.Entity && (s.Stops(o) || st != annotate.Rejected && s.claims.Type(o).Aside())
	}, noSame)
}

// StepWhere goes to the next claim, or with dir −1 the one before, that a step stops at
// and want accepts.
func (s *Session) StepWhere(dir int, want func(Claim) bool) Effect {
	none := NoNext
	if dir < 0 {
		none = NoPrevious
	}
	return s.step(dir, func(c Claim) bool { return s.Stops(c) && want(c) }, none)
}

// An order says which claim deserves the next look.
type order uint8

const (
	reading      order = iota // as the text has them
	leastCertain              // the lowest score first
)

// reviewNext goes to the next claim that nobody reviewed, in an order that is kept.
func reviewNext(s *Session, o order) Effect {
	s.last.order = o
	return goOn(s, articles.Span{})
}

// goOn goes to the next claim that nobody reviewed, in the order that was chosen last,
// past the one on done, which is about to be.
func goOn(s *Session, done articles.Span) Effect {
	left := func(c Claim) bool { return s.Unreviewed(c) && c.Span != done }
	none := allReviewed
	if s.lines {
		none = noUnreviewed
	}
	if s.last.order == reading {
		if at := s.cur.at; s.cur.top && at >= 0 && left(s.claims.List[at]) { // a jump put the cursor on the first claim, which nobody saw there
			s.Point(at)
			return Effect{Moved: true, Course: Course{Here: true}}
		}
		e := s.step(1, left, none)
		if e.Round != 0 {
			e.Left = s.claims.count(left)
		}
		return e
	}
	at, round := s.claims.leastCertain(s.cur.at, left)
	if at < 0 {
		return Effect{None: allReviewed}
	}
	e := Effect{Moved: true, Course: Course{Least: true}}
	if s.Point(at); round {
		e.Round, e.Left = 1, s.claims.count(left)
	}
	return e
}

// toEnd jumps to an end of the text, and to the first or last claim where that is in view
// then.
func toEnd(s *Session, dir int) Effect {
	to, at := articles.Span{}, AtTop
	if dir < 0 {
		n := len(s.article.Text)
		to, at = articles.Span{Start: n, End: n}, AtEnd
	}
	e := jump(s, to, at)
	s.Point(s.claims.end(dir, s.Stops))
	s.cur.top = dir > 0
	e.Moved = true
	return e
}

// toggleAsides has places and other names reviewed as well, or not any more.
func toggleAsides(s *Session) Effect {
	s.modes.Asides = !s.modes.Asides
	return Effect{Turned: nameAsides}
}

// toggleGoOn has every decision go on to the next unreviewed claim, or stay where it is.
func toggleGoOn(s *Session) Effect {
	s.modes.GoOn = !s.modes.GoOn
	return Effect{Turned: GoOn}
}

// jump goes to a place and remembers where it came from.
func jump(s *Session, to articles.Span, at Alignment) Effect {
	s.Leave()
	return Effect{Show: &Place{s.article.ID, to}, At: at}
}

// goToPlace jumps to a byte of the text, and to the claim that begins there.
func goToPlace(s *Session, off int) Effect {
	e := jump(s, articles.Span{Start: off, End: off}, AtTop)
	if at := s.claims.At(off, s.Shown); at >= 0 && s.claims.List[at].Start == off {
		s.Point(at)
		e.Moved = true
	}
	return e
}

// listHeadings offers the headings of the article.
func listHeadings(s *Session) Effect {
	q := &Question{Topic: Headings}
	for _, b := range s.article.Blocks {
		if b.Kind == articles.Heading {
			q.Choices = append(q.Choices, Choice{Entity: -1, Span: b.Span, Count: b.Level, Do: Action{Name: GoTo, Span: b.Span}})
		}
	}
	if len(q.Choices) == 0 {
		return Effect{None: NoHeadings}
	}
	q.Now = s.nearest(q.Choices)
	return Effect{Asks: q}
}

// listLinks offers the links of the article, its pictures that have an address, and its footnotes.
func listLinks(s *Session) Effect {
	q := &Question{Topic: Links}
	notes := notesOf(s.article)
	for _, l := range s.article.Inline {
		c := Choice{Entity: -1, Span: l.Span, Link: l.Target, Do: Action{Name: GoTo, Span: l.Span}}
		switch l.Kind {
		case articles.Link, articles.Image:
			if l.Target == "" {
				continue
			}
		case articles.Note:
			note, ok := notes[l.In(s.article.Text)]
			if !ok || note.Start == l.Start {
				continue
			}
			c.Do.Span = note
		default:
			continue
		}
		q.Choices = append(q.Choices, c)
	}
	if len(q.Choices) == 0 {
		return Effect{None: NoLinks}
	}
	q.Now = s.nearest(q.Choices)
	return Effect{Asks: q}
}

// notesOf returns the footnotes of an article by their marks: the blocks that start with one.
func notesOf(a *articles.Article) map[string]articles.Span {
	notes := map[string]articles.Span{}
	for _, in := range a.Inline {
		if in.Kind != articles.Note {
			continue
		}
		at, ok := slices.BinarySearchFunc(a.Blocks, in.Start, func(b articles.Block, off int) int { return cmp.Compare(b.Start, off) })
		if ok {
			notes[in.In(a.Text)] = a.Blocks[at].Span
		}
	}
	return notes
}

// Elsewhere says why nobody marks the article as done in the view that is shown; empty if they can.
func Elsewhere(d *library.Duty) string {
	switch {
	case d.View.Others():
		return "Only " + d.View.String() + " marks this reading as done"
	case d.View == library.Curated && len(d.Sets) > 0:
		return "This is the curated reading, not yours"
	}
	return ""
}

// LeftWords say how many claims of an article that is done are left as they were suggested; empty for none.
func LeftWords(left int) string {
	if left == 0 {
		return ""
	}
	return fmt.Sprintf(", %d left as suggested", left)
}

// AfterDone returns the status that the action "done" gives an article of status st: done or,
// where it is that already, reading again, since somebody has it open.
func AfterDone(st library.Status) library.Status {
	if st == library.Done {
		return library.Reading
	}
	return library.Done
}

// speaks reports whether entities of type t can say something.
func speaks(t annotate.Type) bool { return t == annotate.Person || t == annotate.Organization }

// nearest returns which of the choices, in the order of the text, is the last that begins before
// the current claim or, without one, before what was found or is read: the first on the screen, or the
// last of all at the end of the article.
func (s *Session) nearest(cs []Choice) int {
	off := s.view.Here.Start
	switch c, ok := s.Current(); {
	case ok:
		off = c.Start
	case len(s.found.hits) > 0 && s.view.Span.Has(s.found.hits[s.found.at].Start):
		off = s.found.hits[s.found.at].Start
	case s.view.Span.Start > 0 && s.view.Span.End >= len(strings.TrimRight(s.article.Text, "\n")):
		off = len(s.article.Text)
	}
	at := 0
	for i := range cs {
		if cs[i].Span.Start <= off {
			at = i
		}
	}
	return at
}

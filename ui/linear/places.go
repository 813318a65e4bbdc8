package linear

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
)

// A place is somewhere in an article.
type place struct {
	id   string // of another article; empty for the one that is open
	at   articles.Span
	link string // that stands there
}

// A trail is where a reader has been, and what they marked.
type trail struct {
	back, forth []place
	marks       map[string]place
}

// here is where the reader is now.
func (s *Session) here() place {
	off := s.page.offset()
	at := s.page.cur
	if at.Empty() {
		at = articles.Span{Start: off, End: off}
	}
	return place{id: s.page.a.ID, at: at}
}

// leave remembers the place before a jump.
func (s *Session) leave() {
	s.trail.back, s.trail.forth = append(s.trail.back, s.here()), nil
}

// arrive goes to a place and says what is there, opening its article where it is another.
func (s *Session) arrive(ctx context.Context, to place) (string, error) {
	answer := ""
	if to.id != "" && to.id != s.page.a.ID {
		said, err := s.read(ctx, to.id)
		if err != nil {
			return "", err
		}
		answer, _, _ = strings.Cut(said, "Paragraph ")
	}
	p := s.page
	for _, m := range p.marks {
		if m.Span == to.at || to.id != "" && m.Start == to.at.Start && !m.Empty() && m.entity != nil {
			return answer + p.goTo(m), nil
		}
	}
	return answer + p.land(to.at), nil
}

func (s *Session) jumpBack(ctx context.Context, _ string) (string, error) {
	return s.walk(ctx, &s.trail.back, &s.trail.forth, "You have jumped from nowhere.")
}

func (s *Session) jumpForth(ctx context.Context, _ string) (string, error) {
	return s.walk(ctx, &s.trail.forth, &s.trail.back, "There is nowhere to go forth to.")
}

func (s *Session) walk(ctx context.Context, from, to *[]place, none string) (string, error) {
	last := len(*from) - 1
	if last < 0 {
		return "", quiet("%s", none)
	}
	target := (*from)[last]
	*to = append(*to, s.here())
	*from = (*from)[:last]
	return s.arrive(ctx, target)
}

func (s *Session) setMark(_ context.Context, name string) (string, error) {
	if name == "" {
		return "", quiet("Say a name for the mark: M NAME.")
	}
	if s.trail.marks == nil {
		s.trail.marks = map[string]place{}
	}
	s.trail.marks[name] = s.here()
	return fmt.Sprintf("Marked as %s.", clean.Line(name)), nil
}

func (s *Session) goToMark(ctx context.Context, name string) (string, error) {
	if name == "" {
		if len(s.trail.marks) == 0 {
			return "", quiet("There are no marks; M NAME sets one.")
		}
		return "Marks: " + clean.Line(strings.Join(slices.Sorted(maps.Keys(s.trail.marks)), ", ")), nil
	}
	to, ok := s.trail.marks[name]
	if !ok {
		return "", quiet("There is no mark %s; ' lists them.", clean.Line(name))
	}
	s.leave()
	return s.arrive(ctx, to)
}

// keepPlace stores the paragraph that is read where it is another than the one stored.
func (s *Session) keepPlace(ctx context.Context) {
	p := s.page
	if p == nil || p.at == p.kept {
		return
	}
	p.kept = p.at
	progress := 1.0
	if p.at < len(p.blocks)-1 {
		progress = float64(p.blocks[p.at].Start) / float64(len(p.a.Text))
	}
	pos := library.Position{Top: p.blocks[p.at].Start, Cursor: -1}
	_ = s.svc.Keeper.SetPosition(ctx, p.a.ID, pos, progress) // a place that could not be stored stops no reader
}

func (s *Session) copy(context.Context, string) (string, error) {
	m, ok := s.page.current()
	if !ok {
		return "", quiet("Go to a name or quote first; . goes to the next.")
	}
	text := m.In(s.page.a.Text)
	if m.quote != nil {
		if e := s.page.layer.Entity(m.quote.Speaker); e != nil {
			text += " — " + e.Name
		}
	}
	text += " (" + strings.Join(slices.DeleteFunc([]string{s.page.a.Title, s.page.a.Source}, func(s string) bool { return s == "" }), ", ") + ")"
	if s.svc.Copy == nil {
		return clean.Line(text), nil
	}
	if where := s.svc.Copy(text); where != "" {
		return "Copied to " + where + ".", nil
	}
	return "There is no clipboard here; this is the text:\n" + clean.Line(text), nil
}

func (s *Session) openLink(_ context.Context, number string) (string, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(s.page.rows) || s.page.rows[n-1].link == "" {
		return "", quiet("There is no link with the number %s; L lists the links.", clean.Line(number))
	}
	link := s.page.rows[n-1].link
	if s.svc.Open == nil {
		return "", quiet("Nothing here opens links.")
	}
	if err := s.svc.Open(link); err != nil {
		return "", err
	}
	return "Opened " + clean.Line(link) + ".", nil
}

// elsewhere lists the other articles that name e, with numbers that lead there.
func (s *Session) elsewhere(ctx context.Context, e *annotate.Entity) string {
	if s.svc.Elsewhere == nil {
		return ""
	}
	places, err := s.svc.Elsewhere(ctx, s.page.a.ID, e)
	if err != nil {
		return "error: " + clean.Line(err.Error())
	}
	var b strings.Builder
	for _, p := range places {
		s.page.rows = append(s.page.rows, place{id: p.Entry.ID, at: articles.Span{Start: p.Offset, End: p.Offset}})
		fmt.Fprintf(&b, "%d. [article] %s — %s\n", len(s.page.rows), clean.Line(p.Entry.Title), count(p.Count, "mention"))
	}
	return b.String()
}

func (s *Session) orphans(ctx context.Context, _ string) (string, error) {
	lost, err := s.svc.Desk.Orphans(ctx, s.page.a)
	if err != nil {
		return "", err
	}
	if len(lost) == 0 {
		return "", quiet("Every decision has its place in the text.")
	}
	var b strings.Builder
	for _, d := range lost {
		fmt.Fprintf(&b, "%s “%s”, by %s on %s\n", d.Verb, clean.Line(d.Target.Exact), clean.Line(d.Who), d.At.Format("2 January 2006"))
	}
	return b.String(), nil
}

// why says what the current mark rests on.
func (s *Session) why(context.Context, string) (string, error) {
	m, ok := s.page.current()
	if !ok {
		return "", quiet("Go to a name or quote first; . goes to the next.")
	}
	if s.svc.Why == nil {
		return "", quiet("Nobody can say why here.")
	}
	var b strings.Builder
	for _, r := range s.svc.Why(s.page.a, s.page.layer, m.kind(), m.Span) {
		if r.Origin.Human {
			fmt.Fprintf(&b, "%s: decided by %s\n", r.Of, clean.Line(r.Origin.Stage))
			continue
		}
		fmt.Fprintf(&b, "%s: %s", r.Of, r.Says)
		for i, w := range r.Words {
			before := ", "
			if i == 0 {
				before = " It rests on "
			}
			fmt.Fprintf(&b, "%s“%s”", before, clean.Line(w.In(s.page.a.Text)))
		}
		for _, n := range r.Notes {
			fmt.Fprintf(&b, "; %s", clean.Line(n))
		}
		fmt.Fprintf(&b, " — %.0f percent sure, by the rule %s\n", r.Origin.Score*100, r.Origin.Rule)
	}
	return b.String(), nil
}

// with says that something is narrowed down to words.
func with(words string) string {
	if words == "" {
		return ""
	}
	return fmt.Sprintf(" with %q in them", clean.Line(words))
}

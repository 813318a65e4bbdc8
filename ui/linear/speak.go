package linear

import (
	"fmt"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui/session"
)

// isMark reports whether c is told and stepped through: pronouns are told with their
// entity.
func (p *page) isMark(c session.Claim) bool {
	return p.s.Claims().Form(c) != annotate.Pronoun
}

// isAside reports whether c is a place or other name, which a reader hears of in the
// list but is not stopped at.
func isAside(s *session.Session, c session.Claim) bool { return s.Claims().Type(c).Aside() }

// spoken returns c on one line: what it is, in brackets, then its words.
func spoken(s *session.Session, c session.Claim) string {
	cs, a := s.Claims(), s.Article()
	if session.IsQuote(c) {
		return spokenQuote(cs.Layer.Quotes[c.Index], a, cs.Layer)
	}
	e := &cs.Layer.Entities[c.Entity]
	words := clean.Line(c.In(a.Text))
	line := fmt.Sprintf("[%s%s] %s", clean.Line(string(e.Type)), spokenState(e.Mentions[c.Index].State), words)
	if name := clean.Line(e.Name); name != words {
		is := ", that is "
		if e.Type == annotate.Person {
			is = ", who is "
		}
		line += is + name
	}
	if n := len(e.Mentions); n > 1 {
		line += fmt.Sprintf(" — mention %d of %d", c.Index+1, n)
	}
	return line
}

func spokenState(s annotate.State) string {
	switch s {
	case annotate.Confirmed:
		return ", confirmed"
	case annotate.Rejected:
		return ", rejected"
	}
	return ""
}

func spokenQuote(q *annotate.Quote, a *articles.Article, l *annotate.Layer) string {
	var by []string
	for _, id := range q.Speakers() {
		if e := l.Entity(id); e != nil {
			by = append(by, clean.Line(e.Name))
		}
	}
	said := "unattributed"
	if len(by) > 0 {
		said = annotate.JoinNames(by) + " said"
	}
	kind := "quote"
	if q.Type != annotate.Direct {
		kind = string(q.Type) + " quote"
	}
	return fmt.Sprintf("[%s, %s%s] %s", kind, said, spokenState(q.State), clean.Line(q.In(a.Text)))
}

// spokenEntity returns e on one line of a listing.
func spokenEntity(e *annotate.Entity) string {
	n, state := 0, annotate.Rejected
	for _, m := range e.Mentions {
		if m.State == annotate.Rejected {
			continue
		}
		n++
		if state == annotate.Rejected || m.State == annotate.Proposed {
			state = m.State
		}
	}
	return fmt.Sprintf("[%s%s] %s — %s", clean.Line(string(e.Type)), spokenState(state), clean.Line(e.Name), count(n, "mention"))
}

// count returns "1 mention", "2 mentions".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// spokenBlock returns a block as lines: what it is where it is no paragraph, then its text.
func spokenBlock(b articles.Block, a *articles.Article) string {
	text := strings.TrimSpace(b.In(a.Text))
	switch b.Kind {
	case articles.Heading:
		return fmt.Sprintf("[heading %d] %s", b.Level, text)
	case articles.Item:
		return strings.TrimSpace(b.Marker + " " + text)
	case articles.Code:
		return "[code]\n" + text
	case articles.Row:
		return "[row] " + strings.Join(cellsOf(b, a), " | ")
	case articles.Rule:
		return "[break]"
	case articles.Caption:
		return "[caption] " + text
	case articles.Attribution:
		return "[quoted from] " + text
	}
	if b.Quote > 0 {
		return "[block quote] " + text
	}
	return text
}

// spokenPicture says that a picture is here, with its name, which is more than the caption that is read anyway.
func spokenPicture(p articles.Picture) string {
	if name := strings.TrimSpace(clean.Line(p.Name())); name != "" {
		return "[picture] " + clip(name)
	}
	return "[picture]"
}

func cellsOf(b articles.Block, a *articles.Article) []string {
	var cells []string
	for _, c := range b.Cells {
		cells = append(cells, strings.TrimSpace(c.In(a.Text)))
	}
	return cells
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

// zone returns the zone in which times are told.
func (s *Services) zone() *time.Location {
	if w, ok := s.Workspace.(interface{ Zone() *time.Location }); ok {
		return w.Zone()
	}
	return time.Local
}

// spokenEvent returns one entry of the history.
func spokenEvent(e *review.Event, zone *time.Location) string {
	undone := ""
	if e.Undone {
		undone = ", undone"
	}
	return fmt.Sprintf("%s, %s: %s%s\n", articles.Moment(e.At, "2 January 15:04", zone), clean.Line(e.Who), clean.Line(e.Did), undone)
}

// spokenPlace returns one answer to what every place of some words is, or one of the places.
func (p *page) spokenPlace(q *session.Question, c session.Choice) string {
	all := ""
	if q.Places > 1 {
		all = fmt.Sprintf(" all %d", q.Places)
	}
	switch {
	case !c.Span.Empty() && c.Type == "":
		return "[untagged] " + p.around(c.Span)
	case !c.Span.Empty():
		return fmt.Sprintf("[%s] %s", clean.Line(string(c.Type)), p.around(c.Span))
	case c.Type == "":
		return "Reject" + all + ": not a name"
	}
	return "Tag" + all + " as " + clean.Line(string(c.Type))
}

// spokenNote returns what is noted on some words.
func (p *page) spokenNote(c session.Choice) string {
	var said []string
	for _, r := range c.Remarks {
		switch {
		case r.Highlights():
			said = append(said, "highlighted")
		case r.Tag:
			said = append(said, "tag "+clean.Line(r.Text))
		default:
			said = append(said, "note: "+clean.Line(r.Text))
		}
	}
	return fmt.Sprintf("%s — “%s”", strings.Join(said, "; "), clip(clean.Line(c.Span.In(p.s.Article().Text))))
}

// passage goes to words that somebody noted, and says what is noted.
func (p *page) passage(at articles.Span) string {
	out := strings.TrimSuffix(p.land(at), "\n") + "\n"
	t := review.Target{Kind: annotate.OfPassage, Span: at}
	p.s.Aim(t)
	return out + p.spokenNote(session.Choice{Span: at, Remarks: p.s.Claims().Remarks[t]}) + "\n"
}

// spokenAlike says exactly what confirming claims together does.
func (p *page) spokenAlike(c session.Choice) string {
	switch {
	case c.Entity >= 0:
		return fmt.Sprintf("Confirm all %d mentions of %s", c.Count, clean.Line(p.s.Claims().Layer.Entities[c.Entity].Name))
	case c.Rule != "" || c.Type == "":
		return fmt.Sprintf("Confirm %d quotes suggested at %.0f percent or more by rule %s", c.Count, c.Score*100, c.Rule)
	}
	return fmt.Sprintf("Confirm %d mentions suggested as %s at %.0f percent or more", c.Count, clean.Line(string(c.Type)), c.Score*100)
}

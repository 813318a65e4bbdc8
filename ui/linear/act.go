package linear

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles/clean"
	"byline/ui/session"
)

// do does an action of the session's and says what it did.
func (p *Prompt) do(ctx context.Context, a session.Action) (string, error) {
	p.page.see()
	e, err := p.page.s.Do(ctx, a)
	if err != nil {
		return "", err
	}
	return p.answer(ctx, e)
}

// answer says an effect.
func (p *Prompt) answer(ctx context.Context, e session.Effect) (string, error) {
	out := ""
	if e.Edited.Verb != "" {
		p.noted(e)
		out = p.page.edited(e) + p.reaches(&e.Edited)
	}
	if e.Marked != "" {
		out += fmt.Sprintf("Mark %s set.", clean.Line(e.Marked))
	}
	if slices.Contains([]session.Reason{session.FirstNote, session.LastNote}, e.None) {
		out += noneWords(e) + "\n"
	}
	switch {
	case !e.Picked.Empty():
		return out + p.page.passage(e.Picked), nil
	case e.Show != nil && e.At == session.Nearest:
		_, hits, at := p.page.s.Found()
		out += fmt.Sprintf("%d of %d. %s", at+1, len(hits), p.page.land(e.Show.Span))
	case e.Show != nil:
		there, err := p.arrive(ctx, *e.Show)
		return out + there, err
	case e.Moved:
		out += p.page.goTo()
	case e.Asks != nil:
		asked, err := p.page.ask(e.Asks, p.shelf.svc.zone())
		return out + asked, err
	case e.None != 0:
		if e.None == session.NoHeadings || e.None == session.NoLinks {
			p.page.rows = nil // an empty list
		}
		if _, ok := p.page.s.Current(); !ok && e.None == session.NoName {
			e.None = session.NoClaim
		}
		return out, quiet("%s", noneWords(e))
	}
	return out, nil
}

// reaches says that by a decision a quote reaches into another paragraph; empty for any other.
func (p *Prompt) reaches(e *review.Edit) string {
	words := p.page.s.Text().Reaches(e)
	if words == "" {
		return ""
	}
	return p.spelled("I" + words[1:] + ".\n")
}

// edited says what was decided, and what is at its target now.
func (p *page) edited(e session.Effect) string {
	out := clean.Line(e.Said) + "\n"
	if len(e.Edited.Targets) == 0 {
		if c, ok := p.s.Current(); ok && !e.Moved && e.Show == nil { // what undo, or redo, left here
			out += spoken(p.s, c) + "\n"
		}
		return out
	}
	t := e.Edited.Targets[0]
	if e.Edited.Verb == annotate.Respan && !e.Edited.To.Empty() {
		t.Span = e.Edited.To
	}
	c, ok := p.claimOn(t)
	if !ok {
		c, ok = p.claimOn(e.Edited.Targets[0])
	}
	if ok {
		out += spoken(p.s, c) + "\n"
	}
	return out
}

// arrive goes to a place and says what is there, opening its article where it is another.
func (p *Prompt) arrive(ctx context.Context, to session.Place) (string, error) {
	out := ""
	if to.ID != "" && to.ID != p.page.s.Article().ID {
		said, err := p.read(ctx, to.ID)
		if err != nil {
			return "", err
		}
		out, _, _ = strings.Cut(said, "Paragraph ")
	}
	return out + p.page.arrive(to), nil
}

// noneWords says why there was nothing to do.
func noneWords(e session.Effect) string {
	why := e.None
	switch {
	case why == session.NoWords && e.About == "":
		why = session.NoName
	case why == session.NoWords:
		why = session.QuoteHasNoType
	}
	words := why.Words(true)
	if why == session.QuoteHasNoType {
		return untaggedWords(words, annotate.Type(e.About)) + "."
	}
	if strings.Contains(words, "%") {
		words = fmt.Sprintf(words, clean.Line(e.About))
	}
	if words == "" || strings.HasSuffix(words, "?") {
		return words
	}
	return words + "."
}

// untaggedWords are words for where there is no name that takes a type, which speak of a person.
func untaggedWords(words string, t annotate.Type) string {
	switch t {
	case annotate.Person, "":
		return words
	case annotate.Organization:
		return strings.ReplaceAll(words, "{person}", "{organization}")
	}
	return fmt.Sprintf("Only a name takes the label “%s”: go to one, {next}, or tag the words first, {person} WORDS", clean.Line(string(t)))
}

// wanted says what a command needs after it.
var wanted = map[session.Topic]string{
	session.AskSpeaker:   "Add who: {speaker} NAME, or NAME and NAME; “nobody” leaves the quote unattributed.",
	session.AskMerge:     "Go to a name, then merge it: {merge} NAME.",
	session.AskType:      "Add the label: {label} LABEL.",
	session.AskQuoteType: "Add the type: {label} direct, mixed or indirect.",
	session.AskNote:      "Add the note: {note} WORDS.",
	session.AskName:      "Add the name: {rename} NAME.",
	session.AskFind:      "Add what to find: {find} WORDS.",
	session.AskMark:      "Add a name for the mark: {set-mark} NAME.",
}

// ask lists the choices of a question, with times as they are in a zone, or says what its command needs.
func (p *page) ask(q *session.Question, zone *time.Location) (string, error) {
	if words := wanted[q.Topic]; words != "" {
		return "", quiet("%s", words)
	}
	switch q.Topic {
	case session.Headings:
		return p.list(q.Choices, func(c session.Choice) string {
			return spokenBlock(p.s.Text().Block(c.Span.Start), p.s.Article())
		}), nil
	case session.Links:
		return p.list(q.Choices, func(c session.Choice) string {
			words := clean.Line(c.Do.Span.In(p.s.Article().Text))
			if c.Link == "" {
				return words
			}
			return words + " — " + clean.Line(c.Link)
		}), nil
	case session.Notes:
		return p.list(q.Choices, p.spokenNote), nil
	case session.AskEverywhere:
		return "Type the number of a choice, or of an occurrence to go to it.\n" + p.list(q.Choices, func(c session.Choice) string { return p.spokenPlace(q, c) }), nil
	case session.AskAlike:
		return "Type the number of those to confirm.\n" + p.list(q.Choices, p.spokenAlike), nil
	}
	var b strings.Builder
	for _, c := range q.Choices {
		switch {
		case c.Event != nil:
			b.WriteString(spokenEvent(c.Event, zone))
		case c.Lost != nil:
			fmt.Fprintf(&b, "%s “%s”, by %s on %s\n", c.Lost.Verb, clean.Line(c.Lost.Target.Exact), clean.Line(c.Lost.Who), c.Lost.At.Format("2 January 2006"))
		}
	}
	return b.String(), nil
}

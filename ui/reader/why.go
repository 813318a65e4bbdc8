package reader

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/ui"
	"byline/ui/session"
)

// why shows what the claim under the cursor rests on: first what people decided, then what had been
// suggested, and on what evidence, then what each of several programs suggests there.
func (s about) why() tea.Cmd {
	c, ok := s.session.Current()
	switch {
	case !ok:
		return ui.Tell("Go to a name or quote first: {reader.next}")
	case s.svc.Why == nil:
		return ui.Tell("No explanation available")
	}
	ask, w, a, l, me, ctx := s.svc.Why, s.svc.Workspace, s.session.Article(), s.session.Claims().Layer, s.svc.Workspace.Who(), s.life.Context()
	at := now(s.Screen)
	return s.whileOpen(func() tea.Msg {
		card := ui.CardMsg{Title: "Why “" + session.OneLine(strings.Trim(c.In(a.Text), englishMarks)) + "”"}
		events, err := w.History(ctx, a)
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "decisions not shown"}
		}
		reasons := ask(ctx, a, l, c.Kind(), c.Span)
		split := slices.IndexFunc(reasons, func(r annotate.Reason) bool { return r.Beside })
		if split < 0 {
			split = len(reasons)
		}
		card.Rows = decidedRows(events, c.Target(), me, at)
		card.Rows = append(card.Rows, suggestedRows(a.Text, reasons[:split], len(card.Rows) > 0)...)
		for i, r := range reasons[split:] {
			if i == 0 && len(card.Rows) > 0 {
				card.Rows = append(card.Rows, ui.Row{})
			}
			card.Rows = append(card.Rows, ui.Row{Head: r.Of, Text: r.Says})
		}
		return card
	})
}

// suggestedRows says why a claim was suggested, before anybody decided on it if somebody did.
func suggestedRows(text string, reasons []annotate.Reason, decided bool) []ui.Row {
	if decided && !slices.ContainsFunc(reasons, func(r annotate.Reason) bool { return !r.Origin.Human }) {
		return []ui.Row{{Head: "suggested", Text: "nothing: a person added it"}}
	}
	var rows []ui.Row
	for i, r := range reasons {
		if i > 0 || decided {
			rows = append(rows, ui.Row{})
		}
		if i == 0 && decided {
			rows = append(rows, ui.Row{Head: "suggested", Text: "before anybody decided:"})
		}
		rows = append(rows, reasonRows(text, r)...)
	}
	return rows
}

// decidedRows says what people decided on a claim, the latest first: "You attributed it to Joe Biden, 08:53",
// also before its ends were moved. Where several people decided on the article, whoever reads this has a name too.
func decidedRows(events []review.Event, on review.Target, me string, now time.Time) []ui.Row {
	several := slices.ContainsFunc(events, func(e review.Event) bool { return e.Who != events[0].Who })
	var rows []ui.Row
	for _, e := range review.EventsOn(events, on) {
		who := e.Who
		switch {
		case who == me && several:
			who = "You (" + me + ")"
		case who == me:
			who = "You"
		}
		row := ui.Row{Text: who + " " + onIt(e) + ", " + moment(e.At, now)}
		if len(rows) == 0 {
			row.Head = "decided"
		}
		rows = append(rows, row)
	}
	return rows
}

// onIt says what an event did to the claim that is spoken of.
func onIt(e *review.Event) string {
	switch {
	case e.Verb == annotate.Attribute && e.About != "":
		return "attributed it to " + e.About
	case e.Verb == annotate.Respan:
		return "moved its ends: “" + session.OneLine(strings.Trim(e.About, englishMarks)) + "”"
	case e.Verb == annotate.Attribute:
		return "left it unattributed"
	case e.Verb == annotate.Note || e.Verb == annotate.Erase || e.Verb == annotate.Cue:
		return verbWords(e)
	}
	first, rest, _ := strings.Cut(verbWords(e), " ")
	return strings.TrimSpace(first + " it " + rest)
}

// reasonRows says a reason: what it means, the words that it rests on, how sure it is.
func reasonRows(text string, r annotate.Reason) []ui.Row {
	if r.Origin.Human {
		return []ui.Row{{Head: r.Of, Text: "set by " + r.Origin.Stage}}
	}
	rows := []ui.Row{{Head: r.Of, Text: r.Says}}
	var words []string
	for _, w := range r.Words {
		words = append(words, "“"+session.OneLine(w.In(text))+"”")
	}
	if len(words) > 0 {
		rows = append(rows, ui.Row{Head: "evidence", Text: strings.Join(words, " · ")})
	}
	for _, n := range r.Notes {
		rows = append(rows, ui.Row{Text: n})
	}
	if r.Origin.Score == 0 {
		return rows
	}
	return append(rows, ui.Row{Head: "confidence", Text: fmt.Sprintf("%.0f%% (%s: %s)", r.Origin.Score*100, r.Origin.Stage, r.Origin.Rule)})
}

package reader

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/ui"
)

// why shows what the claim under the cursor rests on.
func (s *Screen) why() tea.Cmd {
	c, ok := s.session.Current()
	switch {
	case !ok:
		return ui.Tell("{reader.next} to a name or quote first")
	case s.svc.Why == nil:
		return ui.Tell("nobody can say why here")
	}
	ask, a, l := s.svc.Why, s.session.Article(), s.scene.Layer
	return func() tea.Msg {
		card := ui.CardMsg{Title: "Why “" + oneLine(c.In(a.Text)) + "”"}
		for i, r := range ask(a, l, c.Kind(), c.Span) {
			if i > 0 {
				card.Rows = append(card.Rows, ui.Row{})
			}
			card.Rows = append(card.Rows, reasonRows(a.Text, r)...)
		}
		return card
	}
}

// reasonRows says a reason: what it means, the words that it rests on, how sure it is.
func reasonRows(text string, r annotate.Reason) []ui.Row {
	if r.Origin.Human {
		return []ui.Row{{Head: r.Of, Text: "decided by " + r.Origin.Stage}}
	}
	rows := []ui.Row{{Head: r.Of, Text: r.Says}}
	var words []string
	for _, w := range r.Words {
		words = append(words, "“"+oneLine(w.In(text))+"”")
	}
	if len(words) > 0 {
		rows = append(rows, ui.Row{Head: "rests on", Text: strings.Join(words, " · ")})
	}
	for _, n := range r.Notes {
		rows = append(rows, ui.Row{Text: n})
	}
	return append(rows, ui.Row{Head: "sure", Text: fmt.Sprintf("%.0f %%, by the rule %s of %s", r.Origin.Score*100, r.Origin.Rule, r.Origin.Stage)})
}

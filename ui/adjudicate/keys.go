package adjudicate

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/ui"
	"byline/ui/session"
)

// Actions of the screen.
const (
	takePrefix           = "adjudicate.take-" // and the number of the annotator
	neither    ui.Action = "adjudicate.neither"
	chooseFrom ui.Action = "adjudicate.choose"
	skip       ui.Action = "adjudicate.skip"
	before     ui.Action = "adjudicate.before"
	rest       ui.Action = "adjudicate.rest"
	leave      ui.Action = "adjudicate.leave"
)

// of returns the name of an action of the reader.
func of(n session.Name) ui.Action { return ui.Action("reader." + n) }

// group is the heading of the keys in the help.
const group = "Adjudicate"

// Bindings are the keys that the screen has besides those of the reader.
func Bindings() []ui.Binding {
	var out []ui.Binding
	for i := range digits {
		out = append(out, ui.Binding{Action: taking(i), Keys: []string{strconv.Itoa(i + 1)}, Group: group})
	}
	out[0].Help = "Take the answer in row 1; 2 to 9 take those below"
	return append(out,
		ui.Binding{Action: neither, Keys: []string{"0"}, Help: "Take none of the answers", Group: group},
		ui.Binding{Action: chooseFrom, Keys: []string{"="}, Help: "Choose from a list whose answer to take", Short: "choose an answer", Group: group},
		ui.Binding{Action: skip, Keys: []string{"s"}, Help: "Skip the question; it stays open", Short: "skip", Group: group},
		ui.Binding{Action: before, Keys: []string{"r"}, Help: "Return to the question before, answered or not, also in the article before", Short: "question before", Group: group},
		ui.Binding{Action: rest, Keys: []string{"Y"}, Help: "Take one annotator for the rest of the article", Short: "take one for the rest", Group: group, Holds: true},
	)
}

// shared are actions of the reader that mean something else, or more, here.
func shared() []ui.Binding {
	return []ui.Binding{
		{Action: of(session.Undo), Keys: []string{"u"}, Help: "Undo the last decision, also in the article before", Short: "undo", Group: group},
		{Action: of(session.NextArticle), Keys: []string{"ctrl+j"}, Help: "Skip the rest of the article", Short: "skip article", Group: group},
		{Action: of(session.PreviousArticle), Keys: []string{"ctrl+k"}, Group: group},
		{Action: of(session.Done), Keys: []string{"D"}, Group: group},
	}
}

func taking(i int) ui.Action { return ui.Action(takePrefix + strconv.Itoa(i+1)) }

// footOf returns what the footer shows, the rows having the digits: of the keys that decide otherwise those that are about what the question is about.
func footOf(q *adjudicate.Question) []ui.Action {
	out := []ui.Action{skip, of(session.Undo), rest, of(session.Note)}
	if q != nil && q.Kind == annotate.OfQuote {
		out = append(out, of("speaker"))
	} else {
		out = append(out, of(session.Person), of(session.Organization), of(session.Merge))
	}
	return append(out, before, of(session.NextArticle), of(session.Next))
}

// leaveBinding leads out.
func (s *Screen) leaveBinding() ui.Binding {
	out := cmp.Or(s.svc.Out, "go back")
	return ui.Binding{Action: leave, Keys: []string{"q", "esc", "enter"}, Help: "Leave: " + out, Short: out, Group: "Adjudicate"}
}

// Scopes implements [ui.Screen]. The keys of a selection or of the panel come first, the reader's other keys last.
func (s *Screen) Scopes() []ui.Scope {
	if s.reader == nil || s.state.ended {
		return []ui.Scope{{Name: "adjudicate", Bindings: endBindings(s), Handle: settling(s, s.handleEnd)}}
	}
	scopes := s.reader.Scopes()
	n := len(scopes) - 1
	own := ui.Scope{Name: "adjudicate", Bindings: append(Bindings(), shared()...), Foot: footOf(s.round.question()), Handle: settling(s, s.handle)}
	return append(append(scopes[:n:n], own), scopes[n])
}

// endBindings are the keys where no question is asked. Those that answer one are bound as well, to say so: a digit that
// nothing takes would be a count for the next key.
func endBindings(s *Screen) []ui.Binding {
	out := []ui.Binding{s.leaveBinding()}
	for _, b := range append(Bindings(), shared()...) {
		b.Help, b.Short, b.Holds = "", "", false
		switch ended := s.state.ended && s.round.some; {
		case ended && b.Action == of(session.Undo):
			b.Help, b.Short = "Take the last decision back", "undo"
		case ended && b.Action == before:
			b.Help, b.Short = "Return to the last question", "question before"
		}
		out = append(out, b)
	}
	return out
}

// settling returns a handler of keys after which it is found what the question in front was settled on.
func settling(s *Screen, handle func(ui.Action) (tea.Cmd, bool)) func(ui.Action) (tea.Cmd, bool) {
	return func(a ui.Action) (tea.Cmd, bool) {
		cmd, ok := handle(a)
		return tea.Batch(cmd, settle(s)), ok
	}
}

func (s *Screen) handleEnd(a ui.Action) (tea.Cmd, bool) {
	switch {
	case a == leave && s.svc.Leave != nil:
		return s.svc.Leave, true
	case a == leave:
		return ui.Send(ui.PopMsg{}), true
	case !s.state.ended:
		return ui.Tell("The first question is still being looked for"), true
	case a == of(session.Undo) && s.round.some:
		s.round.keys++
		return s.undo(), true
	case a == before && s.round.some:
		s.round.keys++
		return goBack(s, len(s.round.articles)), true
	case s.round.last() == "":
		return ui.Tell("No question is open; {" + string(leave) + "} leaves"), true
	}
	return ui.Tell("No question is open; {reader.undo} takes the last decision back"), true
}

func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	if number, ok := strings.CutPrefix(string(a), takePrefix); ok {
		i, err := strconv.Atoi(number)
		if err != nil {
			return nil, false
		}
		return s.takeRow(i - 1), true
	}
	switch a {
	case neither:
		return s.take(adjudicate.Nobody), true
	case chooseFrom:
		return choose(s), true
	case skip:
		return s.skip(), true
	case before:
		if !s.round.before() {
			return goBack(s, s.round.at), true
		}
		return s.point(), true
	case rest:
		return s.rest(), true
	case of(session.Undo):
		return s.undo(), true
	case of(session.NextArticle):
		return s.skipArticle(), true
	case of(session.PreviousArticle):
		return ui.Tell("{reader.undo} goes back to the last decision"), true
	case of(session.Done):
		return ui.Tell("The answers are what is kept; {reader.next-article} skips the rest of the article"), true
	}
	return nil, false
}

// takeRow takes the answer of the i-th annotator.
func (s *Screen) takeRow(i int) tea.Cmd {
	if who := s.round.sitting.Who; i >= len(who) {
		return ui.Tell(fmt.Sprintf("There are %s here; {%s} takes %s", plural(len(who), "answer"), neither, nobodyName(len(who))))
	}
	return s.take(s.round.sitting.Who[i])
}

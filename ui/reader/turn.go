package reader

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/session"
)

// A TurnMsg asks for the article that stands By places after ID in List, in place of the one that
// From shows. List is nil for a reader that was not opened from a list.
type TurnMsg struct {
	From *Screen
	ID   string
	List []string
	By   int
}

// listed reports whether the article was opened from a list.
func (s *Screen) listed() bool { return s.req.List != nil }

// endWords say that the text ends here, and what comes after it.
func (s *Screen) endWords() string {
	if !s.listed() {
		return "End of the article"
	}
	return "End of the article; {reader.next-article} opens the next"
}

// turn asks for the article before or after in the list.
func (s *Screen) turn(by int) tea.Cmd {
	msg := TurnMsg{From: s, ID: s.req.ID, By: by}
	if a := s.session.Article(); a != nil {
		msg.ID = a.ID
	}
	if s.listed() {
		msg.List = s.req.List()
	}
	return ui.Send(msg)
}

// dutyMsg brings what an article is to whoever reads it.
type dutyMsg struct {
	ticket
	duty library.Duty
	err  error
}

// A FinishedMsg asks for the next article that is assigned to whoever reads, in place of the one with that ID, which From
// shows and which is done. List is that from which it was opened, in its order; nil for none. Left says how many claims are as they were suggested; empty for none.
type FinishedMsg struct {
	From *Screen
	ID   string
	List []string
	Left string
}

// A GuidelinesMsg asks for guidelines to be shown, which are a text in Markdown. Note says of which sets.
type GuidelinesMsg struct{ Note, Text string }

// A TakeBackMsg asks to take back that the article with that ID is done, and to open it in place of From, to which that led.
type TakeBackMsg struct {
	From *Screen
	ID   string
	List []string // from which From was opened
}

// takeBack goes back to the article that was finished, if nothing was decided since.
func takeBack(s *Screen) (tea.Cmd, bool) {
	if s.Duty.Before == "" || !s.settled() {
		return nil, false
	}
	msg := TakeBackMsg{From: s, ID: s.Duty.Before, List: listOf(s)}
	s.Duty.Before = ""
	return ui.Send(msg), true
}

// Follows notes that s shows an article that came because the one with that ID is done.
func Follows(s *Screen, done string) { s.Duty.Before = done }

// listOf returns the IDs of the list from which the article of s was opened; nil for none.
func listOf(s *Screen) []string {
	if !s.listed() {
		return nil
	}
	return s.req.List()
}

// team does what concerns those who annotate the library together.
type team struct{ *Screen }

// of returns the team; nil where there is none.
func (s team) of() Team {
	of, _ := s.svc.Keeper.(Team)
	return of
}

// ask asks what the article is to whoever reads it.
func (s team) ask() tea.Cmd {
	a := s.session.Article()
	if s.of() == nil || a == nil || a.ID == "" || s.load.preview {
		return nil
	}
	t, of, ctx := s.ticket(), s.of(), s.life.Context()
	s.Duty.Asked = append(s.Duty.Asked, false)
	return func() tea.Msg {
		d, err := of.Duty(ctx, a.ID)
		return dutyMsg{t, d, err}
	}
}

// after asks again after a decision that may have changed it.
func (s team) after(v annotate.Verb) tea.Cmd {
	switch v {
	case annotate.Done, annotate.Reopen, annotate.Undo, annotate.Redo:
		return s.ask()
	}
	return nil
}

// take shows what the article is to whoever reads it.
func (s team) take(msg dutyMsg) tea.Cmd {
	finish := s.Duty.Asked[0]
	s.Duty.Asked = s.Duty.Asked[1:]
	var told tea.Cmd
	if msg.err == nil { // else the layer fails as well, and says why
		told = s.lost(&msg.duty)
		s.Duty.Duty = msg.duty
		var types []string
		for _, l := range s.allLabels() {
			types = append(types, l.Name)
		}
		session.Offer(s.session, types)
	}
	if words := s.Duty.Later; told == nil && words != "" {
		told = tell(words)
	}
	s.Duty.Later = ""
	if !finish {
		return told
	}
	return tea.Batch(told, s.markDone())
}

// lost says so if the article was taken back from whoever reads it meanwhile.
func (s team) lost(now *library.Duty) tea.Cmd {
	if len(now.Sets) > 0 || len(s.Duty.Sets) == 0 {
		s.Duty.Lost = s.Duty.Lost && len(now.Sets) == 0
		return nil
	}
	s.Duty.Lost, s.Duty.Viewed = true, s.Duty.Later == "" // what is shown by that is said here
	words := "Taken back: the article is not assigned to you any more"
	if s.Duty.Sealed && !now.Sealed {
		words += ", and what others decided is shown"
	}
	return ui.Tell(words)
}

// allLabels returns the labels of the user's own, then those of the sets that the article is in. One whose key is taken has
// none; the palette has it.
func (s *Screen) allLabels() []Label {
	out := slices.Clone(s.labels)
	for _, l := range s.Duty.Labels {
		if slices.ContainsFunc(out, func(had Label) bool { return had.Name == l[0] }) {
			continue
		}
		key := l[1]
		if slices.ContainsFunc(out, func(had Label) bool { return had.Key == key }) ||
			slices.ContainsFunc(bindings, func(b ui.Binding) bool { return slices.Contains(b.Keys, key) }) {
			key = ""
		}
		out = append(out, Label{l[0], key})
	}
	return out
}

// choose asks whose decisions are shown.
func (s team) choose() tea.Cmd {
	switch {
	case s.of() == nil || len(s.Duty.Views) == 0 && !s.Duty.Sealed:
		return ui.Tell("There are no other views of this article")
	case s.Duty.Sealed:
		return ui.Tell("Only your decisions are shown until all who annotate it are done")
	}
	q := ui.ChooseMsg{Title: "Whose decisions to show", Aligned: true}
	details := map[library.View]string{
		library.Everyone: "all decisions, in the order in which they were made", library.Mine: "yours alone",
		library.Curated: "what annotators agree on, and what curators decided",
	}
	briefly := map[library.View]string{library.Everyone: "all decisions", library.Mine: "yours alone", library.Curated: "what is settled"}
	for i, v := range s.Duty.Views {
		if v == s.Duty.View {
			q.At = i
		}
		c := ui.Choice{Label: v.String(), Detail: "theirs alone; you decide nothing there", Briefs: []string{"theirs alone"}, Do: s.see(v)}
		if detail, ok := details[v]; ok {
			c.Detail, c.Briefs = detail, []string{briefly[v]}
		}
		q.Choices = append(q.Choices, c)
	}
	q.Now = []int{q.At}
	return ui.Send(q)
}

// see shows the decisions of a view, here and in every article that is opened after this.
func (s team) see(v library.View) tea.Cmd {
	of := s.of()
	return func() tea.Msg {
		of.See(v)
		return tea.BatchMsg{ui.Send(ui.ChangedMsg{View: true}), ui.Tell("Shown are the decisions of " + map[bool]string{true: "you alone", false: v.String()}[v == library.Mine])}
	}
}

// guidelines shows the guidelines of the sets that the article is in.
func (s team) guidelines() tea.Cmd {
	if s.Duty.Guidelines == "" {
		return ui.Tell("There are no guidelines for this article")
	}
	names := make([]string, len(s.Duty.Sets))
	for i, x := range s.Duty.Sets {
		names[i] = x.Name
	}
	return ui.Send(GuidelinesMsg{Note: strings.Join(names, ", "), Text: s.Duty.Guidelines})
}

// markDone marks the article as done, or as not done. One that is assigned to whoever reads is done in its sets, and the
// next that is assigned comes.
func (s team) markDone() tea.Cmd {
	if n := len(s.Duty.Asked); n > 0 {
		s.Duty.Asked[n-1] = !s.Duty.Asked[n-1]
		return nil
	}
	if words := s.refuses(); words != "" {
		return ui.Tell(words)
	}
	st, say := s.afterDone(), "Not done"
	switch {
	case s.goesOn() && s.untouched():
		return ui.Tell(nothingReviewed)
	case len(s.Duty.Sets) > 0:
		return s.begin(st == library.Done)
	case st == library.Done && s.Duty.Lost:
		say = "Done for you; it is not assigned to you any more"
	case st == library.Done:
		say = "Done"
	}
	return s.setStatus(st, say)
}

// begin writes into the log that the article is done in its sets, or that it is not. What is to come of that comes once it is there, as it
// may be refused.
func (s team) begin(done bool) tea.Cmd {
	reviewed, all := s.session.Claims().Reviewed(s.session.Modes().Asides)
	s.Duty.Coming, s.Duty.Left = 0, all-reviewed
	for _, x := range s.Duty.Sets {
		if x.Done != done {
			s.Duty.Coming++
		}
	}
	return s.mark(done)
}

// refuses says why the article is not marked as done, or not done, here; empty if it can be.
func (s team) refuses() string {
	if words := session.Elsewhere(&s.Duty.Duty); words != "" {
		return clean.Line(words) + "; {reader.views} shows another"
	}
	if s.of() != nil && s.Duty.Stays {
		return stays
	}
	return ""
}

// setStatus stores how far whoever reads has come.
func (s team) setStatus(st library.Status, say string) tea.Cmd {
	k, id, ctx := s.svc.Keeper, s.session.Article().ID, s.life.Writing()
	s.entry.Status = st
	return func() tea.Msg {
		if err := k.SetStatus(ctx, id, st); err != nil {
			return ui.ErrMsg{Err: err, Hint: "status not saved"}
		}
		return tea.BatchMsg{tell(say), ui.Send(ui.ChangedMsg{ID: id})}
	}
}

// goesOn reports whether marking the article as done brings the next one that is assigned.
func (s team) goesOn() bool {
	return len(s.Duty.Sets) > 0 && s.guide == nil && s.afterDone() == library.Done
}

// nothingReviewed is said once before an article is done in which nothing is reviewed.
const nothingReviewed = "Nothing is reviewed yet; {reader.done} again marks it as done"

// untouched reports, once for an article, that nothing in it is reviewed, rejected or added, though something is suggested.
func (s team) untouched() bool {
	reviewed, all := s.session.Claims().Reviewed(s.session.Modes().Asides)
	if s.Duty.Warned || reviewed > 0 || all == 0 {
		return false
	}
	s.Duty.Warned = true
	return true
}

// told says what came of a decision, or has the next article come, which says it, if by the decision this one is done.
func (s team) told(e session.Effect, toast string) tea.Cmd {
	if e.Edited.Verb != "" {
		s.Duty.Before = "" // undo is about this from now on
	}
	if v := e.Edited.Verb; (v == annotate.Undo || v == annotate.Redo) && len(s.Duty.Sets) > 0 {
		return tea.Batch(tell(toast), s.follow())
	}
	done := e.Edited.Verb == annotate.Done
	if !done && e.Edited.Verb != annotate.Reopen || s.Duty.Coming == 0 {
		return tell(toast)
	}
	if s.Duty.Coming--; s.Duty.Coming > 0 {
		return nil
	}
	if !done {
		return s.setStatus(library.Reading, s.queued("Not done"))
	}
	if s.guide != nil { // which goes on elsewhere
		return s.setStatus(library.Done, s.queued("Done"))
	}
	next := FinishedMsg{From: s.Screen, ID: s.session.Article().ID, List: listOf(s.Screen), Left: session.LeftWords(s.Duty.Left)}
	return tea.Batch(s.setStatus(library.Done, ""), ui.Send(next))
}

// queued is what is said of the article, with its title where another may be shown by now.
func (s team) queued(say string) string {
	if s.guide == nil {
		return say
	}
	return say + ": " + s.session.Article().Title
}

// follow stores how far whoever reads has come, if the article is done or not by what was taken back, or done again.
func (s team) follow() tea.Cmd {
	was, of, k, id, ctx := s.Duty.Done(), s.of(), s.svc.Keeper, s.session.Article().ID, s.life.Writing()
	return func() tea.Msg {
		d, err := of.Duty(ctx, id)
		if err == nil && len(d.Sets) > 0 && d.Done() != was {
			err = k.SetStatus(ctx, id, map[bool]library.Status{true: library.Done, false: library.Reading}[d.Done()])
		}
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "status not saved"}
		}
		return ui.ChangedMsg{ID: id}
	}
}

// stays says why an article stays done.
const stays = "It stays done, as all could see the others; a curator may reopen it"

// afterDone returns the status that the article has once it was marked as done, or as not done. In a team that follows from
// the log.
func (s team) afterDone() library.Status {
	switch {
	case len(s.Duty.Sets) == 0:
		return session.AfterDone(s.entry.Status)
	case s.Duty.Done():
		return library.Reading
	}
	return library.Done
}

// mark writes into the log that the article is done in its sets, or that it is not.
func (s team) mark(done bool) tea.Cmd {
	var cmds []tea.Cmd
	for _, set := range s.Duty.Sets {
		a := session.Action{Name: session.Finish, Text: set.Name}
		if !done {
			a.Name = session.Reopen
		}
		if set.Done != done {
			cmds = append(cmds, s.act(a))
		}
	}
	return tea.Batch(cmds...)
}

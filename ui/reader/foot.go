package reader

import (
	"slices"

	"byline/annotate"
	"byline/ui"
	"byline/ui/reader/display"
	"byline/ui/session"
)

// A foot says what the footer shows.
type foot struct{ *Screen }

// reader returns what can be done here, to the claim under the cursor, the
// most useful first.
func (s foot) reader() []ui.Action {
	if s.session.Article() == nil || s.load.bare || s.Sel.On { // with words selected, keys are about these
		return []ui.Action{}
	}
	var names, rest []session.Name
	switch c, ok := s.session.Current(); {
	case ok && session.IsQuote(c):
		names, rest = append(s.verdicts(c), "speaker"), []session.Name{session.Quote, "note"}
	case ok:
		names, rest = s.onName(c), s.moreOnName(c)
	case !s.pointed.Empty():
		names = append([]session.Name{session.Open}, s.steps()...)
	default:
		names = append(s.steps(), session.Find, session.Select)
	}
	if _, ok := s.session.Current(); ok && links(s).here() != "" { // Enter is about the name that the link is on
		names = slices.Insert(names, min(2, len(names)), session.Open)
	}
	names = append(session.Shortcuts(s.session), names...)
	if _, hits, _ := s.session.Found(); len(hits) > 1 {
		names = append([]session.Name{"find-next"}, names...)
	}
	if s.listed() && s.Text.AtEnd() { // and the way on before what there may be no room for
		names = slices.Insert(names, min(1, len(names)), session.NextArticle)
	}
	return s.andMore(names, rest)
}

// andMore is what can be done here: names of actions, then what is always there, and the rest of them.
func (s foot) andMore(names, rest []session.Name) []ui.Action {
	if s.Duty.Ended {
		return s.looking(names)
	}
	names = append(append(names, s.ofSet()...), session.Panel, session.Export)
	if s.session.Claims().Counts.Reviewed > 0 {
		names = append(names, session.Undo)
	}
	if len(rest) > 0 {
		names = append(append(names, rest...), session.Details, session.Why)
	}
	return actions(append(names, session.Find, session.Select))
}

// looks are the actions that decide nothing.
var looks = []session.Name{session.Next, session.NextUnreviewed, session.Open, "find-next", session.NextArticle, session.Find, session.Select}

// looking is what can be done where nothing is decided: to take back that it is done, if that can be, and what of names looks.
func (s foot) looking(names []session.Name) []ui.Action {
	names = slices.DeleteFunc(names, func(n session.Name) bool { return !slices.Contains(looks, n) })
	if !s.Duty.Stays {
		names = append([]session.Name{session.Done}, names...)
	}
	return actions(append(append(names, s.ofSet()...), "note", session.Panel, session.Export, session.Details, session.Why, session.Find, session.Select))
}

// ofSet is what there is to read of the set that the article is in.
func (s foot) ofSet() []session.Name {
	if s.Duty.Guidelines == "" {
		return nil
	}
	return []session.Name{session.Guidelines}
}

// steps are the ways to the next claim.
func (s foot) steps() []session.Name {
	switch reviewed, all := s.session.Claims().Reviewed(s.session.Modes().Asides); {
	case all == 0:
		return nil
	case reviewed < all:
		return []session.Name{session.Next, session.NextUnreviewed}
	}
	return []session.Name{session.Next}
}

// verdicts are the next claim, and what can be decided on the claim c whatever it is.
func (s foot) verdicts(c session.Claim) []session.Name {
	out := []session.Name{session.Next}
	state, _ := s.session.Claims().State(c)
	if state != annotate.Confirmed {
		out = append(out, session.Confirm)
	}
	if state != annotate.Rejected {
		out = append(out, session.Reject)
	}
	return out
}

// onName is what is done to a name most.
func (s foot) onName(c session.Claim) []session.Name {
	out, typ := s.verdicts(c), s.session.Claims().Type(c)
	if typ != annotate.Person {
		out = append(out, session.Person)
	}
	if typ != annotate.Organization {
		out = append(out, session.Organization)
	}
	if len(s.session.Claims().Layer.Entities) > 1 {
		out = append(out, session.Merge)
	}
	for _, l := range s.allLabels() {
		if string(typ) != l.Name {
			out = append(out, session.LabelName(l.Name))
		}
	}
	return out
}

// moreOnName is what is done to a name now and then.
func (s foot) moreOnName(c session.Claim) []session.Name {
	out := []session.Name{session.Everywhere, "rename"}
	if len(s.session.Claims().Layer.Entities[c.Entity].Mentions) > 1 {
		out = append(out, session.Split)
	}
	return append(out, session.Label, "note")
}

// actions returns what the settings call actions of the session, each once.
func actions(names []session.Name) []ui.Action {
	out := make([]ui.Action, 0, len(names))
	for _, n := range names {
		if a := action(n); !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// panel is what the footer shows of the panel's own keys.
func (s foot) panel() []ui.Action {
	switch c, ok := s.session.Current(); {
	case len(s.Panel.Rows) == 0:
		return []ui.Action{tabRight}
	case !ok || session.IsQuote(c):
		return []ui.Action{rowGo, tabRight}
	}
	out := []ui.Action{rowGo}
	if s.Panel.Unfolds(s.Scene, s.Words()) {
		out = append(out, unfold)
	}
	return append(out, tabRight, rowMark)
}

// selected is what the footer shows while words are selected.
func (s foot) selected() []ui.Action {
	names := []session.Name{session.Person, session.Organization, session.Quote}
	for _, l := range s.allLabels() {
		names = append(names, session.LabelName(l.Name))
	}
	return append(actions(append(names, session.Note, session.Highlight, session.Copy)), display.GrowRight, display.WordRight, display.DropIt)
}

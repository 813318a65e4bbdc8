package reader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
)

// A habit is what the reader remembers of how somebody works.
type habit struct {
	last  review.Change // the decision made last
	edge  ui.Action     // where that moved an end
	order review.Order  // in which unreviewed claims are gone through
}

func (s *Screen) handleAgain(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case Unreviewed:
		s.habit.order = review.Reading
		return s.goOn(articles.Span{}), true
	case Doubtful:
		s.habit.order = review.LeastCertain
		return s.goOn(articles.Span{}), true
	case Repeat:
		return s.repeat(), true
	case Candidate:
		return s.nextCandidate(), true
	case Hints:
		return s.showHints(), true
	case Everywhere:
		return s.askEverywhere(), true
	case Alike:
		return s.askAlike(), true
	}
	return nil, false
}

// goOn goes to the next claim that nobody reviewed, in the order that was chosen last,
// past the one on done, which is about to be.
func (s *Screen) goOn(done articles.Span) tea.Cmd {
	if s.habit.order == review.Reading {
		return s.step(1, func(c claim) bool { return s.unreviewed(c) && c.Span != done }, "nothing unreviewed from here on")
	}
	at := s.scene.leastCertain(s.cur.at, s.unreviewed)
	if at < 0 {
		return ui.Tell("all is reviewed")
	}
	_, o := s.scene.state(s.scene.claims[at])
	return tea.Batch(s.choose(at), ui.Tell(fmt.Sprintf("the least certain: %.0f %%; {reader.why} says why", o.Score*100)))
}

// leastCertain returns the claim with the least score behind the one at index at, or
// where that is the last, the first of all; −1 where want accepts no other.
func (s *scene) leastCertain(at int, want func(claim) bool) int {
	score := func(i int) float64 { _, o := s.state(s.claims[i]); return o.Score }
	less := func(i, j int) bool { return cmp.Or(cmp.Compare(score(i), score(j)), cmp.Compare(i, j)) < 0 }
	first, next := -1, -1
	for i, c := range s.claims {
		if i == at || !want(c) {
			continue
		}
		if first < 0 || less(i, first) {
			first = i
		}
		if at >= 0 && want(s.claims[at]) && less(at, i) && (next < 0 || less(i, next)) {
			next = i
		}
	}
	if next >= 0 {
		return next
	}
	return first
}

// note remembers a change that a key may repeat.
func (h *habit) note(c review.Change) {
	switch c.Verb {
	case annotate.Undo, annotate.Redo, annotate.Rename:
	default:
		h.last, h.edge = c, ""
	}
}

// repeat does to the current claim what was done last to another.
func (s *Screen) repeat() tea.Cmd {
	c := s.habit.last
	if s.habit.edge != "" {
		return s.respan(s.habit.edge)
	}
	if c.Verb == "" {
		return ui.Tell("nothing was decided yet that could be repeated")
	}
	if c.Targets = s.targets(); len(c.Targets) == 0 {
		return ui.Tell("nothing under the cursor: {reader.next} goes to the next name or quote")
	}
	if c.Verb == annotate.Add {
		c.Verb = annotate.Relabel
	}
	return s.enqueue(c)
}

// wordsHere returns the words that are selected, or those of the current name.
func (s *Screen) wordsHere() string {
	if s.sel.on {
		return s.sel.span.In(s.article.Text)
	}
	if c, ok := s.target(); ok && c.kind() == annotate.OfMention {
		return c.In(s.article.Text)
	}
	return ""
}

// askEverywhere shows all places of the current words and offers to decide on them in one
// step.
func (s *Screen) askEverywhere() tea.Cmd {
	words := s.wordsHere()
	places := everywhere(s.article.Text, words)
	places = slices.DeleteFunc(places, s.inLonger)
	switch {
	case words == "":
		return ui.Tell("go to a name, or select words with {reader.select}")
	case len(places) == 0:
		return ui.Tell("“" + short(oneLine(words)) + "” is everywhere part of a longer name")
	}
	var targets []review.Target
	named := 0
	for _, p := range places {
		targets = append(targets, review.Target{Kind: annotate.OfMention, Span: p})
		if s.scene.find(annotate.OfMention, p) >= 0 {
			named++
		}
	}
	typ := annotate.Person
	if c, ok := s.target(); ok && !s.sel.on && s.scene.typ(c) != "" {
		typ = s.scene.typ(c)
	}
	all := "it is "
	if len(places) > 1 {
		all = fmt.Sprintf("each of the %d is ", len(places))
	}
	var choices []ui.Choice
	for _, t := range []annotate.Type{typ, annotate.Person, annotate.Organization, annotate.Place} {
		if t != typ || len(choices) == 0 {
			choices = append(choices, ui.Choice{
				Label: all + article(t), Do: s.later(review.Change{Verb: annotate.Add, Value: string(t), Here: true, Targets: targets}),
			})
		}
	}
	choices = numbered(append(choices, ui.Choice{
		Label: strings.Replace(strings.Replace(all, "each", "none", 1), "it is ", "it is not ", 1) + "a name", Do: s.later(review.Change{Verb: annotate.Reject, Targets: targets}),
	}))
	for _, p := range places {
		choices = append(choices, ui.Choice{Label: "  " + s.around(p), Detail: s.kindAt(p), Do: ui.Send(goMsg{s, p.Start})})
	}
	beside := s.spot(s.cur.span)
	if s.sel.on {
		beside = s.spot(s.sel.span)
	}
	s.drop()
	where := "one place"
	if len(places) > 1 {
		where = fmt.Sprintf("%d places", len(places))
	}
	return ui.Send(ui.ChooseMsg{Title: fmt.Sprintf("“%s” stands in %s, %d marked", short(oneLine(words)), where, named), Choices: choices, Beside: beside, Watch: s.marking(targets)})
}

// inLonger reports whether p is part of a longer name.
func (s *Screen) inLonger(p articles.Span) bool {
	return s.scene.at(p.Start, func(c claim) bool {
		st, _ := s.scene.state(c)
		return c.kind() == annotate.OfMention && st != annotate.Rejected && c.Len() > p.Len() && c.End >= p.End
	}) >= 0
}

// around returns s's words with a little of what stands around them.
func (s *Screen) around(p articles.Span) string {
	t := s.article.Text
	from, to := max(0, p.Start-24), min(len(t), p.End+24)
	return oneLine(strings.ToValidUTF8(t[from:p.Start], "") + "[" + p.In(t) + "]" + strings.ToValidUTF8(t[p.End:to], ""))
}

// kindAt says what is marked at p.
func (s *Screen) kindAt(p articles.Span) string {
	if i := s.scene.find(annotate.OfMention, p); i >= 0 {
		return string(s.scene.typ(s.scene.claims[i]))
	}
	return "not marked"
}

// askAlike offers to confirm in one step the claims that look like the current one.
func (s *Screen) askAlike() tea.Cmd {
	c, ok := s.target()
	if !ok {
		return ui.Tell("nothing under the cursor: {reader.next} goes to the next name or quote")
	}
	_, own := s.scene.state(c)
	var same, sure []claim
	for _, o := range s.scene.claims {
		_, origin := s.scene.state(o)
		if !s.unreviewed(o) || o.kind() != c.kind() || s.scene.typ(o) != s.scene.typ(c) {
			continue
		}
		if o.kind() == annotate.OfMention && o.entity == c.entity {
			same = append(same, o)
		}
		if origin.Score >= own.Score && (o.kind() == annotate.OfMention || origin.Rule == own.Rule) {
			sure = append(sure, o)
		}
	}
	var choices []ui.Choice
	var shown [][]review.Target
	offer := func(label string, cs []claim) {
		if len(cs) > 1 {
			choices, shown = append(choices, s.confirmAll(label, cs)), append(shown, targetsOf(cs))
		}
	}
	if c.kind() == annotate.OfMention {
		offer(fmt.Sprintf("%d mentions of %s", len(same), s.scene.layer.Entities[c.entity].Name), same)
	}
	what := fmt.Sprintf("every %s", s.scene.typ(c))
	if c.kind() == annotate.OfQuote {
		what = "every quote by the rule " + own.Rule
	}
	offer(fmt.Sprintf("%s at least %.0f %% sure: %d", what, own.Score*100, len(sure)), sure)
	if len(choices) == 0 {
		return ui.Tell("nothing else unreviewed looks like this one")
	}
	return ui.Send(ui.ChooseMsg{
		Title: "Confirm what looks alike, then see the rest", Choices: numbered(choices), Watch: s.marking(shown...), Beside: s.spot(c.Span),
	})
}

func targetsOf(cs []claim) []review.Target {
	out := make([]review.Target, len(cs))
	for i, c := range cs {
		out[i] = review.Target{Kind: c.kind(), Span: c.Span}
	}
	return out
}

// confirmAll offers to confirm claims, and then to go on.
func (s *Screen) confirmAll(label string, cs []claim) ui.Choice {
	return ui.Choice{Label: label, Do: ui.Send(decideMsg{s, review.Change{Verb: annotate.Confirm, Targets: targetsOf(cs)}, true})}
}

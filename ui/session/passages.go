package session

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// noteTarget returns what a note is about: the name or quote with the selected words, or these
// themselves; with none selected, the current claim.
func noteTarget(s *Session, a Action) (review.Target, bool) {
	switch {
	case len(a.About) > 0:
		return a.About[0], true
	case !a.Span.Empty():
		for _, k := range []annotate.Kind{annotate.OfMention, annotate.OfQuote} {
			t := review.Target{Kind: k, Span: a.Span}
			if at := s.claims.Find(t); at >= 0 && s.Stops(s.claims.List[at]) {
				return t, true
			}
		}
		return review.Target{Kind: annotate.OfPassage, Span: a.Span}, true
	}
	c, ok := s.Current()
	return c.Target(), ok
}

// NoteOn returns the last note on t, empty for none.
func (cs *Claims) NoteOn(t review.Target) string {
	note := ""
	for _, r := range cs.Remarks[t] {
		if !r.Tag {
			note = r.Text
		}
	}
	return note
}

// addNote asks for a note on the selected words or the current claim, and makes it. One that is
// there is changed.
func addNote(s *Session, a Action) Effect {
	t, ok := noteTarget(s, a)
	if !ok {
		return Effect{None: NoClaim}
	}
	reply := Action{Name: noteAs, Edit: review.Edit{Targets: []review.Target{t}, Was: s.claims.NoteOn(t)}}
	if a.Text == "" {
		return Effect{Asks: &Question{Topic: AskNote, Spot: t.Span, Words: reply.Edit.Was, Reply: reply}, Selected: Selected{Used: true}}
	}
	if s.lines {
		reply.Edit.Was = "" // a line cannot be edited, so it is one more
	}
	reply.Text = a.Text
	return writeNote(s, reply).and(Effect{Selected: Selected{Used: true}})
}

// writeNote writes the note in a, in the place of the one that was there; no words remove that.
func writeNote(s *Session, a Action) Effect {
	return s.edit(review.Edit{Verb: annotate.Note, Targets: a.Edit.Targets, Value: a.Text, Was: a.Edit.Was})
}

// highlight highlights the selected words, or those of the current claim; what is highlighted
// loses that.
func highlight(s *Session, a Action) Effect {
	span := a.Span
	if c, ok := s.Current(); ok && span.Empty() {
		span = c.Span
	}
	if span.Empty() {
		return Effect{None: noPassage}
	}
	edit := review.Edit{Verb: annotate.Tag, Value: annotate.Highlight, Targets: []review.Target{{Kind: annotate.OfPassage, Span: span}}}
	for _, r := range s.claims.Layer.Remarks {
		if r.Highlights() && r.Start <= span.Start && r.End >= span.End {
			edit = review.Edit{Verb: annotate.Erase, Value: annotate.Highlight, Targets: []review.Target{{Kind: annotate.OfPassage, Span: r.Span}}}
		}
	}
	return s.edit(edit).and(Effect{Selected: Selected{Used: true}})
}

// removeNote removes the notes and the highlight of the selected words, or of the current claim.
func removeNote(s *Session, a Action) Effect {
	t, ok := noteTarget(s, a)
	if !ok || len(s.claims.Remarks[t]) == 0 {
		return Effect{None: noNoteHere}
	}
	return s.edit(review.Edit{Verb: annotate.Erase, Targets: []review.Target{t}})
}

// Noted returns what people noted, tagged or highlighted, in the order of the text.
func (cs *Claims) Noted() []review.Target {
	var out []review.Target
	for t := range cs.Remarks {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b review.Target) int { return cmp.Or(a.Compare(b.Span), cmp.Compare(a.Kind, b.Kind)) })
	return out
}

// stepNote goes to the next note or highlight after where the reader is, or for −1 to the one before, and
// from one end to the other.
func stepNote(s *Session, a Action, dir int) Effect {
	all := s.claims.Noted()
	if len(all) == 0 {
		return Effect{None: NoNotes}
	}
	at := articles.Span{Start: s.view.Start, End: s.view.Start}
	here := !a.Span.Empty()
	if here {
		at = a.Span
	} else if c, ok := s.Current(); ok && s.view.Overlaps(c.Span) {
		at, here = c.Span, true
	} else if s.cur.Kind == annotate.OfPassage && s.lines { // there is no selection to go on from
		at, here = s.cur.Span, true
	}
	far := FirstNote
	if dir < 0 {
		slices.Reverse(all)
		far, here = LastNote, true
	}
	next := slices.IndexFunc(all, func(t review.Target) bool { n := t.Compare(at) * dir; return n > 0 || n == 0 && !here })
	if next < 0 {
		e := goToNoted(s, Action{About: all[:1]})
		e.None = far
		return e
	}
	return goToNoted(s, Action{About: all[next : next+1]})
}

// goToNoted goes to the claim or the passage that a names.
func goToNoted(s *Session, a Action) Effect {
	t := a.About[0]
	if at := s.claims.Find(t); at >= 0 && t.Kind != annotate.OfPassage {
		s.Point(at)
		return Effect{Moved: true, Selected: Selected{Used: true}}
	}
	s.Aim(t)
	return Effect{Show: &Place{s.article.ID, t.Span}, At: Nearest, Selected: Selected{Picked: t.Span}}
}

// listNotes lists what people noted and highlighted in the article.
func listNotes(s *Session) Effect {
	q := &Question{Topic: Notes}
	for _, t := range s.claims.Noted() {
		q.Choices = append(q.Choices, Choice{
			Entity: -1, Span: t.Span, Remarks: s.claims.Remarks[t], Do: Action{Name: goToNote, About: []review.Target{t}},
		})
	}
	if len(q.Choices) == 0 {
		return Effect{None: NoNotes}
	}
	return Effect{Asks: q}
}

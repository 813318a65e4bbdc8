package review

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// A Signature is who decides and when, and gives decisions their IDs.
type Signature struct {
	Who   string
	Layer string // of the decisions; see [annotate.Decision]
	Now   time.Time
	NewID func() string // in ascending order; see [IDs]
}

// A Target is a claim of the layer, or a span that is to become one.
type Target struct {
	Kind annotate.Kind
	articles.Span
}

// An Edit is what one keypress asks for.
type Edit struct {
	Verb    annotate.Verb
	Targets []Target
	To      articles.Span   // of respan, merge, attribute, cue and split; empty for none
	Also    []articles.Span // of attribute: mentions of further speakers
	Value   string          // of relabel, add, rename, note and tag
	Here    bool            // of relabel and add: leave the same name elsewhere in the article alone
	Instead string          // ID of an orphan that this edit replaces
	Was     string          // of note: the note that this one replaces; with no Value it is only removed
	Take    Taking          // of an edit with the verb Take
}

// Take is the verb of an edit that answers questions on which annotators differ as one of them does. The log holds what that
// comes to in other verbs; see package adjudicate, which writes it.
const Take annotate.Verb = "take"

// A Taking is which questions of an adjudication are answered as who does, nobody if Who is empty. Questions are what was asked, as
// package adjudicate writes it: their numbers change when an annotator changes something.
type Taking struct {
	Who       string
	Questions []string
}

// A Writer turns edits into decisions, those of one edit being one step of the log.
type Writer struct {
	Signature
	Text  string
	Shown *Result // what the person sees
}

// Write returns the decisions that c asks for, as one step. It returns none if there is
// nothing to do, because the claim is confirmed already or there is nothing to undo.
//
// To relabel a name also relabels the equal names of its entity and of its type. To add
// a name also adds every equal name of the article that is not part of a mention, whole
// words only. Edit.Here prevents both.
func (p *Writer) Write(c Edit) []annotate.Decision {
	c.Value, c.Was = clean.String(c.Value), clean.String(c.Was)
	w := &step{Writer: p}
	v := verbs[c.Verb]
	if v.edit != nil {
		v.edit(w, c)
		return w.out
	}
	if v.target == nil {
		return nil
	}
	var ts []Target
	for _, t := range c.Targets {
		if t.Span = p.trim(t.Span); !t.Empty() {
			ts = append(ts, t)
		}
	}
	w.look(p.Shown.Layer, ts)
	for _, t := range ts {
		v.target(w, c, t)
	}
	w.addSights()
	if c.Instead != "" && len(w.out) > 0 {
		w.sign(annotate.Decision{Verb: annotate.Drop, Value: c.Instead})
	}
	return w.out
}

// trim returns s without white space at its ends, and clipped to the text.
func (p *Writer) trim(s articles.Span) articles.Span {
	s.Start, s.End = max(0, s.Start), min(len(p.Text), s.End)
	for s.Start < s.End && !utf8.RuneStart(p.Text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && s.End < len(p.Text) && !utf8.RuneStart(p.Text[s.End]) {
		s.End--
	}
	if s.Empty() {
		return articles.Span{}
	}
	words := s.In(p.Text)
	s.Start += len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	s.End -= len(words) - len(strings.TrimRightFunc(words, unicode.IsSpace))
	return s
}

// A step is one step of the log under construction.
type step struct {
	*Writer
	claims map[Target]annotate.Claim
	taken  map[Target]bool // decided on in this step
	out    []annotate.Decision
}

// look records which targets are claims of l.
func (w *step) look(l *annotate.Layer, ts []Target) {
	w.claims, w.taken = make(map[Target]annotate.Claim, len(ts)), map[Target]bool{}
	if len(ts) == 0 {
		return
	}
	wanted := make(map[articles.Span]bool, len(ts))
	var all articles.Span
	for i, t := range ts {
		if wanted[t.Span] = true; i == 0 {
			all = t.Span
		}
		all.Start, all.End = min(all.Start, t.Start), max(all.End, t.End)
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		if n := len(e.Mentions); n > 0 && e.Mentions[n-1].Start < all.Start { // they are in order
			continue
		}
		for k := range e.Mentions {
			if m := &e.Mentions[k]; all.Covers(m.Span) && wanted[m.Span] {
				w.see(m.Claim(e))
			}
		}
	}
	first, _ := slices.BinarySearchFunc(l.Quotes, all.Start, func(q *annotate.Quote, at int) int { return cmp.Compare(q.Start, at) })
	for i := first; i < len(l.Quotes) && l.Quotes[i].Start < all.End; i++ {
		if q := l.Quotes[i]; wanted[q.Span] {
			w.see(q.Claim())
		}
	}
}

// see records a claim. The first of several on one span counts.
func (w *step) see(c annotate.Claim) Target {
	t := Target{c.Kind, c.Span}
	if _, ok := w.claims[t]; !ok {
		w.claims[t] = c
	}
	return t
}

// confirm confirms a claim unless it is confirmed.
func (w *step) confirm(_ Edit, t Target) {
	if have, there := w.claims[t]; !there || have.State != annotate.Confirmed {
		w.decide(annotate.Confirm, t, have.Type)
	}
}

// reject rejects a claim unless it is rejected.
func (w *step) reject(_ Edit, t Target) {
	if have, there := w.claims[t]; there && have.State != annotate.Rejected {
		w.decide(annotate.Reject, t, have.Type)
	}
}

// link writes a decision with a To: new ends, another mention, or a cue.
func (w *step) link(c Edit, t Target) {
	w.decide(c.Verb, t, w.claims[t].Type)
	w.to(w.trim(c.To))
}

// attribute writes who says a quote.
func (w *step) attribute(c Edit, t Target) {
	w.link(c, t)
	for _, s := range c.Also {
		w.also(w.trim(s))
	}
}

// split writes that a mention is not of its entity; of that at To, if there is one.
func (w *step) split(c Edit, t Target) {
	w.decide(c.Verb, t, c.Value)
	if t.Span != c.To {
		w.to(w.trim(c.To))
	}
}

// plain writes a decision with a value and no To.
func (w *step) plain(c Edit, t Target) { w.decide(c.Verb, t, c.Value) }

// note writes a note, in the place of one that was there.
func (w *step) note(c Edit, t Target) {
	if c.Was == c.Value {
		return
	}
	if c.Was != "" {
		w.decide(annotate.Erase, t, c.Was)
		delete(w.taken, t)
	}
	if c.Value != "" {
		w.plain(c, t)
	}
}

// undo takes back the last step, or the step that c names.
func (w *step) undo(c Edit) {
	if c.Value == "" {
		w.turn(c.Verb, w.Shown.Steps.Undo(w.Who))
		return
	}
	if st := w.Shown.Steps.own(w.Who, c.Value); st != nil {
		w.turn(c.Verb, st)
	}
}

func (w *step) redo(c Edit) { w.turn(c.Verb, w.Shown.Steps.Redo(w.Who)) }

// finish writes that the article is done, or that it is not after all, unless that is so already.
func (w *step) finish(c Edit) {
	done := false
	if w.Shown.Steps != nil {
		done = slices.ContainsFunc(w.Shown.Steps.Finished(), func(f Finished) bool {
			return f.Who == w.Who && f.Set == c.Value && f.Layer == w.Layer
		})
	}
	if done != (c.Verb == annotate.Done) {
		d := annotate.Decision{Verb: c.Verb, Value: c.Value}
		if c.Verb == annotate.Done {
			d.Engine = w.Shown.Layer.Engine
		}
		w.sign(d)
	}
}

func (w *step) drop(c Edit) { w.sign(annotate.Decision{Verb: c.Verb, Value: c.Value}) }

// label gives t the type in c, and the equal names unless c.Here.
func (w *step) label(c Edit, t Target) {
	have, there := w.claims[t]
	switch {
	case t.Kind == annotate.OfQuote && there:
		w.decide(annotate.Relabel, t, c.Value)
	case t.Kind == annotate.OfQuote:
		w.decide(annotate.Add, t, c.Value)
	case !there:
		w.addNames(c, t)
	case c.Here && have.Type != c.Value:
		w.decide(annotate.Split, t, have.Type)
		delete(w.taken, t)
		w.decide(annotate.Relabel, t, c.Value)
	default:
		w.decide(annotate.Relabel, t, c.Value)
		if !c.Here {
			w.relabelEqual(c, t)
		}
	}
}

// relabelEqual relabels the mentions with the same words as t: those of its entity and,
// if t is a name, those of its type.
func (w *step) relabelEqual(c Edit, t Target) {
	words, have := fold(t.In(w.Text)), w.claims[t]
	l := w.Shown.Layer
	for i := range l.Entities {
		e := &l.Entities[i]
		if e != have.Entity && (have.Form != annotate.Name || string(e.Type) != have.Type) {
			continue
		}
		for k := range e.Mentions {
			m := &e.Mentions[k]
			if m.State != annotate.Rejected && m.Form == have.Form && folds(m.In(w.Text), words) {
				w.decide(annotate.Relabel, w.see(m.Claim(e)), c.Value)
			}
		}
	}
}

// addNames adds t and the equal names that are not part of a mention.
func (w *step) addNames(c Edit, t Target) {
	w.decide(annotate.Add, t, c.Value)
	if c.Here {
		return
	}
	mentions := w.spans(t.Span)
	words := t.In(w.Text)
	for from := 0; ; {
		i := strings.Index(w.Text[from:], words)
		if i < 0 {
			return
		}
		s := articles.Span{Start: from + i, End: from + i + len(words)}
		from = s.End
		k, _ := slices.BinarySearchFunc(mentions, s.Start, func(m articles.Span, at int) int { return cmp.Compare(m.End, at+1) })
		if k < len(mentions) && mentions[k].Overlaps(s) || !Bounded(w.Text, s) {
			continue
		}
		w.decide(annotate.Add, Target{annotate.OfMention, s}, c.Value)
	}
}

// spans returns the spans of the layer's mentions, overlapping ones joined, without those
// that overlap s, which replaces them.
func (w *step) spans(s articles.Span) []articles.Span {
	var all []articles.Span
	for _, m := range w.Shown.Layer.Mentions() {
		if !m.Overlaps(s) {
			all = append(all, m.Span)
		}
	}
	slices.SortFunc(all, articles.Span.Compare)
	out := all[:0]
	for _, m := range all {
		if n := len(out); n > 0 && m.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, m.End)
			continue
		}
		out = append(out, m)
	}
	return out
}

// Bounded reports whether s is not part of a longer word: "Ferris" is bounded in
// "Ferris's" and "pre-Ferris", but not in "Ferrisburg" or "Ferris-Lowe".
func Bounded(text string, s articles.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	after, n := utf8.DecodeRuneInString(text[s.End:])
	first, _ := utf8.DecodeRuneInString(text[s.Start:])
	last, _ := utf8.DecodeLastRuneInString(text[:s.End])
	if inWord(first) && inWord(before) || inWord(last) && inWord(after) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(text[s.End+n:])
	return after != '-' || !unicode.IsUpper(next)
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// decide writes a decision about t, at most one in a step.
func (w *step) decide(v annotate.Verb, t Target, value string) {
	have, there := w.claims[t]
	if w.taken[t] || v == annotate.Relabel && there && have.State == annotate.Confirmed && have.Type == value {
		return
	}
	w.taken[t] = true
	d := annotate.Decision{Verb: v, Kind: t.Kind, Target: Anchor(w.Text, t.Span), Value: value}
	if there && !have.Origin.Human {
		d.Engine, d.Score = w.Shown.Layer.Maker(have.Origin), have.Origin.Score
	}
	w.sign(d)
}

// to sets the To of the last decision.
func (w *step) to(s articles.Span) {
	if n := len(w.out); n > 0 && !s.Empty() {
		w.out[n-1].To = Anchor(w.Text, s)
	}
}

// also adds to the Also of the last decision, if it has a To.
func (w *step) also(s articles.Span) {
	if n := len(w.out); n > 0 && !s.Empty() && w.out[n-1].To.Exact != "" {
		w.out[n-1].Also = append(w.out[n-1].Also, Anchor(w.Text, s))
	}
}

func (w *step) turn(v annotate.Verb, s *Step) {
	if s != nil {
		w.sign(annotate.Decision{Verb: v, Value: s.ID})
		w.out[len(w.out)-1].Layer = s.Decisions[0].Layer // whoever reads the step has to read this
	}
}

func (w *step) sign(d annotate.Decision) {
	d.ID, d.At, d.Who, d.Layer = w.NewID(), w.Now, w.Who, w.Layer
	d.Step = d.ID
	if len(w.out) > 0 {
		d.Step = w.out[0].Step
	}
	w.out = append(w.out, d)
}

// signed returns a log in which each of several people who made a claim together signs a decision of their own, one right after the
// other: what the first adds or gives another type, the others confirm. What is done to an entity is done once, by the first.
func signed(log []annotate.Decision, newID func() string) []annotate.Decision {
	type signature struct{ step, also string }
	var all []annotate.Decision
	var of []signature
	for _, d := range log {
		names := annotate.Each(d.Who)
		if len(names) > 1 {
			d.Who = names[0]
		}
		all, of = append(all, d), append(of, signature{step: d.Step})
		switch d.Verb {
		case annotate.Merge, annotate.Split, annotate.Rename:
			continue
		case annotate.Add, annotate.Relabel:
			d.Verb = annotate.Confirm
		}
		for _, d.Who = range names[min(1, len(names)):] {
			all, of = append(all, cloneDecision(d)), append(of, signature{d.Step, d.Who})
		}
	}
	var ids []string // in the order of the log
	for i := range log {
		ids = append(ids, log[i].ID)
	}
	for range all[len(log):] {
		ids = append(ids, newID())
	}
	steps := map[signature]string{} // a step of several people stays one; whoever signs as well has one of their own
	for i := range all {
		d := &all[i]
		d.ID = ids[i]
		if steps[of[i]] == "" {
			steps[of[i]] = d.ID
		}
		d.Step = steps[of[i]]
	}
	return all
}

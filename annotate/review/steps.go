package review

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// sortLog returns pointers to the decisions of log, sorted by ID. Of several with one ID
// it returns the first.
func sortLog(log []annotate.Decision) []*annotate.Decision {
	out := make([]*annotate.Decision, len(log))
	for i := range log {
		out[i] = &log[i]
	}
	byID := func(a, b *annotate.Decision) int { return strings.Compare(a.ID, b.ID) }
	if !slices.IsSortedFunc(out, byID) {
		slices.SortStableFunc(out, byID)
	}
	return slices.CompactFunc(out, func(a, b *annotate.Decision) bool { return a.ID == b.ID })
}

// A Step is the decisions of one keypress.
type Step struct {
	ID        string
	Who       string
	Decisions []*annotate.Decision // in order; point into the log
}

// Steps are the steps of a log in order. They know which are undone. Those of a longer log share what they have in
// common with those of a shorter one.
type Steps struct {
	All    []Step
	by     *stepIndex
	undone bits               // of All
	done   map[string]*stacks // by who
}

// Bits are a set of small numbers.
type bits []uint64

func (b bits) has(i int) bool { return i>>6 < len(b) && b[i>>6]>>(i&63)&1 != 0 }

func (b *bits) set(i int, on bool) {
	for i>>6 >= len(*b) {
		*b = append(*b, 0)
	}
	if word := &(*b)[i>>6]; on {
		*word |= 1 << (i & 63)
	} else {
		*word &^= 1 << (i & 63)
	}
}

// Standing yields the decisions of the steps that were not undone, in order.
func (s *Steps) Standing() iter.Seq[*annotate.Decision] {
	return func(yield func(*annotate.Decision) bool) {
		if s == nil {
			return
		}
		for i := range s.All {
			if s.undone.has(i) {
				continue
			}
			for _, d := range s.All[i].Decisions {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// A stepIndex finds steps by their IDs, as indices into Steps.All. Steps of several logs share one, so that some of what
// it finds is beyond the end of All.
type stepIndex struct {
	mu sync.RWMutex
	at map[string]int
}

// stacks are the steps of one person that can be undone or redone, as indices into
// Steps.All, the next one last.
type stacks struct{ undo, redo []int }

// stepsOf groups a log that is sorted by ID into steps.
func stepsOf(log []*annotate.Decision) *Steps {
	s := &Steps{by: &stepIndex{at: make(map[string]int, len(log))}, done: map[string]*stacks{}}
	var turns []*annotate.Decision
	s.All = make([]Step, 0, len(log))
	for i, d := range log {
		if d.Verb == annotate.Undo || d.Verb == annotate.Redo {
			turns = append(turns, d)
			continue
		}
		s.add(log[i : i+1 : i+1])
	}
	for _, d := range turns {
		if i, ok := s.find(d.Value); ok {
			s.undone.set(i, d.Verb == annotate.Undo)
		}
	}
	s.stack(log)
	return s
}

// with returns s with decisions after the last: of steps that s does not have, or that take back or do again one that it has.
func (s *Steps) with(ds []*annotate.Decision) *Steps {
	next := &Steps{All: s.All, by: s.by, undone: s.undone, done: maps.Clone(s.done)}
	own := false // what is undone is not shared with s
	for i, d := range ds {
		if !turns(d) {
			next.add(ds[i : i+1 : i+1])
			next.unshare(s, d.Who, false)
			continue
		}
		k, ok := next.find(d.Value)
		if !ok {
			continue
		}
		if !own {
			next.undone, own = slices.Clone(next.undone), true
		}
		next.undone.set(k, d.Verb == annotate.Undo)
		next.unshare(s, next.All[k].Who, true)
	}
	next.stack(ds)
	return next
}

// unshare gives s its own stacks of a person, which it had from was: to add to them, or to remove from them.
func (s *Steps) unshare(was *Steps, who string, remove bool) {
	st := s.done[who]
	if st == nil {
		return
	}
	if st == was.done[who] {
		st = &stacks{st.undo, st.redo}
		s.done[who] = st
	}
	if remove {
		st.undo, st.redo = slices.Clone(st.undo), slices.Clone(st.redo)
	}
}

// find returns the index of the step with that ID.
func (s *Steps) find(id string) (int, bool) {
	s.by.mu.RLock()
	defer s.by.mu.RUnlock()
	i, ok := s.by.at[id]
	return i, ok && i < len(s.All)
}

// stepID returns the step of d. A decision without one is a step by itself.
func stepID(d *annotate.Decision) string {
	if d.Step == "" {
		return d.ID
	}
	return d.Step
}

// add adds a decision, a slice of the log of length 1, to its step.
func (s *Steps) add(one []*annotate.Decision) {
	id := stepID(one[0])
	if i, ok := s.find(id); ok {
		s.All[i].Decisions = append(s.All[i].Decisions, one...)
		return
	}
	s.by.mu.Lock()
	s.by.at[id] = len(s.All)
	s.by.mu.Unlock()
	s.All = append(s.All, Step{ID: id, Who: one[0].Who, Decisions: one})
}

// stack replays the log to find what each person can undo and redo. After a new step,
// nothing can be redone.
func (s *Steps) stack(log []*annotate.Decision) {
	for _, d := range log {
		if d.Verb == annotate.Undo || d.Verb == annotate.Redo {
			s.turn(d)
			continue
		}
		if i, _ := s.find(stepID(d)); s.All[i].Decisions[0] == d {
			st := s.of(d.Who)
			st.undo, st.redo = append(st.undo, i), nil
		}
	}
}

func (s *Steps) of(who string) *stacks {
	if s.done[who] == nil {
		s.done[who] = &stacks{}
	}
	return s.done[who]
}

// turn moves the step that an undo or redo names.
func (s *Steps) turn(d *annotate.Decision) {
	i, ok := s.find(d.Value)
	if !ok {
		return
	}
	st := s.of(s.All[i].Who)
	st.undo, st.redo = remove(st.undo, i), remove(st.redo, i)
	if d.Verb == annotate.Undo {
		st.redo = append(st.redo, i)
	} else {
		st.undo = append(st.undo, i)
	}
}

// remove removes i. It searches from the end, where i nearly always is.
func remove(is []int, i int) []int {
	for k := len(is) - 1; k >= 0; k-- {
		if is[k] == i {
			return slices.Delete(is, k, k+1)
		}
	}
	return is
}

// Undo returns the step that undo would take back for who, or nil.
func (s *Steps) Undo(who string) *Step {
	if s == nil || s.done[who] == nil {
		return nil
	}
	return s.last(s.done[who].undo, false)
}

// Redo returns the step that redo would do again for who, or nil.
func (s *Steps) Redo(who string) *Step {
	if s == nil || s.done[who] == nil {
		return nil
	}
	return s.last(s.done[who].redo, true)
}

// last returns the last step with this value of Undone. A merged log may undo a step
// before it was done; such steps are skipped.
func (s *Steps) last(is []int, undone bool) *Step {
	for k := len(is) - 1; k >= 0; k-- {
		if s.undone.has(is[k]) == undone {
			return &s.All[is[k]]
		}
	}
	return nil
}

// Finished says that somebody has marked the article as done, and has not taken that back.
type Finished struct {
	ID    string // of the decision
	Who   string
	Set   string // that the article was assigned in; empty for none
	Layer string // of the decision; see [annotate.Decision]
	At    time.Time
	// Engine is whose suggestions they had: those of the decision, or of the last one before it; empty where that is not known.
	Engine string
}

// FinishedIn returns who has finished the article of a log, the first to do so first.
func FinishedIn(log []annotate.Decision) []Finished {
	if !slices.ContainsFunc(log, func(d annotate.Decision) bool { return d.Verb == annotate.Done }) {
		return nil
	}
	return stepsOf(sortLog(log)).Finished()
}

// Finished is [FinishedIn] of the log of the steps.
func (s *Steps) Finished() (out []Finished) {
	had := map[string]string{} // whose suggestions somebody had last
	for i := range s.All {
		for _, d := range s.All[i].Decisions {
			if d.Engine != "" && d.Layer == "" {
				had[d.Who] = d.Engine
			}
			if d.Verb != annotate.Done && d.Verb != annotate.Reopen || s.undone.has(i) {
				continue
			}
			f := Finished{d.ID, d.Who, d.Value, d.Layer, d.At, had[d.Who]}
			out = slices.DeleteFunc(out, func(o Finished) bool { return o.Who == f.Who && o.Set == f.Set && o.Layer == f.Layer })
			if d.Verb == annotate.Done {
				out = append(out, f)
			}
		}
	}
	return out
}

// A Spell is a time in which somebody was done with an article, by IDs of decisions.
type Spell struct {
	Who, Set string
	By       string // says that it is done
	From     string // with which the time begins: By or, where that was taken back, what did it again
	To       string // with which it ends; empty while it lasts
}

// SpellsIn returns the times in which people were done with the article of a log, not those of the curated reading, in the order in which they
// began. Those that last are what [FinishedIn] returns.
func SpellsIn(log []annotate.Decision) []Spell {
	if !slices.ContainsFunc(log, func(d annotate.Decision) bool { return d.Verb == annotate.Done }) {
		return nil
	}
	h := history{of: map[whose][]*ending{}, by: map[string][]*ending{}, lasts: map[whose]int{}}
	sorted := sortLog(log)
	h.marks(stepsOf(sorted))
	for _, d := range sorted {
		for _, m := range h.by[stepOrTurned(d)] {
			switch {
			case turns(d):
				m.undone = d.Verb == annotate.Undo
			case m.Decision == d:
				m.made = true
			default:
				continue
			}
			h.settle(whose{m.Who, m.Value}, d.ID)
		}
	}
	return h.spells
}

// A history is how people came to be done, decision by decision.
type history struct {
	of     map[whose][]*ending  // in the order of steps
	by     map[string][]*ending // by step
	lasts  map[whose]int        // the spell that lasts, counted from 1
	spells []Spell
}

// Whose is who is done, in which set.
type whose struct{ who, set string }

// An ending is a decision that an article is done, or that it is not.
type ending struct {
	*annotate.Decision
	made, undone bool // so far
}

func (h *history) marks(s *Steps) {
	for i := range s.All {
		for _, d := range s.All[i].Decisions {
			if d.Layer == "" && (d.Verb == annotate.Done || d.Verb == annotate.Reopen) {
				m, of := &ending{Decision: d}, whose{d.Who, d.Value}
				h.of[of], h.by[s.All[i].ID] = append(h.of[of], m), append(h.by[s.All[i].ID], m)
			}
		}
	}
}

// settle notes whether somebody is done after the decision with an ID.
func (h *history) settle(of whose, id string) {
	by := ""
	for _, m := range slices.Backward(h.of[of]) {
		if m.made && !m.undone {
			if m.Verb == annotate.Done {
				by = m.ID
			}
			break
		}
	}
	if n := h.lasts[of]; n > 0 {
		if h.spells[n-1].By == by {
			return
		}
		h.spells[n-1].To = id
	}
	h.lasts[of] = 0
	if by != "" {
		h.spells = append(h.spells, Spell{of.who, of.set, by, id, ""})
		h.lasts[of] = len(h.spells)
	}
}

// stepOrTurned returns the step of d or, of an undo or redo, the one that it names.
func stepOrTurned(d *annotate.Decision) string {
	if turns(d) {
		return d.Value
	}
	return stepID(d)
}

// OtherEngines says whose suggestions those who finished an article had, if there are several of them and not all had those of
// here, an engine: "ann: model-31, bob: model-33; here: model-33". It is empty if all had, as far as that is known. What they left
// as suggested is read from the suggestions of here, so elsewhere it may be otherwise, and what they agree on with it.
func OtherEngines(finished []Finished, here string) string {
	of := map[string]string{}
	other := false
	for _, f := range finished {
		if f.Layer == "" && f.Engine != "" {
			of[f.Who] = f.Engine
			other = other || f.Engine != here
		} else if f.Layer == "" && of[f.Who] == "" {
			of[f.Who] = ""
		}
	}
	if !other || len(of) < 2 {
		return ""
	}
	var parts []string
	for _, who := range slices.Sorted(maps.Keys(of)) {
		if of[who] != "" {
			parts = append(parts, clean.Line(who+": "+of[who]))
		}
	}
	return strings.Join(parts, ", ") + "; here: " + clean.Line(here)
}

// tookBack reports whether d was undone.
func (s *Steps) tookBack(d *annotate.Decision) bool {
	i, _ := s.find(stepID(d))
	return s.undone.has(i)
}

// An Event is a step of a log as people read it.
type Event struct {
	ID      string // of the step
	At      time.Time
	Who     string
	Verb    annotate.Verb // of the step's last decision, which the others only prepare
	Targets []Target      // of its decisions, with where they moved them, in this text
	Words   string        // of the first target
	About   string        // whom, what type or which words the verb takes: "Joe Biden", "person"; may be empty
	Did     string        // from [Result.Say]
	Span    articles.Span // of the first target, in the text that it was decided on
	Note    string        // of a note
	Undone  bool
}

// about returns what the verb of a decision takes.
func (r *Result) about(d *annotate.Decision) string {
	switch {
	case d.To.Exact == "" && d.Verb == annotate.Attribute: // its value is the type of the quote
		return short(wordsShown(d))
	case d.To.Exact == "":
		return short(d.Value)
	case d.Verb != annotate.Attribute:
		return short(d.To.Exact)
	}
	names := []string{r.nameOf(&d.To)}
	for i := range d.Also {
		names = append(names, r.nameOf(&d.Also[i]))
	}
	return annotate.JoinNames(names)
}

// own returns the step with that ID, if it is of who and not undone; else nil.
func (s *Steps) own(who, id string) *Step {
	if s == nil {
		return nil
	}
	i, ok := s.find(id)
	if !ok || s.All[i].Who != who || s.undone.has(i) {
		return nil
	}
	return &s.All[i]
}

// History returns the steps of the log, the latest first.
func (r *Result) History() []Event {
	if r.Steps == nil {
		return nil
	}
	var out []Event
	for i, st := range slices.Backward(r.Steps.All) {
		var ds []annotate.Decision
		for _, d := range st.Decisions {
			ds = append(ds, *d)
		}
		last := &ds[len(ds)-1]
		e := Event{
			ID: st.ID, At: ds[0].At, Who: st.Who, Verb: last.Verb, Words: words(last.Target.Exact), About: r.about(last),
			Did: r.Say(ds), Span: ds[0].Target.Span, Undone: r.Steps.undone.has(i),
		}
		for i := range ds {
			e.Targets = append(e.Targets, Target{ds[i].Kind, ds[i].Target.Span})
			if ds[i].Verb == annotate.Respan {
				e.Targets = append(e.Targets, Target{ds[i].Kind, ds[i].To.Span})
			}
		}
		if ds[0].Verb == annotate.Note {
			e.Note = ds[0].Value
		}
		out = append(out, e)
	}
	return out
}

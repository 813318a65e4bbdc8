package reader

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
)

// A Stack is the unreviewed claims of many articles, the least certain first, and how
// long it takes to decide on them.
type Stack struct {
	items   []Item
	at      int // the current item; len(items) at the end
	now     func() time.Time
	since   time.Time // of the decision made last
	keys    int       // since then
	done    []timed
	waiting bool // for what is being decided, before it goes on
}

// An Item is an unreviewed claim of an article.
type Item struct {
	ID    string
	Kind  annotate.Kind
	Span  articles.Span
	Score float64
}

// A timed decision took so many keys and so long.
type timed struct {
	id      string
	verb    annotate.Verb
	keys    int
	seconds float64
}

// StackMsg asks for a reader that shows the current item of a stack.
type StackMsg struct{ *Stack }

// NewStack returns a stack of items; now tells the time.
func NewStack(items []Item, now func() time.Time) *Stack {
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(a.Score, b.Score) })
	return &Stack{items: items, now: now, since: now()}
}

// Items returns the claims of l, the layer of the article with that ID, that nobody
// reviewed and that the reader steps to.
func Items(id string, l *annotate.Layer) []Item {
	var out []Item
	for _, e := range l.Entities {
		if tabOf(e.Type) == placesTab {
			continue
		}
		for _, m := range e.Mentions {
			if m.State == annotate.Proposed {
				out = append(out, Item{id, annotate.OfMention, m.Span, m.Origin.Score})
			}
		}
	}
	for _, q := range l.Quotes {
		if q.State == annotate.Proposed {
			out = append(out, Item{id, annotate.OfQuote, q.Span, q.Origin.Score})
		}
	}
	return out
}

// Request returns what opens the current item's article at it.
func (st *Stack) Request() Request {
	it := st.items[min(st.at, len(st.items)-1)]
	return Request{ID: it.ID, Offset: it.Span.Start, Stack: st}
}

// Len returns the number of items.
func (st *Stack) Len() int { return len(st.items) }

// press counts a key.
func (st *Stack) press() {
	if st != nil {
		st.keys++
	}
}

// decide notes a decision on the article with that ID.
func (st *Stack) decide(id string, v annotate.Verb) {
	if st == nil || v == annotate.Undo || v == annotate.Redo {
		return
	}
	now := st.now()
	st.done = append(st.done, timed{id, v, max(1, st.keys), now.Sub(st.since).Seconds()})
	st.since, st.keys = now, 0
}

// status says how far the stack is worked off.
func (st *Stack) status() string {
	return fmt.Sprintf("%d of %d in the stack", min(st.at+1, len(st.items)), len(st.items))
}

// sums returns the decisions, and the keys and seconds that one took.
func (st *Stack) sums() (n int, keys, seconds float64) {
	for _, d := range st.done {
		keys += float64(d.keys)
		seconds += d.seconds
	}
	n = len(st.done)
	return n, keys / float64(max(1, n)), seconds / float64(max(1, n))
}

// card says at the end what was done.
func (st *Stack) card() ui.CardMsg {
	n, keys, seconds := st.sums()
	by := map[annotate.Verb]int{}
	var verbs []string
	for _, d := range st.done {
		if by[d.verb]++; by[d.verb] == 1 {
			verbs = append(verbs, string(d.verb))
		}
	}
	for i, v := range verbs {
		verbs[i] = fmt.Sprintf("%s %d", v, by[annotate.Verb(v)])
	}
	return ui.CardMsg{Title: "The stack is reviewed", Rows: []ui.Row{
		{Head: "decisions", Text: strconv.Itoa(n)},
		{Head: "keys", Text: fmt.Sprintf("%.1f a decision", keys)},
		{Head: "time", Text: fmt.Sprintf("%.1f s a decision", seconds)},
		{Head: "what", Text: strings.Join(verbs, " · ")},
		{Text: "{reader.stack-report} writes this to a file"},
	}}
}

// csv returns the decisions, one a row.
func (st *Stack) csv() []byte {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	_ = w.Write([]string{"decision", "article", "verb", "keys", "seconds"}) // a Builder takes all
	for i, d := range st.done {
		_ = w.Write([]string{strconv.Itoa(i + 1), d.id, string(d.verb), strconv.Itoa(d.keys), strconv.FormatFloat(d.seconds, 'f', 2, 64)})
	}
	w.Flush()
	return []byte(b.String())
}

// nextInStack goes to the next unreviewed item, in this article or another, when what is
// being decided is on the disk.
func (s *Screen) nextInStack() tea.Cmd {
	st := s.req.Stack
	if s.load.busy || len(s.load.queue) > 0 {
		st.waiting = true
		return nil
	}
	st.waiting = false
	for st.at++; st.at < len(st.items); st.at++ {
		it := st.items[st.at]
		if it.ID != s.article.ID {
			return tea.Sequence(ui.Send(ui.PopMsg{}), ui.Send(StackMsg{st}))
		}
		if at := s.scene.find(it.Kind, it.Span); at >= 0 && s.unreviewed(s.scene.claims[at]) {
			return s.choose(at)
		}
	}
	return ui.Send(st.card())
}

// startInStack shows the current item when the article's layer is there; one that was
// reviewed meanwhile is passed over.
func (s *Screen) startInStack() tea.Cmd {
	st := s.req.Stack
	if st.at >= len(st.items) {
		return nil
	}
	it := st.items[st.at]
	if at := s.scene.find(it.Kind, it.Span); at >= 0 && s.unreviewed(s.scene.claims[at]) {
		return s.choose(at)
	}
	return s.nextInStack()
}

// report asks where to write how the stack was worked off.
func (s *Screen) report() tea.Cmd {
	st := s.req.Stack
	switch {
	case st == nil:
		return ui.Tell("no stack is being reviewed: {library.review} in the library begins one")
	case s.svc.Write == nil:
		return ui.Tell("nothing can be written here")
	}
	write := s.svc.Write
	return ui.Send(ui.AskMsg{Prompt: "keys and seconds of each decision to:", Initial: "review.csv", Path: true, Done: func(to string) tea.Cmd {
		body := st.csv()
		return func() tea.Msg {
			if err := write(to, body); err != nil {
				return ui.ErrMsg{Err: err, Hint: "another name may do"}
			}
			return ui.ToastMsg{Text: "written to " + to}
		}
	}})
}

// stacked tells the stack of a change, if one is being reviewed.
func (s *Screen) stacked(c review.Change) {
	if s.article != nil {
		s.req.Stack.decide(s.article.ID, c.Verb)
	}
}

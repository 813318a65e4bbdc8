package workspace

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/team"
)

// Team is who reads which articles of a workspace's library; see package team.
type Team struct{ w *Workspace }

// TeamOf returns the team of a workspace's library.
func TeamOf(w *Workspace) Team { return Team{w} }

// A roster is the log of the team as it was read last, and what it comes to.
type roster struct {
	mu     sync.Mutex
	seq    int64 // of the last row that was read
	events []team.Event
	state  *team.State
}

// State returns what the log of the team comes to now. It is not to be changed.
func (t Team) State(ctx context.Context) (*team.State, error) {
	r := &t.w.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := t.read(ctx, r); err != nil {
		return nil, err
	}
	return r.state, nil
}

// read brings a locked roster up to date. A row that no version of byline can read is skipped; it stays in the library.
func (t Team) read(ctx context.Context, r *roster) error {
	rows, err := t.w.Library.Events(ctx, r.seq)
	if err != nil {
		return err
	}
	for _, row := range rows {
		r.seq = row.Seq
		if e, err := team.Decode(row.Body); err == nil {
			r.events = append(r.events, e)
		}
	}
	if len(rows) > 0 || r.state == nil {
		r.state = team.StateOf(r.events)
	}
	return nil
}

// Events returns the log of the team in the order of IDs, each event once.
func (t Team) Events(ctx context.Context) ([]team.Event, error) {
	r := &t.w.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	err := t.read(ctx, r)
	return team.Unique(r.events), err
}

// Record appends events to the log of the team, signed by whoever makes decisions in the workspace, now. It returns when
// they are on the disk.
func (t Team) Record(ctx context.Context, events ...team.Event) error {
	sign := t.w.sign()
	if _, err := t.Events(ctx); err != nil { // so that IDs are after the last
		return err
	}
	for i := range events {
		events[i].ID, events[i].At, events[i].Who = t.after(sign), sign.Now, sign.Who
	}
	return t.append(ctx, events)
}

// after returns an ID that sorts after those of the log.
func (t Team) after(sign review.Signature) string {
	t.w.roster.mu.Lock()
	last := ""
	for i := range t.w.roster.events {
		last = max(last, t.w.roster.events[i].ID)
	}
	t.w.roster.mu.Unlock()
	t.w.mu.Lock()
	t.w.ids.After(last)
	t.w.mu.Unlock()
	return sign.NewID()
}

// Merge adds events of another copy of the log, and returns how many were new.
func (t Team) Merge(ctx context.Context, events []team.Event) (int, error) {
	had, err := t.Events(ctx)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for i := range had {
		known[had[i].ID] = true
	}
	n := 0
	for i := range events {
		if !known[events[i].ID] {
			n++
		}
	}
	return n, t.append(ctx, events)
}

// append stores events.
func (t Team) append(ctx context.Context, events []team.Event) error {
	rows := make([]db.Row, len(events))
	for i, e := range events {
		body, err := team.Encode(e)
		if err != nil {
			return err
		}
		rows[i] = db.Row{ID: e.ID, At: e.At.Truncate(time.Millisecond), Who: e.Who, Body: body}
	}
	changed, err := t.touched(ctx, events)
	if err != nil {
		return err
	}
	outdated, err := t.w.Library.AppendEvents(ctx, changed, rows...)
	if err != nil {
		return err
	}
	for _, id := range outdated { // nobody is to find by a search what is sealed from now on
		if err := t.w.annotate(ctx, id); err != nil && !errors.Is(err, db.ErrNotFound) {
			return err
		}
	}
	t.w.hub.tell(nil, "")
	return nil
}

// touched returns the articles that events may seal or open: those of their sets, if these are blind before or after.
func (t Team) touched(ctx context.Context, events []team.Event) ([]string, error) {
	before, err := t.State(ctx)
	if err != nil {
		return nil, err
	}
	had, err := t.Events(ctx)
	if err != nil {
		return nil, err
	}
	after := team.StateOf(append(had, events...))
	var out []string
	for _, e := range events {
		for _, s := range []*team.Set{before.Set(e.Set), after.Set(e.Set)} {
			if s != nil && (s.Terms.Blind || s.Terms.Hidden > 0) {
				out = append(out, s.Articles...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

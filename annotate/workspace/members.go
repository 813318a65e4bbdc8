package workspace

import (
	"context"
	"slices"
	"sync"
	"time"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/team"
	"byline/articles/clean"
)

// A Member is somebody who works in a library together with others in the same process.
type Member struct {
	Who    string   // signs decisions
	Reads  bool     // decides nothing, and changes nothing
	Labels []string // their own; nil for those of the workspace
	Away   bool     // on another computer, of which nobody knows the zone: times are told in UTC
}

// For returns a workspace of w's library for a member. It shares the open library and the engine with w; what a member decides, the others
// are told by [Workspace.Watch]. Closing it closes nothing that is shared.
func For(w *Workspace, m Member) *Workspace {
	library, o := w.Library, w.opts
	if m.Reads {
		library = library.Reading()
	}
	o.Who = team.Name(clean.Line(m.Who))
	if m.Away {
		now := o.Now
		o.Now = func() time.Time { return now().UTC() }
	}
	if m.Labels != nil {
		o.Labels = m.Labels
	}
	one := New(library, w.engine, o)
	one.hub, one.member = w.hub, true
	return one
}

// A hub is what the workspaces of one process on one library share. It is safe for concurrent use.
type hub struct {
	annotating chan struct{} // has room for one, who annotates what is due

	mu       sync.Mutex
	stale    map[string]map[string]bool // articles whose index of names is older than their log, and who decided since
	watchers map[*watcher]bool
	seen     int64                      // version of the data when it was last asked for
	asked    time.Time                  // when that was
	begun    map[string]library.Attempt // what was being annotated then, by articles
}

func newHub() *hub {
	return &hub{annotating: make(chan struct{}, 1), stale: map[string]map[string]bool{}, watchers: map[*watcher]bool{}}
}

// decidedBy reports whether somebody decided on an article since it was indexed.
func (h *hub) decidedBy(id, who string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stale[id][who]
}

// A watcher wants to know what others changed.
type watcher struct {
	of   *Workspace
	ids  []string // of articles that changed and were not told yet; "" for any
	wake chan struct{}
}

// tell notes for all but one workspace that an article has changed.
func (h *hub) tell(from *Workspace, id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for o := range h.watchers {
		if o.of == from || slices.Contains(o.ids, id) {
			continue
		}
		o.ids = append(o.ids, id)
		if from != nil && from.opts.Who == o.of.opts.Who { // in another session
			decidedElsewhere(o.of)
		}
		select {
		case o.wake <- struct{}{}:
		default:
		}
	}
}

// Changed has the members of w's library look at it again, after articles or decisions came into it past all workspaces.
func Changed(w *Workspace) { w.hub.tell(nil, "") }

// pollEvery is how often it is looked whether another process has changed the library.
const pollEvery = 2 * time.Second

// gather is how long changes are gathered after some were told, so that many who decide at once keep nobody busy.
const gather = 200 * time.Millisecond

// Watch calls changed after another process or another member has changed the library, until ctx ends: with the ID of the
// article, or with none where that is not known.
func (w *Workspace) Watch(ctx context.Context, changed func(id string)) {
	own := w.hub.enter(ctx, w)
	defer w.hub.leave(own)
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			w.hub.poll(ctx, w.Library)
			continue
		case <-own.wake:
		}
		for _, id := range w.hub.take(own) {
			changed(id)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(gather):
		}
	}
}

// decidedElsewhere notes that there may be decisions to carry.
func decidedElsewhere(w *Workspace) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.decided++
}

func (h *hub) enter(ctx context.Context, w *Workspace) *watcher {
	seen, _ := w.Library.DataVersion(ctx)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.watchers) == 0 {
		h.seen, h.asked = seen, time.Now()
	}
	own := &watcher{of: w, wake: make(chan struct{}, 1)}
	h.watchers[own] = true
	return own
}

func (h *hub) leave(own *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watchers, own)
}

// take returns what a watcher has not been told yet. One that is told of many articles needs no single ones.
func (h *hub) take(own *watcher) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	ids := own.ids
	own.ids = nil
	if slices.Contains(ids, "") {
		return []string{""}
	}
	return ids
}

// poll asks whether another process has changed the library, once for all watchers.
func (h *hub) poll(ctx context.Context, from *db.DB) {
	h.mu.Lock()
	due := time.Since(h.asked) >= pollEvery*9/10
	if due {
		h.asked = time.Now()
	}
	h.mu.Unlock()
	if !due {
		return
	}
	now, err := from.DataVersion(ctx)
	if err != nil {
		return
	}
	begun, err := from.Attempts(ctx)
	if err != nil {
		return
	}
	h.mu.Lock()
	var changed []string
	if now != h.seen {
		changed = []string{""}
	} else {
		changed = killed(h.begun, begun)
	}
	h.seen, h.begun = now, begun
	h.mu.Unlock()
	for _, id := range changed {
		h.tell(nil, id)
	}
}

// killed returns the articles that were being annotated, and are no longer as the process was killed, which changes nothing in the
// library.
func killed(before, now map[string]library.Attempt) []string {
	var out []string
	for id, a := range now {
		if a == library.BrokenOff && before[id] == library.Running {
			out = append(out, id)
		}
	}
	return out
}

package sync

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// A guest is somebody at the other end of a wire of whom it is known who they are. What is sealed for them does not travel. Of what
// they give, this is taken: articles that are new, and their own decisions, as far as they could have made them here. No
// events of the team are.
type guest struct {
	*workspace.Workspace
	who     string // signs their decisions
	reads   bool   // gives nothing
	changed func() // called after something new was taken
}

// OfGuest returns what a member of a workspace brings together with it who is elsewhere, to be served to them. One who reads gives
// nothing. Tell is called with everything that was passed over, changed after something new was taken.
func OfGuest(w *workspace.Workspace, reads bool, tell func(error), changed func()) *Library {
	l := Of(w, tell)
	l.guest = &guest{w, workspace.Signer(w), reads, changed}
	return l
}

// mostOfGuest is how many bytes a line of a guest may have.
const mostOfGuest = 32 << 20

// fast is how far the clock of a guest may be ahead.
const fast = time.Hour

// Misnamed says that the other side takes only what is signed otherwise than signer signs; empty if that is not so.
func (r *Report) Misnamed(signer string) string {
	if r.Guest == "" || r.Guest == signer || r.Reads {
		return ""
	}
	return fmt.Sprintf("takes from you only what is signed as %s; what you signed as %s stays here: set who = %q", r.Guest, signer, r.Guest)
}

// logOf returns the decisions of rows. Those that no version of byline reads are left out.
func logOf(rows []exchange.Row) (log []annotate.Decision) {
	for i := range rows {
		if d, err := review.Decode(rows[i].Body); err == nil {
			log = append(log, d)
		}
	}
	return log
}

// show takes out of an article what a guest may not see.
func (g *guest) show(ctx context.Context, a *exchange.Article) error {
	state, err := workspace.TeamOf(g.Workspace).State(ctx)
	if err != nil || !state.Hides(a.ID, g.who, workspace.DoneIn(state, a.ID, logOf(a.Rows))) {
		return err
	}
	a.Rows = slices.DeleteFunc(a.Rows, func(r exchange.Row) bool { return r.Who != g.who })
	return nil
}

// greet tells the guest as whom they are known, and returns which articles they are to look at besides those that changed: some may be
// open by now that were hidden, as hidden tells, when they came last.
func (g *guest) greet(ctx context.Context, me *hello, hidden string) ([]string, error) {
	ids, now, err := g.sealable(ctx)
	if me.Who, me.Reads = g.who, g.reads; now != "" {
		me.Known += "." + now
	}
	if now == hidden {
		ids = nil
	}
	return ids, err
}

// sealable returns the articles of blind sets, and what tells whether those are the same that are hidden from the guest.
func (g *guest) sealable(ctx context.Context) (ids []string, hidden string, err error) {
	state, err := workspace.TeamOf(g.Workspace).State(ctx)
	if err != nil {
		return nil, "", err
	}
	all := map[string]bool{}
	for _, s := range state.Sets {
		if s.Terms.Blind && !s.Retired {
			for _, id := range s.Articles {
				all[id] = isID.MatchString(id)
			}
		}
	}
	maps.DeleteFunc(all, func(_ string, ours bool) bool { return !ours })
	if len(all) == 0 {
		return nil, "", nil
	}
	begun, err := g.Library.Holding(ctx, `"`+string(annotate.Done)+`"`)
	if err != nil {
		return nil, "", err
	}
	ids = slices.Sorted(maps.Keys(all))
	sum := sha256.New()
	for _, id := range ids {
		var log []annotate.Decision
		if slices.Contains(begun, id) {
			if log, err = g.log(ctx, id); err != nil {
				return nil, "", err
			}
		}
		if state.Hides(id, g.who, workspace.DoneIn(state, id, log)) {
			sum.Write([]byte(id + "\n"))
		}
	}
	return ids, hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// log returns the decisions on an article.
func (g *guest) log(ctx context.Context, id string) (log []annotate.Decision, err error) {
	var rows []db.Row
	rows, err = g.Library.Rows(ctx, id, 0)
	for i := range rows {
		if d, err := review.Decode(rows[i].Body); err == nil {
			log = append(log, d)
		}
	}
	return log, err
}

// wants reports whether a file of an article is taken from the guest; held is what the library has of it, nil for nothing. The text of
// an article that is here, and what its source says, is not for guests to change.
func (g *guest) wants(name string, held *exchange.Article) bool {
	switch kind, id, of := parsePath(name); {
	case g.reads:
		return false
	case kind == logFile:
		return of == team.FileName(g.who) && name == logPath(id, g.who)
	}
	return held == nil
}

// admit takes out of what is new of an article what the guest could not have done here, and tells of it.
func (g *guest) admit(ctx context.Context, m *merged, now time.Time) error {
	if m.take == nil {
		return nil
	}
	if a := m.take.About; a != nil && isSample(m.take) {
		a.Source = ""
	}
	state, err := workspace.TeamOf(g.Workspace).State(ctx)
	if err != nil {
		return err
	}
	var held []annotate.Decision
	if m.held != nil {
		held = logOf(m.held.Rows)
	}
	x := admission{guest: g, state: state, id: m.id, now: now, owners: map[string]string{}}
	for i := range held {
		x.owners[held[i].Step] = held[i].Who
	}
	x.ended(held, logOf(m.take.Rows))
	refused := map[string]int{}
	m.take.Rows = slices.DeleteFunc(m.take.Rows, func(r exchange.Row) bool {
		d, err := review.Decode(r.Body)
		if err == nil {
			err = cmp.Or(x.check(&d), x.keepsDone(&d), x.comesLate(&d))
		}
		if err != nil {
			refused[err.Error()]++
		}
		return err != nil
	})
	for _, why := range slices.Sorted(maps.Keys(refused)) {
		m.tell(logPath(m.id, g.who), fmt.Errorf("article %s: not taken: %s: %s", m.id, count(refused[why], "decision"), why))
	}
	return nil
}

// An admission looks at what a guest decided about one article, in the order of the decisions.
type admission struct {
	*guest
	state  *team.State
	id     string // of the article
	now    time.Time
	owners map[string]string // of steps
	stays  bool              // they took back with what came that they are done, though they could see what others decided
	done   team.Done         // here
	marks  map[string]string // steps of theirs by which they are done, or not, with the set
	opened bool              // their reading has ended here, and they can see what others decided
	silent map[string]bool   // steps of theirs that answer nothing
}

// ended notes how the guest's reading of the article ended here, if it did, and with what came.
func (x *admission) ended(held, came []annotate.Decision) {
	x.opened = x.state.Opened(x.id, x.who, workspace.SpellsIn(held))
	x.done = workspace.DoneIn(x.state, x.id, held)
	x.silent, x.marks = map[string]bool{}, map[string]string{}
	for _, d := range slices.Concat(held, came) {
		step := cmp.Or(d.Step, d.ID)
		if d.Who == x.who && d.Layer == "" && (d.Verb == annotate.Done || d.Verb == annotate.Reopen) {
			x.marks[step] = d.Value
		}
		was, known := x.silent[step]
		x.silent[step] = (was || !known) && d.Who == x.who && !turns(&d) && !workspace.Answers(&d)
	}
	x.stays = x.opened && slices.ContainsFunc(came, func(d annotate.Decision) bool { return x.again(&d) && d.Verb != annotate.Done })
}

// again reports whether a decision says anew that the guest is done, or not done, in a set in which they are done.
func (x *admission) again(d *annotate.Decision) bool {
	step := cmp.Or(d.Step, d.ID)
	if turns(d) {
		step = d.Value
	}
	set, marks := x.marks[step]
	return marks && x.done(set, x.who) != ""
}

// comesLate returns [errAfterDone] for a decision that answers something on an article that was open to the guest when it came, whenever it
// says that it was made: they may have copied it from others.
func (x *admission) comesLate(d *annotate.Decision) error {
	if !x.opened || d.Layer != "" || turns(d) && x.silent[d.Value] || !turns(d) && !workspace.Answers(d) {
		return nil
	}
	return errAfterDone
}

// turns reports whether a decision is about a step.
func turns(d *annotate.Decision) bool { return d.Verb == annotate.Undo || d.Verb == annotate.Redo }

var errAfterDone = errors.New("you are done with it and everybody else is, so you may have seen what they decided: what comes now is in no reading; a curator can reopen it")

// keepsDone returns [workspace.ErrOpen] for a decision by which they would not be done any more, as they must be, and for that by which they are
// again: with one of them here the other would do no harm, and be taken the next time.
func (x *admission) keepsDone(d *annotate.Decision) error {
	if x.stays && x.again(d) {
		return workspace.ErrOpen
	}
	return nil
}

// check returns why a decision is not taken; nil if it is.
func (x *admission) check(d *annotate.Decision) error {
	made, ok := review.TimeOf(d.ID)
	latest := x.now.Add(fast)
	step := d.Step
	if step == "" {
		step = d.ID
	}
	owner, known := x.owners[step]
	switch {
	case d.Who != x.who:
		return fmt.Errorf("it is signed by %.80s, and your key is that of %s", strings.TrimSpace(d.Who), x.who)
	case !ok:
		return errors.New("no byline gives such an ID")
	case made.After(latest) || d.At.After(latest):
		return errors.New("it is of the future: set the clock of the computer that it was made on")
	case d.Layer != "" && d.Layer != annotate.Curated:
		return fmt.Errorf("there is no layer %.40q", d.Layer)
	case d.Layer == annotate.Curated:
		if err := workspace.Curable(x.state, x.id, x.who); err != nil {
			return err
		}
	}
	if turns(d) {
		owner, known = x.owners[d.Value], true
	}
	if known && owner != x.who {
		return errors.New("it takes back or adds to what somebody else decided")
	}
	if !turns(d) {
		x.owners[step] = x.who
	}
	return nil
}

// plain returns an error as a guest may read it: that of a decision with the ID of another without what that is, which may be sealed.
func (g *guest) plain(err error) error {
	if double, ok := errors.AsType[*doubleError](err); ok {
		return fmt.Errorf("decision %.64s is not the one of that ID here, and decisions never change; it is not taken", double.There.ID)
	}
	return err
}

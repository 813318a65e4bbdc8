package sync

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
)

// A Library is brought together with others.
type Library struct {
	Store exchange.Store
	Team  Team // nil for none
	// Clashes returns where people disagree in an article about what just came; see [review.Clash]. It may be nil.
	Clashes func(ctx context.Context, id string, came map[string]bool) (title string, all []review.Clash, err error)
	// Tell is called with everything that was passed over, one line each. What is told of is not lost: it stays where it is.
	Tell func(error)
	// Progress, if not nil, is called after some of the articles that changed.
	Progress func(done, all int)
	Now      func() time.Time // time.Now if nil

	guest *guest // who is served; nil for whoever may do all

	Restore bool // bring articles back that were deleted here for good
	All     bool // look at all articles, not only at those that changed since the last run
	Alone   bool // nobody is there whom git or ssh could ask for a password
}

// A Report says what a run did.
type Report struct {
	Came, Went  int             // decisions
	By          map[string]bool // whose came
	New, Put    int             // articles that are new here, and there
	Changed     int             // articles with a new text or title here
	Trash       int             // decisions that came on articles in the trash
	Purged      int             // articles that stay away because they were deleted here for good
	Events      [2]int          // of the team, that came and went
	Clashes     []Clash
	Differences []Difference // what is for the curators of sets

	// Guest is as whom the other side knows whoever asks, and Reads that they may only read there; empty where they may do all.
	Guest string
	Reads bool
}

// clock returns what time it is.
func (l *Library) clock() time.Time {
	if l.Now != nil {
		return l.Now()
	}
	return time.Now()
}

// A Clash is where people disagree.
type Clash struct {
	ID, Title string // of the article
	review.Clash
}

// String says what a run did: "12 decisions of 2 people came, 5 went out; 1 article is new".
func (r *Report) String() string {
	if r.Came+r.Went+r.New+r.Put+r.Changed+r.Events[0]+r.Events[1] == 0 {
		return "Nothing new" + r.rest()
	}
	came := count(r.Came, "decision")
	if r.Came > 0 {
		people := "1 person"
		if len(r.By) != 1 {
			people = fmt.Sprintf("%d people", len(r.By))
		}
		came += " of " + people
	}
	s := fmt.Sprintf("%s came, %d went out", came, r.Went)
	switch {
	case r.New == 1:
		s += "; 1 article is new"
	case r.New > 1:
		s += fmt.Sprintf("; %d articles are new", r.New)
	}
	for _, x := range []struct {
		n    int
		what string
	}{{r.Changed, "changed"}, {r.Put, "went out"}} {
		if x.n > 0 {
			s += "; " + count(x.n, "article") + " " + x.what
		}
	}
	if n := r.Events[0] + r.Events[1]; n > 0 {
		s += "; " + count(n, "change") + " to the team"
	}
	return s + r.rest()
}

func (r *Report) rest() string {
	s := ""
	if r.Trash > 0 {
		s += fmt.Sprintf("; %s came on articles that are in the trash here", count(r.Trash, "decision"))
	}
	if r.Reads {
		s += "; nothing goes out, since you may only read there"
	}
	switch {
	case r.Purged == 1:
		s += "; 1 article that was deleted here for good stays away"
	case r.Purged > 1:
		s += fmt.Sprintf("; %d articles that were deleted here for good stay away", r.Purged)
	}
	return s
}

// atOnce is how many articles are brought together in one transaction, which holds up others for some 20 ms.
// Their files have some mostAtOnce bytes, as they are in memory.
const (
	atOnce     = 32
	mostAtOnce = 64 << 20
)

// Dir brings the library together with a folder, in which it keeps all it writes in a folder "byline".
func (l *Library) Dir(ctx context.Context, dir string) (Report, error) {
	f, root, err := openFolder(dir)
	if err != nil {
		return Report{}, err
	}
	defer root.Close()
	place := dir
	if abs, err := filepath.Abs(dir); err == nil {
		place = abs
	}
	if real, err := filepath.EvalSymlinks(place); err == nil {
		place = real
	}
	return l.folder(ctx, f, "folder "+place)
}

// A run is one run with a folder.
type run struct {
	*Library
	*folder
	Report
	was   exchange.State
	now   exchange.State
	seen  map[string]stamp // what is to be noted of the folder
	wrote map[string]bool  // files that this run wrote
	gone  map[string]bool  // articles that were deleted here for good
	own   bool             // nobody else has written since was

	troubled bool // something was told of
}

func (l *Library) folder(ctx context.Context, f *folder, place string) (Report, error) {
	r := &run{Library: l, folder: f, Report: Report{By: map[string]bool{}}, wrote: map[string]bool{}, own: true}
	if err := f.prepare(); err != nil {
		return r.Report, err
	}
	start := l.clock()
	files, passed, err := f.list(start)
	if err != nil {
		return r.Report, err
	}
	for _, err := range passed {
		l.Tell(err)
	}
	if err := r.begin(ctx, place); err != nil {
		return r.Report, err
	}
	ids, paths, err := r.changed(ctx, files)
	if err != nil {
		return r.Report, err
	}
	r.seen = files
	if err := r.events(ctx); err != nil {
		return r.Report, err
	}
	done := 0
	for chunk := range r.chunks(ids, paths) {
		if err := r.some(ctx, chunk, paths); err != nil {
			return r.Report, err
		}
		if done += len(chunk); l.Progress != nil {
			l.Progress(done, len(ids))
		}
	}
	r.now.Seen = r.writeSeen(start, l.clock())
	if r.was.Touched == r.now.Touched && r.was.Log == r.now.Log && bytes.Equal(r.was.Seen, r.now.Seen) {
		return r.Report, nil
	}
	return r.Report, l.Store.SaveState(ctx, place, r.now)
}

// chunks yields the articles that are brought together at once: not too many, and not of too many bytes.
func (r *run) chunks(ids []string, paths map[string][]string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		from, size := 0, int64(0)
		for i, id := range ids {
			for _, p := range paths[id] {
				size += max(0, r.seen[p].size)
			}
			if i+1-from == atOnce || size > mostAtOnce || i+1 == len(ids) {
				if !yield(ids[from : i+1]) {
					return
				}
				from, size = i+1, 0
			}
		}
	}
}

// begin reads what was seen, and what was deleted.
func (r *run) begin(ctx context.Context, place string) (err error) {
	if r.was, err = r.Store.State(ctx, place); err != nil {
		return err
	}
	if r.All {
		r.was = exchange.State{}
	}
	r.gone, err = r.Store.Purged(ctx)
	if err == nil && r.Restore && len(r.gone) > 0 {
		err = r.Store.Forgive(ctx, slices.Sorted(maps.Keys(r.gone)))
		r.was, r.gone = exchange.State{}, nil // all is looked at again
	}
	return err
}

// changed returns the articles of which something changed, here or there, and the files of each.
func (r *run) changed(ctx context.Context, files map[string]stamp) ([]string, map[string][]string, error) {
	c, err := r.Store.Changed(ctx, r.was)
	if err != nil {
		return nil, nil, err
	}
	r.now.Touched, r.now.Log = c.Touched, c.Log
	ids := map[string]bool{}
	for _, id := range c.IDs {
		ids[id] = isID.MatchString(id)
	}
	was := readSeen(r.was.Seen)
	for p, s := range files {
		if had, ok := was[p]; !ok || had != s {
			note(ids, p)
		}
	}
	for p := range was {
		if _, ok := files[p]; !ok {
			note(ids, p)
		}
	}
	maps.DeleteFunc(ids, func(_ string, ours bool) bool { return !ours })
	paths := map[string][]string{}
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if _, id, _ := parsePath(p); ids[id] {
			paths[id] = append(paths[id], p)
		}
	}
	return slices.Sorted(maps.Keys(ids)), paths, nil
}

// note notes the article of a file.
func note(ids map[string]bool, p string) {
	if _, id, _ := parsePath(p); id != "" {
		ids[id] = true
	}
}

// some brings some articles together: first the library has what it lacks, then the folder.
func (r *run) some(ctx context.Context, ids []string, paths map[string][]string) error {
	var all []*merged
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		m := &merged{id: id, wrong: map[string]bool{}}
		if r.gone[id] {
			r.Purged++
			continue
		}
		var err error
		if m.held, err = r.Store.Read(ctx, id); err != nil {
			return err
		}
		if m.held == nil && len(paths[id]) == 0 {
			continue
		}
		r.readShelf(m, paths[id])
		if err := r.mergeFrom(ctx, m); err != nil {
			return err
		}
		all = append(all, m)
	}
	if err := r.withoutDoubles(ctx, all); err != nil {
		return err
	}
	if err := r.take(ctx, all); err != nil {
		return err
	}
	for _, m := range all {
		if err := r.put(m); err != nil {
			return err
		}
	}
	if err := r.note(ctx, all); err != nil {
		return err
	}
	return r.disagree(ctx, all)
}

// mergeFrom merges an article, without what a guest may not give.
func (r *run) mergeFrom(ctx context.Context, m *merged) error {
	if err := r.merge(m); err != nil || r.guest == nil {
		return err
	}
	return r.guest.admit(ctx, m, r.clock())
}

// withoutDoubles takes out of what is new the decisions whose IDs another article's log has.
func (r *run) withoutDoubles(ctx context.Context, all []*merged) error {
	var ids []string
	for _, m := range all {
		if m.take != nil {
			for i := range m.take.Rows {
				ids = append(ids, m.take.Rows[i].ID)
			}
		}
	}
	holders, err := r.Store.Holders(ctx, ids)
	if err != nil {
		return err
	}
	first := map[string]exchange.Holder{}
	for _, m := range all {
		if m.take == nil {
			continue
		}
		m.take.Rows = slices.DeleteFunc(m.take.Rows, func(x exchange.Row) bool {
			h, ok := holders[x.ID]
			if !ok {
				h, ok = first[x.ID]
			}
			if !ok {
				first[x.ID] = exchange.Holder{Article: m.id, Row: x}
				return false
			}
			here, _ := review.Decode(h.Body)
			there, _ := review.Decode(x.Body)
			p := logPath(m.id, x.Who)
			m.tell(p, fmt.Errorf("article %s: %w", h.Article, &doubleError{here, there, r.path(p), false}))
			return true
		})
	}
	return nil
}

// take brings what is new into the library.
func (r *run) take(ctx context.Context, all []*merged) error {
	var list []*exchange.Article
	for _, m := range all {
		if t := m.take; t != nil && (t.About != nil || len(t.Editions)+len(t.Texts)+len(t.Rows) > 0) {
			list = append(list, t)
		}
	}
	if len(list) == 0 {
		return nil
	}
	done, err := r.Store.Apply(ctx, list)
	if err != nil {
		return err
	}
	// What this run wrote is known to the folder; what somebody else wrote meanwhile is for the next run.
	if r.own = r.own && done.From.Touched == r.now.Touched && done.From.Log == r.now.Log; r.own {
		r.now.Touched, r.now.Log = done.To.Touched, done.To.Log
	}
	for _, m := range all {
		r.countTaken(m)
	}
	return nil
}

func (r *run) countTaken(m *merged) {
	if m.take == nil {
		return
	}
	r.Came += len(m.take.Rows)
	for i := range m.take.Rows {
		r.By[m.take.Rows[i].Who] = true
	}
	switch {
	case m.held == nil:
		r.New++
	case m.held.Removed:
		r.Trash += len(m.take.Rows)
	case m.other:
		r.Changed++
	}
}

// put writes what is new for the folder, and notes what it wrote.
func (r *run) put(m *merged) error {
	for _, w := range m.write {
		s, err := r.write(w.path, w.data)
		if err != nil {
			return err
		}
		r.seen[w.path], r.wrote[w.path] = s, true
	}
	for p := range m.wrong {
		r.seen[p] = again
	}
	for _, err := range m.told {
		r.Tell(err)
	}
	r.troubled = r.troubled || len(m.told) > 0
	r.Went += m.went
	if m.fresh && len(m.write) > 0 {
		r.Put++
	}
	return nil
}

// disagree finds where what came disagrees with what others decided. Of articles that are new here nobody here decided anything.
func (r *run) disagree(ctx context.Context, all []*merged) error {
	if r.Library.Clashes == nil {
		return nil
	}
	for _, m := range all {
		if m.take == nil || m.held == nil || len(m.take.Rows) == 0 {
			continue
		}
		people := map[string]bool{}
		came := map[string]bool{}
		for i := range m.take.Rows {
			people[m.take.Rows[i].Who], came[m.take.Rows[i].ID] = true, true
		}
		for i := range m.held.Rows {
			people[m.held.Rows[i].Who] = true
		}
		if len(people) < 2 {
			continue
		}
		title, clashes, err := r.Library.Clashes(ctx, m.id, came)
		if err != nil {
			return err
		}
		for _, c := range clashes {
			if c.Set != "" {
				r.Report.Differences = append(r.Report.Differences, Difference{Clash: c})
				continue
			}
			r.Report.Clashes = append(r.Report.Clashes, Clash{m.id, title, c})
		}
	}
	return nil
}

// again is the stamp of a file that is read again by the next run.
var again = stamp{-1, -1}

// writeSeen writes the stamps of files. Those that may change again without another stamp, where one is as old as the moment in
// which it was read or written, are read again.
func (r *run) writeSeen(start, end time.Time) []byte {
	var b bytes.Buffer
	for _, p := range slices.Sorted(maps.Keys(r.seen)) {
		known := start
		if r.wrote[p] {
			known = end
		}
		s := r.seen[p]
		if s.fresh(known) {
			s = again
		}
		fmt.Fprintf(&b, "%s\t%d\t%d\n", p, s.size, s.time)
	}
	return b.Bytes()
}

func readSeen(b []byte) map[string]stamp {
	out := map[string]stamp{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 {
			continue
		}
		size, err := strconv.ParseInt(f[1], 10, 64)
		at, err2 := strconv.ParseInt(f[2], 10, 64)
		if err == nil && err2 == nil {
			out[f[0]] = stamp{size, at}
		}
	}
	return out
}

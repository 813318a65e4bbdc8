package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace/withheld"
)

// Agree returns what the annotators who are done with an article agree on: the layer to which the view [library.Curated]
// applies the decisions of curators. Done are their names, sorted, never none; [ReadingOf] has their readings.
type Agree func(d *Document, done []string) *annotate.Layer

// ErrOthersReading says that somebody wanted to decide in the reading of another person.
var ErrOthersReading = errors.New("this is somebody else's reading, in which only they decide")

// ErrSealed says that an article is sealed to whoever looks; see package team.
var ErrSealed = errors.New("the article is sealed until all who annotate it are done")

// ErrOpen says that somebody wanted to change their reading of a blind article, or to take back that they are done with it, when everybody
// was done with it.
var ErrOpen = errors.New("everybody was done with this article, and could see what the others decided: it stays done, and nothing more is decided here; a curator settles what is wrong")

// ErrDone says that somebody wanted to change their reading of a blind article that they are done with.
var ErrDone = library.ErrDone

// ErrNoCurator says that somebody who is no curator of the article's set wanted to decide in the curated reading.
var ErrNoCurator = errors.New("only the curators of the set decide here")

// A notCurator is [ErrNoCurator] with the sets and their curators.
type notCurator struct{ sets, curators []string }

func (e *notCurator) Error() string {
	return fmt.Sprintf("only the curators of %s decide here: %s", annotate.JoinNames(e.sets), strings.Join(e.curators, ", "))
}

func (e *notCurator) Is(target error) bool { return target == ErrNoCurator }

// Curable returns nil if whoever looks at d may decide in its curated reading, and otherwise why not: an [ErrNoCurator].
func (d *Document) Curable() error { return Curable(d.reading.state, d.ID, d.reading.who) }

// A reading says whose decisions a document applies. It is comparable.
type reading struct {
	view   library.View
	who    string      // who looks
	state  *team.State // of the team; nil where there is no set
	hidden bool        // the decisions of others are not to be seen
	sealed bool        // nobody's decisions are for everybody
	busy   bool        // it is assigned to who, who is not done with it
	until  string      // the last decision of the one whose reading it is; empty for no end; see [team.State.Until]
}

// all reports whether every decision is applied.
func (r reading) all() bool { return r.view == library.Everyone }

// curated reports whether d is a curator's.
func curated(d annotate.Decision) bool { return d.Layer == annotate.Curated }

// shows reports whether a decision is applied.
func (r reading) shows(d *annotate.Decision) bool {
	switch whose := r.view.Whose(r.who); {
	case r.all():
		return true
	case r.view == library.Curated:
		return d.Layer == annotate.Curated
	default:
		return d.Who == whose && d.Layer == "" && !late(d, r.until)
	}
}

// annotator returns the person from whom a share of the suggestions is hidden in the reading; empty for nobody.
func (r reading) annotator() string {
	if whose := r.view.Whose(r.who); whose != "" {
		return whose
	}
	if r.busy {
		return r.who
	}
	return ""
}

// View returns whose decisions w applies to articles that are not sealed.
func View(w *Workspace) library.View {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.view
}

// See has w apply the decisions of a view from now on. Articles that are sealed (see package team) are shown to their
// annotators as they see them alone, whatever the view.
func See(w *Workspace, v library.View) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.view = v
	w.Library.See(v)
}

// readingOf returns whose decisions are applied to an article with that ID and log.
func readingOf(ctx context.Context, w *Workspace, id string, log []annotate.Decision) (reading, error) {
	r := reading{view: View(w), who: w.opts.Who}
	state, err := TeamOf(w).State(ctx)
	if err != nil || len(state.Sets) == 0 {
		return r, err
	}
	r.state = state
	done := DoneIn(state, id, log)
	r.sealed = state.Sealed(id, done)
	if state.Hides(id, r.who, done) {
		r.hidden, r.view = true, library.Mine
	}
	for _, s := range state.Assigned(id, r.who) {
		r.busy = r.busy || done(s.Name, r.who) == ""
	}
	return r.ended(id, SpellsIn(log)), nil
}

// ended returns r with where it ends.
func (r reading) ended(id string, spells team.Spells) reading {
	r.until = ""
	if whose := r.view.Whose(r.who); whose != "" && r.state != nil {
		r.until = r.state.Until(id, whose, spells)
	}
	return r
}

// as returns d with the decisions of another reading applied.
func (d *Document) as(r reading) *Document {
	next := *d
	r = r.ended(d.ID, SpellsIn(d.whole))
	next.reading = r
	next.Tags = next.tagsIn(r.view)
	next.Log, next.placed = d.visible(r)
	next.Suggested = d.suggestedTo(r)
	next.draft = nil
	return next.applied(&Document{}, nil)
}

// visible returns the decisions that a reading applies: as they were made, and anchored in the text.
func (d *Document) visible(r reading) (log, placed []annotate.Decision) {
	if r.all() {
		return d.whole, d.wholePlaced
	}
	n := 0
	for i := range d.whole {
		if r.shows(&d.whole[i]) {
			n++
		}
	}
	if n == len(d.whole) {
		return slices.Clip(d.whole), slices.Clip(d.wholePlaced) // which grow otherwise
	}
	log, placed = make([]annotate.Decision, 0, n), make([]annotate.Decision, 0, n)
	for i := range d.whole {
		if x := &d.whole[i]; r.shows(x) {
			log, placed = append(log, *x), append(placed, d.wholePlaced[i])
		}
	}
	if same(d.whole, d.wholePlaced) {
		placed = log
	}
	return log, placed
}

// annotatorsDone returns the names of those who have finished an article, sorted.
func annotatorsDone(finished []review.Finished) []string {
	var out []string
	for _, f := range finished {
		if f.Layer == "" {
			out = append(out, f.Who)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// suggestedTo returns what is suggested in a reading: what machines found, with what follows from decisions of who looks
// in other articles, and without the share that is hidden from an annotator. In an article that was ever assigned to who looks nothing
// follows from others: what an annotator makes of it is the same on every machine.
func (d *Document) suggestedTo(r reading) *annotate.Layer {
	l := d.Machine
	if r.view == library.Curated {
		if done := annotatorsDone(d.finished()); len(done) > 0 && d.agree != nil {
			return d.agree(d, done)
		}
		return l
	}
	whose := r.view.Whose(r.who)
	if (whose == "" || whose == r.who) && (r.state == nil || !r.state.Had(d.ID, r.who)) {
		l = d.carriedTo
	}
	return withoutHidden(l, d.Article, r)
}

// hides returns what reports whether words of the article with that ID are not suggested to the annotator of a reading; nil if all are.
func (r reading) hides(id string) func(words string) bool {
	who := r.annotator()
	if r.state == nil || who == "" {
		return nil
	}
	sets := r.state.Hiding(id, who)
	if len(sets) == 0 {
		return nil
	}
	return func(words string) bool {
		return slices.ContainsFunc(sets, func(x *team.Set) bool { return x.Hides(id, who, words) })
	}
}

// Hidden returns what reports whether a suggestion of the machine's in d was not shown to an annotator; nil if all were.
func Hidden(d *Document, who string) func(review.Target) bool {
	shown := withoutHidden(d.Machine, d.Article, reading{view: library.ViewOf(who), who: who, state: d.reading.state})
	if shown == d.Machine {
		return nil
	}
	gone := withheld.Gone(d.Machine, shown)
	return func(t review.Target) bool { return gone[t] }
}

// Labels returns the names of the labels that a set gives an article, or those of all its sets if set is empty.
func Labels(d *Document, set string) (names []string) {
	if d.reading.state == nil {
		return nil
	}
	for _, s := range d.reading.state.Sets {
		if set != "" && s.Name != set || !slices.Contains(s.Articles, d.ID) {
			continue
		}
		for _, l := range s.Labels {
			names = append(names, l.Name)
		}
	}
	return names
}

// public returns d as the index of the library holds it, which everybody sees: with the decisions of all, or with nobody's
// if the article is sealed.
func (d *Document) public() *Document {
	if d.isPublic() {
		return d
	}
	one, r := *d, d.reading
	if r.state != nil { // what one person decided elsewhere is not for everybody either
		one.carriedTo, one.carried = d.Machine, nil
	}
	if r.sealed {
		one.whole, one.wholePlaced, one.by = nil, nil, crowd{}
	}
	return one.as(reading{view: library.Everyone, state: r.state})
}

// isPublic reports whether d is what everybody may see.
func (d *Document) isPublic() bool {
	r := d.reading
	return r.all() && !r.sealed && (r.state == nil || d.Suggested == d.Machine)
}

// publicCounts returns the counts of what everybody sees; nil where the document does not know them.
func (d *Document) publicCounts() *annotate.Counts {
	if d.isPublic() {
		return &d.counts
	}
	return nil
}

// ReadingOf returns one person's reading of d, and their decisions that led to it, anchored in the text; see [Document.Who].
func ReadingOf(d *Document, name string) (*annotate.Layer, []annotate.Decision) {
	plain, r := *d, d.reading
	plain.carriedTo, r.view = d.Machine, library.ViewOf(name)
	if d.reading.hidden && name != d.reading.who {
		plain.whole, plain.wholePlaced = nil, nil
	}
	r = r.ended(d.ID, SpellsIn(plain.whole))
	_, placed := plain.visible(r)
	suggested := plain.suggestedTo(r)
	if len(placed) == 0 {
		return suggested, placed
	}
	return d.how.Apply(d.Text, suggested, placed).Layer, placed
}

// Who returns the document with one person's own decisions and tags only, and everybody's tags, the same whoever looks: it has nothing that
// follows from what they decided in other articles. Where others' are not to be seen, it has none of theirs.
func (d *Document) Who(name string) *Document {
	r := d.reading
	r.view = library.ViewOf(name)
	one := *d
	one.carriedTo, one.carried = d.Machine, nil
	if d.reading.hidden && name != d.reading.who {
		one.whole, one.wholePlaced, one.by = nil, nil, crowd{}
	}
	one = *one.as(r)
	one.Document.Who, one.Status, one.known = name, "", nil
	if len(d.Log) == 0 {
		one.Log = nil // where nobody decided, there is no log of one person
	}
	return &one
}

// tagsIn returns the tags of d that a view shows.
func (d *Document) tagsIn(v library.View) []string { return v.Tags(d.tagged, d.reading.who) }

// CuratedTags returns the tags of the curated reading of d.
func CuratedTags(d *Document) []string { return d.tagsIn(library.Curated) }

// Hidden reports whether the decisions of others are hidden from whoever looks, because the article is sealed.
func (d *Document) Hidden() bool { return d.reading.hidden }

// View returns whose decisions are applied.
func (d *Document) View() library.View { return d.reading.view }

// layerToDecide returns the layer of the decisions that are made on d, or why none are.
func (d *Document) layerToDecide() (string, error) {
	r := d.reading
	switch whose := r.view.Whose(r.who); {
	case r.view == library.Curated:
		return annotate.Curated, d.Curable()
	case whose != "" && whose != r.who:
		return "", ErrOthersReading
	}
	return "", nil
}

// Curable is [Document.Curable] for somebody, in a team that may be nil: where the sets of an article have curators, they alone
// decide.
func Curable(state *team.State, id, who string) error {
	if state == nil {
		return nil
	}
	var others notCurator
	for _, s := range state.Sets {
		if !slices.Contains(s.Articles, id) || s.Retired {
			continue
		}
		if s.Role(who) == team.Curator {
			return nil
		}
		n := len(others.curators)
		for _, m := range s.Members {
			if m.Role == team.Curator {
				others.curators = append(others.curators, m.Name)
			}
		}
		if len(others.curators) > n {
			others.sets = append(others.sets, s.Name)
		}
	}
	if len(others.sets) == 0 {
		return nil
	}
	slices.Sort(others.curators)
	others.curators = slices.Compact(others.curators)
	return &others
}

// Duty returns what the article with that ID is to whoever looks.
func (t Team) Duty(ctx context.Context, id string) (library.Duty, error) {
	doc, err := t.w.Open(ctx, id)
	if err != nil {
		return library.Duty{}, err
	}
	r := doc.reading
	d := library.Duty{View: r.view, Sealed: r.hidden}
	if r.view.Whose(r.who) == r.who {
		d.View = library.Mine
	}
	if !r.hidden {
		d.Views = doc.views()
	}
	if r.state == nil {
		return d, nil
	}
	done := doneOf(doc.finished())
	for _, s := range r.state.Assigned(id, r.who) {
		d.Sets = append(d.Sets, library.DutySet{Name: s.Name, Done: done(s.Name, r.who) != ""})
	}
	d.Guidelines, d.Labels = rulesOf(r.state, id, r.who)
	spells := SpellsIn(doc.whole)
	d.Ended = !d.View.Others() && d.View != library.Curated && r.state.Until(id, r.who, spells) != ""
	d.Stays = len(d.Sets) > 0 && d.Done() && r.state.Opened(id, r.who, spells)
	return d, nil
}

// views returns the views of a document: everybody's, one's own, those of others who decided or annotate it, and the
// curated one.
func (d *Document) views() []library.View {
	names, curated := slices.Clone(d.by.names), d.by.curated
	if d.reading.state != nil {
		for _, s := range d.reading.state.Sets {
			names = append(names, s.Assigned(d.ID)...)
			curated = curated || slices.Contains(s.Articles, d.ID)
		}
	}
	slices.Sort(names)
	out := []library.View{library.Everyone, library.Mine}
	for _, name := range slices.Compact(names) {
		if name != d.reading.who && name != "" {
			out = append(out, library.ViewOf(name))
		}
	}
	if curated {
		out = append(out, library.Curated)
	}
	return out
}

// A Keeper keeps how far whoever looks has come with the articles of a workspace's library, and says what they are to them in
// a team.
type Keeper struct {
	*db.DB
	w *Workspace
}

// KeeperOf returns the keeper of a workspace's library.
func KeeperOf(w *Workspace) Keeper { return Keeper{w.Library, w} }

// Duty is [Team.Duty].
func (k Keeper) Duty(ctx context.Context, id string) (library.Duty, error) {
	return TeamOf(k.w).Duty(ctx, id)
}

// elsewhere returns [ErrOthersReading] where an article is shown in the reading of another: nobody has come any further by that.
func (k Keeper) elsewhere(ctx context.Context, id string) error {
	if v := View(k.w); v.Whose(k.w.opts.Who) == k.w.opts.Who || !v.Others() {
		return nil
	}
	doc, err := open(ctx, k.w, id)
	if err == nil && doc.reading.view.Whose(doc.reading.who) != doc.reading.who {
		err = ErrOthersReading
	}
	return err
}

// SetStatus is that of [db.Articles] for one's own readings.
func (k Keeper) SetStatus(ctx context.Context, id string, st library.Status) error {
	if err := k.elsewhere(ctx, id); err != nil {
		return err
	}
	return k.DB.SetStatus(ctx, id, st)
}

// MarkOpened is that of [db.Articles], for one's own readings.
func (k Keeper) MarkOpened(ctx context.Context, id string) error {
	if err := k.elsewhere(ctx, id); err != nil {
		return unless(err, ErrOthersReading)
	}
	return k.DB.MarkOpened(ctx, id)
}

// SetPosition is that of [db.Articles], for one's own readings.
func (k Keeper) SetPosition(ctx context.Context, id string, at library.Position, progress float64) error {
	if err := k.elsewhere(ctx, id); err != nil {
		return unless(err, ErrOthersReading)
	}
	return k.DB.SetPosition(ctx, id, at, progress)
}

// unless returns err, or nil if it is one.
func unless(err, one error) error {
	if errors.Is(err, one) {
		return nil
	}
	return err
}

// See is the function [See].
func (k Keeper) See(v library.View) { See(k.w, v) }

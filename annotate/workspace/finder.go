package workspace

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles/clean"
)

// A Finder lists and searches the library. It parses and completes queries, and its searches
// include the latest decisions.
type Finder struct {
	*db.DB
	w *Workspace
}

// Finder returns the finder of the library.
func (w *Workspace) Finder() Finder { return Finder{w.Library, w} }

// SetStatus is [Team.SetStatus].
func (f Finder) SetStatus(ctx context.Context, id string, st library.Status) error {
	return TeamOf(f.w).SetStatus(ctx, id, st)
}

// Signer is the function [Signer].
func (f Finder) Signer() string { return Signer(f.w) }

// Duty is [Team.Duty] of an article that is assigned to whoever looks; of any other it says that it is not, without a look at it.
func (f Finder) Duty(ctx context.Context, id string) (library.Duty, error) {
	state, err := TeamOf(f.w).State(ctx)
	if err != nil || len(state.Assigned(id, f.w.opts.Who)) == 0 {
		return library.Duty{View: f.View()}, err
	}
	return TeamOf(f.w).Duty(ctx, id)
}

// mostSearchName is the most characters in the name of a saved search.
const mostSearchName = 40

// SaveSearch saves a query under a name, which replaces one of the same person; an empty one deletes it. What others saved is theirs.
func (f Finder) SaveSearch(ctx context.Context, x library.SavedSearch) error {
	if n := utf8.RuneCountInString(x.Name); n > mostSearchName {
		return fmt.Errorf("save a search: its name has %d characters, more than %d", n, mostSearchName)
	}
	return f.DB.SaveSearch(ctx, f.w.opts.Who, x)
}

// A SavedSearchError says that no search is saved under a name.
type SavedSearchError struct{ Name string }

func (e *SavedSearchError) Error() string {
	return fmt.Sprintf("@%s: no search is saved under this name", e.Name)
}

// Parse parses a query that is run once, and prepares the library for it: what the query asks
// about gets annotated, with calls of progress if that is not nil. @NAME is a saved query. The
// error may be a [SavedSearchError] or a [query.Error]; the text of the query is returned with it.
func (f Finder) Parse(ctx context.Context, text string, progress func(done, all int)) (query.Expr, string, error) {
	text, err := f.savedQuery(ctx, text)
	if err != nil {
		return query.Expr{}, text, err
	}
	e, err := f.parse(ctx, text, query.Options{Now: f.w.opts.Now()})
	if wrong, ok := errors.AsType[*query.Error](err); ok && wrong.Field != "" { // it may be a label that is new
		if err := f.w.AnnotateAll(ctx, progress); err != nil {
			return e, text, err
		}
		e, err = f.parse(ctx, text, query.Options{Now: f.w.opts.Now()})
	}
	if err != nil || !e.NeedsAnnotation() {
		return e, text, err
	}
	return e, text, f.w.AnnotateAll(ctx, progress)
}

// savedQuery returns the saved query if text is @NAME, else text.
func (f Finder) savedQuery(ctx context.Context, text string) (string, error) {
	name, ok := strings.CutPrefix(strings.TrimSpace(text), "@")
	if !ok {
		return text, nil
	}
	all, err := f.SavedSearches(ctx)
	if err != nil {
		return "", err
	}
	for _, x := range all {
		if x.Name == name {
			return x.Query, nil
		}
	}
	return "", &SavedSearchError{name}
}

// parse parses a query, with the user's own labels as fields.
func (f Finder) parse(ctx context.Context, text string, o query.Options) (query.Expr, error) {
	labels, err := f.ownLabels(ctx)
	if err != nil {
		return query.Expr{}, err
	}
	o.Labels = labels
	return query.Parse(text, o)
}

// ownLabels returns the user's own labels: those in the library, and those that are only in the
// settings or of a set of the team, be it that all names that have them are in sealed articles.
func (f Finder) ownLabels(ctx context.Context) ([]string, error) {
	out, err := f.Labels(ctx)
	if err != nil {
		return nil, err
	}
	all, err := OwnLabels(ctx, f.w)
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		same := func(o string) bool { return query.LabelKey(o) == query.LabelKey(l) }
		if !slices.ContainsFunc(out, same) {
			out = append(out, l)
		}
	}
	return out, nil
}

// mostQuotes is the most quotes that a search shows: people who search for somebody's quotes want
// them all.
const mostQuotes = 10_000

// Search answers a query while it is typed, including the latest decisions. @NAME may be
// abbreviated. It finds at most limit articles, ten times as many if they are not ranked, and
// [mostQuotes] quotes.
func (f Finder) Search(ctx context.Context, text string, limit int) ([]library.Hit, error) {
	if name, ok := strings.CutPrefix(strings.TrimSpace(text), "@"); ok {
		all, err := f.SavedSearches(ctx)
		if err != nil {
			return nil, err
		}
		text = ""
		for _, x := range all {
			if x.Name == name || text == "" && strings.HasPrefix(x.Name, name) {
				text = x.Query
			}
		}
	}
	if e, _ := query.Parse(text, query.Options{Typing: true, AnyLabel: true}); e.NeedsAnnotation() && !f.ReadOnly() {
		if err := f.w.Flush(ctx); err != nil {
			return nil, err
		}
	}
	e, err := f.parse(ctx, text, query.Options{Now: f.w.opts.Now(), Typing: true})
	if err != nil {
		return nil, err
	}
	switch {
	case e.Quotes():
		limit = mostQuotes
	case e.Find() == "":
		limit *= 10
	}
	return f.Hits(ctx, e, limit)
}

// mostOffered is the most completions of a query.
const mostOffered = 30

// Completions returns completions of text, each with a field's name or a value added.
func (f Finder) Completions(ctx context.Context, text string) ([]string, error) {
	if name, ok := strings.CutPrefix(text, "@"); ok {
		all, err := f.SavedSearches(ctx)
		var out []string
		for _, x := range all {
			if strings.HasPrefix(x.Name, name) {
				out = append(out, "@"+x.Name)
			}
		}
		return out, err
	}
	labels, err := f.ownLabels(ctx)
	if err != nil {
		return nil, err
	}
	g := query.AtEnd(text, labels)
	values := g.FixedValues()
	if !g.Naming && len(values) == 0 {
		found, err := f.Values(ctx, g, mostOffered)
		if err != nil {
			return nil, err
		}
		values = found
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = g.Fill(text, clean.Line(v))
	}
	return out, nil
}

// A NameError says that a name matches no article of the library, or several.
type NameError struct {
	Name  string
	Means []library.Entry // the articles that match; none or several
	Part  bool            // it is a part of their titles
}

func (e *NameError) Error() string {
	if len(e.Means) == 0 {
		return fmt.Sprintf("%s: no article has this ID or title", e.Name)
	}
	if e.Part {
		return fmt.Sprintf("%s: %d articles have this in their titles", e.Name, len(e.Means))
	}
	return fmt.Sprintf("%s: %d articles have this name", e.Name, len(e.Means))
}

// Pick returns the ID of the one article that name refers to: its ID, a prefix of it, its title,
// its source, or a part of its title. The error is a [NameError].
func Pick(entries []library.Entry, name string) (string, error) {
	if strings.TrimSpace(name) == "" {
		return "", errors.New("the name of an article is empty; write an ID or a title")
	}
	path, _ := filepath.Abs(name)
	title := strings.ToLower(name)
	ways := []func(*library.Entry) bool{
		func(e *library.Entry) bool { return e.ID == name },
		func(e *library.Entry) bool { return len(name) >= 4 && strings.HasPrefix(e.ID, name) },
		func(e *library.Entry) bool { return strings.ToLower(e.Title) == title },
		func(e *library.Entry) bool { return e.Source == name || e.Source == path },
		func(e *library.Entry) bool { return strings.Contains(strings.ToLower(e.Title), title) },
	}
	for n, means := range ways {
		var found []library.Entry
		for i := range entries {
			if means(&entries[i]) {
				found = append(found, entries[i])
			}
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0].ID, nil
		}
		return "", &NameError{name, found, n == len(ways)-1}
	}
	return "", &NameError{Name: name}
}

// Trashed returns err or, if that says that a name matches no article but it does one in the trash, what says so.
func Trashed(ctx context.Context, w *Workspace, err error) error {
	var none *NameError
	if !errors.As(err, &none) || len(none.Means) > 0 {
		return err
	}
	entries, bad := w.Library.Trash(ctx)
	if bad != nil {
		return err
	}
	if id, bad := Pick(entries, none.Name); bad == nil {
		return fmt.Errorf("%s: the article is in the trash, with the ID %.8s", clean.Line(none.Name), id)
	}
	return err
}

// OpenNamed opens the article that name refers to, see [Pick].
func (w *Workspace) OpenNamed(ctx context.Context, name string) (*Document, error) {
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return nil, err
	}
	id, err := Pick(entries, name)
	if err != nil {
		return nil, Trashed(ctx, w, err)
	}
	return w.Open(ctx, id)
}

// View is the function [View], with one's own by its name as [library.Mine].
func (f Finder) View() library.View {
	v := View(f.w)
	if v.Whose(f.w.opts.Who) == f.w.opts.Who {
		return library.Mine
	}
	return v
}

// seen returns the library with lists that count what the view shows. Who reads what under blind terms is known by then.
func (f Finder) seen(ctx context.Context) (*db.DB, error) {
	if _, err := TeamOf(f.w).State(ctx); err != nil && !db.Damaged(err) {
		return nil, err
	}
	return f.DB.Seeing(f.View()), nil
}

// Counted brings what lists count up to date with decisions that were made since, also elsewhere, and with what is hidden from whom.
func (f Finder) Counted(ctx context.Context) error {
	if f.ReadOnly() {
		return nil
	}
	if f.View() != library.Everyone { // which is counted with each decision
		if err := f.w.Flush(ctx); err != nil {
			return err
		}
	}
	ids, err := f.Uncounted(ctx, f.View())
	if err != nil {
		return err
	}
	return recount(ctx, f.w, ids)
}

// Entries is that of [db.Articles], as the view shows it.
func (f Finder) Entries(ctx context.Context) ([]library.Entry, error) {
	d, err := f.seen(ctx)
	if err != nil {
		return nil, err
	}
	return d.Entries(ctx)
}

// EachEntry is that of [db.Articles], as the view shows it, with the latest decisions that were made here.
func (f Finder) EachEntry(ctx context.Context, each func(*library.Entry)) error {
	d, err := f.seen(ctx)
	if err == nil && f.View() != library.Everyone && !f.ReadOnly() {
		err = f.w.Flush(ctx)
	}
	if err != nil {
		return err
	}
	return d.EachEntry(ctx, each)
}

// Unreviewed is that of [db.Layers], as the view shows it.
func (f Finder) Unreviewed(ctx context.Context, each func(id string, claims int, least float64)) error {
	d, err := f.seen(ctx)
	if err == nil && f.View() != library.Everyone && !f.ReadOnly() {
		err = f.w.Flush(ctx)
	}
	if err != nil {
		return err
	}
	return d.Unreviewed(ctx, each)
}

// Newest is that of [db.Articles], as the view shows it.
func (f Finder) Newest(ctx context.Context, n int) (list []library.Entry, all, unread int, err error) {
	d, err := f.seen(ctx)
	if err != nil {
		return nil, 0, 0, err
	}
	return d.Newest(ctx, n)
}

// Entry is that of [db.Articles], as the view shows it, with the latest decisions that were made here unless there are very many.
func (f Finder) Entry(ctx context.Context, id string) (library.Entry, error) {
	d, err := f.seen(ctx)
	if err != nil {
		return library.Entry{}, err
	}
	e, err := d.Entry(ctx, id)
	v := f.View()
	if err != nil || v == library.Everyone || v == library.Mine || e.Counts.Claims > mostAtClose || !slices.Contains(staleArticles(f.w), e.ID) {
		return e, err
	}
	if err := f.w.flush(ctx, e.ID); err != nil {
		return e, err
	}
	return d.Entry(ctx, e.ID)
}

// Find is that of [db.Searches], with counts as the view shows them.
func (f Finder) Find(ctx context.Context, e query.Expr) ([]library.Entry, error) {
	d, err := f.seen(ctx)
	if err != nil {
		return nil, err
	}
	return d.Find(ctx, e)
}

// Hits is that of [db.Searches], with counts as the view shows them.
func (f Finder) Hits(ctx context.Context, e query.Expr, limit int) ([]library.Hit, error) {
	d, err := f.seen(ctx)
	if err != nil {
		return nil, err
	}
	return d.Hits(ctx, e, limit)
}

// EachQuote is that of [db.Searches], with counts as the view shows them.
func (f Finder) EachQuote(ctx context.Context, e query.Expr, limit int, each func(*db.QuoteHit, string) error) error {
	d, err := f.seen(ctx)
	if err != nil {
		return err
	}
	return d.EachQuote(ctx, e, limit, each)
}

// Views returns the views in which the library of f can be listed: those of one document, for everybody who decided or tagged anywhere or is in a set.
func (f Finder) Views(ctx context.Context) ([]library.View, error) {
	names, err := f.Deciders(ctx)
	if err != nil {
		return nil, err
	}
	state, err := TeamOf(f.w).State(ctx)
	if err != nil {
		return nil, err
	}
	taggers, err := f.Taggers(ctx)
	if err != nil {
		return nil, err
	}
	names = slices.Concat(names, state.Members(), taggers)
	slices.Sort(names)
	out := []library.View{library.Everyone, library.Mine}
	for _, name := range slices.Compact(names) {
		if name != f.w.opts.Who && name != "" {
			out = append(out, library.ViewOf(name))
		}
	}
	if len(state.Sets) > 0 {
		out = append(out, library.Curated)
	}
	return out, nil
}

// See is the function [See].
func (f Finder) See(v library.View) { See(f.w, v) }

package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/team"
	"byline/articles/clean"
	"byline/articles/spelling"
)

// FindName returns the name of somebody who decided or tagged anything in the library of w, belongs to its team, or is who looks, as it is
// spelt there: name may be in another case. Of nobody it returns an error, which names those there are, one that is spelt much alike first.
func FindName(ctx context.Context, w *Workspace, name string) (string, error) {
	if team.Name(name) == w.opts.Who {
		return w.opts.Who, nil
	}
	state, err := TeamOf(w).State(ctx)
	if err != nil {
		return "", err
	}
	deciders, err := w.Library.Deciders(ctx)
	if err != nil {
		return "", err
	}
	taggers, err := w.Library.Taggers(ctx)
	if err != nil {
		return "", err
	}
	known := slices.Concat(state.Members(), deciders, taggers)
	slices.Sort(known)
	known = slices.Compact(known)
	if spelt := team.Spelt(known, name); slices.Contains(known, spelt) {
		return spelt, nil
	}
	return "", unknownName(name, known)
}

// unknownName says that nobody is called name, and who there is.
func unknownName(name string, known []string) error {
	known = slices.DeleteFunc(known, func(s string) bool { return strings.TrimSpace(s) == "" })
	name = clean.Line(name)
	if len(known) == 0 {
		return fmt.Errorf("%s: there is nobody of this name here, nor anybody else", name)
	}
	lower := make([]string, len(known))
	for i, s := range known {
		lower[i] = strings.ToLower(s)
	}
	if i := spelling.Nearest(strings.ToLower(name), lower); i >= 0 && spelling.Same(strings.ToLower(name), lower[i]) {
		near := known[i]
		known = slices.Insert(slices.Delete(known, i, i+1), 0, near)
	}
	more := ""
	if n := len(known) - mostNamed; n > 0 {
		known, more = known[:mostNamed], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Errorf("%s: there is nobody of this name here; there are %s%s", name, clean.Line(strings.Join(known, ", ")), more)
}

// mostNamed is the most people whom an error names.
const mostNamed = 20

// OwnLabels returns the labels that names can have besides the types of every library: those in the library, in the settings, and of
// the team's sets.
func OwnLabels(ctx context.Context, w *Workspace) ([]string, error) {
	out, err := w.Library.Labels(ctx)
	if err != nil {
		return nil, err
	}
	state, err := TeamOf(w).State(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, w.opts.Labels...)
	for _, s := range state.Sets {
		for _, l := range s.Labels {
			out = append(out, l.Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// mostPlaces is the most other articles that are returned.
const mostPlaces = 200

// OtherArticles returns the other articles of the library that name e, an entity of the article
// with that ID, the one with most mentions first. Names are compared without case and honorifics,
// and those that were merged are the same; an entity without a name is in no other article.
func (w *Workspace) OtherArticles(ctx context.Context, id string, e *annotate.Entity) ([]library.Place, error) {
	who, ok := personID(e)
	if !ok {
		return nil, nil
	}
	if err := w.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	places, err := w.Library.PersonArticles(ctx, who, mostPlaces+1)
	places = slices.DeleteFunc(places, func(p library.Place) bool { return p.Entry.ID == id })
	slices.SortStableFunc(places, func(a, b library.Place) int { return cmp.Compare(b.Count, a.Count) })
	return places[:min(len(places), mostPlaces)], err
}

// personID returns the name under which the library knows e, an entity of one of its articles;
// false if it has no name.
func personID(e *annotate.Entity) (library.PersonID, bool) {
	key := nameKey(e.Name)
	return library.PersonID{Key: key, Type: e.Type}, key != "" && hasName(e)
}

// QuotesElsewhere returns the quotes of e, an entity of the article with that ID, in the other
// articles of the library, the latest first. Names are compared as in [Workspace.OtherArticles].
func (w *Workspace) QuotesElsewhere(ctx context.Context, id string, e *annotate.Entity) ([]db.QuoteHit, error) {
	who, ok := personID(e)
	if !ok {
		return nil, nil
	}
	if err := w.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	return w.Library.QuotesOf(ctx, who, id, mostPlaces)
}

// hasName reports whether e has a mention by name that was not rejected.
func hasName(e *annotate.Entity) bool {
	return slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
		return m.Form == annotate.Name && m.State != annotate.Rejected
	})
}

// rulesOf returns the guidelines for an article of the sets in which it is assigned to somebody, or that they curate, and the labels of all
// its sets that they belong to.
func rulesOf(state *team.State, id, who string) (guidelines string, labels [][2]string) {
	var of [][2]string // names of sets, and their guidelines
	for _, s := range state.Sets {
		mine := slices.Contains(s.Assigned(id), who)
		if !mine && (s.Role(who) == "" || !slices.Contains(s.Articles, id)) || s.Retired {
			continue
		}
		if s.Guidelines != "" && (mine || s.Role(who) == team.Curator) {
			of = append(of, [2]string{s.Name, s.Guidelines})
		}
		for _, l := range s.Labels {
			labels = append(labels, [2]string{l.Name, l.Key})
		}
	}
	return joined(of), labels
}

// joined returns the guidelines of sets, those of several with the name of each above them.
func joined(of [][2]string) string {
	var out []string
	for _, x := range of {
		if len(of) > 1 {
			x[1] = "# " + x[0] + "\n\n" + x[1]
		}
		out = append(out, x[1])
	}
	return strings.Join(out, "\n\n")
}

package linear

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"byline/annotate/library"
	"byline/articles/clean"
)

// seeing is a [Keeper] of a library that can be shown in several views.
type seeing interface {
	Views(ctx context.Context) ([]library.View, error)
	View() library.View
	See(v library.View)
}

// view lists the views of the library, or shows it in another.
func (s *shelf) view(ctx context.Context, name string) (string, error) {
	k, ok := s.svc.Keeper.(seeing)
	if !ok {
		return "", quiet("There are no other views of this library.")
	}
	views, err := k.Views(ctx)
	if err != nil {
		return "", err
	}
	if name == "" {
		return viewsSaid(views, k.View()), nil
	}
	v, err := viewNamed(views, name)
	if err != nil {
		return "", err
	}
	k.See(v)
	said, err := s.list(ctx, "")
	return whoseReading(v) + " is counted and shown.\n" + said, err
}

// viewArticle lists the views of the article that is open, or shows it in another.
func viewArticle(p *Prompt, ctx context.Context, name string) (string, error) {
	k, ok := p.shelf.svc.Keeper.(seeing)
	d, err := p.duty(ctx)
	switch {
	case err != nil:
		return "", err
	case d.Sealed:
		return "", quiet("Only your decisions are shown until all who annotate it are done.")
	case !ok:
		return "", quiet("There are no other views of this article.")
	}
	views := d.Views
	if len(views) == 0 { // nothing is assigned here
		if views, err = k.Views(ctx); err != nil {
			return "", err
		}
	}
	if name == "" {
		return viewsSaid(views, k.View()), nil
	}
	v, err := viewNamed(views, name)
	if err != nil {
		return "", err
	}
	k.See(v)
	opened, err := p.read(ctx, p.page.s.Article().ID)
	return whoseReading(v) + " is shown.\n" + opened, err
}

// viewsSaid lists views, of which one is shown.
func viewsSaid(views []library.View, now library.View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is shown. view NAME or view NUMBER shows another.\n", whoseReading(now))
	for i, v := range views {
		fmt.Fprintf(&b, "%d. %s%s\n", i+1, clean.Line(v.String()), viewMeans[v])
	}
	return b.String()
}

// viewMeans says what the views that need no name show.
var viewMeans = map[library.View]string{
	library.Everyone: " — all decisions, in the order in which they were made", library.Mine: " — yours alone",
	library.Curated: " — what annotators agree on, and what curators decided",
}

// viewNamed returns the view that is called so, or has the number, in a list of views.
func viewNamed(views []library.View, name string) (library.View, error) {
	if strings.EqualFold(name, "all") {
		return library.Everyone, nil
	}
	is := func(v library.View) bool { return strings.EqualFold(v.String(), name) }
	if i := slices.Index(views, library.ViewOf(name)); i >= 0 { // to the letter
		return views[i], nil
	}
	if i := slices.IndexFunc(views, is); i >= 0 {
		return views[i], nil
	}
	if n, err := strconv.Atoi(name); err == nil && n > 0 && n <= len(views) {
		return views[n-1], nil
	}
	return "", quiet("%s decided nothing here, and is in no set; view alone lists whose decisions can be shown.", clean.Line(name))
}

// whoseReading says whose reading is shown in a view: "Bob’s reading".
func whoseReading(v library.View) string {
	switch v {
	case library.Everyone:
		return "Everybody’s reading"
	case library.Mine:
		return "Your reading"
	case library.Curated:
		return "The curated reading"
	}
	return "The reading of " + clean.Line(v.String())
}

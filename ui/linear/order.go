package linear

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"byline/annotate/library"
	"byline/articles/clean"
)

// An order says which articles are listed, and how.
type order struct {
	by      int // index into orders
	reverse bool
	status  library.Status // empty for all
	tag     string         // empty for all
}

// orders are the ways to sort, what is newest or most first.
var orders = []struct {
	name    string
	compare func(a, b *library.Entry) int
}{
	{"added", func(a, b *library.Entry) int { return 0 }}, // as the library returns them
	{"title", func(a, b *library.Entry) int {
		return cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	}},
	{"date", func(a, b *library.Entry) int { return cmp.Compare(b.Date, a.Date) }},
	{"opened", func(a, b *library.Entry) int { return b.Opened.Compare(a.Opened) }},
	{"length", func(a, b *library.Entry) int { return cmp.Compare(b.Words, a.Words) }},
	{"read", func(a, b *library.Entry) int { return cmp.Compare(b.Progress, a.Progress) }},
	{"quotes", func(a, b *library.Entry) int { return cmp.Compare(b.Counts.Quotes, a.Counts.Quotes) }},
	{"reviewed", func(a, b *library.Entry) int { return cmp.Compare(reviewed(b), reviewed(a)) }},
}

// reviewed returns the share of claims that a person decided on, 0 to 1.
func reviewed(e *library.Entry) float64 {
	if e.Counts.Claims == 0 {
		return 0
	}
	return float64(e.Counts.Reviewed) / float64(e.Counts.Claims)
}

// of returns the entries that o admits, in its order.
func (o order) of(entries []library.Entry) []library.Entry {
	out := slices.DeleteFunc(entries, func(e library.Entry) bool {
		return o.status != "" && e.Status != o.status || o.tag != "" && !slices.Contains(e.Tags, o.tag)
	})
	slices.SortStableFunc(out, func(a, b library.Entry) int { return orders[o.by].compare(&a, &b) })
	if o.reverse {
		slices.Reverse(out)
	}
	return out
}

// only says what is left out of the list.
func (o order) only() string {
	out := ""
	if o.status != "" {
		out += ", only " + string(o.status)
	}
	if o.tag != "" {
		out += ", only #" + clean.Line(o.tag)
	}
	return out
}

// others says how to list what is left out.
func (o order) others() string {
	switch {
	case o.status != "":
		return "+ all shows those of every status"
	case o.tag != "":
		return "# alone shows all"
	}
	return "/ lists all"
}

func (o order) said() string {
	out := o.only()
	if o.by > 0 {
		out += ", by " + orders[o.by].name
	}
	if o.reverse {
		out += ", reversed"
	}
	return out
}

func (s *shelf) sort(ctx context.Context, name string) (string, error) {
	by := (s.order.by + 1) % len(orders)
	if name != "" {
		by = slices.IndexFunc(orders, func(o struct {
			name    string
			compare func(a, b *library.Entry) int
		}) bool {
			return o.name == name
		})
	}
	if by < 0 {
		return "", quiet("Cannot sort by %q; ? lists the orders.", clean.Line(name))
	}
	s.order.by = by
	return s.list(ctx, "")
}

func (s *shelf) reverseSort(ctx context.Context, _ string) (string, error) {
	s.order.reverse = !s.order.reverse
	return s.list(ctx, "")
}

// statuses are what the status goes through, as on the screen; empty is all.
var statuses = []library.Status{"", library.Unread, library.Reading, library.Done}

func (s *shelf) status(ctx context.Context, name string) (string, error) {
	switch st := library.Status(name); st {
	case library.Unread, library.Reading, library.Done:
		s.order.status = st
	case "all":
		s.order.status = ""
	case "":
		s.order.status = statuses[(slices.Index(statuses, s.order.status)+1)%len(statuses)]
	default:
		return "", quiet("No status %q: type unread, reading, done or all.", clean.Line(name))
	}
	return s.list(ctx, "")
}

func (s *shelf) byTag(ctx context.Context, tag string) (string, error) {
	s.order.tag = strings.TrimPrefix(tag, "#")
	return s.list(ctx, "")
}

// A deed is a change of the library that can be undone.
type deed struct {
	say, back string
	do, undo  func(context.Context) error
}

func (s *shelf) do(ctx context.Context, d deed) (string, error) {
	if err := d.do(ctx); err != nil {
		return "", err
	}
	return s.did(d), nil
}

// did notes what was done, so that it can be undone, and says it.
func (s *shelf) did(d deed) string {
	s.deeds = append(s.deeds, d)
	return d.say + "; u undoes it."
}

func (s *shelf) undoLast(ctx context.Context, _ string) (string, error) {
	last := len(s.deeds) - 1
	if last < 0 {
		return "", quiet("Nothing more to undo.")
	}
	if err := s.deeds[last].undo(ctx); err != nil {
		return "", err
	}
	say := s.deeds[last].back
	s.deeds = s.deeds[:last]
	return say + ".", nil
}

func (s *shelf) remove(ctx context.Context, number string) (string, error) {
	e, err := s.numbered(number)
	if err != nil {
		return "", err
	}
	id, title, k := e.ID, clean.Line(e.Title), s.svc.Shelf
	return s.do(ctx, deed{
		say: "Moved to the trash: " + title, back: "Restored: " + title,
		do:   func(ctx context.Context) error { return k.Remove(ctx, id) },
		undo: func(ctx context.Context) error { return k.Restore(ctx, id) },
	})
}

// trash lists what was removed, or restores an article of that list.
func (s *shelf) trash(ctx context.Context, number string) (string, error) {
	if number != "" {
		return s.restore(ctx, number)
	}
	var err error
	if s.binned, err = s.svc.Shelf.Trash(ctx); err != nil {
		return "", err
	}
	if len(s.binned) == 0 {
		return "", quiet("The trash is empty.")
	}
	out := fmt.Sprintf("%s in the trash; trash NUMBER restores one.\n", count(len(s.binned), "article"))
	for i := range s.binned {
		out += fmt.Sprintf("%d. %s\n", i+1, spokenEntry(&s.binned[i]))
	}
	return out, nil
}

func (s *shelf) restore(ctx context.Context, number string) (string, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(s.binned) {
		return "", quiet("No number %s in the trash; trash lists it.", clean.Line(number))
	}
	e := s.binned[n-1]
	title, k := clean.Line(e.Title), s.svc.Shelf
	return s.do(ctx, deed{
		say: "Restored: " + title, back: "Moved to the trash: " + title,
		do:   func(ctx context.Context) error { return k.Restore(ctx, e.ID) },
		undo: func(ctx context.Context) error { return k.Remove(ctx, e.ID) },
	})
}

func (s *shelf) doneNumber(ctx context.Context, number string) (string, error) {
	e, err := s.numbered(number)
	if err != nil {
		return "", err
	}
	if v := viewOf(s.svc.Keeper); v.Others() {
		return "", quiet("This list counts the reading of %s: only they mark articles in it.", clean.Line(v.String()))
	}
	was := e.Status
	now, err := s.afterDone(ctx, e)
	if err != nil {
		return "", err
	}
	id, title := e.ID, clean.Line(e.Title)
	set := func(st library.Status) func(context.Context) error {
		return func(ctx context.Context) error { return s.svc.Keeper.SetStatus(ctx, id, st) }
	}
	e.Status = now
	say := fmt.Sprintf("Marked as %s: %s", now, title)
	if now == library.Reading {
		say = "Not done any more: " + title
	}
	return s.do(ctx, deed{say: say, back: fmt.Sprintf("Marked as %s again: %s", was, title), do: set(now), undo: set(was)})
}

// afterDone returns the status that an article has once it was marked. One that is assigned to whoever reads is done in its sets, or not done any
// more; as in the article, once it is asked where nothing is reviewed.
func (s *shelf) afterDone(ctx context.Context, e *library.Entry) (library.Status, error) {
	var d library.Duty
	if team, ok := s.svc.Keeper.(dutiful); ok {
		var err error
		if d, err = team.Duty(ctx, e.ID); err != nil {
			return "", err
		}
	}
	switch {
	case len(d.Sets) == 0 && e.Status == library.Done:
		return library.Unread, nil
	case len(d.Sets) == 0:
		return library.Done, nil
	case d.Stays:
		return "", quiet(stays)
	case d.Done():
		return library.Reading, nil
	case e.Counts.Reviewed == 0 && (e.Counts.Claims > 0 || !e.Annotated) && s.warned != e.ID:
		s.warned = e.ID
		return "", quiet("Nothing is reviewed yet; D NUMBER again marks it as done.")
	}
	return library.Done, nil
}

func (s *shelf) tagNumber(ctx context.Context, rest string) (string, error) {
	number, tags, _ := strings.Cut(rest, " ")
	e, err := s.numbered(number)
	if err != nil {
		return "", err
	}
	return s.tagArticle(ctx, e.ID, tags)
}

// tagArticle gives an article tags.
func (s *shelf) tagArticle(ctx context.Context, id, tags string) (string, error) {
	e, err := s.svc.Library.Entry(ctx, id)
	if err != nil {
		return "", err
	}
	was, now := e.Tags, tagsOf(tags)
	on, off := library.TagChanges(was, now)
	made, err := s.svc.Shelf.Retag(ctx, id, on, off)
	switch {
	case err != nil:
		return "", err
	case len(made.Others) > 0 && !made.Changed:
		return "", quiet("%s.", made.Stays())
	}
	say := "Tags: " + spokenTags(now)
	if len(made.Others) > 0 {
		say += ". " + made.Stays()
	}
	return s.did(deed{say: say, back: "Tags: " + spokenTags(was), undo: made.Undo}), nil
}

func spokenTags(tags []string) string {
	if len(tags) == 0 {
		return "none"
	}
	return clean.Line("#" + strings.Join(tags, " #"))
}

// tagsOf reads tags with commas between, with or without their sign.
func tagsOf(text string) []string {
	var tags []string
	for t := range strings.SplitSeq(text, ",") {
		if t = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(t), "#")); t != "" {
			tags = append(tags, t)
		}
	}
	return tags
}

// viewOf returns whose decisions lists count, where the keeper says so.
func viewOf(k Keeper) library.View {
	if v, ok := k.(interface{ View() library.View }); ok {
		return v.View()
	}
	return library.Everyone
}

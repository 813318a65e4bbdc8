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

// A shelf is the library as it is listed.
type shelf struct {
	svc     Services         // of the whole mode
	entries []library.Entry  // the last list
	offsets []int            // places in these; nil for their beginnings
	people  []library.Person // the last list, if it was of people
	order   order
	binned  []library.Entry // the last list of the trash
	deeds   []deed          // that can be undone, the last one last
	warned  string          // the ID of the last article that was to be done, here or where it is read, though nothing is reviewed
}

// toAdd says what brings articles into an empty library.
func (s *shelf) toAdd() string { return cmp.Or(s.svc.Empty, "a PATH adds a file or folder.") }

// mostListed is how many articles are listed at once; "/" with words narrows it down.
const mostListed = 30

func (s *shelf) list(ctx context.Context, words string) (string, error) {
	all, err := s.svc.Library.Entries(ctx)
	if err != nil {
		return "", err
	}
	none := len(all) == 0
	s.listed(s.order.of(slices.DeleteFunc(all, func(e library.Entry) bool { return !containsFold(e.Title, words) })))
	switch {
	case none:
		return "", quiet("The library is empty. %s", s.toAdd())
	case len(s.entries) == 0:
		return "", quiet("No articles%s%s; %s.", with(words), s.order.only(), s.order.others())
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s.\n", count(len(s.entries), "article"), s.order.said(), s.reading())
	for i := range s.entries[:min(mostListed, len(s.entries))] {
		fmt.Fprintf(&b, "%d. %s\n", i+1, spokenEntry(&s.entries[i]))
	}
	if more := len(s.entries) - mostListed; more > 0 {
		fmt.Fprintf(&b, "%d more; / WORDS lists those with WORDS in their title.\n", more)
	}
	return b.String(), nil
}

// reading says whose decisions a list counts; empty for everybody's.
func (s *shelf) reading() string {
	switch v := viewOf(s.svc.Keeper); v {
	case library.Everyone:
		return ""
	case library.Mine:
		return ", as you decided alone"
	case library.Curated:
		return ", as they are curated"
	default:
		return ", as " + clean.Line(v.String()) + " decided"
	}
}

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

func spokenEntry(e *library.Entry) string {
	line := fmt.Sprintf("%s — %s, %s", clean.Line(e.Title), count(e.Minutes(), "minute"), e.Status)
	if e.Annotated {
		line += fmt.Sprintf(", %d people, %s, %s", e.Counts.People, count(e.Counts.Organizations, "organization"), count(e.Counts.Quotes, "quote"))
	}
	if e.Attempt != library.NoAttempt {
		line += ", " + e.Attempt.String()
	}
	for _, t := range e.Tags {
		line += ", #" + clean.Line(t)
	}
	return strings.Replace(line, " 1 people", " 1 person", 1)
}

func (s *shelf) search(ctx context.Context, query string) (string, error) {
	if query == "" {
		return "", quiet("Add what to search for: f QUERY.")
	}
	hits, err := s.svc.Library.Search(ctx, query, mostListed)
	if err != nil {
		return "", err
	}
	if len(hits) == 0 {
		return "", quiet("No matches for %q.", clean.Line(query))
	}
	s.listed(nil)
	var b strings.Builder
	for i, h := range hits {
		s.entries = append(s.entries, h.Entry)
		fmt.Fprintf(&b, "%d. %s: %s\n", i+1, clean.Line(h.Entry.Title), clean.Line(h.Snippet))
	}
	return b.String(), nil
}

// numbered returns the article with a number in the last list.
func (s *shelf) numbered(number string) (*library.Entry, error) {
	if number == "" {
		return nil, quiet("Add the number of an article in the list; / lists them.")
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(s.entries) {
		return nil, quiet("No number %s in the list; / lists the articles.", clean.Line(number))
	}
	return &s.entries[n-1], nil
}

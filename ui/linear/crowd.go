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

// A Crowd is who and what the library names, over all its articles.
type Crowd interface {
	All(ctx context.Context) ([]library.Person, error) // those in most articles first
	Person(ctx context.Context, id library.PersonID) (library.Person, error)
	PersonArticles(ctx context.Context, id library.PersonID, limit int) ([]library.Place, error)
	Quotes(ctx context.Context, id library.PersonID) ([]library.Said, error) // the latest first
}

// persons lists who and what is named, or those whose names have words; one alone with all about it.
func (s *shelf) persons(ctx context.Context, words string) (string, error) {
	if s.svc.Crowd == nil {
		return "", quiet("No list of people here.")
	}
	all, err := s.svc.Crowd.All(ctx)
	if err != nil {
		return "", err
	}
	want := library.Fold(words)
	has := func(name string) bool { return strings.Contains(library.Fold(name), want) }
	all = slices.DeleteFunc(all, func(p library.Person) bool { _, ok := p.Called(has); return !ok })
	switch {
	case len(all) == 0:
		return "", quiet("No names%s in the library.", with(words))
	case len(all) == 1:
		return s.about(ctx, all[0].ID)
	}
	s.listed(nil)
	s.people = all
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s, those in most articles first. A number lists quotes and articles.\n", count(len(all), "name"), with(words))
	for i := range all[:min(mostListed, len(all))] {
		fmt.Fprintf(&b, "%d. %s\n", i+1, spokenPerson(&all[i])+spokenMerged(&all[i], has))
	}
	if more := len(all) - mostListed; more > 0 {
		fmt.Fprintf(&b, "%d more; W WORDS lists those with WORDS in their name.\n", more)
	}
	return b.String(), nil
}

func spokenPerson(p *library.Person) string {
	line := fmt.Sprintf("[%s] %s — %s, %s", clean.Line(string(p.ID.Type)), clean.Line(p.Name), count(p.Articles, "article"), count(p.Mentions, "mention"))
	if p.Quotes > 0 {
		line += ", " + count(p.Quotes, "quote")
	}
	return line
}

// spokenMerged names the name that was merged with somebody's and is asked for, if theirs is not.
func spokenMerged(p *library.Person, has func(name string) bool) string {
	if name, _ := p.Called(has); name != p.Name {
		return ", also " + clean.Line(name)
	}
	return ""
}

// about says all about one of the people, with numbers that lead to quotes and articles.
func (s *shelf) about(ctx context.Context, id library.PersonID) (string, error) {
	p, err := s.svc.Crowd.Person(ctx, id)
	if err != nil {
		return "", err
	}
	quotes, err := s.svc.Crowd.Quotes(ctx, id)
	if err != nil {
		return "", err
	}
	places, err := s.svc.Crowd.PersonArticles(ctx, id, mostListed)
	if err != nil {
		return "", err
	}
	s.listed(nil)
	var b strings.Builder
	b.WriteString(spokenPerson(&p) + "\n")
	var forms []string
	for _, f := range p.Spellings {
		forms = append(forms, clean.Line(f.Text))
	}
	slices.Sort(forms)
	fmt.Fprintf(&b, "spellings: %s\n", strings.Join(slices.Compact(forms), ", "))
	for i := range quotes[:min(mostListed, len(quotes))] {
		q := &quotes[i]
		words := strings.TrimSpace(clean.Line(q.Verb) + " " + strings.Join(strings.Fields(clean.Line(q.Text)), " "))
		b.WriteString(s.put(q.Entry, q.Start, "[quote] "+clip(words)+" — "+clean.Line(q.Entry.Title)))
	}
	if more := len(quotes) - mostListed; more > 0 {
		fmt.Fprintf(&b, "%s not listed.\n", count(more, "older quote"))
	}
	for i := range places {
		b.WriteString(s.put(places[i].Entry, places[i].Offset, fmt.Sprintf("[article] %s — %s", clean.Line(places[i].Entry.Title), count(places[i].Count, "mention"))))
	}
	return b.String(), nil
}

// listed notes what was listed last: articles, and nobody.
func (s *shelf) listed(entries []library.Entry) { s.entries, s.people, s.offsets = entries, nil, nil }

// put adds a line to a list that leads to a place in an article, and returns it with its number.
func (s *shelf) put(e library.Entry, off int, line string) string {
	s.entries, s.offsets = append(s.entries, e), append(s.offsets, off)
	return fmt.Sprintf("%d. %s\n", len(s.entries), line)
}

// person returns who has a number in the last list, if that was of people.
func (s *shelf) person(number string) (library.PersonID, bool) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(s.people) {
		return library.PersonID{}, false
	}
	return s.people[n-1].ID, true
}

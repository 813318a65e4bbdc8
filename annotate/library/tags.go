package library

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
)

// A Tag is a tag of an article. It is of whoever set it, or everybody's: then Who is empty.
type Tag struct{ Text, Who string }

// ShowsTag reports whether v shows a tag to who: everybody's tags are in every view, and those of one person in theirs. No answer is
// settled by a tag, so the curated view has all.
func (v View) ShowsTag(t Tag, who string) bool {
	if v == Everyone || v == Curated || t.Who == "" {
		return true
	}
	return t.Who == v.Whose(who)
}

// Tags returns the texts of the tags that v shows to who, each once.
func (v View) Tags(all []Tag, who string) []string {
	var out []string
	for _, t := range all {
		if v.ShowsTag(t, who) && !slices.Contains(out, t.Text) {
			out = append(out, t.Text)
		}
	}
	return out
}

// TagChanges returns which tags have to be put on and taken off for an article that shows the tags had to show now.
func TagChanges(had, now []string) (on, off []string) {
	without := func(list, of []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(t string) bool { return slices.Contains(of, t) })
	}
	return without(now, had), without(had, now)
}

// Retagged is what came of putting tags on an article and taking others off.
type Retagged struct {
	Changed bool
	Others  []Tag                       // that were to be taken off and stay: those of others
	Undo    func(context.Context) error // puts the tags back as they were
}

// Stays says whose the tags are that stay; empty for none.
func (r *Retagged) Stays() string {
	var out, seen []string
	for _, t := range r.Others {
		if slices.Contains(seen, t.Text) {
			continue
		}
		seen = append(seen, t.Text)
		var owners []string
		for _, o := range r.Others {
			if o.Text == t.Text {
				owners = append(owners, o.Who)
			}
		}
		only := "they"
		if len(owners) == 1 {
			only = owners[0]
		}
		out = append(out, fmt.Sprintf("#%s stays: %s’s tag; only %s can take it off", t.Text, annotate.JoinNames(owners), only))
	}
	return strings.Join(out, ". ")
}

package library

import (
	"errors"
	"strings"
)

// A View says whose decisions are applied to what machines found in an article. The zero View is [Everyone].
type View string

// The views that need no name.
const (
	Everyone View = ""        // those of all, in the order in which they were made
	Mine     View = "mine"    // those of whoever looks
	Curated  View = "curated" // what annotators answered alike, and what curators decided
)

// viewOf begins the view of one person.
const viewOf = "by "

// ViewOf returns the view of one person.
func ViewOf(name string) View { return View(viewOf + name) }

// Whose returns the name of the person whose decisions v applies, who being the one who looks; empty if it is not one
// person's.
func (v View) Whose(who string) string {
	if v == Mine {
		return who
	}
	name, _ := strings.CutPrefix(string(v), viewOf)
	if name == string(v) {
		return ""
	}
	return name
}

// Others reports whether v is that of one person who is not whoever looks, unless it names them.
func (v View) Others() bool { return v.Whose("") != "" }

// String names v for people: "everybody", "mine", "curated", or the name of the person.
func (v View) String() string {
	switch v {
	case Everyone:
		return "everybody"
	case Mine, Curated:
		return string(v)
	}
	return strings.TrimPrefix(string(v), viewOf)
}

// ErrDone says that somebody wanted to change their reading of a blind article that they are done with.
var ErrDone = errors.New("you are done with this article, which is annotated blind")

// A Duty is what an article is to whoever reads it, in the sets of a team.
type Duty struct {
	View       View   // whose decisions are shown
	Sealed     bool   // only the own, until everybody who annotates it is done
	Views      []View // that can be shown; none while it is sealed
	Ended      bool   // nothing more is decided in the own reading, which is done
	Stays      bool   // done, as others could be seen since
	Sets       []DutySet
	Guidelines string      // of the sets; empty for none
	Labels     [][2]string // of the sets: names and keys
}

// A DutySet is a set in which an article is assigned to whoever reads it.
type DutySet struct {
	Name string
	Done bool // with it
}

// Done reports whether whoever reads is done with the article in all sets in which it is assigned to them.
func (d *Duty) Done() bool {
	for _, s := range d.Sets {
		if !s.Done {
			return false
		}
	}
	return true
}

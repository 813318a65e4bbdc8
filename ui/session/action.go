package session

import (
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A Name names an action: "confirm-next". It is also the action's word in the line mode,
// and, after "reader.", its name in the settings.
type Name string

// An Action is something to do, with its argument. Most actions need no more than their
// name: they are about the current claim, and ask for what else they need.
type Action struct {
	Name  Name
	Text  string             // a name, a type, a note, what to find
	Span  articles.Span      // words of the text: what is selected, where to go
	About []review.Target    // what to decide on, in place of the current claim
	Edit  review.Edit        // of Decide: what a choice decides
	On    bool               // of Decide: and on to the next claim to review
	Lost  *annotate.Decision // of a choice among decisions that lost their place

	of *articles.Article // of the answer to a question: what that was about
}

// A Row is an action as people meet it: its keys, its words, its help.
type Row struct {
	Name  Name
	Keys  []string // on the screen, as Bubble Tea spells them; one that prints is a command of the line mode as well
	Help  string   // one line, verb first, with a capital
	Short string   // a word or two for the footer; empty: not in the footer
	Group string   // heading in the help
	Also  []string // synonyms: other words by which people look for it
	Holds bool     // keys typed after it wait for what it opens
	Lines bool     // an action of the line mode alone
	Line  Line
	of    subject
	do    func(*Session, Action) Effect // nil where the front end does it
}

// A subject is what an action is about.
type subject uint8

const (
	onArticle subject = iota // the article, or a place in it
	onClaim                  // the current claim, or the one that is selected
	onWords                  // the words selected or found, or else the current claim
)

// A Line is what the line mode makes of an action. The zero value: the name and the keys
// that print are commands, which take no argument.
type Line struct {
	Not  string   // why there is no such command; empty where there is
	Keys []string // more of them, of the line mode alone; "" is the empty line
	Word string   // its word, where that is not the name
	Arg  string   // what may follow: "WORDS"; empty for nothing
	Help string   // what it does there, where that is not quite Help
}

// Actions returns the table of actions in the order of the help. Keys replaces the keys of
// the actions that it has; a key that it gives to one is taken from the others. Labels are
// actions that give a type of the user's own: its name and its key.
func Actions(keys map[Name][]string, labels ...[2]string) []Row {
	rows := slices.Clone(table)
	for _, l := range labels {
		rows = append(rows, Row{Name: LabelName(l[0]), Keys: []string{l[1]}, Help: "Tag as " + l[0], Group: "Correct"})
	}
	var taken []string
	for _, r := range rows {
		taken = append(taken, keys[r.Name]...)
	}
	free := func(of []string) []string {
		return slices.DeleteFunc(slices.Clone(of), func(k string) bool { return slices.Contains(taken, k) })
	}
	for i := range rows {
		if own, ok := keys[rows[i].Name]; ok {
			rows[i].Keys = own
		} else if len(taken) > 0 {
			rows[i].Keys = free(rows[i].Keys)
		}
		if len(taken) > 0 {
			rows[i].Line.Keys = free(rows[i].Line.Keys)
		}
	}
	return rows
}

// nameSetMark names the action that asks for the name of a mark.
const nameSetMark Name = "set-mark"

// Names of actions that other files of this package refer to.
const (
	nameAsides Name = "places" // has places and other names reviewed as well
	nameAgain  Name = "again"
	nameAlike  Name = "alike"
)

// Actions that have no row: choices ask for them.
const (
	Decide  Name = "decide" // makes Edit
	GoTo    Name = "go-to"  // goes to Span, and to the claim that begins there
	byName  Name = "said-by"
	labelAs Name = "label-as"
	place   Name = "place-again"

	Finish   Name = "finish" // marks the article as done in the set that Text names
	Reopen   Name = "reopen" // takes that back
	noteAs   Name = "note-as"
	goToNote Name = "go-to-note"
)

// nobody are the names that attribute a quote to nobody who is named.
var nobody = []string{"no one", "nobody", "noone"}

// chosen are the actions that have no row.
var chosen = map[Name]func(*Session, Action) Effect{
	Decide:  func(s *Session, a Action) Effect { return s.put(job{edit: a.Edit, on: a.On}) },
	GoTo:    func(s *Session, a Action) Effect { return goToPlace(s, a.Span.Start) },
	byName:  saidBy,
	labelAs: func(s *Session, a Action) Effect { return giveType(s, a, annotate.Type(a.Text), false) },
	place:   placeAgain,

	Finish: func(s *Session, a Action) Effect {
		return s.edit(review.Edit{Verb: annotate.Done, Value: a.Text})
	},
	Reopen: func(s *Session, a Action) Effect {
		return s.edit(review.Edit{Verb: annotate.Reopen, Value: a.Text})
	},
	noteAs:   writeNote,
	goToNote: goToNoted,
}

// find returns what does the action; nil where the session does not.
func find(name Name) func(*Session, Action) Effect {
	if do := chosen[name]; do != nil {
		return do
	}
	if i := slices.IndexFunc(table, func(r Row) bool { return r.Name == name }); i >= 0 {
		return table[i].do
	}
	if label, ok := strings.CutPrefix(string(name), labelPrefix); ok {
		return func(s *Session, a Action) Effect { return giveType(s, a, annotate.Type(label), false) }
	}
	return nil
}

// subjectOf returns what the action is about.
func subjectOf(name Name) subject {
	if i := slices.IndexFunc(table, func(r Row) bool { return r.Name == name }); i >= 0 {
		return table[i].of
	}
	if strings.HasPrefix(string(name), labelPrefix) {
		return onWords
	}
	return onArticle
}

// OnClaim reports whether an action is about a name or quote, or words of the text.
func OnClaim(name Name) bool { return subjectOf(name) != onArticle }

// aim returns a with the words that it is about, or an effect that says why it does nothing
// yet: words are selected that are not marked, or the claim was not in view. A decision is
// only on what is seen. A claim that was scrolled away stays current, since scrolling is
// looking; but the first key on it brings it back and no more, so that nobody decides
// on what they have lost sight of. In vim and helix the cursor would move with the
// view; here that would put it on a name that nobody pointed at.
func aim(s *Session, a Action) (Action, Effect) {
	of := subjectOf(a.Name)
	if of == onArticle || len(a.About) > 0 {
		return a, Effect{}
	}
	if of == onWords && a.Span.Empty() {
		a.Span = s.Hit()
	}
	if !a.Span.Empty() {
		if of == onWords {
			return a, Effect{}
		}
		return aimAt(s, a)
	}
	if c, ok := s.Current(); ok && !s.view.Empty() && !s.view.Overlaps(c.Span) {
		return a, Effect{Moved: true, None: OutOfView, About: OneLine(c.In(s.article.Text))}
	}
	return a, Effect{}
}

// aimAt makes the claim on the words in a the current one; an effect says that there is
// none.
func aimAt(s *Session, a Action) (Action, Effect) {
	at := s.claims.on(a.Span)
	if at < 0 {
		return a, Effect{None: NotMarked, About: OneLine(a.Span.In(s.article.Text))}
	}
	s.Point(at)
	return a, Effect{}
}

// Unseen returns what a key leads to that is about the current claim, where that is not in
// view; None is 0 where the key can be done.
func Unseen(s *Session, a Action) Effect {
	_, e := aim(s, a)
	return e
}

// labelPrefix is how the names of actions that give a type of the user's own begin.
const labelPrefix = "label-"

// IsLabel reports whether the action with a name gives a type of the user's own.
func IsLabel(name Name) bool { return strings.HasPrefix(string(name), labelPrefix) && name != labelAs }

// LabelName returns the name of the action that gives the user's own type label.
func LabelName(label string) Name { return Name(labelPrefix + label) }

// Done reports whether the session does r; else the front end does.
func (r *Row) Done() bool { return r.do != nil }

// Word returns the word of r in the line mode.
func (r *Row) Word() string {
	if r.Line.Word != "" {
		return r.Line.Word
	}
	return string(r.Name)
}

// AnyNumber is every number among the keys of a line.
const AnyNumber = "0-9"

// LineKeys returns the keys of r that can be typed as a line: those that
// print, but for digits, which number the lines of lists.
func (r *Row) LineKeys() []string {
	keys := slices.Clone(r.Line.Keys)
	for _, k := range r.Keys {
		if utf8.RuneCountInString(k) == 1 && strings.TrimSpace(k) != "" && (k < "0" || k > "9") {
			keys = append(keys, k)
		}
	}
	return keys
}

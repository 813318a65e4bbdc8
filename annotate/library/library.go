// Package library defines the words for a library of articles: what a list shows of each,
// what a search finds, where a reader left off.
//
//	db     keeps a library in a SQLite file
//	query  the language in which one asks for articles
package library

import (
	"errors"
	"time"

	"byline/annotate"
	"byline/articles"
)

// A Status tells how far a reader has come with an article.
type Status string

// The statuses of an article in the library.
const (
	Unread  Status = "unread"
	Reading Status = "reading"
	Done    Status = "done"
)

// An Entry is what a list of the library shows of an article, without its text.
type Entry struct {
	ID, Title, Author, Site, Source string
	Format                          articles.Format
	Date                            articles.Date // of publication; zero if unknown, like Added and Opened
	Added, Opened                   time.Time
	Words                           int
	Version                         int // from 1; counts changes of the source
	Status                          Status
	Progress                        float64 // share of the text read, 0 to 1
	Tags                            []string
	Counts                          annotate.Counts
	Making
}

// A Making says how far the machine is with an article.
type Making struct {
	Annotated bool    // the counts of the article are known
	Attempt   Attempt // an annotation that has not ended
}

// An Attempt is how an annotation stands that was begun and has not ended.
type Attempt uint8

// How an attempt can stand.
const (
	NoAttempt Attempt = iota
	Running           // a process of this computer is at it
	Elsewhere         // a process of another computer began it: whether that is still at it is not known here
	BrokenOff         // its process was killed, or gave up
)

// String says how far the machine is, in words.
func (m Making) String() string {
	switch {
	case m.Attempt != NoAttempt:
		return m.Attempt.String()
	case m.Annotated:
		return "annotated"
	}
	return "not annotated"
}

// String says how an annotation stands, in words; empty for none.
func (a Attempt) String() string {
	switch a {
	case Running:
		return "being annotated"
	case Elsewhere:
		return "annotation begun on another computer"
	case BrokenOff:
		return "annotation broken off"
	}
	return ""
}

// ErrChanged says that the library has a newer text of an article than the caller, so that offsets
// into the two do not match.
var ErrChanged = errors.New("the article has changed since it was opened")

// ErrIllegible says of decisions that they are there and no version of byline can read them.
var ErrIllegible = errors.New("cannot be read")

// An OthersError says that something was decided by somebody else, who alone can change it.
type OthersError struct {
	Who  string
	What string // as in "undo this decision"
}

func (e *OthersError) Error() string { return "only " + e.Who + " can " + e.What }

// ErrNoMerge says that no merge is left to undo.
var ErrNoMerge = errors.New("nothing to undo: no names are merged")

// wordsPerMinute is the reading speed that Minutes assumes: silent reading of English
// non-fiction averages 238 words a minute (Brysbaert 2019).
const wordsPerMinute = 238

// Minutes returns how long reading the article takes, at least 1.
func (e *Entry) Minutes() int { return max(1, (e.Words+wordsPerMinute/2)/wordsPerMinute) }

// Read returns the share of the article that was read, 0 to 1. What was reviewed counts as read.
func (e *Entry) Read() float64 { return max(e.Progress, e.Reviewed()) }

// Reviewed returns the share of claims with a decision, 0 to 1.
func (e *Entry) Reviewed() float64 {
	if e.Counts.Claims == 0 {
		return 0
	}
	return float64(e.Counts.Reviewed) / float64(e.Counts.Claims)
}

// A Hit is an article, or a quote in one, that a search found.
type Hit struct {
	Entry   Entry
	Snippet string          // some words around the first match, on one line
	Matches []articles.Span // of Snippet
	Quote   bool            // the hit is a quote; an article may have several
	Offset  int             // byte offset of the first match in the article's text; −1 if only the title matched
	Hands   []Hand          // who has it in a team, where the query asks for that
}

// A Hand is somebody to whom an article is assigned in a set, and whether they are done with it.
type Hand struct {
	Set, Who string
	Done     bool
}

// A Place is an article that names somebody or something.
type Place struct {
	Entry  Entry
	Count  int // mentions there
	Offset int // byte offset of the first
}

// A PersonID is a name by which somebody or something is known in the whole library.
type PersonID struct {
	Key  string // the name as it is compared
	Type annotate.Type
}

// A Person is somebody or something that articles of the library name: names that are compared as
// equal, and those that were merged.
type Person struct {
	ID                         PersonID
	Name                       string
	Articles, Mentions, Quotes int
	Last                       articles.Date // of the latest article; zero if unknown
	Spellings                  []Spelling    // the most frequent first; only of one person asked for
	Merged                     []string      // other names that were merged with this one; only of all people
}

// Called returns the first of p's names, or of those that were merged with it, that has what is asked for; false if none has.
func (p *Person) Called(has func(name string) bool) (name string, ok bool) {
	for _, name := range append([]string{p.Name}, p.Merged...) {
		if has(name) {
			return name, true
		}
	}
	return "", false
}

// A Spelling is a form of a person's name.
type Spelling struct {
	Of                 PersonID // the name that it is a form of; not the person's own if that was merged
	Text               string
	Articles, Mentions int
}

// Said is a quote of a person, in an article.
type Said struct {
	Entry Entry
	articles.Span
	Verb, Text string // the words that lead it in, empty for none; the quote
}

// A Merge says what was decided about two names: "merge" From into Into, or "split" From.
type Merge struct{ Verb, From, Into string }

// A SavedSearch is a query with a name.
type SavedSearch struct {
	Name, Query string
	Others      bool // somebody else saved it, and only they change it
}

// A Position is the place in an article where a reader left off.
type Position struct {
	Top    int // byte offset of the first rune on the screen
	Cursor int // byte offset of the mention or quote that was current; −1 for none
}

// ShortID returns the first 8 bytes of an article's ID, which tell it from others well enough for
// people; commands take it for the whole.
func ShortID(id string) string { return id[:min(8, len(id))] }

// Package query is the language in which one asks the library for articles.
//
// A query is terms parted by blanks, all of which an article has to meet:
//
//	person:"Ann Lee" said:strike org:Halden source:example.org date:2026-01.. tag:todo status:unread reviewed:<50%
//
// A term is a word, a phrase in double quotes, or a field with a value:
//
//	ferry  "harbour office"  sail*   in title or text; a star stands for any ending
//	title:ferry author:gray           in the title, in the author's name
//	source:example.org                in the address, the path or the name of the publication
//	person:lee org:halden place:oslo  named in the article, by any form of the name there; name: for any of them
//	weapon:orrin label:weapon         named under a label of the user's own; any name under it
//	by:"Ann Lee"                      a quote of hers is in it; by:nobody for quotes whose speaker is unknown
//	said:strike                       a quote that holds the word; right behind a name, a quote of theirs
//	tag:todo status:unread format:pdf id:3fa2
//	date:2026-01.. added:7d           of the article, and when it came into the library
//	reviewed:<50% words:>500 people:3.. orgs:2 quotes:10..20 claims:>0
//
// A star alone is whatever there is: tag:* is any tag. A minus before a term takes away
// what it finds; OR between terms, and parentheses, are as everywhere. Of a date, the
// year or the month will do; a range may be open on either side, and 7d, 2w, 6m, 1y
// are that many days, weeks, months or years up to now. Letters count without their
// case and accents.
//
// A label that the user gives to names of a kind of his own is a field with its name, and
// label: holds for all of them. [Options] has the labels, as the library and the settings
// know them: a name that is neither a field nor one of those is an error. Where a label
// is more than one word, or called as a field is, double quotes make it the label:
// "secret weapon":orrin, "tag":orrin.
//
// Terms of quotes that stand side by side ask for the same quote: by:lee said:strike
// said:pay is one quote of Lee's that holds both words.
//
// The package knows the language only; what holds the articles answers.
package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/articles"
)

// A Field says what of an article a term is about.
type Field string

// The fields; Text is that of a term without one.
const (
	Text     Field = ""
	Title    Field = "title"
	Author   Field = "author"
	Source   Field = "source"
	Person   Field = "person"
	Org      Field = "org"
	Place    Field = "place"
	Name     Field = "name"
	Label    Field = "label"
	By       Field = "by"
	Said     Field = "said"
	Tag      Field = "tag"
	Status   Field = "status"
	Format   Field = "format"
	ID       Field = "id"
	Date     Field = "date"
	Added    Field = "added"
	Reviewed Field = "reviewed"
	Words    Field = "words"
	People   Field = "people"
	Orgs     Field = "orgs"
	Quotes   Field = "quotes"
	Claims   Field = "claims"
)

// fields are all fields that have a name, what is asked for most first.
var fields = []Field{Person, Org, By, Said, Source, Date, Tag, Status, Reviewed, Title, Author, Place, Name, Label,
	Added, Words, Quotes, People, Orgs, Claims, Format, ID}

// Nobody is the value of [By] for quotes whose speaker is unknown.
const Nobody = "nobody"

// An Op joins expressions.
type Op uint8

// The operators. The zero Op is a single term.
const (
	Is Op = iota
	And
	Or
	Not // of its one argument
)

// An Expr is a query, or a part of one. The zero Expr asks for the empty phrase; a query of
// nothing is an And without arguments, which every article meets.
type Expr struct {
	Op   Op
	Args []Expr
	Term Term // where Op is Is
}

// A Term is one condition.
type Term struct {
	articles.Span // in what was parsed
	Field         Field
	Label         string // of Name: the label that the name has, as it was typed; empty for any type
	Text          string // the value without its quotes and star; of words, what has to stand side by side
	Open          bool   // the value may go on: it ended in a star, or is being typed
	Any           bool   // the value is a star: whatever there is
	Number        Range  // of a number
	Time          Period // of a date
	Same          []Term // of Said: what else holds of the quote, Said, or who said it: By, Person, Org or Name
}

// A Range is a range of numbers with both its ends; HasMin and HasMax say which count.
type Range struct {
	Min, Max          float64
	HasMin, HasMax    bool
	OverMin, UnderMax bool // the end itself is not meant
}

// A Period is the time from a moment up to another, that one not included; the zero Time is
// an open end.
type Period struct {
	From, To time.Time
	None     bool // the time is unknown
}

// An Error says what is wrong with a query, and where.
type Error struct {
	articles.Span
	Message string
	Field   string // that there is not; empty where something else is wrong
}

func (e *Error) Error() string { return e.Message }

// Options say how a query is read.
type Options struct {
	Now    time.Time // what 7d counts from, in the zone in which a day begins
	Typing bool      // it is not finished: its last word is open, and what it lacks is no error
	Labels []string  // of the user's own, which are fields too
	// AnyLabel takes every name for a label: of a query that was answered, whoever knew the labels.
	AnyLabel bool
}

// longest is how many bytes a query may have, and mostTerms how many terms.
const (
	longest   = 1000
	mostTerms = 64
	deepest   = 16
)

// Parse reads a query. An error is an [*Error].
func Parse(text string, o Options) (Expr, error) {
	if len(text) > longest {
		return Expr{}, &Error{Span: articles.Span{Start: longest, End: len(text)}, Message: fmt.Sprintf("the query is longer than %d bytes", longest)}
	}
	p := &parser{text: text, Options: o}
	e, err := p.disjunction(0)
	if err != nil {
		return Expr{}, err
	}
	if p.skipBlanks(); p.at < len(text) {
		return Expr{}, p.errorAt(p.at, p.at+1, "a closing parenthesis without an opening one")
	}
	return e, nil
}

// Quotes reports whether e asks for certain quotes, so that its answers are quotes more than
// articles: a term of quotes is among those that all have to be met.
func (e *Expr) Quotes() bool {
	switch e.Op {
	case Is:
		return e.Term.Field == By || e.Term.Field == Said
	case And:
		return slices.ContainsFunc(e.Args, func(a Expr) bool { return a.Quotes() })
	case Or:
		return len(e.Args) > 0 && !slices.ContainsFunc(e.Args, func(a Expr) bool { return !a.Quotes() })
	}
	return false
}

// Terms calls f with each term of e that is not negated.
func (e *Expr) Terms(f func(*Term)) {
	switch e.Op {
	case Is:
		f(&e.Term)
	case Not:
		return
	}
	for i := range e.Args {
		e.Args[i].Terms(f)
	}
}

// Find returns the words that e looks for in texts, parted by blanks, to be found again in one
// of them.
func (e *Expr) Find() string {
	var words []string
	e.Terms(func(t *Term) {
		if t.Field == Text {
			words = append(words, t.Text)
		}
	})
	return strings.Join(words, " ")
}

// Annotated reports whether e asks for something that is found by annotating.
func (e *Expr) NeedsAnnotation() bool {
	switch e.Term.Field {
	case Person, Org, Place, Name, Label, By, Said, Reviewed, People, Orgs, Quotes, Claims:
		return e.Op == Is
	}
	return slices.ContainsFunc(e.Args, func(a Expr) bool { return a.NeedsAnnotation() })
}

// quote writes a value as a query takes it.
func quote(value string) string {
	value = strings.ReplaceAll(value, `"`, "")
	if value == "" || strings.ContainsAny(value, " \t\n()*:") || strings.HasPrefix(value, "-") || value == "OR" {
		return `"` + value + `"`
	}
	return value
}

// Package query is the language in which a user asks the library for articles.
//
// A query is a list of terms, separated by blanks, all of which an article has to meet:
//
//	person:"Ann Lee" said:strike org:Halden source:example.org date:2026-01.. tag:todo status:unread reviewed:<50%
//
// A term is a word, a phrase in double quotes, or a field with a value:
//
//	ferry  "harbour office"  sail*   in title or text; a star stands for any ending
//	title:ferry author:gray           in the title, in the name of the author
//	source:example.org                in the address, the path or the name of the publication
//	person:lee org:halden place:oslo  named in the article, by any form of the name; name: for all of them
//	weapon:orrin label:weapon         named, with a label of the user's own; any name with the label
//	by:"Ann Lee"                      quotes her; by:nobody for quotes whose speaker is unknown
//	said:strike                       has a quote with the word; right after a name, a quote by that name
//	tag:todo status:unread format:pdf id:3fa2
//	date:2026-01.. added:7d           of the article, and when it was added to the library
//	reviewed:<50% words:>500 people:3.. orgs:2 quotes:10..20 claims:>0
//	by-annotator:ann unreviewed-by:me  on which she decided something; not all of which I have reviewed
//	assigned:me done-by:ann set:May    assigned to me; that she is done with; in the set
//
// A star alone stands for any value: tag:* is any tag. A minus before a term excludes what
// it finds. OR and parentheses work as usual. A date may be a year or a month; a range may
// be open on either side; 7d, 2w, 6m and 1y are that many days, weeks, months or years up
// to now. Case and accents do not matter.
//
// # Labels
//
// A label that the user gave to names is a field of its own, and label: finds any name
// that has it. [Options].Labels lists the labels, which come from the library and the
// settings; the parser has to know them, since every other name before a colon is an error
// that suggests what was meant. A label of several words, or one that is called like a
// field, is written in double quotes: "secret weapon":orrin, "tag":orrin.
//
// # Quotes
//
// Adjacent terms for quotes ask for the same quote: by:lee said:strike said:pay is one
// quote by Lee that has both words.
//
// The package knows only the language. Package db answers queries.
package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/articles"
)

// A Field is the aspect of an article that a term is about.
type Field string

// The fields. Text is the field of a term without one.
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
	Updated  Field = "updated"
	Section  Field = "section"
	Language Field = "language"
	Added    Field = "added"
	Reviewed Field = "reviewed"
	Words    Field = "words"
	People   Field = "people"
	Orgs     Field = "orgs"
	Quotes   Field = "quotes"
	Claims   Field = "claims"

	Annotator  Field = "by-annotator"
	Unreviewed Field = "unreviewed-by"
	Assigned   Field = "assigned"
	DoneBy     Field = "done-by"
	Set        Field = "set"
)

// fields are all fields that have a name, the most useful first.
var fields = []Field{Person, Org, By, Said, Source, Date, Tag, Status, Reviewed, Title, Author, Place, Name, Label,
	Added, Updated, Section, Language, Words, Quotes, People, Orgs, Claims, Format, Assigned, DoneBy, Unreviewed, Annotator, Set, ID}

// Nobody is the value of [By] for quotes whose speaker is unknown.
const Nobody = "nobody"

// Me is the name of whoever asks, as a value of fields that name annotators.
const Me = "me"

// An Op joins expressions.
type Op uint8

// The operators. The zero Op is a single term.
const (
	Is Op = iota
	And
	Or
	Not // has one argument
)

// An Expr is a query or a part of one. The zero Expr asks for the empty phrase. An empty
// query is an And without arguments, which every article meets.
type Expr struct {
	Op   Op
	Args []Expr
	Term Term // if Op is Is
}

// A Term is one condition.
type Term struct {
	articles.Span // in the query
	Field         Field
	Label         string // for Name: the label the name has, as typed; empty for any type
	Text          string // the value without its quotes and star; a phrase for several words
	Open          bool   // the value may continue: it ends in a star, or is being typed
	Any           bool   // the value is a star: any value
	Number        Range  // of a number
	Time          Period // of a date
	Same          []Term // for Said: what else the same quote has to meet: Said, or its speaker: By, Person, Org or Name
}

// A Range is a range of numbers that includes both ends. HasMin and HasMax tell which of
// them apply.
type Range struct {
	Min, Max          float64
	HasMin, HasMax    bool
	OverMin, UnderMax bool // the end is not included
}

// A Period is the time from From up to, but not including, To. The zero Time is an open
// end.
type Period struct {
	From, To time.Time
	None     bool // the time is unknown
}

// An Error tells what is wrong with a query, and where.
type Error struct {
	articles.Span
	Message string
	Field   string // the field that does not exist; empty for other errors
}

func (e *Error) Error() string { return e.Message }

// Options control how a query is parsed.
type Options struct {
	Now    time.Time // that 7d counts from, in the zone in which days begin
	Typing bool      // it is unfinished: its last word is open, and what is missing is no error
	Labels []string  // the user's own labels, which are fields too
	// AnyLabel accepts every name as a label. It is for reading a query again that has been
	// answered already.
	AnyLabel bool
}

// longest is the limit on the bytes of a query, mostTerms on its terms, and deepest on its
// nesting.
const (
	longest   = 1000
	mostTerms = 64
	deepest   = 16
)

// Parse parses a query. Its error is an [*Error].
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

// Quotes reports whether e asks for quotes, so that its answers are quotes rather than
// articles: a term for quotes is among those that all have to be met.
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

// Find returns the words that e looks for in texts, separated by blanks, to find them
// again in one of them.
func (e *Expr) Find() string {
	var words []string
	e.Terms(func(t *Term) {
		if t.Field == Text {
			words = append(words, t.Text)
		}
	})
	return strings.Join(words, " ")
}

// NeedsAnnotation reports whether e asks for something that annotating an article finds.
func (e *Expr) NeedsAnnotation() bool {
	switch e.Term.Field {
	case Person, Org, Place, Name, Label, By, Said, Reviewed, People, Orgs, Quotes, Claims, Unreviewed:
		return e.Op == Is
	}
	return slices.ContainsFunc(e.Args, func(a Expr) bool { return a.NeedsAnnotation() })
}

// quote returns a value as it is written in a query.
func quote(value string) string {
	value = strings.ReplaceAll(value, `"`, "")
	if value == "" || strings.ContainsAny(value, " \t\n()*:") || strings.HasPrefix(value, "-") || value == "OR" {
		return `"` + value + `"`
	}
	return value
}

// Package annotator asks other programs who is named in a text and who said what: a tagger in another language, a
// model that needs more than one processor, a local server. byline joins the names they give, finds quotes and
// speakers where they give none, and lays the result beside its own.
//
// # The protocol
//
// A program reads one JSON object a line from standard input and answers each with a line on standard output, in
// the same order. Offsets are half-open and count Unicode code points of "text".
//
//	→ {"byline":1,"id":"5d1c","text":"…","lang":"en","blocks":[{"start":0,"end":61,"kind":"heading"}]}
//	← {"id":"5d1c","model":"en_core_web_trf 3.8",
//	   "mentions":[{"start":0,"end":11,"text":"Marta Quill","type":"PERSON","score":0.97,"entity":"x1"}],
//	   "quotes":[{"start":62,"end":84,"type":"direct","speaker":{"start":90,"end":93},"score":0.9}]}
//	← {"id":"5d1c","error":"out of memory"}
//
// In an answer, "text" lets the offsets be checked, "score" is a probability, "form" is name, nominal or pronoun,
// and mentions with one "entity" are one person or organization. What is missing is found by byline: without
// "entity" it joins the names, without "quotes" it finds them ("quotes":[] says that there are none). Fields that
// are not named here are ignored, so that later versions may add some.
//
// Standard output is for answers only; standard error is shown when the program fails. The program ends when its
// standard input does. No shell reads the command, and it is run in the folder of the settings, never in that of a
// corpus. An article whose answer is wrong, late or missing fails alone: nothing of it is kept. Answers are told apart by
// their IDs, so that a line too many costs no article; it is said at the end.
package annotator

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/annotate"
)

// version is that of the protocol, the value of "byline" in a request.
const version = 1

// A Program is a command that finds names and quotes, as its user described it.
type Program struct {
	Name    string            // "spacy"; who its claims are by
	Dir     string            // the folder in which it is run, of which its paths are; where byline is if empty
	Command []string          // the program and its arguments
	Types   map[string]string // its types → types of byline or labels of the user's own; "" leaves a type out
	Timeout time.Duration     // how long it may take for an answer; two minutes if 0
	Batch   int               // texts that it is sent ahead of its answers; 1 if 0
}

// patience is long enough for a program that loads a model first.
const patience = 2 * time.Minute

// known are types that taggers use, in upper case. What is in none of the tables is left out and counted.
var known = map[string]annotate.Type{
	"PERSON": annotate.Person, "PER": annotate.Person, "PEOPLE": annotate.Person,
	"ORGANIZATION": annotate.Organization, "ORGANISATION": annotate.Organization, "ORG": annotate.Organization,
	"PLACE": annotate.Place, "LOCATION": annotate.Place, "LOC": annotate.Place, "GPE": annotate.Place, "FAC": annotate.Place,
	"MISC": annotate.Other, "OTHER": annotate.Other,
}

// typeOf returns byline's type for one of the program's; empty if it is left out, and whether that was said.
func (p *Program) typeOf(name string) (t annotate.Type, said bool) {
	if to, ok := p.Types[name]; ok {
		if t, ours := known[strings.ToUpper(to)]; ours {
			return t, true
		}
		return annotate.Type(to), true
	}
	t, said = known[strings.ToUpper(name)]
	return t, said
}

// An Error says why a program gave no answer for an article that can be used.
type Error struct {
	Program string // its name in the settings
	What    string // "gave no answer within 1m0s"
	Stderr  string // the last line that it printed there; may be empty
}

// Error names the program and quotes what it printed.
func (e *Error) Error() string {
	s := fmt.Sprintf("annotator %s %s", e.Program, e.What)
	return s + printed(e.Stderr)
}

// A Note counts what of an answer was left out or changed, in words: "mentions of type NORP", and for one "mention of type NORP".
type Note struct {
	Many, One string
	N         int
}

// addNote counts one more of something.
func addNote(notes []Note, many, one string) []Note {
	if i := slices.IndexFunc(notes, func(n Note) bool { return n.Many == many }); i >= 0 {
		notes[i].N++
		return notes
	}
	return append(notes, Note{many, one, 1})
}

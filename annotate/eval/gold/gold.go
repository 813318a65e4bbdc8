// Package gold reads articles that people annotated inline, one per file: names and their
// entities, quotes and their speakers, and words in marks that are not quotes.
//
// A file is a txtar archive of three sections. "about" holds lines "key: value" with
// manner, marks (american or british) and title. "entities" declares on each line a
// key, a type (person, organization, place, other) and a name. "text" is the article,
// with this markup:
//
//	[quill|Marta Quill]              a mention by name of the entity quill
//	[quill~|she] [quill=|the editor] a mention by pronoun, by a noun
//	{quill|“We sold the press,”}     a direct quote that quill speaks; - for nobody known
//	{quill mixed|“not the paper”}    quoted words in a sentence of the writer's
//	{quill indirect|that it was}     reported speech; "direct" where there are no marks
//	{!|“The Long Dock”}              words in marks that are not a quote
//	<said>                           a cue
//
// Quotes nest, and contain mentions and cues; mentions and cues contain nothing. A cue belongs to
// the nearest quotes on the same level of nesting in the same paragraph. The characters of the
// markup have no other use.
//
// Parsing is strict, since a slip in the gold would count as an error of the engine: every
// quotation mark must start or end something in braces, or start a paragraph of a continued
// quote. All mistakes in a file are reported together, with file and line; command check prints
// them.
package gold

import (
	"fmt"
	"os"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// An Article is an annotated article. Its Layer has the declared keys as the IDs of its
// entities, and its spans are bytes of Text, which holds no marks.
type Article struct {
	File                 string
	Manner, Marks, Title string
	Text                 string
	Layer                annotate.Layer
	NonQuotes            []articles.Span // in marks but not quotes, in order
	Notes                Errors          // names that also occur unmarked, which may be slips
}

// An Error is a mistake on a line of a file.
type Error struct {
	File string
	Line int // from 1
	Text string
}

// Error returns "file:line: text".
func (e Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Text) }

// Errors are the mistakes in a file, in the order of its lines.
type Errors []Error

// Error returns the errors, one a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Read returns the article of a file; mistakes in its contents are an error of type [Errors].
func Read(path string) (*Article, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

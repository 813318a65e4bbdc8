// Package gold reads articles that people annotated inline, one a file: names, whose
// they are, quotes, who says them, and words in marks that nobody says.
//
// A file is a txtar archive of three sections. "about" holds lines "key: value" with
// manner, marks (american or british) and title. "entities" declares on each line a
// key, a type (person, organization, place, other) and a name. "text" is the article,
// in which there are
//
//	[quill|Marta Quill]              a mention by name of the entity quill
//	[quill~|she] [quill=|the editor] a mention by pronoun, by a noun
//	{quill|“We sold the press,”}     a direct quote that quill speaks; - for nobody known
//	{quill mixed|“not the paper”}    quoted words in a sentence of the writer's
//	{quill indirect|that it was}     reported speech; "direct" where there are no marks
//	{!|“The Long Dock”}              words in marks that are no quote
//	<said>                           a cue
//
// Quotes nest, and hold mentions and cues; mentions and cues hold nothing. A cue belongs
// to the quotes nearest to it, on the same level of nesting and with no end
// of a paragraph between. The characters of the marks have no other use.
//
// Reading is strict, since a slip in the gold would be counted as an error of the
// engine: every quotation mark has to begin or end something in braces, or begin a
// paragraph of a quote that continues. All that is wrong in a file is reported at once, with
// file and line; command check prints it.
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

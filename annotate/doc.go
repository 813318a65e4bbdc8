package annotate

import "byline/articles"

// A TokenKind tells words from what is between them.
type TokenKind uint8

// The kinds of tokens.
const (
	Word   TokenKind = iota // holds a letter: "Quill", "U.S.", "O'Neill", "mother-in-law"
	Number                  // starts with a digit: "1,200", "3rd"
	Mark                    // a quotation mark or what may be one: " “ ” ' ‘ ’ « » `` ''
	Punct                   // any other: one rune, or a run such as "..." or "--"
)

// A Token is a word, a number or a mark; blanks are in none.
type Token struct {
	articles.Span
	Kind TokenKind
}

// A Range is a half-open range of indices.
type Range struct{ First, End int }

// A Sentence is a sentence with its tokens.
type Sentence struct {
	articles.Span
	Tokens    Range // of Doc.Tokens
	Paragraph int   // index into Doc.Paragraphs
}

// A Para is a paragraph with its sentences: one block of the article, or what
// is between blank lines or line ends of a plain text.
type Para struct {
	articles.Span
	Sentences Range // of Doc.Sentences
	Block     articles.Block
}

// A Doc is a text cut into paragraphs, sentences and tokens, all in order:
// what the stages work on. It owns nothing but indices into Text.
type Doc struct {
	Text       string
	Paragraphs []Para
	Sentences  []Sentence
	Tokens     []Token
}

// Word returns the text of token i.
func (d *Doc) Word(i int) string { return d.Tokens[i].In(d.Text) }

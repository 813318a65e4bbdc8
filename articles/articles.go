// Package articles defines an article: one canonical text, the blocks and inline styles of
// its source as spans of it, and where it came from.
//
// An article's text is made once, on import, and never edited. It is UTF-8 with \n line ends,
// contains nothing but printable text and \n, and every span in the program is a half-open
// byte range of it. Headings, lists, quotes, tables and links of the source are blocks and
// inlines on the text, so that drawing, annotation and export all use the same offsets.
//
// The package needs the standard library only and does no I/O. Its sub-packages are:
//
//   - load detects what a file holds and passes it to an importer; its table names them all:
//     plain, markdown, web, epub, office, pdf, mail, wiki and corpus. An importer works on
//     bytes, without files and network, and uses no other importer except for what it
//     contains, as a message contains a page.
//   - feed reads the feeds of publications, and fetch is the only package that speaks HTTP.
//   - pictures finds the pictures of an article on the disk.
//   - clean, charset, builder, archive and stream are shared by importers: safe text, text in any
//     encoding, an article under construction, zip archives with bounds, readers that stop.
//   - samples are the stories of a new library; spelling finds what a misspelt word may stand
//     for.
package articles

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
)

// A Format says what format an article's source is in.
type Format string

// The formats that byline reads.
const (
	Plain    Format = "plain"
	Markdown Format = "markdown"
	HTML     Format = "html"
	EPUB     Format = "epub" // a chapter of a book
	DOCX     Format = "docx"
	ODT      Format = "odt"
	PDF      Format = "pdf"
	Email    Format = "email"
	Wiki     Format = "wiki"   // a page of a dump
	Record   Format = "record" // of a corpus
)

// An Article is a piece of writing with its text in canonical form.
type Article struct {
	ID     string // of the article in its first version, see [TextID]
	Title  string
	Author string // as readers see it: "Ann Lee and Bo Gray"
	Site   string // the publication
	Date   Date   // of publication
	Credits
	Source   string // file path or URL; "-" for standard input
	Format   Format
	Text     string    // canonical, see the package comment
	Blocks   []Block   // in order; together they cover every non-blank rune of Text
	Inline   []Inline  // in the order of [Span.Compare]
	Pictures []Picture // in the order of the text
	// Warnings are what a reader should know of how the text was made; they are not stored.
	Warnings []string
}

// Credits are what a publication says of an article beyond its author, date and name, for those who
// cite it. What it does not say is empty.
type Credits struct {
	Authors  []string // people; see [Article.People]
	Agencies []string // agencies, desks and other bodies that are named as authors
	URL      string   // the address that the article gives as its own, without a password
	Section  string
	Language string // a BCP 47 tag: "de", "pt-BR"
	Updated  Date   // of the last change; zero if it is not after Date
}

// People returns the people who wrote the article, one by one.
func (a *Article) People() []string {
	if len(a.Authors) > 0 || len(a.Agencies) > 0 {
		return a.Authors
	}
	return namesIn(a.Author)
}

// Bylines returns who wrote the article as a list: the people, or else the agencies.
func (a *Article) Bylines() []string {
	if who := a.People(); len(who) > 0 {
		return who
	}
	return a.Agencies
}

// Address returns where the article is on the web: the address that it gives as its own, else its
// source if that is one; empty for a file.
func (a *Article) Address() string {
	for _, s := range []string{a.URL, a.Source} {
		if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
			return s
		}
	}
	return ""
}

// Byline returns a list of names as readers see it: "Ann Lee, Bo Gray and Cy Moe".
func Byline(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// namesIn returns the names in a byline of one of the usual forms: with an "and" before the last,
// with semicolons, or with commas between names of two words and more.
func namesIn(byline string) []string {
	for _, and := range []string{" and ", " & ", " und "} {
		byline = strings.ReplaceAll(byline, and, ";")
	}
	var out []string
	for part := range strings.SplitSeq(byline, ";") {
		list := strings.Split(part, ",")
		for _, name := range list {
			if len(strings.Fields(name)) < 2 {
				list = []string{part} // "Lee, Ann", "Ann Lee, editor"
				break
			}
		}
		for _, name := range list {
			if name = strings.Trim(strings.TrimSpace(name), ","); name != "" {
				out = append(out, name)
			}
		}
	}
	return out
}

// TextID returns the identity of a text: the first 16 hexadecimal digits of its SHA-256. An
// article keeps the ID of its first version when its source changes.
func TextID(text string) string {
	h := sha256.New()
	var piece [4 << 10]byte // avoids a copy of a text of megabytes
	for len(text) > 0 {
		n := copy(piece[:], text)
		h.Write(piece[:n])
		text = text[n:]
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Words counts the words of the article: runs of non-blank text.
func (a *Article) Words() int {
	n := 0
	blank := true
	for _, r := range a.Text {
		was := blank
		if blank = unicode.IsSpace(r); was && !blank {
			n++
		}
	}
	return n
}

// A BlockKind says what a block of text is in its source.
type BlockKind uint8

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Heading
	Item        // a list item's text; Level is the depth of its list, from 1
	Code        // lines whose white space is significant
	Row         // one row of a table; Cells are its cells
	Rule        // a thematic break; its span is empty
	Caption     // of a picture or table
	Attribution // who speaks the block quote above it, as its source says
)

// A Block is a part of the text that its source sets apart. Blocks do not overlap. A paragraph of
// the text ends with its block.
type Block struct {
	Span
	Kind    BlockKind
	Level   int    // heading 1–6, depth of a list from 1; else 0
	Quote   int    // depth of the block quotes around the block; 0 outside
	Marker  string // of an item: "•", "3.", "[x]"; empty in further blocks of the item
	Cells   []Span // of a row
	Head    bool   // of a row: it is the head of the table
	Variant string // of code: its language; of rows: one of l, c, r per column
}

// An InlineKind says how a part of a block is formatted.
type InlineKind uint8

// The kinds of inline spans.
const (
	Emphasis InlineKind = iota
	Strong
	Strike
	Mono
	Link
	Image // words that stand for a picture
	Note  // the mark of a footnote, in the text and before the note
)

// A Picture is where a picture stands in the article. Its span is the words of the text that stand for
// it, its caption or what Markdown says instead of it; without such words it is empty, and the picture stands
// behind the text before it.
type Picture struct {
	Span
	Address string // as Address of package clean has it; empty if the source does not say or it is none to follow
	Beside  string // the path relative to the source at which a copy may be; may be empty
	Alt     string // what the source says instead of the picture and the text does not; may be empty
}

// An Inline is a span inside one block that its source formats differently.
type Inline struct {
	Span
	Kind   InlineKind
	Target string // of a link or image: an http, https or mailto address, or empty
}

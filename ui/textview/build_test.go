package textview

import (
	"regexp"
	"slices"
	"strings"

	"byline/articles"
)

// A builder makes documents for tests: blocks by method, inline spans written as {b bold}, {i
// slanted}, {s struck}, {m code}, {a http://… link}, {p http://… picture}, {n [note]}, which nest.
type builder struct {
	text   strings.Builder
	blocks []articles.Block
	inline []articles.Inline
}

var inlineKinds = map[byte]articles.InlineKind{
	'b': articles.Strong, 'i': articles.Emphasis, 's': articles.Strike, 'm': articles.Mono, 'a': articles.Link,
	'p': articles.Image, 'n': articles.Note,
}

// write appends a text without its inline signs and returns its span.
func (b *builder) write(s string) articles.Span {
	start := b.text.Len()
	var open []articles.Inline
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '{' && i+2 < len(s) && s[i+2] == ' ':
			in := articles.Inline{Span: articles.Span{Start: b.text.Len()}, Kind: inlineKinds[s[i+1]]}
			i += 2
			if in.Kind == articles.Link || in.Kind == articles.Image {
				in.Target, _, _ = strings.Cut(s[i+1:], " ")
				i += 1 + len(in.Target)
			}
			open = append(open, in)
		case s[i] == '}' && len(open) > 0:
			in := open[len(open)-1]
			open = open[:len(open)-1]
			in.End = b.text.Len()
			b.inline = append(b.inline, in)
		default:
			b.text.WriteByte(s[i])
		}
	}
	return articles.Span{Start: start, End: b.text.Len()}
}

// add appends a block; k gives all but its span.
func (b *builder) add(s string, k articles.Block) *builder {
	if b.text.Len() > 0 {
		b.text.WriteByte('\n')
	}
	k.Span = b.write(s)
	b.blocks = append(b.blocks, k)
	return b
}

func (b *builder) p(s string) *builder { return b.add(s, articles.Block{}) }

func (b *builder) h(level int, s string) *builder {
	return b.add(s, articles.Block{Kind: articles.Heading, Level: level})
}

func (b *builder) li(level int, marker, s string) *builder {
	return b.add(s, articles.Block{Kind: articles.Item, Level: level, Marker: marker})
}

func (b *builder) quote(depth int, s string) *builder { return b.add(s, articles.Block{Quote: depth}) }

func (b *builder) code(s string) *builder {
	b.add("", articles.Block{Kind: articles.Code})
	b.text.WriteString(s)
	b.blocks[len(b.blocks)-1].End = b.text.Len()
	return b
}

func (b *builder) rule() *builder {
	b.blocks = append(b.blocks, articles.Block{Span: articles.Span{Start: b.text.Len(), End: b.text.Len()}, Kind: articles.Rule})
	return b
}

var bar = regexp.MustCompile(` *\| *`)

// row appends a row of a table, its cells between bars; the alignment makes it
// the head.
func (b *builder) row(s, align string) *builder {
	if b.text.Len() > 0 {
		b.text.WriteByte('\n')
	}
	k := articles.Block{Kind: articles.Row, Head: align != "", Variant: align}
	for i, c := range bar.Split(s, -1) {
		if i > 0 {
			b.text.WriteByte('\t')
		}
		k.Cells = append(k.Cells, b.write(c))
	}
	k.Span = articles.Span{Start: k.Cells[0].Start, End: b.text.Len()}
	b.blocks = append(b.blocks, k)
	return b
}

func (b *builder) doc() Doc {
	slices.SortFunc(b.inline, func(x, y articles.Inline) int { return x.Compare(y.Span) })
	return Doc{Text: b.text.String(), Blocks: b.blocks, Inline: b.inline, Rich: true}
}

// story contains one of everything, in our own words.
func story() Doc {
	b := &builder{}
	b.h(1, "The press at Orrin Bay & the “Courier”")
	b.p("Marta Quill, who ran the {i Orrin Bay Courier} for thirty years, sold its press on {b Monday} to {a https://halden.example/about Halden {b Media}}. AT&amp;T was not \\*involved\\* — neither was R&D. The well-known Franco-German-Polish-Czech commission met Donaudampfschifffahrtsgesellschaftskapitän Übel; `run` {m press --sell} was {s not {b really}} typed.")
	b.p("東京の山田太郎さんは山田商事の社長です。山田太郎さんは「明日は休みだ」と言った。山田太郎 works with 山田商事 in 東京.")
	b.p("Jane 👩‍👩‍👧‍👦 Doe 🇩🇪 and 👍🏽 Acme é e\u0301 naïve cafe\u0301 ✍️ ❤️ said ☎ हिन्दी क्षि ไทย 한국어 to Acme 🫆 and so on.")
	b.h(2, "2. Acme and {b Jane Doe} have a rather long heading that wraps here {m x-1} to the second line and further")
	b.li(1, "•", "Jane Doe and Acme Corp met in a very long item which should wrap around at the seventieth column or so")
	b.li(2, "•", "nested {b Jane Doe} said that the items of lists should hang below their own first word, whatever their depth")
	b.li(3, "1.", "deep Acme that goes on and on until the line is full and another has to be begun for it")
	b.li(3, "2.", "deeper")
	b.li(2, "", "a further paragraph of the nested item, which is long enough to be broken at least once in a column of seventy")
	b.li(1, "[ ]", "task Jane")
	b.li(1, "[x]", "done Doe")
	b.li(1, "9.", "nine Doe")
	b.li(1, "10.", "ten Jane, the item with two digits, and with so much text that it is wrapped under its first word as well")
	b.quote(1, "“We at Acme believe,” Jane Doe said, “that the quote inside a block quote, running over several lines, stays in one piece.”")
	b.quote(1, "A second paragraph.")
	b.quote(2, "nested Jane Doe said nested words here and there and everywhere, again and again and again")
	b.row("Person | Organisation | Note", "lcr")
	b.row("Jane Doe | Acme Corp International Holding | Jane Doe works at Acme Corp International & Sons", "")
	b.row("John Doe | {a http://doe.example Doe Inc} | Doe {b Doe} 山田太郎 and the {m Acme} people 👩‍👩‍👧‍👦", "")
	b.add("A picture of the press, {i late} in the evening", articles.Block{Kind: articles.Caption})
	b.code("func Jane() string {\n    return \"Jane Doe & Acme\" // Jane \\n Doe, a long line that runs over the edge of the column\n\n}")
	b.rule()
	b.p("The end.")
	return b.doc()
}

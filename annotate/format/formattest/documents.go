package formattest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/articles"
)

const story = `The Press at Orrin Bay

Marta Quill, who ran the Orrin Bay Courier
for thirty years, sold its *press* to Halden Media.

“We sold the press,” she said, “not the paper.”
“My aunt, 🗞 and 1. her_friends_, were sad.

“So was I.”

- Tom Ferris paid $5 & <b>more</b>
- Zoë Ade` + "\u0301" + ` [paid] nothing

Price | Paid`

func span(words string, n int) articles.Span {
	from := 0
	for ; n > 0; n-- {
		from += strings.Index(story[from:], words) + len(words)
	}
	i := from + strings.Index(story[from:], words)
	if i < from {
		panic("no " + words)
	}
	return articles.Span{Start: i, End: i + len(words)}
}

// Story returns a document with blocks and claims of many kinds.
func Story() *format.Document { return &format.Document{Article: storyArticle(), Layer: storyLayer()} }

func storyArticle() *articles.Article {
	block := func(kind articles.BlockKind, from, to string) articles.Block {
		return articles.Block{Kind: kind, Span: articles.Span{Start: span(from, 0).Start, End: span(to, 0).End}}
	}
	a := &articles.Article{ID: "a1", Title: "The <Press> at *Orrin* Bay", Author: "Ann Lee", Site: "Northern Wire",
		Date: articles.Day(2026, 3, 9), Source: "https://wire.example/press_at_orrin", Text: story}
	row := block(articles.Row, "Price", "| Paid")
	row.Cells = []articles.Span{span("Price", 0), {Start: row.End - 4, End: row.End}}
	row.Head, row.Variant = true, "lr"
	quote := block(articles.Paragraph, "“We sold", "were sad.")
	quote.Quote = 1
	a.Blocks = []articles.Block{
		block(articles.Heading, "The Press", "Orrin Bay"), block(articles.Paragraph, "Marta Quill", "Halden Media."),
		quote, block(articles.Paragraph, "“So was", "I.”"),
		block(articles.Item, "Tom Ferris", "</b>"), block(articles.Item, "Zoë", "nothing"), row,
	}
	a.Blocks[0].Level = 1
	a.Blocks[4].Level, a.Blocks[4].Marker = 1, "•"
	a.Blocks[5].Level, a.Blocks[5].Marker = 2, "3."
	return a
}

func mention(e *annotate.Entity, form annotate.Form, s articles.Span, state annotate.State) {
	o := annotate.Origin{Stage: "names", Rule: "test", Score: .98765}
	if state == annotate.Confirmed {
		o = annotate.Origin{Human: true, Stage: "ann", Score: 1}
	}
	e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: form, Type: e.Type, State: state, Origin: o})
}

func storyLayer() *annotate.Layer {
	p, o := annotate.Person, annotate.Organization
	l := &annotate.Layer{Engine: "test", Entities: []annotate.Entity{
		{ID: "e1", Type: p, Name: "Marta Quill", Origin: annotate.Origin{Score: .98}},
		{ID: "e2", Type: o, Name: "Orrin Bay Courier", Origin: annotate.Origin{Score: .9}},
		{ID: "e3", Type: o, Name: "Halden Media", Origin: annotate.Origin{Score: .9}},
		{ID: "e4", Type: "village", Name: "Zoë Adé", Origin: annotate.Origin{Human: true, Score: 1}},
		{ID: "e5", Type: p, Name: "Tom Ferris", Origin: annotate.Origin{Score: .7}},
	}}
	mention(&l.Entities[0], annotate.Name, span("Marta Quill", 0), annotate.Confirmed)
	mention(&l.Entities[0], annotate.Pronoun, span("she", 0), annotate.Proposed)
	mention(&l.Entities[1], annotate.Name, span("Orrin Bay Courier", 0), annotate.Proposed)
	mention(&l.Entities[2], annotate.Name, span("Halden Media", 0), annotate.Rejected)
	mention(&l.Entities[3], annotate.Name, span("Zoë Ade\u0301", 0), annotate.Confirmed)
	mention(&l.Entities[4], annotate.Name, span("Tom Ferris", 0), annotate.Proposed)
	machine := annotate.Origin{Stage: "quotes", Score: .8}
	l.Quotes = []*annotate.Quote{
		{Span: span("“We sold the press,”", 0), Type: annotate.Direct, Speaker: "e1", SpeakerMention: span("she", 0), Cue: span("said", 0), Origin: machine},
		{Span: span("“not the paper.”", 0), Type: annotate.Direct, Speaker: "e3", State: annotate.Confirmed, Origin: machine},
		{Span: articles.Span{Start: span("“My aunt", 0).Start, End: span("I.”", 0).End}, Type: annotate.Direct, Speaker: "e1", Also: []string{"e3", "e5", "e4"}, Origin: machine},
		{Span: span("nothing", 0), Type: annotate.Indirect, State: annotate.Rejected, Origin: machine},
	}
	return l
}

var vocabulary = strings.Fields("Quill 😀 e\u0301 👩‍👩‍👧 <b>&\" “no” \\n 日本 * _x_ [a](b) # 1. - + | `c` $5 www.x.y http://z ~~ == a@b.c")

// Random returns a document made of anything, the same for the same seed.
func Random(seed uint64) *format.Document {
	r := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	var at []int
	for range 5 + r.IntN(60) {
		at = append(at, b.Len())
		b.WriteString(vocabulary[r.IntN(len(vocabulary))])
		at = append(at, b.Len())
		b.WriteString([]string{" ", " ", "\n", "\n\n", "", "    ", "\n    "}[r.IntN(7)])
	}
	a := &articles.Article{ID: fmt.Sprint(seed), Title: vocabulary[r.IntN(len(vocabulary))], Text: b.String()}
	a.Blocks = standoff.Paragraphs(a.Text)
	somewhere := func() articles.Span {
		i := r.IntN(len(at) - 1)
		j := min(len(at)-1, i+1+r.IntN(4))
		s := articles.Span{Start: at[i], End: at[j]}
		for !s.Empty() && strings.ContainsRune(" \n", rune(a.Text[s.Start])) { // no key marks blanks
			s.Start++
		}
		for !s.Empty() && strings.ContainsRune(" \n", rune(a.Text[s.End-1])) {
			s.End--
		}
		if s.Empty() {
			return articles.Span{Start: at[0], End: at[1]}
		}
		return s
	}
	someone := func() (annotate.Origin, annotate.State) {
		return annotate.Origin{Human: r.IntN(3) == 0, Score: r.Float64()}, annotate.State(r.IntN(3))
	}
	l := &annotate.Layer{}
	for i := range 1 + r.IntN(6) {
		e := annotate.Entity{ID: fmt.Sprint("e", i+1), Type: []annotate.Type{annotate.Person, annotate.Organization, "own"}[r.IntN(3)], Name: "N*_<b>"}
		for range 1 + r.IntN(5) {
			m := annotate.Mention{Span: somewhere(), Form: annotate.Name, Type: e.Type}
			m.Origin, m.State = someone()
			e.Mentions = append(e.Mentions, m)
		}
		slices.SortStableFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
		l.Entities = append(l.Entities, e)
	}
	slices.SortStableFunc(l.Entities, func(a, b annotate.Entity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	for i := range l.Entities {
		l.Entities[i].ID = fmt.Sprint("e", i+1)
	}
	for range r.IntN(4) {
		q := &annotate.Quote{Span: somewhere(), Type: annotate.Mixed, Cue: somewhere()}
		randomSpeakers(r, l.Entities, q, somewhere)
		q.Origin, q.State = someone()
		l.Quotes = append(l.Quotes, q)
	}
	slices.SortStableFunc(l.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return &format.Document{Article: a, Layer: l}
}

// randomSpeakers gives q speakers or none, and words that name the first: a mention of it, anything, or none.
func randomSpeakers(r *rand.Rand, es []annotate.Entity, q *annotate.Quote, somewhere func() articles.Span) {
	q.Speaker = []string{"", "e1"}[r.IntN(2)]
	for i := 1 + r.IntN(3); i < len(es) && q.Speaker != "" && r.IntN(2) == 0; i++ {
		q.Also = append(q.Also, es[i].ID)
	}
	switch said := es[0].Mentions; {
	case q.Speaker != "" && r.IntN(2) == 0:
		q.SpeakerMention = said[r.IntN(len(said))].Span
	case r.IntN(2) == 0:
		q.SpeakerMention = somewhere()
	}
}

// Big returns a document of n MB with 20,000 mentions and 4,000 quotes in each.
func Big(n int) *format.Document {
	const line = "Marta Quill said “no” to Zoë 😀 Smith. "
	a := &articles.Article{ID: "big", Text: strings.Repeat(line+"\n", n<<20/len(line))}
	a.Blocks = standoff.Paragraphs(a.Text)
	l := &annotate.Layer{}
	for i := range 500 {
		l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i+1), Type: annotate.Person, Name: "Marta Quill"})
	}
	for i := range n * 20_000 {
		at := i * (len(line) + 1)
		e := &l.Entities[i%500]
		e.Mentions = append(e.Mentions, annotate.Mention{Span: articles.Span{Start: at, End: at + 11}, Form: annotate.Name, Type: e.Type})
		if i%5 == 0 {
			q := articles.Span{Start: at + 17, End: at + 25}
			l.Quotes = append(l.Quotes, &annotate.Quote{Span: q, Type: annotate.Direct, Speaker: e.ID})
		}
	}
	return &format.Document{Article: a, Layer: l}
}

// Hard returns a document whose text and names try every reader: code points beyond the
// BMP and combining ones, quotation marks, commas, line ends, the sign of a formula.
func Hard() *format.Document {
	text := "=Zoë 😀 Smith, of Müller\nGmbH, said:\n“We won’t, e\u0301ver.”\n"
	span := func(w string) articles.Span {
		i := strings.Index(text, w)
		return articles.Span{Start: i, End: i + len(w)}
	}
	name := func(w string, t annotate.Type) annotate.Mention {
		return annotate.Mention{Span: span(w), Form: annotate.Name, Type: t, Origin: annotate.Origin{Stage: "names", Score: 0.87654}}
	}
	human := name("Smith", "weapon system")
	human.State, human.Origin = annotate.Confirmed, annotate.Origin{Human: true, Stage: "ann", Score: 1}
	gone := name("We", annotate.Person)
	gone.State = annotate.Rejected
	l := &annotate.Layer{
		Entities: []annotate.Entity{
			{ID: "e1", Type: annotate.Person, Name: "=Zoë 😀 Smith", Mentions: []annotate.Mention{name("=Zoë 😀 Smith", annotate.Person), gone}},
			{ID: "e2", Type: annotate.Organization, Name: "Müller GmbH", Mentions: []annotate.Mention{name("Müller\nGmbH", annotate.Organization)}},
			{ID: "e3", Type: "weapon system", Name: "Smith", Mentions: []annotate.Mention{human}},
		},
		Quotes: []*annotate.Quote{{
			Span: span("“We won’t, e\u0301ver.”"), Type: annotate.Direct, Speaker: "e1", SpeakerMention: span("=Zoë 😀 Smith"), Cue: span("said"),
			Origin: annotate.Origin{Stage: "quotes", Score: 0.9},
		}},
		Remarks: []annotate.Remark{{Kind: annotate.OfMention, Span: human.Span, Who: "ann", Text: "ask\u2028her, \"again\""}},
	}
	return &format.Document{Article: &articles.Article{ID: "a1", Title: "@The, \"press\"", Text: text}, Layer: l}
}

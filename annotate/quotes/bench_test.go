package quotes_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"byline/annotate/quotes"
	"byline/annotate/segment"
)

// traps are texts, of any length, on which a search that looks too far back or ahead
// would take time in the square of the length.
var traps = map[string]string{
	"straight":   `"`,
	"opening":    "“",
	"closing":    "”",
	"singles":    "'",
	"single-s":   "s' ",
	"open-words": "“a ",
	"paragraphs": "“a.\n",
	"said":       "said ",
	"he-said":    "he said, ",
	"quotes":     "“No,” he said. ",
	"one-line":   "“No, no, no no,” Quill said, ",
	"names":      "Quill ",
	"commas":     "Quill, ",
	"according":  "according to ",
	"labels":     "Q: a\n",
	"nested":     "“He said ‘no’ and ‘yes’ and ”",
	"inner":      "“‘“‘",
	"unclosed":   "“No, he said. ",
	"questions":  "Why?\n“No.”\n",
	"put":        "as Quill put it, “no” ",
	"chain":      "“We did it all again.”\n",
	"the-actor":  "“We did it all again,” the actor said.\n",
}

func BenchmarkFind(b *testing.B) {
	ar, err := txtar.ParseFile("testdata/name-then-cue.txtar")
	if err != nil {
		b.Fatal(err)
	}
	article := section(ar, "text") + "The rollers were bent when they came, and nobody in the town thought that they could be mended.\n"
	bench(b, strings.Repeat(article, 1<<20/len(article)), section(ar, "people"))
}

// BenchmarkTraps takes 64 KB and 1 MB of each trap: the second must not take much more
// than 16 times as long as the first.
func BenchmarkTraps(b *testing.B) {
	for name, s := range traps {
		b.Run(name+"/64K", func(b *testing.B) { bench(b, strings.Repeat(s, 1<<16/len(s)), "person Quill:") })
		b.Run(name+"/1M", func(b *testing.B) { bench(b, strings.Repeat(s, 1<<20/len(s)), "person Quill:") })
	}
}

func bench(b *testing.B, text, people string) {
	d, es := segment.Split(text, nil), entities(text, people)
	b.ReportAllocs()
	for b.Loop() {
		quotes.Find(d, es)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

package engine

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/segment"
	"byline/articles"
)

const story = `Marta Quill, who ran the Orrin Bay Courier for thirty years, sold its press on Monday.

“We sold the press,” she said, “not the paper.”

Tom Ferris, a printer, said the rollers were bent. “They were old,” Ferris added.
`

func open(t testing.TB) *Engine {
	t.Helper()
	e, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAnnotate(t *testing.T) {
	t.Parallel()
	l := open(t).Annotate(story, nil)
	if err := l.Check(story); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range l.Quotes {
		who := ""
		if e := l.Entity(q.Speaker); e != nil {
			who = e.Name
		}
		got = append(got, fmt.Sprintf("%s %s: %s", q.Type, who, q.In(story)))
	}
	want := []string{
		"direct Marta Quill: “We sold the press,”", "direct Marta Quill: “not the paper.”",
		"indirect Tom Ferris: the rollers were bent", "direct Tom Ferris: “They were old,”",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, m := range l.Entities[0].Mentions {
		if m.Form == annotate.Pronoun && m.In(story) == "she" {
			return
		}
	}
	t.Errorf("no mention “she” of %v", l.Entities[0])
}

func TestAnnotateTwice(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(story, 20)
	if a, b := open(t).Annotate(text, nil), open(t).Annotate(text, nil); !reflect.DeepEqual(a, b) {
		t.Error("the same text gives two layers")
	}
}

// A text of many windows has the same quotes as its parts.
func TestWindows(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(story, 50)
	ws := windows(text, nil, 1000)
	if len(ws) == 1 {
		ws = windows(text, lineBlocks(text, articles.Span{End: len(text)}), 1000)
	}
	if len(ws) < 5 {
		t.Fatalf("%d windows", len(ws))
	}
	l := open(t).annotateAll(text, ws, &watch{}, nil)
	if err := l.Check(text); err != nil {
		t.Fatal(err)
	}
	whole := open(t).Annotate(text, nil)
	spans := func(l *annotate.Layer) (s []articles.Span) {
		for _, q := range l.Quotes {
			s = append(s, q.Span)
		}
		return s
	}
	if !slices.Equal(spans(l), spans(whole)) {
		t.Errorf("windows: quotes %v, whole: %v", len(l.Quotes), len(whole.Quotes))
	}
}

func TestWindowsCutHugeBlocks(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("é", 5000), strings.Repeat("ab cd ", 2000)} {
		at := 0
		for _, w := range windows(text, nil, 1000) {
			if w.Start != at || w.Len() > 2000 || w.blocks[0].Start != w.Start || w.blocks[len(w.blocks)-1].End > w.End {
				t.Fatalf("window %v after %d", w.Span, at)
			}
			at = w.End
		}
		if trimmed := strings.TrimSpace(text); at < len(trimmed) {
			t.Errorf("windows end at %d of %d", at, len(text))
		}
	}
}

func TestAnnotatePart(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(story, 30)
	at := strings.LastIndex(text, "not the paper")
	for _, blocks := range [][]articles.Block{nil, lineBlocks(text, articles.Span{End: len(text)})} {
		l := open(t).AnnotatePart(text, blocks, articles.Span{Start: at, End: at + 5})
		if err := l.Check(text); err != nil {
			t.Fatal(err)
		}
		if len(l.Quotes) != 2 || l.Quotes[1].In(text) != "“not the paper.”" || l.Quotes[1].Start < at-10 {
			t.Errorf("quotes %v", l.Quotes)
		}
	}
	for _, s := range []articles.Span{{}, {Start: -5, End: 3}, {Start: 9, End: 1 << 30}, {Start: len(text), End: len(text) + 4}} {
		if err := open(t).AnnotatePart(text, nil, s).Check(text); err != nil {
			t.Errorf("part %v: %v", s, err)
		}
	}
}

// A role or a pronoun before the first name may change which entity comes first.
func TestEntitiesAreInOrder(t *testing.T) {
	t.Parallel()
	l := &annotate.Layer{
		Entities: []annotate.Entity{
			{ID: "e1", Mentions: []annotate.Mention{{Span: articles.Span{Start: 9, End: 10}}}},
			{ID: "e2", Mentions: []annotate.Mention{{Span: articles.Span{Start: 3, End: 4}}, {Span: articles.Span{Start: 12, End: 13}}}},
		},
		Quotes: []*annotate.Quote{{Speaker: "e2"}, {Speaker: "e1"}, {}},
	}
	sortEntities(l)
	if l.Entities[0].ID != "e1" || l.Entities[0].Mentions[0].Start != 3 {
		t.Errorf("%+v", l.Entities)
	}
	if l.Quotes[0].Speaker != "e1" || l.Quotes[1].Speaker != "e2" || l.Quotes[2].Speaker != "" {
		t.Errorf("%+v", l.Quotes)
	}
}

// FuzzAnnotate checks that the layer of any text of up to 300 bytes is valid, in one window and in many. Its seeds are short, a
// rule or two each, so that most of what is made of them is as well.
func FuzzAnnotate(f *testing.F) {
	for _, text := range []string{
		"Marta Quill, who ran the Orrin Bay Courier, sold it.",
		"“We sold the press,” Ann Lee said, “not the paper.”\n\nShe left.",
		"Tom Ferris, a printer, said it was bent. “It was,” Ferris added.",
		"“‘«\"'''\"»’” said said\n\n\"“ ' \u00a0 Mr. A.B. Inc's 's",
		"The World Trade Body (WTB) met. The WTB told Dr. Bo Ek's aide: no.",
		"HARBOUR BILL\n\n\"I won\", says J. Roe.",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 300 {
			return
		}
		text = strings.ToValidUTF8(text, "?")
		if err := open(t).Annotate(text, nil).Check(text); err != nil {
			t.Fatal(err)
		}
		if err := open(t).annotateAll(text, windows(text, lineBlocks(text, articles.Span{End: len(text)}), 50), &watch{}, nil).Check(text); err != nil {
			t.Fatal(err)
		}
	})
}

// traps are texts that would take quadratic time in a stage that looks too far.
var traps = map[string]string{
	"marks": `"`, "capitals": "Quill ", "said": "said ", "initials": "A. ", "quotes": "“No,” he said. ", "one-word": "Q",
	"possessives": "Ann's ", "acronyms": "ABC (DEF) ", "sentences": "Ann Lee said so. ", "lines": "Q\n",
	"bodies":   "Halden Media and Ferris Bank met. “No,” the council said. The firm said so. ",
	"surnames": "Ann Quill and Bo Quill. Quill said. ",
}

func BenchmarkAnnotate(b *testing.B) { bench(b, strings.Repeat(story, 200)) }

func BenchmarkTraps(b *testing.B) {
	for name, s := range traps {
		b.Run(name+"/64K", func(b *testing.B) { bench(b, strings.Repeat(s, 1<<16/len(s))) })
		b.Run(name+"/1M", func(b *testing.B) { bench(b, strings.Repeat(s, 1<<20/len(s))) })
	}
}

// BenchmarkPart annotates the part of a ten-megabyte text that a screen shows.
func BenchmarkPart(b *testing.B) {
	text := strings.Repeat(story, 10<<20/len(story))
	part := articles.Span{Start: len(text) / 2, End: len(text)/2 + 4<<10}
	e := open(b)
	for b.Loop() {
		e.AnnotatePart(text, nil, part)
	}
}

func BenchmarkHuge(b *testing.B) { bench(b, strings.Repeat(story, 10<<20/len(story))) }

func bench(b *testing.B, text string) {
	b.SetBytes(int64(len(text)))
	tokens := float64(len(segment.Split(text, nil).Tokens))
	b.ReportAllocs()
	e := open(b)
	for b.Loop() {
		e.Annotate(text, nil)
	}
	b.ReportMetric(tokens*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	var at time.Duration
	l, s := open(t).Measure(story, nil, func() time.Duration { at += time.Second; return at })
	if !reflect.DeepEqual(l, open(t).Annotate(story, nil)) {
		t.Error("another layer than without a clock")
	}
	if s.Segment != time.Second || s.Names != time.Second || s.People != time.Second || s.Quotes != 2*time.Second {
		t.Errorf("%+v", s)
	}
	if s.Bytes != len(story) || s.Tokens < 50 || s.Tokens > 70 {
		t.Errorf("%d tokens in %d bytes", s.Tokens, s.Bytes)
	}
}

// A counter is a tagger that finds nothing, and leaves at its first window.
type counter struct {
	leave func()
	n     int
}

func (c *counter) Tag(*annotate.Doc) []names.Name { c.n++; c.leave(); return nil }
func (c *counter) Version() string                { return "counter-1" }
func (c *counter) Rule() annotate.Rule            { return annotate.Rule{} }

// An engine that nobody waits for ends at the next window of a long text.
func TestAnnotateContext(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("Anna Berg ran the mill, and Ole Lund helped her.\n\n", 4*window/50)
	ctx, cancel := context.WithCancel(t.Context())
	c := &counter{leave: cancel}
	if l, err := New(c, nil).AnnotateContext(ctx, text, nil); l != nil || !errors.Is(err, context.Canceled) || c.n != 1 {
		t.Errorf("%v, %v, %d windows", l, err, c.n)
	}
	stays := &counter{leave: func() {}}
	if l, err := New(stays, nil).AnnotateContext(t.Context(), text, nil); l == nil || err != nil || stays.n < 3 {
		t.Errorf("%v, %v, %d windows", l, err, stays.n)
	}
}

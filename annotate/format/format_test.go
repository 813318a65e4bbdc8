package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

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

// article returns the story with blocks of many kinds.
func article() *articles.Article {
	block := func(kind articles.BlockKind, from, to string) articles.Block {
		return articles.Block{Kind: kind, Span: articles.Span{Start: span(from, 0).Start, End: span(to, 0).End}}
	}
	a := &articles.Article{ID: "a1", Title: "The <Press> at *Orrin* Bay", Author: "Ann Lee", Site: "Northern Wire",
		Date: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC), Source: "https://wire.example/press_at_orrin", Text: story}
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

func layer() *annotate.Layer {
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
	l.Quotes = []annotate.Quote{
		{Span: span("“We sold the press,”", 0), Type: annotate.Direct, Speaker: "e1", SpeakerMention: span("she", 0), Cue: span("said", 0), Origin: machine},
		{Span: span("“not the paper.”", 0), Type: annotate.Direct, Speaker: "e3", State: annotate.Confirmed, Origin: machine},
		{Span: articles.Span{Start: span("“My aunt", 0).Start, End: span("I.”", 0).End}, Type: annotate.Direct, Origin: machine},
		{Span: span("nothing", 0), Type: annotate.Indirect, State: annotate.Rejected, Origin: machine},
	}
	return l
}

// put writes one document in a format.
func put(w io.Writer, f *Format, d *Document) error {
	out := f.NewWriter(w, Options{Single: true})
	return errors.Join(out.Write(d), out.Close())
}

// What each format makes of the story is in testdata.
func TestGolden(t *testing.T) {
	for i := range Formats {
		e := &Formats[i]
		if e.NewWriter == nil {
			continue
		}
		var b bytes.Buffer
		if err := put(&b, e, &Document{Article: article(), Layer: layer()}); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", "story-"+e.Name+e.Extension)
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s is not as in testdata:\n%s", e.Name, b.Bytes())
		}
	}
}

func TestJSONSaysWhatItIs(t *testing.T) {
	var b bytes.Buffer
	if err := writeJSON(&b, &Document{Article: article(), Layer: layer()}, Options{}); err != nil {
		t.Fatal(err)
	}
	var j struct {
		Text     string
		Entities []struct{ ID, Origin string }
		Quotes   []struct {
			Start, End int
			Text       string
			Speaker    *string
			Cue        *struct{ Text string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &j); err != nil {
		t.Fatal(err)
	}
	if len(j.Entities) != 4 || j.Entities[0].Origin != "human" || j.Entities[1].Origin != "machine" {
		t.Errorf("%+v", j.Entities)
	}
	if len(j.Quotes) != 3 || j.Quotes[1].Speaker != nil || *j.Quotes[0].Speaker != "e1" || j.Quotes[1].Cue != nil || j.Quotes[0].Cue.Text != "said" {
		t.Errorf("%+v", j.Quotes)
	}
	for _, q := range j.Quotes {
		if got := string([]rune(j.Text)[q.Start:q.End]); got != q.Text {
			t.Errorf("%q at the offsets of %q", got, q.Text)
		}
	}
	b.Reset()
	if err := writeJSONL(&b, &Document{Article: article(), Layer: layer()}, Options{}); err != nil || bytes.Count(b.Bytes(), []byte("\n")) != 1 {
		t.Errorf("not one line: %v %s", err, b.Bytes())
	}
	b.Reset()
	if err := writeJSON(&b, &Document{Article: &articles.Article{}, Layer: &annotate.Layer{}}, Options{}); err != nil || !strings.Contains(b.String(), `"entities":[]`) {
		t.Errorf("%v %s", err, b.String())
	}
}

// carried returns what byline's JSON carries of an article and its layer.
func carried(a *articles.Article, l *annotate.Layer) (*articles.Article, *annotate.Layer) {
	b := &articles.Article{ID: a.ID, Title: a.Title, Source: a.Source, Format: articles.Plain, Text: a.Text, Blocks: paragraphs(a.Text)}
	out := &annotate.Layer{}
	kept := map[string]bool{"": true}
	simple := func(o annotate.Origin, s annotate.State) (annotate.Origin, annotate.State) {
		if o.Human || s == annotate.Confirmed {
			return annotate.Origin{Human: true, Score: 1}, annotate.Confirmed
		}
		_, score := origin(o, s)
		return annotate.Origin{Score: score}, annotate.Proposed
	}
	for _, e := range l.Entities {
		e.Mentions = slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool { return !alive(m) })
		if len(e.Mentions) == 0 {
			continue
		}
		kept[e.ID] = true
		human := e.Origin.Human
		for i := range e.Mentions {
			m := &e.Mentions[i]
			m.Origin, m.State = simple(m.Origin, m.State)
			m.Title = articles.Span{}
			human = human || m.Origin.Human
		}
		e.Origin, _ = simple(annotate.Origin{Human: human, Score: e.Origin.Score}, annotate.Proposed)
		out.Entities = append(out.Entities, e)
	}
	for _, q := range l.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		q.Origin, q.State = simple(q.Origin, q.State)
		if !kept[q.Speaker] {
			q.Speaker = ""
		}
		out.Quotes = append(out.Quotes, q)
	}
	return b, out
}

var vocabulary = strings.Fields("Quill 😀 e\u0301 👩‍👩‍👧 <b>&\" “no” \\n 日本 * _x_ [a](b) # 1. - + | `c` $5 www.x.y http://z ~~ == a@b.c")

// random returns an article made of anything, and a layer about it.
func random(seed uint64) (*articles.Article, *annotate.Layer) {
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
	a.Blocks = paragraphs(a.Text)
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
		q := annotate.Quote{Span: somewhere(), Type: annotate.Mixed, Cue: somewhere(), Speaker: []string{"", "e1"}[r.IntN(2)]}
		q.Origin, q.State = someone()
		l.Quotes = append(l.Quotes, q)
	}
	slices.SortStableFunc(l.Quotes, func(a, b annotate.Quote) int { return a.Compare(b.Span) })
	return a, l
}

// What is read back is what was written.
func TestImportOfExport(t *testing.T) {
	for seed := range uint64(500) {
		a, l := random(seed)
		if err := l.Check(a.Text); err != nil {
			t.Fatal(err)
		}
		wantA, wantL := carried(a, l)
		for _, write := range []func(io.Writer, *Document, Options) error{writeJSON, writeJSONL} {
			var b bytes.Buffer
			if err := write(&b, &Document{Article: a, Layer: l}, Options{}); err != nil {
				t.Fatal(err)
			}
			gotA, gotL, err := ReadJSON(b.Bytes())
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, b.Bytes())
			}
			if !reflect.DeepEqual(gotA, wantA) || !reflect.DeepEqual(gotL, wantL) {
				t.Fatalf("seed %d:\n%+v\nnot\n%+v", seed, gotL, wantL)
			}
			var again bytes.Buffer
			if err := write(&again, &Document{Article: gotA, Layer: gotL}, Options{}); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
				t.Fatalf("seed %d: written again, not the same: %v", seed, err)
			}
		}
	}
}

func TestReadJSONErrors(t *testing.T) {
	const good = `{"id":"a","title":"","source":"","text":"Zoë 😀 said no",
 "entities":[{"id":"e1","type":"person","name":"Zoë","origin":"machine","score":0.5,
  "mentions":[{"start":0,"end":3,"text":"Zoë","form":"name","origin":"machine","score":0.5}]}],
 "quotes":[{"start":11,"end":13,"text":"no","type":"direct","speaker":"e1","speaker_mention":null,"cue":null,"origin":"human","score":1,"new":7}]}`
	if _, l, err := ReadJSON([]byte(good)); err != nil || l.Quotes[0].Start != 15 {
		t.Fatal(err, l)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"start":0,"end":3`, `"start":0,"end":4`, "entities[0].mentions[0].text"},
		{`"start":0,"end":3`, `"start":3,"end":0`, "entities[0].mentions[0]: from 3 to 0"},
		{`"start":0,"end":3`, `"start":0,"end":900000000000`, "entities[0].mentions[0]: from"},
		{`"start":0,"end":3`, `"start":-1,"end":3`, "entities[0].mentions[0]: from"},
		{`"form":"name"`, `"form":"verb"`, "entities[0].mentions[0].form"},
		{`"speaker":"e1"`, `"speaker":"e9"`, "quotes[0].speaker"},
		{`"type":"direct"`, `"type":"shouted"`, "quotes[0].type"},
		{`"origin":"human"`, `"origin":"god"`, "quotes[0].origin"},
		{`"score":1`, `"score":-1`, "quotes[0].score"},
		{`"id":"e1","type":"person"`, `"id":"e1","type":""`, "entities[0].type"},
		{`"id":"e1","type"`, `"id":"","type"`, "entities[0].id"},
		{`"score":0.5,
`, `"score":"much",
`, "line 2: entities.score"},
		{`"quotes":[`, `"quotes":[}`, "line 4"},
		{`"new":7}]}`, `"new":7}`, "line 4: it ends too early"},
		{`"new":7}]}`, `"new":7}]} {}`, "line 4: more follows"},
		{`"cue":null`, `"cue":{"start":1,"end":2,"text":"x"}`, "quotes[0].cue.text"},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		if bad == good {
			t.Fatalf("no %q", c.old)
		}
		_, _, err := ReadJSON([]byte(bad))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.new, err, c.want)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	for seed := range uint64(4) {
		a, l := random(seed)
		var b bytes.Buffer
		if err := writeJSON(&b, &Document{Article: a, Layer: l}, Options{}); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte(`{"text":"\ud800","entities":[{"id":"e","type":"x","origin":"human","mentions":[{"start":0,"end":1,"text":"\ud800","form":"name","origin":"human"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, l, err := ReadJSON(data)
		if err != nil {
			return
		}
		if err := l.Check(a.Text); err != nil {
			t.Fatal(err)
		}
		for i := range Formats {
			if Formats[i].NewWriter == nil {
				continue
			}
			var b bytes.Buffer
			if err := put(&b, &Formats[i], &Document{Article: a, Layer: l}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzPoints(f *testing.F) {
	f.Add("Zoë 😀 Smith")
	f.Add(strings.Repeat("é", 100) + strings.Repeat("a", 100))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		p := NewPoints(text)
		n := 0
		for off := range text {
			if p.Of(off) != n {
				t.Fatalf("byte %d is %d, not %d", off, p.Of(off), n)
			}
			if back, ok := p.Byte(n); !ok || back != off {
				t.Fatalf("point %d is byte %d %v, not %d", n, back, ok, off)
			}
			n++
		}
		if end, ok := p.Byte(n); p.Len() != n || p.Len() != utf8.RuneCountInString(text) || !ok || end != len(text) {
			t.Fatalf("%d points, byte %d %v", p.Len(), end, ok)
		}
		if _, ok := p.Byte(n + 1); ok {
			t.Fatal("there are more points than points")
		}
	})
}

func FuzzUnits(f *testing.F) {
	f.Add("Zoë 😀 Smith")
	f.Add(strings.Repeat("é😀", 100) + strings.Repeat("a", 100))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		u := NewUnits(text)
		n := 0
		for off, r := range text {
			if u.Of(off) != n {
				t.Fatalf("byte %d is %d, not %d", off, u.Of(off), n)
			}
			if back, ok := u.Byte(n); !ok || back != off {
				t.Fatalf("unit %d is byte %d %v, not %d", n, back, ok, off)
			}
			if n++; r > 0xFFFF {
				if at, ok := u.Byte(n); ok {
					t.Fatalf("byte %d is in the middle of a pair", at)
				}
				n++
			}
		}
		if end, ok := u.Byte(n); u.Len() != n || u.Len() != len(utf16.Encode([]rune(text))) || !ok || end != len(text) {
			t.Fatalf("%d units, byte %d %v", u.Len(), end, ok)
		}
	})
}

// big returns an article of 1 MB with 20,000 mentions and 4,000 quotes, n times over.
func big(n int) (*articles.Article, *annotate.Layer) {
	const line = "Marta Quill said “no” to Zoë 😀 Smith. "
	a := &articles.Article{ID: "big", Text: strings.Repeat(line+"\n", n<<20/len(line))}
	a.Blocks = paragraphs(a.Text)
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
			l.Quotes = append(l.Quotes, annotate.Quote{Span: q, Type: annotate.Direct, Speaker: e.ID})
		}
	}
	return a, l
}

func benchmark(b *testing.B, write func() error) {
	for b.Loop() {
		if err := write(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkExport writes 100,000 mentions.
func BenchmarkExport(b *testing.B) {
	a, l := big(5)
	if err := l.Check(a.Text); err != nil {
		b.Fatal(err)
	}
	for i := range Formats {
		e := &Formats[i]
		if e.NewWriter == nil {
			continue
		}
		b.Run(e.Name, func(b *testing.B) {
			b.SetBytes(int64(len(a.Text)))
			var out bytes.Buffer
			benchmark(b, func() error { out.Reset(); return put(&out, e, &Document{Article: a, Layer: l}) })
		})
	}
}

func BenchmarkReadJSON(b *testing.B) {
	a, l := big(1)
	var out bytes.Buffer
	if err := writeJSON(&out, &Document{Article: a, Layer: l}, Options{}); err != nil {
		b.Fatal(err)
	}
	benchmark(b, func() error { _, _, err := ReadJSON(out.Bytes()); return err })
}

func BenchmarkPoints(b *testing.B) {
	a, _ := big(1)
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		NewPoints(a.Text)
	}
}

// BenchmarkMarkdownTraps exports 2 MB on one line of what Markdown looks back over.
func BenchmarkMarkdownTraps(b *testing.B) {
	for name, sign := range map[string]string{"dashes": "-", "digits": "1", "stops": "a.", "backticks": "`", "colons": "a:", "blanks": " ", "lines": "\n-"} {
		a := &articles.Article{Text: "x" + strings.Repeat(sign, 2<<20/len(sign))}
		for kind, block := range map[string]articles.BlockKind{"paragraph": articles.Paragraph, "code": articles.Code} {
			a.Blocks = []articles.Block{{Kind: block, Span: articles.Span{End: len(a.Text)}}}
			b.Run(name+"/"+kind, func(b *testing.B) {
				var out bytes.Buffer
				benchmark(b, func() error {
					out.Reset()
					return WriteMarkdown(&out, &Document{Article: a, Layer: &annotate.Layer{}}, Options{})
				})
			})
		}
	}
}

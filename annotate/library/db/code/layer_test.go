package code

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// layerText is what the layers of layerOf are about. It is shorter than the largest of them.
var layerText = strings.Repeat("Zoë Hale sold the boat, she said. ", 100)

// layerOf returns a layer with n mentions and a fifth as many quotes.
func layerOf(n int) *annotate.Layer {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	span := func(from int) articles.Span {
		start := from + r.IntN(50)
		return articles.Span{Start: start, End: start + 1 + r.IntN(20)}
	}
	origin := func() annotate.Origin {
		return annotate.Origin{Human: r.IntN(9) == 0, Stage: "names", Rule: fmt.Sprint("rule-", r.IntN(30)), Score: scoreOf(r)}
	}
	l := &annotate.Layer{Engine: "test"}
	for i := 0; i < n; {
		e := annotate.Entity{ID: fmt.Sprint("e", len(l.Entities)+1), Type: annotate.Person, Name: fmt.Sprint("Zoë ", i), Origin: origin()}
		for at := range 1 + r.IntN(40) {
			m := annotate.Mention{Span: span(at * 70), Form: annotate.Name, Type: e.Type, State: annotate.State(r.IntN(3)), Origin: origin()}
			if r.IntN(5) == 0 {
				m.Title = span(m.Start - 9)
			}
			e.Mentions = append(e.Mentions, m)
			i++
		}
		if s := e.Mentions[0].Span; i%2 == 0 && s.End < len(layerText) {
			e.Name = s.In(layerText)
		}
		l.Entities = append(l.Entities, e)
	}
	for i := range n / 5 {
		q := &annotate.Quote{Span: span(i * 300), Type: annotate.Direct, State: annotate.State(r.IntN(3)), Origin: origin()}
		if r.IntN(2) == 0 {
			q.Speaker, q.SpeakerMention, q.Cue = "e1", span(i), span(i)
		}
		for k := range r.IntN(3) * len(q.Speaker) / 2 {
			q.Also = append(q.Also, fmt.Sprint("e", k+2))
		}
		l.Quotes = append(l.Quotes, q)
	}
	return l
}

// scoreOf returns a score as a rule, a model or a person gives it.
func scoreOf(r *rand.Rand) float64 {
	switch r.IntN(3) {
	case 0:
		return math.Round(r.Float64()*1e3) / 1e3
	case 1:
		return 1
	}
	return r.Float64()
}

func TestLayerCode(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 7, 400} {
		l := layerOf(n)
		data := EncodeLayer(l, layerText)
		back, err := DecodeLayer(data, layerText)
		if err != nil || !reflect.DeepEqual(back, l) {
			t.Fatalf("%d mentions: %v", n, err)
		}
		if !bytes.Equal(EncodeLayer(back, layerText), data) {
			t.Fatal("encoded again, not the same")
		}
		for cut := range min(len(data), 300) {
			if _, err := DecodeLayer(data[:cut], layerText); err == nil {
				t.Fatalf("%d of %d bytes were a layer", cut, len(data))
			}
		}
		if _, err := DecodeLayer(append(bytes.Clone(data), 0), layerText); err == nil {
			t.Fatal("a byte too many was not seen")
		}
	}
}

// A layer that was stored before quotes had several speakers is read.
func TestDecodeLayerVersion1(t *testing.T) {
	t.Parallel()
	const data = "\x01\x00\x0emodel-1\x02\x00\x04e1\x00\fperson\x00\x12Zoë Hale\x00\x00\fpeople\x00\x12same-name\x00\xcd\xcc\xcc\xcc\xcc\xcc\xec?" +
		"\x02\x06\x12\x00\bname\x06\x00\x00\x00\x00\nnames\x00\nmodel\x02\x02(\x16\x00\fdirect\x04\x02!\x12\x02\r\b\x00\x00\x00\fquotes\x00\bsaid\x00\x00\x00\x00\x00\x00\x00\xe0?"
	name := articles.Span{Start: 3, End: 12}
	want := &annotate.Layer{Engine: "model-1",
		Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Zoë Hale", Origin: annotate.Origin{Stage: "people", Rule: "same-name", Score: 0.9},
			Mentions: []annotate.Mention{{Span: name, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Stage: "names", Rule: "model", Score: 0.9}}}}},
		Quotes: []*annotate.Quote{{Span: articles.Span{Start: 20, End: 31}, Type: annotate.Direct, Speaker: "e1", SpeakerMention: name,
			Cue: articles.Span{Start: 13, End: 17}, Origin: annotate.Origin{Stage: "quotes", Rule: "said", Score: 0.5}}}}
	l, err := DecodeLayer([]byte(data), layerText)
	if err != nil || !reflect.DeepEqual(l, want) {
		t.Errorf("%v\n%+v", err, l)
	}
}

// A layer as the engine makes it takes less than half of what it took in version 2, and reads the same.
func TestDecodeLayerVersion2(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/layer-2.bin")
	if err != nil {
		t.Fatal(err)
	}
	story, err := os.ReadFile("testdata/layer-2.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := string(story)
	l, err := DecodeLayer(data, text)
	if err != nil || l.Check(text) != nil || len(l.Entities) != 5 || len(l.Quotes) != 7 {
		t.Fatal(err, l)
	}
	packed := EncodeLayer(l, text)
	if len(packed) > len(data)/2 {
		t.Errorf("%d bytes, %d in version 2", len(packed), len(data))
	}
	if back, err := DecodeLayer(packed, text); err != nil || !reflect.DeepEqual(back, l) {
		t.Errorf("%v\n%+v\n%+v", err, back, l)
	}
}

func FuzzDecodeLayer(f *testing.F) {
	for _, n := range []int{0, 1, 30} {
		f.Add(EncodeLayer(layerOf(n), layerText))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := DecodeLayer(data, layerText)
		if err != nil {
			return
		}
		again, err := DecodeLayer(EncodeLayer(l, layerText), layerText)
		if err != nil || written(again) != written(l) { // NaN is not itself
			t.Errorf("%v\n%s\n%s", err, written(again), written(l))
		}
		_ = l.Check("a text that is shorter than the layer")
	})
}

func BenchmarkDecodeLayer60000(b *testing.B) {
	data := EncodeLayer(layerOf(60_000), layerText)
	b.ReportMetric(float64(len(data)), "bytes")
	for b.Loop() {
		if _, err := DecodeLayer(data, layerText); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeLayer60000(b *testing.B) {
	l := layerOf(60_000)
	for b.Loop() {
		EncodeLayer(l, layerText)
	}
}

// written writes a layer out.
func written(l *annotate.Layer) string {
	rest := *l
	rest.Quotes = nil
	out := fmt.Sprintf("%+v", rest)
	for _, q := range l.Quotes {
		out += fmt.Sprintf("\n%+v", *q)
	}
	return out
}

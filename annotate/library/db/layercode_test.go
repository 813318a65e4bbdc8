package db

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// layerOf returns a layer with n mentions and a fifth as many quotes.
func layerOf(n int) *annotate.Layer {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	span := func(from int) articles.Span {
		start := from + r.IntN(50)
		return articles.Span{Start: start, End: start + 1 + r.IntN(20)}
	}
	origin := func() annotate.Origin {
		return annotate.Origin{Human: r.IntN(9) == 0, Stage: "names", Rule: fmt.Sprint("rule-", r.IntN(30)), Score: math.Round(r.Float64()*1e3) / 1e3}
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
		l.Entities = append(l.Entities, e)
	}
	for i := range n / 5 {
		q := annotate.Quote{Span: span(i * 300), Type: annotate.Direct, State: annotate.State(r.IntN(3)), Origin: origin()}
		if r.IntN(2) == 0 {
			q.Speaker, q.SpeakerMention, q.Cue = "e1", span(i), span(i)
		}
		l.Quotes = append(l.Quotes, q)
	}
	return l
}

func TestLayerCode(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 7, 400} {
		l := layerOf(n)
		data := EncodeLayer(l)
		back, err := DecodeLayer(data)
		if err != nil || !reflect.DeepEqual(back, l) {
			t.Fatalf("%d mentions: %v", n, err)
		}
		if !bytes.Equal(EncodeLayer(back), data) {
			t.Fatal("encoded again, not the same")
		}
		for cut := range min(len(data), 300) {
			if _, err := DecodeLayer(data[:cut]); err == nil {
				t.Fatalf("%d of %d bytes were a layer", cut, len(data))
			}
		}
		if _, err := DecodeLayer(append(bytes.Clone(data), 0)); err == nil {
			t.Fatal("a byte too many was not seen")
		}
	}
}

func FuzzDecodeLayer(f *testing.F) {
	for _, n := range []int{0, 1, 30} {
		f.Add(EncodeLayer(layerOf(n)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := DecodeLayer(data)
		if err != nil {
			return
		}
		again, err := DecodeLayer(EncodeLayer(l))
		if err != nil || fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", l) { // NaN is not itself
			t.Errorf("%v\n%+v\n%+v", err, again, l)
		}
		_ = l.Check("a text that is shorter than the layer")
	})
}

func BenchmarkDecodeLayer60000(b *testing.B) {
	data := EncodeLayer(layerOf(60_000))
	b.ReportMetric(float64(len(data)), "bytes")
	for b.Loop() {
		if _, err := DecodeLayer(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeLayer60000(b *testing.B) {
	l := layerOf(60_000)
	for b.Loop() {
		EncodeLayer(l)
	}
}

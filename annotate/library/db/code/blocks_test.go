package code

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"byline/articles"
)

// shaped makes an article from bytes: each byte determines a block.
func shaped(seed []byte) *articles.Article {
	a := &articles.Article{Text: strings.Repeat("x", 8*len(seed)), Blocks: []articles.Block{}, Inline: []articles.Inline{}}
	for i, c := range seed {
		s := articles.Span{Start: 8 * i, End: 8*i + int(c%8)}
		b := articles.Block{Span: s, Kind: articles.BlockKind(c % 7), Level: int(c) % 6, Quote: int(c) % 3, Head: c%2 == 1}
		if c%5 == 0 {
			b.Marker, b.Variant = string(seed[:i]), "lcr"
			b.Cells = []articles.Span{s, {Start: s.Start, End: s.Start}}
		}
		a.Blocks = append(a.Blocks, b)
		if c%3 == 0 {
			a.Pictures = append(a.Pictures, articles.Picture{Span: s, Address: string(seed[i:]), Beside: string(seed[:i]), Alt: "A quay"})
		}
		if !s.Empty() {
			a.Inline = append(a.Inline, articles.Inline{Span: s, Kind: articles.InlineKind(c % 5), Target: string(seed[i:])})
		}
	}
	return a
}

func FuzzBlocksRoundTrip(f *testing.F) {
	f.Add([]byte("Some blocks and others."))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, seed []byte) {
		if len(seed) > 200 {
			return
		}
		a := shaped(seed)
		b := &articles.Article{Text: a.Text}
		if err := DecodeBlocks(EncodeBlocks(a), b); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, b) {
			t.Errorf("\n%+v\n%+v", a, b)
		}
	})
}

// Whatever a damaged library contains, decoding does not panic, and the spans it accepts
// lie in the text.
func FuzzDamagedCode(f *testing.F) {
	f.Add(EncodeBlocks(shaped([]byte("Some blocks and others."))), 100)
	f.Add([]byte{1, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, 10)
	f.Add([]byte{1, 0xff}, 0)
	f.Fuzz(func(t *testing.T, code []byte, length int) {
		a := &articles.Article{Text: strings.Repeat("x", min(max(length, 0), 1000))}
		if DecodeBlocks(code, a) != nil {
			return
		}
		inside := func(s articles.Span) {
			if s.Start < 0 || s.End < s.Start || s.End > len(a.Text) {
				t.Errorf("%v of %d bytes", s, len(a.Text))
			}
		}
		for _, b := range a.Blocks {
			inside(b.Span)
			for _, c := range b.Cells {
				inside(c)
			}
		}
		for _, in := range a.Inline {
			inside(in.Span)
		}
		for _, p := range a.Pictures {
			inside(p.Span)
		}
	})
}

// A count that is far larger than the data must not be believed.
func TestHugeCounts(t *testing.T) {
	t.Parallel()
	w := blockWriter{b: []byte{1}}
	w.num(math.MaxInt)
	if err := DecodeBlocks(w.b, &articles.Article{}); err == nil {
		t.Error("more blocks than a memory holds, in a few bytes")
	}
}

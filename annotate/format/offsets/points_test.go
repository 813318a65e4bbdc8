package offsets_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"byline/annotate/format/formattest"
	"byline/annotate/format/offsets"
)

func FuzzPoints(f *testing.F) {
	f.Add("Zoë 😀 Smith")
	f.Add(strings.Repeat("é", 100) + strings.Repeat("a", 100))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		p := offsets.NewPoints(text)
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
		u := offsets.NewUnits(text)
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

func BenchmarkPoints(b *testing.B) {
	d := formattest.Big(1)
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		offsets.NewPoints(d.Text)
	}
}

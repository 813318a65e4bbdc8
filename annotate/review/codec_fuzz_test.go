package review

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"byline/annotate"
)

// What Decoder reads is what Decode reads, whatever the line.
func FuzzDecoder(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 5))
	text := "He said:\n\t“Dr. \\Lee\\ of \"Oslo\" <b> was there.”\nÅsa Lee " + prose(r, 40)
	l := guess(r, text)
	var log []annotate.Decision
	ids := &IDs{Random: rand.NewChaCha8([32]byte{3})}
	for range 12 {
		log = append(log, anything(r, text, l, log, ids)...)
	}
	for _, d := range log {
		line, err := Encode(d)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	for _, line := range []string{
		`{"verb":"confirm","id":"1"}`, `{"id":"1","verb":"confirm" }`, `{"id":"1","verb":"confirm"}x`, `{"id":"1","verb":"confirm","score":1e3}`,
		`{"id":"1","verb":"confirm","score":.5}`, `{"id":"1","verb":"confirm","score":01}`, `{"id":"\u00e5","verb":"a\/b"}`, "{\"id\":\"\xff\",\"verb\":\"x\"}",
		"{\"id\":\"a\nb\",\"verb\":\"x\"}", `{"id":"1","verb":"confirm","target":{"start":-1,"end":3,"exact":""}}`, `{"id":"1","at":"2026-02-30T00:00:00Z","verb":"x"}`,
		`{"id":"1","at":"","verb":"x"}`, `{"id":"1","verb":"x","also":[]}`, `{"id":"1","verb":"x","also":[{"start":1,"end":2,"exact":"e"},{"start":99999999999999999999,"end":2,"exact":"e"}]}`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		want, failed := Decode(line)
		dec := Decoder{Text: text}
		for range 2 { // what is known already changes nothing
			got, err := dec.Decode(line)
			if (err == nil) != (failed == nil) || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s is %+v, %v, not %+v, %v", line, got, err, want, failed)
			}
		}
	})
}

// BenchmarkDecoder reads a thousand decisions, as a log and each line by itself.
func BenchmarkDecoder(b *testing.B) {
	text, _, log := crowded(1000, 200)
	var lines [][]byte
	for _, d := range log {
		line, err := Encode(d)
		if err != nil {
			b.Fatal(err)
		}
		lines = append(lines, line)
	}
	all := func(b *testing.B, decode func([]byte) (annotate.Decision, error)) {
		b.ReportAllocs()
		for b.Loop() {
			for _, line := range lines {
				if _, err := decode(line); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	b.Run("log", func(b *testing.B) {
		dec := Decoder{Text: text}
		all(b, dec.Decode)
	})
	b.Run("lines", func(b *testing.B) { all(b, Decode) })
}

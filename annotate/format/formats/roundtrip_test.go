package formats

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

// tokens are formats that hold tokens and no text: the text that is read back has white space of
// its own, and is compared by its words.
var tokens = []string{"conll", "iob1", "bioes"}

// Everything that is written is read back or counted as lost. Writing what was read, and reading
// and writing that again, gives the same file.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	for _, f := range Readable() {
		if f.NewWriter == nil || slices.Contains(tokens, f.Name) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(200) {
				roundTrip(t, f, seed)
			}
		})
	}
}

func roundTrip(t *testing.T, f *format.Format, seed uint64) {
	t.Helper()
	var ds []*format.Document
	for i := range uint64(2) {
		d := formattest.Random(2*seed + i)
		d.Layer.Remarks = []annotate.Remark{{Kind: annotate.OfMention, Span: d.Layer.Entities[0].Mentions[0].Span, Who: "ann", Text: "a\u2028note\n<&>\"|_[]\\"}}
		ds = append(ds, d)
	}
	loss := &format.Loss{}
	files, names := formattest.Write(t, f, format.Options{Loss: loss}, ds...)
	back := files.Read(t, f, loss, names, ds...)
	if len(back) != len(ds) {
		t.Fatalf("seed %d: %d documents of %d", seed, len(back), len(ds))
	}
	gone := 0
	for i, d := range back {
		if d.Text != ds[i].Text {
			t.Fatalf("seed %d: the text is\n%q, not\n%q", seed, d.Text, ds[i].Text)
		}
		if err := d.Layer.Check(d.Text); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		want, got := formattest.Claims(ds[i]), formattest.Claims(d)
		for _, c := range got {
			if !slices.Contains(want, c) {
				t.Fatalf("seed %d: read %s, which nobody wrote, of\n%s\n%s", seed, c, strings.Join(want, "\n"), files[names[min(i, len(names)-1)]])
			}
		}
		gone += len(want) - len(got)
	}
	if lost := loss.Total(); gone > lost {
		t.Fatalf("seed %d: %d claims are gone, but %d told as lost: %q", seed, gone, lost, loss.Lines())
	}
	// Rejected claims are gone after the first round, and entities are ordered by what is left.
	again, names := formattest.Write(t, f, format.Options{}, back...)
	third, _ := formattest.Write(t, f, format.Options{}, again.Read(t, f, nil, names, ds...)...)
	for name, data := range third {
		if !bytes.Equal(data, again[name]) {
			t.Fatalf("seed %d: %s read and written again: %s", seed, name, apart(data, again[name]))
		}
	}
}

// apart shows the first difference between two files.
func apart(a, b []byte) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	from := max(0, n-200)
	return fmt.Sprintf("at %d\n%q\nnot\n%q", n, a[from:min(len(a), n+200)], b[from:min(len(b), n+200)])
}

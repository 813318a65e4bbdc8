package offsets_test

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/offsets"
)

// The unit is the one in which most words are at their offsets.
func TestAlignUnits(t *testing.T) {
	t.Parallel()
	const text = "Zoë 😀 Smith left Halden."
	for unit, starts := range map[offsets.Unit][2]int{offsets.CodePoints: {6, 17}, offsets.UTF16: {7, 18}, offsets.Bytes: {10, 21}} {
		stretches := []offsets.Stretch{{Start: starts[0], End: starts[0] + 5, Exact: "Smith"}, {Start: starts[1], End: starts[1] + 6, Exact: "Halden"}}
		for _, own := range []offsets.Unit{offsets.CodePoints, offsets.UTF16, offsets.Bytes} {
			loss := &format.Loss{}
			a := offsets.Align(text, own, stretches, loss)
			for _, s := range stretches {
				if got, ok := a.Find(s); !ok || got.In(text) != s.Exact {
					t.Errorf("%s, taken for %s: %q is at %v", unit, own, s.Exact, got)
				}
			}
			var want []string
			if unit != own {
				want = []string{"2 spans: offsets read as " + string(unit) + ", by their words"}
			}
			if !slices.Equal(loss.Lines(), want) {
				t.Errorf("%s, taken for %s: lost %q", unit, own, loss.Lines())
			}
		}
	}
}

// If the words fit several units, the unit is that of the format.
func TestAlignOwn(t *testing.T) {
	t.Parallel()
	const text = "é Ann"
	for unit, want := range map[offsets.Unit]string{offsets.CodePoints: "Ann", offsets.UTF16: "Ann", offsets.Bytes: " An"} {
		loss := &format.Loss{}
		s := offsets.Stretch{Start: 2, End: 5}
		got, ok := offsets.Align(text, unit, []offsets.Stretch{s}, loss).Find(s)
		if !ok || got.In(text) != want || loss.Total() != 0 {
			t.Errorf("%s: %q, %v, lost %q", unit, got.In(text), ok, loss.Lines())
		}
	}
}

// Words that are not at their offsets are looked for nearby.
func TestFind(t *testing.T) {
	t.Parallel()
	const text = "Ann said no. Bo said no. Cy said no."
	for _, c := range []struct {
		s    offsets.Stretch
		at   int // -1: nowhere
		lost string
	}{
		{offsets.Stretch{Start: 0, End: 3, Exact: "Ann"}, 0, ""},
		{offsets.Stretch{Start: 0, End: 3}, 0, ""},
		{offsets.Stretch{Start: 4, End: 11, Exact: "said\n no"}, 4, ""}, // apart from white space
		{offsets.Stretch{Start: 17, End: 21, Exact: "said"}, 16, "1 spans: moved to their words"},
		{offsets.Stretch{Start: 23, End: 27, Exact: "said"}, 28, "1 spans: moved to their words"},
		{offsets.Stretch{Start: 0, End: 2, Exact: "Di"}, -1, "1 annotations: their words are not in the text"},
		{offsets.Stretch{Start: 30, End: 99}, -1, "1 annotations: their words are not in the text"},
		{offsets.Stretch{Start: -5, End: -1, Exact: "Cy"}, 25, "1 spans: moved to their words"},
		{offsets.Stretch{Start: 9, End: 9}, -1, "1 annotations: their words are not in the text"},
	} {
		loss := &format.Loss{}
		got, ok := offsets.Align(text, offsets.Bytes, nil, loss).Find(c.s)
		if ok != (c.at >= 0) || ok && got.Start != c.at {
			t.Errorf("%+v: at %d, %v, want %d", c.s, got.Start, ok, c.at)
		}
		if said := strings.Join(loss.Lines(), "; "); said != c.lost {
			t.Errorf("%+v: lost %q, want %q", c.s, said, c.lost)
		}
	}
}

func TestFirst(t *testing.T) {
	t.Parallel()
	for n, want := range []string{"", "Z", "Zo", "Zoë", "Zoë😀", "Zoë😀"} {
		if got := offsets.First("Zoë😀", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

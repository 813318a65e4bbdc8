package formats_test

import (
	"regexp"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/format/formattest"
)

// zero is a score of 0 in the formats that name it.
var zero = regexp.MustCompile(`(?i)"?(score|cert|suggestion|assessing)"?[":= \tA-Z0-9]*[":= \t]"?0"?[,}\s>]`)

// A suggestion without a score has none in any format, and none when it is read back.
func TestUnscored(t *testing.T) {
	t.Parallel()
	for _, f := range formats.Writable() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(20) {
				d := formattest.Random(seed)
				unscore(d.Layer)
				files, names := formattest.Write(t, f, format.Options{}, d)
				for _, name := range names {
					if hit := zero.Find(files[name]); hit != nil && f.Name != "parquet" {
						t.Fatalf("seed %d: %s has %q", seed, name, hit)
					}
				}
				if f.Read == nil {
					continue
				}
				for _, back := range files.Read(t, f, nil, names, d) {
					for c := range back.Layer.Claims() {
						if c.State == annotate.Proposed && !c.Origin.Human && c.Origin.Score != 0 {
							t.Fatalf("seed %d: “%s” has the score %v\n%s", seed, c.In(back.Text), c.Origin.Score, files[names[0]])
						}
					}
				}
			}
		})
	}
}

// unscore takes the scores away that a machine gave.
func unscore(l *annotate.Layer) {
	for i := range l.Entities {
		e := &l.Entities[i]
		e.Origin.Score = 0
		for k := range e.Mentions {
			if !e.Mentions[k].Origin.Human {
				e.Mentions[k].Origin.Score = 0
			}
		}
	}
	for i, q := range l.Quotes {
		if !q.Origin.Human {
			other := *q
			other.Origin.Score = 0
			l.Quotes[i] = &other
		}
	}
}

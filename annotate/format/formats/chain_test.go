package formats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
)

// What goes from one format to another and back is not made up on the way, and what is gone is counted where it went.
func TestChains(t *testing.T) {
	t.Parallel()
	var all []*format.Format
	for _, f := range Readable() {
		if f.NewWriter != nil && !slices.Contains(tokens, f.Name) {
			all = append(all, f)
		}
	}
	for i, one := range all {
		t.Run(one.Name, func(t *testing.T) {
			t.Parallel()
			for k, other := range all {
				for n := range uint64(3) {
					if i != k {
						chain(t, uint64(31*i+k)+1000*n, one, other, one)
					}
				}
			}
		})
	}
}

// chain writes and reads a document in one format after the other.
func chain(t *testing.T, seed uint64, through ...*format.Format) {
	t.Helper()
	d := formattest.Random(seed)
	path := ""
	for _, f := range through {
		path += " → " + f.Name
		loss := &format.Loss{}
		files, names := formattest.Write(t, f, format.Options{Loss: loss}, d)
		back := files.Read(t, f, loss, names, d)
		if len(back) != 1 {
			t.Fatalf("%s, seed %d: %d documents", path, seed, len(back))
		}
		if err := back[0].Layer.Check(back[0].Text); err != nil {
			t.Fatalf("%s, seed %d: %v", path, seed, err)
		}
		before, now := statements(d), statements(back[0])
		for _, c := range now {
			// A speaker of whom the first mention is lost, or who is joined with another, may be one of several quotes.
			if !slices.Contains(before, c) && (!strings.Contains(c, saidBy) || loss.Total() == 0) {
				t.Fatalf("%s, seed %d: read %s, which nobody wrote, of\n%s", path, seed, c, strings.Join(before, "\n"))
			}
		}
		gone := slices.DeleteFunc(before, func(c string) bool {
			return slices.Contains(now, c) || strings.Contains(c, saidBy) && loss.Total() > 0
		})
		if len(gone) > loss.Total() {
			t.Fatalf("%s, seed %d: %q are gone, but %d told as lost: %q", path, seed, gone, loss.Total(), loss.Lines())
		}
		d = back[0]
	}
}

const saidBy = " is said by who is named at "

// statements lists the claims of d, and who says each quote by the first places where they are named.
func statements(d *format.Document) []string {
	out := formattest.Claims(d)
	for _, q := range d.Layer.Quotes {
		if s := standoff.SpeakerPlace(q, standoff.Speakers(d.Layer, q, d.Text)); q.State != annotate.Rejected && !s.Empty() {
			out = append(out, fmt.Sprintf("quote %d-%d%s%d-%d there", q.Start, q.End, saidBy, s.Start, s.End))
		}
		for _, s := range q.Speakers() {
			e := d.Layer.Entity(s)
			if i := slices.IndexFunc(e.Mentions, standoff.Alive); q.State != annotate.Rejected && i >= 0 {
				out = append(out, fmt.Sprintf("quote %d-%d%s%d-%d", q.Start, q.End, saidBy, e.Mentions[i].Start, e.Mentions[i].End))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

package names_test

import (
	"testing"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/segment"
)

// unsure is a tagger that is not sure of what is marked.
type unsure struct{ *marked }

func (u unsure) Tag(d *annotate.Doc) []names.Name {
	all := u.marked.Tag(d)
	for i := range all {
		all[i].Score = 0.6
	}
	return all
}

// A word that begins a line is no name if the text has it in small letters and nowhere else as a name, and the tagger
// is not sure of it.
func TestOrdinaryWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text        string
		sure, doubt int // names found
	}{
		{"[O Harbour] bill passes\nThe six harbours of the coast pay.", 1, 0},
		{"[P Ferry] sinks off Orrin\nThe ferry had been late. [P Ann Ferry] wept.", 2, 1},
		{"[O Plough] to close\nThe pub, where a plough hangs, is [O Plough] no more.", 2, 2},
		{"[O Orange] drops its fees\nOther firms follow.", 1, 1},
		{"Late [O Harbour] bill passes\nThe harbour pays.", 1, 1},
		{"[O FERRY] SINKS\nThe ferry had been late.", 1, 1},
	} {
		text, m := unmark(c.text)
		d := segment.Split(text, nil)
		if n := len(names.Find(d, m)); n != c.sure {
			t.Errorf("%s: %d names of a sure tagger, want %d", c.text, n, c.sure)
		}
		if n := len(names.Find(d, unsure{m})); n != c.doubt {
			t.Errorf("%s: %d names of an unsure tagger, want %d", c.text, n, c.doubt)
		}
	}
}

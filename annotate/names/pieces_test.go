package names_test

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/segment"
)

// A recorder is a tagger that notes the words that it is given and takes each for a name.
type recorder struct{ words []string }

func (r *recorder) Tag(d *annotate.Doc) (all []names.Name) {
	for i := range d.Tokens {
		r.words = append(r.words, d.Word(i))
		all = append(all, names.Name{Range: annotate.Range{First: i, End: i + 1}, Type: annotate.Other, Score: 1})
	}
	return all
}

func (*recorder) Version() string     { return "recorder" }
func (*recorder) Rule() annotate.Rule { return annotate.Rule{Name: "recorded", Says: "Each word."} }

// The tagger sees words whole that the tokens of a corpus cut in pieces; mentions are in the text as given.
func TestPieces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ given, want string }{
		{"Legislator In - beom left", "Legislator|In-beom|left"},
		{"the Al - Eman school , Jo - led", "the|Al-Eman|school|,|Jo|-|led"},
		{"an ex - Quill man", "an|ex|-|Quill|man"},
		{"the Army - which won - and R . A . Lund of the U . N . body .", "the|Army|-|which|won|-|and|R.A.|Lund|of|the|U.N.|body|."},
		{"Srinagar - An old man , O ' Quill and Quill ' s dog", "Srinagar|-|An|old|man|,|O'Quill|and|Quill|'|s|dog"},
		{"Orrin , S . Lund", "Orrin|,|S.|Lund"},
	} {
		r := &recorder{}
		d := segment.Tokens([][]string{strings.Fields(c.given)})
		ms := names.Find(d, r)
		check(t, d, ms)
		if got := strings.Join(r.words, "|"); got != c.want {
			t.Errorf("%s: the tagger saw %s, want %s", c.given, got, c.want)
		}
		if last := ms[len(ms)-1]; strings.ContainsAny(last.In(d.Text), " ") {
			t.Errorf("%s: the last word is %q", c.given, last.In(d.Text))
		}
	}
	natural := &recorder{}
	names.Find(segment.Split("Orrin - Halden, he said", nil), natural)
	if got := strings.Join(natural.words, "|"); got != "Orrin|-|Halden|,|he|said" {
		t.Errorf("in a text the tagger saw %s", got)
	}
}

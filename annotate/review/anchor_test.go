package review

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

func TestAnchor(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("é", 40) + "Quill" + strings.Repeat("😀", 40)
	a := Anchor(text, at(text, "Quill", 0))
	if a.Exact != "Quill" || len(a.Prefix) > annotate.AnchorBytes || len(a.Suffix) > annotate.AnchorBytes {
		t.Errorf("%+v", a)
	}
	if a.Prefix != strings.Repeat("é", 16) || a.Suffix != strings.Repeat("😀", 8) {
		t.Errorf("context %q, %q", a.Prefix, a.Suffix)
	}
	for n := range 40 { // at every distance from the cut
		text := strings.Repeat("x", n) + strings.Repeat("—", 20) + "Q" + strings.Repeat("—", 20)
		a := Anchor(text, at(text, "Q", 0))
		if !utf8.ValidString(a.Prefix) || !utf8.ValidString(a.Suffix) {
			t.Fatalf("%q %q", a.Prefix, a.Suffix)
		}
	}
}

// The context of an anchor is as printable as the text: it is not cut between the parts of an emoji, which would make it another
// each time it is read.
func TestAnchorJoiner(t *testing.T) {
	t.Parallel()
	const family = "👩\u200d👩\u200d👧"
	text := strings.Repeat(family, 8) + " Quill " + strings.Repeat(family, 8)
	at := strings.Index(text, "Quill")
	for from := range 8 {
		a := Anchor(text[4*from:], articles.Span{Start: at - 4*from, End: at - 4*from + 5})
		if clean.String(a.Prefix) != a.Prefix || clean.String(a.Suffix) != a.Suffix || len(a.Prefix) < 20 || len(a.Suffix) < 20 {
			t.Errorf("%d: %+q, %+q", from, a.Prefix, a.Suffix)
		}
	}
}

// Each case marks words in old by [ ], and where they have to be found in the new
// text; no mark there means nowhere.
func TestPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new string }{
		"same":                    {"Ann saw [Bo] here", "Ann saw [Bo] here"},
		"moved":                   {"Ann saw [Bo] here", "A new line.\n\nAnn saw [Bo] here"},
		"context on one side":     {"Ann saw [Bo] here", "Today [Bo] here and there"},
		"the right one of two":    {"Bo came. Then [Bo] left for home.", "Bo came early, and all waited. Then [Bo] left for home."},
		"gone":                    {"Ann saw [Bo] here", "Ann saw Cy here"},
		"another one elsewhere":   {"Ann saw [Bo] here", "Nothing to see, and Bo kept quiet."},
		"other case and marks":    {"He said “[We won’t sell]” twice", "He said \"[We won't sell]\" twice"},
		"a line break in it":      {"the [Orrin Bay Courier] sold", "the [Orrin\nBay Courier] sold"},
		"unique and long":         {"old [Orrin Bay Courier] news", "All of it about the [Orrin Bay Courier]."},
		"unique but short":        {"old [Bay] news", "All of it about the Bay."},
		"quote marks in the span": {"So: [“We sold the press,”] she said", "Well. [“We sold the press,”] he said"},
		"a word became longer":    {"Ann saw [Ferris] here", "Ann saw Ferrisburg here"},
		"same place, other words": {"[She] said so. And more.", "[She] said so. And less."},
		"same bytes, other place": {"x [he] said no and left", "y he ran off with it all"},
	} {
		old, s := unmark(c.old)
		text, want := unmark(c.new)
		f := finder{text: text}
		a := Anchor(old, s)
		got, ok := f.place(&a)
		if ok != !want.Empty() || ok && got != want {
			t.Errorf("%s: %v %v, want %v", name, got, ok, want)
		}
	}
}

func unmark(text string) (string, articles.Span) {
	i := strings.Index(text, "[")
	if i < 0 {
		return text, articles.Span{}
	}
	j := strings.Index(text, "]") - 1
	return text[:i] + text[i+1:j+1] + text[j+2:], articles.Span{Start: i, End: j}
}

// What is found has the words of what was sought, always.
func FuzzPlace(f *testing.F) {
	f.Add("Ann saw Bo here", 8, 10, "Bo here, Ann saw")
	f.Add("“é\u0301”", 0, 5, "\"é\"")
	f.Fuzz(func(t *testing.T, old string, from, to int, text string) {
		old, text = strings.ToValidUTF8(old, "?"), strings.ToValidUTF8(text, "?")
		p := Writer{Text: old}
		s := p.trim(articles.Span{Start: from, End: to})
		if s.Empty() {
			return
		}
		a := Anchor(old, s)
		same := finder{text: old}
		if got, ok := same.place(&a); !ok || got != s {
			t.Fatalf("%q is not found where it is: %v %v", a.Exact, got, ok)
		}
		other := finder{text: text}
		got, ok := other.place(&a)
		if !ok {
			return
		}
		if !other.whole(got) {
			t.Fatalf("%v splits a rune of %q", got, text)
		}
		have, want := split(got.In(text)), split(a.Exact)
		if len(have) != len(want) {
			t.Fatalf("%q for %q", got.In(text), a.Exact)
		}
		for i := range have {
			if have[i].folded != want[i].folded {
				t.Fatalf("%q for %q", got.In(text), a.Exact)
			}
		}
	})
}

func TestOrphan(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.do(s.on(annotate.Reject, "Tom Ferris", 0))
	s.text = strings.ReplaceAll(story, "Tom Ferris", "Kay Low")
	s.machine = &annotate.Layer{}
	s.apply()
	if len(s.shown.Orphans) != 1 || s.shown.Orphans[0].Target.Exact != "Tom Ferris" {
		t.Errorf("%v", s.shown.Orphans)
	}
	s.has("e1 person Marta Quill: +Marta Quill,")
}

// TestEdited edits an article in a hundred ways and holds that every decision is on its
// own words then, or listed: never on others. Exact anchors are found no more often, and
// on the same letters.
func TestEdited(t *testing.T) {
	t.Parallel()
	text, l, log := long(60)
	r := rand.New(rand.NewPCG(3, 5))
	found, kept := 0, 0
	for n := range 40 {
		edited := text
		for range 1 + n/4 {
			edited = edit(edited, r)
		}
		for _, how := range []Anchoring{{}, {Exact: true}} {
			if err := how.Apply(edited, &annotate.Layer{Engine: l.Engine}, log).Layer.Check(edited); err != nil {
				t.Fatal(err)
			}
			f := finder{text: edited, exact: how.Exact}
			for i := range log {
				s, ok := f.place(&log[i].Target)
				switch {
				case !ok:
				case how.Exact && s.In(edited) != log[i].Target.Exact, fold(s.In(edited)) != fold(log[i].Target.Exact):
					t.Fatalf("edit %d: %q for %q", n, s.In(edited), log[i].Target.Exact)
				case how.Exact:
					kept++
				default:
					found++
				}
			}
		}
	}
	if kept > found || found < 40*len(log)/2 {
		t.Errorf("%d found by words, %d exactly, of %d", found, kept, 40*len(log))
	}
	t.Logf("%d of %d found by words, %d exactly", found, 40*len(log), kept)
}

// edit changes text in one of six ways.
func edit(text string, r *rand.Rand) string {
	at := r.IntN(len(text))
	for at > 0 && text[at-1] != ' ' {
		at--
	}
	to := min(len(text), at+1+r.IntN(200))
	for to < len(text) && text[to] != ' ' {
		to++
	}
	switch r.IntN(6) {
	case 0:
		return text[:at] + "Something new was said. " + text[at:]
	case 1:
		return text[:at] + text[to:]
	case 2:
		return text[to:] + text[at:to] + text[:at]
	case 3:
		return text[:at] + strings.ToUpper(text[at:to]) + text[to:]
	case 4:
		return text[:at] + strings.ReplaceAll(text[at:to], " ", "\n") + text[to:]
	}
	return text[:at] + strings.ReplaceAll(text[at:to], "e", "o") + text[to:]
}

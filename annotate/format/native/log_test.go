package native

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/annotate/review"
	"byline/articles"
)

const accented = "Zoë Åkerlund 😀 said no. Ann agreed."

// decided returns a decision on the first occurrence of words in accented.
func decided(id, words, to string) annotate.Decision {
	at := func(w string) annotate.Anchor {
		if w == "" {
			return annotate.Anchor{}
		}
		i := strings.Index(accented, w)
		return review.Anchor(accented, articles.Span{Start: i, End: i + len(w)})
	}
	return annotate.Decision{ID: id, Step: id, Who: "ann", Verb: annotate.Merge, Kind: annotate.OfMention, Target: at(words), To: at(to), Value: "person"}
}

// All offsets of a file count code points, those of its log too. The log is sorted, in whatever order its decisions came; what is read
// back is what it was.
func TestLogCountsCodePoints(t *testing.T) {
	t.Parallel()
	first, second := decided("01A", "Ann", "Zoë Åkerlund"), decided("01B", "said", "")
	second.Also = []annotate.Anchor{decided("", "agreed", "").Target}
	gone := decided("01C", "Ann", "")
	gone.Target = annotate.Anchor{Span: articles.Span{Start: 90, End: 96}, Exact: "Halden", Prefix: "paid ", Suffix: " twice"}
	d := &format.Document{Article: &articles.Article{ID: "a", Format: articles.Plain, Text: accented, Blocks: standoff.Paragraphs(accented)}, Layer: &annotate.Layer{},
		Log: []annotate.Decision{second, first, gone}}
	var b bytes.Buffer
	if err := writeJSON(&b, d, format.Options{}); err != nil {
		t.Fatal(err)
	}
	type place struct {
		Start, End int
		Exact      string
	}
	var j struct {
		Offsets string
		Log     []struct {
			Target, To place
			Also       []place
		}
	}
	if err := json.Unmarshal(b.Bytes(), &j); err != nil || j.Offsets != "code points" || len(j.Log) != 3 {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	for _, p := range []place{j.Log[1].Target, j.Log[1].Also[0], j.Log[0].Target, j.Log[0].To} {
		if got := string([]rune(accented)[p.Start:p.End]); got != p.Exact {
			t.Errorf("%q at the offsets of %q", got, p.Exact)
		}
	}
	if p := j.Log[2].Target; p != (place{0, 0, "Halden"}) {
		t.Errorf("words that the text does not have: %+v", p)
	}
	back, err := document(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	gone.Target.Span = articles.Span{}
	if want := []annotate.Decision{first, second, gone}; !reflect.DeepEqual(back.Log, want) {
		t.Errorf("%+v\nnot\n%+v", back.Log, want)
	}
}

// The log of a file that does not say its unit, as byline wrote it at first, counts bytes.
func TestReadLogUnits(t *testing.T) {
	t.Parallel()
	const file = `{"id":"a","title":"","source":"","text":"Zoë Åkerlund 😀 said no. Ann agreed.","entities":[],"quotes":[],"blocks":[{"kind":"paragraph","start":0,"end":%d}],` +
		`"log":[{"id":"01A","verb":"confirm","kind":"mention","target":{"start":%d,"end":%d,"exact":"Ann"}}]%s}`
	at := strings.Index(accented, "Ann")
	point := len([]rune(accented[:at]))
	for _, c := range []struct {
		start, end int
		unit       string
		want       int
		fails      string
	}{
		{at, at + 3, ``, at, ""},
		{at, at + 3, `,"offsets":"bytes"`, at, ""},
		{point, point + 3, `,"offsets":"code points"`, at, ""},
		{point, 99, `,"offsets":"code points"`, 0, "log[0]: decode decision 01A: from 24 to 99"},
		{3, 2, `,"offsets":"code points"`, 0, "log[0]: decode decision 01A: from 3 to 2"},
		{point, point + 3, `,"offsets":"words"`, 0, `offsets: "words" is neither`},
	} {
		d, err := document(fmt.Appendf(nil, file, utf8.RuneCountInString(accented), c.start, c.end, c.unit))
		switch {
		case c.fails != "":
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: %v, want %s", c.unit, err, c.fails)
			}
		case err != nil || d.Log[0].Target.Start != c.want:
			t.Errorf("%s: %v %+v", c.unit, err, d)
		}
	}
}

// What was shown is read back as it was written, with the layer that it was shown over.
func TestLogKeepsWhatWasShown(t *testing.T) {
	t.Parallel()
	short := func(w string) annotate.Anchor {
		a := decided("", w, "").Target
		a.Prefix, a.Suffix = a.Prefix[max(0, len(a.Prefix)-16):], a.Suffix[:min(16, len(a.Suffix))]
		return a
	}
	d := decided("01A", "no", "")
	d.Verb, d.Kind, d.Value = annotate.Confirm, annotate.OfQuote, "direct"
	d.Shown = &annotate.Sight{Named: short("said"), Type: annotate.Direct, Over: "1j1f7voebx", Of: []annotate.Referent{
		{Anchor: short("Ann"), Name: "Ann Lee", Suggested: true, Namesake: true, Type: annotate.Person, Steps: []string{"01B"}}}}
	doc := &format.Document{Article: &articles.Article{ID: "a", Format: articles.Plain, Text: accented, Blocks: standoff.Paragraphs(accented)}, Layer: &annotate.Layer{},
		Log: []annotate.Decision{d}}
	for _, write := range []func(io.Writer, *format.Document, format.Options) error{writeJSON, writeJSONL} {
		var b bytes.Buffer
		if err := write(&b, doc, format.Options{}); err != nil {
			t.Fatal(err)
		}
		back, err := document(b.Bytes())
		if err != nil || !reflect.DeepEqual(back.Log, doc.Log) {
			t.Errorf("%+v\nnot\n%+v, %v", back.Log[0].Shown, d.Shown, err)
		}
	}
}

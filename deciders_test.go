package main_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/format/standoff"
	"byline/annotate/review"
	"byline/articles"
)

// Each decision of several people is theirs again after it went through a file, or is counted; also one that confirms what
// the machine suggested.
func TestDecidersComeBack(t *testing.T) {
	t.Parallel()
	const text = "Ann Lee met Bo Ek in Lund. “No,” Lee said. “Yes,” Ek said."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	by := annotate.Origin{Stage: "names", Score: 0.9}
	machine := &annotate.Layer{Entities: []annotate.Entity{
		{ID: "e1", Type: annotate.Person, Name: "Ann Lee", Mentions: []annotate.Mention{{Span: at("Ann Lee"), Form: annotate.Name, Type: annotate.Person, Origin: by}}},
		{ID: "e2", Type: annotate.Person, Name: "Bo Ek", Mentions: []annotate.Mention{{Span: at("Bo Ek"), Form: annotate.Name, Type: annotate.Person, Origin: by}}},
	}, Quotes: []*annotate.Quote{{Span: at("“No,”"), Type: annotate.Direct, Origin: by}, {Span: at("“Yes,”"), Type: annotate.Direct, Origin: by}}}
	a := standoff.Article("Lund", text)
	now, n := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC), 0
	var log []annotate.Decision
	decide := func(who string, c review.Edit, k annotate.Kind, words string) {
		shown := review.Apply(text, machine, log)
		c.Targets = []review.Target{{Kind: k, Span: at(words)}}
		now = now.Add(time.Minute)
		sign := review.Signature{Who: who, Now: now, NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}
		log = append(log, (&review.Writer{Text: text, Shown: &shown, Signature: sign}).Write(c)...)
	}
	decide("ann", review.Edit{Verb: annotate.Confirm}, annotate.OfMention, "Ann Lee")
	decide("ben", review.Edit{Verb: annotate.Confirm}, annotate.OfMention, "Bo Ek")
	decide("ben", review.Edit{Verb: annotate.Add, Value: "place"}, annotate.OfMention, "Lund")
	decide("cyd", review.Edit{Verb: annotate.Confirm}, annotate.OfQuote, "“No,”")
	decide("ann", review.Edit{Verb: annotate.Attribute, To: at("Bo Ek")}, annotate.OfQuote, "“Yes,”")
	d := &format.Document{Article: a, Layer: review.Apply(text, machine, log).Layer, Log: log}
	want := decidersOf(d)
	if !slices.Equal(want, []string{"mention 0 ann", "mention 12 ben", "mention 21 ben", "quote 27 cyd", "quote 47 ann"}) {
		t.Fatalf("%q", want)
	}
	for _, f := range formats.Readable() {
		if f.NewWriter == nil {
			continue
		}
		loss := &format.Loss{}
		var again []annotate.Decision
		for _, d := range readBack(t, f, d, loss) {
			if again = append(again, d.Log...); d.Log != nil {
				continue
			}
			sign := review.Signature{Who: cmp.Or(d.Who, "file"), NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}
			more, _ := review.Adopt(text, machine, review.Reading{Layer: d.Layer, Attributed: d.Own}, sign)
			again = append(again, more...)
		}
		got := decidersOf(&format.Document{Article: a, Layer: review.Apply(text, machine, again).Layer, Log: again})
		if !slices.Equal(got, want) && !strings.Contains(strings.Join(loss.Lines(), "\n"), "5 decisions: the format does not say whose they are") {
			t.Errorf("%s: %q, counted %q", f.Name, got, loss.Lines())
		}
	}
}

// decidersOf lists the claims of d that people decided on, with their deciders.
func decidersOf(d *format.Document) []string {
	x := d.Deciders()
	var out []string
	for c := range d.Layer.Claims() {
		if who := standoff.DeciderOf(x, c.Kind, c.Span, standoff.By(c.State, c.Origin)); who != "" {
			out = append(out, fmt.Sprint(c.Kind, " ", c.Start, " ", who))
		}
	}
	slices.Sort(out)
	return out
}

package review

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/articles"
)

// Every byte of a decision that is not somebody's own words is missed when it is another.
func TestFault(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 30, 5, 7, 6, 417e6, time.UTC)
	d := annotate.Decision{ID: "01M8NDJZHH5E1T59DPPG29QKGN", Step: "01M8NDJZHH5E1T59DPPG29QKGN", At: at, Who: "ann", Verb: annotate.Confirm, Kind: annotate.OfMention,
		Target: annotate.Anchor{Span: articles.Span{Start: 26, End: 35}, Exact: "Acme Corp"}, Value: "organization", Score: 0.9}
	body, err := Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	says := func(body string) string {
		what, newer := Fault([]byte(body), d.ID, d.Who, at)
		if newer != strings.Contains(what, "does not know") {
			t.Errorf("%s: %s, of a newer byline: %v", body, what, newer)
		}
		return what
	}
	if what := says(string(body)); what != "" {
		t.Fatalf("a sound one: %s", what)
	}
	for change, want := range map[string]string{
		`"verb" "v3rb"`:                             "no verb",
		`"confirm" "conf9rm"`:                       "this byline does not know its verb, “conf9rm”",
		`"mention" "mengion"`:                       "does not know its kind, “mengion”",
		`"target" "tarfet"`:                         "names no words",
		`"exact" "exbct"`:                           "names no words",
		`"start":26 "start":36`:                     "do not fit its words",
		`"end":35 "end":3`:                          "do not fit its words",
		`"value" "valye"`:                           "a field that this byline does not know",
		`"who":"ann" "who":"anm"`:                   "signed by another, “anm”",
		`"who" "whp"`:                               "signed by another",
		`"2026-11-30T05 "2026-11-30T07`:             "its time is another",
		`"at" "az"`:                                 "its time is another",
		`"id":"01M8 "id":"01N8`:                     "the ID of another",
		`"score":0.9 "score":0.9,"layer":"curater"`: "does not know its layer",
	} {
		from, to, _ := strings.Cut(change, " ")
		if !strings.Contains(string(body), from) {
			t.Fatalf("no %s in %s", from, body)
		}
		if what := says(strings.Replace(string(body), from, to, 1)); !strings.Contains(what, want) {
			t.Errorf("%s: %q, want %q", change, what, want)
		}
	}
	for n := range body {
		if says(string(body[:n])) == "" {
			t.Errorf("cut to %d bytes: nothing wrong", n)
		}
	}
	own := [][]byte{[]byte("organization"), []byte("Acme Corp"), []byte("01M8NDJZHH5E1T59DPPG29QKGN\",\"at"), []byte("0.9}")}
	for i := range body {
		flipped := bytes.Clone(body)
		flipped[i] ^= 0x10
		if says(string(flipped)) == "" && !inside(body, own, i) {
			t.Errorf("byte %d, in %s: nothing wrong", i, flipped)
		}
	}
}

// inside reports whether byte i of b is in one of some parts of it.
func inside(b []byte, parts [][]byte, i int) bool {
	for _, p := range parts {
		if at := bytes.Index(b, p); at <= i && i < at+len(p) {
			return true
		}
	}
	return false
}

// A decision whose words are gone from a text that was exported is no damaged one, nor one about a whole article.
func TestFaultOfSoundOnes(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]annotate.Decision{
		"gone":       {Verb: annotate.Reject, Kind: annotate.OfQuote, Target: annotate.Anchor{Exact: "“We sail”"}},
		"undo":       {Verb: annotate.Undo, Value: "01M8NDJZHH5E1T59DPPG29QKGN"},
		"done":       {Verb: annotate.Done, Layer: annotate.Curated, At: time.UnixMilli(5)},
		"no speaker": {Verb: annotate.Attribute, Kind: annotate.OfQuote, Target: annotate.Anchor{Span: articles.Span{Start: 2, End: 4}, Exact: "ab"}},
	} {
		d.ID, d.Who = "01M8NDJZHH5E1T59DPPG29QKGN", "ann"
		body, err := Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		if what, _ := Fault(body, d.ID, d.Who, d.At); what != "" {
			t.Errorf("%s: %s", name, what)
		}
	}
}

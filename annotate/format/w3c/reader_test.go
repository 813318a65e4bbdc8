package w3c

import (
	"fmt"
	"slices"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/articles"
)

// confirmed lists what people decided in documents.
func confirmed(ds []*format.Document) []string {
	var out []string
	for _, d := range ds {
		for e, m := range d.Layer.Mentions() {
			if m.State == annotate.Confirmed {
				out = append(out, fmt.Sprintf("%s in %s: %s %s", d.Who, d.ID, m.In(d.Text), e.Type))
			}
		}
	}
	return out
}

func known() []*format.Document {
	return []*format.Document{
		{Article: &articles.Article{ID: "https://wire.example/ferry", Text: "The ferry of Halden sank."}},
		{Article: &articles.Article{ID: "https://wire.example/mayor", Text: "Ann Lee left Halden."}},
	}
}

// The rows of two pages are of two articles, and those of two people are each one's own. The client's export reads alike.
func TestRowsOfSeveralPages(t *testing.T) {
	t.Parallel()
	const rows = `[
		{"user":"acct:ann@h","uri":"https://wire.example/ferry","tags":["place"],"target":[{"selector":[{"type":"TextQuoteSelector","exact":"Halden"}]}]},
		{"user":"acct:ben@h","uri":"https://wire.example/mayor","tags":["person"],"target":[{"selector":[{"type":"TextQuoteSelector","exact":"Ann Lee"}]}]},
		{"user":"acct:ann@h","uri":"https://wire.example/mayor","tags":["place"],"target":[{"selector":[{"type":"TextQuoteSelector","exact":"Halden"}]}]}]`
	want := []string{"ann in https://wire.example/ferry: Halden place", "ben in https://wire.example/mayor: Ann Lee person", "ann in https://wire.example/mayor: Halden place"}
	for name, file := range map[string]string{"the API": `{"total":3,"rows":` + rows + `}`, "the client": `{"export_date":"2026-11-29","annotations":` + rows + `}`} {
		if !sniffHypothesis([]byte(file)) {
			t.Errorf("%s is not known", name)
		}
		if got := confirmed((formattest.Folder{"a.json": []byte(file)}).Read(t, &Hypothesis, nil, []string{"a.json"}, known()...)); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Offsets in a part of a page say nothing without that part; words in another normal form are found.
func TestSelectors(t *testing.T) {
	t.Parallel()
	const file = `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","first":{"items":[
		{"type":"Annotation","body":[{"value":"place","purpose":"tagging"}],"target":{"source":"https://wire.example/mayor","selector":{"type":"XPathSelector","value":"/p[2]","refinedBy":{"type":"TextPositionSelector","start":0,"end":3}}}},
		{"type":"Annotation","body":[{"value":"person","purpose":"tagging"}],"target":{"source":"https://wire.example/mayor","selector":{"type":"XPathSelector","value":"/p[2]","refinedBy":{"type":"TextQuoteSelector","exact":"Zoe\u0308"}}}}]}}`
	loss := &format.Loss{}
	d := &format.Document{Article: &articles.Article{ID: "https://wire.example/mayor", Text: "Ann met Zo\u00eb."}}
	got := confirmed((formattest.Folder{"a.jsonld": []byte(file)}).Read(t, &Annotations, loss, []string{"a.jsonld"}, d))
	if want := []string{" in https://wire.example/mayor: Zo\u00eb person"}; !slices.Equal(got, want) || loss.Total() != 1 {
		t.Errorf("%q, lost %q", got, loss.Lines())
	}
}

// A creator may be an address or have one only, and what nobody signed is nobody's in particular; an annotation of
// two places is one of each; a comment is no type.
func TestCreators(t *testing.T) {
	t.Parallel()
	annotation := func(words, creator string) string {
		return `{"type":"Annotation",` + creator + `"body":[{"value":"person","purpose":"tagging"}],"target":{"source":"https://wire.example/mayor","selector":{"type":"TextQuoteSelector","exact":"` + words + `"}}}`
	}
	file := `[` + annotation("Ann", `"creator":"mailto:ann@desk.example",`) + `,` + annotation("Bo", `"creator":{"type":"Person","id":"https://people.example/2"},`) + `,` + annotation("Cai", ``) +
		`,{"type":"Annotation","creator":"mailto:ann@desk.example","motivation":"commenting","body":"Which ones?","target":[{"source":"https://wire.example/mayor","selector":{"type":"TextPositionSelector","start":0,"end":3}},
		{"source":"https://wire.example/mayor","selector":{"type":"TextPositionSelector","start":4,"end":6}}]}]`
	d := &format.Document{Article: &articles.Article{ID: "https://wire.example/mayor", Text: "Ann Bo Cai"}}
	ds := (formattest.Folder{"a.jsonld": []byte(file)}).Read(t, &Annotations, nil, []string{"a.jsonld"}, d)
	got, want := confirmed(ds), []string{"ann@desk.example in https://wire.example/mayor: Ann person", "https://people.example/2 in https://wire.example/mayor: Bo person", " in https://wire.example/mayor: Cai person"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if n := len(formattest.Claims(ds[1])); n != 1 {
		t.Errorf("%d claims for the second", n)
	}
	var notes []string
	for _, r := range ds[0].Layer.Remarks {
		notes = append(notes, string(r.Kind)+": "+r.In(d.Text)+": "+r.Text)
	}
	if want := []string{"passage: Ann: Which ones?", "passage: Bo: Which ones?"}; !slices.Equal(notes, want) {
		t.Errorf("%q", notes)
	}
}

// What a person said is attributed to somebody whom another marked; nothing else of others is in a person's document.
func TestOthersSpeak(t *testing.T) {
	t.Parallel()
	annotation := func(id, who, tag, words string) string {
		return `{"type":"Annotation","id":"` + id + `","creator":{"name":"` + who + `"},"body":[{"value":"` + tag + `","purpose":"tagging"}],"target":{"source":"https://wire.example/mayor","selector":{"type":"TextQuoteSelector","exact":"` + words + `"}}}`
	}
	file := `[` + annotation("u:1", "ann", "person", "Bo") + `,` + annotation("u:2", "ann", "place", "Halden") + `,` + annotation("u:3", "ben", "quote", "“Yes,”") + `,` + annotation("u:4", "cy", "person", "Bo") +
		`,{"type":"Annotation","motivation":"linking","creator":{"name":"ben"},"body":[{"value":"speaker","purpose":"tagging"}],"target":["u:3","u:1"]}]`
	d := &format.Document{Article: &articles.Article{ID: "https://wire.example/mayor", Text: "“Yes,” Bo said in Halden."}}
	ds := (formattest.Folder{"a.jsonld": []byte(file)}).Read(t, &Annotations, nil, []string{"a.jsonld"}, d)
	var got []string
	for _, d := range ds {
		got = append(got, fmt.Sprint(d.Who, formattest.Claims(d)))
	}
	want := []string{"ann[mention 11-13 person mention 22-28 place]", "ben[mention 11-13 person quote 0-10]", "cy[mention 11-13 person]"}
	if !slices.Equal(got, want) || ds[1].Layer.Quotes[0].Speaker != "e1" {
		t.Errorf("%q", got)
	}
}

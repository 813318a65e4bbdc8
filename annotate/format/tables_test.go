package format

import (
	"encoding/csv"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// hard is an article whose text and names try every reader: beyond the BMP, combining,
// quotation marks, commas, line ends, what begins a formula.
func hard() (*articles.Article, *annotate.Layer) {
	text := "=Zoë 😀 Smith, of Müller\nGmbH, said:\n“We won’t, e\u0301ver.”\n"
	span := func(w string) articles.Span {
		i := strings.Index(text, w)
		return articles.Span{Start: i, End: i + len(w)}
	}
	name := func(w string, t annotate.Type) annotate.Mention {
		return annotate.Mention{Span: span(w), Form: annotate.Name, Type: t, Origin: annotate.Origin{Stage: "names", Score: 0.87654}}
	}
	human := name("Smith", "weapon system")
	human.State, human.Origin = annotate.Confirmed, annotate.Origin{Human: true, Stage: "ann", Score: 1}
	gone := name("We", annotate.Person)
	gone.State = annotate.Rejected
	l := &annotate.Layer{
		Entities: []annotate.Entity{
			{ID: "e1", Type: annotate.Person, Name: "=Zoë 😀 Smith", Mentions: []annotate.Mention{name("=Zoë 😀 Smith", annotate.Person), gone}},
			{ID: "e2", Type: annotate.Organization, Name: "Müller GmbH", Mentions: []annotate.Mention{name("Müller\nGmbH", annotate.Organization)}},
			{ID: "e3", Type: "weapon system", Name: "Smith", Mentions: []annotate.Mention{human}},
		},
		Quotes: []annotate.Quote{{
			Span: span("“We won’t, e\u0301ver.”"), Type: annotate.Direct, Speaker: "e1", SpeakerMention: span("=Zoë 😀 Smith"), Cue: span("said"),
			Origin: annotate.Origin{Stage: "quotes", Score: 0.9},
		}},
		Remarks: []annotate.Remark{{Kind: annotate.OfMention, Span: human.Span, Who: "ann", Text: "ask\u2028her, \"again\""}},
	}
	return &articles.Article{ID: "a1", Title: "@The, \"press\"", Text: text}, l
}

func TestWriteCSV(t *testing.T) {
	a, l := hard()
	var b strings.Builder
	if err := put(&b, Named("csv"), &Document{Article: a, Layer: l}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		csvHead,
		{"mention", "a1", "'@The, \"press\"", "0", "12", "'=Zoë 😀 Smith", "person", "name", "e1", "'=Zoë 😀 Smith", "", "", "", "machine", "0.8765", "", "", "", "", ""},
		{"mention", "a1", "'@The, \"press\"", "17", "28", "Müller\nGmbH", "organization", "name", "e2", "Müller GmbH", "", "", "", "machine", "0.8765", "", "", "", "", ""},
		{"mention", "a1", "'@The, \"press\"", "7", "12", "Smith", "weapon system", "name", "e3", "Smith", "", "", "", "human", "1", "ask\u2028her, \"again\"", "", "", "", ""},
		{"quote", "a1", "'@The, \"press\"", "36", "54", "“We won’t, e\u0301ver.”", "direct", "", "", "", "e1", "'=Zoë 😀 Smith", "said", "machine", "0.9", "", "30", "34", "0", "12"},
	}
	for i := range want {
		if i >= len(rows) || strings.Join(rows[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d: %q, want %q", i, rows[min(i, len(rows)-1)], want[i])
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows in %q", len(rows), b.String())
	}
}

func TestWriteBrat(t *testing.T) {
	a, l := hard()
	var b strings.Builder
	if err := WriteBrat(&b, &Document{Article: a, Layer: l}, Options{}); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"T1\tPerson 0 12\t=Zoë 😀 Smith", "A1\tOrigin T1 machine", "A2\tScore T1 0.8765",
		"T2\tOrganization 17 23;24 28\tMüller GmbH", "A3\tOrigin T2 machine", "A4\tScore T2 0.8765",
		"T3\tWeapon_system 7 12\tSmith", "A5\tOrigin T3 human", "#1\tAnnotatorNotes T3\task her, \"again\"",
		"T4\tQuote 36 54\t“We won’t, e\u0301ver.”", "A6\tForm T4 direct", "A7\tOrigin T4 machine", "A8\tScore T4 0.9", "R1\tSpeaker Arg1:T4 Arg2:T1",
		"T5\tCue 30 34\tsaid", "R2\tCue Arg1:T4 Arg2:T5", "",
	}, "\n")
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

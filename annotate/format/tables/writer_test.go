package tables

import (
	"encoding/csv"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/articles"
)

func TestWriteCSV(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	d := formattest.Hard()
	d.Site, d.Date, d.URL, d.Authors, d.Language = "Wire", articles.Day(2026, 11, 2), "https://wire.example/a", []string{"Ann Lee", "Bo Ek"}, "en"
	if err := CSV.WriteOne(&b, format.Options{}, d); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		columns,
		{"mention", "a1", "'@The, \"press\"", "0", "12", "'=Zoë 😀 Smith", "person", "name", "e1", "'=Zoë 😀 Smith", "", "", "", "machine", "0.8765", "", "", "", "", "", ""},
		{"mention", "a1", "'@The, \"press\"", "17", "28", "Müller\nGmbH", "organization", "name", "e2", "Müller GmbH", "", "", "", "machine", "0.8765", "", "", "", "", "", ""},
		{"mention", "a1", "'@The, \"press\"", "7", "12", "Smith", "weapon system", "name", "e3", "Smith", "", "", "", "human", "1", "ask\u2028her, \"again\"", "", "", "", "", ""},
		{"quote", "a1", "'@The, \"press\"", "36", "54", "“We won’t, e\u0301ver.”", "direct", "", "", "", "e1", "'=Zoë 😀 Smith", "said", "machine", "0.9", "", "30", "34", "0", "12", ""},
	}
	for i := range want {
		if i > 0 {
			want[i] = append(want[i], "https://wire.example/a", "Ann Lee; Bo Ek", "Wire", "2026-11-02", "", "en", []string{"", "", "", "ann", ""}[i])
		}
		if i >= len(rows) || strings.Join(rows[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d: %q, want %q", i, rows[min(i, len(rows)-1)], want[i])
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows in %q", len(rows), b.String())
	}
}

package sync

import (
	"testing"

	"byline/annotate/library/db/exchange"
	"byline/articles"
)

// What a source says of its date travels as it says it, and lines of before are read.
func TestDatesTravel(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"", "2024", "2024-05", "2024-05-12", "2025-11-04T09:12", "2025-11-04T09:12:00", "2025-11-04T09:12+01:00", "2025-11-04T08:12:30Z", "1969-12"} {
		a := &articles.Article{ID: "0123456789abcdef", Title: "Press", Date: articles.ParseDate(said)}
		a.Updated = a.Date
		f, err := aboutOf(&exchange.Article{ID: a.ID, About: a, Told: 1773065100000})
		if err != nil {
			t.Fatal(err)
		}
		e := f.lines[keyAbout]
		back, err := e.about()
		if err != nil || back.Date != a.Date || back.Updated != a.Updated {
			t.Errorf("%s comes as %s, updated %s: %v", said, back.Date, back.Updated, err)
		}
	}
	for line, want := range map[string]string{
		`{"title":"T","date":"2026-03-09T14:05:00.25Z"}`:                          "2026-03-09T14:05:00",
		`{"title":"T","date":"2026-03-09T00:00:00Z"}`:                             "2026-03-09",
		`{"title":"T","date":"2026-03-01T00:00:00Z","date_said":"2026-03"}`:       "2026-03",
		`{"title":"T","date":"2026-03-01T00:00:00Z","date_said":"2025-03"}`:       "2026-03-01", // an older byline changed one of them
		`{"title":"T","date":"2026-03-01T00:00:00Z","date_said":"<b>\u001b[31m"}`: "2026-03-01",
	} {
		e := aboutEntry{line: []byte(line)}
		if a, err := e.about(); err != nil || a.Date.String() != want {
			t.Errorf("%s is %v, want %s", line, a, want)
		}
	}
}

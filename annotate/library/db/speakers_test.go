package db_test

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
)

// A quote that two said is found by either of them, with both of their names.
func TestSpeakersAreFound(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	lee := db.Name{Key: "ann lee", Name: "Ann Lee", Type: annotate.Person, Forms: []string{"Lee"}}
	union := db.Name{Key: "dock union", Name: "Dock Union", Type: annotate.Organization, Forms: []string{"the Union"}}
	orrin := db.Name{Key: "orrin", Name: "Orrin", Type: "weapon"}
	names := []db.Name{lee, union, orrin}
	both := labelled(t, s, "both", names, db.Quote{Text: "we agree", Speakers: []db.Name{lee, union, orrin}})
	alone := labelled(t, s, "alone", names, db.Quote{Text: "I agree", Speakers: []db.Name{union}})
	labelled(t, s, "nobody", nil, db.Quote{Text: "who agrees"})
	for text, want := range map[string]string{
		"by:lee":                  "both: Ann Lee, Dock Union and Orrin",
		`by:"the union"`:          "both: Ann Lee, Dock Union and Orrin; alone: Dock Union",
		"by:nobody":               "nobody: ",
		"by:*":                    "both: Ann Lee, Dock Union and Orrin; alone: Dock Union",
		"by:lee by:union":         "both: Ann Lee, Dock Union and Orrin",
		"org:union said:agree":    "both: Ann Lee, Dock Union and Orrin; alone: Dock Union",
		"org:lee said:agree":      "",
		"person:union said:agree": "",
		"person:orrin said:agree": "",
		"weapon:orrin said:agree": "both: Ann Lee, Dock Union and Orrin",
		"by:union said:we":        "both: Ann Lee, Dock Union and Orrin",
		"by:union -by:lee":        "alone: Dock Union",
		"by:quill":                "",
	} {
		e, err := query.Parse(text, query.Options{Labels: []string{"weapon"}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range must[[]db.QuoteHit](t)(s.Quotes(ctx, e, 9)) {
			got = append(got, h.Entry.Title+": "+h.By())
		}
		slices.Sort(got)
		sought := strings.Split(want, "; ")
		slices.Sort(sought)
		if strings.Join(got, "; ") != strings.Join(sought, "; ") {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}
	if hits := must[[]db.QuoteHit](t)(s.QuotesOf(ctx, library.PersonID{Key: "dock union", Type: annotate.Organization}, alone, 9)); len(hits) != 1 || hits[0].Entry.ID != both {
		t.Errorf("what the union said elsewhere: %v", hits)
	}
	if got := must[[]string](t)(s.Values(ctx, query.Gap{Field: query.By, Text: "d"}, 9)); !slices.Equal(got, []string{"Dock Union"}) {
		t.Errorf("who begins with d: %q", got)
	}

	// The speakers of a layer go with it.
	if err := s.SaveLayer(ctx, db.Layer{ID: both, Engine: "two", Version: 1, Quotes: []db.Quote{{Text: "we agree", Speakers: []db.Name{lee}}}}); err != nil {
		t.Fatal(err)
	}
	if got := titles(t, s, "by:orrin"); got != "" {
		t.Errorf("a speaker of an old layer is found in %q", got)
	}
}

// A name that goes over two lines of its text is one name, on one line.
func TestSpeakerOverTwoLines(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	lee := db.Name{Key: "ann lee", Name: "Ann\nLee", Type: annotate.Person}
	gray := db.Name{Key: "bo gray", Name: "Bo Gray", Type: annotate.Person}
	labelled(t, s, "both", []db.Name{lee, gray}, db.Quote{Text: "we agree", Speakers: []db.Name{lee, gray}})
	e, err := query.Parse("by:gray", query.Options{})
	if err != nil {
		t.Fatal(err)
	}
	hits := must[[]db.QuoteHit](t)(s.Quotes(ctx, e, 9))
	if len(hits) != 1 || len(hits[0].Speakers) != 2 || hits[0].Speakers[0].Name != "Ann Lee" {
		t.Errorf("%+v", hits)
	}
}

package names_test

import (
	"slices"
	"testing"

	"byline/annotate"
	"byline/annotate/names"
)

// The type of the lists is taken where the tagger was not sure, and never that of an organization or person.
func TestListed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		typ   annotate.Type
		score float64
		want  annotate.Type
	}{
		{"South Korea", annotate.Other, 0.5, annotate.Place},
		{"Yoruba", annotate.Organization, 0.6, annotate.Other},
		{"Hinduism", annotate.Organization, 0.6, annotate.Other},
		{"South Korea", annotate.Other, 0.9, annotate.Other},
		{"Reuters", annotate.Other, 0.5, annotate.Other},
		{"South Korea", annotate.Person, 0.5, annotate.Person},
		{"UNCLOS", annotate.Organization, 0.8, annotate.Other},
		{"Maronites", annotate.Person, 0.8, annotate.Other},
		{"Parsi", annotate.Organization, 0.8, annotate.Other},
		{"Sherpa", annotate.Person, 0.6, annotate.Person},
		{"TOEFL", annotate.Place, 0.5, annotate.Other},
		{"TOEFL", annotate.Organization, 0.97, annotate.Organization},
		{"HMS Halden", annotate.Organization, 0.9, annotate.Other},
		{"MV", annotate.Organization, 0.6, annotate.Organization},
		{"Nice", annotate.Organization, 0.5, annotate.Organization},
	} {
		m := annotate.Mention{Form: annotate.Name, Type: c.typ, Origin: annotate.Origin{Stage: "names", Rule: "marked", Score: c.score}}
		m.End = len(c.name)
		got := names.Listed(c.name, []annotate.Mention{m})[0]
		if got.Type != c.want {
			t.Errorf("%s, %s at %v is %s, want %s", c.name, c.typ, c.score, got.Type, c.want)
		}
		if changed := got.Origin.Rule == "listed"; changed != (c.want != c.typ) {
			t.Errorf("%s has the rule %s", c.name, got.Origin.Rule)
		}
	}
}

// What the article names in full with the letters of a law is no law.
func TestListedBody(t *testing.T) {
	t.Parallel()
	text, tagger := unmark("The [O South Athletes’ Trust] ([O SAT]) and the [O GMAT].")
	var got []annotate.Type
	for _, m := range names.Listed(text, tagger.spans) {
		got = append(got, m.Type)
	}
	if want := []annotate.Type{annotate.Organization, annotate.Organization, annotate.Other}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A title is cut off a person that the tagger took for something else.
func TestApartTitle(t *testing.T) {
	t.Parallel()
	text, tagger := unmark("[P CLLR HOLT]: Thank you. [O Senator Quill] and [P Dean Pike], [P Dr Prof Lund].")
	var got []string
	for _, m := range names.Apart(text, tagger.spans) {
		got = append(got, m.Title.In(text)+"|"+m.In(text))
	}
	if want := []string{"CLLR|HOLT", "|Senator Quill", "|Dean Pike", "Dr Prof|Lund"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

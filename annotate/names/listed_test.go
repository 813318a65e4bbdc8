package names_test

import (
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

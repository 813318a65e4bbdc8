package eval

import (
	"reflect"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// Of ten claims, three are wrong. The least certain fifth is two: the one at 0.2, which is wrong, and
// one of the four at 0.55, of which one is wrong: a quarter of it by chance.
func TestReliability(t *testing.T) {
	t.Parallel()
	var claims []claim
	for _, c := range []struct {
		score float64
		right bool
	}{{0.95, true}, {0.55, true}, {0.55, false}, {0.2, false}, {0.95, true}, {0.55, true}, {0.55, true}, {1, true}, {0.9, false}, {0.95, true}} {
		claims = append(claims, claim{Score: c.score, Right: c.right})
	}
	want := Reliability{
		Claims: "x", Found: 10, Wrong: 3,
		ECE:   round((0.2 + (3 - 4*0.55) + (3*0.95 + 0.9 + 1 - 4)) / 10),
		Fifth: round((1 + 1/4.) / 3),
		Bins:  []Bin{{0.2, 1, 0.2, 0}, {0.5, 4, 0.55, 0.75}, {0.9, 5, 0.95, 0.8}},
	}
	if got := reliabilityOf("x", claims); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := reliabilityOf("x", []claim{{Score: 0.5, Right: true}}); got.Fifth != 0 || got.ECE != 0.5 {
		t.Errorf("%+v", got)
	}
}

// People and organizations are weighed together, places are not; quotes in a gold with passages
// only, where they are at one.
func TestWhatIsWeighed(t *testing.T) {
	t.Parallel()
	d, l := example()
	r := Score(d, engineOf(l), false).Report(false, true).Reliability
	for i, want := range []Reliability{{Claims: "person+organization", Found: 4, Wrong: 1}, {Claims: "entities", Found: 3, Wrong: 2}, {Claims: "quotes", Found: 4, Wrong: 1}} {
		if got := (Reliability{Claims: r[i].Claims, Found: r[i].Found, Wrong: r[i].Wrong}); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	d.Has = Passages
	d.Gold.Quotes = d.Gold.Quotes[:2] // the others are in no passage of the gold
	r = Score(d, engineOf(l), false).Report(false, true).Reliability
	if len(r) != 1 || r[0].Claims != "quotes" || r[0].Found != 2 || r[0].Wrong != 1 {
		t.Errorf("%+v", r)
	}
}

func TestIsEntity(t *testing.T) {
	t.Parallel()
	name := func(start, end int, kind annotate.Type, entity int) named {
		return named{annotate.Mention{Span: articles.Span{Start: start, End: end}, Type: kind}, entity}
	}
	const person, place = annotate.Person, annotate.Place
	gold := []named{name(0, 5, person, 1), name(10, 15, person, 1), name(20, 25, person, 2), name(30, 35, place, 3)}
	for _, c := range []struct {
		what  string
		names []named
		want  bool
	}{
		{"all its names", []named{name(0, 5, person, 0), name(10, 15, person, 0)}, true},
		{"one of its names", []named{name(10, 15, person, 0)}, true},
		{"one with another end", []named{name(0, 5, person, 0), name(10, 18, person, 0)}, true},
		{"all with other ends", []named{name(0, 4, person, 0), name(10, 18, person, 0)}, false},
		{"one of somebody else", []named{name(0, 5, person, 0), name(20, 25, person, 0)}, false},
		{"one that is no name", []named{name(0, 5, person, 0), name(6, 8, person, 0)}, false},
		{"another type", []named{name(30, 35, person, 0)}, false},
		{"no name at all", []named{name(40, 45, person, 0)}, false},
	} {
		if got := isEntity(c.names, gold); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

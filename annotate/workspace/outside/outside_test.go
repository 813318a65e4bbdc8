package outside

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

const text = "Ann Lee of Halden Media met Bo. “No,” she said. Ann Lee left."

// entity returns an entity with mentions of words of text, each "words@n" the n-th time they stand there.
func entity(id string, typ annotate.Type, name string, score float64, state annotate.State, words ...string) annotate.Entity {
	e := annotate.Entity{ID: id, Type: typ, Name: name, Origin: annotate.Origin{Score: score}}
	for _, w := range words {
		w, second := strings.CutSuffix(w, "@2")
		at := strings.Index(text, w)
		if second {
			at = strings.LastIndex(text, w)
		}
		e.Mentions = append(e.Mentions, annotate.Mention{Span: articles.Span{Start: at, End: at + len(w)}, Form: annotate.Name, Type: typ, State: state, Origin: e.Origin})
	}
	return e
}

func quote(speaker string) *annotate.Quote {
	at := strings.Index(text, "“")
	return &annotate.Quote{Span: articles.Span{Start: at, End: strings.Index(text, " she")}, Type: annotate.Direct, Speaker: speaker, Origin: annotate.Origin{Score: 0.8}}
}

func described(l *annotate.Layer) []string {
	var out []string
	for _, e := range l.Entities {
		s := fmt.Sprintf("%s %s %s:", e.ID, e.Type, e.Name)
		for _, m := range e.Mentions {
			s += fmt.Sprintf(" %s[%s]", m.In(text), m.Origin.Stage)
		}
		out = append(out, s)
	}
	for _, q := range l.Quotes {
		out = append(out, fmt.Sprintf("%s by %s[%s]", q.In(text), q.Speaker, q.Origin.Stage))
	}
	return out
}

// What another program claims takes the place of what it overlaps, and joins the entities that it is about.
func TestOver(t *testing.T) {
	t.Parallel()
	engine := &annotate.Layer{Engine: "model-1", Entities: []annotate.Entity{
		entity("e1", annotate.Person, "Ann Lee", 0.9, annotate.Proposed, "Ann Lee", "Ann Lee@2"),
		entity("e2", annotate.Place, "Halden", 0.6, annotate.Proposed, "Halden"),
	}, Quotes: []*annotate.Quote{quote("e1")}}
	other := Of(&annotate.Layer{Entities: []annotate.Entity{
		entity("x1", annotate.Organization, "Halden Media", 1, annotate.Confirmed, "Halden Media"),
		entity("x2", annotate.Person, "Ann Lee", 1, annotate.Confirmed, "Ann Lee@2"),
		entity("x3", annotate.Person, "Bo", 1, annotate.Confirmed, "Bo"),
		entity("x4", annotate.Person, "she", 1, annotate.Rejected, "she"),
	}, Quotes: []*annotate.Quote{quote("x3")}}, "spacy")
	got := Over(engine, other)
	want := []string{"e1 person Ann Lee: Ann Lee[] Ann Lee[spacy]", "e2 organization Halden Media: Halden Media[spacy]", "e3 person Bo: Bo[spacy]", "“No,” by e3[spacy]"}
	if !slices.Equal(described(got), want) {
		t.Errorf("%q", described(got))
	}
	if err := got.Check(text); err != nil {
		t.Error(err)
	}
	for c := range got.Claims() {
		if c.State != annotate.Proposed || c.Origin.Human {
			t.Errorf("%+v is decided", c)
		}
	}
	if Over(engine) != engine || described(engine)[1] != "e2 place Halden: Halden[]" {
		t.Errorf("the engine's layer became %q", described(engine))
	}
	if again := Over(got, other); !slices.Equal(described(again), want) {
		t.Errorf("twice: %q", described(again))
	}
}

// What loses against a later layer hides nothing of those below it, whatever the order of three.
func TestOverHidesNothingByWhatIsLost(t *testing.T) {
	t.Parallel()
	engine := &annotate.Layer{Engine: "model-1", Entities: []annotate.Entity{
		entity("e1", annotate.Person, "Ann Lee", 0.9, annotate.Proposed, "Ann Lee", "Ann Lee@2"),
		entity("e2", annotate.Person, "Bo", 0.6, annotate.Proposed, "Bo"),
	}, Quotes: []*annotate.Quote{quote("e1")}}
	wide := Of(&annotate.Layer{Entities: []annotate.Entity{
		entity("x1", annotate.Person, "wide", 1, annotate.Proposed, "Ann Lee of Halden Media met Bo"),
	}}, "wide")
	names := Of(&annotate.Layer{Entities: []annotate.Entity{
		entity("x1", annotate.Organization, "Halden Media", 1, annotate.Proposed, "Halden Media"),
	}}, "names")
	whole := "e1 person Ann Lee of Halden Media met Bo: Ann Lee of Halden Media met Bo[wide]"
	wide.Entities[0].Name = "Ann Lee of Halden Media met Bo"
	for _, c := range []struct {
		others []*annotate.Layer
		want   []string
	}{
		{[]*annotate.Layer{names}, []string{"e1 person Ann Lee: Ann Lee[] Ann Lee[]", "e2 organization Halden Media: Halden Media[names]", "e3 person Bo: Bo[]", "“No,” by e1[]"}},
		{[]*annotate.Layer{wide}, []string{whole, "e2 person Ann Lee: Ann Lee[]", "“No,” by e2[]"}},
		{[]*annotate.Layer{names, wide}, []string{whole, "e2 person Ann Lee: Ann Lee[]", "“No,” by e2[]"}},
		{[]*annotate.Layer{wide, names}, []string{"e1 person Ann Lee: Ann Lee[] Ann Lee[]", "e2 organization Halden Media: Halden Media[names]", "e3 person Bo: Bo[]", "“No,” by e1[]"}},
	} {
		got := Over(engine, c.others...)
		if !slices.Equal(described(got), c.want) {
			t.Errorf("%d layers: %q\nnot %q", len(c.others), described(got), c.want)
		}
	}
	if got := Over(engine, wide, names); got.Engine != "model-1 + wide + names" || got.Maker(names.Entities[0].Origin) != "names" || got.Maker(engine.Entities[0].Origin) != "model-1" {
		t.Errorf("the engine is %q", got.Engine)
	}
}

// Two people stay two whom a program takes for each other in a pronoun; a name in the same place is one with the name below.
func TestOverTellsPeopleByTheirNames(t *testing.T) {
	t.Parallel()
	ann := entity("e1", annotate.Person, "Ann Lee", 0.9, annotate.Proposed, "Ann Lee", "she")
	bo := entity("x1", annotate.Person, "Bo", 0.9, annotate.Proposed, "Bo", "she")
	lee := entity("x2", annotate.Person, "Lee", 0.9, annotate.Proposed, "Ann Lee@2", "Ann Lee")
	ann.Mentions[1].Form, bo.Mentions[1].Form = annotate.Pronoun, annotate.Pronoun
	got := Over(&annotate.Layer{Engine: "model-1", Entities: []annotate.Entity{ann}}, Of(&annotate.Layer{Entities: []annotate.Entity{bo, lee}}, "llm"))
	want := []string{"e1 person Ann Lee: Ann Lee[llm] Ann Lee[llm]", "e2 person Bo: Bo[llm] she[llm]"}
	if !slices.Equal(described(got), want) {
		t.Errorf("%q", described(got))
	}
}

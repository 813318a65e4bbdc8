package session_test

import (
	"fmt"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui/session"
)

// Whom a name may be is offered with the likeliest first: who is spelled alike comes before who is
// named often.
func TestMergeOffersTheLikest(t *testing.T) {
	t.Parallel()
	for own, want := range map[string]string{
		"Kofi Annor":          "Koffi Anor",
		"Koffi Anor":          "Kofi Annor",
		"Tema Port Authority": "Port Authority of Tema",
		"Muammar Qaddafi":     "Moammar Qadhafi",
		"Ana Wójcik":          "Ana Wojcik",
		"TPA":                 "Tema Port Authority",
		"Abena Sarpong":       "Kwame Boateng", // nobody alike: who is named most
	} {
		var l annotate.Layer
		text := ""
		for i, name := range []string{
			"Kwame Boateng", "Kwame Boateng", "Kofi Annor", "Koffi Anor", "Tema Port Authority", "Port Authority of Tema", "TPA",
			"Muammar Qaddafi", "Moammar Qadhafi", "Ana Wójcik", "Ana Wojcik", "Abena Sarpong",
		} {
			at := articles.Span{Start: len(text), End: len(text) + len(name)}
			text += name + ". "
			m := annotate.Mention{Span: at, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Stage: "names", Score: .9}}
			if i == 1 {
				l.Entities[0].Mentions = append(l.Entities[0].Mentions, m)
				continue
			}
			l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i), Type: annotate.Person, Name: name, Mentions: []annotate.Mention{m}})
		}
		led := newLedger()
		led.now = review.Apply(text, &l, nil)
		s := session.New(led, session.Options{})
		a := &articles.Article{ID: "b", Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}
		if err := s.Open(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		s.See(session.View{Span: articles.Span{End: len(text)}})
		i := strings.Index(text, own)
		e := does(t, s, session.Action{Name: "go-to", Span: articles.Span{Start: i, End: i + len(own)}}, session.Action{Name: "merge"})
		if e.Asks == nil {
			t.Fatalf("%s: %+v", own, e)
		}
		if got := s.Claims().Layer.Entities[e.Asks.Choices[0].Entity].Name; got != want {
			t.Errorf("%s is offered %s first, not %s", own, got, want)
		}
	}
}

// With a pronoun every place of the name that it stands for is offered: "she" is several people.
func TestEverywhereOfAPronoun(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	she := span("she", 0)
	e := does(t, s, session.Action{Name: "go-to", Span: she}, session.Action{Name: "everywhere"})
	if e.Asks == nil || e.Asks.Words != "Marta Quill" {
		t.Fatalf("%+v", e)
	}
	for _, x := range e.Asks.Choices[0].About {
		if x.Span == she {
			t.Errorf("%v is among the places", x)
		}
	}
	does(t, s, e.Asks.Choices[0].Do)
	for _, x := range s.Claims().Layer.Entities {
		if x.Name == "she" {
			t.Errorf("somebody is called she after %q", l.log())
		}
	}
	if e := does(t, s, session.Action{Name: "everywhere", Span: she}); e.Asks == nil || e.Asks.Words != "she" {
		t.Errorf("words that are selected are looked for as they are: %+v", e)
	}
}

// The list of types begins at the type that the name has; words that have none begin at the first.
func TestTypesBeginAtTheOneItHas(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	for _, c := range []struct {
		a    session.Action
		on   string
		want string
	}{
		{session.Action{Name: "label"}, "Halden Media", "organization"},
		{session.Action{Name: "label"}, "Marta Quill", "person"},
		{session.Action{Name: "label", Span: span("press", 0)}, "Halden Media", ""},
	} {
		q := does(t, s, session.Action{Name: "go-to", Span: span(c.on, 0)}, c.a).Asks
		got := ""
		for i, x := range q.Choices {
			if x.Now {
				got = string(x.Type)
				if q.Now != i {
					t.Errorf("%s: the list begins at %d, not at %d", c.on, q.Now, i)
				}
			}
		}
		if got != c.want || c.want == "" && q.Now != 0 {
			t.Errorf("%s is %q, not %q", c.on, got, c.want)
		}
	}
}

// Undo goes back to what was decided, wherever the cursor went meanwhile, and redo too.
func TestUndoGoesBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		decide []session.Name
		on     string // decided on
		then   string // where the cursor goes
		stays  bool
	}{
		{[]session.Name{"confirm"}, "Marta Quill", "Tom Ferris", false},
		{[]session.Name{"reject"}, "“not the paper.”", "Marta Quill", false},
		{[]session.Name{"organization"}, "Tom Ferris", "Halden Media", false},
		{[]session.Name{"confirm"}, "Halden Media", "Halden Media", true},
		{[]session.Name{"reject"}, "Marta Quill", "Quill did", false}, // whose other mentions then have a shorter name
	} {
		s, _ := open(t)
		visit := func(words string) {
			name := span(words, 0)
			name.End = name.Start + len(strings.TrimSuffix(words, " did"))
			does(t, s, session.Action{Name: "go-to", Span: name})
		}
		visit(c.on)
		do(t, s, c.decide...)
		visit(c.then)
		for _, name := range []session.Name{"undo", "redo"} {
			if e := do(t, s, name); at(s) != c.on || e.Moved == c.stays {
				t.Errorf("%s of %s on %q: at %q, moved: %t", name, c.decide, c.on, at(s), e.Moved)
			}
			visit(c.then)
		}
	}
}

package withheld_test

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/workspace/withheld"
	"byline/articles"
)

const text = "Anna Berg, mayor of Halden, sold it. “It was time,” she said. The Union of Free Ferries (UFF) announced a strike. “We will stop,” the Union of Free Ferries announced. A baker paid. He left."

// spans returns where words are in the text, the n-th time.
func at(words string, n int) articles.Span {
	from := 0
	for range n {
		from += strings.Index(text[from:], words) + len(words)
	}
	start := from + strings.Index(text[from:], words)
	return articles.Span{Start: start, End: start + len(words)}
}

func mention(words string, n int, f annotate.Form, rule string) annotate.Mention {
	return annotate.Mention{Span: at(words, n), Form: f, Origin: annotate.Origin{Stage: "names", Rule: rule}}
}

// page is a layer of the text.
func page() *annotate.Layer {
	mayor := mention("Anna Berg", 0, annotate.Name, "model")
	mayor.Title = at("mayor of Halden", 0)
	joined := annotate.Origin{Stage: "people", Rule: "definition"}
	return &annotate.Layer{
		Entities: []annotate.Entity{
			{ID: "e1", Name: "Anna Berg", Mentions: []annotate.Mention{mayor, mention("she", 0, annotate.Pronoun, "pronoun")}},
			{ID: "e2", Name: "Halden", Mentions: []annotate.Mention{mention("Halden", 0, annotate.Name, "model")}},
			{ID: "e3", Name: "Union of Free Ferries", Origin: joined, Mentions: []annotate.Mention{mention("Union of Free Ferries", 0, annotate.Name, "model"), mention("UFF", 0, annotate.Name, "list"), mention("Union of Free Ferries", 1, annotate.Name, "model")}},
			{ID: "e4", Name: "A baker", Mentions: []annotate.Mention{mention("A baker", 0, annotate.Nominal, "noun"), mention("He", 0, annotate.Pronoun, "pronoun")}},
		},
		Quotes: []*annotate.Quote{
			{Span: at("“It was time,”", 0), Speaker: "e1", SpeakerMention: at("she", 0), Cue: at("said", 0)},
			{Span: at("“We will stop,”", 0), Speaker: "e3", SpeakerMention: at("Union of Free Ferries", 1), Cue: at("announced", 1)},
		},
		Remarks: []annotate.Remark{{Kind: annotate.OfPassage, Span: at("A baker", 0), Text: "Is this in Halden?"}, {Kind: annotate.OfPassage, Span: at("Anna Berg, mayor", 0), Text: "Check."}, {Kind: annotate.OfPassage, Span: at("He left", 0), Text: "When?"}},
	}
}

// tell says what a layer has: its names with their mentions, titles and rules, its quotes with speakers and the words that name them, and its remarks.
func tell(l *annotate.Layer) string {
	var out []string
	for _, e := range l.Entities {
		says := e.Name + ":"
		for _, m := range e.Mentions {
			says += " " + m.In(text)
			if !m.Title.Empty() {
				says += " (" + m.Title.In(text) + ")"
			}
		}
		out = append(out, says)
	}
	for _, q := range l.Quotes {
		out = append(out, strings.TrimSpace(strings.Join([]string{q.In(text), q.Speaker, q.SpeakerMention.In(text), q.Cue.In(text)}, "|")))
	}
	for _, r := range l.Remarks {
		out = append(out, "# "+r.Text)
	}
	return strings.Join(out, "\n")
}

func TestWithout(t *testing.T) {
	t.Parallel()
	const anna, place, union, baker = "Anna Berg: Anna Berg (mayor of Halden) she", "Halden: Halden", "Union of Free Ferries: Union of Free Ferries UFF Union of Free Ferries", "A baker: A baker He"
	const time, stop = "“It was time,”|e1|she|said", "“We will stop,”|e3|Union of Free Ferries|announced"
	const inHalden, check, when = "# Is this in Halden?", "# Check.", "# When?"
	for name, c := range map[string]struct {
		hidden string
		want   []string
	}{
		"nothing":                                {"nobody", []string{anna, place, union, baker, time, stop, inHalden, check, when}},
		"a name, and with it who is left as she": {"anna berg", []string{place, union, baker, stop, inHalden, when}},
		"a pronoun of somebody named":            {"she", []string{"Anna Berg: Anna Berg (mayor of Halden)", place, union, baker, "“It was time,”|e1||said", stop, inHalden, check, when}},
		"a name in a title":                      {"halden", []string{"Anna Berg: Anna Berg she", union, baker, time, stop, check, when}},
		"the long name of a speaker":             {"union of free ferries", []string{anna, place, "UFF: UFF", baker, time, "“We will stop,”|e3||announced", inHalden, check, when}},
		"the short name of a speaker":            {"uff", []string{anna, place, "Union of Free Ferries: Union of Free Ferries Union of Free Ferries", baker, time, stop, inHalden, check, when}},
		"somebody without a name":                {"a baker", []string{anna, place, union, time, stop, check}},
		"a quote":                                {"“it was time,”", []string{anna, place, union, baker, stop, inHalden, check, when}},
	} {
		was := page()
		got := withheld.Without(text, was, withheld.Draw{Words: func(words string) bool { return strings.EqualFold(words, c.hidden) }})
		if want := strings.Join(c.want, "\n"); tell(got) != want {
			t.Errorf("%s is hidden:\n%s\nwant:\n%s", name, tell(got), want)
		}
		if tell(was) != tell(page()) {
			t.Errorf("%s: the layer has changed", name)
		}
		if err := got.Check(text); err != nil {
			t.Error(name, err)
		}
		i := slices.IndexFunc(got.Entities, func(e annotate.Entity) bool { return e.ID == "e3" })
		if rule := got.Entities[i].Origin.Rule; (rule == "definition") != (len(got.Entities[i].Mentions) == 3) {
			t.Errorf("%s: by the rule %s they are one", name, rule)
		}
	}
}

// What is hidden in a layer is hidden in another, whatever its ends there, and so is the name that the other has for it.
func TestWithoutPlaces(t *testing.T) {
	t.Parallel()
	words := func(words string) bool { return strings.EqualFold(words, "Union of Free Ferries") }
	gone := withheld.Gone(page(), withheld.Without(text, page(), withheld.Draw{Words: words}))
	if want := map[review.Target]bool{{Kind: annotate.OfMention, Span: at("Union of Free Ferries", 0)}: true, {Kind: annotate.OfMention, Span: at("Union of Free Ferries", 1)}: true}; len(gone) != 2 || !gone[review.Target{Kind: annotate.OfMention, Span: at("Union of Free Ferries", 1)}] {
		t.Errorf("gone is %v, want %v", gone, want)
	}
	other := &annotate.Layer{Entities: []annotate.Entity{
		{ID: "a", Name: "Ferries", Mentions: []annotate.Mention{mention("Ferries", 0, annotate.Name, "")}},
		{ID: "b", Name: "The Union of Free Ferries, Halden", Mentions: []annotate.Mention{mention("UFF", 0, annotate.Name, "")}},
	}}
	if got := tell(withheld.Without(text, other, withheld.Draw{Words: words, Places: gone})); got != "UFF: UFF" {
		t.Errorf("the other has %s", got)
	}
}

// Words of a name that is shown are told with it, also where they are hidden by themselves.
func TestPartOfWhatIsShown(t *testing.T) {
	t.Parallel()
	mayor := mention("mayor of Halden", 0, annotate.Name, "model")
	l := &annotate.Layer{
		Entities: []annotate.Entity{{ID: "e1", Name: "mayor of Halden", Mentions: []annotate.Mention{mayor}}, {ID: "e2", Name: "Halden", Mentions: []annotate.Mention{mention("Halden", 0, annotate.Name, "model")}}},
		Quotes:   []*annotate.Quote{{Span: at("“It was time,”", 0), Speaker: "e1", SpeakerMention: mayor.Span, Cue: at("said", 0)}},
	}
	got := withheld.Without(text, l, withheld.Draw{Words: func(words string) bool { return words == "Halden" }})
	if want := "mayor of Halden: mayor of Halden\n“It was time,”|e1|mayor of Halden|said"; tell(got) != want || got.Quotes[0] != l.Quotes[0] {
		t.Errorf("told is\n%s\nwant\n%s", tell(got), want)
	}
}

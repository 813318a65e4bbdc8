package adjudicate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/articles"
)

const story = `Marta Quill, who ran the Orrin Bay Courier for thirty years, sold its press on Monday to Halden Media.

“We sold the press,” she said, “not the paper.”

Tom Ferris, of Ferris & Sons, called the sale sad. Halden, he said, was late. Zoë Adé of Halden waved to Quill.`

// at returns the n-th place of words in the story, counted from 0.
func at(words string, n int) articles.Span {
	from := 0
	for {
		i := strings.Index(story[from:], words)
		if i < 0 {
			panic("no " + words)
		}
		if n == 0 {
			return articles.Span{Start: from + i, End: from + i + len(words)}
		}
		from += i + len(words)
		n--
	}
}

// he returns where Ferris is "he".
func he() articles.Span {
	s := at("he said", 1)
	return articles.Span{Start: s.Start, End: s.Start + len("he")}
}

// found returns what an engine might say of the story.
func found() *annotate.Layer {
	o := annotate.Origin{Stage: "names", Rule: "test", Score: .9}
	entity := func(id string, t annotate.Type, name string, spans ...articles.Span) annotate.Entity {
		e := annotate.Entity{ID: id, Type: t, Name: name, Origin: o}
		for _, s := range spans {
			form := annotate.Name
			if s.In(story) == "she" || s.In(story) == "he" {
				form = annotate.Pronoun
			}
			e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: form, Type: t, Origin: o})
		}
		return e
	}
	p, org := annotate.Person, annotate.Organization
	return &annotate.Layer{Engine: "test-1",
		Entities: []annotate.Entity{
			entity("e1", p, "Marta Quill", at("Marta Quill", 0), at("she", 0), at("Quill", 1)),
			entity("e2", org, "Orrin Bay Courier", at("Orrin Bay Courier", 0)),
			entity("e3", org, "Halden Media", at("Halden Media", 0)),
			entity("e4", p, "Tom Ferris", at("Tom Ferris", 0), he()),
			entity("e5", p, "Halden", at("Halden", 1), at("Halden", 2)),
		},
		Quotes: []*annotate.Quote{
			{Span: at("“We sold the press,”", 0), Type: annotate.Direct, Speaker: "e1", SpeakerMention: at("she", 0), Cue: at("said", 0), Origin: o},
			{Span: at("“not the paper.”", 0), Type: annotate.Direct, Speaker: "e1", Origin: o},
		},
	}
}

func on(s articles.Span) []review.Target {
	return []review.Target{{Kind: annotate.OfMention, Span: s}}
}

func quoteOn(s articles.Span) []review.Target {
	return []review.Target{{Kind: annotate.OfQuote, Span: s}}
}

// annAndBob differ on everything that people can differ on.
func annAndBob() (ann, bob *person) {
	ann, bob = newPerson("ann", story, found()), newPerson("bob", story, found())
	ann.do(review.Edit{Verb: annotate.Relabel, Targets: on(at("Halden", 1)), Value: "organization"})
	ann.do(review.Edit{Verb: annotate.Merge, Targets: on(at("Halden", 1)), To: at("Halden Media", 0)})
	bob.do(review.Edit{Verb: annotate.Relabel, Targets: on(at("Halden", 1)), Value: "place"})
	ann.do(review.Edit{Verb: annotate.Relabel, Targets: on(at("Orrin Bay Courier", 0)), Value: "other"})
	ann.do(review.Edit{Verb: annotate.Add, Targets: on(at("Ferris & Sons", 0)), Value: "organization", Here: true})
	bob.do(review.Edit{Verb: annotate.Add, Targets: on(at("Zoë Adé", 0)), Value: "person", Here: true})
	ann.do(review.Edit{Verb: annotate.Add, Targets: on(at("Zoë", 0)), Value: "person", Here: true})
	bob.do(review.Edit{Verb: annotate.Reject, Targets: on(he())})
	ann.do(review.Edit{Verb: annotate.Rename, Targets: on(at("Tom Ferris", 0)), Value: "Thomas Ferris"})
	bob.do(review.Edit{Verb: annotate.Attribute, Targets: quoteOn(at("“not the paper.”", 0)), To: at("Tom Ferris", 0)})
	bob.do(review.Edit{Verb: annotate.Relabel, Targets: quoteOn(at("“not the paper.”", 0)), Value: "mixed"})
	ann.do(review.Edit{Verb: annotate.Cue, Targets: quoteOn(at("“We sold the press,”", 0))})
	bob.do(review.Edit{Verb: annotate.Add, Targets: quoteOn(at("Halden, he said, was late", 0)), Value: "indirect"})
	return ann, bob
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	ann, bob := annAndBob()
	c := adjudicate.New(story, []adjudicate.Reading{bob.reading(), ann.reading()})
	got := asks(c)
	want := `[{25 42}] What is “Orrin Bay Courier”?
   ann: other
   bob: organization
[{104 128}] Which verb reports “We sold the press,”?
   ann: no verb
   bob: “said”
[{139 159}] What kind of quote is “not the paper.”?
   ann: direct
   bob: mixed
[{139 159}] Who says “not the paper.”?
   ann: Marta Quill
   bob: Tom Ferris
[{161 171}] What is “Tom Ferris” called?
   ann: Thomas Ferris
   bob: Tom Ferris
[{176 189}] Is “Ferris & Sons” a name?
   ann: organization
   bob: not marked
[{212 237}] Is “Halden, he said, was late” a quote?
   ann: no quote
   bob: indirect, said by nobody
[{212 218} {252 258}] Who or what is “Halden” (2 mentions)?
   ann: the same as Halden Media
   bob: not named before: place
[{220 222}] Is “he” a name?
   ann: person, Thomas Ferris
   bob: not marked
[{239 248} {239 243}] Which words are the name at “Zoë Adé”?
   ann: “Zoë”, person
   bob: “Zoë Adé”, person
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for i := range c.Questions {
		if q := &c.Questions[i]; q.Neither() == "" {
			t.Errorf("%s has no words for neither", c.Asks(q))
		}
	}
}

// question returns the index of the question that these words ask.
func (k *curator) question(t *testing.T, words string) int {
	t.Helper()
	i := slices.IndexFunc(k.Questions, func(q adjudicate.Question) bool { return strings.Contains(k.Asks(&q), words) })
	if i < 0 {
		t.Fatalf("nobody asks %q in\n%s", words, asks(k.Case))
	}
	return i
}

// What a curator decides with the ordinary keys answers the question as well, whoever said so.
func TestDecidedOtherwise(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		question string
		edits    []review.Edit
		has      string // in the curated reading
	}{
		{"What is “Orrin", []review.Edit{{Verb: annotate.Relabel, Targets: on(at("Orrin Bay Courier", 0)), Value: "place"}}, "place of {25 42}"},
		{"What is “Orrin", []review.Edit{{Verb: annotate.Reject, Targets: on(at("Orrin Bay Courier", 0))}}, ""},
		{"Which verb", []review.Edit{{Verb: annotate.Cue, Targets: quoteOn(at("“We sold the press,”", 0)), To: at("sold", 1)}}, "cue {110 114}"},
		{"What kind", []review.Edit{{Verb: annotate.Relabel, Targets: quoteOn(at("“not the paper.”", 0)), Value: "indirect"}}, "indirect quote"},
		{"Who says", []review.Edit{{Verb: annotate.Relabel, Targets: quoteOn(at("“not the paper.”", 0)), Value: "direct"}, {Verb: annotate.Attribute, Targets: quoteOn(at("“not the paper.”", 0)), To: at("Halden Media", 0)}}, "quote by [{89 101}]"},
		{"Who says", []review.Edit{{Verb: annotate.Reject, Targets: quoteOn(at("“not the paper.”", 0))}}, ""},
		{"called", []review.Edit{{Verb: annotate.Rename, Targets: on(at("Tom Ferris", 0)), Value: "T. Ferris"}}, ""},
		{"Ferris & Sons", []review.Edit{{Verb: annotate.Reject, Targets: on(at("Ferris & Sons", 0))}}, ""},
		{"Ferris & Sons", []review.Edit{{Verb: annotate.Respan, Targets: on(at("Ferris & Sons", 0)), To: at("Sons", 0)}}, `"Sons"`},
		{"was late” a quote", []review.Edit{{Verb: annotate.Attribute, Targets: quoteOn(at("Halden, he said, was late", 0)), To: at("Tom Ferris", 0)}}, "indirect quote by [{161 171}]"},
		{"Who or what", []review.Edit{{Verb: annotate.Merge, Targets: on(at("Halden", 1)), To: at("Marta Quill", 0)}}, "of {0 11}  \"Halden\""},
		{"Who or what", []review.Edit{{Verb: annotate.Merge, Targets: on(at("Halden Media", 0)), To: at("Halden", 1)}}, "of {89 101}  \"Halden\""},
		{"Zoë", []review.Edit{{Verb: annotate.Respan, Targets: on(at("Zoë", 0)), To: at("Adé", 0)}}, "\"Halden Media\"\n000104-000128 direct quote by [{0 11}] cue {0 0}  \"“We sold the press,”\"\n000129-000132 person of {0 11}  \"she\"\n000161-000171 person of {161 171}  \"Tom Ferris\"\n000212-000218 organization of {212 218}  \"Halden\"\n000244-000248 person of {244 248}  \"Adé\""},
		{"Zoë", []review.Edit{{Verb: annotate.Add, Targets: on(at("Zoë Adé of Halden", 0)), Value: "organization", Here: true}}, `"Zoë Adé of Halden"`},
		{"Zoë", []review.Edit{{Verb: annotate.Reject, Targets: on(at("Zoë", 0))}, {Verb: annotate.Reject, Targets: on(at("Zoë Adé", 0))}}, ""},
	} {
		ann, bob := annAndBob()
		k := newCurator(adjudicate.New(story, []adjudicate.Reading{ann.reading(), bob.reading()}))
		q := k.question(t, x.question)
		for _, e := range x.edits {
			if !slices.Contains(k.open(), q) {
				t.Errorf("%s: settled too early", x.question)
			}
			k.do(e)
		}
		if slices.Contains(k.open(), q) {
			t.Errorf("%s is open after %s", k.Asks(&k.Questions[q]), verbsOf(k.log))
		}
		if got := say(story, k.curated()); !strings.Contains(got, x.has) {
			t.Errorf("%s: no %s in\n%s", x.question, x.has, got)
		}
		k.do(review.Edit{Verb: annotate.Undo})
		if !slices.Contains(k.open(), q) {
			t.Errorf("%s is settled after undo", k.Asks(&k.Questions[q]))
		}
	}
}

// A type that is taken later reaches what was moved and joined meanwhile.
func TestTakenAfterMoving(t *testing.T) {
	t.Parallel()
	ann, bob := annAndBob()
	k := newCurator(adjudicate.New(story, []adjudicate.Reading{ann.reading(), bob.reading()}))
	k.do(review.Edit{Verb: annotate.Respan, Targets: on(at("Orrin Bay Courier", 0)), To: at("Bay Courier", 0)})
	k.take("ann", k.question(t, "What is “Orrin"))
	if got := say(story, k.curated()); !strings.Contains(got, "other of {31 42}  \"Bay Courier\"") || strings.Contains(got, "Orrin") {
		t.Errorf("%s", got)
	}
}

// What was answered by nobody yet is in no curated reading, and suggested in the base.
func TestOpenIsLeftOut(t *testing.T) {
	t.Parallel()
	ann, bob := annAndBob()
	k := newCurator(adjudicate.New(story, []adjudicate.Reading{ann.reading(), bob.reading()}))
	got := say(story, k.curated())
	for _, gone := range []string{"Orrin", "Ferris & Sons", "Zoë", "\"he\"", "was late", "not the paper", "cue {125"} {
		if strings.Contains(got, gone) {
			t.Errorf("%s is in\n%s", gone, got)
		}
	}
	for _, there := range []string{"Marta Quill", "\"Halden\"", "quote by [{0 11}] cue {0 0}"} {
		if !strings.Contains(got, there) {
			t.Errorf("%s is not in\n%s", there, got)
		}
	}
	for _, m := range k.Base().Mentions() {
		if want := m.In(story) == "Halden"; want != (m.State == annotate.Confirmed) { // which both relabelled
			t.Errorf("%q is in state %d", m.In(story), m.State)
		}
	}
}

// One annotator has nobody to differ with, and none at all has no reading.
func TestFewAnnotators(t *testing.T) {
	t.Parallel()
	ann, _ := annAndBob()
	one := adjudicate.New(story, []adjudicate.Reading{ann.reading()})
	if len(one.Questions) > 0 || say(story, newCurator(one).curated()) != say(story, ann.shown.Layer) {
		t.Errorf("%s", asks(one))
	}
	if none := adjudicate.New(story, nil); len(none.Questions) > 0 || len(none.Base().Entities) > 0 {
		t.Errorf("%s", asks(none))
	}
	if ds := newCurator(one).Take(one.Base(), nil, []int{}, "nobody here"); ds != nil {
		t.Errorf("%v", ds)
	}
	if ds := newCurator(one).Take(one.Base(), nil, []int{0, -1}, "ann"); ds != nil {
		t.Errorf("what is no question is answered: %v", ds)
	}
}

func BenchmarkTake(b *testing.B) {
	c := bigCase(2000, 20000)
	if len(c.Questions) != 2000 {
		b.Fatalf("%d questions", len(c.Questions))
	}
	shown := review.Apply(c.Text, c.Base(), nil)
	for i := 0; b.Loop(); i++ {
		if len(c.Take(shown.Layer, shown.Steps, []int{i % 2000}, "ann")) == 0 {
			b.Fatal("nothing decided")
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		bigCase(2000, 20000)
	}
}

// bigCase returns a case of n disputes over types among so many names.
func bigCase(n, names int) *adjudicate.Case {
	var text strings.Builder
	ann, bob := &annotate.Layer{}, &annotate.Layer{}
	for i := range names {
		s := articles.Span{Start: text.Len()}
		fmt.Fprintf(&text, "Name%d", i)
		s.End = text.Len()
		text.WriteString(strings.Repeat(" and so on", 20))
		a := annotate.Entity{ID: fmt.Sprint("e", i+1), Type: annotate.Person, Name: s.In(text.String()), Mentions: []annotate.Mention{{Span: s, Type: annotate.Person}}}
		o := a
		if i < n {
			o.Type = annotate.Organization
		}
		ann.Entities, bob.Entities = append(ann.Entities, a), append(bob.Entities, o)
	}
	return adjudicate.New(text.String(), []adjudicate.Reading{{Who: "ann", Layer: ann}, {Who: "bob", Layer: bob}})
}

// Who says a quote is settled apart from what they are: a speaker whose type is open stays the speaker.
func TestSpeakersOfAnOpenType(t *testing.T) {
	t.Parallel()
	both := func(do func(p *person)) (k *curator) {
		ann, bob := newPerson("ann", story, found()), newPerson("bob", story, found())
		do(ann)
		do(bob)
		return newCurator(adjudicate.New(story, []adjudicate.Reading{ann.reading(), bob.reading()}))
	}
	relabel := func(p *person, who string, s articles.Span, typ string) {
		if p.who == who {
			p.do(review.Edit{Verb: annotate.Relabel, Targets: on(s), Value: typ})
		}
	}
	for name, c := range map[string]struct {
		do    func(p *person)
		then  func(k *curator)
		wants []string
	}{
		"of both quotes": {
			func(p *person) { relabel(p, "ann", at("Marta Quill", 0), "organization") }, nil,
			[]string{"other of {0 11}  \"Marta Quill\"", "quote by [{0 11}] cue {133 137}  \"“We sold", "quote by [{0 11}] cue {0 0}  \"“not the"},
		},
		"of one of them": {
			func(p *person) {
				p.do(review.Edit{Verb: annotate.Attribute, Targets: quoteOn(at("“not the paper.”", 0)), To: at("Halden Media", 0)})
				relabel(p, "bob", at("Halden Media", 0), "person")
			}, nil,
			[]string{"other of {89 101}  \"Halden Media\"", "quote by [{0 11}] cue {133 137}", "quote by [{89 101}] cue {0 0}  \"“not the"},
		},
		"whom a curator named": {
			func(p *person) { relabel(p, "bob", at("Tom Ferris", 0), "organization") },
			func(k *curator) {
				k.do(review.Edit{Verb: annotate.Attribute, Targets: quoteOn(at("“not the paper.”", 0)), To: at("Tom Ferris", 0)})
			},
			[]string{"other of {161 171}  \"Tom Ferris\"", "quote by [{161 171}] cue {0 0}  \"“not the"},
		},
		"whom not all marked": {
			func(p *person) {
				if p.who == "ann" {
					p.do(review.Edit{Verb: annotate.Add, Targets: on(at("Ferris & Sons", 0)), Value: "organization", Here: true})
				}
			},
			func(k *curator) {
				k.do(review.Edit{Verb: annotate.Attribute, Targets: quoteOn(at("“not the paper.”", 0)), To: at("Ferris & Sons", 0)})
			},
			[]string{"other of {176 189}  \"Ferris & Sons\"", "quote by [{176 189}] cue {0 0}  \"“not the"},
		},
	} {
		k := both(c.do)
		if c.then != nil {
			c.then(k)
		}
		if len(k.open()) != 1 {
			t.Fatalf("%s: %d questions are open", name, len(k.open()))
		}
		got := say(story, k.curated())
		for _, want := range c.wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s in\n%s", name, want, got)
			}
		}
		if err := k.curated().Check(story); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

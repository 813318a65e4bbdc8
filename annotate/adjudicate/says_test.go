package adjudicate_test

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/articles"
)

// Answers that are alike read alike, and others do not, however many annotators there are.
func TestAlikeReadsAlike(t *testing.T) {
	t.Parallel()
	alike, others := 0, 0
	for seed := range uint64(seeds) {
		text, rs := dispute(seed, 2+int(seed%4))
		c := all.New(text, rs)
		for i := range c.Questions {
			q := &c.Questions[i]
			for k, a := range q.Answers {
				for _, b := range q.Answers[:k] {
					if (a.Like == b.Like) != (a.Says == b.Says) {
						t.Fatalf("seed %d: %s %s: %q, %s: %q, %d and %d", seed, c.Asks(q), a.Who, a.Says, b.Who, b.Says, a.Like, b.Like)
					}
					if a.Like == b.Like {
						alike++
					} else {
						others++
					}
				}
			}
		}
	}
	if alike < 100 || others < 100 {
		t.Errorf("%d alike, %d not", alike, others)
	}
}

const harbour = "Marta Quill of the old harbour met Per Aune. “It sails,” said Quill. Quill and Aune left; the other Aune stayed."

// Whose entities have other names, and who answer alike, read as what is taken; who has another entity of the same name reads as which.
func TestWhatIsTakenIsSaid(t *testing.T) {
	t.Parallel()
	in := func(words string, n int) articles.Span {
		at := -1
		for range n + 1 {
			at += 1 + strings.Index(harbour[at+1:], words)
		}
		return articles.Span{Start: at, End: at + len(words)}
	}
	entity := func(id string, spans ...articles.Span) annotate.Entity {
		e := annotate.Entity{ID: id, Type: annotate.Person, Name: spans[0].In(harbour)}
		for _, s := range spans {
			e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: e.Type})
		}
		return e
	}
	machine := &annotate.Layer{
		Entities: []annotate.Entity{entity("e1", in("Marta Quill", 0), in("Quill", 1), in("Quill", 2)), entity("e2", in("Per Aune", 0), in("Aune", 1)), entity("e3", in("Aune", 2))},
		Quotes:   []*annotate.Quote{{Span: in("“It sails,”", 0), Type: annotate.Direct, Speaker: "e1"}},
	}
	quoted := quoteOn(in("“It sails,”", 0))
	split := []review.Edit{{Verb: annotate.Split, Targets: on(in("Quill", 1))}, {Verb: annotate.Split, Targets: on(in("Quill", 2))}}
	for _, x := range []struct {
		name          string
		ann, bob, cal []review.Edit
		asks          string
		want          []string // of ann, bob and cal
	}{
		{"a name with other names of its entity", nil, []review.Edit{{Verb: annotate.Merge, Targets: on(in("Marta Quill", 0)), To: in("Per Aune", 0)}},
			[]review.Edit{{Verb: annotate.Reject, Targets: on(in("Quill", 2))}}, "Is “Quill”", []string{"person, Marta Quill", "person, Marta Quill", "not marked"}},
		{"who says it", nil, []review.Edit{{Verb: annotate.Merge, Targets: on(in("Marta Quill", 0)), To: in("Per Aune", 0)}},
			[]review.Edit{{Verb: annotate.Attribute, Targets: quoted}}, "Who says", []string{"Marta Quill", "Marta Quill", "nobody"}},
		{"a quote, and who says it", nil, []review.Edit{{Verb: annotate.Merge, Targets: on(in("Marta Quill", 0)), To: in("Per Aune", 0)}},
			[]review.Edit{{Verb: annotate.Reject, Targets: quoted}}, "a quote", []string{"direct, said by Marta Quill", "direct, said by Marta Quill", "no quote"}},
		{"two of one name", []review.Edit{{Verb: annotate.Attribute, Targets: quoted, To: in("Aune", 2)}}, []review.Edit{{Verb: annotate.Attribute, Targets: quoted, To: in("Aune", 1)}},
			[]review.Edit{{Verb: annotate.Rename, Targets: on(in("Per Aune", 0)), Value: "Aune"}}, "Who says", []string{"Aune", "Per Aune", "Marta Quill"}},
		{"two verbs", []review.Edit{{Verb: annotate.Cue, Targets: quoted, To: in("met", 0)}}, []review.Edit{{Verb: annotate.Cue, Targets: quoted, To: in("said", 0)}}, nil,
			"Which verb", []string{"“met”", "“said”", "no verb"}},
		{"only the verb of a quote", []review.Edit{{Verb: annotate.Cue, Targets: quoted, To: in("said", 0)}}, nil, []review.Edit{{Verb: annotate.Reject, Targets: quoted}},
			"a quote", []string{"direct, said by Marta Quill, “said”", "direct, said by Marta Quill, no verb", "no quote"}},
		{"ends that differ by quotation marks", nil, []review.Edit{{Verb: annotate.Respan, Targets: quoted, To: in("It sails,", 0)}}, []review.Edit{{Verb: annotate.Respan, Targets: quoted, To: in("“It sails,", 0)}},
			"begin and end", []string{"“It sails,” with both quotation marks, direct, said by Marta Quill, no verb", "“It sails,” without quotation marks, direct, said by Marta Quill, no verb",
				"“It sails,” with the quotation mark before, direct, said by Marta Quill, no verb"}},
		{"two who are called the same", append(slices.Clone(split), review.Edit{Verb: annotate.Attribute, Targets: quoted, To: in("Quill", 1)}),
			append(slices.Clone(split), review.Edit{Verb: annotate.Attribute, Targets: quoted, To: in("Quill", 2)}), split, "Who says",
			[]string{"Quill, in “… “It sails,” said [Quill]. Quill and Aune …”", "Quill, in “… sails,” said Quill. [Quill] and Aune left; the …”", "Marta Quill"}},
		{"called as another is", []review.Edit{{Verb: annotate.Rename, Targets: on(in("Per Aune", 0)), Value: "P. Aune"}},
			[]review.Edit{{Verb: annotate.Rename, Targets: on(in("Per Aune", 0)), Value: "Per Aune"}}, nil, "called", []string{"P. Aune", "Per Aune", "Per Aune"}},
	} {
		var rs []adjudicate.Reading
		for i, edits := range [][]review.Edit{x.ann, x.bob, x.cal} {
			p := newPerson([]string{"ann", "bob", "cal"}[i], harbour, machine)
			for _, e := range edits {
				p.do(e)
			}
			rs = append(rs, p.reading())
		}
		k := newCurator(adjudicate.New(harbour, rs))
		var got []string
		for _, a := range k.Questions[k.question(t, x.asks)].Answers {
			got = append(got, a.Says)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

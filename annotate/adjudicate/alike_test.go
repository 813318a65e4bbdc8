package adjudicate_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/articles"
)

// What is taken is the same whoever of those is taken who answer alike, by itself and among random answers to all other questions.
func TestAlikeIsTakenAlike(t *testing.T) {
	t.Parallel()
	pairs := 0
	for seed := range uint64(seeds / 6) {
		text, rs := dispute(seed, 3+int(seed%3))
		c := all.New(text, rs)
		for i := range c.Questions {
			q := &c.Questions[i]
			for j, a := range q.Answers {
				if a.Like == j {
					continue
				}
				pairs++
				r := rand.New(rand.NewPCG(seed, uint64(100*i+j)))
				who := make([]string, len(c.Questions))
				for k := range who {
					who[k] = append([]string{adjudicate.Nobody}, c.Who...)[r.IntN(1+len(c.Who))]
				}
				for _, order := range [][]int{{i}, r.Perm(len(who))} {
					taken := func(by string) string {
						k := newCurator(c)
						for _, n := range order {
							if n == i {
								k.take(by, n)
							} else {
								k.take(who[n], n)
							}
						}
						return say(text, k.curated())
					}
					if first, second := taken(c.Who[a.Like]), taken(a.Who); first != second {
						t.Fatalf("seed %d: %s, of %d answers, as %s and as %s: %s\nin\n%s", seed, c.Asks(q), len(order), c.Who[a.Like], a.Who, diff(first, second), asks(c))
					}
				}
			}
		}
	}
	if pairs < 100 {
		t.Errorf("%d pairs", pairs)
	}
}

const sailing = "Quill sails\n\nQuill met the crew. “We sail at noon,” Quill said. Then Quill waved."

// quills returns the mentions of Quill, and the quote of hers.
func quills() (all []articles.Span, quote articles.Span) {
	for at := 0; ; {
		i := strings.Index(sailing[at:], "Quill")
		if i < 0 {
			break
		}
		all = append(all, articles.Span{Start: at + i, End: at + i + len("Quill")})
		at += i + len("Quill")
	}
	i := strings.Index(sailing, "“")
	return all, articles.Span{Start: i, End: strings.Index(sailing, "”") + len("”")}
}

// Who was taken to say a quote says it, also if the mention by which they are known there is rejected before or after, as long as there is
// another one.
func TestWhoSaysIsNotLost(t *testing.T) {
	t.Parallel()
	at, said := quills()
	machine := func() *annotate.Layer {
		e := annotate.Entity{ID: "e1", Type: annotate.Person, Name: "Quill"}
		for _, s := range at {
			e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: e.Type})
		}
		return &annotate.Layer{Entities: []annotate.Entity{e}, Quotes: []*annotate.Quote{{Span: said, Type: annotate.Direct, Speaker: "e1"}}}
	}
	reject := func(kept ...int) (out []review.Edit) {
		for i, s := range at {
			if !slices.Contains(kept, i) {
				out = append(out, review.Edit{Verb: annotate.Reject, Targets: on(s)})
			}
		}
		return out
	}
	const quote, headline, name = "a quote", "{0 5}", "a name"
	for _, x := range []struct {
		name     string
		ann, bob []review.Edit // bob says that it is no quote; cal leaves all as it is
		take     [][2]string   // who, by what the question has
	}{
		{"the headline, after", reject(1, 2, 3), reject(), [][2]string{{"cal", quote}, {"bob", headline}, {"cal", name}}},
		{"the headline, before", reject(1, 2, 3), reject(), [][2]string{{"bob", headline}, {"cal", quote}, {"cal", name}}},
		{"all but the last, which ann has not", reject(0, 1, 2), reject(), [][2]string{{"ann", quote}, {"bob", headline}, {"cal", name}}},
		{"the headline, which was confirmed before", reject(0), reject(), [][2]string{{"cal", headline}, {"cal", quote}, {"bob", headline}, {"cal", name}}},
	} {
		ann, bob, cal := newPerson("ann", sailing, machine()), newPerson("bob", sailing, machine()), newPerson("cal", sailing, machine())
		for _, e := range x.ann {
			ann.do(e)
		}
		for _, e := range append(x.bob, review.Edit{Verb: annotate.Reject, Targets: quoteOn(said)}) {
			bob.do(e)
		}
		k := newCurator(adjudicate.New(sailing, []adjudicate.Reading{ann.reading(), bob.reading(), cal.reading()}))
		for _, take := range x.take {
			for i := range k.Questions {
				q := &k.Questions[i]
				first := q.Kind == annotate.OfMention && q.Span.Start == 0
				if take[1] == headline && first || take[1] != headline && !first && strings.Contains(k.Asks(q), take[1]) {
					k.take(take[0], i)
				}
			}
		}
		if got := say(sailing, k.curated()); !strings.Contains(got, "direct quote by [{") {
			t.Errorf("%s: nobody says it in\n%s\nby\n%s\nto\n%s", x.name, got, verbsOf(k.log), asks(k.Case))
		}
	}
}

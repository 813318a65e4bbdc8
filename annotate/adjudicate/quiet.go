package adjudicate

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// quotes is the kind of questions about quotes, beside the types of names.
const quotes = "quote"

// Options say which questions are asked. The zero Options asks none that is only about places and other names, which nobody is
// asked to review.
type Options struct {
	Labels []string // types of names that are asked about all the same
	Kinds  []string // if there are any, only these are asked about: types of names, and "quote". No reading depends on them.
}

// New compares readings of a text. Of several by the same annotator the first counts.
func New(text string, readings []Reading) *Case { return Options{}.New(text, readings) }

// hush puts the questions that are not asked after the others: those of other kinds than are wanted, and those of which all
// answers are places, other names, or nothing. The latter are quiet: they need no answer.
func (c *Case) hush(only []string) {
	var asked, unasked []Question
	rejected := c.rejected()
	for _, q := range c.Questions {
		kinds := c.kindsOf(&q)
		q.quiet = !slices.ContainsFunc(kinds, func(k string) bool {
			return k == quotes || !annotate.Type(k).Aside() || slices.Contains(c.labels, k)
		})
		asks := !q.quiet
		if len(only) > 0 {
			asks = slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(only, k) })
		}
		if q.quiet && len(q.place) > 0 {
			q.stands = c.standing(&q, rejected)
		}
		if asks {
			asked = append(asked, q)
		} else {
			unasked = append(unasked, q)
		}
	}
	c.every = slices.Concat(asked, unasked)
	c.Questions = gather(c, len(asked))
}

// rejected returns, for each annotator, the names that they rejected.
func (t *table) rejected() []map[articles.Span]bool {
	out := make([]map[articles.Span]bool, len(t.readings))
	for i, r := range t.readings {
		out[i] = map[articles.Span]bool{}
		for _, m := range r.Mentions() {
			if m.State == annotate.Rejected {
				out[i][m.Span] = true
			}
		}
	}
	return out
}

// kindsOf returns the kinds that annotators give what a question is about.
func (c *Case) kindsOf(q *Question) (kinds []string) {
	if q.Kind == annotate.OfQuote {
		return []string{quotes}
	}
	for _, s := range q.Spans {
		for _, t := range c.typesIn(c.mentions.find(s).of) {
			kinds = append(kinds, string(t))
		}
	}
	return kinds
}

// noteUnshown says of a question who has nothing in a place because it was not suggested to them.
func (t *table) noteUnshown(q *Question, ss *sites) {
	for i := range q.Answers {
		nothing := !slices.ContainsFunc(q.place, func(k int32) bool { return ss.list[k].of[i] >= 0 })
		if a := &q.Answers[i]; nothing && t.unshown(q.Kind, ss, q.place, i) {
			a.Unshown = true
			a.Says += unshownTo + short(a.Who) + ")"
		}
	}
}

// unshownTo is before the name of whom something was not suggested to.
const unshownTo = " (was not suggested to "

// plain returns what an answer says, without why.
func (a Answer) plain() string {
	if !a.Unshown {
		return a.Says
	}
	says, _, _ := strings.Cut(a.Says, unshownTo)
	return says
}

// unshown reports whether what others marked in a place was not suggested to an annotator who marked nothing there.
func (t *table) unshown(k annotate.Kind, ss *sites, place []int32, who int) bool {
	hidden := t.readings[who].Hidden
	return hidden != nil && slices.ContainsFunc(place, func(i int32) bool {
		return ss.list[i].of[who] < 0 && hidden(review.Target{Kind: k, Span: ss.list[i].Span})
	})
}

// standing returns the sites of a quiet question of presence or ends that are in the curated reading: what most have of those who
// decided, else of those who were shown what others have. Where as many have something else, none is.
func (c *Case) standing(q *Question, rejected []map[articles.Span]bool) []int32 {
	var decided, shown, all []int
	for who := range c.readings {
		all = append(all, who)
		if c.unshown(q.Kind, &c.mentions, q.place, who) {
			continue
		}
		shown = append(shown, who)
		if c.decides(q, who, rejected[who]) {
			decided = append(decided, who)
		}
	}
	for _, voters := range [][]int{decided, shown, all} {
		if len(voters) > 0 {
			return c.elected(q, voters)
		}
	}
	return nil
}

// decides reports whether an annotator decided anything about the words of a question, be it that they are no name.
func (c *Case) decides(q *Question, who int, rejected map[articles.Span]bool) bool {
	return slices.ContainsFunc(q.place, func(i int32) bool {
		s := &c.mentions.list[i]
		if m := s.m[who]; m != nil {
			return m.State == annotate.Confirmed || m.Origin.Human
		}
		return rejected[s.Span]
	})
}

// elected returns the sites that most of the voters marked; none if as many marked others.
func (c *Case) elected(q *Question, voters []int) (sites []int32) {
	votes := map[int]int{}
	for _, who := range voters {
		votes[q.Answers[who].Like]++
	}
	best, tie := -1, false
	for _, who := range voters {
		like := q.Answers[who].Like
		switch {
		case best >= 0 && like == best:
		case best < 0 || votes[like] > votes[best]:
			best, tie = like, false
		case votes[like] == votes[best]:
			tie = true
		}
	}
	if tie {
		return nil
	}
	for _, i := range q.place {
		if c.mentions.list[i].of[best] >= 0 {
			sites = append(sites, i)
		}
	}
	return sites
}

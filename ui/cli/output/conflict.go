package output

import (
	"cmp"
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles/clean"
)

// Conflict says in words what two people answered differently.
func Conflict(c *review.Clash) string {
	if c.First.Layer == annotate.Curated && c.First.ID != c.Second.ID {
		return fmt.Sprintf("curators answered differently over %s of “%s”: %s; %s; the later answer stands", c.About, clean.Line(c.First.Target.Exact), decision(c.First), decision(c.Second))
	}
	return fmt.Sprintf("conflict over %s of “%s”: %s; %s", c.About, clean.Line(c.First.Target.Exact), decision(c.First), decision(c.Second))
}

// decision describes a decision in words.
func decision(d annotate.Decision) string {
	what := cmp.Or(d.Value, d.To.Exact)
	if d.Verb == annotate.Attribute { // its value is the type of the quote
		var names []string
		for _, a := range append([]annotate.Anchor{d.To}, d.Also...) {
			names = append(names, a.Exact)
		}
		what = cmp.Or(annotate.JoinNames(names), "nobody")
	}
	return strings.TrimSpace(clean.Line(fmt.Sprintf("%s: %s %s", d.Who, d.Verb, what)))
}

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// certainty says who made or confirmed the claim on a span and when, or how sure the engine is.
func (r *htmlWriter) certainty(by standoff.Provenance, k annotate.Kind, s articles.Span) string {
	if origin, _ := by.Words(); origin == standoff.Human {
		if d := r.decided.Last(k, s); d != nil && d.Who != "" {
			return "set by " + d.Who + ", " + d.At.UTC().Format(day)
		}
		return "set by a person"
	}
	return fmt.Sprintf("suggested, %.0f%%", 100*by.Score)
}

// day is how dates are written.
const day = "2 January 2006"

// foot says what the marks mean, and who decided how often and when.
func (r *htmlWriter) foot() {
	r.WriteString("<footer>\n<p class=\"legend\">")
	var shown []string
	for _, e := range r.entities {
		if c := kindClass(e.Type); !slices.Contains(shown, string(e.Type)) {
			shown = append(shown, string(e.Type))
			r.printf("<mark class=\"%s human\">%s</mark> ", c, string(e.Type))
		}
	}
	if len(r.quotes) > 0 {
		r.WriteString("<mark class=\"quote human\">quote</mark> ")
	}
	r.WriteString("· dotted lines: suggested; solid lines: confirmed or edited by a person</p>\n")
	if said := r.deciders(); len(said) > 0 {
		r.printf("<p>Decisions: %s</p>\n", strings.Join(said, "; "))
	}
	r.WriteString("<p>Made with byline</p>\n</footer>\n")
}

// deciders says who decided, how often and on which days, in the order of their first decisions.
func (r *htmlWriter) deciders() []string {
	type decider struct {
		who         string
		n           int
		first, last time.Time
	}
	var all []decider
	for i := range r.d.Log {
		d := &r.d.Log[i]
		k := slices.IndexFunc(all, func(x decider) bool { return x.who == d.Who })
		if k < 0 {
			k = len(all)
			all = append(all, decider{who: d.Who, first: d.At})
		}
		all[k].n++
		all[k].last = d.At
	}
	var out []string
	for _, x := range all {
		when := x.first.UTC().Format(day)
		if last := x.last.UTC().Format(day); last != when {
			when += " to " + last
		}
		out = append(out, fmt.Sprintf("%s, %d (%s)", cmp.Or(x.who, "somebody"), x.n, when))
	}
	return out
}

// counted returns "1 word", "12 words".
func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

package display

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
	"byline/ui/textview"
	"byline/ui/theme"

	"github.com/charmbracelet/colorprofile"
)

func by(verb annotate.Verb) annotate.Origin {
	return annotate.Origin{Human: true, Stage: "ann", Rule: string(verb), Score: 1}
}

// states are claims as each state of a mark has them.
var states = map[theme.State]struct {
	state  annotate.State
	origin annotate.Origin
}{
	theme.Suggested: {annotate.Proposed, annotate.Origin{Score: .9}},
	theme.Confirmed: {annotate.Confirmed, by(annotate.Confirm)},
	theme.Edited:    {annotate.Confirmed, by(annotate.Relabel)},
	theme.Rejected:  {annotate.Rejected, by(annotate.Reject)},
}

// TestNamesLookAsTheySay checks the look that each kind and state of a name has in the text.
func TestNamesLookAsTheySay(t *testing.T) {
	t.Parallel()
	kinds := map[annotate.Type]theme.Kind{
		annotate.Person: theme.Person, annotate.Organization: theme.Organization, annotate.Place: theme.Place,
		annotate.Other: theme.Other, "ship": theme.Own,
	}
	for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		th, err := theme.For("dark", true, p)
		if err != nil {
			t.Fatal(err)
		}
		looks := Looks(th).Looks
		for typ, kind := range kinds {
			for state, c := range states {
				m := annotate.Mention{Form: annotate.Name, Type: typ, State: c.state, Origin: c.origin}
				if got, want := looks[lookOf(typ, &m)], th.Mark(kind, state); got != want {
					t.Errorf("%s in state %d looks like %+v, not %+v", typ, state, got, want)
				}
				m.Form = annotate.Pronoun
				if got := looks[lookOf(typ, &m)]; got.Underline != th.Mark(theme.Person, state).Underline || state != theme.Rejected && got.Fg != nil {
					t.Errorf("a pronoun in state %d looks like %+v", state, got)
				}
			}
		}
	}
}

// TestBarsOfQuotes checks the bar left of a quote in each state, with marks and without.
func TestBarsOfQuotes(t *testing.T) {
	t.Parallel()
	const text = "“We sold the press,” she said."
	whole := articles.Span{End: len(text)}
	seen := map[string]string{}
	for state, c := range states {
		for _, typ := range []annotate.QuoteType{annotate.Direct, annotate.Mixed, annotate.Indirect} {
			q := &annotate.Quote{Span: whole, Type: typ, State: c.state, Origin: c.origin}
			v := textview.New()
			v.SetDoc(textview.Doc{Text: text})
			v.Resize(40, 1)
			v.SetGutter(0, []textview.GutterMark{quoteBar(q)})
			bar := string([]rune(strings.TrimLeft(v.View(), " \x1b[m"))[:1])
			if state == theme.Rejected && (bar != theme.SignRejected || quoteMarked(q)) {
				t.Errorf("a rejected quote has the sign %q, or a mark", bar)
			}
			name := string(rune('0' + state))
			if state == theme.Suggested || state == theme.Confirmed {
				name += map[bool]string{true: "indirect"}[typ == annotate.Indirect]
			}
			if other, ok := seen[bar]; ok && other != name {
				t.Errorf("%s quotes in state %d have the bar %s, which others have", typ, state, bar)
			}
			seen[bar] = name
		}
	}
}

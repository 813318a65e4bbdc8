package query_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"byline/annotate/library/query"
)

var now = time.Date(2026, 3, 9, 15, 4, 0, 0, time.UTC)

// show prints an expression as Lisp does.
func show(e query.Expr) string {
	var args []string
	for _, a := range e.Args {
		args = append(args, show(a))
	}
	switch e.Op {
	case query.And:
		return "(and " + strings.Join(args, " ") + ")"
	case query.Or:
		return "(or " + strings.Join(args, " ") + ")"
	case query.Not:
		return "(not " + args[0] + ")"
	}
	return showTerm(&e.Term)
}

func showTerm(t *query.Term) string {
	s := fmt.Sprintf("%s:%s", t.Field, t.Text)
	if t.Open {
		s += "*"
	}
	if t.Label != "" {
		s += "(" + t.Label + ")"
	}
	if t.Number.HasMin {
		s += fmt.Sprint("≥", t.Number.Min, t.Number.OverMin)
	}
	if t.Number.HasMax {
		s += fmt.Sprint("≤", t.Number.Max, t.Number.UnderMax)
	}
	if !t.Time.From.IsZero() {
		s += t.Time.From.Format(" from 2006-01-02")
	}
	if !t.Time.To.IsZero() {
		s += t.Time.To.Format(" to 2006-01-02")
	}
	for i := range t.Same {
		s += "+" + showTerm(&t.Same[i])
	}
	return s
}

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                        "(and )",
		"  - — ...  ":             "(and )",
		"ferry":                   ":ferry",
		`Ferry "harbour  office"`: "(and :Ferry :harbour office)",
		"sail* -storm":            "(and :sail* (not :storm))",
		"a OR b c":                "(or :a (and :b :c))",
		"(a OR b) c":              "(and (or :a :b) :c)",
		"ORDER oR":                "(and :ORDER :oR)",
		`person:"Ann Lee" said:strike org:Halden`: "(and said:strike+person:Ann Lee org:Halden)",
		"by:lee said:pay said:strike by:gray":     "(and said:pay+by:lee+said:strike by:gray)",
		"by:lee by:gray":                          "(and by:lee by:gray)",
		"said:pay by:lee":                         "said:pay+by:lee",
		"person:lee ferry said:pay":               "(and person:lee :ferry said:pay)",
		"person:* said:pay":                       "(and person:* said:pay)",
		"-(by:lee said:pay)":                      "(not said:pay+by:lee)",
		"reviewed:<50% words:2..10":               "(and reviewed:<50%≤50 true words:2..10≥2 false≤10 false)",
		"quotes:3 people:>=2":                     "(and quotes:3≥3 false≤3 false people:>=2≥2 false)",
		"date:2026-01..":                          "date:2026-01.. from 2026-01-01",
		"date:2025..2026-02":                      "date:2025..2026-02 from 2025-01-01 to 2026-03-01",
		"date:2026-02-28":                         "date:2026-02-28 from 2026-02-28 to 2026-03-01",
		"date:<=2026-02 added:7d":                 "(and date:<=2026-02 to 2026-03-01 added:7d from 2026-03-03)",
		"date:>2025":                              "date:>2025 from 2026-01-01",
		"status:UNREAD tag:* http://a.b/c":        "(and status:unread tag:* :http://a.b/c)",
		"STATUS:done PERSON:x":                    "(and status:done person:x)",
	} {
		e, err := query.Parse(text, query.Options{Now: now})
		if err != nil || show(e) != want {
			t.Errorf("%q is %s, %v; want %s", text, show(e), err, want)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"persn:lee":     `"persn:" there is no field persn:; do you mean person:?`,
		"speaker:lee":   `"speaker:" there is no field speaker:; do you mean by:?`,
		"zzzzzz:lee":    `"zzzzzz:" there is no field zzzzzz:; put the words in double quotes if you mean the colon`,
		"a person:":     `"person:" person: wants a value behind it`,
		`a "b c`:        `"\"b c" a double quote is not closed`,
		"(a":            `"(" a parenthesis is not closed`,
		"a)":            `")" a closing parenthesis without an opening one`,
		"a OR":          `"OR" OR wants a term on either side`,
		"OR a":          `"OR" OR wants a term on either side`,
		"status:new":    `"status:new" status:new: take unread, reading or done`,
		"date:yore":     `"date:yore" date:yore: take a date as 2026, 2026-01 or 2026-01-31, a range as 2026-01.. or ..2026-03, or 7d for the last seven days`,
		"words:many":    `"words:many" words:many: take a number, as <50, >=3 or 2..10`,
		"words:..":      `"words:.." words:..: take a number, as <50, >=3 or 2..10`,
		"person:...":    `"person:..." person:...: there is no word in it`,
		"reviewed:<5%%": `"reviewed:<5%%" reviewed:<5%%: take a number, as <50, >=3 or 2..10`,
		"a -":           `"-" a minus wants a term behind it`,
	} {
		_, err := query.Parse(text, query.Options{Now: now})
		var e *query.Error
		if !errors.As(err, &e) || fmt.Sprintf("%q %s", e.In(text), e.Message) != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestTyping types queries letter by letter: an unfinished query is no error.
func TestTyping(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`person:"Ann Lee" said:strike -tag:todo OR (date:2026-01.. reviewed:<50%) status:unread`, `-"a b" (by:nobody OR words:>=20)`} {
		for i := range len(text) + 1 {
			if e, err := query.Parse(text[:i], query.Options{Now: now, Typing: true}); err != nil {
				t.Errorf("%q: %v, %s", text[:i], err, show(e))
			}
		}
	}
	e, _ := query.Parse("tag:x per", query.Options{Now: now, Typing: true})
	if show(e) != "(and tag:x :per*)" {
		t.Error(show(e))
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a per":               "per/ person:",
		"a -st":               "st/ status:",
		"status:":             "/status unread reading done",
		"(status:r":           "r/status reading",
		`by:"Ann L`:           "Ann L/by ",
		`by:"Ann Lee" date:t`: "t/date today",
		"":                    "/ ",
	} {
		g := query.AtEnd(text, nil)
		if got := g.Text + "/" + string(g.Field) + " " + strings.Join(g.FixedValues(), " "); got != want {
			t.Errorf("%q has the gap %q, want %q", text, got, want)
		}
	}
	g := query.AtEnd(`x by:"Ann`, nil)
	if got := g.Fill(`x by:"Ann`, `Ann "Nan" Lee`); got != `x by:"Ann Nan Lee"` {
		t.Error(got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`person:"Ann Lee" said:strike -tag:todo OR (date:2026-01..)`, true)
	f.Add(`"secret weapon":x weapon:y Straße:* "tag":z label:"a b"`, false)
	f.Fuzz(func(t *testing.T, text string, typing bool) {
		e, err := query.Parse(text, query.Options{Now: now, Typing: typing, Labels: labels})
		var wrong *query.Error
		if err != nil && (!errors.As(err, &wrong) || wrong.Start < 0 || wrong.End > len(text) || wrong.Start > wrong.End) {
			t.Errorf("%q: %v", text, err)
		}
		if err != nil {
			return
		}
		e.Terms(func(term *query.Term) {
			if term.End > len(text) || term.Start >= term.End {
				t.Errorf("%q: term at %v", text, term.Span)
			}
		})
		g := query.AtEnd(text, labels)
		if g.Start > len(text) {
			t.Errorf("%q: gap at %v", text, g.Span)
		}
	})
}

package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// doubleMarks are the marks left off a quote that is called one in words: the double ones of
// English; what else is around it tells quotes apart.
const doubleMarks = "“”\""

// Say describes the decisions of one step in a few words: "Tagged “Halden” as organization,
// 3 mentions". The decisions must be as [Writer.Write] returned them.
func (r *Result) Say(ds []annotate.Decision) string {
	said := r.say(ds)
	first, n := utf8.DecodeRuneInString(said)
	return string(unicode.ToUpper(first)) + said[n:]
}

// say is Say without the capital at the start.
func (r *Result) say(ds []annotate.Decision) string {
	if len(ds) == 0 {
		return ""
	}
	d := &ds[len(ds)-1] // a split comes before what it is for
	if d.Verb == annotate.Drop {
		if len(ds) == 1 {
			return "dropped from the list"
		}
		d = &ds[len(ds)-2]
	}
	switch d.Verb {
	case annotate.Undo:
		return "undone: " + r.sayStep(d.Value)
	case annotate.Redo:
		return "redone: " + r.sayStep(d.Value)
	}
	n := 0
	for i := range ds {
		if ds[i].Verb == d.Verb {
			n++
		}
	}
	what := kindOf(d) + "“" + short(words(ds[0].Target.Exact)) + "”"
	if d.Kind == annotate.OfQuote {
		what = kindOf(d) + "“" + short(unmarked(ds[0].Target.Exact)) + "”"
	}
	v := verbs[d.Verb]
	if v.say == nil {
		v.say = sayNote // names a verb that this version does not know
	}
	return v.say(r, d, what) + counted(n, d.Kind)
}

func (r *Result) sayStep(id string) string {
	if r.Steps == nil {
		return "a step"
	}
	i, ok := r.Steps.find(id)
	if !ok {
		return "a step"
	}
	var ds []annotate.Decision
	for _, d := range r.Steps.All[i].Decisions {
		ds = append(ds, *d)
	}
	return r.say(ds)
}

// nameOf returns the name of whoever is mentioned at a, or else its words.
func (r *Result) nameOf(a *annotate.Anchor) string {
	if r.Layer != nil && !a.Span.Empty() {
		for i := range r.Layer.Entities {
			e := &r.Layer.Entities[i]
			if e.Name != "" && slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.Span == a.Span }) {
				return short(e.Name)
			}
		}
	}
	return short(a.Exact)
}

// kindOf returns the word that a target is introduced by; names need none.
func kindOf(d *annotate.Decision) string {
	if d.Kind == annotate.OfQuote {
		return "quote "
	}
	return ""
}

// counted says how many claims a step is about, where it is several.
func counted(n int, k annotate.Kind) string {
	switch {
	case n < 2:
		return ""
	case k == annotate.OfQuote:
		return fmt.Sprintf(", %d quotes", n)
	}
	return fmt.Sprintf(", %d mentions", n)
}

// SayReplaced returns said, the sentence of [Result.Say], with the suggested quotes of r that the edit
// replaced said first: "Replaced a suggested quote: added …". next is the layer after the edit.
func (r *Result) SayReplaced(said string, next *annotate.Layer, c Edit) string {
	if next.SharesQuotes(r.Layer) || !c.Moves() && r.hasQuotes(c.Targets) {
		return said
	}
	n, k := 0, 0
	gone, come := annotate.Changed(r.Layer.Quotes, next.Quotes)
	for _, q := range gone {
		for k < len(come) && come[k].Compare(q.Span) < 0 {
			k++
		}
		there := k < len(come) && come[k].Span == q.Span
		if q.State == annotate.Proposed && !there && !slices.ContainsFunc(c.Targets, func(t Target) bool { return t.Span == q.Span }) {
			n++
		}
	}
	if n == 0 || said == "" {
		return said
	}
	first, size := utf8.DecodeRuneInString(said)
	said = string(unicode.ToLower(first)) + said[size:]
	if n == 1 {
		return "Replaced a suggested quote: " + said
	}
	return fmt.Sprintf("Replaced %d suggested quotes: %s", n, said)
}

// hasQuotes reports whether all targets that are quotes are there: a decision on them adds none.
func (r *Result) hasQuotes(ts []Target) bool {
	return !slices.ContainsFunc(ts, func(t Target) bool {
		_, there := slices.BinarySearchFunc(r.Layer.Quotes, t.Span, func(q *annotate.Quote, s articles.Span) int { return q.Compare(s) })
		return t.Kind == annotate.OfQuote && !there
	})
}

// moved returns two texts of a claim, one before and one after its ends were changed, cut where
// they are long so that the end that moved shows.
func moved(was, now string) (string, string) {
	const most, shown = 40, 20
	switch {
	case utf8.RuneCountInString(was) <= most && utf8.RuneCountInString(now) <= most:
		return was, now
	case strings.HasPrefix(was, now) || strings.HasPrefix(now, was):
		return tail(was, shown), tail(now, shown)
	case strings.HasSuffix(was, now) || strings.HasSuffix(now, was):
		return head(was, shown), head(now, shown)
	}
	return short(was), short(now)
}

// tail returns the last words of a text, about n characters.
func tail(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	last := string(r[len(r)-n:])
	if _, whole, ok := strings.Cut(last, " "); ok {
		last = whole
	}
	return "… " + last
}

// head returns the first words of a text, about n characters.
func head(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	first := string(r[:n])
	if at := strings.LastIndexByte(first, ' '); at > 0 {
		first = first[:at]
	}
	return first + " …"
}

// words returns a text on one line.
func words(text string) string {
	blank := true
	for _, r := range text {
		if unicode.IsSpace(r) && (blank || r != ' ') {
			return strings.Join(strings.Fields(text), " ")
		}
		blank = r == ' '
	}
	return strings.TrimSpace(text)
}

// unmarked returns a quote on one line without the marks around it.
func unmarked(quote string) string { return strings.Trim(words(quote), doubleMarks) }

// short returns a text on one line, at most 40 characters.
func short(text string) string {
	const most = 40
	text = words(text)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

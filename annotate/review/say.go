package review

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"byline/annotate"
)

// doubleMarks are the marks left off a quote that is called one in words: the double ones of
// English; what else is around it tells quotes apart.
const doubleMarks = "“”\""

// Say describes the decisions of one step in a few words: "“Halden” is an organization,
// in 3 places". The decisions must be as [Writer.Write] returned them.
func (r *Result) Say(ds []annotate.Decision) string {
	if len(ds) == 0 {
		return ""
	}
	d := &ds[len(ds)-1] // a split comes before what it is for
	if d.Verb == annotate.Drop {
		if len(ds) == 1 {
			return "not listed any more"
		}
		d = &ds[len(ds)-2]
	}
	switch d.Verb {
	case annotate.Undo:
		return "undone: " + r.sayStep(d.Value)
	case annotate.Redo:
		return "done again: " + r.sayStep(d.Value)
	}
	n := 0
	for i := range ds {
		if ds[i].Verb == d.Verb {
			n++
		}
	}
	what := "“" + short(ds[0].Target.Exact) + "”"
	if d.Kind == annotate.OfQuote {
		what = "the quote " + strings.Trim(short(ds[0].Target.Exact), doubleMarks)
	}
	v := verbs[d.Verb]
	if v.say == nil {
		v.say = sayNote // names a verb that this version does not know
	}
	return v.say(d, what) + places(n)
}

func (r *Result) sayStep(id string) string {
	if r.Steps == nil {
		return "a step"
	}
	i, ok := r.Steps.by[id]
	if !ok {
		return "a step"
	}
	var ds []annotate.Decision
	for _, d := range r.Steps.All[i].Decisions {
		ds = append(ds, *d)
	}
	return r.Say(ds)
}

// article returns word with its indefinite article.
func article(word string) string {
	if word != "" && strings.ContainsRune("aeiouAEIOU", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}

func places(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(", in %d places", n)
}

// short returns words on one line, at most 40 characters.
func short(words string) string {
	const most = 40
	words = strings.Join(strings.Fields(words), " ")
	if utf8.RuneCountInString(words) <= most {
		return words
	}
	return string([]rune(words)[:most-1]) + "…"
}

package review

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"byline/annotate"
)

// Say tells in a few words what the decisions of one step do, as [Pen.Write] wrote
// them before r was shown: "“Halden” is an organization, in 3 places".
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
		what = "the quote " + strings.Trim(short(ds[0].Target.Exact), "“”\"")
	}
	return sayVerb(d, what) + places(n)
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

func sayVerb(d *annotate.Decision, what string) string {
	switch d.Verb {
	case annotate.Confirm:
		return what + " confirmed"
	case annotate.Reject:
		return what + " rejected"
	case annotate.Relabel, annotate.Add:
		return what + " is " + article(d.Value)
	case annotate.Respan:
		return what + " is now “" + short(d.To.Exact) + "”"
	case annotate.Merge:
		return what + " is the same as “" + short(d.To.Exact) + "”"
	case annotate.Split:
		return what + " stands for itself"
	case annotate.Rename:
		return what + " is called “" + short(d.Value) + "”"
	case annotate.Attribute:
		if d.To.Exact == "" {
			return what + " has no speaker"
		}
		return what + " is said by “" + short(d.To.Exact) + "”"
	}
	if d.Verb == annotate.Cue {
		if d.To.Exact == "" {
			return what + " has no cue"
		}
		return what + " is led in by “" + short(d.To.Exact) + "”"
	}
	if d.Verb == annotate.Tag && d.Value == "question" {
		return what + " is doubtful"
	}
	return what + ": " + string(d.Verb) + " " + short(d.Value)
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

// short returns words on one line, cut where they are long.
func short(words string) string {
	const most = 40
	words = strings.Join(strings.Fields(words), " ")
	if utf8.RuneCountInString(words) <= most {
		return words
	}
	return string([]rune(words)[:most-1]) + "…"
}

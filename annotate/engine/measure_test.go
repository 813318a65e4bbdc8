package engine

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/quotes/score"
	"byline/articles"
)

// TestMeasure scores the quotes of the whole engine on the gold files that
// BYLINE_QUOTES names, separated by colons, and lists what is wrong if BYLINE_ERRORS is
// set. Reported speech counts only where the gold's cue is a verb of saying.
func TestMeasure(t *testing.T) {
	paths := os.Getenv("BYLINE_QUOTES")
	if paths == "" {
		t.Skip("BYLINE_QUOTES names no gold files")
	}
	for _, path := range strings.Split(paths, ":") {
		golds, err := score.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		var marked, told score.Tally
		rules := perRule{}
		for i := range golds {
			if strings.Contains(path, "litbank") { // its lines are sentences
				golds[i].Text = strings.ReplaceAll(golds[i].Text, "\n", " ")
			}
			l := Annotate(golds[i].Text, nil)
			if err := l.Check(golds[i].Text); err != nil {
				t.Fatal(golds[i].ID, err)
			}
			rules.count(golds[i].Text, marked.Compare(&golds[i], l, true))
			golds[i].Quotes = slices.DeleteFunc(golds[i].Quotes, believed)
			rules.count(golds[i].Text, told.Compare(&golds[i], l, false))
		}
		rules.print()
		fmt.Printf("%s\n  marked   %v\n  indirect %v\n", path, &marked, &told)
	}
}

// believed reports whether a gold quote is no reported speech but a belief, a wish or
// an act: its cue is no verb of saying.
func believed(q score.Said) bool {
	return q.Type == annotate.Indirect && !slices.ContainsFunc(strings.Fields(strings.ToLower(q.Cue)), func(w string) bool {
		return saying[strings.Trim(w, ":,")]
	})
}

var saying = map[string]bool{
	"said": true, "says": true, "say": true, "saying": true, "told": true, "tells": true, "added": true, "adds": true, "adding": true,
	"noted": true, "notes": true, "wrote": true, "writes": true, "according": true, "reported": true, "reports": true, "announced": true,
	"claimed": true, "claims": true, "warned": true, "argued": true, "argues": true, "acknowledged": true, "suggested": true, "asked": true,
	"insisted": true, "stated": true, "states": true, "explained": true, "confirmed": true, "replied": true, "admitted": true, "declared": true,
}

// perRule counts, by the rule that decided: found, in the gold, with the right speaker.
type perRule map[string][3]int

func (p perRule) count(text string, pairs []score.Pair) {
	for _, pair := range pairs {
		show(text, pair)
		if pair.Ours == nil {
			continue
		}
		n := p[pair.Ours.Origin.Rule]
		n[0]++
		if pair.Gold != nil {
			n[1]++
		}
		if pair.Right {
			n[2]++
		}
		p[pair.Ours.Origin.Rule] = n
	}
}

func (p perRule) print() {
	for _, rule := range slices.Sorted(maps.Keys(p)) {
		n := p[rule]
		fmt.Printf("    %-22s found %4d  in gold %.2f  and its speaker %.2f\n", rule, n[0], float64(n[1])/float64(n[0]), float64(n[2])/float64(n[0]))
	}
}

// show prints what went wrong, where BYLINE_ERRORS is set.
func show(text string, p score.Pair) {
	if os.Getenv("BYLINE_ERRORS") == "" {
		return
	}
	around := func(s articles.Span) string {
		return text[max(0, s.Start-120):s.Start] + "⟦" + s.In(text) + "⟧" + text[s.End:min(len(text), s.End+90)]
	}
	switch {
	case p.Ours == nil:
		fmt.Printf("MISSED %s by %q cue %q: %q\n", p.Gold.Type, p.Gold.Speaker.In(text), p.Gold.Cue, around(p.Gold.Span))
	case p.Gold == nil:
		fmt.Printf("EXTRA %s %s by %q: %q\n", p.Ours.Type, p.Ours.Origin.Rule, p.Ours.SpeakerMention.In(text), around(p.Ours.Span))
	case p.Gold.Span != p.Ours.Span:
		fmt.Printf("SPAN %s %s: %q for %q\n", p.Ours.Type, p.Ours.Origin.Rule, around(p.Ours.Span), p.Gold.In(text))
	case !p.Right:
		fmt.Printf("SPEAKER %s %s (%s) not %q: %q\n", p.Ours.Type, p.Ours.Origin.Rule, p.Ours.SpeakerMention.In(text), p.Gold.Speaker.In(text), around(p.Ours.Span))
	}
}

// TestShow prints the file that BYLINE_SHOW names with its names and quotes in brackets.
func TestShow(t *testing.T) {
	path := os.Getenv("BYLINE_SHOW")
	if path == "" {
		t.Skip("BYLINE_SHOW names no file")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	l := Annotate(text, nil)
	for _, e := range l.Entities {
		fmt.Printf("%s %s %q %d\n", e.ID, e.Type, e.Name, len(e.Mentions))
	}
	at := 0
	for _, q := range l.Quotes {
		who := "?"
		if e := l.Entity(q.Speaker); e != nil {
			who = e.Name
		}
		fmt.Printf("%s⟦%s|%s|%s(%s)|%s: %s⟧", text[at:q.Start], q.Type, q.Origin.Rule, who, q.SpeakerMention.In(text), q.Cue.In(text), q.In(text))
		at = q.End
	}
	fmt.Println(text[at:])
}

package quotes_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/quotes"
	"byline/annotate/quotes/score"
	"byline/annotate/segment"
	"byline/articles"
)

// TestMeasure scores the files that BYLINE_QUOTES names, separated by colons.
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
		if strings.Contains(path, "litbank") { // its lines are sentences
			for i := range golds {
				golds[i].Text = strings.ReplaceAll(golds[i].Text, "\n", " ")
			}
		}
		var marked, told score.Tally
		rules := perRule{}
		for i := range golds {
			d := segment.Split(golds[i].Text, nil)
			l := &annotate.Layer{Entities: guess(golds[i].Text)}
			l.Quotes = quotes.Find(d, l.Entities)
			l.Entities = quotes.Link(d.Text, l.Entities, l.Quotes)
			if err := l.Check(d.Text); err != nil {
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

// TestShow prints the file that BYLINE_SHOW names with its quotes in brackets.
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
	es := guess(text)
	qs := quotes.Find(segment.Split(text, nil), es)
	l := annotate.Layer{Entities: es, Quotes: qs}
	at := 0
	for _, q := range qs {
		who := "?"
		if e := l.Entity(q.Speaker); e != nil {
			who = e.Name
		}
		fmt.Printf("%s⟦%s|%s|%s(%s)|%s: %s⟧", text[at:q.Start], q.Type, q.Origin.Rule, who, q.SpeakerMention.In(text), q.Cue.In(text), q.In(text))
		at = q.End
	}
	fmt.Println(text[at:])
}

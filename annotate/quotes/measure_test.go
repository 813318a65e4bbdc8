package quotes_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/quotes"
	"byline/annotate/quotes/score"
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
		var marked, told score.Tally
		for i := range golds {
			d := split(golds[i].Text)
			l := &annotate.Layer{Entities: guess(golds[i].Text)}
			l.Quotes = quotes.Find(d, l.Entities)
			l.Entities = quotes.Link(d.Text, l.Entities, l.Quotes)
			if err := l.Check(d.Text); err != nil {
				t.Fatal(golds[i].ID, err)
			}
			marked.Compare(&golds[i], l, true)
			told.Compare(&golds[i], l, false)
		}
		fmt.Printf("%s\n  marked   %v\n  indirect %v\n", path, &marked, &told)
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
	qs := quotes.Find(split(text), es)
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

package engine

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"byline/annotate/quotes/score"
)

// TestMeasure scores the quotes of the whole engine on the gold files that
// BYLINE_QUOTES names, separated by colons.
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
			if strings.Contains(path, "litbank") { // its lines are sentences
				golds[i].Text = strings.ReplaceAll(golds[i].Text, "\n", " ")
			}
			l := Annotate(golds[i].Text, nil)
			if err := l.Check(golds[i].Text); err != nil {
				t.Fatal(golds[i].ID, err)
			}
			marked.Compare(&golds[i], l, true)
			told.Compare(&golds[i], l, false)
		}
		fmt.Printf("%s\n  marked   %v\n  indirect %v\n", path, &marked, &told)
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

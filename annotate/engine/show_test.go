package engine

import (
	"fmt"
	"os"
	"testing"
)

// TestShow prints the file that BYLINE_SHOW names with its names and quotes in brackets.
func TestShow(t *testing.T) {
	t.Parallel()
	path := os.Getenv("BYLINE_SHOW")
	if path == "" {
		t.Skip("BYLINE_SHOW names no file")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	l := open(t).Annotate(text, nil)
	for _, e := range l.Entities {
		fmt.Printf("%s %s %q %d\n", e.ID, e.Type, e.Name, len(e.Mentions))
	}
	at := 0
	for _, q := range l.Quotes {
		if q.Start < at { // nested in the one before
			fmt.Printf("⟦inside: %s⟧", q.In(text))
			continue
		}
		who := "?"
		if e := l.Entity(q.Speaker); e != nil {
			who = e.Name
		}
		fmt.Printf("%s⟦%s|%s|%s(%s)|%s: %s⟧", text[at:q.Start], q.Type, q.Origin.Rule, who, q.SpeakerMention.In(text), q.Cue.In(text), q.In(text))
		at = q.End
	}
	fmt.Println(text[at:])
}

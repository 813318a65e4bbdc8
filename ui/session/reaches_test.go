package session_test

import (
	"strings"
	"testing"

	"byline/articles"
	"byline/ui/session"
)

// A quote may run into the next paragraph, which is said, with what takes it back; it does not run out of a headline, or into one.
func TestQuoteReaches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		to       session.Name // brings the cursor to the quote
		heading  int          // the block that is a headline; -1 for none
		key      session.Name // moves its end
		says     string       // empty for a refusal
		takeBack session.Name
	}{
		{"previous-quote", -1, "end-later", "next paragraph; {end-earlier}", "end-earlier"},
		{"next-quote", -1, "start-earlier", "paragraph before; {start-later}", "start-later"},
		{"previous-quote", 1, "end-later", "", ""},
		{"previous-quote", 2, "end-later", "", ""},
		{"next-quote", 0, "start-earlier", "", ""},
		{"next-quote", 1, "start-earlier", "", ""},
		{"next-quote", 2, "start-earlier", "paragraph before", "start-later"},
		{"previous-quote", 0, "end-later", "next paragraph", "end-earlier"},
	} {
		a := article()
		if c.heading >= 0 {
			a.Blocks[c.heading].Kind = articles.Heading
		}
		s := session.New(newLedger(), session.Options{})
		if err := s.Open(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		do(t, s, c.to)
		was := at(s)
		e := do(t, s, c.key)
		says := s.Text().Reaches(&e.Edited)
		if c.says == "" {
			if e.None == 0 || !strings.Contains(e.None.Words(false), "headline") || at(s) != was {
				t.Errorf("%+v: at %q, %q, %q", c, at(s), says, e.None.Words(false))
			}
			continue
		}
		if !strings.Contains(says, c.says) || !strings.Contains(at(s), "\n\n") {
			t.Errorf("%+v: at %q says %q", c, at(s), says)
		}
		e = do(t, s, c.takeBack)
		if says := s.Text().Reaches(&e.Edited); says != "" || at(s) != was {
			t.Errorf("%+v: back at %q, not %q; says %q", c, at(s), was, says)
		}
	}
}

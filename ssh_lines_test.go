package main_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"byline/ui/uitest"
)

// dumb runs a command on a dumb terminal, the program if it is empty.
func (h *host) dumb(t *testing.T, who, command string) farScreen {
	t.Helper()
	s, err := h.as(t, who).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	f := farScreen{uitest.NewScreen(100, 60).Record(), s}
	s.Stdin, s.Stdout = f, f
	begin := s.Shell
	if command != "" {
		begin = func() error { return s.Start(command) }
	}
	if err := errors.Join(s.RequestPty("dumb", 60, 100, nil), begin()); err != nil {
		t.Fatal(err)
	}
	return f
}

// Two annotators and a curator work line by line on dumb terminals over SSH, from what is assigned to a curated export.
func TestTeamByLines(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	const articles = 3
	var texts []string
	for i := range articles {
		texts = append(texts, wharfStory(i))
	}
	h := serving(t, []string{"ann", "bob", "dora", "eve"}, texts)
	for _, args := range [][]string{{"team", "add", "May", "--all", "--members", "ann,bob", "--curators", "dora"}, {"team", "assign", "May", "--each", "2", "--blind"}} {
		if out, err := inHome(h.dir, h.bin, args...).CombinedOutput(); err != nil {
			t.Fatalf("%q: %v\n%s", args, err, out)
		}
	}
	for who, decides := range map[string]string{"ann": "=\r", "bob": "o\r"} {
		f := h.dumb(t, who, "")
		f.Wait(t, "q quits")
		f.Type("?\r")
		f.Wait(t, "quit)")
		if text := f.Text(); !strings.Contains(text, "List what is assigned to you") || strings.Contains(text, "Add a file") || strings.Contains(text, "trash") {
			t.Errorf("the commands of a guest\n%s", text)
		}
		f.Type("assigned\r")
		f.Wait(t, "3 articles assigned to you and not done")
		f.Type("1\r")
		f.Wait(t, "Paragraph 1 of")
		for n := range articles {
			f.Type("a\r")
			f.Wait(t, "[")
			f.Type(decides)
			f.Wait(t, map[string]string{"ann": "Confirmed", "bob": "organization"}[who])
			f.Type("done\r")
			if n < articles-1 {
				f.Wait(t, fmt.Sprintf("The next of %d", articles-1-n))
				continue
			}
			f.Wait(t, "Nothing else is assigned to you")
		}
		f.Type("q\rassigned\r")
		f.Wait(t, "Nothing is assigned to you that you are not done with")
		f.Type("q\r")
		f.Wait(t, "Bye.")
		if got := string(f.Sent()); strings.Contains(got, "\x1b") {
			t.Errorf("a dumb terminal gets sequences: %q", got)
		}
	}
	eve := h.dumb(t, "eve", "team adjudicate May") // looks on
	eve.Wait(t, "?")
	eve.Type("1\r")
	eve.Until(t, "the same again", func() bool { return strings.Count(eve.Text(), "Only the curators of May decide here: dora") == 2 })
	dora := h.dumb(t, "dora", "team adjudicate May")
	end := regexp.MustCompile(`(\d+) questions? answered`)
	asked := regexp.MustCompile(`(?m)^question> `)
	for answers := 0; !end.MatchString(string(dora.Sent())); answers++ {
		dora.Until(t, "the next question, or the end", func() bool {
			sent := string(dora.Sent())
			return end.MatchString(sent) || len(asked.FindAllString(sent, -1)) > answers
		})
		if !end.MatchString(string(dora.Sent())) {
			dora.Type("1\r")
		}
		if answers > 50 {
			t.Fatal(dora.Text())
		}
	}
	if text := dora.Text(); !strings.Contains(text, "“ssh HOST export --all --curated > FILE”") {
		t.Errorf("what to do then\n%s", text)
	}
	out, errs, err := ask(t, h.as(t, "dora"), "export --all --curated -f csv")
	if err != nil || strings.Contains(errs, "open questions") || strings.Count(out, "\n") < 2*articles {
		t.Errorf("%v\n%s%s", err, out, errs)
	}
}

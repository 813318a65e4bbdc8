package screens_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/ui/linear"
	"byline/ui/screens"
)

// halfTyped is a line of which no more comes: its session ends.
type halfTyped struct {
	io.Reader
	line string
}

func (h halfTyped) Unfinished() string { return h.line }

// A note that a curator is typing when the session ends is kept, line by line as on the screen; other lines that are not finished are not
// done.
func TestCuratorsNoteIsKept(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		", a firm, I thi": "a firm, I thi", "note ask bob ab": "ask bob ab", `, "met 山" by ch`: "by ch",
		"1": "", "p": "", "Y ann": "", ",": "", "": "",
	} {
		d := disputed(t)
		w := workspace.For(d.w, workspace.Member{Who: "cy"})
		p := screens.AdjudicateByLines(w, screens.Adjudication{}, linear.Services{Library: w.Finder(), Keeper: w.Library})
		ctx, stop := context.WithCancel(t.Context())
		typed, end := io.Pipe()
		var out bytes.Buffer
		ended := make(chan error)
		notices := make(chan string)
		go func() { ended <- linear.RunTold(ctx, p, halfTyped{typed, line}, &out, notices) }()
		notices <- "The session ends in a minute." // it was greeted
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		end.Close()
		doc, err := d.w.Open(t.Context(), d.of["Birch"].ID)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, x := range doc.Log {
			if x.Who == "cy" {
				got += string(x.Verb) + ": " + x.Value
			}
		}
		if want != "" {
			want = "note: " + want
		}
		if got != want || want != "" && !strings.Contains(out.String(), "Added a note") {
			t.Errorf("%q: %q, want %q\n%s", line, got, want, out.String())
		}
	}
}

// An annotator gets line by line through what is assigned: how much, the guidelines, one article after the other, and back from one that was
// done too soon.
func TestAnnotatorByLines(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2})
	says := func(l *linear.Prompt, line string, wants ...string) {
		t.Helper()
		out := l.Do(t.Context(), line)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Fatalf("%q: no %q in\n%s", line, want, out)
			}
		}
	}
	services := linear.Services{Library: p.ann.Finder(), Keeper: p.ann.Finder(), Shelf: p.ann.Library, Workspace: p.ann}
	l := linear.New(services)
	if out := l.Start(t.Context()); !strings.HasSuffix(out, "\n3 articles assigned to you and not done: assigned lists them.") {
		t.Fatal(out)
	}
	says(l, "assigned", "3 articles assigned to you and not done. A number reads one; D there marks it as done and reads the next.", "1. ")
	says(l, "1", "Paragraph 1 of 1.", "0 of ")
	says(l, "guidelines", "Guidelines.\n# Rules\n\nMark every **press**.")
	says(l, "alt+g", "it is guidelines.")
	says(l, "D", "Nothing is reviewed yet; D again marks it as done.")
	says(l, "+", "[")
	says(l, "=", "confirmed]")
	says(l, "D", "Marked as done, 4 left as suggested; u takes it back. The next of 2 articles assigned to you:\n", "0 of ")
	says(l, "u", "Not done any more:\n", "1 of ")
	says(l, "D", "The next of 2 articles")
	says(l, "=", "Go to a name or quote first")
	says(l, "+", "[")
	says(l, "=", "confirmed]")
	says(l, "u", "Undone: confirmed", "[") // what was decided since, and not that the article before is done
	says(l, "D", "Nothing is reviewed yet")
	says(l, "D", "The next of 1 article assigned to you")
	says(l, "D", "Nothing is reviewed yet")
	says(l, "D", "Marked as done, 5 left as suggested. Nothing else is assigned to you; u takes it back.")
	says(l, "u", "Not done any more:\n")
	says(l, "D", "Marked as done, 5 left as suggested.", "Nothing else")
	says(l, "q", "3 articles.")
	says(l, "assigned", "Nothing is assigned to you that you are not done with")
}

// A curator reads line by line what differs once for those who answer alike, and the guidelines; marking the article as done is no
// answer, and Y alone asks whom.
func TestCuratorByLines(t *testing.T) {
	t.Parallel()
	d := differ(t, "ann", "bob", "cara", "dan")
	if err := workspace.TeamOf(d.w).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{d.of["Kvale"].ID}},
		team.Event{Verb: team.Join, Set: "May", Members: []string{"cy"}, Value: team.Curator}, team.Event{Verb: team.Guide, Set: "May", Value: "Mark ships."}); err != nil {
		t.Fatal(err)
	}
	w := workspace.For(d.w, workspace.Member{Who: "cy"})
	p := screens.AdjudicateByLines(w, screens.Adjudication{}, linear.Services{Library: w.Finder(), Keeper: w.Library})
	out := p.Start(t.Context())
	for _, want := range []string{
		"\n1, ann: “Kvale Bank of Greater Northern Holm and the Outer Islands”, organization\n2, bob: “Kvale Bank of Greater Northern Holm”, organization\n3, cara: “the Kvale Bank",
		"\n4, dan: as ann\n0, none: not a name\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, x := range [][2]string{
		{"Y", "Add whose answers to take, by name or number: Y NAME. There are ann, bob, cara and dan."},
		{"D", "The answers are what is kept; next-article skips the rest of the article."}, {"done", "The answers are what is kept"},
		{"guidelines", "Guidelines.\nMark ships."},
	} {
		if got := p.Do(t.Context(), x[0]); !strings.HasPrefix(got, x[1]) {
			t.Errorf("%s: %q", x[0], got)
		}
	}
	if got := p.Do(t.Context(), "="); !strings.Contains(got, "\n1, ann: ") || strings.Contains(got, "Confirmed") {
		t.Error(got)
	}
	left := screens.AdjudicateByLines(w, screens.Adjudication{}, linear.Services{Library: w.Finder(), Keeper: w.Library})
	left.Start(t.Context())
	if got := left.Do(t.Context(), "q"); got != "0 questions answered, 6 still open in what you went through." || !left.(interface{ Done() bool }).Done() {
		t.Error(got)
	}
	help := p.Do(t.Context(), "?")
	if strings.Count(help, "\nY ") != 1 || strings.Contains(help, "\nD ") || strings.Contains(help, "Enter reads on") {
		t.Error(help)
	}
	if at, ok := p.(interface{ Place() string }); !ok || at.Place() != "question" {
		t.Errorf("%T", p)
	}
	if out := p.Do(t.Context(), "Y 1"); !strings.Contains(out, "u takes the last decision back") || p.(interface{ Place() string }).Place() != "end" {
		t.Error(out)
	}
}

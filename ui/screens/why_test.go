package screens_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestWhySaysFirstWhatPeopleDecided explains claims that a person decided on.
func TestWhySaysFirstWhatPeopleDecided(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, writeFile(t, "port.md", "# Port\n\nThe mayor, 山田, met 山口 and 山本. Then 山森 said “we sold it”.\n"))
	s.Press("tab x w")
	shows(t, s, "decided", "You rejected it, ")
	s.Press("esc } @ 2 w")
	shows(t, s, "You attributed it to 山")
	s.Press("esc x w")
	view := ansi.Strip(s.View())
	if i, j := strings.Index(view, "You rejected it"), strings.Index(view, "You attributed it"); i < 0 || j < i {
		t.Errorf("the latest is not first:\n%s", view)
	}
	s.Press("esc u u w")
	if view := ansi.Strip(s.View()); strings.Contains(view, "You ") {
		t.Errorf("what was undone is a decision:\n%s", view)
	}
}

// TestWhyKnowsWhatWasDecidedBeforeTheEndsMoved moves the end of a quote after it was attributed.
func TestWhyKnowsWhatWasDecidedBeforeTheEndsMoved(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, writeFile(t, "port.md", "# Port\n\nThe mayor, 山田, met 山口. Then 山森 said “we sold it” and left.\n"))
	s.Press("} @ 2")
	s.Press(">")
	s.Press("> w")
	shows(t, s, "You moved its ends: “we sold it” and", "You attributed it to 山")
	if view := ansi.Strip(s.View()); strings.Contains(view, "““") || strings.Contains(view, "unattributed") {
		t.Errorf("marks in marks, or a speaker that is not told\n%s", view)
	}
}

// TestHistory lists decisions with the verb first, narrows them by kind, and undoes one of them whatever
// came after it.
func TestHistory(t *testing.T) {
	t.Parallel()
	s, w := open(t, crowd{}, writeFile(t, "port.md", "# Port\n\nThe mayor, 山田, met 山口. Then 山本 said “we sold it to nobody”.\n"))
	s.Press("tab x")
	s.Press("} x")
	s.Press("B")
	shows(t, s, "✗ rejected · quote “we sold it to nobody”", "✗ rejected · “山田”", "⏎ go there", "ctrl+x undo this", "ctrl+f show names")
	s.Press("ctrl+f")
	shows(t, s, "✗ rejected · “山田”")
	if view := ansi.Strip(s.View()); strings.Contains(view, "quote “we sold") {
		t.Errorf("narrowed to names:\n%s", view)
	}
	s.Press("ctrl+x")
	shows(t, s, "Undone: rejected “山田”")
	s.Press("B")
	s.Type("undone")
	shows(t, s, "rejected · “山田”")
	s.Press("ctrl+x")
	shows(t, s, "Already undone")
	es, err := w.Library.Entries(t.Context())
	if err != nil || len(es) != 1 {
		t.Fatalf("%d articles, %v", len(es), err)
	}
	doc, err := w.Open(t.Context(), es[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if c := doc.Layer.Counts(); c.Reviewed != 1 {
		t.Errorf("%d reviewed: the later decision did not stay", c.Reviewed)
	}
}

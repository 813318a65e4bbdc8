package reader_test

import (
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui/app"
	"byline/ui/uitest"
)

// steps runs the reader on the story, in a window of width × height cells.
func steps(t *testing.T, width, height int) uitest.Steps {
	t.Helper()
	s, open := openWith(newSlow())
	m, err := app.New(app.Options{}, s)
	if err != nil {
		t.Fatal(err)
	}
	p := uitest.Steps{T: t, Model: m}
	p.Send(tea.WindowSizeMsg{Width: width, Height: height})
	p.Run(open)
	return p
}

// listed is a line of a list with two columns.
var listed = regexp.MustCompile(`│ › (\S.*?\S) {2,}(\S.*?) *│`)

// TestPaletteKnowsWhatPeopleCallIt types what people look for into the palette, and finds the
// command first that has the key.
func TestPaletteKnowsWhatPeopleCallIt(t *testing.T) {
	t.Parallel()
	for typed, key := range map[string]string{
		"merge": "m", "same as": "m", "speaker": "@", "attribute": "@", "rename": "R", "theme": "T", "outline": "H", "headings": "H", "search": "/",
		"find": "/", "split": "S", "highlight": "_", "bookmark": "M", "json": "e", "markdown": "e", "export": "e", "undo": "u", "sidebar": "s",
		"quit": "q, esc", "exit": "ctrl+c, Q", "wq": "ctrl+c, Q", "note": ",", "merg": "m", "next quote": "}", "ctrl+r": "ctrl+r, U", "X": "X", "label": "#", "tag as": "p",
	} {
		p := steps(t, 100, 30)
		p.Press(":")
		p.Type(typed)
		m := listed.FindStringSubmatch(ansi.Strip(p.View()))
		if m == nil || m[2] != key {
			t.Errorf("%q finds %q, want the command on %s", typed, m, key)
		}
	}
}

// What vi calls quitting and saving has an answer.
func TestPaletteKnowsVi(t *testing.T) {
	t.Parallel()
	p := steps(t, 100, 30)
	p.Press(": w enter")
	if !strings.Contains(p.View(), "Nothing to save: every decision is saved as it is made") {
		t.Errorf(":w says nothing\n%s", ansi.Strip(p.View()))
	}
	_, cmd := p.Model.Update(tea.KeyPressMsg{Code: ':', Text: ":"})
	p.Run(cmd)
	p.Press("q")
	if got := ansi.Strip(p.View()); !strings.Contains(got, "› Quit at once") {
		t.Errorf(":q is not quitting\n%s", got)
	}
}

// TestHelpTakesEveryLetter types words into the help that begin with its own keys and with those
// of the reader: nothing is decided, and what is sought is there.
func TestHelpTakesEveryLetter(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"quote", "undo", "?", "org", "quit", "merge", "speaker"} {
		p := steps(t, 100, 30)
		before := ansi.Strip(p.View())
		p.Press("tab ?")
		p.Type(word)
		got := ansi.Strip(p.View())
		if !strings.Contains(got, "type to find: "+word) || strings.Contains(got, "no key for that") {
			t.Errorf("%q is not sought\n%s", word, got)
		}
		p.Press("esc esc")
		if after := ansi.Strip(p.View()); !strings.Contains(after, "0 of 8 reviewed") || !strings.Contains(before, "0 of 8 reviewed") {
			t.Errorf("%q decided something\n%s", word, after)
		}
	}
}

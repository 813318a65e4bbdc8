package linear

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"byline/annotate/library"
)

// nothing is a library without articles.
type nothing struct{ *workspace }

func (nothing) Entries(context.Context) ([]library.Entry, error) { return nil, nil }

// Who has nothing of this computer but its library is told of what they can do, and of nothing else.
func TestAway(t *testing.T) {
	t.Parallel()
	const empty = "Whoever runs the server adds articles."
	s := newWorkspace().services()
	s.Add, s.Desktop, s.Empty = nil, Desktop{}, empty
	none := s
	none.Library = nothing{newWorkspace()}
	if out := New(none).Start(t.Context()); !strings.HasSuffix(out, "The library is empty. "+empty) {
		t.Error(out)
	}
	p := New(s)
	p.Start(t.Context())
	for _, x := range [][2]string{
		{"a", "Files and addresses are not added over SSH. " + empty}, {"a x.txt", "Files and addresses are not added over SSH. " + empty},
		{"remove 1", "Over SSH no article is removed or restored: the library is of several."}, {"trash", "Over SSH no article is removed or restored: the library is of several."},
		{"/ zebra", "No articles with \"zebra\"; / lists all."}, {"+ done", "1 article, only done."}, {"+ reading", "No articles, only reading; + all shows those of every status."},
	} {
		if got := p.Do(t.Context(), x[0]); !strings.HasPrefix(got, x[1]) {
			t.Errorf("%s: %q, want %q", x[0], got, x[1])
		}
	}
	help := p.Do(t.Context(), "?")
	p.Do(t.Context(), "+ all")
	p.Do(t.Context(), "1")
	help += p.Do(t.Context(), "?")
	for _, wrong := range []string{"PATH", "trash", "removing", "to a file", "in the browser", "byline "} {
		if strings.Contains(help, wrong) {
			t.Errorf("%q in\n%s", wrong, help)
		}
	}
	for line, want := range map[string]string{
		"E": "“E” is not a command here: no file is edited over SSH.", "e": "Exported to ", "alt+g": "“alt+g” is not a command here: it is guidelines.", "guidelines": "There are no guidelines for this article.", "alt+i": "“alt+i” is not a command here: it is article.", "ctrl+j": "“ctrl+j” is not a command here: q goes to the library, where a number opens one.",
	} {
		if got := p.Do(t.Context(), line); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	p.Do(t.Context(), "+")
	if got := p.Do(t.Context(), "c"); !strings.HasPrefix(got, "No clipboard here; the text is:\nInes Calder") {
		t.Error(got)
	}
}

// Who is at the computer is told how to add.
func TestEmpty(t *testing.T) {
	t.Parallel()
	s := newWorkspace().services()
	s.Library = nothing{newWorkspace()}
	if out := New(s).Start(t.Context()); !strings.HasSuffix(out, "The library is empty. a PATH adds a file or folder.") {
		t.Error(out)
	}
}

// The prompt says whether the library or an article is open, and the end of an article what is left to do.
func TestPlaces(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Run(t.Context(), New(newWorkspace().services()), strings.NewReader("1\nG\n\n=\n+\n=\nq\n"), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"done\nlibrary> The Ferry at Low Tide\n", "\narticle> Paragraph 3 of 3", "\narticle> End of the article; 0 of 6 reviewed: a goes to the next, D marks it as done.\narticle> ", "\narticle> 2 articles.", "\nlibrary> "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// Undo says what is left where it was, and tags of an article are taken back in the library, as undo in it is about decisions.
func TestUndoSaysWhatIsThere(t *testing.T) {
	t.Parallel()
	p := New(newWorkspace().services(), "1")
	p.Start(t.Context())
	for _, x := range [][2]string{
		{"+", "[person] Ines Calder"}, {"x", "reject: Ines Calder\n[person, rejected] Ines Calder"}, {"u", "Undone.\n[person] Ines Calder"},
		{"t sea", "Tags: #sea; in the library, u undoes it."}, {"q", "2 articles."}, {"u", "Tags: none."},
	} {
		if got := p.Do(t.Context(), x[0]); !strings.Contains(got, x[1]) {
			t.Errorf("%s: no %q in %q", x[0], x[1], got)
		}
	}
}

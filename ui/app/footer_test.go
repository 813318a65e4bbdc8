package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/theme"
)

// TestToastBesideKeys shows a toast beside the keys of what is open, where half of the line is left.
func TestToastBesideKeys(t *testing.T) {
	t.Parallel()
	list := ui.Scope{Name: "list", Modal: true, Bindings: []ui.Binding{{Action: "list.choose", Keys: []string{"enter"}, Short: "choose"}}}
	open := ui.Scope{Name: "open", Bindings: list.Bindings}
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		scope ui.Scope
		width int
		want  string
	}{
		{list, 40, " Added a quote                ⏎ choose  "},
		{list, 22, " Added a q… ⏎ choose  "},
		{list, 20, " Added a quote      "},
		{open, 40, " Added a quote" + strings.Repeat(" ", 26)},
	} {
		f := footer{note: "Added a quote"}
		if got := ansi.Strip(f.view([]ui.Scope{c.scope}, th, c.width, ansi.WcWidth)); got != c.want {
			t.Errorf("%d columns: %q, want %q", c.width, got, c.want)
		}
		if _, ok := f.at(c.width - 4); ok != strings.Contains(c.want, "⏎") {
			t.Errorf("%d columns: a click there finds a key: %t", c.width, ok)
		}
	}
}

// An error that one line has no room for has more, so that what to do about it is read; one that is short has one.
func TestLongErrors(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, hint    string
		width, height int
		want          []string
	}{
		{"write /nope/x.json: no such file or directory", "make its folder first", 40, 11, []string{"✗ write /nope/x.json: no such file or", "   directory — make its folder first"}},
		{"“東京港湾労働組合”: the article was removed from the library", "the next one follows", 40, 11, []string{"✗ “東京港湾労働組合”: the article was", "   removed from the library — the next", "   one follows"}},
		{"the library is locked", "try again", 60, 15, []string{"✗ the library is locked — try again"}},
		{"the library is locked by another program that has not come to its end yet", "wait for it, or end it", 60, 15, []string{"by another program that has not", "   come to its end yet — wait for it, or end it"}},
	} {
		f := footer{err: &ui.ErrMsg{Err: errors.New(c.text), Hint: c.hint}}
		lines := f.long(nil, th, look{c.width, c.height, ansi.WcWidth})
		if len(lines) == 0 {
			lines = []string{f.view(nil, th, c.width, ansi.WcWidth)}
		}
		got := ansi.Strip(strings.Join(lines, "\n"))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%d cells: no %q\n%s", c.width, want, got)
			}
		}
		for _, l := range lines {
			if n := ansi.WcWidth.StringWidth(l); n != c.width {
				t.Errorf("%d cells of %d: %q", n, c.width, l)
			}
		}
		if strings.Contains(got, "…") {
			t.Errorf("%d cells: cut\n%s", c.width, got)
		}
	}
}

// A toast that one line has no room for has two, so that what to do is read.
func TestLongToasts(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Sample stories are not brought back over SSH; : lists what else there is", []string{" Sample stories are not brought back    ", " over SSH; : lists what else there is   "}},
		{"Copied the words", []string{" Copied the words                       "}},
		{"東京港湾労働組合の記事はもう開かれています; u undoes that", []string{" 東京港湾労働組合の記事はもう開かれてい ", " ます; u undoes that                    "}},
	} {
		f := footer{note: c.text}
		lines := f.long(nil, th, look{40, 11, ansi.WcWidth})
		if len(lines) == 0 {
			lines = []string{f.view(nil, th, 40, ansi.WcWidth)}
		}
		if got := strings.Split(ansi.Strip(strings.Join(lines, "\n")), "\n"); !slices.Equal(got, c.want) {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
	modal := []ui.Scope{{Modal: true, Bindings: []ui.Binding{{Keys: []string{"esc"}, Short: "cancel"}}}}
	f := footer{note: "Added the quote; who speaks it"}
	if lines := f.long(modal, th, look{60, 20, ansi.WcWidth}); lines != nil {
		t.Errorf("a toast that has room beside keys takes %q", lines)
	}
}

// TestFooterHidesShadowedKeys draws the footers of scopes within each other.
func TestFooterHidesShadowedKeys(t *testing.T) {
	t.Parallel()
	outer := ui.Scope{Name: "outer", Bindings: []ui.Binding{
		{Action: "outer.next", Keys: []string{"tab"}, Short: "next"},
		{Action: "outer.confirm", Keys: []string{"enter", "y"}, Short: "confirm"},
		{Action: "outer.panel", Keys: []string{"s"}, Short: "panel"},
		{Action: "outer.quiet", Keys: []string{"k"}},
	}}
	inner := func(b ...ui.Binding) ui.Scope { return ui.Scope{Name: "inner", Bindings: b} }
	list := ui.Binding{Action: "inner.list", Keys: []string{"right", "tab"}, Short: "list"}
	leave := ui.Binding{Action: "inner.leave", Keys: []string{"s", "y"}}
	modal := inner(list)
	modal.Modal = true
	typing := inner(list)
	typing.Text = func(tea.KeyPressMsg) tea.Cmd { return nil }
	chosen := outer
	chosen.Foot = []ui.Action{"outer.panel", "outer.quiet", "outer.confirm", "outer.panel"}
	none := outer
	none.Foot = []ui.Action{}
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		scopes []ui.Scope
		width  int
		want   string
	}{
		{[]ui.Scope{outer}, 60, "tab next  ⏎ confirm  s panel"},
		{[]ui.Scope{outer}, 20, "tab next  s panel"}, // a shorter one takes the room
		{[]ui.Scope{outer}, 3, ""},
		{[]ui.Scope{inner(list), outer}, 60, "→ list  ⏎ confirm  s panel"},
		{[]ui.Scope{inner(leave), outer}, 60, "tab next  ⏎ confirm"},
		{[]ui.Scope{inner(ui.Binding{Action: "outer.confirm", Keys: []string{"enter"}, Short: "take"}), outer}, 60, "⏎ take  tab next  s panel"},
		{[]ui.Scope{modal, outer}, 60, "→ list"},
		{[]ui.Scope{typing, outer}, 60, "→ list"},
		{[]ui.Scope{chosen}, 60, "s panel  ⏎ confirm"},
		{[]ui.Scope{inner(list), none}, 60, "→ list"},
	} {
		var f footer
		line := ansi.Strip(f.view(c.scopes, th, c.width, ansi.WcWidth))
		if got := strings.TrimSpace(line); got != c.want {
			t.Errorf("%d columns: %q, want %q", c.width, got, c.want)
		}
		if n := ansi.StringWidth(line); n != c.width {
			t.Errorf("%q has %d columns, not %d", line, n, c.width)
		}
		for _, k := range f.keys {
			if b, ok := f.at(k.from); !ok || b.Action != k.binding.Action || !strings.HasPrefix(string([]rune(line)[k.from:]), k.key+" "+b.Short) {
				t.Errorf("%q: column %d is not %s", line, k.from, k.binding.Action)
			}
		}
	}
}

// A scope puts keys of the scopes outside before its own last ones, each once.
func TestFooterNamesOuterKeys(t *testing.T) {
	t.Parallel()
	outer := ui.Scope{Name: "outer", Bindings: []ui.Binding{
		{Action: "outer.back", Keys: []string{"esc", "q"}, Short: "quit"}, {Action: "outer.help", Keys: []string{"?"}, Short: "signs"},
		{Action: "outer.sort", Keys: []string{"s"}, Short: "order"}}}
	inner := ui.Scope{Name: "inner", Foot: []ui.Action{"inner.read", "outer.back", "inner.sort", "outer.sort"}, Bindings: []ui.Binding{
		{Action: "inner.read", Keys: []string{"enter"}, Short: "read"}, {Action: "inner.sort", Keys: []string{"s"}, Short: "sort"}, {Action: "inner.clear", Keys: []string{"esc"}}}}
	var got []string
	for _, k := range footKeys([]ui.Scope{inner, outer}) {
		got = append(got, k.key+" "+k.binding.Short)
	}
	if want := "⏎ read, q quit, s sort, ? signs"; strings.Join(got, ", ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A toast that was told before the one on the screen, and arrives after it, does not hide it.
func TestToastsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	told := func(words string) ui.ToastMsg { return ui.TellInTurn(words)().(ui.ToastMsg) }
	first, second, third := told("first"), told("second"), told("third")
	f := &footer{}
	for _, step := range []struct {
		msg  ui.ToastMsg
		want string
	}{{second, "second"}, {first, "second"}, {third, "third"}} {
		f.toast(step.msg, step.msg.Text)
		if f.note != step.want {
			t.Errorf("after %q it shows %q, not %q", step.msg.Text, f.note, step.want)
		}
	}
	f.clear()
	if f.toast(second, second.Text); f.note != "" {
		t.Errorf("a late toast shows %q after a key", f.note)
	}
}

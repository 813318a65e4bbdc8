package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/app"
	"byline/ui/columns"
	"byline/ui/uitest"
)

// plain is a screen that shows the messages it got.
type plain struct {
	name   string
	ready  bool
	said   []string
	method ansi.Method
	closed bool
	dir    string // where files are named
}

const (
	say     ui.Action = "plain.say"
	ask     ui.Action = "plain.ask"
	fail    ui.Action = "plain.fail"
	next    ui.Action = "plain.next"
	pick    ui.Action = "plain.pick"
	several ui.Action = "plain.several"
	file    ui.Action = "plain.file"
)

type readyMsg struct{}

func (p *plain) Ready() bool    { return p.ready }
func (p *plain) Title() string  { return p.name }
func (p *plain) Close() tea.Cmd { p.closed = true; return nil }

func (p *plain) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readyMsg:
		p.ready = true
	case ui.WidthMsg:
		p.method = msg.Method
	}
	return nil
}

func (p *plain) Scopes() []ui.Scope {
	return []ui.Scope{{Name: "plain", Handle: p.handle, Bindings: []ui.Binding{
		{Action: say, Keys: []string{"a"}, Help: "say a word", Short: "say", Group: "Words"},
		{Action: ask, Keys: []string{"/"}, Help: "ask for a word", Group: "Words", Holds: true},
		{Action: fail, Keys: []string{"x"}, Help: "fail at once", Group: "Words"},
		{Action: next, Keys: []string{"n"}, Help: "go to the next screen", Group: "Words", Holds: true},
		{Action: file, Keys: []string{"f"}, Help: "name a file", Group: "Words", Holds: true},
		{Action: pick, Keys: []string{"p"}, Help: "pick a word", Group: "Words", Holds: true},
		{Action: several, Keys: []string{"S"}, Help: "pick several", Group: "Words", Holds: true},
	}}}
}

func (p *plain) handle(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case say:
		p.said = append(p.said, "a")
	case ask:
		return ui.Send(ui.AskMsg{Prompt: "word:", Done: func(s string) tea.Cmd { p.said = append(p.said, s); return nil }}), true
	case file:
		return ui.Send(ui.AskMsg{Prompt: "file:", Path: true, Initial: p.dir, Done: func(s string) tea.Cmd { p.said = append(p.said, filepath.Base(s)); return nil }}), true
	case fail:
		return ui.Fail(errors.New("it \x1b[31mbroke"), "mend it"), true
	case next:
		return ui.Send(ui.PushMsg{Screen: &plain{name: "second", ready: true}}), true
	case pick:
		return ui.Send(ui.ChooseMsg{Title: "Words", Choices: []ui.Choice{
			{Label: "harbour", Do: ui.Tell("took harbour")}, {Label: "wall 👩‍🔬", Detail: "東京", Do: ui.Tell("took wall")}}}), true
	case several:
		return ui.Send(ui.ChooseMsg{Title: "Several", Choices: []ui.Choice{
			{Label: "harbour", Key: "1", Do: ui.Tell("took harbour")}, {Label: "wall", Key: "2", Do: ui.Tell("took wall")}, {Label: "quay", Key: "3", Do: ui.Tell("took quay")}},
			Several: func(at []int) tea.Cmd { return ui.Tell(fmt.Sprint("took lines ", at)) },
			Else:    func(typed string) tea.Cmd { return ui.Tell("took " + typed + " as typed") }}), true
	}
	return nil, true
}

func (p *plain) View(w, h int) string {
	lines := make([]string, h)
	for i := range lines {
		lines[i] = columns.Fit("row of "+p.name, w, p.method)
	}
	lines[0] = columns.Fit(p.name+" "+strings.Join(p.said, ","), w, p.method)
	return strings.Join(lines, "\n")
}

func start(t *testing.T, p *plain, opts app.Options) (*uitest.Screen, *tea.Program) {
	t.Helper()
	m, err := app.New(opts, p)
	if err != nil {
		t.Fatal(err)
	}
	s, prog := uitest.Start(t, m, 70, 16)
	s.Wait(t, p.name)
	return s, prog
}

func TestKeysWaitForTheScreen(t *testing.T) {
	t.Parallel()
	s, p := start(t, &plain{name: "first"}, app.Options{})
	s.Type("aa")
	p.Send(readyMsg{})
	s.Wait(t, "first a,a")
}

func TestKeysWaitForWhatAKeyOpens(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	s.Type("/harbour\ra")
	s.Wait(t, "first harbour,a")
	s.Type("na")
	s.Wait(t, "second a")
	s.Type("q")
	s.Wait(t, "first harbour,a")
}

func TestTabCompletesFileName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"harbour.md", ".hidden", "wall\x1b[31m.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "old"), 0o700); err != nil {
		t.Fatal(err)
	}
	s, _ := start(t, &plain{name: "first", ready: true, dir: dir + "/"}, app.Options{})
	s.Type("f")
	s.Wait(t, "harbour.md") // what tab would complete
	s.Type("\t\r")
	s.Wait(t, "first harbour.md")
	s.Type("f")
	s.Wait(t, "file:")
	s.Type("o")
	s.Wait(t, "old/")
	s.Type("\t\r")
	s.Wait(t, "first harbour.md,old")
	s.Type("f")
	s.Wait(t, "file:")
	s.Type("w\t\r") // control characters never reach the terminal
	s.Wait(t, "first harbour.md,old,w")
}

func TestToastsShowBoundKeys(t *testing.T) {
	t.Parallel()
	p := &plain{name: "first", ready: true}
	s, _ := start(t, p, app.Options{Keys: map[ui.Action][]string{say: {"z"}, "app.help": {"f5"}}})
	s.Type("%")
	s.Wait(t, "% is not a command here — f5 for keys")
}

func TestPasteGoesToThePrompt(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	s.Type("/")
	s.Wait(t, "word:")
	s.Type("\x1b[200~two words\nqa\x1b[201~\r")
	s.Wait(t, "first two words qa")
}

func TestErrorsStayUntilAKeyAndAreClean(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	s.Type("x")
	s.Wait(t, "it �[31mbroke — mend it")
	s.Type("a")
	s.Until(t, "the error is gone", func() bool { return !strings.Contains(s.Text(), "broke") })
	s.Type("%")
	s.Wait(t, "% is not a command here")
}

func TestChooserAndPalette(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	s.Type("pwa")
	s.Wait(t, "1 of 2")
	s.Type("\r")
	s.Wait(t, "took wall")
	s.Type(":say a")
	s.Wait(t, "say a word")
	s.Type("\r")
	s.Wait(t, "first a")
}

// TestChooserTakesSeveral marks lines with + and takes them with enter, or with one more by its digit,
// or with what was typed for it.
func TestChooserTakesSeveral(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]string{
		"\r":            "took harbour",
		"2":             "took wall",
		"+\r":           "took lines [0]",
		"+\t+\r":        "took lines [0 1]",
		"\t\t++\r":      "took quay",
		"+3":            "took lines [0 2]",
		"+1":            "took lines [0]",
		"qu+wa\r":       "took lines [2 1]",
		"qu+wall+\r":    "took lines [2 1]",
		"boat\r":        "took boat as typed",
		"+boat\r\x15\r": "took lines [0]",
	} {
		t.Run(fmt.Sprintf("%q", keys), func(t *testing.T) {
			t.Parallel()
			s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
			s.Type("S")
			s.Wait(t, "+ several")
			s.Type(keys)
			s.Wait(t, want)
		})
	}
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	s.Type("S\t+")
	s.Wait(t, "✓ wall")
	s.Type("+")
	s.Until(t, "the mark to be gone", func() bool { return !strings.Contains(s.Text(), "✓") })
	s.Type("\x03p")
	s.Until(t, "a list of which one can be taken, without + for several", func() bool {
		return strings.Contains(s.Text(), "› harbour") && !strings.Contains(s.Text(), "+ several")
	})
}

func TestChooserIsClicked(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	s.Type("p")
	s.Wait(t, "wall")
	x, y, _ := s.Find("wall")
	s.Click(x, y)
	s.Wait(t, "took wall")
	s.Type("p")
	s.Wait(t, "wall")
	s.Click(0, 0)
	s.Until(t, "the list to be gone", func() bool { return !strings.Contains(s.Text(), "of 2") })
}

func TestReboundKeysWorkAndShow(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{Keys: map[ui.Action][]string{say: {"x"}}})
	s.Wait(t, "x say")
	s.Type("xx")
	s.Wait(t, "first a,a")
	s.Type("?say")
	s.Wait(t, "WORDS")
	if strings.Contains(s.Text(), "fail at once") {
		t.Error("the help does not narrow")
	}
}

// TestFooterIsClicked clicks on keys of the footer, of the screen and of a list over it, and beside
// them.
func TestFooterIsClicked(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	click := func(text string) {
		t.Helper()
		s.Wait(t, text)
		x, y, _ := s.Find(text)
		s.Click(x+1, y)
	}
	click("a say")
	s.Wait(t, "first a")
	click("? help")
	s.Wait(t, "type to find")
	click("esc close")
	s.Until(t, "the help to be gone", func() bool { return !strings.Contains(s.Text(), "type to find") })
	s.Type("p")
	s.Wait(t, "wall")
	click("⏎ choose")
	s.Wait(t, "took harbour")
	s.Click(69, 15) // the toast is no key
	s.Type("a")
	s.Wait(t, "first a,a")
}

// A prompt shows its keys while there is room for them, and they can be clicked; keys that were in the
// footer before cannot.
func TestPromptShowsItsKeys(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &plain{name: "first", ready: true}, app.Options{})
	s.Wait(t, "a say")
	x, y, _ := s.Find("a say")
	s.Type("/")
	s.Wait(t, "⏎ accept  esc cancel")
	s.Click(x, y)
	s.Type("quay" + strings.Repeat("s", 45))
	s.Until(t, "the keys to make room", func() bool { return !strings.Contains(s.Text(), "cancel") })
	s.Type(strings.Repeat("\x7f", 45))
	s.Wait(t, "word: quay  ") // all of the others are gone
	s.Wait(t, "esc cancel")
	x, y, _ = s.Find("⏎ accept")
	s.Click(x, y)
	s.Wait(t, "first quay")
	s.Type("/")
	s.Wait(t, "word:")
	x, y, _ = s.Find("esc cancel")
	s.Click(x, y)
	s.Wait(t, "a say")
	if got := s.Text(); !strings.HasPrefix(got, "first quay\n") {
		t.Errorf("something else was done\n%s", got)
	}
}

func TestUnknownTheme(t *testing.T) {
	t.Parallel()
	if _, err := app.New(app.Options{Theme: "mauve"}, &plain{}); err == nil {
		t.Error("no error")
	}
}

// What fails while the program closes, when no screen can show it, is not lost.
func TestFailedWhileClosing(t *testing.T) {
	t.Parallel()
	m, err := app.New(app.Options{}, &plain{name: "one", ready: true})
	if err != nil {
		t.Fatal(err)
	}
	shown, lost := errors.New("shown"), errors.New("lost")
	m.Update(ui.ErrMsg{Err: shown})
	if err := m.Failed(); err != nil {
		t.Errorf("on the screen: %v", err)
	}
	m.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl})
	m.Update(ui.ErrMsg{Err: lost})
	if err := m.Failed(); !errors.Is(err, lost) || errors.Is(err, shown) {
		t.Errorf("while closing: %v", err)
	}
}

package reader_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/app"
)

var update = flag.Bool("update", false, "rewrite the screens in testdata")

// walks are keys that bring the reader through its parts, parted by blanks: what is on the
// screen after each is compared with a file of testdata.
var walks = []struct {
	file          string
	width, height int
	keys          string
}{
	{"narrow", 40, 12, "tab y } @ 1 s j enter x u esc"},
	{"middle", 80, 24, "tab l x u m 1 u * esc / q u i l l enter n esc v l o Y 1"},
	{"wide", 140, 20, "tab . ] ] s space space m u s f f } @ 0 ~ , h i enter A w esc # s h i p enter ; esc z esc < ( R ! enter g"},
}

// A program runs the model and its commands one after the other, so that the same keys give
// the same screens. Toasts stay until the next key.
type program struct {
	t *testing.T
	m *app.Model
}

func (p program) send(msg tea.Msg) {
	queue := []tea.Cmd{ui.Send(msg)}
	for n := 0; len(queue) > 0; n++ {
		if n > 1000 {
			p.t.Fatal("the commands do not end")
		}
		cmd := queue[0]
		queue = queue[1:]
		if cmd == nil || strings.Contains(runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name(), ".Tick") {
			continue
		}
		msg := cmd()
		if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() {
				queue = append(queue, v.Index(i).Interface().(tea.Cmd))
			}
		} else if msg != nil && msg != tea.Quit() {
			_, cmd := p.m.Update(msg)
			queue = append(queue, cmd)
		}
	}
}

func (p program) press(key string) {
	named := map[string]tea.KeyPressMsg{
		"tab": {Code: tea.KeyTab}, "enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "space": {Code: tea.KeySpace, Text: " "},
	}
	msg, ok := named[key]
	if !ok {
		msg = tea.KeyPressMsg{Code: []rune(key)[0], Text: key}
	}
	p.send(msg)
}

func TestScreens(t *testing.T) {
	t.Parallel()
	for _, w := range walks {
		t.Run(w.file, func(t *testing.T) {
			t.Parallel()
			s, open := openWith(newSlow())
			m, err := app.New(app.Options{}, s)
			if err != nil {
				t.Fatal(err)
			}
			p := program{t, m}
			p.send(tea.WindowSizeMsg{Width: w.width, Height: w.height})
			p.send(tea.BatchMsg{open})
			var b strings.Builder
			for _, key := range append([]string{"opened"}, strings.Fields(w.keys)...) {
				if key != "opened" {
					p.press(key)
				}
				fmt.Fprintf(&b, "== %s\n", key)
				for line := range strings.SplitSeq(ansi.Strip(m.View().Content), "\n") {
					b.WriteString(strings.TrimRight(line, " ") + "\n")
				}
			}
			compareScreens(t, filepath.Join("testdata", w.file+".txt"), b.String())
		})
	}
}

// compareScreens compares screens with those of a file, and shows the first that differs.
func compareScreens(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	is, was := strings.Split(got, "\n== "), strings.Split(string(want), "\n== ")
	for i := range min(len(is), len(was)) {
		if is[i] != was[i] {
			t.Fatalf("screen %d of %s is\n%s\nand was\n%s", i, file, is[i], was[i])
		}
	}
	if len(is) != len(was) {
		t.Errorf("%s has %d screens, not %d", file, len(was), len(is))
	}
}

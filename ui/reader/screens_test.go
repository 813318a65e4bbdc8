package reader_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui/app"
	"byline/ui/uitest"
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
	{"wide", 140, 20, "tab . ] ] s space space m u s f f } @ 0 ~ , h i enter A w esc # s h i p enter ; esc Z esc z < ( R ctrl+t enter g"},
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
			p := uitest.Steps{T: t, Model: m}
			p.Send(tea.WindowSizeMsg{Width: w.width, Height: w.height})
			p.Run(open)
			var b strings.Builder
			for _, key := range append([]string{"opened"}, strings.Fields(w.keys)...) {
				if key != "opened" {
					p.Press(key)
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

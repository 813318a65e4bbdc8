package theme_test

import (
	"strings"
	"testing"

	"byline/ui/theme"
)

func TestPaintRewritesDefaults(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("dark", true)
	if err != nil {
		t.Fatal(err)
	}
	got := th.Paint("a\x1b[1mb\x1b[mc\x1b[39;48;5;49md\x1b[4:2;49me")
	ink, paper := "38;2;217;213;204", "48;2;23;25;30"
	want := "\x1b[" + ink + ";" + paper + "ma\x1b[1mb\x1b[0;" + ink + ";" + paper + "mc\x1b[" + ink + ";48;5;49md\x1b[4:2;" + paper + "me\x1b[m"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestPaintKeepsLastBlank(t *testing.T) {
	t.Parallel()
	th, _ := theme.Named("light", false)
	for _, line := range []string{"a  ", "\x1b[1ma  \x1b[m"} {
		if got := th.Paint(line); !strings.Contains(got, "a \u00a0") {
			t.Errorf("%q", got)
		}
	}
}

func TestTerminalThemeAddsNothing(t *testing.T) {
	t.Parallel()
	th, _ := theme.Named("", false)
	const s = "plain \x1b[31mred\x1b[m"
	if got := th.Paint(s); got != s {
		t.Errorf("got %q", got)
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	for _, name := range theme.Names() {
		if th, err := theme.Named(name, true); err != nil || th.Name != name {
			t.Errorf("%s: %v, %v", name, th, err)
		}
	}
	if _, err := theme.Named("mauve", true); err == nil || !strings.Contains(err.Error(), "terminal, light, dark") {
		t.Errorf("unknown theme: %v", err)
	}
}

package config

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func load(t *testing.T, text string) (Config, []Problem) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, problems := Load(path)
	for i := range problems {
		problems[i].Path = filepath.Base(problems[i].Path)
	}
	return c, problems
}

// defaults are the expected defaults, written out.
var defaults = Config{
	Theme: "terminal", Measure: 72, Panel: Panel{Side: "right", Width: 32, Open: true},
	Terminal: Terminal{Mouse: true, FPS: 120}, Beside: Beside{Pictures: "auto", QuoteBars: true}, Date: "2 Jan 2006", Shell: true, Stored: Stored{Backups: Backups{5, 2000}}, Decisions: Decisions{Anchors: "words", Carry: true},
}

func TestNothingSet(t *testing.T) {
	t.Parallel()
	for name, load := range map[string]func() (Config, []Problem){
		"no file":          func() (Config, []Problem) { return Load(filepath.Join(t.TempDir(), "none.toml")) },
		"empty file":       func() (Config, []Problem) { return load(t, "") },
		"the default file": func() (Config, []Problem) { return load(t, string(Default(""))) },
	} {
		c, problems := load()
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		c.lines = nil
		if !reflect.DeepEqual(c, defaults) {
			t.Errorf("%s: %+v, want %+v", name, c, defaults)
		}
	}
}

// The default file lists every setting, and its examples are valid once the comment signs before
// them are removed.
func TestDefaultFileIsComplete(t *testing.T) {
	t.Parallel()
	file := string(Default(""))
	c, _ := load(t, file)
	for _, s := range settings {
		if strings.HasSuffix(s.name, ".") {
			for line := range strings.Lines(strings.TrimSpace(s.value) + "\n") {
				file = strings.Replace(file, "# "+line, line, 1)
			}
			continue
		}
		if c.Line(s.name) == 0 {
			t.Errorf("the default file does not set %s", s.name)
		}
		if strings.TrimSpace(s.doc) == "" {
			t.Errorf("%s has no comment", s.name)
		}
	}
	c, problems := load(t, file)
	if len(problems) > 0 || len(c.Labels) == 0 || len(c.Keys) == 0 {
		t.Errorf("examples: labels %v, keys %v, problems %v", c.Labels, c.Keys, problems)
	}
	for line := range strings.Lines(file) {
		if len(line) > 91 {
			t.Errorf("wider than 90 columns: %q", line)
		}
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	c, problems := load(t, `
theme = "dark"
measure = 60
panel = { side = "left", width = 40 }
date = "iso"
who = "Anna Bärlund"
[labels]
weapon = "W"
"court case" = "ctrl+k"
[keys]
"reader.confirm" = ["y", "enter"]
reader.reject = "X"
app.quit = []
`)
	want := defaults
	want.Theme, want.Measure, want.Who, want.Date = "dark", 60, "Anna Bärlund", "2006-01-02"
	want.Panel = Panel{Side: "left", Width: 40, Open: true}
	want.Labels = []Label{{"weapon", "W"}, {"court case", "ctrl+k"}}
	want.Keys = map[string][]string{"reader.confirm": {"y", "enter"}, "reader.reject": {"X"}, "app.quit": {}}
	if got := c.Line("keys.reader.reject"); got != 12 {
		t.Errorf("line of keys.reader.reject: %d", got)
	}
	c.lines = nil
	if len(problems) > 0 || !reflect.DeepEqual(c, want) {
		t.Errorf("%+v\nwant %+v\n%v", c, want, problems)
	}
}

// Every invalid line is reported with a fix; the valid ones around it apply.
func TestProblems(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"measure = 500", `config.toml:2: measure is 500; write a whole number from 20 to 200`},
		{"measure = 72.5", `config.toml:2: measure is 72.5; write a whole number from 20 to 200`},
		{"measure = \"wide\"", `config.toml:2: measure is "wide"; write a whole number from 20 to 200`},
		{"mesure = 72", `config.toml:2: there is no setting mesure; did you mean measure?`},
		{"colour = 1", `config.toml:2: there is no setting colour; delete the line; the file that "byline config init" writes names every setting`},
		{"theme = \"solar\"", `config.toml:2: theme is "solar"; write one of "terminal", "light", "dark"`},
		{"mouse = \"off\"", `config.toml:2: mouse is "off"; write true or false, without quotes`},
		{"panel = 3", `config.toml:2: there is no setting panel; delete the line; the file that "byline config init" writes names every setting`},
		{"[panel]\n\nwidth = -1", `config.toml:4: panel.width is -1; write a whole number from 20 to 80`},
		{"[labels]\na = \"W\"\nb = \"W\"", `config.toml:4: labels.b is "W"; write another key: "a" has this one`},
		{"[labels]\nweapon = \"shoot\"", `config.toml:3: labels.weapon is "shoot"; write a key in quotes, such as "W", "f5" or "ctrl+l"`},
		{"[keys]\n\"reader.confirm\" = [\"entre\"]", `config.toml:3: keys.reader.confirm is ["entre"]; write keys as byline names them, such as ["y", "ctrl+p"]: "entre" is not a key`},
		{"who = \"a\\u001b[31mb\"", `config.toml:2: who is "a\x1b[31mb"; write words without control characters, on one line`},
		{"\"\\u202e\" = 1", `config.toml:2: there is no setting "\u202e"; delete the line; the file that "byline config init" writes names every setting`},
	} {
		c, problems := load(t, "fps = 30\n"+test.text+"\n")
		if len(problems) != 1 || problems[0].String() != test.want {
			t.Errorf("%s:\n got %v\nwant %s", test.text, problems, test.want)
		}
		if c.FPS != 30 {
			t.Errorf("%s: the setting beside it is lost", test.text)
		}
	}
}

func TestUnparsable(t *testing.T) {
	t.Parallel()
	c, problems := load(t, "fps = 30\ntheme = dark\n")
	c.lines = nil
	if len(problems) != 1 || problems[0].Line != 2 || !reflect.DeepEqual(c, defaults) {
		t.Errorf("%+v, %v", c, problems)
	}
}

// A file with very many settings is not read: that would take minutes.
func TestTooManySettings(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, "[labels.%d]\na=1\n", i)
	}
	c, problems := load(t, b.String())
	c.lines = nil
	if len(problems) != 1 || !strings.Contains(problems[0].What, "100000 settings and tables") || !reflect.DeepEqual(c, defaults) {
		t.Errorf("%v", problems)
	}
}

func TestNotAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, problems := Load(dir)
	if len(problems) != 1 || problems[0].What != "is not a file" || !reflect.DeepEqual(c, defaults) {
		t.Errorf("a directory: %+v, %v", c, problems)
	}
	big := filepath.Join(dir, "big")
	if err := os.WriteFile(big, make([]byte, maxBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, problems := Load(big); len(problems) != 1 {
		t.Errorf("a file of %d bytes: %v", maxBytes+1, problems)
	}
}

// FuzzLoad checks that no file keeps the program from starting, and that all accepted values are
// within range.
func FuzzLoad(f *testing.F) {
	f.Add(string(Default("")))
	f.Add("[keys]\na.b = [1, [2]]\n[[panel]]\nwidth = 3\n[[panel]]\n")
	f.Add("a = 0b\x00")
	f.Add("labels = {a = {b = \"c\"}}\nfps = 0x7fffffffffffffff")
	f.Fuzz(func(t *testing.T, text string) {
		c, problems := parse("config.toml", text)
		if c.FPS < 10 || c.FPS > 120 || c.Measure < 20 || c.Measure > 200 || c.Panel.Width < 20 || c.Date == "" {
			t.Errorf("%+v", c)
		}
		for _, p := range problems {
			if !printable(p.String()) || p.What == "" || p.Fix == "" {
				t.Errorf("problem %q", p.String())
			}
		}
	})
}

// What is wrong with an annotator is said with its line, and what to write.
func TestAnnotators(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[annotators]\na.types = \"x\"\na.command = [\"a\"]":            "config.toml:2: annotators.a.types is \"x\"; write a type of the program after types, as in types.NORP = \"group\"",
		"[annotators]\na.types.PER = \"quote\"\na.command = [\"a\"]":    "config.toml:2: ",
		"[annotators]\na.types.PER = \"Quotes\"\na.command = [\"a\"]":   "quotes come in the \"quotes\" of an answer",
		"[annotators]\nb.command = [\"b\"]\na.timeout = \"2s\"":         "config.toml:3: annotators.a has no command; write a.command = [",
		"[annotators]\na.batch = 2":                                     "config.toml:2: annotators.a has no command",
		"[annotators.a.types]\nPER = \"person\"":                        "config.toml:2: annotators.a has no command",
		"[annotators]\na.command = \"a b\"\na.batch = 2":                "config.toml:2: annotators.a.command is \"a b\"; write a program",
		"[annotators]\na.command = [\"a\"]\na.types.PER = \"PERSON\"\n": "",
		"[annotators]\n\"a,b\".command = [\"a\"]":                       "config.toml:2: \"annotators.a,b.command\" is [\"a\"]; write a name of the program without a comma, which stands between names in lists",
		"[annotators.\"a, b\".types]\nPER = \"person\"":                 "write a name of the program without a comma",
		"[annotators]\n\",\".batch = 8":                                 "write a name of the program without a comma",
	} {
		_, problems := load(t, text)
		if len(problems) != 1 && want != "" || want == "" && len(problems) > 0 {
			t.Errorf("%q: %v", text, problems)
		} else if want != "" && !strings.Contains(problems[0].String(), want) {
			t.Errorf("%s\nnot %s", problems[0], want)
		}
	}
}

// The programs of a settings file are run in its folder.
func TestAnnotatorFolder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("c.toml", []byte("annotators.a.command = [\"a\"]"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"c.toml", "./c.toml", filepath.Join(dir, "c.toml")} {
		c, problems := Load(path)
		if len(problems) > 0 || len(c.Annotators) != 1 || c.Annotators[0].Dir != dir {
			t.Errorf("%s: %v, %v", path, c.Annotators, problems)
		}
	}
}

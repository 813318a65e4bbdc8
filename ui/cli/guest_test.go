package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"byline/annotate/workspace"
	"byline/articles/clean/cleantest"
	"byline/ui/config"
	"byline/ui/serve"
)

// asGuest runs a command of ann, who is elsewhere, in a library.
func asGuest(t *testing.T, w *workspace.Workspace, reads bool, in string, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	g := &guest{library: w, Session: &serve.Session{Person: serve.Person{Name: "ann", Reads: reads}, Args: args, In: strings.NewReader(in), Out: &o, Errs: &e}}
	settings, _ := config.Load("")
	g.settle(settings)
	status = g.run(t.Context())
	return o.String(), e.String(), status
}

// visited is a library of a computer with something to lose, where the test works.
func visited(t *testing.T) (w *workspace.Workspace, id string) {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "TMPDIR"} {
		t.Setenv(name, home)
	}
	t.Chdir(home)
	var out, errs bytes.Buffer
	library := filepath.Join(t.TempDir(), "l.db")
	in := strings.NewReader("Marta Quill sold the press to Halden. “It was time,” said Marta Quill.\n")
	if status := execute(t.Context(), newProgram(in, &out, &errs), []string{"--library", library, "add", "-"}); status != 0 {
		t.Fatal(errs.String())
	}
	_, id, _ = strings.Cut(out.String(), "\t")
	id, _, _ = strings.Cut(id, "\t")
	w, err := workspace.Open(t.Context(), library, must(engineFor(config.Config{})), workspace.Options{Who: "operator"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.Close(t.Context())
		if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
			t.Errorf("left %v, %v", left, err)
		}
	})
	return w, id
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// Every command that a guest may not run, and every flag, is refused, and does nothing.
func TestGuestMayNot(t *testing.T) {
	w, id := visited(t)
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("The password is hunter2. Marta Quill knows it.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, c := range leaves(root(newProgram(nil, io.Discard, io.Discard)), "") {
		path := strings.Fields(c.path)
		flags, may := guestCommands[c.path]
		if c.path == "help" {
			continue
		}
		if !may {
			for _, args := range [][]string{path, append(slices.Clone(path), secret), append(slices.Clone(path), "--help")} {
				out, errs, status := asGuest(t, w, false, "", args...)
				if refused++; status == 0 && !strings.Contains(out, "Usage:\n  ssh HOST") || strings.Contains(out+errs, "hunter2") {
					t.Errorf("%q: status %d\n%s%s", args, status, out, errs)
				}
			}
			continue
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if slices.Contains(append(flags, "help", "view"), f.Name) {
				return
			}
			refused++
			out, errs, status := asGuest(t, w, false, "", append(slices.Clone(path), id, "--"+f.Name+"="+secret)...)
			if status != statusUsage || strings.Contains(out+errs, "hunter2") {
				t.Errorf("%s --%s: status %d\n%s%s", c.path, f.Name, status, out, errs)
			}
		})
	}
	if refused < 100 {
		t.Errorf("only %d refusals were tried", refused)
	}
	for _, args := range [][]string{{secret}, {"-"}, {"https://example.org/"}, {"--library", secret}, {"--config=" + secret}, {"--who", "bob"}, {"export", id, "-o", "x"}, {"export", id, "-ox"},
		{"export", secret}, {"log", secret}, {"list", "--where", "source:" + secret}, {"__complete", "export", ""}, {"__completeNoDesc", ""}, {"read-pdf"}, {""}, {"help", "add"}} {
		out, errs, _ := asGuest(t, w, false, "", args...)
		if strings.Contains(out+errs, "hunter2") || strings.Contains(out+errs, "--output") || strings.Contains(out, id) {
			t.Errorf("%q: %s%s", args, out, errs)
		}
	}
}

// What a guest may run works, also with nothing to be asked for.
func TestGuestMay(t *testing.T) {
	w, id := visited(t)
	for _, x := range []struct {
		args string
		want string
	}{
		{"list", id}, {"list --format json", `"id"`}, {"search Marta", id}, {"quotes", "It was time"}, {"people", "Marta Quill"},
		{"export " + id, `"Marta Quill"`}, {"export --all -f markdown", "It was time"}, {"log " + id, ""}, {"blame " + id, "[]"}, {"team log", ""}, {"team progress", ""}, {"team report", ""},
		{"version", "byline"}, {"help", "linear"}, {"export --help", "ssh HOST export"}, {"list --view mine", id}, {"team", ""},
	} {
		out, errs, status := asGuest(t, w, false, "", strings.Fields(x.args)...)
		if want := map[bool]int{true: statusUsage}[x.args == "team"]; status != want || !strings.Contains(out, x.want) {
			t.Errorf("%s: status %d\n%s%s", x.args, status, out, errs)
		}
	}
	out, errs, status := asGuest(t, w, false, "") // line by line, where there is no terminal
	if status != statusDone || !strings.Contains(out, "1 article.") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	script := "1\n+\n=\ne /tmp/x.json\nq\na /etc/passwd\nremove 1\nq\n"
	out, errs, status = asGuest(t, w, false, script, "linear")
	if status != statusDone {
		t.Errorf("status %d", status)
	}
	for _, want := range []string{"onfirmed", "no file is written over SSH", "ssh HOST export " + id[:4], "files and addresses are not added"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q\n%s%s", want, out, errs)
		}
	}
	doc, err := w.Open(t.Context(), id)
	if err != nil || len(doc.Log) != 1 || doc.Log[0].Who != "ann" {
		t.Errorf("%+v, %v", doc.Log, err)
	}
	if _, errs, status := asGuest(t, w, true, "", "search", "--save", "x", "Marta"); status != statusFailed || !strings.Contains(errs, "you may read it") {
		t.Errorf("status %d: %s", status, errs)
	}
	out, _, _ = asGuest(t, w, true, "1\n+\nx\nq\nq\n", "linear")
	if doc, err := w.Open(t.Context(), id); err != nil || len(doc.Log) != 1 || !strings.Contains(out, "read-only") {
		t.Errorf("one who reads: %+v, %v\n%s", doc.Log, err, out)
	}
}

// Settings of a guest are theirs, but for what is of the computer.
func TestGuestSettings(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ann.toml")
	text := "theme = \"dark\"\nmeasure = 50\nwho = \"somebody else\"\nlibrary = \"/other.db\"\nshell = true\nfps = 120\nnone = 1\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	host, _ := config.Load("")
	host.Labels = []config.Label{{Name: "weapon", Key: "1"}}
	g := &guest{Session: &serve.Session{Person: serve.Person{Name: "ann", Settings: path}, Environ: []string{"BYLINE_THEME=light", "TERM=dumb"}}}
	g.settle(host)
	c := g.config
	if c.Theme != "light" || c.Measure != 50 || c.Who != "ann" || c.Library != "" || c.Shell || c.FPS != 60 || !c.Linear || len(c.Labels) != 1 {
		t.Errorf("%+v", c)
	}
	if len(g.problems) != 1 || !strings.HasPrefix(g.problems[0].String(), "your settings:7:") {
		t.Errorf("%v", g.problems)
	}
}

// What is hostile in a library reaches no guest's terminal either, and not what they type.
func TestHostileGuests(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every command")
	}
	library, _, _, id := hostileLibrary(t)
	w, err := workspace.Open(t.Context(), library, must(engineFor(config.Config{})), workspace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close(t.Context())
	for path := range guestCommands {
		for _, more := range []string{"", id, cleantest.Hostile, "--" + cleantest.Hostile, "--where=" + cleantest.Hostile, "--view=" + cleantest.Hostile} {
			args := append(strings.Fields(path), strings.Fields(more)...)
			out, errs, _ := asGuest(t, w, false, "", args...)
			safe(t, args, out)
			safe(t, args, errs)
		}
	}
	_, errs, _ := asGuest(t, w, false, "", cleantest.Hostile)
	safe(t, nil, errs)
}

// safe checks that what a guest gets is text.
func safe(t *testing.T, args []string, text string) {
	t.Helper()
	for _, r := range strings.ReplaceAll(text, "\r\n", "\n") {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			t.Errorf("%q: %U in %q", args, r, text)
			return
		}
	}
}

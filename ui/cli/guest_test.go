package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/clean/cleantest"
	"byline/ui/cli/visitor"
	"byline/ui/config"
	"byline/ui/serve"
	"byline/ui/session"
)

// asGuest runs a command of ann, who is elsewhere, in a library.
func asGuest(t *testing.T, w *workspace.Workspace, reads bool, in string, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	g := &guest{library: w, syncs: newSyncs(), Session: &serve.Session{Person: serve.Person{Name: "ann", Reads: reads}, Args: args, In: strings.NewReader(in), Out: &o, Errs: &e}}
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
		flags, may := visitor.Commands[c.path]
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

// Times are told to a guest in UTC, and it is said; so are they taken.
func TestGuestTimes(t *testing.T) {
	w, id := visited(t)
	at := time.Now().UTC().Format("2006-01-02 15:")
	if _, errs, status := asGuest(t, w, false, "1\n+\n=\nq\n", "linear"); status != statusDone {
		t.Fatal(errs)
	}
	if err := workspace.TeamOf(w).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}},
		team.Event{Verb: team.Assign, Set: "May", Deal: map[string][]string{"ann": {id}}}); err != nil {
		t.Fatal(err)
	}
	var two string // has two versions
	for _, text := range []string{"Nobody bought it.", "Somebody bought it."} {
		two = must(w.Add(t.Context(), &articles.Article{ID: articles.TextID(text), Source: "/x.md", Format: articles.Plain, Text: text})).ID
	}
	hour := regexp.MustCompile(`\d\d:\d\d(:\d\d)?( UTC)?`)
	for args, input := range map[string]string{"log " + id + " -f table": "", "blame " + id + " -f table": "", "diff " + two: "", "team progress -f table": "", "linear": "2\nhistory\ni\nq\n"} {
		out, errs, _ := asGuest(t, w, false, input, strings.Fields(args)...)
		told := hour.FindAllString(out, -1)
		heading := strings.Contains(out, "WHEN (UTC)") || strings.Contains(out, "LAST (UTC)") // of a table
		if len(told) == 0 || slices.ContainsFunc(told, func(s string) bool { return strings.HasSuffix(s, " UTC") == heading }) {
			t.Errorf("%s: %q\n%s%s", args, told, out, errs)
		}
		if !strings.HasPrefix(args, "linear") && !strings.Contains(out, at) && time.Now().UTC().Format("2006-01-02 15:") == at {
			t.Errorf("%s does not say %s\n%s", args, at, out)
		}
	}
	if got, err := parseInstant("2026-11-23 14:05", zoneOf(&program{guest: &guest{}})); err != nil || got.Format(time.RFC3339) != "2026-11-23T14:05:59Z" {
		t.Errorf("taken as %v, %v", got, err)
	}
	if zoneOf(&program{}) != time.Local {
		t.Error("at the computer times are not those of it")
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
	for _, want := range []string{"onfirmed", "no file is written over SSH", "ssh HOST export " + id[:4], "Files and addresses are not added over SSH"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q\n%s%s", want, out, errs)
		}
	}
	doc, err := w.Open(t.Context(), id)
	if err != nil || len(doc.Log) != 1 || doc.Log[0].Who != "ann" {
		t.Errorf("%+v, %v", doc.Log, err)
	}
	if _, errs, status := asGuest(t, w, true, "", "search", "--save", "x", "Marta"); status != statusFailed || !strings.Contains(errs, "you may only read here") {
		t.Errorf("status %d: %s", status, errs)
	}
	out, _, _ = asGuest(t, w, true, "1\n+\nx\nq\nq\n", "linear")
	if doc, err := w.Open(t.Context(), id); err != nil || len(doc.Log) != 1 || !strings.Contains(out, "read-only") {
		t.Errorf("one who reads: %+v, %v\n%s", doc.Log, err, out)
	}
}

var (
	aFlag    = regexp.MustCompile(`(?:^|[\s("“])(--?[a-z][a-z0-9-]*)(?:[^a-z0-9:-]|$)`)
	aCommand = regexp.MustCompile(`\b(?:byline|ssh HOST) ((?:team )?[a-z]+)\b`)
)

// advice returns what is wrong with a text for guests: it names flags or commands that they do not have, or a command as they do not
// type it.
func advice(text string) (wrong []string) {
	known := map[string]bool{"--view": true, "--help": true, "-h": true, "-f": true, "-n": true, "-w": true, "-t": true, "-r": true, "-c": true, "-T": true, "-p": true, "-d": true}
	for _, flags := range visitor.Commands {
		for _, f := range flags {
			known["--"+f] = true
		}
	}
	for _, m := range aFlag.FindAllStringSubmatch(text, -1) {
		if !known[m[1]] {
			wrong = append(wrong, m[1])
		}
	}
	for _, m := range aCommand.FindAllStringSubmatch(text, -1) {
		switch may, at := visitor.May(m[1], ""), strings.HasPrefix(m[0], "byline"); {
		case m[0] == "byline sync", m[0] == "byline on", m[0] == "byline speaks", m[0] == "byline first":
		case at && (may || commandNames[m[1]]), !at && !may && m[1] != "team command":
			wrong = append(wrong, m[0])
		}
	}
	return wrong
}

// commandNames are the names of all commands.
var commandNames = func() map[string]bool {
	out := map[string]bool{}
	for _, c := range leaves(root(newProgram(nil, io.Discard, io.Discard)), "") {
		out[c.path] = true
	}
	return out
}()

// What is said to guests names what they have: in help, and in complaints about whatever is wrong.
func TestGuestAdvice(t *testing.T) {
	w, id := visited(t)
	state := workspace.TeamOf(w)
	if err := state.Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}}, team.Event{Verb: team.Join, Set: "May", Members: []string{"bob"}}); err != nil {
		t.Fatal(err)
	}
	said := 0
	ask := func(reads bool, in string, args ...string) {
		t.Helper()
		out, errs, _ := asGuest(t, w, reads, in, args...)
		said += len(out) + len(errs)
		wrong := slices.DeleteFunc(advice(out+errs), func(flag string) bool {
			return slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, flag) })
		})
		if len(wrong) > 0 {
			t.Errorf("%q: %q in\n%s%s", args, wrong, out, errs)
		}
	}
	ask(false, "", "help")
	for path, flags := range visitor.Commands {
		words := strings.Fields(path)
		for _, more := range [][]string{{"--help"}, {"zzz"}, {id, "zzz"}, {"zzz", "--format", "zzz"}, {id, "-o", "x"}, {id, "--output=x"}, {id, "--force"}, {id, "--library", "x"}, {"--view", "zzz"}, {"--view", "mine", id},
			{"May"}, {"--where", "zzz:"}, {"--where", "@zzz"}, {"--merge", "zzz"}, {"--save", "zzz"}, {"--curated", id}, {"--curated", "--by", "x", id}, {"--kinds", "zzz", id}, {"--by", "zzz", id}, {"--set", "zzz"}, {"--for", "zzz"}, {"--at", "zzz", id},
			{"--annotators", "zzz"}, {"--annotators", "x,y"}, {"--most", "0", "x"}, {"--all", "--format", "brat"}, {id, "--format", "webanno"}, {id, "--format", "parquet"}, {"--stdio"}, {"x", "--stdio"}} {
			ask(len(more)%2 == 0, "", append(slices.Clone(words), more...)...)
		}
		for _, f := range flags {
			ask(false, "", append(slices.Clone(words), "--"+f)...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(commandNames)) {
		ask(false, "", strings.Fields(name)...)
	}
	lines := "?\n1\n?\ne\ne x.json\ne x.zzz\na x\nremove 1\ntrash\nopen 1\n!\nE\nalt+v\nchanges\nview\nguidelines\npipe\nedit\nmouse\nq\na /etc/passwd\nremove 1\ntrash 1\nopen 1\n"
	ask(false, lines+"q\n", "linear")
	ask(true, lines+"q\n", "linear")
	for _, r := range session.Actions(nil) {
		ask(false, "1\n"+string(r.Name)+"\nq\nq\n", "linear")
	}
	if said < 100_000 {
		t.Errorf("only %d bytes were said", said)
	}
}

// A guest gets formats of several files as an archive, and nothing that is no text on a terminal.
func TestGuestArchive(t *testing.T) {
	w, id := visited(t)
	for args, want := range map[string][]string{
		"export " + id + " -f brat":      {"marta-quill-sold-the-press-to-halden-it-was-time-said-marta.ann", ".txt"},
		"export --all -f brat":           {".ann", ".txt"},
		"export " + id + " -f webanno":   {".webanno.tsv", "Quote.layer.json"},
		"export --all --format obsidian": {".md"},
		"export " + id + " -f parquet":   {"marta-quill-sold-the-press-to-halden-it-was-time-said-marta.parquet", ".quotes.parquet"},
		"export --all -f parquet":        {"articles.parquet", "articles.quotes.parquet"},
		"export --all -f labelstudio":    {"articles.labelstudio.json", "labelstudio.xml"},
	} {
		out, errs, status := asGuest(t, w, false, "", strings.Fields(args)...)
		z, err := zip.NewReader(strings.NewReader(out), int64(len(out)))
		if err != nil || status != statusDone {
			t.Errorf("%s: %v, status %d\n%s", args, err, status, errs)
			continue
		}
		var names string
		for _, f := range z.File {
			if names += f.Name + "\n"; f.UncompressedSize64 == 0 && !strings.HasSuffix(f.Name, ".ann") {
				t.Errorf("%s: %s is empty", args, f.Name)
			}
		}
		for _, name := range want {
			if !strings.Contains(names, name+"\n") {
				t.Errorf("%s: no %s in\n%s", args, name, names)
			}
		}
	}
}

// Commands work as they are typed behind ssh, which joins the words after the client's shell has taken its quotation marks.
func TestGuestJoinedWords(t *testing.T) {
	w, id := visited(t)
	for _, x := range []struct{ args, want string }{
		{"list --where status:unread added:7d", id},
		{"list --where=person:Marta added:7d --header", "title"},
		{"export Marta Quill sold the press", `"Marta Quill"`},
		{"export " + id[:6] + " " + id, "}\n"},
		{"people Marta Quill --merge Halden", ""},
		{"people Marta Quill", "Marta Quill"},
		{"log Marta Quill sold --at 2026-11-30 08:06", ""},
		{"search was time -tag:todo", id},
		{"-- list", id},
	} {
		out, errs, status := asGuest(t, w, false, "", strings.Fields(x.args)...)
		if !strings.Contains(out, x.want) || status == statusUsage {
			t.Errorf("%s: status %d, no %q\n%s%s", x.args, status, x.want, out, errs)
		}
	}
	for args, want := range map[string]string{
		"scp -f x": "no files are copied over SSH", "scp -t /tmp": "no files are copied over SSH", "/usr/lib/sftp-server": "no files are copied over SSH", "rsync --server": "no files are copied over SSH",
		"search (" + strings.Repeat("x", 7000):           " … ",
		"list --where foo:" + strings.Repeat("ü ", 3000): " … ",
		"team guidelines " + strings.Repeat("May", 2000): " … ",
		"export a": "articles have this in their titles",
	} {
		if strings.HasPrefix(args, "export") {
			if _, err := w.Add(t.Context(), &articles.Article{Title: "Another day", Source: "-", Text: "Bo Gray spoke."}); err != nil {
				t.Fatal(err)
			}
		}
		if _, errs, _ := asGuest(t, w, false, "", strings.Fields(args)...); !strings.Contains(errs, want) || len(errs) > 2000 {
			t.Errorf("%.40s: %d bytes: %.3000s", args, len(errs), errs)
		}
	}
}

// A lost is the stream to a client that is gone after so many bytes: the session ends.
type lost struct {
	left, n int
	end     func()
}

func (l *lost) Write(p []byte) (int, error) {
	if l.n += len(p); l.n > l.left {
		l.end()
	}
	return len(p), nil
}

// An export ends with its client: nothing is written once the session has ended, though the stream would take it.
func TestGuestIsGone(t *testing.T) {
	w, _ := visited(t)
	for i := range 30 {
		if _, err := w.Add(t.Context(), &articles.Article{Title: fmt.Sprint(i), Source: "-", Text: strings.Repeat(fmt.Sprintf("Marta Quill %d sold the press to Halden.\n\n", i), 100)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{"export --all -f jsonl", "export --all -f webanno", "export --all -f w3c", "export --all -f parquet"} {
		ctx, end := context.WithCancel(t.Context())
		out := &lost{left: 1, end: end}
		var errs bytes.Buffer
		g := &guest{library: w, syncs: newSyncs(), Session: &serve.Session{Person: serve.Person{Name: "ann"}, Args: strings.Fields(args), In: strings.NewReader(""), Out: out, Errs: &errs}}
		settings, _ := config.Load("")
		g.settle(settings)
		status := g.run(ctx)
		end()
		if whole, _, _ := asGuest(t, w, false, "", strings.Fields(args)...); status == statusDone || out.n > max(4096, len(whole)/3) {
			t.Errorf("%s: status %d, %d of %d bytes", args, status, out.n, len(whole))
		}
		if again, err := g.syncs.exports.Take(t.Context(), "ann", func() { t.Error("a turn is not given back") }); err == nil {
			again()
		}
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
	for path := range visitor.Commands {
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

// A fault over an article is logged, and what a guest brings after it is annotated all the same.
func TestFaultOfAnArticle(t *testing.T) {
	t.Parallel()
	all, logged, runs := newSyncs(), "", 0
	ctx, stop := context.WithCancel(t.Context())
	all.came <- struct{}{}
	err := all.annotate(ctx, func(context.Context, func(done, all int)) error {
		if runs++; runs == 2 {
			stop()
			return nil
		}
		panic("index out of range")
	}, func(what string, about ...any) { logged += what + fmt.Sprint(about...) })
	if runs != 2 || err == nil || err.Error() != "index out of range" || !strings.Contains(logged, "fault") || !strings.Contains(logged, "TestFaultOfAnArticle") {
		t.Errorf("after %d runs %v, logged %.200q", runs, err, logged)
	}
}

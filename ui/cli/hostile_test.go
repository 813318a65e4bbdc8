package cli

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/creack/pty"
	"github.com/spf13/cobra"

	"byline/annotate/format/formats"
	"byline/annotate/library/db/dbtest"
	"byline/articles/clean"
	"byline/articles/clean/cleantest"
)

// commandLines are how the commands are run, without and with each value that their flags complete. FILE is a text, ANN a file of
// annotations, ID an article. An empty list is a command that needs a screen.
var commandLines = map[string][]string{
	"byline": {}, "tour": {}, "review": {}, "team adjudicate": {},
	"add": {"FILE"}, "annotate": {"FILE"}, "backup": {"FILE.bak"}, "blame": {"ID"}, "check": nil, "completion": nil, "completion bash": nil, "completion fish": nil, "completion powershell": nil, "completion zsh": nil,
	"config": nil, "config edit": {}, "config init": nil, "config keys": nil, "config path": nil, "config show": nil, "convert": {"ANN", "-"}, "diff": {"ID"}, "eval": {"ANN"}, "export": {"ID"},
	"feed": nil, "feed add": {"http://127.0.0.1:1/" + cleantest.Mark}, "feed export": nil, "feed import": {"FILE"}, "feed list": nil, "feed remove": {"http://example.org/"}, "feed sync": nil,
	"serve": nil,
	"help":  nil, "import": {"ANN"}, "list": nil, "log": {"ID"}, "man": nil, "people": nil, "quotes": nil, "remove": {"ID"}, "reread": nil, "restore": {"ID"}, "search": {"Marta"}, "sync": {"FOLDER"}, "trash": nil, "version": nil,
	"suggest": nil, "team": nil, "team add": {"May"}, "team agree": nil, "team report": nil, "team assign": {"May"}, "team exclude": {"May", "ID"}, "team export": {"May", "-o", "FILE.d"}, "team guidelines": {"May"}, "team progress": nil, "team leave": {"May", "ann"}, "team log": nil, "team reopen": {"May", "ID"}, "team retire": {"June"}, "team withdraw": {"May", "ann"},
	"__complete": {"export", ""}, "__completeNoDesc": {"export", ""},
}

// hostileLibrary makes a library in which whatever may be hostile is, as an attacker could write it, past all importers.
func hostileLibrary(t *testing.T) (library, file, ann, id string) {
	dir := t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "HOME"} {
		t.Setenv(name, dir)
	}
	t.Setenv("BYLINE_LIBRARY", "")
	library = filepath.Join(dir, "l.db")
	file = filepath.Join(dir, "x"+strings.NewReplacer("/", "", "\x00", "").Replace(cleantest.Hostile)+"\nSPOOFED\t.txt")
	ann = filepath.Join(dir, "b.doccano.jsonl")
	const text = "Marta Quill sold the press to Halden. “It was time,” said Marta Quill.\n"
	for path, data := range map[string]string{file: text + cleantest.Hostile, ann: fmt.Sprintf(`{"id":1,"text":%q,"entities":[{"id":1,"label":"wea%spon","start_offset":0,"end_offset":11}],"relations":[]}`, text, `\u001b]0;PWNED\u0007`)} {
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"add", file}, {"import", ann}, {"import", "--as-suggestions", "--by", "other", ann}, {"people", "Marta Quill", "--merge", "Halden"},
		{"team", "add", "June", "--all"}, {"team", "add", "May", "--where", "Marta", "--members", "ann,bob"}, {"team", "assign", "May"}} {
		var out, errs bytes.Buffer
		if execute(t.Context(), newProgram(strings.NewReader(""), &out, &errs), append([]string{"--library", library}, args...)) != 0 && args[0] != "people" {
			t.Fatalf("%q: %s", args, errs.String())
		}
		if args[0] == "add" {
			_, id, _ = strings.Cut(out.String(), "\t")
			id, _, _ = strings.Cut(id, "\t")
		}
	}
	if err := dbtest.Poison(library); err != nil {
		t.Fatal(err)
	}
	return library, file, ann, id
}

// Every command, in every format, writes nothing to a terminal or a pipe but text, whatever the library, a file and an argument hold,
// and needs no wall for that.
func TestHostileCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every command")
	}
	library, file, ann, id := hostileLibrary(t)
	fill := strings.NewReplacer("FILE", file, "ANN", ann, "ID", id, "FOLDER", filepath.Dir(library))
	shown := false
	for _, c := range leaves(root(newProgram(nil, io.Discard, io.Discard)), "") {
		args, ok := commandLines[c.path]
		if !ok {
			t.Errorf("%s: the test does not know how to run it: add a row to commandLines", c.path)
			continue
		}
		for _, flags := range c.choices() {
			line := append([]string{"--library", library}, strings.Fields(c.path)...)
			if c.path == "byline" {
				line = line[:2]
			}
			line = append(line, flags...)
			for _, a := range args {
				line = append(line, fill.Replace(a))
			}
			out, errs := hostileRun(t, c.path, line, false)
			if args == nil || len(args) > 0 {
				terminalOut, _ := hostileRun(t, c.path, line, true)
				out += terminalOut
			}
			shown = shown || strings.Contains(out+errs, cleantest.Mark)
			if strings.Contains(out+errs, "\n"+dbtest.Spoof) {
				t.Errorf("%q: a line end of a name ends the line:\n%s", line[2:], out+errs)
			}
		}
		for _, bad := range []string{cleantest.Hostile, "--" + cleantest.Hostile, "--who=" + cleantest.Hostile, "--encoding=" + cleantest.Hostile, "--theme=" + cleantest.Hostile, "--config=/" + cleantest.Hostile} {
			if len(args) > 0 || args == nil {
				hostileRun(t, c.path, slices.Concat([]string{"--library", library}, strings.Fields(c.path), []string{bad}), false)
			}
		}
	}
	if !shown {
		t.Error("nothing hostile is in the library: the test looks at nothing")
	}
}

// Line by line, every command of every kind of list does the same.
func TestHostileLines(t *testing.T) {
	if testing.Short() {
		t.Skip("types every key")
	}
	library, _, _, _ := hostileLibrary(t)
	var all strings.Builder
	for _, before := range []string{"1", "1\n+", "1\n}", "trash", "people", "people\n1"} {
		for c := '!'; c <= '~'; c++ {
			if c != 'q' && c != '!' && c != 'E' { // a shell, an editor
				fmt.Fprintf(&all, "l\n%s\n%c\n%c 1\n%c x\n", before, c, c, c)
			}
		}
	}
	for _, word := range strings.Fields("? ?? panel notes history links outline why details status tag sort trash people saved searches who next previous undo redo") {
		fmt.Fprintf(&all, "l\n1\n%s\n%s 1\n", word, word)
	}
	var out, errs bytes.Buffer
	p := newProgram(strings.NewReader(all.String()), &out, &errs)
	execute(t.Context(), p, []string{"--library", library, "--linear"})
	check(t, "--linear", p, out.String()+errs.String(), false)
	if !strings.Contains(out.String(), cleantest.Mark) || strings.Count(out.String(), "\nlibrary> ")+strings.Count(out.String(), "\narticle> ") < 500 {
		t.Errorf("the test looks at nothing: %d prompts", strings.Count(out.String(), "> "))
	}
}

// A leaf is a command that can be run.
type leaf struct {
	path string
	*cobra.Command
}

func leaves(c *cobra.Command, path string) []leaf {
	var all []leaf
	if c.Runnable() {
		all = append(all, leaf{strings.TrimSpace(path), c})
	}
	if path == "" {
		all[0].path = "byline"
		all = append(all, leaf{"__complete", c}, leaf{"__completeNoDesc", c})
	}
	for _, sub := range c.Commands() {
		all = append(all, leaves(sub, path+" "+sub.Name())...)
	}
	return all
}

// choices returns flags for the command: none, and for each flag with words that the shell completes, each word.
func (l leaf) choices() [][]string {
	all := [][]string{nil}
	if strings.HasPrefix(l.path, "__") {
		return all
	}
	for _, name := range []string{"format", "to", "from", "as", "by", "kind"} {
		complete, ok := l.GetFlagCompletionFunc(name)
		if !ok {
			continue
		}
		words, _ := complete(l.Command, nil, "")
		for _, w := range words {
			all = append(all, []string{"--" + name, w})
		}
	}
	return all
}

// hostileRun runs a command line into buffers or on a terminal, and checks what it writes.
func hostileRun(t *testing.T, path string, line []string, onTerminal bool) (out, errs string) {
	t.Helper()
	if !onTerminal {
		var o, e bytes.Buffer
		p := newProgram(strings.NewReader("no\n"), &o, &e)
		execute(t.Context(), p, line)
		if !strings.Contains(strings.Join(line, " "), "refi") && !strings.Contains(strings.Join(line, " "), "parquet") { // not text
			check(t, fmt.Sprintf("%q", line[2:]), p, o.String(), false)
		}
		check(t, fmt.Sprintf("%q", line[2:]), p, e.String(), false)
		return o.String(), e.String()
	}
	master, tty, err := pty.Open()
	if err != nil {
		t.Skip(err)
	}
	read := make(chan []byte)
	go func() {
		b, _ := io.ReadAll(master) // ends with an error when the other side is closed
		read <- b
	}()
	p := newProgram(strings.NewReader("no\n"), tty, tty)
	execute(t.Context(), p, line)
	tty.Close()
	out = string(<-read)
	master.Close()
	check(t, fmt.Sprintf("%q", line[2:]), p, out, true)
	return out, ""
}

// No file that an export writes, with those beside it, holds anything but text: it may be printed by anybody's cat.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("writes every format")
	}
	library, _, _, _ := hostileLibrary(t)
	for _, f := range formats.Writable() {
		if f.Name == "parquet" { // bytes, with lengths among them
			continue
		}
		dir := t.TempDir()
		var out, errs bytes.Buffer
		if execute(t.Context(), newProgram(strings.NewReader(""), &out, &errs), []string{"--library", library, "export", "--all", "-f", f.Name, "-o", dir}) == 2 {
			t.Fatalf("%s: %s", f.Name, errs.String())
		}
		n := 0
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			n++
			checkFile(t, path)
			return nil
		})
		if err != nil || n == 0 {
			t.Errorf("%s: %d files, %v", f.Name, n, err)
		}
	}
}

// checkFile reports what of a file, or of those in an archive, is no text.
func checkFile(t *testing.T, path string) {
	t.Helper()
	p := newProgram(nil, io.Discard, io.Discard)
	archive, err := zip.OpenReader(path)
	if err != nil {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		check(t, filepath.Base(path), p, string(b), false)
		return
	}
	defer archive.Close()
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		check(t, filepath.Base(path)+"/"+f.Name, p, string(b), false)
		r.Close()
	}
}

// check reports what of an output is no text.
func check(t *testing.T, path string, p *program, out string, onTerminal bool) {
	t.Helper()
	for i, r := range out {
		lineEnd := r == '\n' || r == '\t' || r == '\r' && (onTerminal || strings.HasPrefix(out[i:], "\r\n"))
		if control := r < ' ' || r >= 0x7f && r < 0xa0; !lineEnd && (control || onTerminal && !clean.Printable(r)) {
			t.Errorf("%s: %U: %q", path, r, out[max(0, i-40):min(len(out), i+20)])
			break
		}
	}
	if !utf8.ValidString(out) {
		t.Errorf("%s: not UTF-8", path)
	}
	n := p.out.Replaced() + p.errs.Replaced()
	if n > 0 && !strings.HasPrefix(path, `["convert"`) && !strings.Contains(path, `"iob2"`) { // what a file says passes through it
		t.Errorf("%s: the wall had to replace %d characters", path, n)
	}
}

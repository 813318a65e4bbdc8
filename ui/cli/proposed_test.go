package cli

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/ui/cli/visitor"
	"byline/ui/serve"
	"byline/ui/shell"
)

// proposal is a command that a text proposes to a guest: an example, or what stands in quotation marks.
var proposal = regexp.MustCompile(`(?m)^  (ssh (?:-t )?HOST .*)$|“(ssh (?:-t )?HOST [^”\n]*)”|"(ssh (?:-t )?HOST [^"\n]*)"`)

// overSSH returns what a server gets of a line that is pasted into a shell.
func overSSH(t *testing.T, sh, line string) string {
	t.Helper()
	got, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	line, _, _ = strings.Cut(line, " | ")
	c := exec.Command(sh, "-c", `ssh() { while [ "$1" != HOST ]; do shift; done; shift; printf %s "$*" >&3; }; eval "$1"`, "sh", line)
	c.Dir, c.ExtraFiles = t.TempDir(), []*os.File{out}
	var errs bytes.Buffer
	c.Stderr = &errs
	err = c.Run()
	out.Close()
	if err != nil || errs.Len() > 0 {
		t.Errorf("%s: %v %s", line, err, errs.String())
	}
	command, err := io.ReadAll(got)
	if err != nil {
		t.Fatal(err)
	}
	return string(command)
}

// Every command that is proposed to guests works as it stands: after their own shell and ssh it is a command of theirs, with flags that it
// has, and the words that the same command has at the computer.
func TestProposedCommands(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	w, id := visited(t)
	var said strings.Builder
	for path := range visitor.Commands {
		for _, more := range [][]string{{"--help"}, {"zzz", "yyy"}, {"Ann O'Hara"}, {"--by", "Ann", "Lee", id}, {"--for", "Ann", "Lee"}, {"--set", "zzz"}, {"--zzz"}, {"-o", "x", id}, {"@zzz"}} {
			out, errs, _ := asGuest(t, w, false, "", append(strings.Fields(path), more...)...)
			said.WriteString(out + errs)
		}
	}
	out, errs, _ := asGuest(t, w, false, "", "help")
	said.WriteString(out + errs)
	tried := map[string]bool{}
	for _, m := range proposal.FindAllStringSubmatch(said.String(), -1) {
		line := m[1] + m[2] + m[3]
		if tried[line] || strings.Contains(line, "…") {
			continue
		}
		tried[line] = true
		got, quoted, err := shell.Split(overSSH(t, sh, line))
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		words := make([]visitor.Word, len(got))
		for i := range got {
			words[i] = visitor.Word{Text: got[i], Quoted: quoted[i]}
		}
		if err := parses(visitor.Arrange(words)); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	if len(tried) < 30 {
		t.Errorf("only %d commands were proposed", len(tried))
	}
	for _, c := range leaves(root(newProgram(nil, io.Discard, io.Discard)), "") {
		for example := range strings.Lines(c.Example) {
			own := strings.TrimSpace(visitor.Example(example))
			if own == "" || strings.ContainsAny(example, ">|") || strings.Contains(example, " -o ") {
				continue
			}
			want, _, err := shell.Split(strings.TrimPrefix(strings.TrimSpace(example), "byline "))
			got, _, failed := shell.Split(overSSH(t, sh, own))
			if err != nil || failed != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %q, not %q", own, got, want)
			}
		}
	}
}

// parses returns why the arguments are none of a guest's command.
func parses(args []string) error {
	if len(args) == 1 && args[0] == "help" {
		return nil
	}
	p := newProgram(nil, io.Discard, io.Discard)
	p.guest = &guest{Session: &serve.Session{Out: io.Discard, Errs: io.Discard}}
	c, rest, err := guestRoot(p).Find(args)
	if err != nil {
		return err
	}
	c.InitDefaultHelpFlag()
	return c.ParseFlags(rest)
}

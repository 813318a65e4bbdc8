package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// run starts byline with pipes for input and output.
func run(t *testing.T, args ...string) (c *exec.Cmd, in io.WriteCloser, out io.ReadCloser, errs *bytes.Buffer) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts the program")
	}
	c = exec.Command("byline", args...)
	errs = &bytes.Buffer{}
	c.Stderr = errs
	c.Env = append(os.Environ(), "XDG_DATA_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	var err error
	if in, err = c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if out, err = c.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, in, out, errs
}

const recordLine = `{"id": "1", "text": "Ines Calder said no."}` + "\n"

// A stream is answered as it arrives, and ctrl+c ends the program although its input has not
// ended.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"annotate", "--from", "jsonl"}, {"annotate", "--from", "iob2"}, {"add", "--from", "jsonl"}} {
		c, in, out, errs := run(t, args...)
		text := recordLine
		if args[2] == "iob2" {
			text = "-DOCSTART-\n\nInes\nCalder\n\n-DOCSTART-\n\n"
		}
		if _, err := io.WriteString(in, text); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
			t.Errorf("%v: no answer before the end of the input: %q, %v", args, line, err)
		}
		if err := c.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // the exit status is checked below
		if code := c.ProcessState.ExitCode(); code != statusInterrupted || errs.Len() > 0 {
			t.Errorf("%v: exit status %d, %q", args, code, errs)
		}
	}
}

// If nobody reads the output any more, the program ends silently.
func TestClosedPipe(t *testing.T) {
	t.Parallel()
	c, in, out, errs := run(t, "annotate", "--from", "jsonl")
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	// It may be gone before everything is written.
	_, _ = io.WriteString(in, strings.Repeat(recordLine, 1000))
	_ = in.Close()
	if err := c.Wait(); err == nil || errs.Len() > 0 {
		t.Errorf("%v, %q", err, errs)
	}
}

// Ctrl+c in the middle of suggest ends the program that is asked, and says what was done.
func TestInterruptSuggest(t *testing.T) {
	t.Parallel()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("starts the program, which starts a shell")
	}
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	settings := write("c.toml", "[annotators]\nonce.command = [\"sh\", \"once.sh\"]\n")
	write("once.sh", `read -r line; printf '%s\n' "$line" | sed 's/.*"id":"\([^"]*\)".*/{"id":"\1","mentions":[]}/'; sleep 1000`)
	byline := func(args ...string) *exec.Cmd {
		c := exec.Command("byline", append([]string{"--config", settings, "--library", filepath.Join(dir, "l.db")}, args...)...)
		c.Env = append(os.Environ(), "XDG_DATA_HOME="+dir, "XDG_STATE_HOME="+dir)
		return c
	}
	if out, err := byline("add", write("a.txt", "One.\n\nAnn left."), write("b.txt", "Two.\n\nBen left."), write("c.txt", "Three.\n\nEva left.")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c := byline("suggest", "once", "--all")
	errs := &bytes.Buffer{}
	c.Stderr = errs
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.Contains(line, "0 suggested") {
		t.Errorf("%q, %v", line, err)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // the exit status is checked below
	if code := c.ProcessState.ExitCode(); code != statusInterrupted || errs.String() != "byline: suggest: stopped; 1 of 3 articles have what once suggests now, the others are as they were\n" {
		t.Errorf("exit status %d, %q", code, errs)
	}
	write("never.sh", "read -r line; : > begun; sleep 1000")
	write("c.toml", "[annotators]\nonce.command = [\"sh\", \"once.sh\"]\nnever.command = [\"sh\", \"never.sh\"]\n")
	interruptAnnotate(t, byline("annotate", "--with", "once", "--jobs", "1", filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt")),
		`"title":"One."`, "", "byline: annotate: stopped; 1 article is written, up to "+filepath.Join(dir, "a.txt")+"; to go on, name those behind it\n")
	interruptAnnotate(t, byline("annotate", "--with", "never", "--jobs", "1", filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt")),
		"", filepath.Join(dir, "begun"), "byline: annotate: stopped; never has answered about no article yet, and nothing is written\n")
}

// interruptAnnotate interrupts annotate once it has written something, or once the program that it asks has begun; the output is a whole list.
func interruptAnnotate(t *testing.T, c *exec.Cmd, written, begun, want string) {
	t.Helper()
	errs := &bytes.Buffer{}
	c.Stderr = errs
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	in, got := bufio.NewReader(out), ""
	for written != "" && !strings.Contains(got, written) {
		line, err := in.ReadString('\n')
		if got += line; err != nil {
			t.Fatalf("%q, %v: %s", got, err, errs)
		}
	}
	for deadline := time.Now().Add(20 * time.Second); begun != "" && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(begun); err == nil {
			break
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(in)
	_ = c.Wait() // the exit status is checked below
	if got += string(rest); err != nil || got != "" && !json.Valid([]byte(got)) {
		t.Errorf("the list has no end: %v, %s", err, got)
	}
	if code := c.ProcessState.ExitCode(); code != statusInterrupted || errs.String() != want {
		t.Errorf("exit status %d, %q, not %q", code, errs, want)
	}
}

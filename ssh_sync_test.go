package main_test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A laptop is a library of somebody, with OpenSSH's client, who syncs it with a host.
type laptop struct {
	tb       testing.TB
	dir, bin string
	who      string
}

// laptopOf returns a new one, whose ssh uses the key of one who may come in.
func (h *host) laptopOf(tb testing.TB, who, key string) *laptop {
	tb.Helper()
	program, err := exec.LookPath("ssh")
	if err != nil {
		tb.Skip("needs OpenSSH's client: there is no ssh here")
	}
	l := &laptop{tb, tb.TempDir(), h.bin, who}
	_, port, _ := net.SplitHostPort(h.addr)
	script := fmt.Sprintf("#!/bin/sh\nexec %s -F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=%s/known -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR -o IdentityAgent=none -i %s/key-%s -p %s \"$@\"\n",
		program, l.dir, h.dir, key, port)
	if err := errors.Join(os.Mkdir(filepath.Join(l.dir, "bin"), 0o700), os.WriteFile(filepath.Join(l.dir, "bin", "ssh"), []byte(script), 0o700)); err != nil { //nolint:gosec // a program
		tb.Fatal(err)
	}
	return l
}

// command returns a run of the program there.
func (l *laptop) command(args ...string) *exec.Cmd {
	cmd := inHome(l.dir, l.bin, append([]string{"--who", l.who}, args...)...)
	cmd.Env = append(cmd.Env, "PATH="+filepath.Join(l.dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	return cmd
}

// run runs the program there with something on its standard input, and returns what it printed.
func (l *laptop) run(in string, args ...string) (string, error) {
	cmd := l.command(args...)
	cmd.Stdin = strings.NewReader(in)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// does is run, which has to say something.
func (l *laptop) does(want, in string, args ...string) string {
	l.tb.Helper()
	out, err := l.run(in, args...)
	if err != nil || !strings.Contains(out, want) {
		l.tb.Fatalf("%s: %q: %v: not %q\n%s", l.who, args, err, want, out)
	}
	return out
}

// syncs brings the library together with that of the host, which says so.
func (l *laptop) syncs(want string) {
	l.tb.Helper()
	if out := l.does(want, "", "sync", "ssh:127.0.0.1"); out != want+"\n" {
		l.tb.Fatalf("%s: %q, not %q", l.who, out, want)
	}
}

// Members of a team on laptops sync with the library that byline itself serves: each gives and gets what they could in the program.
func TestSyncWithServer(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	h := serving(t, []string{"ann", "bob", "cy"}, []string{millStory, "The ferry sinks\n\nNils Dahl saw it. Eva Holt ran. Per Krog swam.\n"})
	for _, args := range [][]string{{"team", "add", "May", "--where", "mill", "--members", "ann,bob"}, {"team", "assign", "May", "--each", "2", "--blind"}} {
		if out, err := inHome(h.dir, h.bin, args...).CombinedOutput(); err != nil {
			t.Fatalf("%q: %v\n%s", args, err, out)
		}
	}
	lines := func(who, article, keys string) {
		t.Helper()
		s, err := h.as(t, who).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		s.Stdin = strings.NewReader("/ " + article + "\n1\n" + keys + "q\nq\n")
		if out, err := s.CombinedOutput("linear"); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	lines("bob", "mill", "+\nx\n")
	lines("bob", "ferry", "+\nx\n")

	ann := h.laptopOf(t, "ann", "ann")
	ann.syncs("1 decision of 1 person came, 0 went out; 2 articles are new; 3 changes to the team")
	if out := ann.does("", "", "log", "mill"); strings.Contains(out, "bob") {
		t.Errorf("what is sealed travels\n%s", out)
	}
	if strings.Count(ann.does(`"who":"bob"`, "", "log", "ferry"), `"verb":"reject"`) != 1 {
		t.Error("what is open does not")
	}
	ann.syncs("Nothing new")
	ann.does("Confirmed", "/ mill\n1\n+\n=\ndone\nq\nq\n", "--linear")
	ann.does("", "", "add", h.dir+"/story0.txt")
	own := filepath.Join(ann.dir, "own.txt")
	if err := os.WriteFile(own, []byte("The bridge opens\n\nLars Vik cut the ribbon.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ann.does("The bridge opens", "", "add", own)
	far := screen(t, h.as(t, "bob"), 100, 30) // somebody who looks at the list meanwhile
	far.Wait(t, "The ferry sinks")
	ann.syncs("0 decisions came, 2 went out; 1 article went out")
	far.Wait(t, "The bridge opens")

	// What others signed is not taken from her, nor from bob what ann signed.
	forger := h.laptopOf(t, "ann", "bob")
	forger.does("takes from you only what is signed as bob; what you signed as ann stays here", "", "sync", "ssh:127.0.0.1")
	forger.does("Confirmed", "/ ferry\n1\n+\n=\nq\nq\n", "--linear")
	forger.does("Nothing new", "", "sync", "ssh:127.0.0.1")
	if out, errs, err := ask(t, h.as(t, "cy"), "log ferry"); err != nil || strings.Contains(out, `"ann"`) {
		t.Errorf("forged: %v\n%s%s", err, out, errs)
	}

	lines("bob", "mill", "done\n")
	ann.does("2 decisions of 1 person came, 0 went out\n", "", "sync", "ssh:127.0.0.1")

	cy := h.laptopOf(t, "cy", "cy")
	cy.syncs("5 decisions of 2 people came, 0 went out; 3 articles are new; 3 changes to the team")

	// A run that is killed at any time is only repeated.
	for i := range 8 {
		one := h.laptopOf(t, "cy", "cy")
		cmd := one.command("sync", "ssh:127.0.0.1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * 60 * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		for deadline := time.Now().Add(time.Minute); ; { // until the server has seen that it is gone
			out, err := one.run("", "sync", "ssh:127.0.0.1")
			if err == nil {
				break
			}
			if time.Now().After(deadline) || !strings.Contains(out, "another library of yours is being synced") {
				t.Fatal(out)
			}
		}
		if a, b := one.does("", "", "export", "--all", "-f", "csv"), cy.does("", "", "export", "--all", "-f", "csv"); a != b || len(a) < 500 {
			t.Fatalf("after a run that was killed\n%s\n%s", a, b)
		}
	}
	for _, args := range [][]string{{"sync"}, {"sync", "git"}, {"sync", "--all"}, {"sync", "/tmp"}, {"byline", "sync", "--stdio", "x"}} {
		if out, errs, err := ask(t, h.as(t, "ann"), strings.Join(args, " ")); err == nil || !strings.Contains(errs, "sync") {
			t.Errorf("%q: %s%s", args, out, errs)
		}
	}
	if out, err := ann.run("", "sync", "ssh:127.0.0.1:/etc/passwd"); err == nil || !strings.Contains(out, "only one library is open here") {
		t.Error(out)
	}
	if !strings.Contains(h.logged(), "for=sync") {
		t.Errorf("no session is logged as a sync\n%s", h.logged())
	}
}

// One who may only read gets what is open, and gives nothing.
func TestSyncReadOnly(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	h := serving(t, []string{"ann"}, []string{millStory}, "--read-only")
	ann := h.laptopOf(t, "ann", "ann")
	ann.syncs("0 decisions came, 0 went out; 1 article is new; nothing goes out, since you may only read there")
	ann.does("Confirmed", "/ mill\n1\n+\n=\nq\nq\n", "--linear")
	ann.syncs("Nothing new; nothing goes out, since you may only read there")
	if out, _, err := ask(t, h.as(t, "ann"), "log mill"); err != nil || out != "" {
		t.Errorf("%v: %s", err, out)
	}
}

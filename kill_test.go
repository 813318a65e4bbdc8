package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilledAndStartedAgain makes decisions in the real program on a terminal, kills
// it by SIGKILL as soon as each shows, and finds every one after the next start.
func TestKilledAndStartedAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	file := filepath.Join(dir, "story.txt")
	text := "The mill closes\n\nAnna Berg ran the mill. Ole Lund helped her. Ida Holm paid both. Siv Moe left early.\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(dir, "library.db")
	for i := 1; i <= 4; i++ {
		p := start(t, bin, "--library", library, file)
		p.Wait(t, fmt.Sprintf(" %d of 4 reviewed", i-1))
		p.Type("a")
		p.Wait(t, "suggested")
		p.Type("\r")
		p.Wait(t, fmt.Sprintf(" %d of 4 reviewed", i))
		p.Kill()
	}
	out, err := exec.Command(bin, "--library", library, "export", "--all", "--format", "jsonl").Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Entities []struct {
			Mentions []struct{ Text, Origin string }
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	human := 0
	for _, e := range got.Entities {
		for _, m := range e.Mentions {
			if strings.EqualFold(m.Origin, "human") {
				human++
			}
		}
	}
	if human != 4 {
		t.Errorf("%d of 4 decisions are there\n%s", human, out)
	}
}

// TestKilledBackup kills byline while it copies a library: the file of an earlier copy stays as it was until the new one is
// whole, and the library goes on.
func TestKilledBackup(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	library, file := filepath.Join(dir, "library.db"), filepath.Join(dir, "copies", "copy.db")
	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(bin, append([]string{"--library", library}, args...)...).Output()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	var records strings.Builder
	for i := range 400 {
		fmt.Fprintf(&records, "{\"title\": \"Story %d\", \"text\": \"Anna Berg said that mill %d closes.\"}\n", i, i)
	}
	if err := errors.Join(os.Mkdir(filepath.Dir(file), 0o700), os.WriteFile(filepath.Join(dir, "in.jsonl"), []byte(records.String()), 0o600)); err != nil {
		t.Fatal(err)
	}
	run("add", filepath.Join(dir, "in.jsonl"), "--from", "jsonl")
	run("backup", file)
	for i := range 8 {
		c := exec.Command(bin, "--library", library, "backup", file, "--force")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(3*(i+1)) * time.Millisecond)
		_ = c.Process.Kill()
		_ = c.Wait()
		out, err := exec.Command(bin, "--library", file, "check").Output()
		if err != nil || !strings.Contains(string(out), "400 articles") {
			t.Errorf("kill %d: %v\n%s", i, err, out)
		}
	}
	if out := run("check"); !strings.Contains(out, "Nothing is wrong") {
		t.Error(out)
	}
}

// TestKilledWhileAnnotating asks what a list says of an article while another process annotates it, and once that was killed.
func TestKilledWhileAnnotating(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	file := filepath.Join(dir, "long.txt")
	if err := os.WriteFile(file, []byte(strings.Repeat("Anna Berg ran the mill with Ole Lund.\n\n", 1<<18)), 0o600); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(dir, "library.db")
	listed := func() string {
		out, err := exec.Command(bin, "--library", library, "list").CombinedOutput()
		if err != nil && strings.Contains(string(out), "long.txt") {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	c := exec.Command(bin, "--library", library, "add", file)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	said := make(chan error, 1)
	go func() { said <- c.Wait() }()
	for !strings.HasSuffix(listed(), "\tbeing annotated\n") {
		select {
		case err := <-said:
			t.Fatalf("it was never being annotated: %v\n%s", err, listed())
		case <-time.After(20 * time.Millisecond):
		}
	}
	out, err := exec.Command(bin, "--library", library, "annotate", "--again", file).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is being annotated now") {
		t.Errorf("once more while it is annotated: %v\n%s", err, out)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-said
	if got := listed(); !strings.HasSuffix(got, "\tannotation broken off\n") {
		t.Errorf("once it was killed: %s", got)
	}
	out, err = exec.Command(bin, "--library", library, "list", "--format", "json").CombinedOutput()
	if err != nil || !strings.Contains(string(out), `"annotation": "annotation broken off"`) || !strings.Contains(string(out), "begun once and not ended") {
		t.Errorf("%v: %s", err, out)
	}
}

//go:build linux

package annotator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// alive reports whether a process runs; one that has ended and that nobody asked about does not.
func alive(pid string) bool {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	_, state, _ := strings.Cut(string(stat), ") ")
	return err == nil && !strings.HasPrefix(state, "Z")
}

// A program that hangs ends when byline is killed.
func TestKilled(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "pid")
	byline := exec.Command(os.Args[0], "annotator", "asks", file)
	byline.Stderr = os.Stderr
	if err := byline.Start(); err != nil {
		t.Fatal(err)
	}
	pid := ""
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if data, _ := os.ReadFile(file); strings.HasSuffix(string(data), "\n") { // not there before
			pid = strings.TrimSpace(string(data))
			break
		}
		if time.Now().After(end) {
			t.Fatal("the program did not start")
		}
	}
	if _, err := strconv.Atoi(pid); err != nil || !alive(pid) {
		t.Fatalf("the program %q does not run", pid)
	}
	if err := byline.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = byline.Wait() // it was killed
	for end := time.Now().Add(time.Minute); alive(pid); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the program %s outlives byline", pid)
		}
	}
}

package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"byline/ui/uitest"
)

// programDir holds the program while the tests run.
var programDir string

func TestMain(m *testing.M) {
	var err error
	if programDir, err = os.MkdirTemp("", "byline"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(programDir)
	os.Exit(status)
}

// program compiles the program, once.
var program = sync.OnceValues(func() (string, error) {
	bin := filepath.Join(programDir, "byline")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return bin, nil
})

// build returns the path of the program.
func build(tb testing.TB) string {
	tb.Helper()
	bin, err := program()
	if err != nil {
		tb.Fatal(err)
	}
	return bin
}

// inHome returns a command that has dir for its working folder, its home and the places of its files.
func inHome(dir, bin string, args ...string) *exec.Cmd {
	cmd := exec.Command(bin, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir, "XDG_CACHE_HOME="+dir,
		"TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "BYLINE_LIBRARY=")
	return cmd
}

// start runs bin on a terminal of 100×30 in a home of its own.
func start(t *testing.T, bin string, args ...string) *uitest.Process {
	t.Helper()
	return uitest.StartProcess(t, inHome(t.TempDir(), bin, args...), 100, 30)
}

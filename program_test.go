package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
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

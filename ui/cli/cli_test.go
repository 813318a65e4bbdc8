package cli

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"byline/articles"
)

var update = flag.Bool("update", false, "rewrite what the scripts of testdata compare with")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"byline": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScript runs every file of testdata/script: the command as its users call it.
func TestScript(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program a hundred times")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_DATA_HOME", e.WorkDir+"/data")
			e.Setenv("XDG_CONFIG_HOME", e.WorkDir+"/config")
			e.Setenv("BYLINE_LIBRARY", "")
			e.Setenv("BYLINE_THEME", "")
			e.Setenv("TERM", "xterm-256color")
			site := httptest.NewServer(http.HandlerFunc(serve(e.WorkDir + "/site")))
			e.Defer(site.Close)
			e.Setenv("SITE", site.URL)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "binary": binary},
	})
}

// serve serves the files of a folder, each with an ETag made of its contents.
func serve(dir string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data, err := os.ReadFile(filepath.Join(dir, filepath.Clean("/"+r.URL.Path)))
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		tag := fmt.Sprintf("%q", articles.TextID(string(data)))
		if w.Header().Set("ETag", tag); r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Write(data)
	}
}

// binary FILE writes bytes that are not text in any encoding.
func binary(ts *testscript.TestScript, _ bool, args []string) {
	data := bytes.Repeat([]byte{0x7f, 'E', 'L', 'F', 0, 1, 2, 0xff}, 512)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// status N COMMAND… runs a command that must exit with status N.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	var code = "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		code = string(rune('0' + exit.ExitCode()))
	}
	if code != args[0] {
		ts.Fatalf("%v: exit status %s, want %s", args[1:], code, args[0])
	}
}

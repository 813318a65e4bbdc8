package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"byline/articles"
)

var update = flag.Bool("update", false, "rewrite what the scripts of testdata compare with")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"byline": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		"tagger": func() { os.Exit(tag(os.Args[1:], os.Stdin, os.Stdout)) },
	})
}

// tag is a program that byline asks for names: it finds each of the words that are its arguments, as "PERSON:Ann". It
// fails where the text has the word Trouble.
func tag(words []string, in io.Reader, out io.Writer) int {
	type mention struct {
		Start int     `json:"start"`
		End   int     `json:"end"`
		Text  string  `json:"text"`
		Type  string  `json:"type"`
		Score float64 `json:"score"`
	}
	for d := json.NewDecoder(in); ; {
		var r struct{ ID, Text string }
		if err := d.Decode(&r); err != nil {
			return 0
		}
		if strings.Contains(r.Text, "Trouble") {
			fmt.Fprintln(os.Stderr, "cannot read Trouble")
			return 4
		}
		found := []mention{}
		for _, word := range words {
			typ, name, _ := strings.Cut(word, ":")
			for at, rest := 0, r.Text; ; {
				before, after, ok := strings.Cut(rest, name)
				if !ok {
					break
				}
				at += utf8.RuneCountInString(before)
				end := at + utf8.RuneCountInString(name)
				found = append(found, mention{at, end, name, typ, 0.5})
				at, rest = end, after
			}
		}
		answer, err := json.Marshal(map[string]any{"id": r.ID, "model": "1.0", "mentions": found})
		if err != nil {
			return 5
		}
		fmt.Fprintf(out, "%s\n", answer)
	}
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
			site := httptest.NewServer(http.HandlerFunc(served(e.WorkDir + "/site")))
			e.Defer(site.Close)
			e.Setenv("SITE", site.URL)
			return nil
		},
		Cmds:      map[string]func(*testscript.TestScript, bool, []string){"status": status, "binary": binary, "sshd": sshServer},
		Condition: condition,
	})
}

// serve serves the files of a folder, each with an ETag made of its contents.
func served(dir string) http.HandlerFunc {
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

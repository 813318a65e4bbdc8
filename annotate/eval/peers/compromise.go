package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/format/offsets"
	"byline/articles"
)

// A jsName is a name that the script found in a sentence; offsets are code points.
type jsName struct {
	Start, End int
	Type       annotate.Type
}

// runCompromise runs the script in dir over the sentences, after installing the package with npm
// if it is missing.
func runCompromise(dir string, docs []*eval.Doc) (*tagging, error) {
	if err := install(dir); err != nil {
		return nil, err
	}
	var in struct {
		Passes    int      `json:"passes"`
		Sentences []string `json:"sentences"`
	}
	in.Passes = passes
	for _, d := range docs {
		for _, s := range d.Tokens.Sentences {
			in.Sentences = append(in.Sentences, s.In(d.Text))
		}
	}
	data, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	out, err := run(dir, data, "node", "tag.mjs")
	if err != nil {
		return nil, err
	}
	var found struct {
		Seconds float64
		Names   [][]jsName
	}
	if err := json.Unmarshal(out, &found); err != nil {
		return nil, fmt.Errorf("what the script printed: %w", err)
	}
	if len(found.Names) != len(in.Sentences) {
		return nil, fmt.Errorf("the script answered %d of %d sentences", len(found.Names), len(in.Sentences))
	}
	return &tagging{placeNames(docs, found.Names), found.Seconds}, nil
}

// placeNames puts the names of the sentences into their documents.
func placeNames(docs []*eval.Doc, names [][]jsName) [][]annotate.Entity {
	all := make([][]annotate.Entity, len(docs))
	for i, d := range docs {
		for _, s := range d.Tokens.Sentences {
			points := offsets.NewPoints(s.In(d.Text))
			for _, n := range names[0] {
				from, ok := points.Byte(n.Start)
				to, ok2 := points.Byte(n.End)
				if ok && ok2 {
					span := articles.Span{Start: s.Start + from, End: s.Start + to}
					all[i] = append(all[i], entity(d.Text, span, n.Type)...)
				}
			}
			names = names[1:]
		}
	}
	return all
}

// install installs compromise with npm, in the version of package.json.
func install(dir string) error {
	if _, err := exec.LookPath("node"); err != nil {
		return errors.New("there is no node")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "compromise")); err == nil {
		return nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return errors.New("there is no npm to install it by")
	}
	_, err := run(dir, nil, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund")
	return err
}

// run runs a command in dir and returns its output.
func run(dir string, in []byte, name string, args ...string) ([]byte, error) {
	c := exec.Command(name, args...)
	c.Dir = dir
	c.Stdin = bytes.NewReader(in)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
		return nil, fmt.Errorf("%s: %w: %s", name, err, lines[len(lines)-1])
	}
	return out, nil
}

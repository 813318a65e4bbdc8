package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/parts"
	"byline/annotate/workspace/sources"
	"byline/articles"
)

func TestMain(m *testing.M) {
	beam.Init()
	os.Exit(m.Run())
}

// The pipeline, on Beam's own runner in this process, makes the same parts as byline alone, and keeps them when it
// runs again.
func TestParts(t *testing.T) {
	const of, n = 5, 60
	dir := t.TempDir()
	in := filepath.Join(dir, "in.jsonl")
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"id\": \"%d\", \"text\": \"\\u201cWe open %d gates,\\u201d said Marta Quill of Ostrava Rail.\"}\n", i, i)
	}
	b.WriteString("not JSON\n")
	if err := os.WriteFile(in, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	f := &MakePart{Inputs: []string{in}, From: "jsonl", Of: of, Dir: filepath.Join(dir, "beam"), Format: "jsonl", Compress: "none"}
	for _, want := range []string{"60 1 5 0", "60 1 0 5"} {
		counts, err := run(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(counts["articles"], counts["damaged records"], counts["parts made"], counts["parts kept"]); got != want {
			t.Errorf("articles, damaged records, parts made, parts kept: %s, want %s", got, want)
		}
	}
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	for part := range of {
		j := parts.Job{Inputs: f.Inputs, Records: sources.Records{Format: "jsonl"}, Part: part + 1, Of: of, Dir: filepath.Join(dir, "alone"), Workers: 2,
			Output:   parts.Output{Format: formats.Named("jsonl"), Compress: "none"},
			Annotate: func(a *articles.Article) *annotate.Layer { return e.Annotate(a.Text, a.Blocks) }, Engine: e.Version(), Damaged: func(error) {}}
		if _, _, err := j.Run(t.Context(), parts.Refuse); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(j.Path())
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(f.Dir, filepath.Base(j.Path())))
		if err != nil || string(got) != string(want) {
			t.Errorf("part %d differs: %v", part+1, err)
		}
	}
}

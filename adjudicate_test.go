package main_test

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// silent is an engine that finds nothing.
type silent struct{}

func (silent) AnnotateContext(context.Context, string, []articles.Block) (*annotate.Layer, error) {
	return &annotate.Layer{}, nil
}

func (silent) AnnotatePart(string, []articles.Block, articles.Span) *annotate.Layer {
	return &annotate.Layer{}
}

func (silent) Version() string { return "silent" }
func (silent) Release()        {}

// disputedLibrary makes a library with an article of n names that ann takes for people and bob for organizations, both done.
func disputedLibrary(t testing.TB, path string, n int) {
	t.Helper()
	ctx := context.Background()
	w, err := workspace.Open(ctx, path, silent{}, workspace.Options{Who: "root"})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var targets []review.Target
	for i := range n {
		text.WriteString("Then ")
		s := articles.Span{Start: text.Len()}
		fmt.Fprintf(&text, "zq%dx", i)
		s.End = text.Len()
		text.WriteString(" came.\n\n")
		targets = append(targets, review.Target{Kind: annotate.OfMention, Span: s})
	}
	added, err := w.Add(ctx, &articles.Article{ID: articles.TextID(text.String()), Title: "The meeting", Format: articles.Plain, Text: text.String()})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := w.Open(ctx, added.ID)
	if err != nil {
		t.Fatal(err)
	}
	for who, typ := range map[string]string{"ann": "person", "bob": "organization"} {
		of := workspace.For(w, workspace.Member{Who: who})
		for _, e := range []review.Edit{{Verb: annotate.Add, Value: typ, Here: true, Targets: targets}, {Verb: annotate.Done}} {
			if _, _, err := of.Edit(ctx, doc.Article, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(ctx); err != nil {
		t.Fatal(err)
	}
}

// TestAdjudicateAtOneKeyAQuestion settles 41 disputes in the real program on a terminal, and kills it twice by SIGKILL as soon as an
// answer shows: no answer is lost, and it takes 41 keys.
func TestAdjudicateAtOneKeyAQuestion(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	const n = 41
	bin, library := build(t), filepath.Join(t.TempDir(), "library.db")
	disputedLibrary(t, library, n)
	keys := 0
	for _, until := range []int{13, 29, n} {
		p := start(t, bin, "--library", library, "--who", "cy", "team", "adjudicate")
		for ; keys < until; keys++ {
			p.Wait(t, fmt.Sprintf(" %d of %d · What is “zq%dx”?", keys+1, n, keys))
			p.Type(fmt.Sprint(keys%3 + 0)) // as ann, as bob, neither
		}
		if until == n {
			p.Wait(t, "12 questions answered, with 12 keys (1.00 a question)")
			p.Type("q")
			if code := p.Exit(t); code != 0 {
				t.Errorf("exit status %d", code)
			}
			break
		}
		p.Wait(t, fmt.Sprintf(" %d of %d · What is “zq%dx”?", keys+1, n, keys))
		p.Kill()
	}
	if keys != n {
		t.Errorf("%d keys for %d questions", keys, n)
	}
	out, err := exec.Command(bin, "--library", library, "export", "--all", "--curated", "-f", "csv").Output()
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		want := []string{"", ",person,", ",organization,"}[i%3]
		line := ""
		for l := range strings.SplitSeq(string(out), "\n") {
			if strings.Contains(l, fmt.Sprintf(",zq%dx,", i)) {
				line = l
			}
		}
		if want == "" && line != "" || !strings.Contains(line, want) {
			t.Errorf("zq%dx: %q, want %q", i, line, want)
		}
	}
	undecided, err := exec.Command(bin, "--library", library, "export", "--all", "--by", "ann", "-f", "csv").Output()
	if err != nil || strings.Count(string(undecided), ",person,") != n {
		t.Errorf("ann's own reading has %d people: %v", strings.Count(string(undecided), ",person,"), err)
	}
}

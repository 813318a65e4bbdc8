package sync

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// capitals is an engine that takes every capitalized word for a person's name.
type capitals struct{}

var capital = regexp.MustCompile(`\p{Lu}\pL+( \p{Lu}\pL+)*`)

func (capitals) AnnotateContext(_ context.Context, text string, _ []articles.Block) (*annotate.Layer, error) {
	l := &annotate.Layer{}
	by := map[string]int{}
	for _, m := range capital.FindAllStringIndex(text, -1) {
		s := articles.Span{Start: m[0], End: m[1]}
		i, ok := by[s.In(text)]
		if !ok {
			i = len(l.Entities)
			by[s.In(text)] = i
			l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i+1), Name: s.In(text), Type: annotate.Person})
		}
		l.Entities[i].Mentions = append(l.Entities[i].Mentions, annotate.Mention{Span: s, Origin: annotate.Origin{Score: 0.9}})
	}
	return l, nil
}

func (e capitals) AnnotatePart(text string, blocks []articles.Block, _ articles.Span) *annotate.Layer {
	l, _ := e.AnnotateContext(context.TODO(), text, blocks)
	return l
}
func (capitals) Version() string { return "capitals-1" }
func (capitals) Release()        {}

// A desk is the library of somebody.
type desk struct {
	*workspace.Workspace
	*Library
	told []string
}

func newDesk(t testing.TB, who string) *desk {
	t.Helper()
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), capitals{}, workspace.Options{Who: who})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(context.WithoutCancel(t.Context())) })
	return deskOf(w)
}

func deskOf(w *workspace.Workspace) *desk {
	d := &desk{Workspace: w}
	d.Library = &Library{
		Store: w.Library.Exchange(workspace.Standing),
		Tell:  func(err error) { d.told = append(d.told, err.Error()) },
		Clashes: func(ctx context.Context, id string, came map[string]bool) (string, []review.Clash, error) {
			return workspace.Clashes(ctx, w, id, came)
		},
	}
	return d
}

// add adds an article with a text, from an address.
func (d *desk) add(t testing.TB, address, title, text string) string {
	t.Helper()
	a := &articles.Article{Title: title, Source: address, Format: articles.Plain, Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}
	added, err := d.Workspace.Library.Add(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return added.ID
}

// sync brings the library together with a folder.
func (d *desk) sync(t testing.TB, dir string) Report {
	t.Helper()
	d.told = nil
	r, err := d.Dir(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// decide makes a decision on words of an article.
func (d *desk) decide(t testing.TB, id string, verb annotate.Verb, words, value string) {
	t.Helper()
	a, err := d.Workspace.Library.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	e := review.Edit{Verb: verb, Value: value}
	if words != "" {
		at := strings.Index(a.Text, words)
		if at < 0 {
			t.Fatalf("no %q in %q", words, a.Text)
		}
		e.Targets = []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + len(words)}}}
	}
	if _, _, err := d.Edit(t.Context(), a, e); err != nil {
		t.Fatal(err)
	}
}

// decideAnything makes a decision that r chooses.
func (d *desk) decideAnything(t testing.TB, r *rand.Rand) {
	t.Helper()
	entries, err := d.Workspace.Library.Entries(t.Context())
	if err != nil || len(entries) == 0 {
		t.Fatal(err)
	}
	slices.SortFunc(entries, func(a, b library.Entry) int { return strings.Compare(a.ID, b.ID) })
	doc, err := d.Open(t.Context(), entries[r.IntN(len(entries))].ID)
	if err != nil {
		t.Fatal(err)
	}
	var all []articles.Span
	for _, m := range doc.Layer.Mentions() {
		all = append(all, m.Span)
	}
	pick := func() articles.Span { return all[r.IntN(len(all))] }
	s := pick()
	e := review.Edit{Targets: []review.Target{{Kind: annotate.OfMention, Span: s}}}
	types := []string{"organization", "place", "person", "ship"}
	switch r.IntN(10) {
	case 0, 1:
		e.Verb = annotate.Confirm
	case 2:
		e.Verb = annotate.Reject
	case 3, 4:
		e.Verb, e.Value = annotate.Relabel, types[r.IntN(len(types))]
	case 5:
		e.Verb, e.Value = annotate.Rename, fmt.Sprint("Name ", r.IntN(5))
	case 6:
		e.Verb, e.To = annotate.Merge, pick()
	case 7:
		e.Verb, e.Value = annotate.Note, fmt.Sprint("note\n", r.IntN(100))
	case 8:
		e.Verb, e.Targets = annotate.Undo, nil
	case 9:
		e.Verb, e.Value = annotate.Add, "other"
		e.Targets[0].Start, e.Targets[0].End = s.Start, s.End-1
	}
	if _, _, err := d.Edit(t.Context(), doc.Article, e); err != nil {
		t.Fatal(err)
	}
}

// export returns the library as JSON, and where people disagree.
func (d *desk) export(t testing.TB) string {
	t.Helper()
	entries, err := d.Workspace.Library.Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(entries, func(a, b library.Entry) int { return strings.Compare(a.ID, b.ID) })
	var b bytes.Buffer
	for _, e := range entries {
		doc, err := d.Open(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := formats.Named("json").WriteOne(&b, format.Options{}, &doc.Document); err != nil {
			t.Fatal(err)
		}
		came := map[string]bool{}
		for _, x := range doc.Log {
			came[x.ID] = true
		}
		_, clashes, err := workspace.Clashes(t.Context(), d.Workspace, e.ID, came)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range clashes {
			fmt.Fprintf(&b, "\nclash over %s: %s, %s", c.About, c.First.ID, c.Second.ID)
		}
	}
	return b.String()
}

// files returns the files of a folder.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Name() == ".git" && e.IsDir() {
			return fs.SkipDir
		}
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

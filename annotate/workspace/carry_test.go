package workspace_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// carrying returns a library in which what who decides carries, if on, with three articles that name Halden,
// whom the engine takes for a person.
func carrying(t *testing.T, path, who string, on bool) *fixture {
	t.Helper()
	r := enter(t, path, who, "large-1")
	r.Workspace = workspace.New(r.library, find("large-1", &r.calls), workspace.Options{Who: who, Carry: on})
	return r
}

const (
	storyA = "Halden sold the Courier to Marta Quill."
	storyB = "Marta Quill left. Halden paid, and Halden stayed."
	storyC = "Halden called."
)

// on returns an edit of all places of words in text.
func on(v annotate.Verb, text, words, value string) review.Edit {
	c := review.Edit{Verb: v, Value: value}
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return c
		}
		c.Targets = append(c.Targets, review.Target{Kind: annotate.OfMention, Span: articles.Span{Start: from + i, End: from + i + len(words)}})
		from += i + len(words)
	}
}

func (r *fixture) edit(t *testing.T, id string, c review.Edit) {
	t.Helper()
	if _, _, err := r.EditDocument(ctx, r.open(t, id).Article, c); err != nil {
		t.Fatal(err)
	}
}

// What a person decided about a name is suggested where other articles have it, and only suggested: it
// goes when it is undone, and what is decided there prevails.
func TestDecisionsCarry(t *testing.T) {
	t.Parallel()
	relabel, undo := on(annotate.Relabel, storyA, "Halden", "organization"), review.Edit{Verb: annotate.Undo}
	reject := on(annotate.Reject, storyA, "Halden", "")
	here := relabel
	here.Here = true
	for _, c := range []struct {
		name   string
		a, b   []review.Edit // in the articles A and B; then B is opened
		want   string        // Halden in B
		origin string
	}{
		{"nothing", nil, nil, "Halden person ??", ""},
		{"a type", []review.Edit{relabel}, nil, "Halden organization ??", "tagged-elsewhere"},
		{"no name", []review.Edit{reject}, nil, "Halden other ??", "rejected-elsewhere"},
		{"undone", []review.Edit{relabel, undo}, nil, "Halden person ??", ""},
		{"undone, no name", []review.Edit{reject, undo}, nil, "Halden person ??", ""},
		{"redone", []review.Edit{relabel, undo, {Verb: annotate.Redo}}, nil, "Halden organization ??", "tagged-elsewhere"},
		{"one place only", []review.Edit{here}, nil, "Halden person ??", ""},
		{"confirmed", []review.Edit{on(annotate.Confirm, storyA, "Halden", "")}, nil, "Halden person ??", ""},
		{"decided there too", []review.Edit{relabel}, []review.Edit{on(annotate.Relabel, storyB, "Halden", "place")}, "Halden place ++", ""},
		{"confirmed there", []review.Edit{relabel}, []review.Edit{on(annotate.Confirm, storyB, "Halden", "")}, "Halden organization ++", "tagged-elsewhere"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := carrying(t, filepath.Join(t.TempDir(), "library.db"), "ann", true)
			a, b := r.add(t, story("a", storyA)), r.add(t, story("b", storyB))
			r.open(t, b) // it is in memory when A changes
			for _, e := range c.a {
				r.edit(t, a, e)
			}
			for _, e := range c.b {
				r.edit(t, b, e)
			}
			doc := r.open(t, b)
			expect(t, doc, c.want, "Marta Quill person ?")
			for e, m := range doc.Layer.Mentions() {
				if o := m.Origin; e.Name == "Halden" && m.State == annotate.Proposed && (o.Human || o.Rule != c.origin && c.origin != "") {
					t.Errorf("origin %+v", o)
				}
			}
			if want := len(c.b); (want == 0) != (len(doc.Log) == 0) {
				t.Errorf("a log of %d decisions, %d edits", len(doc.Log), want)
			}
			expect(t, r.open(t, r.add(t, story("c", storyC))), strings.Replace(strings.NewReplacer("??", "?", "++", "?").Replace(c.want), "place", "person", 1))
		})
	}
}

// Two articles that disagree carry nothing, nor does another person, a library that is told not to, or an
// article in the trash.
func TestWhatDoesNotCarry(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	r := carrying(t, path, "ann", true)
	a, b, c := r.add(t, story("a", storyA)), r.add(t, story("b", storyB)), r.add(t, story("c", storyC))
	r.edit(t, a, on(annotate.Relabel, storyA, "Halden", "organization"))
	expect(t, r.open(t, c), "Halden organization ?")
	if err := r.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	expect(t, carrying(t, path, "ann", true).open(t, c), "Halden organization ?")
	expect(t, carrying(t, path, "ann", false).open(t, c), "Halden person ?")
	expect(t, carrying(t, path, "ben", true).open(t, c), "Halden person ?")
	if doc := r.open(t, c).Who("ben"); types(doc) != "Halden person ?" {
		t.Errorf("in the reading of somebody else: %s", types(doc))
	}

	r.edit(t, b, on(annotate.Relabel, storyB, "Halden", "place"))
	expect(t, r.open(t, c), "Halden person ?")
	r.edit(t, b, review.Edit{Verb: annotate.Undo})
	expect(t, r.open(t, c), "Halden organization ?")
	r.edit(t, b, on(annotate.Confirm, storyB, "Quill", "")) // about another name
	expect(t, r.open(t, c), "Halden organization ?")

	if err := r.library.Remove(ctx, a); err != nil {
		t.Fatal(err)
	}
	expect(t, carrying(t, path, "ann", true).open(t, c), "Halden person ?")
}

// Why says in which article it was decided, and what would be suggested without that.
func TestWhyCarried(t *testing.T) {
	t.Parallel()
	r := carrying(t, filepath.Join(t.TempDir(), "library.db"), "ann", true)
	a, c := r.add(t, story("The Courier Is Sold", storyA)), r.add(t, story("c", storyC))
	r.edit(t, a, on(annotate.Reject, storyA, "Halden", ""))
	doc := r.open(t, c)
	why := r.Why(ctx, doc.Article, doc.Layer, annotate.OfMention, articles.Span{End: len("Halden")})
	const want = "You rejected “Halden” as person in “The Courier Is Sold”. Without that, it would be suggested as person:"
	if len(why) == 0 || why[0].Says != want || why[0].Origin.Human {
		t.Errorf("%+v", why)
	}
}

// The people of the library follow: the articles that have a name of which something was decided, and
// only these, are indexed anew.
func TestCarriedNamesAreIndexed(t *testing.T) {
	t.Parallel()
	r := carrying(t, filepath.Join(t.TempDir(), "library.db"), "ann", true)
	a := r.add(t, story("a", storyA))
	r.add(t, story("b", storyB))
	r.add(t, story("c", "Tom Ferris wrote."))
	r.edit(t, a, on(annotate.Relabel, storyA, "Halden", "organization"))
	if err := r.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if ids, err := r.library.Outdated(ctx, "large-1", ""); err != nil || len(ids) != 1 {
		t.Errorf("outdated: %q, %v", ids, err)
	}
	if err := r.AnnotateAll(ctx, nil); err != nil {
		t.Fatal(err)
	}
	found, err := workspace.PersonsOf(r.Workspace).Named(ctx, "Halden")
	if err != nil || len(found) != 1 || found[0].ID.Type != annotate.Organization || found[0].Articles != 2 {
		t.Errorf("%+v, %v", found, err)
	}
	calls := r.calls
	r.open(t, a)
	if ids, _ := r.library.Outdated(ctx, "large-1", ""); len(ids) != 0 || r.calls != calls {
		t.Errorf("outdated: %q, annotated %d times more", ids, r.calls-calls)
	}
}

// BenchmarkCarry looks up what 20,000 verdicts of 1,000 articles carry to one with 200 names.
func BenchmarkCarry(b *testing.B) {
	r := enter(b, filepath.Join(b.TempDir(), "library.db"), "ann", "large-1")
	for i := range 1000 {
		added, err := r.library.Add(ctx, story(fmt.Sprint(i), fmt.Sprint("Story ", i)))
		if err != nil {
			b.Fatal(err)
		}
		l := db.Layer{ID: added.ID, Engine: "large-1", Version: 1}
		for k := range 20 {
			l.Verdicts = append(l.Verdicts, db.Verdict{Key: fmt.Sprint("name ", (i*20+k)%5000), Who: "ann", Verb: annotate.Relabel, Type: annotate.Place})
		}
		if err := r.library.SaveLayer(ctx, l); err != nil {
			b.Fatal(err)
		}
	}
	keys := make([]string, 200)
	for k := range keys {
		keys[k] = fmt.Sprint("name ", k*25)
	}
	for b.Loop() {
		if vs, err := r.library.Verdicts(ctx, "ann", "none", func() []string { return keys }); err != nil || len(vs) != 800 {
			b.Fatal(len(vs), err)
		}
	}
}

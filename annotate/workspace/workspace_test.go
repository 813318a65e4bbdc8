package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

var ctx = context.Background()

const text = `Marta Quill sold the Courier to Halden.

“We sold it,” said Quill. Halden was glad, and so was Dr. Ferris of Halden.`

var capital = regexp.MustCompile(`\p{Lu}\pL+( \p{Lu}\pL+)*`)

// A fake is an engine made of functions.
type fake struct {
	version  string
	annotate func(text string, blocks []articles.Block) *annotate.Layer
	part     func(text string, blocks []articles.Block, s articles.Span) *annotate.Layer
}

func (f fake) AnnotateContext(_ context.Context, text string, blocks []articles.Block) (*annotate.Layer, error) {
	return f.annotate(text, blocks), nil
}

func (f fake) AnnotatePart(text string, blocks []articles.Block, s articles.Span) *annotate.Layer {
	return f.part(text, blocks, s)
}

func (f fake) Version() string { return f.version }

func (f fake) Release() {}

// find returns an engine that takes every capitalized word for a person's name.
func find(version string, calls *int) workspace.Engine {
	var mu sync.Mutex
	annotateAll := func(text string, _ []articles.Block) *annotate.Layer {
		mu.Lock()
		*calls++
		mu.Unlock()
		l := &annotate.Layer{}
		by := map[string]int{}
		for _, m := range capital.FindAllStringIndex(text, -1) {
			s := articles.Span{Start: m[0], End: m[1]}
			i, ok := by[s.In(text)]
			if !ok {
				i = len(l.Entities)
				by[s.In(text)] = i
				l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i+1), Type: annotate.Person, Name: s.In(text)})
			}
			l.Entities[i].Mentions = append(l.Entities[i].Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: annotate.Person,
				Origin: annotate.Origin{Stage: "names", Rule: "large", Score: .5}})
		}
		return l
	}
	part := func(text string, bs []articles.Block, s articles.Span) *annotate.Layer {
		return annotateAll(text[:s.End], bs)
	}
	return fake{version, annotateAll, part}
}

// A fixture is a workspace with its library, and a record of the calls of its engine.
type fixture struct {
	*workspace.Workspace
	library *db.DB
	path    string
	calls   int
}

func enter(t testing.TB, path, who, engine string) *fixture {
	t.Helper()
	library, err := db.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { library.Close() })
	r := &fixture{library: library, path: path}
	r.Workspace = workspace.New(library, find(engine, &r.calls), workspace.Options{Who: who})
	return r
}

func newFixture(t testing.TB) *fixture {
	return enter(t, filepath.Join(t.TempDir(), "library.db"), "ann", "large-1")
}

func story(source, text string) *articles.Article {
	return &articles.Article{ID: articles.TextID(text), Title: source, Source: source, Format: articles.Plain, Text: text}
}

func (r *fixture) add(t testing.TB, a *articles.Article) string {
	t.Helper()
	added, err := r.Add(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return added.ID
}

func (r *fixture) open(t testing.TB, id string) *workspace.Document {
	t.Helper()
	s, err := r.Open(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Layer.Check(s.Article.Text); err != nil {
		t.Fatal(err)
	}
	return s
}

func (r *fixture) change(t testing.TB, s *workspace.Document, v annotate.Verb, words, value string) (*workspace.Document, string) {
	t.Helper()
	c := review.Edit{Verb: v, Value: value}
	if i := strings.Index(s.Article.Text, words); words != "" {
		c.Targets = []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: i, End: i + len(words)}}}
	}
	s, said, err := r.EditDocument(ctx, s.Article, c)
	if err != nil {
		t.Fatal(err)
	}
	return s, said
}

// types lists each entity's name, type and the states of its mentions.
func types(s *workspace.Document) string {
	var out []string
	for _, e := range s.Layer.Entities {
		x := e.Name + " " + string(e.Type) + " "
		for _, m := range e.Mentions {
			x += []string{"?", "+", "-"}[m.State]
		}
		out = append(out, x)
	}
	return strings.Join(out, "; ")
}

func expect(t testing.TB, s *workspace.Document, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains("; "+types(s)+"; ", "; "+w+"; ") {
			t.Errorf("no %q in %s", w, types(s))
		}
	}
}

func TestDecisionsAreKept(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	s := r.open(t, r.add(t, story("a", text)))
	s, said := r.change(t, s, annotate.Relabel, "Halden", "organization")
	if said != "Tagged “Halden” as organization, 3 mentions" {
		t.Error(said)
	}
	s, _ = r.change(t, s, annotate.Reject, "Courier", "")
	s, _ = r.change(t, s, annotate.Confirm, "Marta Quill", "")
	s, said = r.change(t, s, annotate.Undo, "", "")
	if said != "Undone: confirmed “Marta Quill”" {
		t.Error(said)
	}
	expect(t, s, "Halden organization +++", "Courier person -", "Marta Quill person ?")
	if _, said = r.change(t, s, annotate.Redo, "", ""); said != "Redone: confirmed “Marta Quill”" {
		t.Error(said)
	}

	// Another workspace on the same library sees the same, as after a restart.
	again := enter(t, r.path, "ann", "large-1")
	s = again.open(t, s.Article.ID)
	expect(t, s, "Halden organization +++", "Courier person -", "Marta Quill person +")
	if again.calls != 0 {
		t.Error("annotated again, although the layer is stored")
	}
	e, err := again.library.Entry(ctx, s.Article.ID)
	counts := s.Layer.Counts()
	counts.Least = 0 // which a list does not need
	if err != nil || e.Counts != counts || e.Counts.Reviewed != 5 || e.Counts.Organizations != 1 {
		t.Errorf("counts %+v, %v", e.Counts, err)
	}
	for range 3 {
		s, _ = again.change(t, s, annotate.Undo, "", "")
	}
	if s, said = again.change(t, s, annotate.Undo, "", ""); said != "Nothing to undo" || strings.ContainsAny(types(s), "+-") {
		t.Errorf("%s: %s", said, types(s))
	}
}

// Two processes decide on one article; each sees the other's decisions, and none is lost.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	ann := newFixture(t)
	id := ann.add(t, story("a", text))
	bo := enter(t, ann.path, "bo", "large-1")
	ann.open(t, id) // to cache it
	his, _ := bo.change(t, bo.open(t, id), annotate.Reject, "Courier", "")
	mine := ann.open(t, id)
	expect(t, mine, "Courier person -")
	mine, _ = ann.change(t, mine, annotate.Confirm, "Marta Quill", "")
	if _, said := ann.change(t, mine, annotate.Undo, "", ""); said != "Undone: confirmed “Marta Quill”" {
		t.Error(said)
	}
	var wg sync.WaitGroup
	for _, r := range []*fixture{ann, bo} {
		wg.Go(func() {
			for i := range 20 {
				verb := []annotate.Verb{annotate.Reject, annotate.Confirm}[i%2]
				i := strings.Index(text, "Halden")
				target := review.Target{Kind: annotate.OfMention, Span: articles.Span{Start: i, End: i + 6}}
				if _, _, err := r.Edit(ctx, his.Article, review.Edit{Verb: verb, Targets: []review.Target{target}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	one, two := ann.open(t, id), bo.open(t, id)
	if len(one.Log) != len(two.Log) || types(one) != types(two) {
		t.Errorf("%d and %d decisions: %s and %s", len(one.Log), len(two.Log), types(one), types(two))
	}
}

// An article whose source changed keeps its decisions if their words are found again.
func TestChangedSource(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	old := story("a", text)
	s := r.open(t, r.add(t, old))
	s, _ = r.change(t, s, annotate.Relabel, "Halden", "organization")
	s, _ = r.change(t, s, annotate.Reject, "Marta Quill", "")
	s, _ = r.change(t, s, annotate.Confirm, "Ferris", "")
	changed := story("a", "CORRECTED.\n\n"+strings.Replace(text, "Dr. Ferris of Halden", "all of Halden", 1))
	if id := r.add(t, changed); id != s.Article.ID {
		t.Fatalf("%s is not %s", id, s.Article.ID)
	}
	if _, err := r.Layer(ctx, s.Article); !errors.Is(err, library.ErrChanged) {
		t.Errorf("offsets of the old text were taken for the new: %v", err)
	}
	if _, _, err := r.Edit(ctx, s.Article, review.Edit{Verb: annotate.Undo}); !errors.Is(err, library.ErrChanged) {
		t.Errorf("%v", err)
	}
	s = r.open(t, s.Article.ID)
	expect(t, s, "Halden organization +++", "Marta Quill person -")
	if len(s.Result.Orphans) != 1 || s.Result.Orphans[0].Target.Exact != "Ferris" {
		t.Errorf("orphans: %v", s.Result.Orphans)
	}
	// Old and new decisions can be undone alike.
	s, _ = r.change(t, s, annotate.Confirm, "Courier", "")
	for range 3 {
		s, _ = r.change(t, s, annotate.Undo, "", "")
	}
	expect(t, s, "Halden organization +++", "Marta Quill person ?", "Courier person ?")
}

func TestNewEngine(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	s := r.open(t, r.add(t, story("a", text)))
	r.change(t, s, annotate.Relabel, "Halden", "organization")
	later := enter(t, r.path, "ann", "large-2")
	later.Workspace = workspace.New(later.library, fake{version: "none-1",
		annotate: func(string, []articles.Block) *annotate.Layer { later.calls++; return &annotate.Layer{} }}, workspace.Options{})
	s = later.open(t, s.Article.ID)
	if types(s) != "Halden organization +++" || later.calls != 1 || len(s.Result.Conflicts) != 3 {
		t.Errorf("%s, %d calls, %v", types(s), later.calls, s.Result.Conflicts)
	}
	if e, err := later.library.Entry(ctx, s.Article.ID); err != nil || e.Counts.Organizations != 1 {
		t.Errorf("%+v %v", e.Counts, err)
	}
}

// An imported log is added once; rows that no version understands stay.
func TestMergeLogTwice(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	s := r.open(t, r.add(t, story("a", text)))
	at := articles.Span{Start: 0, End: len("Marta Quill")}
	x := annotate.Decision{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", Who: "cy", Verb: annotate.Confirm, Kind: annotate.OfMention, Target: review.Anchor(text, at)}
	newer := annotate.Decision{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAW", Verb: "bless", Target: review.Anchor(text, at)}
	for range 2 {
		if _, err := r.MergeLog(ctx, s.Article.ID, []annotate.Decision{x, newer}); err != nil {
			t.Fatal(err)
		}
		s = r.open(t, s.Article.ID)
		if len(s.Log) != 2 {
			t.Fatalf("%d decisions", len(s.Log))
		}
		expect(t, s, "Marta Quill person +")
	}
	if err := r.library.Append(ctx, s.Article.ID, nil, db.Row{ID: "x", At: time.Now(), Body: []byte("\x00not ours")}); err != nil {
		t.Fatal(err)
	}
	if s = r.open(t, s.Article.ID); len(s.Log) != 2 {
		t.Errorf("%d decisions", len(s.Log))
	}
}

func TestAnnotateAll(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	for i := range 7 {
		if _, err := r.library.Add(ctx, story(fmt.Sprint("s", i), fmt.Sprint(text, " Number ", i))); err != nil {
			t.Fatal(err)
		}
	}
	last := 0
	if err := r.AnnotateAll(ctx, func(done, all int) { last = done*100 + all }); err != nil || last != 707 || r.calls != 7 {
		t.Errorf("%v, %d, %d calls", err, last, r.calls)
	}
	if err := r.AnnotateAll(ctx, nil); err != nil || r.calls != 7 {
		t.Errorf("annotated twice: %v, %d calls", err, r.calls)
	}
	es, err := r.library.Entries(ctx)
	if err != nil || len(es) != 7 || !es[0].Annotated || es[0].Counts.People == 0 {
		t.Errorf("%+v %v", es, err)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if err := r.AnnotateAll(stopped, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// An engine that is busy with a long text does not hold up a caller who gives up.
func TestAbandonEngine(t *testing.T) {
	r := newFixture(t)
	id := r.add(t, story("a", text))
	var leave context.CancelFunc
	block := make(chan bool)
	defer close(block)
	d := workspace.New(r.library, fake{version: "slow-1", annotate: func(string, []articles.Block) *annotate.Layer {
		leave()
		<-block
		return &annotate.Layer{}
	}}, workspace.Options{})
	opening, stop := context.WithCancel(ctx)
	leave = stop
	defer stop()
	if s, err := d.Open(opening, id); s != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", s, err)
	}
	annotating, stop := context.WithCancel(ctx)
	leave = stop
	defer stop()
	if err := d.AnnotateAll(annotating, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestElsewhere(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	id := r.add(t, story("a", text))
	other := r.add(t, story("b", "Once more MARTA QUILL. Marta Quill, no less."))
	r.add(t, story("c", "Marta Quillan"))
	s := r.open(t, id)
	places, err := r.OtherArticles(ctx, id, &s.Layer.Entities[0])
	if err != nil || len(places) != 1 || places[0].Entry.ID != other || places[0].Count != 2 || places[0].Offset != len("Once more ") {
		t.Errorf("%+v, %v", places, err)
	}
	s, _ = r.change(t, s, annotate.Relabel, "Marta Quill", "organization")
	if places, err = r.OtherArticles(ctx, id, &s.Layer.Entities[0]); err != nil || len(places) != 0 {
		t.Errorf("an organization is a person elsewhere: %+v, %v", places, err)
	}
}

// Decisions about a name count in other articles too.
func TestElsewhereAfterDecisions(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	one, two := r.add(t, story("a", text)), r.add(t, story("b", "Once more Halden."))
	r.change(t, r.open(t, one), annotate.Relabel, "Halden", "organization")
	s, _ := r.change(t, r.open(t, two), annotate.Relabel, "Halden", "organization")
	e := &s.Layer.Entities[1]
	if places, err := r.OtherArticles(ctx, two, e); err != nil || len(places) != 1 || places[0].Count != 3 {
		t.Errorf("%s: %+v, %v", e.Name, places, err)
	}
	r.change(t, r.open(t, one), annotate.Undo, "", "")
	if err := r.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	again := enter(t, r.path, "ann", "large-1")
	if places, err := again.OtherArticles(ctx, two, e); err != nil || len(places) != 0 {
		t.Errorf("%+v, %v", places, err)
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	if _, err := r.Open(ctx, "nothing"); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

// Opens more articles than are cached, and the first ones again.
func TestManyDocuments(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	var ids []string
	for i := range 9 {
		id := r.add(t, story(fmt.Sprint("s", i), fmt.Sprint(text, " Number ", i)))
		s, _ := r.change(t, r.open(t, id), annotate.Reject, "Courier", "")
		expect(t, s, "Courier person -")
		ids = append(ids, id)
	}
	for _, id := range ids {
		expect(t, r.open(t, id), "Courier person -")
	}
}

func TestGlance(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	if l := r.Glance(ctx, story("a", text), articles.Span{End: 20}); len(l.Entities) != 1 {
		t.Errorf("%+v", l)
	}
}

// BenchmarkEdit measures a keypress, including the disk, on an article of 15,000 mentions.
func BenchmarkEdit(b *testing.B) {
	r := newFixture(b)
	s := r.open(b, r.add(b, story("a", strings.Repeat(text+"\n\n", 2_000))))
	target := []review.Target{{Kind: annotate.OfMention, Span: articles.Span{End: len("Marta Quill")}}}
	i := 0
	for b.Loop() {
		verb := []annotate.Verb{annotate.Reject, annotate.Confirm}[i%2]
		i++
		if _, _, err := r.Edit(ctx, s.Article, review.Edit{Verb: verb, Targets: target}); err != nil {
			b.Fatal(err)
		}
	}
}

// confirmations returns decisions that confirm the first n mentions of a document.
func confirmations(s *workspace.Document, n int) []annotate.Decision {
	var ds []annotate.Decision
	ids := review.IDs{Random: strings.NewReader(strings.Repeat("random", 99))}
	now := time.UnixMilli(1.7e12)
	for _, m := range s.Layer.Mentions() {
		if len(ds) == n {
			break
		}
		ds = append(ds, annotate.Decision{ID: ids.Next(now), At: now, Who: "ann", Verb: annotate.Confirm, Kind: annotate.OfMention,
			Target: review.Anchor(s.Text, m.Span), Value: "person"})
	}
	return ds
}

// BenchmarkEditLate measures the same after 10,000 decisions.
func BenchmarkEditLate(b *testing.B) {
	r := newFixture(b)
	s := r.open(b, r.add(b, story("a", strings.Repeat(text+"\n\n", 2_000))))
	ds := confirmations(s, 10_000)
	if _, err := r.MergeLog(ctx, s.Article.ID, ds); err != nil || len(ds) < 10_000 {
		b.Fatal(len(ds), err)
	}
	target := []review.Target{{Kind: annotate.OfMention, Span: articles.Span{End: len("Marta Quill")}}}
	i := 0
	for b.Loop() {
		verb := []annotate.Verb{annotate.Reject, annotate.Confirm}[i%2]
		i++
		if _, _, err := r.Edit(ctx, s.Article, review.Edit{Verb: verb, Targets: target}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen reads an article of 15,000 mentions and 5,000 decisions, all stored.
func BenchmarkOpen(b *testing.B) {
	r := newFixture(b)
	s := r.open(b, r.add(b, story("a", strings.Repeat(text+"\n\n", 2_000))))
	ds := confirmations(s, 5_000)
	if _, err := r.MergeLog(ctx, s.Article.ID, ds); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d := workspace.New(r.library, fake{version: "large-1"}, workspace.Options{})
		if s, err := d.Open(ctx, s.Article.ID); err != nil || len(s.Log) != 5_000 {
			b.Fatal(err)
		}
	}
}

// BenchmarkFlush updates the index of names after one more decision with 10,000 behind it, as leaving the program does.
func BenchmarkFlush(b *testing.B) {
	r := newFixture(b)
	s := r.open(b, r.add(b, story("a", strings.Repeat(text+"\n\n", 2_000))))
	if _, err := r.MergeLog(ctx, s.Article.ID, confirmations(s, 10_000)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := r.Edit(ctx, s.Article, review.Edit{Verb: annotate.Note, Value: "x", Targets: []review.Target{{Kind: annotate.OfPassage, Span: articles.Span{End: 5}}}}); err != nil {
			b.Fatal(err)
		}
		if err := r.Flush(ctx); err != nil {
			b.Fatal(err)
		}
	}
}

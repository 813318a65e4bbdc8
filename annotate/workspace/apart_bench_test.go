package workspace_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles"
)

// madeUp returns a text of some 370 words with 20 names of 20,000 and 5 quotes.
func madeUp(r *rand.Rand) string {
	name := func() string {
		letters := func(n, of int) string { return string([]byte{byte('a' + n/of%26), byte('a' + n%of)}) }
		n := r.IntN(20_000)
		return "N" + letters(n/26, 26) + letters(n%26, 26) + "o"
	}
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "the story of %s went on for some time in the harbour, where %d ships lay at anchor and nobody knew ", name(), r.IntN(100))
		if i%4 == 0 {
			fmt.Fprintf(&b, "“we sold the press for %d,” said %s.\n\n", r.IntN(1000), name())
		}
	}
	return b.String()
}

// Of 20,000 articles ann decided on 500 that are sealed, and carl, who looks at the same library, on none.
func BenchmarkApart(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	f := newFixture(b)
	all := workspace.New(f.library, quoting(&f.calls), workspace.Options{Workers: 1})
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	var ids []string
	stories := func(yield func(*articles.Article) bool) {
		for i := range 20_000 {
			if !yield(story(fmt.Sprint("story ", i), madeUp(r))) {
				return
			}
		}
	}
	must(f.library.AddAll(ctx, stories, func(_ *articles.Article, a db.Added) { ids = append(ids, a.ID) }))
	must(all.AnnotateAll(ctx, nil))
	as := func(who string) *workspace.Workspace { return workspace.For(all, workspace.Member{Who: who}) }
	sealed := ids[:501]
	must(workspace.TeamOf(as("dora")).Record(ctx, team.Event{Verb: team.Create, Set: "May", Articles: sealed}, team.Event{Verb: team.Join, Set: "May", Members: []string{"ann", "bob", "carl"}},
		team.Event{Verb: team.Assign, Set: "May", Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": sealed, "bob": sealed}}))
	decide := func(w *workspace.Workspace, id string, n int) {
		doc, err := w.Open(ctx, id)
		must(err)
		e := doc.Layer.Entities[n%len(doc.Layer.Entities)]
		_, _, err = w.Edit(ctx, doc.Article, review.Edit{Verb: annotate.Relabel, Value: []string{"organization", "person"}[n/len(doc.Layer.Entities)%2],
			Targets: []review.Target{{Kind: annotate.OfMention, Span: e.Mentions[0].Span}}})
		must(err)
	}
	ann, carl := as("ann"), as("carl")
	for _, id := range sealed[:500] {
		decide(ann, id, 0)
	}
	must(ann.Flush(ctx))
	questions := map[string]func(*workspace.Workspace) error{
		"people": func(w *workspace.Workspace) error { _, err := workspace.PersonsOf(w).All(ctx); return err },
		"search": func(w *workspace.Workspace) error { _, err := w.Finder().Search(ctx, "person:Naaaao", 100); return err },
		"words": func(w *workspace.Workspace) error {
			_, err := w.Finder().Search(ctx, "harbour person:Naa", 100)
			return err
		},
		"said":        func(w *workspace.Workspace) error { _, err := w.Finder().Search(ctx, "by:Naaaao", 100); return err },
		"completions": func(w *workspace.Workspace) error { _, err := w.Finder().Completions(ctx, "person:Naa"); return err },
	}
	// On a busy computer the best of many says more than how long they take together.
	best := func(name string, do func()) {
		b.Run(name, func(b *testing.B) {
			least := time.Hour
			for b.Loop() {
				start := time.Now()
				do()
				least = min(least, time.Since(start))
			}
			b.ReportMetric(float64(least.Microseconds())/1000, "best-ms")
		})
	}
	ask := func(name string, q func(*workspace.Workspace) error, w *workspace.Workspace) {
		must(q(w))
		best(name, func() { must(q(w)) })
	}
	for name, q := range questions {
		ask(name+"/sealed", q, ann)
		ask(name+"/nothing", q, carl)
	}
	best("first", func() {
		w := as("ann")
		must(questions["search"](w))
		must(w.Close(ctx))
	})
	n := 0
	for name, w := range map[string]*workspace.Workspace{"sealed": ann, "open": carl} {
		of := map[string][]string{"sealed": sealed, "open": ids[1000:]}[name]
		best("decision/"+name, func() {
			n++
			decide(w, of[n%500], 1+n/500)
		})
		best("decision and search/"+name, func() {
			n++
			decide(w, of[n%500], 1+n/500)
			must(questions["search"](w))
		})
	}
}

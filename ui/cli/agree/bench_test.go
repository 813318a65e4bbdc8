package agree_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

var benchArticles = flag.Int("articles", 300, "how many articles BenchmarkAgree measures")

// BenchmarkAgree measures the command on articles of some 180 words that five people finished, with 110 decisions each; without γ and,
// up to 1,000 articles, with it.
//
//	go test -run '^$' -bench Agree -benchtime 3x ./ui/cli/agree -articles 10000
func BenchmarkAgree(b *testing.B) {
	s := &stage{path: b.TempDir() + "/library.db"}
	w := s.as(b, "carl")
	for i := range *benchArticles {
		id := s.add(b, w, fmt.Sprintf("Number %d\n\n%s", i, strings.Join([]string{stories[i%3], stories[i%3+1], stories[(i+1)%4]}, "\n\n")))
		finish(b, w, id, uint64(i), "ann", "bob", "cy", "dora", "eve")
	}
	for _, gamma := range []string{"0", "10"} {
		if gamma != "0" && *benchArticles > 1000 {
			continue
		}
		b.Run("gamma="+gamma, func(b *testing.B) {
			for b.Loop() {
				byline(b, s.path, "team", "agree", "--format", "csv", "--gamma", gamma)
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/float64(*benchArticles), "ms/article")
		})
	}
}

// add adds an article and returns its ID.
func (s *stage) add(t testing.TB, w *workspace.Workspace, text string) string {
	t.Helper()
	title, _, _ := strings.Cut(text, "\n")
	added, err := w.Library.Add(t.Context(), &articles.Article{ID: articles.TextID(text), Title: title, Text: text, Source: fmt.Sprint("story", len(s.ids)), Format: articles.Plain})
	if err != nil {
		t.Fatal(err)
	}
	s.ids = append(s.ids, added.ID)
	return added.ID
}

// finish writes into the log of an article what people decide about it as chance has it, all at once, and that they are done.
func finish(t testing.TB, w *workspace.Workspace, id string, seed uint64, people ...string) {
	t.Helper()
	doc, err := w.Open(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	now := time.UnixMilli(1.75e12)
	ids := review.IDs{Random: rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})}
	var rows []db.Row
	for k, who := range people {
		shown := review.Apply(doc.Text, doc.Machine, nil)
		var log []annotate.Decision
		for _, e := range slices.Concat(edits(doc.Machine, rand.New(rand.NewPCG(uint64(k), seed))), []review.Edit{{Verb: annotate.Done}}) {
			now = now.Add(time.Second)
			sign := review.Signature{Who: who, Now: now, NewID: func() string { return ids.Next(now) }}
			log = append(log, (&review.Writer{Signature: sign, Text: doc.Text, Shown: &shown}).Write(e)...)
			shown = review.Apply(doc.Text, doc.Machine, log)
		}
		for _, d := range log {
			body, err := review.Encode(d)
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, db.Row{ID: d.ID, At: d.At, Who: d.Who, Body: body})
		}
	}
	if err := w.Library.Append(t.Context(), id, nil, rows...); err != nil {
		t.Fatal(err)
	}
}

// Where few of many articles are finished, gamma is computed as of few, from the same counts as if the others were not there.
func TestFewOfMany(t *testing.T) {
	t.Parallel()
	s := &stage{path: t.TempDir() + "/library.db"}
	w := s.as(t, "carl")
	for i, text := range stories[:3] {
		finish(t, w, s.add(t, w, text), uint64(i), "ann", "bob")
	}
	few := report(t, s.path, "--samples", "0")
	for i := range 1001 {
		s.add(t, w, fmt.Sprintf("Number %d\n\nNobody read this.", i))
	}
	many := report(t, s.path, "--samples", "0")
	if few.Chance != 30 || few.Articles != 3 || many.Left.Nobody != 1001 {
		t.Fatalf("%+v, %+v", few, many)
	}
	if many.Left.Nobody = 0; fmt.Sprint(few) != fmt.Sprint(many) {
		t.Errorf("alone\n%+v\namong others\n%+v", few, many)
	}
}

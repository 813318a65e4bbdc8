package agree_test

import (
	"fmt"
	"strings"
	"testing"

	"byline/articles"
)

// BenchmarkAgree measures the command on 300 articles of some 120 words that five people finished, without γ and with it.
func BenchmarkAgree(b *testing.B) {
	s := &stage{path: b.TempDir() + "/library.db"}
	w := s.as(b, "carl")
	for i := range 300 {
		text := fmt.Sprintf("Number %d\n\n%s", i, strings.Join(stories[i%3:i%3+2], "\n\n"))
		added, err := w.Library.Add(b.Context(), &articles.Article{ID: articles.TextID(text), Title: fmt.Sprint("Number ", i), Text: text, Source: fmt.Sprint("story", i), Format: articles.Plain})
		if err != nil {
			b.Fatal(err)
		}
		s.ids = append(s.ids, added.ID)
	}
	for i, who := range []string{"ann", "bob", "cy", "dora", "eve"} {
		s.annotate(b, who, "", uint64(i))
	}
	for _, gamma := range []string{"0", "10"} {
		b.Run("gamma="+gamma, func(b *testing.B) {
			for b.Loop() {
				byline(b, s.path, "team", "agree", "--format", "csv", "--gamma", gamma)
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/300, "ms/article")
		})
	}
}

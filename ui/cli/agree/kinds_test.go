package agree_test

import (
	"strings"
	"testing"

	"byline/annotate/agreement"
)

// What was not asked for has no columns, and no figures without a value.
func TestOnlyKinds(t *testing.T) {
	t.Parallel()
	s, _ := staged(t, "")
	for kinds, x := range map[string]struct{ has, lacks []string }{
		"quote":  {[]string{"quotes F1", "speakers", "Exact F1 of quotes by article"}, []string{"names", "κ marked", "B³"}},
		"person": {[]string{"names F1", "κ marked", "B³", "Exact F1 of names by article"}, []string{"quotes", "speakers"}},
	} {
		for _, format := range []string{"text", "md", "html"} {
			page := byline(t, s.path, "team", "agree", "-f", format, "--samples", "100", "--gamma", "0", "--kinds", kinds)
			_, tables, _ := strings.Cut(page, "Annotators")
			tables, _, _ = strings.Cut(tables, "<footer>")
			for _, want := range x.has {
				if !strings.Contains(page, want) && !strings.HasPrefix(want, "Exact") {
					t.Errorf("--kinds %s: no %q in\n%s", kinds, want, page)
				}
			}
			for _, no := range append(x.lacks, "γ") {
				if strings.Contains(tables, no) {
					t.Errorf("--kinds %s: %q in\n%s", kinds, no, page)
				}
			}
			if format == "html" && !strings.Contains(page, x.has[len(x.has)-1]) {
				t.Errorf("--kinds %s: no plot of articles in\n%s", kinds, page)
			}
		}
		about := map[string]bool{}
		r := report(t, s.path, "--samples", "0", "--gamma", "0", "--kinds", kinds)
		for _, a := range append(r.ByArticle, agreement.ArticleReport{Figures: r.Figures}) {
			for _, f := range a.Figures {
				about[f.About] = true
			}
		}
		if about[agreement.Names] == (kinds == "quote") || about[agreement.Speakers] != (kinds == "quote") || about[agreement.Clusters] == (kinds == "quote") {
			t.Errorf("--kinds %s: figures about %v", kinds, about)
		}
	}
}

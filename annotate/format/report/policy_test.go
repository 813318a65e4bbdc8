package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// A browser applies the style sheet of a report, and nothing else: no attribute needs more than the policy allows.
func TestPolicy(t *testing.T) {
	t.Parallel()
	const text = "Ann Lee said no."
	var b bytes.Buffer
	d := &format.Document{
		Article: &articles.Article{Title: `<script>x</script>`, Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}},
		Layer:   &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Type: `own" style="x`, Name: `<img src=x onerror=x>`, Mentions: []annotate.Mention{{Span: articles.Span{End: 7}, Form: annotate.Name}}}}},
	}
	if err := writeHTML(&b, d, format.Options{}); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	sheet := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindStringSubmatch(page)
	if sheet == nil || policy == nil {
		t.Fatal(page)
	}
	sum := sha256.Sum256([]byte(sheet[1]))
	if want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy[1], want) || !strings.HasPrefix(policy[1], "default-src 'none';") {
		t.Errorf("%s lacks %s", policy[1], want)
	}
	for _, no := range []string{"<script", "<img", ` style="`} {
		for _, tag := range regexp.MustCompile(`<[a-z][^>]*>`).FindAllString(page, -1) {
			if strings.Contains(tag, no) {
				t.Errorf("%s in %s", no, tag)
			}
		}
	}
}

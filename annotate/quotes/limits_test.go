package quotes_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestFarLimits checks the numbers that take too long a text for a case of testdata/limits: what is
// found in a text with most of something in it, and no more with one more.
func TestFarLimits(t *testing.T) {
	const cast = "person Ann Lee: Lee\nperson Marta Quill: Quill\norganization Halden Media: Halden\norganization Orrin Bay Courier: Courier\nplace Orrin\n"
	others := func(n int) string { // so many people
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "person Tom Other%d\n", i)
		}
		return b.String()
	}
	for _, c := range []struct {
		number string
		most   int
		text   func(n int) (text, people string)
		want   string
	}{
		{"NamesBack", 39, func(n int) (string, string) {
			return "Baker Quill came. " + strings.Repeat("Halden rose. ", n) + "“We sold it,” the baker said.", cast
		}, "Marta Quill (the baker)"},
		{"unnamedTokens", 111, func(n int) (string, string) {
			return "Official Lee sat. An official rose" + strings.Repeat(" again", n) + ". “We sold it,” the official said.", cast
		}, "| (the official)"},
		{"leadingNames", 317, func(n int) (string, string) {
			return "Halden rose. Halden met the Courier. " + strings.Repeat("Orrin rose. ", n) + "“We sold it,” the firm said.", cast
		}, "Halden Media (the firm)"},
		{"sentenceTokens", 191, func(n int) (string, string) {
			return "Then" + strings.Repeat(" again", n) + ", Quill said that it was sold then.", cast
		}, "that it was sold then"},
		{"bearers", 99, func(n int) (string, string) {
			return "Mayor Lee came.\n\nTHE MAYOR: We sold it.\n\nTHE MAYOR: We did.", others(n) + cast
		}, "Ann Lee (THE MAYOR)"},
		{"handled", 199, func(n int) (string, string) {
			return "“We sold it,” said @annlee.", others(n) + cast
		}, "Ann Lee (@annlee)"},
		{"echoQuotations", 98, func(n int) (string, string) {
			return "Sale “inevitable” in Orrin\n\n" + strings.Repeat("“No.”\n\n", n) + "“The sale was inevitable,” Quill said.", cast
		}, "headline-echo | Marta Quill"},
	} {
		for n, want := range map[int]bool{c.most: true, c.most + 1: false} {
			text, people := c.text(n)
			if got := strings.Contains(found(t, text, people), c.want); got != want {
				t.Errorf("%s: %q is found with %d: %v", c.number, c.want, n, got)
			}
		}
	}
}

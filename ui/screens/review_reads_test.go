package screens_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/ui/library"
)

var nothing = regexp.MustCompile(`(?s)Reviewed 0 of 3 .*confirmed +0 .*rejected +0 `)

// A review by somebody who only reads counts no decision that was not saved.
func TestReviewOfOneWhoReads(t *testing.T) {
	for _, key := range []string{"y", "X", "a y"} {
		d, _ := distant(t, true)
		s, p := d.begin(t)
		s.Send(library.ReviewMsg{IDs: []string{d.id}})
		s.Press(key)
		s.Press("q")
		if got := ansi.Strip(s.View()); !strings.Contains(p.shown.String(), "not saved") || !nothing.MatchString(got) {
			t.Errorf("%s:\n%s", key, got)
		}
	}
}

package library

import (
	"testing"

	"byline/ui/theme"

	"github.com/charmbracelet/colorprofile"
)

// TestHitsShow checks that what a search or a filter found differs from the words around it in every
// row, whatever colours there are.
func TestHitsShow(t *testing.T) {
	t.Parallel()
	for _, name := range theme.Names() {
		for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
			th, err := theme.For(name, true, p)
			if err != nil {
				t.Fatal(err)
			}
			var l look
			l.restyle(th)
			for kind, row := range l.styles {
				for _, found := range []part{hit, lit} {
					if row[found] == row[plain] || row[found] == row[dim] {
						t.Errorf("%s, %v: part %d of row %d looks like the words around it", name, p, found, kind)
					}
				}
			}
		}
	}
}

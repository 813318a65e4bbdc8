package theme_test

import (
	"fmt"
	"strings"

	"byline/ui/theme"
)

// The legend of the help: every sign with what it means.
func ExampleTheme_Signs() {
	th, err := theme.Named("terminal", true)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range th.Signs() {
		if s.Group == "In the lists" || strings.HasSuffix(s.Means, "line") {
			fmt.Println(s.Shown, "is", s.Means)
		}
	}
	// Output:
	// suggested is suggested, unreviewed: broken underline
	// edited is added or edited by a person: wavy underline
	// person is person: thin underline
	// organization is organization: thick underline
	// label is your own label: wavy underline
	// ○ is suggested
	// ? is suggested, low confidence
	// ◐ is partly reviewed
	// ● is confirmed
	// ✗ is rejected
}

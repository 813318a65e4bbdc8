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
	// suggested is found by the program, not reviewed: a broken line
	// edited is added or changed by a person: a wavy line
	// person is a person: a fine line
	// organization is an organization: a strong line
	// label is a label of your own: a wavy line
	// ○ is suggested
	// ? is suggested, but unlikely
	// ◐ is reviewed in some places
	// ● is confirmed
	// ✗ is rejected
}

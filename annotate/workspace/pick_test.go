package workspace_test

import (
	"testing"

	"byline/annotate/library"
	"byline/annotate/workspace"
)

var picked = []library.Entry{
	{ID: "0123999999999999", Title: "The Ferry at Low Tide, again"},
	{ID: "0123456789abcdef", Title: "The Ferry at Low Tide", Source: "ferry.txt"},
	{ID: "fedcba9876543210", Title: "Dry Docks"},
}

func TestPick(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"0123456789abcdef": "0123456789abcdef", "01234": "0123456789abcdef", "fedc": "fedcba9876543210",
		"the ferry at low tide": "0123456789abcdef", "ferry.txt": "0123456789abcdef", "again": "0123999999999999",
		"0123": "", "ferry": "", "f": "", "nothing": "",
	} {
		got, err := workspace.Pick(picked, name)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

package team_test

import (
	"testing"

	"byline/annotate/team"
)

func TestCheckName(t *testing.T) {
	t.Parallel()
	for name, ok := range map[string]bool{"ann": true, "Ann Lee": true, "Al": true, "": false, " ": false, "me": false, "Mine": false, "ALL": false, "curated": false} {
		if err := team.CheckName(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestSpelt(t *testing.T) {
	t.Parallel()
	names := []string{"ann", "Bob", "bob", "Zoë"}
	for name, want := range map[string]string{
		"ann": "ann", "ANN": "ann", "zoË": "Zoë", // in one case only
		"bob": "bob", "Bob": "Bob", "BOB": "BOB", // in two: it could be either
		"anne": "anne", "": "",
	} {
		if got := team.Spelt(names, name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

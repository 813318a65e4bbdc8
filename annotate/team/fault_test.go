package team_test

import (
	"strings"
	"testing"
	"time"

	"byline/annotate/team"
)

// A line of the log says what is wrong with it; a sound one says nothing.
func TestFault(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1.75e12).UTC()
	e := team.Event{ID: "01M8NDJZHH5E1T59DPPG29QKGN", At: at, Who: "ann", Verb: team.Join, Set: "May", Members: []string{"bob"}}
	line, err := team.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	says := func(line string) string {
		what, newer := team.Fault([]byte(line), e.ID, e.Who, at)
		if newer != strings.Contains(what, "does not know") {
			t.Errorf("%s: %s, of a newer byline: %v", line, what, newer)
		}
		return what
	}
	if what := says(string(line)); what != "" {
		t.Fatalf("a sound one: %s", what)
	}
	for _, x := range [][3]string{
		{`"verb"`, `"v3rb"`, "cannot be read"}, {`{"team"`, `{"te`, "cannot be read"}, {`"join"`, `"j0in"`, "this byline does not know its verb, “j0in”"},
		{"29QKGN", "29QKGM", "the ID of another"}, {`"ann"`, `"anm"`, "signed by another, “anm”"}, {"2025-06", "2025-07", "its time is another"},
		{`"set":"May"`, `"sex":"May"`, "about no set"}, {`"members"`, `"mambers"`, "a field that this byline does not know"},
	} {
		damaged := strings.Replace(string(line), x[0], x[1], 1)
		if got := says(damaged); damaged == string(line) || !strings.Contains(got, x[2]) {
			t.Errorf("%s: %q, not %q", damaged, got, x[2])
		}
	}
}

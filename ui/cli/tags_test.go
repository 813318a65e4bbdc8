package cli

import (
	"strings"
	"testing"

	"byline/annotate/library"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// A guest's tags are theirs, those of others stay, and of a sealed article no command tells a guest somebody else's.
func TestGuestTags(t *testing.T) {
	w, id := visited(t)
	_, err := w.Library.Retag(t.Context(), id, []string{"looks-wrong"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range [][2]string{ // in this order: what is set already changes nothing
		{"t 1 looks-wrong, sea\n", "Tags: #looks-wrong #sea; u undoes it."},
		{"t 1 sea\n", "#looks-wrong stays: operator’s tag; only operator can take it off."},
		{"t 1 todo\nu\n", "Tags: #todo. #looks-wrong stays: operator’s tag; only operator can take it off; u undoes it."},
	} {
		lines, want := x[0], x[1]
		if out, errs, status := asGuest(t, w, false, lines); !strings.Contains(strings.Join(strings.Fields(out), " "), want) || status != 0 {
			t.Errorf("%q: status %d\n%s%s", lines, status, out, errs)
		}
		if _, err := w.Library.As("ann").Retag(t.Context(), id, []string{"sea"}, []string{"todo"}); err != nil {
			t.Fatal(err)
		}
	}
	tags, err := w.Library.Tags(t.Context(), id)
	if err != nil || len(tags) != 2 || tags[0] != (library.Tag{Text: "looks-wrong", Who: "operator"}) || tags[1] != (library.Tag{Text: "sea", Who: "ann"}) {
		t.Errorf("%v, %v", tags, err)
	}
	if out, _, _ := asGuest(t, w, true, "t 1 x\n"); !strings.Contains(out, "read-only") && !strings.Contains(out, "rights") {
		t.Errorf("who only reads tags: %s", out)
	}
	commands := [][]string{{"list", "--format", "json"}, {"list", "--where", "tag:looks-wrong"}, {"list"}, {"export", id}, {"--view", "operator", "export", id}, {"export", "--by", "operator", id},
		{"--view", "curated", "list"}, {"search", "tag:looks-wrong"}, {"quotes", "tag:looks-wrong"}, {"list", "--format", "json", "--where", "set:May"}}
	told := func() (n int) {
		for _, args := range commands {
			if out, _, _ := asGuest(t, w, false, "", args...); strings.Contains(out, "looks-wrong") || strings.Contains(out, "Marta") && strings.Contains(strings.Join(args, " "), "looks-wrong") {
				n++
			}
		}
		return n
	}
	if n := told(); n < 6 {
		t.Errorf("only %d of %d commands tell operator's tag: the test looks at too little", n, len(commands))
	}
	err = workspace.TeamOf(w).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}}, team.Event{Verb: team.Join, Set: "May", Members: []string{"ann", "operator"}},
		team.Event{Verb: team.Assign, Set: "May", Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": {id}, "operator": {id}}})
	if err != nil {
		t.Fatal(err)
	}
	if n := told(); n > 0 {
		t.Errorf("%d commands tell a tag of a sealed article", n)
	}
	if out, _, _ := asGuest(t, w, false, "/\nt 1\nu\n/\n"); strings.Contains(out, "looks-wrong") || !strings.Contains(out, "#sea") || strings.Contains(out, "stays") {
		t.Errorf("line by line a guest is told:\n%s", out)
	}
}

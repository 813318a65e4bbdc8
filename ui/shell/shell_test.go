package shell

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var lines = [][]string{
	{"list"},
	{"export", "3fa2", "--by", "Anders Lee"},
	{"export", "--where", `person:"Ann Lee" reviewed:100%`},
	{"people", "O'Brien", "--merge", `5' 6"`},
	{"search", "", "$HOME `x` \\ !"},
	{"quotes", "-tag:todo", "Zoë*", "a;b"},
}

// Words that were joined are the same words again, and behind ssh after both shells.
func TestJoin(t *testing.T) {
	t.Parallel()
	sh, err := exec.LookPath("sh")
	for _, want := range lines {
		got, _, failed := Split(Join(want...))
		if failed != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", want, got, failed)
		}
		if err != nil {
			continue
		}
		out, failed := exec.Command(sh, "-c", `ssh() { printf %s "$*"; }; ssh `+Behind(want...)).Output()
		if failed != nil {
			t.Errorf("%s: %v", Behind(want...), failed)
		}
		if got, _, failed := Split(string(out)); failed != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", Behind(want...), got, failed)
		}
	}
	if got := Behind("export", "3fa2", "--by", "Anders Lee"); got != `"export 3fa2 --by 'Anders Lee'"` {
		t.Error(got)
	}
	if got := Behind(strings.Fields("export --all -f brat")...); got != "export --all -f brat" {
		t.Error(got)
	}
}

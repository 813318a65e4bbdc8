package spelling

import "testing"

func TestNearest(t *testing.T) {
	t.Parallel()
	words := []string{"measure", "mouse", "date", "fps", "who"}
	for word, want := range map[string]string{
		"measure": "measure", "mesure": "measure", "maesure": "measure", "mous": "mouse", "dat": "date", "fpss": "fps",
		"mo": "who", "moose": "mouse", "colour": "", "measurement": "", "": "",
	} {
		got := ""
		if i := Nearest(word, words); i >= 0 {
			got = words[i]
		}
		if got != want {
			t.Errorf("%q is near %q, want %q", word, got, want)
		}
	}
	if i := Nearest("cat", []string{"bat", "hat"}); i != 0 {
		t.Errorf("of two that are as near the first is taken, not %d", i)
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"kofi", "koffi", true}, {"annor", "anor", true}, {"jon", "john", true}, {"josé", "jose", true}, {"mensah", "mensah", true},
		{"solberg", "sohlberg", true}, {"gaddafi", "qaddafi", true}, {"qaddafi", "qadhafi", true}, {"wójcik", "wojcik", true},
		{"ann", "abe", false}, {"al", "ali", false}, {"al", "al", true}, {"brandt", "bridges", false}, {"halden", "harbour", false}, {"", "", true},
	} {
		if got := Same(c.a, c.b); got != c.want {
			t.Errorf("%q and %q are one word: %t", c.a, c.b, got)
		}
	}
}

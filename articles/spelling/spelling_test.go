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

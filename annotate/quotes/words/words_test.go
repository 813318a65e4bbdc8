package words

import "testing"

// TestKinds checks that each kind has words, and where the kinds of closed classes differ from the
// classes.
func TestKinds(t *testing.T) {
	some := Kind(0)
	for _, k := range kinds() {
		some |= k
	}
	for name, k := range kindNames {
		if some&k == 0 {
			t.Errorf("no word is of the kind %s", name)
		}
	}
	for _, c := range closed {
		if some&c.kind == 0 {
			t.Errorf("no word of the classes %b is of its kind", c.class)
		}
	}
	for _, c := range []struct {
		kind Kind
		word string
		want bool
	}{
		{Between, "has", true}, {Between, "hasn't", false}, {Between, "cannot", false}, {Finite, "cannot", true},
		{Addressee, "him", true}, {Addressee, "her", false},
		{NeverSubject, "monday", true}, {NeverSubject, "june", true}, {NeverSubject, "may", false}, {Weekday, "june", false},
		{NeverSubject | Weekday, "friday", true}, {Asking, "Q", true}, {Asking, "q", false},
	} {
		if got := c.kind.Has(c.word); got != c.want {
			t.Errorf("%q is of the kind %b: %v", c.word, c.kind, got)
		}
	}
}

// TestTables checks that each wider noun takes in more than itself, and what cues.txt says of cues.
func TestTables(t *testing.T) {
	l := English()
	for w, roles := range l.Wider {
		if len(roles) == 0 || len(roles) == 1 && roles[0] == w {
			t.Errorf("%s takes in nothing", w)
		}
	}
	for w, c := range l.Cues {
		if c.Class == NoCue || c.Weight <= 0 || c.Weight > 1 {
			t.Errorf("%s: class %d, weight %v", w, c.Class, c.Weight)
		}
	}
}

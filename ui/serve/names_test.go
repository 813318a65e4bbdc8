package serve

import (
	"strings"
	"testing"
)

// Of two names that are hard to tell apart, the second is refused, with words.
func TestNamesThatLookAlike(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ first, second, why string }{
		{"ann", "Ann", "there is another Ann"},
		{"ÄNNE", "änne", "there is another änne"},
		{"ann", "аnn", `looks like ann ("ann")`},          // Cyrillic а
		{"Ann", "Αnn", "looks like Ann"},                  // Greek Α
		{"ann", "Аnn", "looks like ann"},                  // of another case besides
		{"al", "aI", "looks like al"},                     // a capital i
		{"bill", "bi1l", "looks like bill"},               // a one
		{"Otto", "0tto", "looks like Otto"},               // a zero
		{"Ann Lee", "Ann\u00a0Lee", "looks like Ann Lee"}, // a blank that does not break
		{"Ann Lee", "Ann  Lee", "looks like Ann Lee"},
		{"jos\u00e9", "jose\u0301", "looks like"},
		{"ann", "a\u200dnn", "not one line"},
		{"marna", "mama", "looks like marna"},
		{"ann-lee", "ann‑lee", "looks like ann-lee"},
		{"x", "Curated", "nobody can be called that"},
		{"x", "mine", "nobody can be called that"},
		{"x", "ALL", "nobody can be called that"},
		{"x", "machine", "nobody can be called that"},
		{"x", "everybody", "nobody can be called that"},
		{"x", "nobody", "nobody can be called that"},
		{"x", "me", "nobody can be called that"},
		{"x", "mасhinе", "looks like the word machine"}, // Cyrillic а, с, е
		{"x", "Аll", "looks like the word all"},         // Cyrillic А
		{"x", "aIl", "looks like the word all"},         // a capital i
		{"x", "rnachine", "looks like the word machine"},
		{"x", "Lee, Ann", "has a comma"},
		{"x", "ann,bob", "has a comma"},
		{"x", "", "it needs a name"},
		{"x", " y", "it needs a name"},
		{"x", "a\x1b[31mb", "not one line"},
		{"x", "a\u202eb", "not one line"},
		{"x", strings.Repeat("y", 81), "at most 80 bytes"},
	} {
		n := names{}
		if err := n.add(x.first); err != nil {
			t.Errorf("%q: %v", x.first, err)
		}
		if err := n.add(x.second); err == nil || !strings.Contains(err.Error(), x.why) || strings.ContainsAny(err.Error(), "\x1b\u202e") {
			t.Errorf("%q after %q: %v, not %q", x.second, x.first, err, x.why)
		}
	}
	all := names{}
	for _, name := range []string{"Ian", "Lan", "José", "Jose", "Ana", "Ann", "Anna", "Ole", "Øle", "Анна", "Анка", "mary", "marya", "b/ob", "../bob", "bob"} {
		if err := all.add(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

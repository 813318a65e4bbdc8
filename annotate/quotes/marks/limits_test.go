package marks

import (
	"strings"
	"testing"

	"byline/annotate/segment"
)

// TestLimits checks each number of limits.go on both of its sides.
func TestLimits(t *testing.T) {
	label := strings.Repeat("A", labelBytes-1)
	of := func(s string) int { n, _ := attribution(s); return n }
	for _, c := range []struct {
		name           string
		within, beyond bool
	}{
		{"inchDigits", isMeasure("6'11"), isMeasure("6'111")},
		{"decadeDigits", isDecade("68") && isDecade("90s"), isDecade("680") || isDecade("6")},
		{"elidedLetters", mayElide("goin", 'n'), mayElide("kin", 'n')},
		{"labelBytes", labelBytes == 48 && Label(label+": x") == 48, Label(label+"A: x") != 0},
		{"attributionWords", of(" Tom J K Ferris said") > 0, of(" Sir Tom J K Ferris said") > 0},
		{"attributionWeight", says("told"), says("argued")},
		{"abbreviationLetters", of(" Mrs. Quill said") > 0, of(" Prof. Quill said") > 0},
		{"britishFactor", british("“a” ‘b’ ‘b’ ‘b’"), british("“a” ‘b’ ‘b’")},
		{"marksAhead", closesAfter(63), closesAfter(64)},
	} {
		if !c.within {
			t.Errorf("%s: what is just within is not taken", c.name)
		}
		if c.beyond {
			t.Errorf("%s: what is just beyond is taken", c.name)
		}
	}
}

func british(text string) bool {
	p := &pairer{d: segment.Split(text, nil)}
	return p.isBritish()
}

// closesAfter reports whether a single mark is closed after n double ones.
func closesAfter(n int) bool {
	p := &pairer{marks: []mark{{single: true, role: opens}}}
	for range n {
		p.marks = append(p.marks, mark{role: closes})
	}
	p.marks = append(p.marks, mark{single: true, role: closes})
	return p.closesLater(0)
}

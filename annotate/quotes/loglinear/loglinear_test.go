package loglinear

import (
	"math"
	"testing"
)

// examples are of two features: one that tells, and one that does not.
func examples(n int) []Example {
	var all []Example
	for i := range n {
		e := Example{Features: []string{"any"}, True: i%4 != 0, Weight: 1}
		if e.True == (i%10 != 1) { // nine of ten
			e.Features = append(e.Features, "tells")
		}
		if i%3 == 0 {
			e.Features = append(e.Features, "idle")
		}
		all = append(all, e)
	}
	return all
}

func TestLearn(t *testing.T) {
	w := Learn(examples(600), 0.1, 1)
	if w["tells"] < 2 || math.Abs(w["idle"]) > 0.5 {
		t.Errorf("weights %v", w)
	}
	if with, without := w.Probability([]string{"any", "tells"}), w.Probability([]string{"any"}); with < 0.9 || without > 0.5 {
		t.Errorf("probability %.2f with what tells, %.2f without", with, without)
	}
	if again := Learn(examples(600), 0.1, 1); again.String() != w.String() {
		t.Error("the same examples give other weights")
	}
	if w := Learn(examples(600), 0.1, 201); w["idle"] != 0 {
		t.Error("a feature of 200 examples has a weight where 201 are asked for")
	}
}

// TestCalibrated checks that what is learned from means what it says: of a feature, the mean of the
// probabilities is the share that is true.
func TestCalibrated(t *testing.T) {
	es := examples(600)
	w := Learn(es, 0.001, 1)
	sum, right := 0.0, 0.0
	for _, e := range es {
		sum += w.Probability(e.Features)
		right += truth(e.True)
	}
	if math.Abs(sum-right) > 1 {
		t.Errorf("%.1f expected of %.0f", sum, right)
	}
}

func TestTable(t *testing.T) {
	w := Weights{"b": -1.25, "a": 2, "next-to-nothing": 0.001}
	const table = "a 2.00\nb -1.25\n"
	if w.String() != table {
		t.Errorf("table %q", w.String())
	}
	read, err := Parse("# comment\n\n" + table)
	if err != nil || read.String() != table {
		t.Errorf("read %v, %v", read, err)
	}
	for _, bad := range []string{"a\n", "a b\n", "a 1 2\n"} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%q is a table", bad)
		}
	}
}

// TestExp checks exp against package math, and that its bits are the same on every processor: the
// sum of them is.
func TestExp(t *testing.T) {
	var bits uint64
	for i := -4000; i <= 4000; i++ {
		x := float64(i) / 100
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 1e-13*want {
			t.Errorf("e to the power of %v is %v, not %v", x, got, want)
		}
		bits = bits*31 + math.Float64bits(exp(x))
	}
	if bits != 0xc78b56046e821e48 {
		t.Errorf("other bits: %#x", bits)
	}
}

// TestFitLine checks that log-odds that are twice too sure are halved, and shifted ones shifted back.
func TestFitLine(t *testing.T) {
	var sums []float64
	var right []bool
	for _, x := range []float64{-3, -2, -1, 0, 1, 2, 3} {
		p := Line{Slope: 0.5, Shift: 1}.Probability(x)
		for i := range 1000 {
			sums, right = append(sums, x), append(right, float64(i) < 1000*p)
		}
	}
	if l := FitLine(sums, right); math.Abs(l.Slope-0.5) > 0.01 || math.Abs(l.Shift-1) > 0.01 {
		t.Errorf("line %v", l)
	}
}

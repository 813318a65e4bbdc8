package main

import "testing"

// Probabilities rise with scores and follow the share that is right.
func TestCalibrate(t *testing.T) {
	t.Parallel()
	var all []claim
	for i := range 1000 {
		score := float64(i%100) / 100
		all = append(all, claim{score, i/100*11 < i%100}) // right in a share of about score
	}
	got := calibrate(all, 10)
	if len(got) != 11 {
		t.Fatalf("%d knots", len(got))
	}
	for i, p := range got {
		if i > 0 && p < got[i-1] || p < float64(i)/10-0.15 || p > float64(i)/10+0.15 {
			t.Errorf("knot %d: %.2f", i, p)
		}
	}
}

package library

import "testing"

func TestPercent(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64]string{0: "–", .001: "1%", .424: "42%", .999: "99%", 1: "100%", 1.2: "100%"} {
		if got := percent(share); got != want {
			t.Errorf("%v is %s, want %s", share, got, want)
		}
	}
}

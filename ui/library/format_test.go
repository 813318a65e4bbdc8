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

func TestReadingTime(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 min", 7: "7 min", 999: "999 min", 1000: "16 h", 4314: "71 h", 9000: "150 h"} {
		if got := readingTime(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

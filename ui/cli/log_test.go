package cli

import (
	"testing"
	"time"
)

func TestMoment(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3600)
	end := time.Second - 1
	for text, want := range map[string]time.Time{
		"2026-11-23 14:05":          time.Date(2026, 11, 23, 13, 5, 59, int(end), time.UTC),
		"2026-11-23 14:05:07":       time.Date(2026, 11, 23, 13, 5, 7, int(end), time.UTC),
		"2026-11-23T14:05:07Z":      time.Date(2026, 11, 23, 14, 5, 7, int(end), time.UTC),
		"2026-11-23T14:05:07-02:00": time.Date(2026, 11, 23, 16, 5, 7, int(end), time.UTC),
		"2026-11-23T14:05:07.25Z":   time.Date(2026, 11, 23, 14, 5, 7, 25e7, time.UTC),
	} {
		if got, err := parseInstant(text, zone); !got.Equal(want) || err != nil {
			t.Errorf("%s is %v, want %v, %v", text, got, want, err)
		}
	}
	for _, text := range []string{"", "noon", "2026-13-01 10:00", "2026-11-23", "14:05"} {
		if got, err := parseInstant(text, zone); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

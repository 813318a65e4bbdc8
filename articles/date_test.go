package articles_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"byline/articles"
)

// A date says what its source said: as precise, with the zone if there was one.
func TestDatesAsSaid(t *testing.T) {
	for in, want := range map[string]string{
		"2024":                             "2024",
		"2024-05":                          "2024-05",
		"May 2024":                         "2024-05",
		"2024-05-01":                       "2024-05-01",
		"2024-05-01+02:00":                 "2024-05-01",
		"1 May 2024":                       "2024-05-01",
		"2025-11-04T09:12+01:00":           "2025-11-04T09:12+01:00",
		"2025-11-04T08:12Z":                "2025-11-04T08:12Z",
		"2025-11-04T09:12:33.5+0100":       "2025-11-04T09:12:33+01:00",
		"2025-11-04 09:12:33 -0330":        "2025-11-04T09:12:33-03:30",
		"2025-11-04T09:12:33+05":           "2025-11-04T09:12:33+05:00",
		"2025-11-04T09:12":                 "2025-11-04T09:12",
		"2025-11-04T09:12:00":              "2025-11-04T09:12:00",
		"2025-11-04T00:00:00+01:00":        "2025-11-04", // programs without a place for days
		"Tue, 4 Nov 2025 09:12:00 +0100":   "2025-11-04T09:12:00+01:00",
		"Tue, 04 Nov 2025 09:12:00 EST":    "2025-11-04T09:12:00-05:00",
		"Tue, 04 Nov 2025 09:12 GMT":       "2025-11-04T09:12Z",
		"Tue, 04 Nov 2025 09:12:00 CET":    "2025-11-04T09:12:00", // not of RFC 5322: of which country?
		"4 Nov 2025 09:12:00 +0100 (CET)":  "2025-11-04T09:12:00+01:00",
		"2025-11-04T09:12:00+01:01":        "2025-11-04T09:12:00", // no clock goes by that
		"2025-11-04T09:12:00+99:00":        "2025-11-04T09:12:00",
		"1970-01-01":                       "1970-01-01",
		"1970":                             "1970",
		"1969-12-31T23:59:59Z":             "1969-12-31T23:59:59Z",
		"1871-03":                          "1871-03",
		"1852-02-29T10:00-14:00":           "1852-02-29T10:00-14:00",
		"3/4/2026":                         "",
		"2024-13":                          "",
		"2024-02-30":                       "",
		"soon":                             "",
		"":                                 "",
		"0000-00-00T00:00:00":              "",
		"2025-11-04T09:12:33+01:00 at sea": "",
	} {
		d := articles.ParseDate(in)
		if got := d.String(); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
		if again := articles.ParseDate(d.String()); again != d {
			t.Errorf("%q: %q read again is %q", in, d, again)
		}
		if d.IsZero() != (want == "") || d.IsZero() != d.Time().IsZero() {
			t.Errorf("%q: is it a date?", in)
		}
	}
}

// A number of before dates had forms is a day if it is midnight, and a time without a zone if not.
func TestDatesOfBefore(t *testing.T) {
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC), "2026-03-09"},
		{time.Date(2026, 3, 9, 14, 5, 0, 0, time.UTC), "2026-03-09T14:05:00"},
		{time.Date(1931, 3, 9, 0, 0, 0, 0, time.UTC), "1931-03-09"},
	} {
		if got := articles.Date(c.at.UnixMilli()); got.String() != c.want || !got.Time().Equal(c.at) {
			t.Errorf("%v is %s", c.at, got)
		}
	}
}

func TestDatesInWords(t *testing.T) {
	for in, want := range map[string][3]string{
		"2024":                   {"2024", "", "2024"},
		"2024-05":                {"May 2024", "", "2024-05"},
		"2024-05-01":             {"1 May 2024", "", "2024-05-01"},
		"2025-11-04T09:12+01:00": {"4 November 2025", "09:12 +01:00", "2025-11-04"},
		"2025-11-04T08:12:30Z":   {"4 November 2025", "08:12 UTC", "2025-11-04"},
		"2025-11-04T08:12":       {"4 November 2025", "08:12", "2025-11-04"},
		"":                       {"", "", ""},
	} {
		d := articles.ParseDate(in)
		if got := [3]string{d.Words(), d.TimeOfDay(), d.Day().String()}; got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// Dates sort by what the clock shows at their start.
func TestDatesSort(t *testing.T) {
	want := []string{"1871-03", "1969-12-31", "1970-01-01", "2024-04-30T23:00Z", "2024-05", "2024-05-02", "2024-05-02T08:00-05:00", "2024-05-02T09:00+02:00"}
	var dates []articles.Date
	for _, s := range slices.Backward(want) {
		dates = append(dates, articles.ParseDate(s))
	}
	slices.SortFunc(dates, cmp.Compare)
	for i, d := range dates {
		if d.String() != want[i] {
			t.Errorf("%d: %s, want %s", i, d, want[i])
		}
	}
}

// Any number in a library is a date that can be written and read, and is the same from then on.
func FuzzDate(f *testing.F) {
	for _, n := range []int64{0, 1, -1, -999, 1773014400000, 1773014400836, 1773014400999, -62135596800000} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		d := articles.Date(n)
		if y := d.Time().Year(); n == 0 || y < 2 || y > 9999 {
			return
		}
		once := articles.ParseDate(d.String())
		if again := articles.ParseDate(once.String()); again != once || once.IsZero() {
			t.Errorf("%d: %s is read as %s, and that as %s", n, d, once, again)
		}
		_, _, _ = d.Words(), d.TimeOfDay(), d.Day()
	})
}

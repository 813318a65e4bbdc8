package mail

import "testing"

func TestDateOfHeader(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Mon, 9 Mar 2026 11:30:00 +0100":         "2026-03-09T11:30:00+01:00",
		"Mon, 9 Mar 2026 11:30:00 +0100 (CET)":   "2026-03-09T11:30:00+01:00",
		"9 Mar 2026 11:30 -0500":                 "2026-03-09T11:30-05:00",
		"Mon, 9 Mar 2026 11:30:00 EST":           "2026-03-09T11:30:00-05:00",
		"Mon, 9 Mar 2026 11:30:00 GMT":           "2026-03-09T11:30:00Z",
		"Mon, 9 Mar 2026 11:30:00 CEST":          "2026-03-09T11:30:00",
		"Mon, 09 Mar 26 11:30:00 +0530":          "2026-03-09T11:30:00+05:30",
		"2026-03-09":                             "2026-03-09",
		"2026-03-09T11:30+01:00":                 "2026-03-09T11:30+01:00",
		"":                                       "",
		"(comment)":                              "",
		"Mon, 9 Mar 2026 (noon) 12:00:00 +0100 ": "2026-03-09T12:00:00+01:00",
	} {
		if got := dateOf(in).String(); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

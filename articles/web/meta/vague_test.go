package meta_test

import "testing"

// A page that says only a month or a year has no day; one that says more has the day, with the zone of its clock.
func TestVagueDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ head, body, want string }{
		{"<meta name=citation_publication_date content=2024/05>", "", "2024-05"},
		{"<meta name=dc.date content=2024>", "", "2024"},
		{ld(`{"@type":"NewsArticle","headline":"The press is sold","datePublished":"2024-05"}`), "", "2024-05"},
		{"", "<time datetime=2024-05>May 2024</time>", "2024-05"},
		{"", "<time>May 2024</time>", "2024-05"},
		{"<meta name=dc.date content=2024>", "<time datetime=2024-05-12>12 May</time>", "2024-05-12"},
		{"<meta name=dc.date content=2924>", "", ""},
		{"<meta name=last-modified content=2024>", "", ""},
		{"<meta property=article:published_time content='2025-11-04T09:12+01:00'>", "", "2025-11-04T09:12+01:00"},
		{"<meta property=article:published_time content='2025-11-04T08:12Z'>", "", "2025-11-04T08:12Z"},
		{"<meta property=article:published_time content='2025-11-04T08:12:30.5-0330'>", "", "2025-11-04T08:12:30-03:30"},
		{"<meta property=article:published_time content='2025-11-04 08:12'>", "", "2025-11-04T08:12"},
		{"<meta property=article:published_time content='2025-11-04T08:12:00Z'>", "<time datetime='2025-11-04T09:12:00+01:00'>x</time>", "2025-11-04T09:12:00+01:00"},
		{"<meta property=article:published_time content='2025-11-04T00:00:00+01:00'>", "", "2025-11-04"},
	} {
		if got := read(t, c.head, "<article><h1>The press is sold</h1>"+c.body+"<p>The press of Halden is sold.</p></article>").Published.String(); got != c.want {
			t.Errorf("%s%s: %q, want %q", c.head, c.body, got, c.want)
		}
	}
}

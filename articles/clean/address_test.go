package clean_test

import (
	"testing"

	"byline/articles/clean"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" https://example.org/a b.png ": "https://example.org/a%20b.png", "//cdn.example.org/a.png": "https://cdn.example.org/a.png",
		"img/ä.png": "img/%C3%A4.png", "../up%20there.png?v=2#x": "../up%20there.png", "/static/x.png": "/static/x.png",
		"cid:part1@example.org": "cid:part1@example.org", "cid:\x1b[31m": "", "file:///etc/passwd": "", "javascript:x": "", "mailto:a@example.org": "",
		`\\host\share.png`: "", "C:/x.png": "", "": "", "?x": "", "a\x00b.png": "", "http://": "",
		"data:image/png;base64,AAAA": "data:1ecf6b5ee7ea1d11",
	} {
		got := clean.Address(in)
		if in[:min(5, len(in))] == "data:" {
			if again := clean.Address("DATA:image/png;base64,AA\n AA"); len(got) != len(want) || again == got || clean.Address("data:image/png;base64,AA\n AA") != got {
				t.Errorf("%q: %q", in, got)
			}
		} else if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if clean.Address(got) != got {
			t.Errorf("%q is %q the second time", got, clean.Address(got))
		}
	}
}

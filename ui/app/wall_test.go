package app

import "testing"

func TestOnlyOurs(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain\nwörds 👩\u200d🔬":                        "plain\nwörds 👩\u200d🔬",
		"\x1b[1;38:2::1:2:3mbold\x1b[m":                "\x1b[1;38:2::1:2:3mbold\x1b[m",
		"\x1b]8;id=1;http://a.example/\ax\x1b]8;;\a":   "\x1b]8;id=1;http://a.example/\ax\x1b]8;;\a",
		"\x1b]8;;http://a.example/\x1b\\x":             "\x1b]8;;http://a.example/\x1b\\x",
		"a\x1b]52;c;UFdORUQ=\ab":                       "a\ufffd]52;c;UFdORUQ=\ufffdb",
		"\x1b[2J\x1b[1;1H\x1b[?1049l\x1b[":             "\ufffd[2J\ufffd[1;1H\ufffd[?1049l\ufffd[",
		"\x1b]8;;http://a.example/\x1b[31m":            "\ufffd]8;;http://a.example/\x1b[31m",
		"\x1bc\x1b":                                    "\ufffdc\ufffd",
		"c\u009b31mone\u202ex\u2066\u200b\u2028\t\r\b": "c\ufffd31mone\ufffdx\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd",
		"bad \xff\xc3":                                 "bad \ufffd\ufffd",
		"ok \ufffd":                                    "ok \ufffd",
	} {
		if got := onlyOurs(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

package escape

import (
	"encoding/xml"
	"strings"
	"testing"
)

// A reader of XML gets back what was written, but for what XML cannot hold, which is a
// blank of the same length.
func TestXML(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "a & b < c > d \" ' ]]>", "tab\tline\nreturn\rend", "Zoë 😀", "&amp; &#10;"} {
		var got struct {
			A string `xml:"a,attr"`
			C string `xml:",chardata"`
		}
		file := `<e a="` + Attribute(s) + `">` + Content(s) + `</e>`
		if err := xml.Unmarshal([]byte(file), &got); err != nil {
			t.Errorf("%q: %v in %s", s, err, file)
		}
		if got.A != s || got.C != s {
			t.Errorf("%q is read as %q and %q", s, got.A, got.C)
		}
	}
	if got := Attribute("a\x00b\x1fc\ufffe"); got != "a b c " {
		t.Errorf("%q", got)
	}
	if got := Content("\"\n\t"); got != "\"\n\t" {
		t.Errorf("%q is escaped without need", got)
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"a b": "a b", "a\r\nb": "a  b", "a\u2028b\u0085c\td": "a b c d"} {
		if got := Line(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func FuzzAttribute(f *testing.F) {
	f.Add("a & b")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		var got struct {
			A string `xml:"a,attr"`
		}
		if err := xml.Unmarshal([]byte(`<e a="`+Attribute(s)+`"/>`), &got); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if len([]rune(got.A)) != len([]rune(s)) {
			t.Fatalf("%q is read as %q", s, got.A)
		}
	})
}

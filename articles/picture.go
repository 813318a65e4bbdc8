package articles

import (
	"net/url"
	"path"
	"strings"
	"unicode"
)

// Name returns what a picture is called where it cannot be seen: what its source says instead of it, else
// the name of its file; empty if there is neither.
func (p Picture) Name() string {
	if p.Alt != "" {
		return p.Alt
	}
	u, err := url.Parse(p.Address)
	if err != nil || u.Path == "" {
		return ""
	}
	name := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, path.Base(u.Path))
	if name == "/" || name == "." {
		return ""
	}
	return name
}

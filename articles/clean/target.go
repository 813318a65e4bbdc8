package clean

import (
	"net/url"
	"strings"
)

// Target returns the address of a link where it is one that a reader may follow,
// http, https or mailto, without a user and password, and without anything that is not printable ASCII; else "".
func Target(s string) string {
	const longest = 2000
	s = strings.TrimSpace(s)
	if len(s) > longest {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		u.User = nil
	case "mailto":
	default:
		return ""
	}
	s = u.String()
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return ""
		}
	}
	return s
}

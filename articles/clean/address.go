package clean

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"
)

// Address returns where a picture is, in printable ASCII: a web address as [Target] has it; "cid:" and the name
// of a part of a message; a path, as a rule relative to the source, percent-encoded; or, for a picture that is
// written into its source as a data URL, [DataName]. It is "" for anything else.
func Address(s string) string {
	if s = address(s); strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) >= 0 {
		return ""
	}
	return s
}

func address(s string) string {
	const longest = 2000
	s = strings.TrimSpace(s)
	if len(s) >= len("data:") && strings.EqualFold(s[:len("data:")], "data:") {
		if dataName.MatchString(s) {
			return s
		}
		return DataName(s)
	}
	if strings.HasPrefix(s, "//") {
		return Target("https:" + s)
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || len(s) > longest:
		return ""
	case strings.EqualFold(u.Scheme, "cid"):
		return (&url.URL{Scheme: "cid", Opaque: u.Opaque}).String()
	case u.Scheme != "":
		if at := Target(s); strings.HasPrefix(at, "http") {
			return at
		}
		return ""
	case u.Path == "" || u.Host != "" || strings.ContainsAny(u.Path, "\\\x00"):
		return ""
	}
	return (&url.URL{Path: u.Path}).EscapedPath()
}

var dataName = regexp.MustCompile(`^data:[0-9a-f]{16}$`)

// DataName returns the name of a data URL, whose bytes stay in the source: "data:" and a hash of it
// without blanks.
func DataName(s string) string {
	h := sha256.New()
	for part := range strings.FieldsSeq(s) {
		h.Write([]byte(part))
	}
	return "data:" + hex.EncodeToString(h.Sum(nil)[:8])
}

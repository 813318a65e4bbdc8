package charset

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// isUTF7 reports whether a name is that of UTF-7, which old mail programs write and no browser reads.
func isUTF7(name string) bool {
	switch strings.ToLower(strings.Trim(strings.TrimSpace(name), `"'`)) {
	case "utf-7", "unicode-1-1-utf-7", "csunicode11utf7", "utf7":
		return true
	}
	return false
}

// decodeUTF7 decodes UTF-7 (RFC 2152): ASCII, with runs of UTF-16 in base64 between "+" and "-". What is malformed stays
// as it is.
func decodeUTF7(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		i := bytes.IndexByte(data, '+')
		if i < 0 {
			return append(out, data...)
		}
		out = append(out, data[:i]...)
		n := i + 1
		for n < len(data) && isBase64(data[n]) {
			n++
		}
		run, rest := data[i+1:n], data[n:]
		explicit := len(rest) > 0 && rest[0] == '-'
		if explicit {
			rest = rest[1:]
		}
		letters := utf16Letters(run)
		switch {
		case len(run) == 0 && explicit:
			out = append(out, '+')
		case letters == nil:
			out = append(out, data[i:len(data)-len(rest)]...)
		default:
			out = append(out, letters...)
		}
		data = rest
	}
	return out
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// utf16Letters returns the letters of a run in UTF-8, nil if it is none.
func utf16Letters(run []byte) []byte {
	raw := make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))
	n, err := base64.RawStdEncoding.Decode(raw, run)
	if err != nil || n < 2 {
		return nil
	}
	units := make([]uint16, n/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	var out []byte
	for _, r := range utf16.Decode(units) {
		out = utf8.AppendRune(out, r)
	}
	return out
}

package load

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// byMark are the encodings with a byte order mark, longest mark first.
var byMark = []struct {
	mark string
	enc  encoding.Encoding
}{
	{"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)},
	{"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)},
	{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
	{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
}

// decode returns data as UTF-8. It goes by the byte order mark, then by valid UTF-8 with at most a
// few bad bytes, then by the encoding that a page declares, else by Windows-1252, in which every
// byte has a meaning.
func decode(data []byte, isPage bool) ([]byte, error) {
	for _, m := range byMark {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return decodeWide(m.enc, data)
		}
	}
	head := data[:min(len(data), sample)]
	if enc := withoutMark(head); enc != nil {
		return decodeWide(enc, data)
	}
	if err := binary(head); err != nil {
		return nil, err
	}
	if isPage {
		if enc, name, _ := charset.DetermineEncoding(head, ""); !slices.Contains(undeclared, name) {
			return enc.NewDecoder().Bytes(data)
		}
	}
	if mostlyUTF8(beyondASCII(data)) {
		return data, nil
	}
	return charmap.Windows1252.NewDecoder().Bytes(data)
}

// undeclared are the encodings that a page's declaration does not count for: the default for pages
// without one, and the label that stands for no encoding.
var undeclared = []string{"utf-8", "windows-1252", "replacement"}

// decodeWide decodes data, UTF-16 or UTF-32, unless the result is not text.
func decodeWide(enc encoding.Encoding, data []byte) ([]byte, error) {
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return nil, err
	}
	head := text[:min(len(text), sample)]
	if bytes.Count(head, []byte("\ufffd"))*10 > utf8.RuneCount(head) {
		return nil, ErrBinary
	}
	return text, binary(head)
}

// beyondASCII returns the part of data that distinguishes encodings: from the first byte on that
// is not ASCII.
func beyondASCII(data []byte) []byte {
	i := 0
	for i < len(data) && data[i] < utf8.RuneSelf {
		i++
	}
	return data[i:min(len(data), i+sample)]
}

// withoutMark detects UTF-16 without a byte order mark: every other byte of Western text is zero,
// and the bytes between are hardly ever controls.
func withoutMark(head []byte) encoding.Encoding {
	var zero [2]int
	controls := 0
	for i := 0; i+1 < len(head); i += 2 {
		a, b := head[i], head[i+1]
		if a == 0 {
			zero[0]++
		}
		if b == 0 {
			zero[1]++
		}
		if c := a | b; (a == 0 || b == 0) && c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			controls++
		}
	}
	half := len(head) / 2
	switch {
	case half < 8, controls > half/20:
	case zero[1] > half*7/10 && zero[0] < half/20:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zero[0] > half*7/10 && zero[1] < half/20:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// magics are the first bytes of files that people often take for articles.
var magics = []struct{ begins, kind string }{
	{"{\\rtf", "an RTF document"}, {"%!PS", "a PostScript document"},
	{"\xd0\xcf\x11\xe0", "an office document"}, {"\x1f\x8b", "gzipped"}, {"BZh", "compressed"}, {"\xfd7zXZ", "compressed"}, {"(\xb5/\xfd", "compressed"},
	{"SQLite format 3\x00", "a database"}, {"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"}, {"\x7fELF", "a program"},
}

// binary returns an error if head starts a kind of file that is not text, or contains what text
// does not: a zero byte, or more than one control in ten bytes.
func binary(head []byte) error {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.begins)) {
			return fmt.Errorf("%w (%s)", ErrBinary, m.kind)
		}
	}
	controls := 0
	for _, c := range head {
		if c == 0 {
			return ErrBinary
		}
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			controls++
		}
	}
	if controls > len(head)/10 {
		return ErrBinary
	}
	return nil
}

// mostlyUTF8 reports whether at least nine in ten of the bytes beyond ASCII belong to
// valid runes.
func mostlyUTF8(head []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		switch {
		case r == utf8.RuneError && size == 1 && !utf8.FullRune(head[i:]): // cut at the end of the sample
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good += size
		}
		i += size
	}
	return bad == 0 || good >= 9*bad
}

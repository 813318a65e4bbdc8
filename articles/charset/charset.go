// Package charset decodes texts of whatever encoding to UTF-8: files, pages, parts of messages, feeds.
//
// What is known goes first: a byte order mark, the encoding that a person demands, bytes that are valid UTF-8, which no
// text of another encoding is by accident, the encoding that the server or the header of a part gives, that of the page
// itself. Only then the letters decide: how often they and their pairs occur says which language and encoding it may be, and the
// caller learns that it was a guess.
package charset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// ErrBinary says that data is no text in any encoding.
var ErrBinary = errors.New("it is binary, not text")

// sample is how many bytes are used to detect an encoding.
const sample = 16 << 10

// A Hint is what is known of the encoding of a text from elsewhere. The zero Hint is of a plain text.
type Hint struct {
	Name string // as a server or the header of a part gives it; may be wrong or empty
	Page bool   // the text may name its encoding itself, as pages and feeds do
}

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

// demanded is the key of an encoding's name in a context.
type demanded struct{}

// In returns a context in which all texts are decoded from the encoding with a name.
func In(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, demanded{}, name)
}

// IsKnown reports whether there is an encoding with a name, as the web calls it: "shift_jis", "windows-1251", "latin1".
func IsKnown(name string) bool { return lookup(name) != nil }

// lookup returns the encoding with a name, nil if there is none.
func lookup(name string) encoding.Encoding {
	enc, name := charset.Lookup(name)
	if name == "replacement" {
		return nil
	}
	return enc
}

// Warning says that the encoding of a text was taken for guess.
func Warning(guess string) string {
	return "nothing names the encoding of its text, which was taken for " + guess + "; --encoding names another"
}

// Named returns data as UTF-8 that is in the encoding with a name, and false if there is none of that name. What does not fit it
// becomes U+FFFD.
func Named(data []byte, name string) ([]byte, bool) {
	if isUTF7(name) {
		return decodeUTF7(data), true
	}
	enc := lookup(name)
	if enc == nil {
		return nil, false
	}
	text, err := enc.NewDecoder().Bytes(data)
	return text, err == nil
}

// Decode returns data as UTF-8, and the name of its encoding if that is only a guess.
func Decode(ctx context.Context, data []byte, h Hint) (text []byte, guess string, err error) {
	if name, _ := ctx.Value(demanded{}).(string); name != "" {
		text, err := lookup(name).NewDecoder().Bytes(data)
		return text, "", err
	}
	for _, m := range byMark {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			text, err := decodeWide(m.enc, data)
			return text, "", err
		}
	}
	head := data[:min(len(data), sample)]
	if enc := withoutMark(head); enc != nil {
		text, err := decodeWide(enc, data)
		return text, "", err
	}
	if err := binary(head); err != nil {
		return nil, "", err
	}
	if shifts(data) {
		text, err := lookup("iso-2022-jp").NewDecoder().Bytes(data)
		return text, "", err
	}
	if isUTF7(h.Name) {
		return decodeUTF7(data), "", nil
	}
	if utf8.Valid(data) {
		return data, "", nil
	}
	names := []string{h.Name}
	if h.Page {
		names = append(names, declared(head))
	}
	for _, name := range names {
		if text := decodeAs(name, data); text != nil {
			return text, "", nil
		}
	}
	if mostlyUTF8(beyondASCII(data)) {
		return data, "", nil
	}
	return guessed(data, h.Page)
}

// decodeAs decodes data from the encoding with a name; nil if there is none, or the data does not fit it. Whatever calls itself UTF-8
// and is not valid is settled by others.
func decodeAs(name string, data []byte) []byte {
	enc, name := charset.Lookup(strings.Trim(strings.TrimSpace(name), `"'`))
	if enc == nil || name == "utf-8" || name == "replacement" {
		return nil
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil || broken(text) > 0.02 {
		return nil
	}
	return text
}

// broken returns the share of the letters beyond ASCII that could not be decoded.
func broken(text []byte) float64 {
	bad, all := bytes.Count(text, []byte("\ufffd")), 0
	for _, c := range text {
		if c >= 0xc0 { // starts a rune
			all++
		}
	}
	return float64(bad) / float64(max(1, all))
}

// shifts reports whether data switches between sets of characters by the escape sequences of ISO-2022-JP, which are ASCII.
func shifts(data []byte) bool {
	for _, to := range []string{"\x1b$B", "\x1b$@"} {
		if i := bytes.Index(data, []byte(to)); i >= 0 {
			return bytes.Contains(data[i:], []byte("\x1b("))
		}
	}
	return false
}

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

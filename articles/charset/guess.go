package charset

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/gogs/chardet"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding"
	utf16 "golang.org/x/text/encoding/unicode"
)

// declared returns the encoding that a page or a feed names itself, in a meta element or in the XML declaration; "" for none. What is in
// comments, scripts and styles does not count.
func declared(head []byte) string {
	if m := xmlDeclaration.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data != "meta" {
				continue
			}
			if name := metaCharset(t.Attr); name != "" {
				return name
			}
		}
	}
}

var (
	xmlDeclaration = regexp.MustCompile(`^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)`)
	inContent      = regexp.MustCompile(`(?i)charset\s*=\s*["']?([\w.:-]+)`)
)

// metaCharset returns the encoding that a meta element with these attributes names. UTF-16 cannot be read up to there: it is UTF-8.
func metaCharset(attrs []html.Attribute) string {
	name, equiv, content := "", "", ""
	for _, a := range attrs {
		switch a.Key {
		case "charset":
			name = a.Val
		case "http-equiv":
			equiv = a.Val
		case "content":
			content = a.Val
		}
	}
	if m := inContent.FindStringSubmatch(content); name == "" && m != nil && strings.EqualFold(equiv, "content-type") {
		name = m[1]
	}
	if strings.HasPrefix(strings.ToLower(name), "utf-16") {
		return "utf-8"
	}
	return name
}

// evidence is how many bytes the detector sees.
const evidence = 64 << 10

// guessed decodes data, whose encoding nothing tells, by its letters. Windows-1252, in which every byte has a meaning, is the
// last resort.
func guessed(data []byte, page bool) (text []byte, guess string, err error) {
	names := guesses(data, page)
	for _, name := range append(names, "windows-1252") {
		if text := decodeAs(name, data); text != nil {
			return text, name, nil
		}
	}
	text, err = lookup("windows-1252").NewDecoder().Bytes(data)
	return text, "windows-1252", err
}

// guesses returns the encodings that data may have, the likeliest first.
func guesses(data []byte, page bool) []string {
	part := around(data)
	if isThai(part) {
		return []string{"windows-874"}
	}
	d := chardet.NewTextDetector()
	if page {
		d = chardet.NewHtmlDetector()
	}
	all, err := d.DetectAll(part)
	if err != nil {
		return nil
	}
	slices.SortStableFunc(all, func(a, b chardet.Result) int { // the order of equals depends on goroutines
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), strings.Compare(a.Charset, b.Charset))
	})
	var names []string
	for _, r := range all {
		name := r.Charset
		if name == "GB-18030" {
			name = "gb18030"
		}
		if strings.HasPrefix(name, "UTF-") || strings.HasPrefix(name, "IBM") || lookup(name) == nil {
			continue
		}
		names = append(names, name)
	}
	return names
}

// around returns the part of data where most bytes beyond ASCII may be: from a little before the first of them.
func around(data []byte) []byte {
	i := 0
	for i < len(data) && data[i] < 0x80 {
		i++
	}
	i = max(0, i-evidence/4)
	return data[i:min(len(data), i+evidence)]
}

// isThai reports whether the bytes beyond ASCII are Thai letters in TIS-620: long runs with its commonest letters.
func isThai(data []byte) bool {
	high, thai, common, runs := 0, 0, 0, 0
	for i, c := range data {
		if c < 0x80 {
			continue
		}
		high++
		if i == 0 || data[i-1] < 0x80 {
			runs++
		}
		if c >= 0xa1 && c <= 0xda || c >= 0xdf && c <= 0xfb {
			thai++
		}
		switch c {
		case 0xd2, 0xb9, 0xc3, 0xe0, 0xa1, 0xcd, 0xe8, 0xe9, 0xb7, 0xc7: // า น ร เ ก อ ่ ้ ท ว
			common++
		}
	}
	return high > 40 && thai*100 > high*99 && common*100 > high*45 && high > runs*8
}

// withoutMark detects UTF-16 without a byte order mark: of Western text, where every other byte is zero, and the bytes
// between are hardly ever controls; and of other scripts, where the blanks and line ends have one.
func withoutMark(head []byte) encoding.Encoding {
	even, odd, controls := zeros(head)
	half := len(head) / 2
	little, big := utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
	switch {
	case half < 8, controls > half/20, even+odd == 0:
	case odd > half*7/10 && even < half/20:
		return little
	case even > half*7/10 && odd < half/20:
		return big
	case odd > 0 && reads(little, head) && !reads(big, head):
		return little
	case even > 0 && reads(big, head):
		return big
	}
	return nil
}

// zeros counts the bytes at even and odd places that are zero, and the controls of which one byte is.
func zeros(head []byte) (even, odd, controls int) {
	for i := 0; i+1 < len(head); i += 2 {
		a, b := head[i], head[i+1]
		if a == 0 {
			even++
		}
		if b == 0 {
			odd++
		}
		if c := a | b; (a == 0 || b == 0) && c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			controls++
		}
	}
	return even, odd, controls
}

// reads reports whether head, decoded, is text of one script: nearly all letters of the same, but for blanks and marks.
func reads(enc encoding.Encoding, head []byte) bool {
	text, err := enc.NewDecoder().Bytes(head[:len(head)&^1])
	if err != nil {
		return false
	}
	letters, blanks, odd, cjk := map[*unicode.RangeTable]int{}, 0, 0, 0
	all := 0
	for _, r := range string(text) {
		all++
		switch {
		case r == '\ufffd' || !unicode.IsPrint(r) && !unicode.IsSpace(r):
			odd++
		case r == ' ' || r == '\n':
			blanks++
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Common):
			cjk++
		default:
			for _, t := range scripts {
				if unicode.Is(t, r) {
					letters[t]++
				}
			}
		}
	}
	most := 0
	for _, n := range letters {
		most = max(most, n)
	}
	return odd*100 <= all && blanks > 0 && max(most+cjk/2, cjk)*10 >= (all-blanks)*8
}

var scripts = []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic, unicode.Thai, unicode.Devanagari, unicode.Armenian, unicode.Georgian}

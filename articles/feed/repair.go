package feed

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/text/encoding/charmap"
)

// mend returns text, most of which is UTF-8, with the bytes that are not. One alone is a letter of Windows-1252.
func mend(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	out := make([]byte, 0, len(text)+16)
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r != utf8.RuneError || n > 1 {
			out, text = append(out, text[:n]...), text[n:]
			continue
		}
		n = 1
		for n < len(text) && !utf8.FullRune(text[n:]) || n < len(text) && isBad(text[n:]) {
			n++
		}
		r = utf8.RuneError
		if n == 1 {
			r = charmap.Windows1252.DecodeByte(text[0])
		}
		out, text = utf8.AppendRune(out, r), text[n:]
	}
	return out
}

func isBad(text []byte) bool {
	r, n := utf8.DecodeRune(text)
	return r == utf8.RuneError && n == 1
}

// unprintable matches what no document in XML 1.0 may have: control characters, and references to characters, which [isAllowed] looks at.
var unprintable = regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x[0-9A-Fa-f]{1,8}|[0-9]{1,10});`)

// printable returns a feed in XML without the characters for which a parser would refuse it, or lose the item that they are in.
func printable(data []byte) []byte {
	if len(data) > 0 && data[0] == '{' {
		return data
	}
	return unprintable.ReplaceAllFunc(data, func(found []byte) []byte {
		if isAllowed(found) {
			return found
		}
		return nil
	})
}

// isAllowed reports whether a reference to a character is to one that XML 1.0 allows (section 2.2).
func isAllowed(ref []byte) bool {
	if ref[0] != '&' {
		return false
	}
	digits, base := string(ref[2:len(ref)-1]), 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	return err == nil && (r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= utf8.MaxRune && !(r >= 0xd800 && r < 0xe000) && r != 0xfffe && r != 0xffff)
}

// quoted matches what is text in XML whatever it looks like.
var quoted = regexp.MustCompile(`(?s)<!\[CDATA\[.*?\]\]>|<!--.*?-->`)

// itemsIn returns how many items begin in a feed in XML, up to [mostItems]; none in JSON.
func itemsIn(data []byte) int {
	if len(data) > 0 && data[0] == '{' {
		return 0
	}
	return len(opens.FindAllIndex(quoted.ReplaceAll(data, nil), mostItems))
}

var (
	begins = regexp.MustCompile(`(?i)<\?xml\s|<(rss|feed|rdf:RDF)[\s>]`)
	pages  = regexp.MustCompile(`(?i)<(html|body|head)[\s>]`)
	root   = regexp.MustCompile(`(?is)<(rss|feed|rdf:RDF)(\s[^>]*)?>`)
	items  = regexp.MustCompile(`(?is)<(item|entry)(\s[^>]*)?>.*?</(item|entry)\s*>`)
	opens  = regexp.MustCompile(`(?i)<(item|entry)[\s>]`)
	titles = regexp.MustCompile(`(?is)<title[^>]*>.*?</title\s*>`)
)

// mostBefore is how far from the start a feed may begin, after what a server's program complained of.
const mostBefore = 64 << 10

// begin returns data from where the feed in it begins.
func begin(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if at := begins.FindIndex(data[:min(len(data), mostBefore)]); at != nil && !pages.Match(data[:at[0]]) {
		return data[at[0]:]
	}
	return data
}

// firstItems returns a feed in XML with no more than [mostItems] items, and how many are left out: parsing takes time for each.
func firstItems(data []byte) (first []byte, more int) {
	m := root.FindSubmatchIndex(data)
	if m == nil {
		return data, 0
	}
	at := opens.FindAllIndex(data, -1)
	if len(at) <= mostItems {
		return data, 0
	}
	_, shut := around(data[m[2]:m[3]])
	return append(data[:at[mostItems][0]:at[mostItems][0]], shut...), len(at) - mostItems
}

// around returns what is between the root element of a feed, by its name, and its items, and what ends the feed after them.
func around(root []byte) (open, shut string) {
	shut = "</" + string(root) + ">"
	if bytes.EqualFold(root, []byte("rss")) {
		return "<channel>", "</channel>" + shut
	}
	return "", shut
}

// salvage parses what is whole in a feed that cannot be parsed: its items, and what it says about itself before them. It
// returns why the feed cannot be parsed if that is nothing.
func salvage(data []byte, why error) (*gofeed.Feed, error) {
	m := root.FindSubmatchIndex(data)
	if m == nil {
		return nil, why
	}
	top, rest := string(data[m[0]:m[1]]), data[m[1]:]
	open, shut := around(data[m[2]:m[3]])
	head := rest
	if at := opens.FindIndex(rest); at != nil {
		head = rest[:at[0]]
	}
	f, err := parse(top + string(head) + shut)
	if err != nil || f.Title == "" {
		own := open
		if t := titles.Find(rest[:min(len(rest), 10_000)]); open != "" && t != nil {
			own += string(t)
		}
		if f, err = parse(top + own + shut); err != nil {
			return nil, why
		}
	}
	f.Items = nil
	for _, it := range items.FindAll(rest, mostItems) {
		if one, err := parse(top + open + string(it) + shut); err == nil {
			f.Items = append(f.Items, one.Items...)
		}
	}
	if len(f.Items) == 0 && f.Title == "" {
		return nil, why
	}
	return f, nil
}

// read parses a feed, or what is whole in it. A parser that takes broken items for one must not lose the others.
func read(data []byte) (*gofeed.Feed, error) {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err == nil && (len(data) > 0 && data[0] == '{' || len(f.Items) >= min(mostItems, len(opens.FindAll(data, mostItems)))) {
		return f, nil
	}
	whole, wrong := salvage(data, err)
	if err == nil && (wrong != nil || len(whole.Items) <= len(f.Items)) {
		return f, nil
	}
	return whole, wrong
}

func parse(doc string) (*gofeed.Feed, error) {
	return gofeed.NewParser().Parse(bytes.NewReader([]byte(doc)))
}

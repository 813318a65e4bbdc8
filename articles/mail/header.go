package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/charset"
	"byline/articles/clean"
)

// errNoHeader says that data does not start like a message.
var errNoHeader = errors.New("its header cannot be read: it has no line such as “Subject: …”")

// mostHeader is the most bytes of a header that are read.
const mostHeader = 4 << 20

// splitMessage returns the header and the body of a message or a part. It reads what mail programs read: raw bytes
// beyond ASCII, lines that were folded without a blank, lines that are no header lines at all.
func splitMessage(data []byte) (textproto.MIMEHeader, []byte) {
	h := textproto.MIMEHeader{}
	last := ""
	for len(data) > 0 {
		line, rest := cutLine(data)
		if len(bytes.TrimSpace(line)) == 0 {
			return h, rest
		}
		name, value, ok := headerLine(line)
		switch {
		case line[0] == ' ' || line[0] == '\t' || !ok && last != "" && isMisfolded(rest):
			if n := len(h[last]); n > 0 && len(h[last][n-1]) < mostHeader {
				h[last][n-1] += " " + string(bytes.TrimSpace(line))
			}
		case !ok:
			return h, data // the blank line is missing
		default:
			last = textproto.CanonicalMIMEHeaderKey(name)
			h[last] = append(h[last], value)
		}
		data = rest
	}
	return h, nil
}

// cutLine cuts the first line off data.
func cutLine(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// headerLine returns the name and value of a header line.
func headerLine(line []byte) (name, value string, ok bool) {
	before, after, ok := bytes.Cut(line, []byte(":"))
	before = bytes.TrimRight(before, " \t")
	if !ok || len(before) == 0 || len(before) > 100 {
		return "", "", false
	}
	for _, c := range before {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`<>#*"'()/\,;@[]`, c) >= 0 {
			return "", "", false
		}
	}
	return string(before), string(bytes.TrimSpace(after)), true
}

// isMisfolded reports whether a line that is no header line, before rest, still belongs to the header: more of it
// follows, or the blank line does.
func isMisfolded(rest []byte) bool {
	for n := 0; n < 20 && len(rest) > 0; n++ {
		var line []byte
		line, rest = cutLine(rest)
		if len(bytes.TrimSpace(line)) == 0 {
			return n == 0
		}
		if bytes.HasPrefix(line, []byte("--")) {
			return false // the first part: the blank line is missing
		}
		if name, _, ok := headerLine(line); ok && isKnown(name) {
			return true
		}
	}
	return false
}

// isKnown reports whether a header of this name tells a message from other texts.
func isKnown(name string) bool {
	switch strings.ToLower(name) {
	case "from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to", "snapshot-content-location":
		return true
	}
	return false
}

func decoder() *mime.WordDecoder {
	return &mime.WordDecoder{CharsetReader: func(name string, r io.Reader) (io.Reader, error) {
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		text, ok := charset.Named(data, name)
		if !ok {
			return nil, fmt.Errorf("there is no encoding %q", name)
		}
		return bytes.NewReader(text), nil
	}}
}

// encoded matches a word of a header in another encoding (RFC 2047), with the language that RFC 2231 allows.
var encoded = regexp.MustCompile(`=\?([^?*\s]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=`)

// word decodes a header value, and returns it unchanged if it is malformed.
func word(s string) string {
	if out, err := decoder().DecodeHeader(joined(s)); err == nil {
		return out
	}
	return s
}

// joined returns a header value with encoded words that follow each other in one encoding as one word: some programs cut them
// within a letter.
func joined(s string) string {
	var out strings.Builder
	var raw []byte // of the words that are joined
	name, end := "", 0
	flush := func() {
		if raw != nil {
			out.WriteString("=?" + name + "?B?" + base64.StdEncoding.EncodeToString(raw) + "?=")
		}
		raw = nil
	}
	for _, m := range encoded.FindAllStringSubmatchIndex(s, -1) {
		between := s[end:m[0]]
		if raw == nil || strings.TrimSpace(between) != "" || !strings.EqualFold(name, s[m[2]:m[3]]) {
			flush()
			out.WriteString(between)
			raw, name = []byte{}, s[m[2]:m[3]]
		}
		raw, end = append(raw, encodedBytes(s[m[4]:m[5]], s[m[6]:m[7]])...), m[1]
	}
	flush()
	return out.String() + s[end:]
}

// encodedBytes returns the bytes of an encoded word: in base64, or quoted with "_" for a blank.
func encodedBytes(how, text string) []byte {
	if strings.EqualFold(how, "b") {
		return transfer("base64", []byte(text))
	}
	return transfer("quoted-printable", []byte(strings.ReplaceAll(text, "_", "=20")))
}

// people returns the names in a header of addresses, an address where there is no name.
func people(value string) []string {
	parser := mail.AddressParser{WordDecoder: decoder()}
	if list, err := parser.ParseList(joined(value)); err == nil {
		var who []string
		for _, x := range list {
			if x.Name == "" {
				x.Name = x.Address
			}
			who = add(who, x.Name)
		}
		return who
	}
	var who []string
	rest := word(value)
	for {
		name, after, ok := strings.Cut(rest, "<")
		address, more, closed := strings.Cut(after, ">")
		if !ok || !closed {
			break
		}
		if name = strings.Trim(name, " \t,;\"'"); name == "" {
			name = address
		}
		who, rest = add(who, name), more
	}
	if len(who) == 0 {
		who = add(who, rest)
	}
	return who
}

// add appends a name, turned round if the family name is first.
func add(who []string, name string) []string {
	if name = clean.Words(clean.Drawn(strings.Trim(strings.TrimSpace(name), `"'`))); name == "" {
		return who
	}
	return append(who, turned(name))
}

// turned returns a name with a comma in it, "Lee, Ann", as readers see it: "Ann Lee".
func turned(name string) string {
	family, given, ok := strings.Cut(name, ", ")
	if !ok || strings.ContainsAny(given, ",@") || !isShortName(family) || !isShortName(given) {
		return name
	}
	switch strings.ToLower(strings.TrimRight(given, ".")) {
	case "jr", "sr", "ii", "iii", "iv", "md", "m.d", "phd", "ph.d", "esq", "mp", "inc", "ltd", "llc", "gmbh", "co", "editor", "reuters", "ap", "afp", "dpa":
		return name
	}
	return given + " " + family
}

// isShortName reports whether s is one to three words that begin with capital letters, or are particles.
func isShortName(s string) bool {
	words := strings.Fields(s)
	capitals := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			capitals++
		} else if !unicode.IsLetter(r) || len(w) > 3 {
			return false
		}
	}
	return capitals > 0 && len(words) <= 3
}

// describe fills in what the header says. A saved page says more about itself, and the program
// that saved it is not the author.
func describe(a *articles.Article, h textproto.MIMEHeader) {
	a.Format = articles.Email
	if subject := clean.Words(clean.Drawn(word(h.Get("Subject")))); subject != "" {
		a.Title = subject
	}
	a.Date = dateOf(h.Get("Date"))
	a.Authors = people(h.Get("From"))
	a.Author = articles.Byline(a.Authors)
}

// dateOf returns the date of a header: as RFC 5322 has it, with comments and years of two figures, or as other programs write it.
func dateOf(s string) articles.Date {
	s = comments.ReplaceAllString(s, " ")
	t, err := mail.ParseDate(s)
	if err != nil {
		return articles.ParseDate(s)
	}
	words := strings.Fields(s)
	zone, precision := words[len(words)-1], articles.ToSecond
	if strings.Count(s, ":") == 1 {
		precision = articles.ToMinute
	}
	return articles.DateAt(t, precision, zone)
}

// comments matches what a header says beside its words.
var comments = regexp.MustCompile(`\([^()]*\)`)

var savedBy = regexp.MustCompile(`(?i)saved by (windows |microsoft )?(internet explorer|blink|mozilla|webkit|chrome|edge)`)

// savedPage returns the address of a page that a browser saved, and whether the message is one.
func savedPage(h textproto.MIMEHeader) (address string, is bool) {
	if page := h.Get("Snapshot-Content-Location"); page != "" {
		return page, true
	}
	return h.Get("Content-Location"), savedBy.MatchString(h.Get("From"))
}

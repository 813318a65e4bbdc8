// Package mail imports messages: single ones (.eml), mailboxes of many (mbox, with ">From "
// quoting or without), and pages that a browser saved as one message (MHTML). All text parts of a
// message are read, in their order; of alternative ones the best, HTML before plain text. A message in the
// message is quoted, under the lines of its header that readers see; a text that is attached comes under its name. Other
// attachments are named in a warning. Pictures and cryptographic signatures are left out, as are the lines in which a
// newsletter speaks of itself.
//
// What a reply quotes becomes block quotes: lines that begin with ">", and what stands below the header of an
// original message or a line that says who wrote the rest. Lines of format=flowed (RFC 3676) are joined.
package mail

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"mime"
	"net/textproto"
	"strings"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/charset"
	"byline/articles/clean"
	"byline/articles/web"
)

// errNoText says that a message has no text to read.
var errNoText = errors.New("the message holds no text")

// Bounds of a message: the nesting of parts, and their number.
const (
	deepest   = 12
	mostParts = 1000
)

// Is reports whether data starts like a message: with header lines, including some that every
// message has.
func Is(data []byte) bool {
	rest := data[:min(len(data), 16<<10)]
	known, odd := 0, 0
	for lines := 1; len(rest) > 0; lines++ {
		var line []byte
		line, rest = cutLine(rest)
		if len(line) == 0 {
			break
		}
		if lines == 1 && bytes.HasPrefix(line, []byte("From ")) || lines > 1 && (line[0] == ' ' || line[0] == '\t') {
			continue // of a mailbox; folded
		}
		name, _, ok := headerLine(line)
		switch {
		case !ok && len(rest) > 0:
			odd++
		case isKnown(name):
			known++
		}
		if odd > 1 || odd > 0 && known == 0 {
			return false
		}
	}
	return known >= 2+odd
}

// IsMailbox reports whether data starts like a mailbox: a separator line, then a message.
func IsMailbox(data []byte) bool { return bytes.HasPrefix(data, []byte("From ")) && Is(data) }

// Import returns the article in a message. Its title is the subject, its author the sender; those
// of a saved page are the page's, and its source is the page's address.
func Import(ctx context.Context, data []byte) (*articles.Article, error) {
	a, _, err := read(ctx, data)
	return a, err
}

// read is Import, but also returns the ID of the message.
func read(ctx context.Context, data []byte) (*articles.Article, string, error) {
	if rest, ok := bytes.CutPrefix(data, []byte("From ")); ok { // the separator line in a mailbox
		_, data, _ = bytes.Cut(rest, []byte("\n"))
	}
	h, body := splitMessage(data)
	if len(h) == 0 && len(body) == len(data) {
		return nil, "", errNoHeader
	}
	r := reader{stop: ctx.Err, decode: func(data []byte, h charset.Hint) ([]byte, string, error) { return charset.Decode(ctx, data, h) }}
	r.clearHeader(h)
	root := r.part(h, body, 0)
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	if root == nil {
		return nil, "", errNoText
	}
	if address, is := savedPage(h); is {
		a, err := page(ctx, root, address)
		return a, "", err
	}
	t := newThread()
	if err := t.node(ctx, root, 0); err != nil {
		return nil, "", err
	}
	a := t.done()
	if strings.TrimSpace(a.Text) == "" {
		return nil, "", errNoText
	}
	describe(a, h)
	if r.guess != "" {
		a.Warnings = append(a.Warnings, charset.Warning(r.guess))
	}
	if len(r.unread) > 0 {
		a.Warnings = append(a.Warnings, "attached and not read: "+strings.Join(r.unread, ", ")+"; save what you need and add it by itself")
	}
	return a, strings.Trim(strings.TrimSpace(clean.Line(h.Get("Message-Id"))), "<>"), nil
}

// page returns the article of a page that a browser saved. Its frames and what else the page consists of come after it.
func page(ctx context.Context, root *node, address string) (*articles.Article, error) {
	b := root.page()
	if b == nil {
		return nil, errNoText
	}
	if address == "" {
		address = b.address
	}
	a, err := web.Import(ctx, b.text)
	if err != nil {
		return nil, err
	}
	a.Source = clean.Target(address)
	return a, nil
}

// A body is a readable part of a message.
type body struct {
	text    []byte // UTF-8
	html    bool
	flowed  bool
	delsp   bool   // the blank at the end of a flowed line is not part of the text
	address string // of a part of a page
	name    string // of a file that is attached
}

// A node is a part of a message: a body, a message with its header, or several parts.
type node struct {
	body        *body
	header      textproto.MIMEHeader // of a message in the message
	parts       []*node
	alternative bool // one of the parts is enough
}

// page returns the first page in n.
func (n *node) page() *body {
	if n.body != nil && n.body.html {
		return n.body
	}
	for _, p := range n.parts {
		if b := p.page(); b != nil {
			return b
		}
	}
	return nil
}

// A reader collects the readable parts of a message.
type reader struct {
	stop   func() error // the error of the context
	parts  int
	guess  string   // the encoding of a part, if nothing tells it
	unread []string // names of files that are attached and are no text
	decode func([]byte, charset.Hint) (text []byte, guess string, err error)
}

// utf8 returns data as UTF-8, or as it is if it is no text.
func (r *reader) utf8(data []byte, h charset.Hint) []byte {
	text, guess, err := r.decode(data, h)
	if err != nil {
		return data
	}
	r.guess = cmp.Or(guess, r.guess)
	return text
}

// clearHeader decodes the values of a header that some program wrote as they are. All of them are in one encoding: that
// of the message, if it has one.
func (r *reader) clearHeader(h textproto.MIMEHeader) {
	var raw []*string
	var all []byte
	for _, key := range [...]string{"From", "Subject", "To"} { // those that are shown
		for i := range h[key] {
			if !utf8.ValidString(h[key][i]) {
				raw = append(raw, &h[key][i])
				all = append(append(all, h[key][i]...), '\n')
			}
		}
	}
	if len(raw) == 0 {
		return
	}
	_, params, _ := mime.ParseMediaType(h.Get("Content-Type")) // none if it is malformed
	lines := strings.Split(string(r.utf8(all, charset.Hint{Name: params["charset"]})), "\n")
	for i, value := range raw[:min(len(raw), len(lines))] {
		*value = lines[i]
	}
}

// part reads one part, and those nested in it; nil if there is nothing to read.
func (r *reader) part(h textproto.MIMEHeader, data []byte, depth int) *node {
	if r.parts++; r.parts > mostParts || depth > deepest || r.stop() != nil {
		return nil
	}
	kind, params, _ := mime.ParseMediaType(h.Get("Content-Type")) // without parameters if they are malformed
	switch {
	case kind == "" || !strings.Contains(kind, "/"):
		kind = "text/plain"
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return r.multipart(kind, data, params["boundary"], depth)
	}
	data = transfer(h.Get("Content-Transfer-Encoding"), data)
	if kind == "message/rfc822" || kind == "message/global" {
		inner, rest := splitMessage(data)
		r.clearHeader(inner)
		if n := r.part(inner, rest, depth+1); n != nil {
			return &node{header: inner, parts: []*node{n}}
		}
		return nil
	}
	return r.body(h, kind, params, data)
}

// body reads a part that holds no others; nil if it is no text.
func (r *reader) body(h textproto.MIMEHeader, kind string, params map[string]string, data []byte) *node {
	name, attached := fileName(h, params)
	if len(bytes.TrimSpace(data)) == 0 || attached && !r.readable(kind, name) {
		return nil
	}
	b := &body{name: name, flowed: strings.EqualFold(params["format"], "flowed"), delsp: strings.EqualFold(params["delsp"], "yes"), address: h.Get("Content-Location")}
	switch kind {
	case "text/html", "application/xhtml+xml":
		b.html = true
	case "text/plain":
	default:
		return nil
	}
	b.text = r.utf8(data, charset.Hint{Name: params["charset"], Page: b.html})
	return &node{body: b}
}

// multipart reads the parts of a part.
func (r *reader) multipart(kind string, data []byte, boundary string, depth int) *node {
	n := &node{alternative: kind == "multipart/alternative"}
	for _, piece := range pieces(data, boundary) {
		h, rest := splitMessage(piece)
		if kind == "multipart/digest" && h.Get("Content-Type") == "" {
			h.Set("Content-Type", "message/rfc822")
		}
		if p := r.part(h, rest, depth+1); p != nil {
			n.parts = append(n.parts, p)
		}
	}
	if len(n.parts) == 0 {
		return nil
	}
	return n
}

// pieces cuts data at the lines of a boundary (RFC 2046, 5.1.1). The last piece may lack its end.
func pieces(data []byte, boundary string) [][]byte {
	var out [][]byte
	mark := []byte("--" + strings.TrimRight(boundary, " \t"))
	from := -1
	for at := 0; at < len(data); {
		line, rest := cutLine(data[at:])
		next := len(data) - len(rest)
		if tail, ok := bytes.CutPrefix(line, mark); ok {
			tail = bytes.TrimSpace(tail)
			last := bytes.Equal(tail, []byte("--"))
			if last || len(tail) == 0 {
				if from >= 0 {
					out = append(out, data[from:at])
				}
				if from = next; last {
					return out
				}
			}
		}
		at = next
	}
	if from >= 0 {
		out = append(out, data[from:])
	}
	return out
}

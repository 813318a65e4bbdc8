// Package mail imports messages: single ones (.eml), mailboxes of many (mbox, with ">From "
// quoting or without), and pages that a browser saved as one message (MHTML). Of a message with
// alternative parts it reads the best one, HTML before plain text; attachments, pictures and
// cryptographic signatures are left out. Lines quoted by a reply become block quotes, and lines of
// format=flowed (RFC 3676) are joined.
package mail

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"unicode/utf8"

	htmlcharset "golang.org/x/net/html/charset"

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
	head, _, _ := bytes.Cut(data[:min(len(data), 16<<10)], []byte("\n\n"))
	if crlf, _, ok := bytes.Cut(head, []byte("\r\n\r\n")); ok {
		head = crlf
	}
	known, lines := 0, 0
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, "\r\n")
		if lines++; lines == 1 && bytes.HasPrefix(line, []byte("From ")) {
			continue // of a mailbox
		}
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') && lines > 1 {
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(name) == 0 || bytes.ContainsAny(name, " \t<>#*\"'") {
			return false
		}
		switch strings.ToLower(string(name)) {
		case "from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to", "snapshot-content-location":
			known++
		}
	}
	return known >= 2
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
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, "", fmt.Errorf("its header cannot be read: %w", err)
	}
	r := reader{page: m.Header.Get("Snapshot-Content-Location") != ""}
	r.decode = func(data []byte, h charset.Hint) ([]byte, string, error) { return charset.Decode(ctx, data, h) }
	if err := r.part(textproto.MIMEHeader(m.Header), m.Body, 0); err != nil && r.html == nil && r.plain == nil {
		return nil, "", err
	}
	a, err := r.article(ctx)
	if err != nil {
		return nil, "", err
	}
	for _, values := range m.Header {
		for i, v := range values {
			if !utf8.ValidString(v) { // some programs write names as they are
				values[i] = string(r.utf8([]byte(v), charset.Hint{}))
			}
		}
	}
	describe(a, m.Header)
	if r.guess != "" {
		a.Warnings = append(a.Warnings, charset.Warning(r.guess))
	}
	return a, strings.Trim(strings.TrimSpace(clean.Line(m.Header.Get("Message-Id"))), "<>"), nil
}

// describe fills in what the header says. A saved page says more about itself, and the program
// that saved it is not the author.
func describe(a *articles.Article, h mail.Header) {
	if page := h.Get("Snapshot-Content-Location"); page != "" {
		a.Source = clean.Target(page)
		return
	}
	a.Format = articles.Email
	if subject := clean.Line(word(h.Get("Subject"))); strings.TrimSpace(subject) != "" {
		a.Title = strings.TrimSpace(subject)
	}
	if t, err := h.Date(); err == nil {
		a.Date = articles.Clock(t)
	}
	parser := mail.AddressParser{WordDecoder: decoder()}
	if list, err := parser.ParseList(h.Get("From")); err == nil {
		var who []string
		for _, x := range list {
			if x.Name == "" {
				x.Name = x.Address
			}
			who = append(who, clean.Line(x.Name))
		}
		a.Author = strings.Join(who, " and ")
	} else {
		a.Author = clean.Line(word(h.Get("From")))
	}
}

func decoder() *mime.WordDecoder {
	return &mime.WordDecoder{CharsetReader: func(name string, r io.Reader) (io.Reader, error) { return htmlcharset.NewReaderLabel(name, r) }}
}

// word decodes a header value, and returns it unchanged if it is malformed.
func word(s string) string {
	if out, err := decoder().DecodeHeader(s); err == nil {
		return out
	}
	return s
}

// A body is a readable part of a message.
type body struct {
	text   []byte // UTF-8
	flowed bool
	delsp  bool // the blank at the end of a flowed line is not part of the text
}

// A reader collects the readable parts of a message.
type reader struct {
	plain, html *body // the first of each
	parts       int
	page        bool   // it is a saved page, not all of which is the article
	guess       string // the encoding of a part, if nothing tells it
	decode      func([]byte, charset.Hint) (text []byte, guess string, err error)
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

// part reads one part, and those nested in it.
func (r *reader) part(h textproto.MIMEHeader, from io.Reader, depth int) error {
	if r.parts++; r.parts > mostParts || depth > deepest {
		return errors.New("it has too many parts")
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if how, _, _ := mime.ParseMediaType(h.Get("Content-Disposition")); how == "attachment" {
		return nil
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return r.multipart(from, params["boundary"], depth)
	}
	from = transfer(h.Get("Content-Transfer-Encoding"), from)
	switch {
	case kind == "message/rfc822":
		m, err := mail.ReadMessage(from)
		if err != nil {
			return err
		}
		return r.part(textproto.MIMEHeader(m.Header), m.Body, depth+1)
	case kind == "text/html" || kind == "application/xhtml+xml":
		return r.take(&r.html, from, params)
	case kind == "text/plain":
		return r.take(&r.plain, from, params)
	}
	return nil
}

func (r *reader) multipart(from io.Reader, boundary string, depth int) error {
	mr := multipart.NewReader(from, boundary)
	for {
		p, err := mr.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err // keep the parts before it
		}
		if err := r.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// transfer undoes the transfer encoding of a part.
func transfer(coding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}

// take stores a part in to, unless there is one or the part is blank. A part that breaks off is
// kept up to there.
func (r *reader) take(to **body, from io.Reader, params map[string]string) error {
	data, err := io.ReadAll(from)
	if len(bytes.TrimSpace(data)) == 0 {
		return err
	}
	if *to != nil {
		return nil
	}
	*to = &body{r.utf8(data, charset.Hint{Name: params["charset"], Page: to == &r.html}), strings.EqualFold(params["format"], "flowed"), strings.EqualFold(params["delsp"], "yes")}
	return nil
}

// article makes an article of the best body.
func (r *reader) article(ctx context.Context) (*articles.Article, error) {
	if r.html != nil {
		read := web.Document
		if r.page {
			read = web.Import
		}
		if a, err := read(ctx, r.html.text); err == nil || ctx.Err() != nil {
			return a, err
		}
	}
	if r.plain == nil {
		return nil, errNoText
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := r.plain.article()
	if strings.TrimSpace(a.Text) == "" {
		return nil, errNoText
	}
	return a, nil
}

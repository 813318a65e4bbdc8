package mail

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"

	"byline/articles/clean"
)

// Picture returns the part of a message, or of a saved page, at an address of a picture in it: "cid:" and its
// Content-ID, or the Content-Location that the program that saved the page gave it. Ok reports whether there
// is one.
func Picture(data []byte, address string) (picture []byte, ok bool) {
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	f := finder{address: address}
	f.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	return f.found, f.found != nil
}

// A finder looks for a part of a message.
type finder struct {
	address string
	parts   int
	found   []byte
}

// is reports whether the part with header h is at the address.
func (f *finder) is(h textproto.MIMEHeader) bool {
	if id, ok := strings.CutPrefix(f.address, "cid:"); ok {
		return strings.Trim(strings.TrimSpace(h.Get("Content-ID")), "<>") == id
	}
	return clean.Address(h.Get("Content-Location")) == f.address
}

func (f *finder) part(h textproto.MIMEHeader, from io.Reader, depth int) {
	if f.parts++; f.parts > mostParts || depth > deepest {
		return
	}
	if _, params, err := mime.ParseMediaType(h.Get("Content-Type")); err == nil && params["boundary"] != "" {
		mr := multipart.NewReader(from, params["boundary"])
		for f.found == nil {
			p, err := mr.NextRawPart()
			if err != nil {
				return
			}
			f.part(p.Header, p, depth+1)
		}
		return
	}
	if f.is(h) {
		data, _ := io.ReadAll(from) // as much as there is
		f.found = transfer(h.Get("Content-Transfer-Encoding"), data)
	}
}

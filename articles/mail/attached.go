package mail

import (
	"cmp"
	"mime"
	"net/textproto"
	"path"
	"strings"

	"byline/articles"
	"byline/articles/builder"
	"byline/articles/clean"
)

// mostUnread is how many attachments are named that are not read.
const mostUnread = 20

// fileName returns the name of the file that a part is, and whether it is one that was attached. Params are those
// of its type.
func fileName(h textproto.MIMEHeader, params map[string]string) (name string, attached bool) {
	how, more, _ := mime.ParseMediaType(h.Get("Content-Disposition")) // nothing if it is malformed
	if how != "attachment" {
		return "", false
	}
	name = clean.Words(clean.Drawn(word(cmp.Or(more["filename"], params["name"]))))
	return name[1+strings.LastIndexAny(name, `/\`):], true
}

// readable reports whether an attachment is a text to read. What is not, but may hold one, is noted.
func (r *reader) readable(kind, name string) bool {
	ext := strings.ToLower(path.Ext(name))
	switch kind {
	case "text/plain", "text/html", "application/xhtml+xml":
		switch ext {
		case "", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml":
			return true
		}
	}
	what, _, _ := strings.Cut(kind, "/")
	switch {
	case what == "image", what == "audio", what == "video", strings.HasSuffix(kind, "-signature"), ext == ".asc", ext == ".sig", ext == ".p7s", ext == ".vcf", ext == ".ics":
	case len(r.unread) == mostUnread:
		r.unread = append(r.unread, "…")
	case len(r.unread) < mostUnread:
		r.unread = append(r.unread, cmp.Or(name, "a file of "+clean.Line(kind)))
	}
	return false
}

// named returns the heading of a text that is attached, and below it what a page says of its origin.
func named(name string, from *articles.Article) *articles.Article {
	a := &articles.Article{}
	out := builder.New(a, 0)
	w := &builder.Words{}
	w.WriteString(name)
	out.Add(w, articles.Block{Kind: articles.Heading, Level: 2})
	var origin []string
	for _, s := range []string{from.Author, from.Site} {
		if s != "" {
			origin = append(origin, s)
		}
	}
	if !from.Date.IsZero() {
		origin = append(origin, from.Date.Day().String())
	}
	if len(origin) > 0 {
		w := &builder.Words{}
		w.WriteString(strings.Join(origin, ", "))
		out.Add(w, articles.Block{})
	}
	return out.Done()
}

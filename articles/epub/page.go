package epub

import (
	"bytes"
	"context"
	"errors"
	"html"
	"io"
	"strings"

	nethtml "golang.org/x/net/html"

	"byline/articles"
	"byline/articles/web"
)

// document reads a page of the book. In a book, unlike on the web, what stands in controls and objects belongs to the
// text: questions, answers, stories told in pictures. A page that is drawn has the words in the drawing.
func document(ctx context.Context, page []byte) (*articles.Article, error) {
	a, err := web.Document(ctx, opened(page))
	if !errors.Is(err, web.ErrNoText) {
		return a, err
	}
	if words := drawn(page); words != "" {
		return web.Document(ctx, []byte("<body>"+words+"</body>"))
	}
	return nil, err
}

// plainer are the elements that stand for those whose text is left out on the web.
var plainer = map[string]string{"object": "div", "button": "span", "select": "span", "option": "span", "textarea": "span"}

// opened returns a page with plain elements for controls and objects.
func opened(page []byte) []byte {
	found := false
	for name := range plainer {
		found = found || bytes.Contains(page, []byte("<"+name))
	}
	if !found {
		return page
	}
	var out bytes.Buffer
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			if !errors.Is(z.Err(), io.EOF) {
				return page
			}
			return out.Bytes()
		}
		raw := bytes.Clone(z.Raw()) // the name is cut out of it in place
		name := ""
		if kind == nethtml.StartTagToken || kind == nethtml.EndTagToken || kind == nethtml.SelfClosingTagToken {
			tag, _ := z.TagName()
			name = plainer[string(tag)]
		}
		switch {
		case name == "":
			out.Write(raw)
		case kind == nethtml.StartTagToken:
			out.WriteString(" <" + name + ">")
		case kind == nethtml.EndTagToken:
			out.WriteString("</" + name + "> ")
		}
	}
}

// drawn returns the words in the drawings (SVG) of a page, as HTML. Lines go on until a sentence ends.
func drawn(page []byte) string {
	var out, line strings.Builder
	depth := 0
	goes := false // the last line does not end a sentence
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	for kind := z.Next(); kind != nethtml.ErrorToken; kind = z.Next() {
		switch kind {
		case nethtml.TextToken:
			if depth > 0 {
				line.Write(z.Text())
			}
		case nethtml.StartTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "text":
				depth++
			case "tspan":
				line.WriteByte(' ')
			}
		case nethtml.EndTagToken:
			if name, _ := z.TagName(); string(name) != "text" || depth == 0 {
				continue
			}
			if depth--; depth > 0 {
				continue
			}
			words := strings.Join(strings.Fields(line.String()), " ")
			line.Reset()
			if words == "" {
				continue
			}
			out.WriteString(map[bool]string{true: "<br>", false: "<p>"}[goes])
			out.WriteString(html.EscapeString(words))
			goes = !strings.ContainsAny(words[len(words)-1:], ".!?") && !strings.HasSuffix(words, "”") && !strings.HasSuffix(words, "»") && !strings.HasSuffix(words, "…")
		}
	}
	return out.String()
}

package pdf

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"byline/articles"
)

// readExternal reads a document with pdftotext. It returns nil if there is no pdftotext, or if
// that cannot read the document.
func readExternal(ctx context.Context, data []byte) (*document, error) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "byline-pdf-")
	if err != nil {
		return nil, nil // no space for a file: the reader in Go needs none
	}
	defer os.RemoveAll(dir)
	in := dir + "/in.pdf"
	if os.WriteFile(in, data, 0o600) != nil {
		return nil, nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, tool, "-q", "-enc", "UTF-8", "-bbox-layout", in, "-")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		return nil, nil
	}
	s, err := parse(&io.LimitedReader{R: out, N: 8 * mostText})
	stop() // it is past the limit
	_ = cmd.Wait()
	switch {
	case strings.Contains(said.String(), "assword"):
		return nil, errLocked
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, errSlow
	case err != nil || len(s.pages) == 0:
		return nil, nil
	}
	return s, nil
}

// parse parses the pages, blocks, lines and words that pdftotext writes as XHTML.
func parse(r io.Reader) (*document, error) {
	dec := xml.NewDecoder(r)
	dec.Strict, dec.AutoClose, dec.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // pdftotext writes UTF-8
	p := parser{document: &document{}}
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return p.document, nil
		}
		if err != nil {
			return p.document, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			p.start(&t)
		case xml.EndElement:
			p.end(t.Name.Local)
		case xml.CharData:
			p.text.Write(t)
		}
		if p.lines > mostLines {
			return p.document, nil
		}
	}
}

type parser struct {
	*document
	block, lines int
	text         strings.Builder
	words        []string
	first, last  float64 // the upper ends of the first word and of the last one of the line
	wide         float64 // the width of the page
	line         line
}

func (p *parser) start(e *xml.StartElement) {
	p.text.Reset()
	attr := func(name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	number := func(name string) float64 {
		x, _ := strconv.ParseFloat(attr(name), 64)
		return x
	}
	switch e.Name.Local {
	case "meta":
		switch content := attr("content"); strings.ToLower(attr("name")) {
		case "author":
			p.author = content
		case "creationdate":
			p.date = articles.ParseDate(content)
		}
	case "page":
		p.pages = append(p.pages, page{height: number("height")})
		p.wide = number("width")
	case "block":
		p.block++
	case "line":
		p.line = line{left: number("xMin"), right: number("xMax"), top: number("yMin"), bottom: number("yMax"), block: p.block}
		p.words = nil
	case "word":
		if p.last = number("yMin"); len(p.words) == 0 {
			p.first = p.last
		}
	}
}

func (p *parser) end(name string) {
	switch name {
	case "title":
		p.title = p.text.String()
	case "word":
		p.words = append(p.words, p.text.String())
	case "line":
		p.line.text = strings.Join(p.words, " ")
		if n := len(p.pages); n > 0 && p.line.isTurned() {
			p.line.turn(p.first >= p.last, p.wide, p.pages[n-1].height)
		}
		if n := len(p.pages); n > 0 && strings.TrimSpace(p.line.text) != "" {
			p.pages[n-1].add(p.line)
			p.lines++
		}
	}
}

// add adds a line. Pieces of one line, such as those of a justified line with wide gaps, are
// joined.
func (p *page) add(l line) {
	if n := len(p.lines); n > 0 {
		was := &p.lines[n-1]
		if was.block == l.block && math.Abs(was.top-l.top) < .3*l.size() && l.left >= was.right-1 {
			was.text += " " + l.text
			was.right = l.right
			return
		}
	}
	p.lines = append(p.lines, l)
}

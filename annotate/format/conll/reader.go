package conll

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// read reads tokens with tags: the token in the first column, the tag in the last, in
// IOB1, IOB2, BIOES or BILOU, which it need not tell apart. The text is the tokens with
// spaces between them, and a line for each sentence. Equal names of one type are one
// entity.
func read(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		r := &reader{name: in.Name}
		lines := bufio.NewReaderSize(in, 1<<16)
		for n := 1; ; n++ {
			line, err := records.Line(lines)
			if err != nil && err != io.EOF {
				yield(nil, fmt.Errorf("read CoNLL %s: line %d: %w", in.Name, n, err))
				return
			}
			done := err == io.EOF
			if line = bytes.TrimRight(line, "\r\n"); !r.line(line, n, yield) {
				return
			}
			if done {
				r.flush(yield)
				return
			}
		}
	}
}

// A reader collects a document.
type reader struct {
	name string
	docs int
	text strings.Builder
	open bool // the sentence has a token
	g    standoff.Builder
	// The name that the last token is part of.
	typ  string
	span articles.Span
	err  error
}

// line reads a line. If it is the end of a document, that is yielded.
func (r *reader) line(line []byte, n int, yield func(*format.Document, error) bool) bool {
	fields := bytes.Fields(line)
	switch {
	case len(fields) == 0:
		r.close()
		if r.open {
			r.text.WriteByte('\n')
		}
		r.open = false
	case string(fields[0]) == docStart:
		return r.flush(yield)
	case bytes.HasPrefix(line, []byte("# ")) && len(fields) != 4 && !isTag(fields[len(fields)-1]):
	case len(fields) < 2 || !isTag(fields[len(fields)-1]):
		if r.err == nil {
			r.err = fmt.Errorf("line %d: %.60q is not a token with a tag", n, line)
		}
	default:
		r.token(strings.ToValidUTF8(string(fields[0]), string(utf8.RuneError)), string(fields[len(fields)-1]))
	}
	return true
}

// token appends a token.
func (r *reader) token(token, tag string) {
	if r.open {
		r.text.WriteByte(' ')
	}
	r.open = true
	prefix, typ, _ := strings.Cut(tag, "-")
	if prefix != "I" && prefix != "E" && prefix != "L" && prefix != "M" || typ != r.typ {
		r.close()
	}
	at := articles.Span{Start: r.text.Len(), End: r.text.Len() + len(token)}
	r.text.WriteString(token)
	if tag == "O" {
		return
	}
	if r.typ == "" {
		r.typ, r.span = typ, at
	}
	r.span.End = at.End
	if prefix == "E" || prefix == "L" || prefix == "S" || prefix == "U" {
		r.close()
	}
}

// close ends the open name.
func (r *reader) close() {
	if r.typ == "" {
		return
	}
	m := annotate.Mention{Span: r.span, Type: standoff.TypeNamed(r.typ), Form: annotate.Name}
	m.Origin, m.State = standoff.ReadClaim(false, 1)
	r.g.Mention(string(m.Type)+"\x00"+r.text.String()[r.span.Start:r.span.End], m)
	r.typ = ""
}

// flush yields the document so far, if there is one.
func (r *reader) flush(yield func(*format.Document, error) bool) bool {
	r.close()
	text, err := strings.TrimRight(r.text.String(), "\n"), r.err
	g := r.g
	r.text.Reset()
	r.open, r.g, r.err = false, standoff.Builder{}, nil
	if text == "" && err == nil {
		return true
	}
	r.docs++
	if err != nil {
		return yield(nil, fmt.Errorf("read CoNLL %s: document %d: %w", r.name, r.docs, err))
	}
	d := &format.Document{Article: standoff.Article(fmt.Sprintf("Document %d", r.docs), text)}
	d.Layer = g.Layer(text)
	return yield(d, nil)
}

var tagForm = regexp.MustCompile(`^(?:O|[BIESLUM]-\S+)$`)

func isTag(s []byte) bool { return tagForm.Match(s) }

// sniff reports whether head is the start of tokens with tags: whole lines of two to nine
// columns, the last one a tag.
func sniff(head []byte) bool {
	tagged := 0
	for line := range bytes.Lines(head) {
		if !bytes.HasSuffix(line, []byte("\n")) && tagged > 0 {
			break // it may be incomplete
		}
		fields := bytes.Fields(line)
		switch {
		case len(fields) == 0 || string(fields[0]) == docStart:
		case len(fields) < 2 || len(fields) > 9 || !isTag(fields[len(fields)-1]):
			return false
		default:
			tagged++
		}
	}
	return tagged > 0
}

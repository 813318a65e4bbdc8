package conll

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// read reads tokens with tags: the token in the first column, the tag in the last, in
// IOB1, IOB2, BIOES or BILOU, which it need not tell apart. In files whose first column counts the
// words of a sentence, as GermEval's do, the token is in the second, and all columns after it have tags, of
// names inside of each other; "B-PER|B-ORG" is two of these in one column. The text is the tokens with
// spaces between them, and a line for each sentence. Equal names of one type are one
// entity. Files that begin as those of CoNLL-2012 do are read by a [bracketReader].
func read(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		lines := bufio.NewReaderSize(in, 1<<16)
		head, _ := lines.Peek(format.SniffBytes) // a shorter file is fine
		var r interface {
			line(line []byte, n int, yield func(*format.Document, error) bool) bool
			flush(yield func(*format.Document, error) bool) bool
		} = &reader{name: in.Name, loss: in.Loss, numbered: isNumbered(head), labels: standoff.Spellings{}}
		if bytes.HasPrefix(head, []byte(beginDocument)) {
			r = newBracketReader(in)
		}
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
	name     string
	loss     *format.Loss
	numbered bool // the first column counts the words of a sentence
	docs     int
	text     strings.Builder
	open     bool // the sentence has a token
	g        standoff.Builder
	names    []openName // that the last token is part of, by their place among its tags
	labels   standoff.Spellings
	tags     int // tokens of the document with a tag
	err      error
}

// An openName is a name that goes on; of no type if there is none.
type openName struct {
	typ string
	articles.Span
}

// line reads a line. If it is the end of a document, that is yielded.
func (r *reader) line(line []byte, n int, yield func(*format.Document, error) bool) bool {
	fields := columns(line)
	switch {
	case len(fields) == 0:
		r.closeAll()
		if r.open {
			r.text.WriteByte('\n')
		}
		r.open = false
	case fields[0] == docStart:
		return r.flush(yield)
	case isComment(fields):
	case len(fields) < 2 || !isTag(fields[len(fields)-1]):
		err := fmt.Errorf("line %d: %.60q is not a token with a tag", n, line)
		r.loss.AddSuch("lines that cannot be read: their token is read without a tag", err.Error())
		if r.err == nil {
			r.err = err
		}
		r.append(fields[0], nil)
	case r.numbered && len(fields) > 2:
		r.token(fields[1], fields[2:])
	default:
		r.token(fields[0], fields[len(fields)-1:])
	}
	return true
}

// isComment reports whether a line says something of a sentence: "#" is a token if it has a tag.
func isComment(fields []string) bool {
	return strings.HasPrefix(fields[0], "# ") || fields[0] == "#" && !isTag(fields[len(fields)-1])
}

// columns returns the columns of a line, which tabs separate or, if there is none, blanks. A token may have
// blanks in it, as in "10 000".
func columns(line []byte) []string {
	s := strings.ToValidUTF8(string(line), string(utf8.RuneError))
	if strings.Contains(s, "\t") {
		all := strings.Split(strings.Trim(s, "\t "), "\t")
		return slices.DeleteFunc(all, func(c string) bool { return c == "" })
	}
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' })
}

// isNumbered reports whether the first column of all lines in head counts the words of a sentence.
func isNumbered(head []byte) bool {
	n, words := 0, 0
	for line := range bytes.Lines(head) {
		if !bytes.HasSuffix(line, []byte("\n")) {
			break // it may be incomplete
		}
		fields := columns(bytes.TrimRight(line, "\r\n"))
		switch {
		case len(fields) == 0:
			n = 0
		case strings.HasPrefix(fields[0], "#") || fields[0] == docStart:
		case len(fields) < 3 || fields[0] != strconv.Itoa(n+1):
			return false
		default:
			n++
			words++
		}
	}
	return words > 1
}

// token appends a token with its tags.
func (r *reader) token(token string, tags []string) {
	r.tags++
	r.append(token, tags)
}

// append is token for one that may have no tag.
func (r *reader) append(token string, tags []string) {
	if r.open {
		r.text.WriteByte(' ')
	}
	r.open = true
	var all []string
	for _, t := range tags {
		all = append(all, strings.Split(t, "|")...)
	}
	for len(r.names) < len(all) {
		r.names = append(r.names, openName{})
	}
	at := articles.Span{Start: r.text.Len(), End: r.text.Len() + len(token)}
	for i := range r.names {
		tag := "O"
		if i < len(all) {
			tag = all[i]
		}
		if prefix, typ, _ := strings.Cut(tag, "-"); prefix != "I" && prefix != "E" && prefix != "L" && prefix != "M" || typ != r.names[i].typ {
			r.close(i)
		}
	}
	r.text.WriteString(token)
	for i := range all {
		r.tag(i, all[i], at)
	}
}

// tag goes on with the i-th name, or begins it. Names that end before this token are closed.
func (r *reader) tag(i int, tag string, at articles.Span) {
	prefix, typ, _ := strings.Cut(tag, "-")
	if tag == "O" || typ == "" {
		return
	}
	name := &r.names[i]
	if name.typ == "" {
		*name = openName{typ, at}
	}
	name.End = at.End
	if prefix == "E" || prefix == "L" || prefix == "S" || prefix == "U" {
		r.close(i)
	}
}

func (r *reader) closeAll() {
	for i := range r.names {
		r.close(i)
	}
}

// close ends the i-th open name.
func (r *reader) close(i int) {
	name := r.names[i]
	if name.typ == "" {
		return
	}
	m := annotate.Mention{Span: name.Span, Type: standoff.TypeNamed(name.typ), Form: annotate.Name}
	r.labels.Note(m.Type, name.typ, r.loss)
	m.Origin, m.State = standoff.ReadClaim(false, 1)
	r.g.Mention(string(m.Type)+"\x00"+r.text.String()[name.Start:name.End], m)
	r.names[i] = openName{}
}

// flush yields the document so far, if there is one.
func (r *reader) flush(yield func(*format.Document, error) bool) bool {
	r.closeAll()
	text, err := strings.TrimRight(r.text.String(), "\n"), r.err
	g, labels, tagged := r.g, r.labels, r.tags > 0
	r.text.Reset()
	r.open, r.g, r.labels, r.tags, r.err = false, standoff.Builder{}, standoff.Spellings{}, 0, nil
	if text == "" && err == nil {
		return true
	}
	r.docs++
	if err != nil && !tagged {
		return yield(nil, fmt.Errorf("read CoNLL %s: document %d: %w", r.name, r.docs, err))
	}
	d := &format.Document{Article: standoff.Article(fmt.Sprintf("Document %d", r.docs), text), Apart: true}
	d.Layer, d.Labels = g.Layer(text), labels
	return yield(d, nil)
}

var tagForm = regexp.MustCompile(`^(?:O|[BIESLUM]-[^\s|]+)(?:\|(?:O|[BIESLUM]-[^\s|]+))*$`)

func isTag(s string) bool { return tagForm.MatchString(s) }

// sniff reports whether head is the start of tokens with tags: whole lines of two to nine
// columns, the last one a tag, with few others; or of CoNLL-2012.
func sniff(head []byte) bool {
	if bytes.HasPrefix(head, []byte(beginDocument)) {
		return true
	}
	tagged, others := 0, 0
	for line := range bytes.Lines(head) {
		if !bytes.HasSuffix(line, []byte("\n")) && tagged > 0 {
			break // it may be incomplete
		}
		fields := columns(bytes.TrimRight(line, "\r\n"))
		switch {
		case len(fields) == 0 || fields[0] == docStart || isComment(fields):
		case len(fields) < 2 || len(fields) > 9 || !isTag(fields[len(fields)-1]):
			others++
		default:
			tagged++
		}
	}
	return tagged > mostOthers*others
}

// mostOthers is how many lines have to be tokens with a tag for each one that is not.
const mostOthers = 20

package format

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// IOB2 is CoNLL-2003 with tags in IOB2.
var formatIOB2 = Format{Name: "conll", Extension: ".conll", About: "CoNLL-2003 in IOB2: tokens with tags; names only, none in another",
	NewWriter: newCoNLLWriter(iob2), Read: readCoNLL, Sniff: isCoNLL}

// IOB1 is CoNLL-2003 with tags in IOB1.
var formatIOB1 = Format{Name: "iob1", Extension: ".iob1", About: "the same in IOB1, the original scheme", NewWriter: newCoNLLWriter(iob1), Read: readCoNLL}

// BIOES is CoNLL-2003 with tags in BIOES.
var formatBIOES = Format{Name: "bioes", Extension: ".bioes", About: "the same in BIOES", NewWriter: newCoNLLWriter(bioes), Read: readCoNLL}

// newCoNLLWriter writes the four columns of CoNLL-2003 (Tjong Kim Sang and De Meulder
// 2003), of which byline knows the first and the last: token, "_", "_", tag. Documents
// begin with -DOCSTART-, a blank line ends a sentence. Tags are PER, ORG, LOC, MISC and a
// user's own, in IOB2, or as scheme says.
func newCoNLLWriter(scheme scheme) func(io.Writer, Options) Writer {
	return each(func(w io.Writer, d *Document, o Options) error { return writeCoNLL(w, d, o, scheme) })
}

// A scheme gives each token of a name its prefix: the n-th of all, of which the first may
// stand right behind another name of its type.
type scheme func(n, all int, touches bool) byte

func iob2(n, _ int, _ bool) byte {
	if n == 0 {
		return 'B'
	}
	return 'I'
}

// iob1 writes B only where a name follows on another of its type, as CoNLL-2003 has it.
func iob1(n, _ int, touches bool) byte {
	if n == 0 && touches {
		return 'B'
	}
	return 'I'
}

func bioes(n, all int, _ bool) byte {
	switch {
	case all == 1:
		return 'S'
	case n == 0:
		return 'B'
	case n == all-1:
		return 'E'
	}
	return 'I'
}

func writeCoNLL(w io.Writer, d *Document, o Options, scheme scheme) error {
	ms := flattened(d.Layer, o.Flatten, o.Loss)
	spans := make([]articles.Span, len(ms))
	for i, m := range ms {
		spans[i] = m.Span
	}
	t := tokenize(d, spans)
	tags := make([]string, len(t.tokens))
	end, last := -1, annotate.Type("")
	for _, m := range ms {
		r, ok := t.of(m.Span)
		if !ok || t.sentence[r.First] != t.sentence[r.End-1] {
			o.Loss.Add(1, "names over the end of a sentence: it tags within sentences")
			continue
		}
		touches := end == r.First && last == m.Type && t.sentence[r.First] == t.sentence[max(0, end-1)]
		for i := r.First; i < r.End; i++ {
			tags[i] = string(scheme(i-r.First, r.End-r.First, touches)) + "-" + conllType(m.Type)
		}
		end, last = r.End, m.Type
	}
	for i := range d.Layer.Quotes {
		if d.Layer.Quotes[i].State != annotate.Rejected {
			o.Loss.Add(1, "quotes: it has names only")
		}
	}
	o.Loss.Add(len(d.Layer.Remarks), "notes and tags: it has names only")
	b := bufio.NewWriter(w)
	b.WriteString(docStart + " -X- -X- O\n\n")
	at := 0
	for _, s := range t.sentences {
		for _, token := range s {
			tag := tags[at]
			if tag == "" {
				tag = "O"
			}
			fmt.Fprintf(b, "%s _ _ %s\n", unbroken(token.In(d.Text)), tag)
			at++
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// unbroken returns a token as one column: blanks of any kind, of which segment puts none
// into tokens, and a token that would begin a document are made harmless.
func unbroken(token string) string {
	if token == docStart {
		return "-docstart-"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return '_'
		}
		return r
	}, token)
}

// conllType is the tag of a type.
func conllType(t annotate.Type) string {
	switch t {
	case annotate.Person:
		return "PER"
	case annotate.Organization:
		return "ORG"
	case annotate.Place:
		return "LOC"
	case annotate.Other:
		return "MISC"
	}
	return strings.ToUpper(strings.Map(unblank, string(t)))
}

// unblank returns r, or '_' for a blank.
func unblank(r rune) rune {
	if unicode.IsSpace(r) {
		return '_'
	}
	return r
}

// readCoNLL reads tokens with tags: the token in the first column, the tag in the last,
// in IOB1, IOB2, BIOES or BILOU, which need not be told apart. The text is made of the
// tokens, blanks between them, a line a sentence. Each name is an entity of its own,
// equal names of one type are one.
func readCoNLL(in Input) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		r := &conllReader{name: in.Name}
		lines := bufio.NewReaderSize(in, 1<<16)
		for n := 1; ; n++ {
			line, err := lineOf(lines)
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

// A conllReader gathers a document.
type conllReader struct {
	name string
	docs int
	text strings.Builder
	open bool // the sentence has tokens
	g    gathering
	// The name under way.
	typ  string
	span articles.Span
	err  error
}

// line takes in a line, and yields a document that it ends.
func (r *conllReader) line(line []byte, n int, yield func(*Document, error) bool) bool {
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
			r.err = fmt.Errorf("line %d: %.60q is no token with a tag", n, line)
		}
	default:
		r.token(strings.ToValidUTF8(string(fields[0]), string(utf8.RuneError)), string(fields[len(fields)-1]))
	}
	return true
}

// token appends a token.
func (r *conllReader) token(token, tag string) {
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

// close ends the name under way.
func (r *conllReader) close() {
	if r.typ == "" {
		return
	}
	m := annotate.Mention{Span: r.span, Type: typeNamed(r.typ), Form: annotate.Name}
	m.Origin, m.State = by(false, 1)
	r.g.mention(string(m.Type)+"\x00"+r.text.String()[r.span.Start:r.span.End], m)
	r.typ = ""
}

// flush yields the document that was gathered, if there is one.
func (r *conllReader) flush(yield func(*Document, error) bool) bool {
	r.close()
	text, err := strings.TrimRight(r.text.String(), "\n"), r.err
	g := r.g
	r.text.Reset()
	r.open, r.g, r.err = false, gathering{}, nil
	if text == "" && err == nil {
		return true
	}
	r.docs++
	if err != nil {
		return yield(nil, fmt.Errorf("read CoNLL %s: document %d: %w", r.name, r.docs, err))
	}
	d := &Document{Article: foreign(fmt.Sprintf("Document %d", r.docs), text)}
	d.Layer = g.layer(text)
	return yield(d, nil)
}

var tagForm = regexp.MustCompile(`^(?:O|[BIESLUM]-\S+)$`)

func isTag(s []byte) bool { return tagForm.Match(s) }

// isCoNLL reports whether head begins tokens with tags: whole lines of two to nine
// columns, the last a tag.
func isCoNLL(head []byte) bool {
	tagged := 0
	for line := range bytes.Lines(head) {
		if !bytes.HasSuffix(line, []byte("\n")) && tagged > 0 {
			break // cut off
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

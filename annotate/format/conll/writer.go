package conll

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/annotate/format/tokens"
	"byline/articles"
)

// newWriter returns a writer of the four columns of CoNLL-2003 (Tjong Kim Sang and De
// Meulder 2003): token, "_", "_", tag. A -DOCSTART- line starts a document, a blank line
// ends a sentence. Tags are PER, ORG, LOC, MISC and types of the user's own.
func newWriter(scheme scheme) func(io.Writer, format.Options) format.Writer {
	return format.Each(func(w io.Writer, d *format.Document, o format.Options) error { return write(w, d, o, scheme) })
}

// A scheme returns the prefix of the n-th of all tokens of a name. touches reports
// whether the name follows directly on another of its type.
type scheme func(n, all int, touches bool) byte

func iob2(n, _ int, _ bool) byte {
	if n == 0 {
		return 'B'
	}
	return 'I'
}

// iob1 is B only if a name directly follows another of its type, as in CoNLL-2003.
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

func write(w io.Writer, d *format.Document, o format.Options, scheme scheme) error {
	ms := flatten(d.Layer, o.Flatten, o.Loss)
	countEntities(d, o.Loss)
	standoff.CountCredits(d.Article, o.Loss)
	standoff.CountDeciders(d, o.Loss)
	spans := make([]articles.Span, len(ms))
	for i, m := range ms {
		spans[i] = m.Span
	}
	t := tokens.Split(d, spans)
	names := make([]tagged, 0, len(ms))
	end, last := -1, annotate.Type("")
	for _, m := range ms {
		r, ok := t.Range(m.Span)
		if !ok || t.SentenceOf(r.First) != t.SentenceOf(r.End-1) {
			o.Loss.Add(1, "names across sentence ends: the format tags within sentences")
			continue
		}
		touches := end == r.First && last == m.Type && t.SentenceOf(r.First) == t.SentenceOf(max(0, end-1))
		names = append(names, tagged{r, m.Type, touches})
		end, last = r.End, m.Type
	}
	for _, q := range d.Layer.Quotes {
		if q.State != annotate.Rejected {
			o.Loss.Add(1, "quotes: the format has only names")
		}
	}
	o.Loss.Add(len(d.Layer.Remarks), "notes and tags: the format has only names")
	b := bufio.NewWriter(w)
	b.WriteString(docStart + " -X- -X- O\n\n")
	for n := range t.Sentences() {
		s := t.Sentence(n)
		for i := s.First; i < s.End; i++ {
			tag := "O"
			if len(names) > 0 && names[0].End == i {
				names = names[1:]
			}
			if len(names) > 0 && names[0].First <= i {
				m := names[0]
				tag = string(scheme(i-m.First, m.End-m.First, m.touches)) + "-" + tagOf(d, m.Type)
			}
			fmt.Fprintf(b, "%s _ _ %s\n", oneColumn(t.At(i).In(d.Text)), tag)
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// A tagged name is one as a range of tokens.
type tagged struct {
	annotate.Range
	annotate.Type
	touches bool // it follows directly on another of its type
}

// tagOf returns the tag of a type, without what separates columns and tags.
func tagOf(d *format.Document, t annotate.Type) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '|' {
			return '_'
		}
		return r
	}, d.Label(t, standoff.CorpusTag))
}

// oneColumn returns a token without white space and not equal to -DOCSTART-. Package
// segment makes no tokens with white space, but claims may.
func oneColumn(token string) string {
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

package corpus

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/segment"
	"byline/articles"
)

// types are the types of the labels of the data sets; other labels count as no name.
// GPE is what the Groningen Meaning Bank calls demonyms.
var types = map[string]annotate.Type{
	"PER": annotate.Person, "PERSON": annotate.Person, "person": annotate.Person, "Person": annotate.Person, "politician": annotate.Person,
	"ORG": annotate.Organization, "organisation": annotate.Organization, "organization": annotate.Organization, "Organization": annotate.Organization, "politicalparty": annotate.Organization,
	"LOC": annotate.Place, "location": annotate.Place, "Location": annotate.Place, "country": annotate.Place, "place": annotate.Place, "Place": annotate.Place,
	"MISC": annotate.Other, "GPE": annotate.Other, "misc": annotate.Other, "other": annotate.Other, "Other": annotate.Other,
}

const docStart = "-DOCSTART-"

// readIOB2 reads lines of columns, the token first and the tag last, separated by a tab or blanks,
// with blank lines between sentences and -DOCSTART- lines between documents. Without these, every
// sentence is a document. Tags are IOB1, IOB2 or IOBES.
func readIOB2(name string, in io.Reader) Docs {
	return func(yield func(*eval.Doc, error) bool) {
		p := &iobReader{name: name}
		sc := bufio.NewScanner(in)
		sc.Buffer(make([]byte, 0, 1<<16), 1<<20)
		for n := 1; sc.Scan(); n++ {
			d, err := p.line(n, strings.TrimSuffix(sc.Text(), "\r"))
			if (d != nil || err != nil) && !yield(d, err) || err != nil {
				return
			}
		}
		if err := sc.Err(); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", name, err))
			return
		}
		if d := p.flush(); d != nil {
			yield(d, nil)
		}
	}
}

// An iobName is tokens [First, End) of a document with their type.
type iobName struct {
	annotate.Range
	kind annotate.Type
}

// An iobReader holds the document being read.
type iobReader struct {
	name      string
	whole     bool // documents are marked
	first     int  // line on which the document starts; 0 for none yet
	sentences [][]string
	sentence  []string
	names     []iobName
	tokens    int
	open      bool // the last token is in the last name
}

// line reads a line and returns the document that it completes, or nil.
func (p *iobReader) line(n int, line string) (*eval.Doc, error) {
	token, tag, ok := columns(line)
	switch {
	case token == docStart:
		p.whole = true
		return p.flush(), nil
	case strings.TrimSpace(line) == "":
		if p.endSentence(); !p.whole {
			return p.flush(), nil
		}
		return nil, nil
	case !ok:
		return nil, fmt.Errorf("read %s:%d: %.40q has no tag", p.name, n, token)
	}
	if p.first == 0 {
		p.first = n
	}
	p.add(token, tag)
	return nil, nil
}

// columns returns the first and the last column of a line.
func columns(line string) (first, last string, ok bool) {
	if token, rest, tabbed := strings.Cut(line, "\t"); tabbed {
		return token, strings.TrimSpace(rest[strings.LastIndexByte(rest, '\t')+1:]), token != ""
	}
	f := strings.Fields(line)
	if len(f) == 0 {
		return "", "", false
	}
	return f[0], f[len(f)-1], len(f) > 1
}

func (p *iobReader) add(token, tag string) {
	mark, label, _ := strings.Cut(tag, "-")
	t, known := types[label]
	last := len(p.names) - 1
	switch {
	case (mark == "I" || mark == "E") && p.open && known && p.names[last].kind == t:
		p.names[last].End++
	case known:
		p.names = append(p.names, iobName{annotate.Range{First: p.tokens, End: p.tokens + 1}, t})
	}
	p.open = known
	p.sentence = append(p.sentence, token)
	p.tokens++
}

func (p *iobReader) endSentence() {
	if len(p.sentence) > 0 {
		p.sentences = append(p.sentences, p.sentence)
	}
	p.sentence, p.open = nil, false
}

// flush returns the document that was read, or nil for none, and starts a new one.
func (p *iobReader) flush() *eval.Doc {
	p.endSentence()
	if len(p.sentences) == 0 {
		return nil
	}
	d := segment.Tokens(p.sentences)
	doc := &eval.Doc{Name: fmt.Sprintf("%s:%d", p.name, p.first), Text: d.Text, Tokens: d, Has: eval.Names, Sentence: !p.whole}
	for i, n := range p.names {
		span := articles.Span{Start: d.Tokens[n.First].Start, End: d.Tokens[n.End-1].End}
		m := annotate.Mention{Span: span, Form: annotate.Name, Type: n.kind, Origin: human}
		doc.Gold.Entities = append(doc.Gold.Entities, annotate.Entity{ID: fmt.Sprint("n", i+1), Type: n.kind, Name: span.In(d.Text), Mentions: []annotate.Mention{m}})
	}
	*p = iobReader{name: p.name, whole: p.whole}
	return doc
}

// human is the origin of claims in gold data.
var human = annotate.Origin{Human: true, Score: 1}

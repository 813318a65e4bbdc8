package main

import (
	"bufio"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/segment"
	"byline/articles"
)

// A document is an annotated text: its names, and the passages in marks.
type document struct {
	id       string
	doc      *annotate.Doc
	entities []annotate.Entity
	passages []passage
	kept     bool // kept out of training
}

// A passage is words in marks.
type passage struct {
	articles.Span
	speech  bool
	speaker string // the ID of an entity, or empty
}

// A line is a document as newsroom has it. Offsets are code points.
type line struct {
	ID, Text string
	Entities []struct {
		ID, Type, Name string
		Mentions       []struct{ Start, End int }
	}
	Quotes []struct {
		Start, End    int
		Kind, Speaker string
	}
}

// keptEvery is the share of documents that are kept out: the last of each ten of a file.
const keptEvery = 10

// read returns the documents of a file that have passages in marks.
func read(name string) ([]document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	var docs []document
	dec := json.NewDecoder(bufio.NewReader(z))
	for n := 0; dec.More(); n++ {
		var l line
		if err := dec.Decode(&l); err != nil {
			return nil, fmt.Errorf("read %s: document %d: %w", name, n+1, err)
		}
		if len(l.Quotes) == 0 {
			continue
		}
		d := l.document()
		d.kept = n%keptEvery == keptEvery-1 && !strings.HasPrefix(filepath.Base(name), "voa")
		docs = append(docs, d)
	}
	return docs, nil
}

// types are newsroom's types of names.
var types = map[string]annotate.Type{"PER": annotate.Person, "ORG": annotate.Organization, "LOC": annotate.Place, "MISC": annotate.Other}

// document returns l with its offsets in bytes.
func (l *line) document() document {
	at := pointsOf(l.Text)
	d := document{id: l.ID, doc: segment.Split(l.Text, nil)}
	for _, e := range l.Entities {
		entity := annotate.Entity{ID: e.ID, Type: types[e.Type], Name: e.Name}
		for _, m := range e.Mentions {
			s := articles.Span{Start: at[m.Start], End: at[m.End]}
			entity.Mentions = append(entity.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: entity.Type, Title: titleBefore(l.Text, s.Start)})
		}
		slices.SortFunc(entity.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
		d.entities = append(d.entities, entity)
	}
	for _, q := range l.Quotes {
		d.passages = append(d.passages, passage{articles.Span{Start: at[q.Start], End: at[q.End]}, q.Kind == "speech", q.Speaker})
	}
	return d
}

// pointsOf returns the byte at which each code point of text starts, and its length.
func pointsOf(text string) []int {
	at := make([]int, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// titleBefore returns the word before byte at, if it is a title that tells a gender.
func titleBefore(text string, at int) articles.Span {
	before := strings.TrimSuffix(text[:at], " ")
	w := before[strings.LastIndexAny(before, " \n“\"")+1:]
	if t := en.Of(strings.ToLower(strings.Trim(w, "."))); w == "" || len(before) == at || !t.Is(en.Address) {
		return articles.Span{}
	}
	return articles.Span{Start: len(before) - len(w), End: len(before)}
}

// ownID is the ID of a sentence of passages.txt.
const ownID = "passages.txt"

//go:embed passages.txt
var written string

// readAll returns the documents of files, after the sentences of passages.txt.
func readAll(files []string) ([]document, error) {
	docs, err := own()
	for _, name := range files {
		if err == nil {
			var more []document
			more, err = read(name)
			docs = append(docs, more...)
		}
	}
	return docs, err
}

// own returns the sentences of passages.txt, a document each.
func own() ([]document, error) {
	var docs []document
	for line := range strings.Lines(written) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kinds, text, _ := strings.Cut(line, " ")
		d, err := sentence(kinds, text)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// sentence returns a sentence with its names in brackets and passages of the given kinds.
func sentence(kinds, text string) (document, error) {
	d := document{id: ownID}
	var b strings.Builder
	start, open := 0, 0
	for _, r := range text {
		switch r {
		case '[', '{':
			open = b.Len()
			continue
		case ']', '}':
			d.name(b.String(), open, map[rune]annotate.Type{']': annotate.Person, '}': annotate.Organization}[r])
			continue
		case '“':
			start = b.Len()
		}
		if r == '|' {
			r = '\n'
		}
		b.WriteRune(r)
		if r == '”' {
			if len(d.passages) >= len(kinds) {
				return d, fmt.Errorf("read passages.txt: %q has more passages than letters", text)
			}
			d.passages = append(d.passages, passage{Span: articles.Span{Start: start, End: b.Len()}, speech: kinds[len(d.passages)] == 's'})
		}
	}
	if len(d.passages) != len(kinds) {
		return d, fmt.Errorf("read passages.txt: %q has fewer passages than letters", text)
	}
	d.doc = segment.Split(b.String(), nil)
	return d, nil
}

// name adds the name from byte open on to what text has so far.
func (d *document) name(text string, open int, ty annotate.Type) {
	m := annotate.Mention{Span: articles.Span{Start: open, End: len(text)}, Form: annotate.Name, Type: ty}
	name := m.In(text)
	for i := range d.entities {
		if strings.HasSuffix(d.entities[i].Name, name) {
			d.entities[i].Mentions = append(d.entities[i].Mentions, m)
			return
		}
	}
	id := fmt.Sprint("e", len(d.entities)+1)
	d.entities = append(d.entities, annotate.Entity{ID: id, Type: ty, Name: name, Mentions: []annotate.Mention{m}})
}

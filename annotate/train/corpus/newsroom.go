package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/segment"
	"byline/articles"
)

// An annotatedText is a line of a newsroom file. Offsets are code points.
type annotatedText struct {
	Text     string
	Entities []struct {
		Type     string
		Mentions []struct{ Start, End int }
	}
}

// keptEvery says which documents of the newsroom files are kept out: every tenth.
const keptEvery = 10

// readNewsroom reads the names of src, a newsroom file in dir. Documents that are kept out are
// left out, or, with Kept, nothing else is read.
func readNewsroom(dir string, src Source, index int) ([]Doc, error) {
	f, err := os.Open(filepath.Join(dir, src.Name+".jsonl.gz"))
	if err != nil {
		return nil, fmt.Errorf("read annotated text: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read annotated text %s: %w", src.Name, err)
	}
	var docs []Doc
	lines := bufio.NewScanner(z)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	for i := 0; lines.Scan(); i++ {
		kept := i%keptEvery == keptEvery-1 && !src.Whole
		if kept != src.Kept {
			continue
		}
		var a annotatedText
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("read annotated text %s: document %d: %w", src.Name, i+1, err)
		}
		d := a.doc(src)
		d.Source = index
		docs = append(docs, d)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read annotated text %s: %w", src.Name, err)
	}
	return docs, nil
}

// doc returns a in tokens, with their labels.
func (a *annotatedText) doc(src Source) (out Doc) {
	d := a.tokens(src)
	mentions := a.mentions()
	next := 0
	for _, s := range d.Sentences {
		var t Sentence
		for k := s.Tokens.First; k < s.Tokens.End; k++ {
			at := d.Tokens[k].Span
			for next < len(mentions) && mentions[next].End <= at.Start {
				next++
			}
			label := int8(outside)
			if next < len(mentions) {
				label = mentions[next].label(at)
			}
			t.Words = append(t.Words, d.Word(k))
			t.Labels = append(t.Labels, label)
		}
		out.Sentences = append(out.Sentences, t)
	}
	return out
}

// A mention is a name in bytes of its text, with the label of its first token.
type mention struct {
	articles.Span
	kind int8
}

// label returns the label of the token at s, which does not end before m does. A token that is for
// the most part outside the name, "anti-" before it, has an open one.
func (m *mention) label(s articles.Span) int8 {
	inside := min(s.End, m.End) - max(s.Start, m.Start)
	switch {
	case inside <= 0:
		return outside
	case inside*2 < s.Len():
		return Any
	case s.Start > m.Start:
		return m.kind + 1
	}
	return m.kind
}

// mentions returns the mentions of a in order.
func (a *annotatedText) mentions() []mention {
	at := make([]int, 0, len(a.Text)+1) // code point to byte
	for i := range a.Text {
		at = append(at, i)
	}
	at = append(at, len(a.Text))
	var all []mention
	for _, e := range a.Entities {
		kind, ok := kinds[strings.ToLower(e.Type)]
		for _, m := range e.Mentions {
			if ok && m.Start < m.End && m.End < len(at) {
				all = append(all, mention{articles.Span{Start: at[m.Start], End: at[m.End]}, kind})
			}
		}
	}
	slices.SortFunc(all, func(a, b mention) int { return a.Compare(b.Span) })
	return all
}

// tokens returns the text in tokens: those that it has, or the program's.
func (a *annotatedText) tokens(src Source) *annotate.Doc {
	if !src.Tokens {
		return segment.Split(a.Text, nil)
	}
	var sentences [][]string
	for line := range strings.Lines(a.Text) {
		if words := strings.Fields(line); len(words) > 0 {
			sentences = append(sentences, words)
		}
	}
	return segment.Tokens(sentences)
}

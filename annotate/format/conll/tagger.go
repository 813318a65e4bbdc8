package conll

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The limits on the memory of [TagIOB2].
const (
	storyTokens    = 1_000   // tokens taken for an article if no line separates them
	documentTokens = 100_000 // tokens of an article
	sentenceTokens = 2_000
	longestLine    = 1 << 20 // bytes
)

const docStart = "-DOCSTART-"

// TagIOB2 reads tokens from r, one a line in the first column, and writes each with its
// tag to w: "token<TAB>tag". It keeps blank lines, which end sentences, and -DOCSTART-
// lines, which start documents and get the tag O. It drops further columns.
//
// It calls tag with the sentences of one document at a time and writes its tags before it
// reads on. Without -DOCSTART- lines it calls tag with some fifty sentences at a time.
// tag returns a tag for each token: O, B-PER, I-PER and so on.
func TagIOB2(r io.Reader, w io.Writer, tag func(sentences [][]string) [][]string) error {
	t := &tagger{out: bufio.NewWriter(w), tag: tag, most: storyTokens}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), longestLine)
	n := 0
	for lines.Scan() {
		n++
		if err := t.line(lines.Bytes()); err != nil {
			return fmt.Errorf("tag tokens: line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fmt.Errorf("tag tokens: line %d: it is longer than %d bytes", n+1, longestLine)
		}
		return fmt.Errorf("tag tokens: after line %d: %w", n, err)
	}
	if err := t.flush(); err != nil {
		return fmt.Errorf("tag tokens: %w", err)
	}
	return nil
}

// A tagger collects a document and writes it with tags.
type tagger struct {
	out       *bufio.Writer
	tag       func([][]string) [][]string
	sentences [][]string // none empty
	tokens    int
	most      int    // tokens after which the end of a document is not waited for
	shape     []byte // a letter for each line: t token, n first token of a sentence, b blank, d document
	open      bool   // the last sentence may get more tokens
}

func (t *tagger) line(line []byte) error {
	line = bytes.TrimSuffix(line, []byte("\r"))
	token := string(line)
	if i := strings.IndexAny(token, "\t "); i >= 0 {
		token = token[:i]
	}
	switch {
	case token == docStart:
		if err := t.flush(); err != nil {
			return err
		}
		t.most = documentTokens
		t.shape = append(t.shape, 'd')
		return nil
	case len(bytes.TrimSpace(line)) == 0:
		t.shape = append(t.shape, 'b')
		t.open = false
		if t.tokens >= t.most || len(t.shape) > documentTokens {
			return t.flush()
		}
		return nil
	case token == "":
		return errors.New("starts with a space; the first column must be the token")
	}
	return t.add(token)
}

func (t *tagger) add(token string) error {
	if t.open && len(t.sentences[len(t.sentences)-1]) >= sentenceTokens {
		t.open = false
		if t.tokens >= t.most {
			if err := t.flush(); err != nil {
				return err
			}
		}
	}
	if !t.open {
		t.sentences = append(t.sentences, nil)
		t.open = true
	}
	last := len(t.sentences) - 1
	c := byte('t')
	if t.sentences[last] == nil {
		c = 'n'
	}
	t.shape = append(t.shape, c)
	t.sentences[last] = append(t.sentences[last], token)
	t.tokens++
	return nil
}

// flush writes the document so far with tags.
func (t *tagger) flush() error {
	var tags [][]string
	if t.tokens > 0 {
		tags = t.tag(t.sentences)
		if err := checkTags(tags, t.sentences); err != nil {
			return err
		}
	}
	s, k := -1, 0
	for _, c := range t.shape {
		switch c {
		case 'd':
			t.out.WriteString(docStart + "\tO\n")
			continue
		case 'b':
			t.out.WriteByte('\n')
			continue
		case 'n':
			s, k = s+1, 0
		}
		t.out.WriteString(t.sentences[s][k])
		t.out.WriteByte('\t')
		t.out.WriteString(tags[s][k])
		t.out.WriteByte('\n')
		k++
	}
	t.sentences, t.tokens, t.shape, t.open = nil, 0, t.shape[:0], false
	return t.out.Flush()
}

// checkTags returns an error unless there is one tag for each token.
func checkTags(tags, sentences [][]string) error {
	if len(tags) != len(sentences) {
		return fmt.Errorf("%d sentences got %d lists of tags", len(sentences), len(tags))
	}
	for i := range tags {
		if len(tags[i]) != len(sentences[i]) {
			return fmt.Errorf("a sentence of %d tokens got %d tags", len(sentences[i]), len(tags[i]))
		}
	}
	return nil
}

package corpus

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The labels of tokens: 0 is O; a name starts with an odd label and continues with the next even
// one.
const (
	outside = 0
	Per     = 1
	Org     = 3
	loc     = 5
	Misc    = 7

	// Unsaid is the label of a token that is not a person, organization or place, in a text
	// without annotation of other names.
	Unsaid = -1

	// Any is the label of a token about which nothing is known.
	Any = -2
)

// A Sentence is tokens with their labels.
type Sentence struct {
	Words  []string
	Labels []int8
}

// A Doc is a document of annotated sentences.
type Doc struct {
	Source    int // index into Sources, from 1
	Sentences []Sentence
}

// A Source is an annotated text with its properties.
type Source struct {
	Name       string
	Weight     float32
	Guidelines int  // sources with the same number annotate names in the same way
	NoMisc     bool // other names are not annotated
	Cut        bool // documents are not marked, but sentences are in order
	Single     bool // each sentence is a document
	Newsroom   bool // a file of texts with entities, in dir/newsroom
	Tokens     bool // its text is in tokens, a blank between them, a line a sentence
	Whole      bool // nothing of it is kept out
	Kept       bool // only what is kept out
}

// Read reads the annotated text of src from dir, with the given index.
func Read(dir string, src Source, index int) ([]Doc, error) {
	if src.Newsroom {
		return readNewsroom(filepath.Join(dir, "newsroom"), src, index)
	}
	f, err := os.Open(filepath.Join(dir, "ner", src.Name+".iob2.gz"))
	if err != nil {
		return nil, fmt.Errorf("read annotated text: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read annotated text %s: %w", src.Name, err)
	}
	r := reader{src: src, index: index}
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		r.line(strings.TrimRight(lines.Text(), "\r "))
	}
	r.document()
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read annotated text %s: %w", src.Name, err)
	}
	if src.Cut {
		return splitStories(r.docs), nil
	}
	return r.docs, nil
}

type reader struct {
	src   Source
	index int
	docs  []Doc
	doc   Doc
	now   Sentence
	last  int8
}

func (r *reader) line(s string) {
	word, tag, ok := strings.Cut(s, "\t")
	switch {
	case strings.HasPrefix(s, "-DOCSTART-"):
		r.document()
	case s == "":
		r.sentence()
	case ok && word != "":
		label := r.label(tag)
		r.now.Words = append(r.now.Words, word)
		r.now.Labels = append(r.now.Labels, label)
		r.last = label
	}
}

func (r *reader) sentence() {
	if len(r.now.Words) > 0 {
		if r.index > 0 { // but not for a text to measure on
			r.now.relabelPeoples(r.src.NoMisc)
		}
		r.doc.Sentences = append(r.doc.Sentences, r.now)
	}
	more := len(r.now.Words) > 0
	r.now, r.last = Sentence{}, outside
	if r.src.Single && more {
		r.document()
	}
}

func (r *reader) document() {
	r.sentence()
	if len(r.doc.Sentences) > 0 {
		r.doc.Source = r.index
		r.docs = append(r.docs, r.doc)
	}
	r.doc = Doc{}
}

// label returns the label for a tag, given the one before it.
func (r *reader) label(tag string) int8 {
	if len(tag) < 3 {
		return r.outsideLabel()
	}
	kind, known := kinds[strings.ToLower(tag[2:])]
	if !known || kind == Misc && r.src.NoMisc {
		return Unsaid
	}
	if kind == outside {
		return r.outsideLabel()
	}
	if tag[0] == 'B' || r.last != kind && r.last != kind+1 {
		return kind
	}
	return kind + 1
}

func (r *reader) outsideLabel() int8 {
	if r.src.NoMisc {
		return Unsaid
	}
	return outside
}

// kinds are the labels for the types in the sources. Other types may be other names or none.
var kinds = map[string]int8{
	"per": Per, "person": Per, "org": Org, "organization": Org, "organisation": Org, "corporation": Org, "group": Org,
	"magazine": Org, "academicjournal": Org,
	"loc": loc, "location": loc, "fac": loc, "facility": loc, "gpe": Misc, "misc": Misc, "norp": Misc,
	"nationality": Misc, "work": Misc, "product": Misc, "event": Misc, "conference": Misc, "award": Misc,
	"temporal": outside, "quantity": outside, "money": outside,
}

// splitStories splits sentences in order into documents: one ends where a sentence shares no
// capitalized word with it.
func splitStories(docs []Doc) []Doc {
	const most = 30
	var out []Doc
	for _, d := range docs {
		now := Doc{Source: d.Source}
		seen := map[string]bool{}
		for _, s := range d.Sentences {
			caps, shared := capitalizedWords(s), false
			for _, w := range caps {
				shared = shared || seen[w]
			}
			if len(now.Sentences) > 0 && len(caps) > 0 && !shared || len(now.Sentences) == most {
				out = append(out, now)
				now = Doc{Source: d.Source}
				clear(seen)
			}
			for _, w := range caps {
				seen[w] = true
			}
			now.Sentences = append(now.Sentences, s)
		}
		if len(now.Sentences) > 0 {
			out = append(out, now)
		}
	}
	return out
}

func capitalizedWords(s Sentence) []string {
	var out []string
	for i, w := range s.Words {
		if capitalLetter(w) && (i > 0 || s.Labels[i] > 0) {
			out = append(out, w)
		}
	}
	return out
}

func capitalLetter(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

package conll

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// beginDocument is how a document of CoNLL-2012 starts.
const beginDocument = "#begin document"

// The columns of a line. Those of speakers and names are only there in lines that have all.
const (
	columnWord    = 3
	columnPOS     = 4
	columnSpeaker = 9
	columnName    = 10
	fewestColumns = 5
	allColumns    = 12
)

// A bracketReader reads the columns of CoNLL-2012 (Pradhan et al. 2012), of which it takes the words, their parts of
// speech, the names "(PERSON*" and, in the last one, coreference "(3|(4)". Each part of a document is one. The text is
// made as that of files of tags.
type bracketReader struct {
	file, title string
	loss        *format.Loss
	text        strings.Builder
	docs        int
	open        bool                     // the sentence has a word
	said        bool                     // the sentence has a speaker
	name        openName                 // that goes on
	names       map[articles.Span]string // labels of names
	order       []articles.Span          // of names
	chains      map[string][]openMention // mentions that go on, by their chain
	mentions    []chainMention
}

// A chainMention is a mention of a chain.
type chainMention struct {
	chain string
	annotate.Mention
}

func newBracketReader(in format.Input) *bracketReader {
	r := &bracketReader{file: in.Name, loss: in.Loss}
	r.reset("")
	return r
}

func (r *bracketReader) reset(title string) {
	r.title, r.open, r.said, r.name, r.order, r.mentions = title, false, false, openName{}, nil, nil
	r.text.Reset()
	r.names, r.chains = map[articles.Span]string{}, map[string][]openMention{}
}

// line reads a line. If it is the end of a document, that is yielded.
func (r *bracketReader) line(raw []byte, n int, yield func(*format.Document, error) bool) bool {
	line := strings.ToValidUTF8(string(raw), string(utf8.RuneError))
	switch title, begins := strings.CutPrefix(line, beginDocument); {
	case begins, strings.HasPrefix(line, "#end document"):
		if !r.flush(yield) {
			return false
		}
		r.reset(strings.TrimSpace(title))
	case strings.HasPrefix(line, "#"):
	case strings.TrimSpace(line) == "":
		if r.open {
			r.text.WriteByte('\n')
		}
		r.open, r.said = false, false
	default:
		if err := r.word(strings.Fields(line)); err != nil {
			r.loss.AddSuch("lines that cannot be read", fmt.Sprintf("line %d: %v", n, err))
		}
	}
	return true
}

// word reads the columns of a word.
func (r *bracketReader) word(cols []string) error {
	if len(cols) < fewestColumns {
		return fmt.Errorf("%d columns, not %d or more", len(cols), fewestColumns)
	}
	if r.open {
		r.text.WriteByte(' ')
	}
	r.open = true
	word := cols[columnWord]
	at := articles.Span{Start: r.text.Len(), End: r.text.Len() + len(word)}
	r.text.WriteString(word)
	if len(cols) >= allColumns {
		if who := cols[columnSpeaker]; who != "-" && !r.said {
			r.said = true
			r.loss.Add(1, "speakers of whole sentences: only quotes have speakers")
		}
		r.nameAt(cols[columnName], at)
	}
	return r.chainsAt(cols[len(cols)-1], cols[columnPOS], at)
}

// nameAt reads "(PERSON*", "*)", "(ORG)" or "*".
func (r *bracketReader) nameAt(s string, at articles.Span) {
	if label, ok := strings.CutPrefix(s, "("); ok {
		r.name = openName{strings.Trim(label, "*)"), at}
	}
	if r.name.typ == "" {
		return
	}
	r.name.End = at.End
	if strings.HasSuffix(s, ")") {
		if _, twice := r.names[r.name.Span]; !twice {
			r.order = append(r.order, r.name.Span)
		}
		r.names[r.name.Span] = r.name.typ
		r.name = openName{}
	}
}

var chainForm = regexp.MustCompile(`^(\()?(\d+)(\))?$`)

// chainsAt reads "(3|(4)|2)".
func (r *bracketReader) chainsAt(s, pos string, at articles.Span) error {
	if s == "-" || s == "_" || s == "*" {
		return nil
	}
	var err error
	for part := range strings.SplitSeq(s, "|") {
		m := chainForm.FindStringSubmatch(part)
		if m == nil || m[1] == "" && m[3] == "" {
			err = errors.Join(err, fmt.Errorf("%.40q is no coreference", part))
			continue
		}
		chain := m[2]
		if m[1] != "" {
			r.chains[chain] = append(r.chains[chain], openMention{Mention: annotate.Mention{Span: at, Form: formOf(pos)}})
		}
		if m[3] == "" {
			continue
		}
		open := r.chains[chain]
		if len(open) == 0 {
			r.loss.Add(1, "mentions without a start")
			continue
		}
		last := open[len(open)-1].Mention
		last.End, r.chains[chain] = at.End, open[:len(open)-1]
		r.mentions = append(r.mentions, chainMention{chain, last})
	}
	return err
}

// formOf returns the form of a mention that starts with a word of a part of speech of the Penn Treebank. One that is no
// name in the end stays that.
func formOf(pos string) annotate.Form {
	if strings.HasPrefix(pos, "PRP") || strings.HasPrefix(pos, "WP") {
		return annotate.Pronoun
	}
	if strings.HasPrefix(pos, "NNP") {
		return annotate.Name
	}
	return annotate.Nominal
}

// flush yields the document so far, if there is one.
func (r *bracketReader) flush(yield func(*format.Document, error) bool) bool {
	text := strings.TrimRight(r.text.String(), "\n")
	if text == "" {
		return true
	}
	for _, open := range r.chains {
		r.loss.Add(len(open), "mentions without an end")
	}
	r.docs++
	if r.title == "" {
		r.title = fmt.Sprintf("Document %d", r.docs)
	}
	g := standoff.Builder{}
	labels := standoff.Spellings{}
	chained := map[articles.Span]bool{}
	for _, m := range r.mentions {
		if label := r.names[m.Span]; label != "" {
			m.Type, m.Form = standoff.TypeNamed(label), annotate.Name
			labels.Note(m.Type, label, r.loss)
		}
		chained[m.Span] = true
		m.Origin, m.State = standoff.ReadClaim(false, 1)
		if was := g.Mention("chain "+m.chain, m.Mention); m.Type != "" && was != m.Type {
			r.loss.Add(1, "mentions whose label differs from that of the other mentions of their entity")
		}
	}
	for _, s := range r.order {
		if chained[s] {
			continue
		}
		m := annotate.Mention{Span: s, Type: standoff.TypeNamed(r.names[s]), Form: annotate.Name}
		labels.Note(m.Type, r.names[s], r.loss)
		m.Origin, m.State = standoff.ReadClaim(false, 1)
		g.Mention(string(m.Type)+"\x00"+s.In(text), m)
	}
	d := &format.Document{Article: standoff.Article(r.title, text), Layer: g.Layer(text), Labels: labels}
	return yield(d, nil)
}

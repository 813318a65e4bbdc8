package corpus

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/format/offsets"
	"byline/articles"
)

// A quoteLine is a text with its quotes; offsets are code points.
type quoteLine struct {
	ID, Text string
	Quotes   []goldQuote
}

type goldQuote struct {
	Start, End   int
	Type         annotate.QuoteType
	Speaker, Cue *goldWords
}

// goldWords are words with their offsets, if known.
type goldWords struct {
	Start, End *int
	Text       string
}

// readQuotes reads quotes with their speakers, given by the words that name them here or by a name
// only; without either, the speaker is unknown. If a gold quote runs from quoted words into the
// writer's, its parts in marks count, since those are what byline marks. Reported speech counts if
// its cue is a verb of saying: beliefs, wishes and acts do not.
func readQuotes(data []byte) (*eval.Doc, error) {
	var l quoteLine
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, err
	}
	d := &eval.Doc{Name: l.ID, Text: unwrapText(l.Text), Has: eval.Quotes, Loose: true}
	r := quoteReader{d, places{offsets.NewPoints(d.Text)}, map[string]string{}}
	for i := range l.Quotes {
		if err := r.read(&l.Quotes[i]); err != nil {
			return nil, fmt.Errorf("quotes[%d]: %w", i, err)
		}
	}
	slices.SortStableFunc(d.Gold.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	d.Blocks = blocksOf(d.Text)
	return d, nil
}

// A quoteReader adds quotes to a document.
type quoteReader struct {
	d        *eval.Doc
	at       places
	speakers map[string]string // IDs by offsets or name
}

func (r *quoteReader) read(q *goldQuote) error {
	s, err := r.at.span(q.Start, q.End)
	if err != nil {
		return err
	}
	said := annotate.Quote{Span: s, Type: q.Type, Origin: human}
	if said.Cue, err = r.span(q.Cue); err != nil {
		return fmt.Errorf("cue: %w", err)
	}
	if q.Type == annotate.Indirect && !reportsSpeech(said.Cue.In(r.d.Text)) {
		return nil
	}
	if q.Speaker != nil {
		e := annotate.Entity{Name: q.Speaker.Text}
		span, err := r.span(q.Speaker)
		if err != nil {
			return fmt.Errorf("speaker: %w", err)
		}
		if q.Speaker.locate() {
			e.Mentions = []annotate.Mention{{Span: span, Form: annotate.Nominal, Origin: human}}
		}
		said.Speaker = speaker(r.d, r.speakers, e)
	}
	r.d.Gold.Quotes = append(r.d.Gold.Quotes, markedParts(said, r.d.Text)...)
	return nil
}

func (w *goldWords) locate() bool { return w != nil && w.Start != nil && w.End != nil }

// span returns the span of w, empty if unknown.
func (r *quoteReader) span(w *goldWords) (articles.Span, error) {
	if !w.locate() {
		return articles.Span{}, nil
	}
	return r.at.span(*w.Start, *w.End)
}

// speaker adds e to the entities of d, once for the same words at the same place, and
// returns its ID.
func speaker(d *eval.Doc, known map[string]string, e annotate.Entity) string {
	key := e.Name
	if len(e.Mentions) > 0 {
		key = fmt.Sprint(e.Mentions[0].Span)
	}
	if known[key] == "" {
		e.ID = fmt.Sprint("s", len(known)+1)
		e.Name = strings.ReplaceAll(e.Name, "_", " ")
		known[key] = e.ID
		d.Gold.Entities = append(d.Gold.Entities, e)
	}
	return known[key]
}

// unwrapText turns a text of sentences, one per line and with spaces around their marks, into one
// paragraph of the same length, and returns any other text unchanged.
func unwrapText(text string) string {
	lines := strings.Count(text, "\n")
	ends := strings.Count(text, " .\n") + strings.Count(text, " ?\n") + strings.Count(text, " !\n") + strings.Count(text, " ''\n") + strings.Count(text, " ”\n")
	if lines > 2 && 2*ends > lines {
		return strings.ReplaceAll(text, "\n", " ")
	}
	return text
}

// markedParts returns the parts of a mixed quote that are in double marks; for any other, the
// quote itself.
func markedParts(q annotate.Quote, text string) []*annotate.Quote {
	if q.Type != annotate.Mixed {
		return []*annotate.Quote{&q}
	}
	var parts []*annotate.Quote
	depth, start := 0, 0
	said := q.In(text)
	for i := range said {
		m, n := doubleMark(said, i)
		switch {
		case m == '“' || m == '"' && depth == 0:
			if depth == 0 {
				start = i
			}
			depth++
		case m != 0 && depth > 0:
			if depth--; depth == 0 {
				p := q
				p.Span = articles.Span{Start: q.Start + start, End: q.Start + i + n}
				parts = append(parts, &p)
			}
		}
	}
	return parts
}

// doubleMark returns the double mark at byte i of s, “, ” or ", and its length: two single ones stand
// for a double one, as in typed texts. It returns 0 for none.
func doubleMark(s string, i int) (rune, int) {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == '“' || r == '”' || r == '"':
		return r, n
	case r != '`' && r != '\'' || i+1 >= len(s) || s[i+1] != s[i] || i > 0 && s[i-1] == s[i]:
		return 0, 0
	case r == '`':
		return '“', 2
	}
	return '"', 2
}

// reportsSpeech reports whether a cue contains a verb of saying.
func reportsSpeech(cue string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(cue)), func(w string) bool {
		return saying[strings.Trim(w, ":,")]
	})
}

var saying = map[string]bool{
	"said": true, "says": true, "say": true, "saying": true, "told": true, "tells": true, "added": true, "adds": true, "adding": true,
	"noted": true, "notes": true, "wrote": true, "writes": true, "according": true, "reported": true, "reports": true, "announced": true,
	"claimed": true, "claims": true, "warned": true, "argued": true, "argues": true, "acknowledged": true, "suggested": true, "asked": true,
	"insisted": true, "stated": true, "states": true, "explained": true, "confirmed": true, "replied": true, "admitted": true, "declared": true,
}

// Package score measures quotes against gold: texts in which people marked quotes,
// cues and speakers. It reads one JSON object a line,
//
//	{"id", "text", "quotes": [{"start", "end", "type", "speaker": {"start", "end", "text"}, "cue": {…}}]}
//
// with offsets in code points, plain or gzipped, and counts spans that are exactly or
// by half the same, types and speakers. A gold quote that mixes the writer's words
// with marked ones counts by its marked parts, since that is what byline marks.
package score

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A Gold is one annotated text.
type Gold struct {
	ID     string
	Text   string
	Quotes []Said
}

// A Said is one quote of a gold text, in bytes.
type Said struct {
	articles.Span
	Type    annotate.QuoteType
	Speaker articles.Span // empty if the gold names none here
	Named   string        // the speaker's name, where the gold has no span of it
	Cue     string
}

type entry struct {
	ID, Text string
	Quotes   []struct {
		Start, End   int
		Type         annotate.QuoteType
		Speaker, Cue *struct {
			Start, End *int
			Text       string
		}
	}
}

// Read returns the gold texts of a file.
func Read(path string) ([]Gold, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var in io.Reader = bytes.NewReader(data)
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(in); err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
	}
	var all []Gold
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		all = append(all, e.gold())
	}
	return all, lines.Err()
}

// gold turns code points into bytes.
func (e *entry) gold() Gold {
	at := make([]int, 0, len(e.Text)+1)
	for i := range e.Text {
		at = append(at, i)
	}
	at = append(at, len(e.Text))
	g := Gold{ID: e.ID, Text: e.Text}
	for _, q := range e.Quotes {
		s := Said{Span: articles.Span{Start: at[q.Start], End: at[q.End]}, Type: q.Type}
		if q.Speaker != nil && q.Speaker.Start != nil {
			s.Speaker = articles.Span{Start: at[*q.Speaker.Start], End: at[*q.Speaker.End]}
		} else if q.Speaker != nil {
			s.Named = q.Speaker.Text
		}
		if q.Cue != nil && q.Cue.Start != nil {
			s.Cue = e.Text[at[*q.Cue.Start]:at[*q.Cue.End]]
		}
		g.Quotes = append(g.Quotes, s)
	}
	return g
}

// Parts returns the marked parts of a gold quote: itself if it begins and ends with
// marks that belong together, else each stretch of doubles in it.
func (s Said) Parts(text string) []Said {
	if s.Type != annotate.Mixed {
		return []Said{s}
	}
	var parts []Said
	depth, start := 0, 0
	t := s.In(text)
	for i, r := range t {
		switch {
		case r == '“' || r == '"' && depth == 0:
			if depth == 0 {
				start = i
			}
			depth++
		case (r == '”' || r == '"') && depth > 0:
			if depth--; depth == 0 {
				p := s
				p.Span = articles.Span{Start: s.Start + start, End: s.Start + i + utf8.RuneLen(r)}
				parts = append(parts, p)
			}
		}
	}
	return parts
}

// A Tally counts what was found and what was there.
type Tally struct {
	Gold, Found, Exact, Half int
	Typed                    int // of Half: the type is the same
	Asked, Right             int // of Half: the gold names a speaker; it is ours
}

// A Pair is a gold quote beside the one of ours that covers it; either may be nil.
type Pair struct {
	Gold  *Said
	Ours  *annotate.Quote
	Right bool // the gold names a speaker and it is ours
}

// Compare counts one text. Only quotes of the given types count on either side.
// It returns
// the pairs behind the counts: gold quotes in order, then what only we found.
func (t *Tally) Compare(g *Gold, l *annotate.Layer, marked bool) []Pair {
	var pairs []Pair
	ours := pick(l.Quotes, marked)
	t.Found += len(ours)
	used := make([]bool, len(ours))
	for _, q := range g.Quotes {
		if (q.Type == annotate.Indirect) == marked {
			continue
		}
		for _, p := range q.Parts(g.Text) {
			t.Gold++
			k := best(ours, p.Span)
			if k < 0 || used[k] {
				pairs = append(pairs, Pair{Gold: &p})
				continue
			}
			used[k] = true
			pairs = append(pairs, Pair{&p, &ours[k], t.pair(g, l, p, &ours[k])})
		}
	}
	for k := range ours {
		if !used[k] {
			pairs = append(pairs, Pair{Ours: &ours[k]})
		}
	}
	return pairs
}

func (t *Tally) pair(g *Gold, l *annotate.Layer, p Said, q *annotate.Quote) bool {
	t.Half++
	if q.Span == p.Span {
		t.Exact++
	}
	if q.Type == p.Type {
		t.Typed++
	}
	if p.Speaker.Empty() && p.Named == "" {
		return q.Speaker == ""
	}
	t.Asked++
	if !same(g, l, p, q) {
		return false
	}
	t.Right++
	return true
}

// same reports whether q has the speaker of p: the same words, or the entity that has
// a mention there.
func same(g *Gold, l *annotate.Layer, p Said, q *annotate.Quote) bool {
	if !p.Speaker.Empty() {
		if q.SpeakerMention.Overlaps(p.Speaker) {
			return true
		}
		words := p.Speaker.In(g.Text)
		if !q.SpeakerMention.Empty() && strings.EqualFold(q.SpeakerMention.In(g.Text), words) {
			return true
		}
	}
	e := l.Entity(q.Speaker)
	if e == nil {
		return false
	}
	for _, m := range e.Mentions {
		if m.Overlaps(p.Speaker) {
			return true
		}
	}
	name := strings.ToLower(strings.ReplaceAll(p.Named, "_", " "))
	for _, w := range strings.Fields(strings.ToLower(e.Name)) {
		if len(w) > 2 && strings.Contains(name, w) {
			return true
		}
	}
	return false
}

func pick(qs []annotate.Quote, marked bool) []annotate.Quote {
	var some []annotate.Quote
	for _, q := range qs {
		if n := len(some); n > 0 && some[n-1].Covers(q.Span) {
			continue // the gold has no quotes inside quotes
		}
		if (q.Type != annotate.Indirect) == marked {
			some = append(some, q)
		}
	}
	return some
}

// best returns the index of the quote that shares most with s, at least half of the
// longer one; −1 for none.
func best(qs []annotate.Quote, s articles.Span) int {
	k, most := -1, 0
	for i, q := range qs {
		n := min(q.End, s.End) - max(q.Start, s.Start)
		if 2*n >= max(q.Len(), s.Len()) && n > most {
			k, most = i, n
		}
	}
	return k
}

// String returns the figures in per cent on one line.
func (t *Tally) String() string {
	pct := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
	f1 := func(n int) float64 { return 200 * float64(n) / float64(max(t.Gold+t.Found, 1)) }
	return fmt.Sprintf("gold %d found %d | exact P %.1f R %.1f F %.1f | half P %.1f R %.1f F %.1f | type %.1f | speaker %.1f of %d",
		t.Gold, t.Found, pct(t.Exact, t.Found), pct(t.Exact, t.Gold), f1(t.Exact),
		pct(t.Half, t.Found), pct(t.Half, t.Gold), f1(t.Half), pct(t.Typed, t.Half), pct(t.Right, t.Asked), t.Asked)
}

package corpus

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/format/offsets"
	"byline/articles"
)

// A corefLine is a text with its entities; offsets are code points. A mention of several words may
// mark the name in it.
type corefLine struct {
	ID       string
	Text     *string
	Entities []struct {
		Type     string
		Types    []string // "type::person", …, in place of Type
		Mentions []corefMention
	}
}

type corefMention struct {
	Start, End int
	Text       string
	Named      *bool // missing: by name
	NameStart  *int  `json:"name_start"`
	NameEnd    *int  `json:"name_end"`
}

// readCoref reads clusters and keeps the mentions by name of people and organizations. A line
// without a text is scored by its mentions alone, in a text of blanks.
func readCoref(data []byte) (*eval.Doc, error) {
	var l corefLine
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, err
	}
	d := &eval.Doc{Name: l.ID, Has: eval.Clusters}
	if l.Text != nil {
		d.Text = *l.Text
	} else {
		d.Has |= eval.Bare
		text, err := l.blanks()
		if err != nil {
			return nil, err
		}
		d.Text = text
	}
	at := places{offsets.NewPoints(d.Text)}
	for i, e := range l.Entities {
		t := types[e.Type]
		for _, of := range e.Types {
			t = cmp.Or(t, types[strings.TrimPrefix(of, "type::")])
		}
		if t != annotate.Person && t != annotate.Organization {
			continue
		}
		ms, err := at.names(e.Mentions, t)
		if err != nil {
			return nil, fmt.Errorf("entities[%d]: %w", i, err)
		}
		if len(ms) > 0 {
			d.Gold.Entities = append(d.Gold.Entities, entity(fmt.Sprint("e", i+1), t, d.Text, ms))
		}
	}
	d.Blocks = blocksOf(d.Text)
	return d, nil
}

// names returns the mentions by name.
func (p places) names(from []corefMention, t annotate.Type) ([]annotate.Mention, error) {
	var ms []annotate.Mention
	for k, m := range from {
		if m.Named != nil && !*m.Named {
			continue
		}
		if m.NameStart != nil && m.NameEnd != nil {
			m.Start, m.End = *m.NameStart, *m.NameEnd
		}
		s, err := p.span(m.Start, m.End)
		if err != nil {
			return nil, fmt.Errorf("mentions[%d]: %w", k, err)
		}
		ms = append(ms, annotate.Mention{Span: s, Form: annotate.Name, Type: t, Origin: human})
	}
	return ms, nil
}

// maxBlanks limits the length, in code points, of such a text.
const maxBlanks = 1 << 24

// blanks returns a text of blanks with the mentions at their offsets.
func (l *corefLine) blanks() (string, error) {
	var text []rune
	for _, e := range l.Entities {
		for _, m := range e.Mentions {
			words := []rune(m.Text)
			if m.Start < 0 || m.End-m.Start != len(words) || m.End > maxBlanks {
				return "", errors.New("there is no text, and a mention whose own is not as long as it says")
			}
			if n := m.End + 1 - len(text); n > 0 {
				text = append(text, slices.Repeat([]rune{' '}, n)...)
			}
			copy(text[m.Start:], words)
		}
	}
	return string(text), nil
}

// A places converts code points of a text to bytes.
type places struct{ *offsets.Points }

// span returns the bytes of code points [start, end).
func (p places) span(start, end int) (articles.Span, error) {
	from, ok := p.Byte(start)
	to, ok2 := p.Byte(end)
	if !ok || !ok2 || from >= to {
		return articles.Span{}, fmt.Errorf("from %d to %d is not a span of a text of %d code points", start, end, p.Len())
	}
	return articles.Span{Start: from, End: to}, nil
}

// entity returns an entity with its mentions sorted.
func entity(id string, t annotate.Type, text string, ms []annotate.Mention) annotate.Entity {
	slices.SortFunc(ms, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	return annotate.Entity{ID: id, Type: t, Name: ms[0].In(text), Mentions: ms, Origin: human}
}

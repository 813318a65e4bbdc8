package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/format/offsets"
	"byline/annotate/segment"
)

// A newsroomLine is an article with all its names, by entity, and all its passages in double marks;
// offsets are code points.
type newsroomLine struct {
	ID, Text string
	Entities []struct {
		ID, Type string
		Mentions []corefMention
	}
	Quotes []struct {
		Start, End int
		Kind       string // "speech", "title", "scare"
		Speaker    string // of speech: the ID of an entity; null or missing: nobody who is named
	}
}

// isNewsroom reports whether a line with entities and quotes is of this format and not byline's own,
// in which each of them says where it comes from.
func isNewsroom(p *probe) bool {
	var entities []struct{ Type, Origin string }
	var quotes []struct{ Kind, Origin string }
	if json.Unmarshal(p.Entities, &entities) != nil || json.Unmarshal(p.Quotes, &quotes) != nil {
		return false
	}
	for _, e := range entities {
		return e.Origin == "" && e.Type == strings.ToUpper(e.Type)
	}
	for _, q := range quotes {
		return q.Origin == "" && q.Kind != ""
	}
	return false
}

// readNewsroom reads names, clusters, and passages in marks. A text of tokens, with a blank between
// them and a line a sentence, is scored on these, as IOB2 is, and by its names only: it is a run of
// sentences, no article, so who is the same in it says little.
func readNewsroom(data []byte) (*eval.Doc, error) {
	var l newsroomLine
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, err
	}
	d := &eval.Doc{Name: l.ID, Text: l.Text, Has: eval.Names | eval.Clusters | eval.Passages}
	if tokenized(l.Text) {
		d.Has = eval.Names
		if d.Tokens = tokensOf(l.Text); d.Tokens.Text != l.Text {
			return nil, errors.New("the text is in tokens, but has more than a blank or a line end between two")
		}
	} else {
		d.Blocks = blocksOf(l.Text)
	}
	at := places{offsets.NewPoints(l.Text)}
	for i, e := range l.Entities {
		t := types[e.Type]
		if t == "" {
			return nil, fmt.Errorf("entities[%d]: there is no type %q", i, e.Type)
		}
		ms, err := at.names(e.Mentions, t)
		if err != nil {
			return nil, fmt.Errorf("entities[%d]: %w", i, err)
		}
		if len(ms) > 0 {
			d.Gold.Entities = append(d.Gold.Entities, entity(e.ID, t, l.Text, ms))
		}
	}
	if err := l.passages(d, at); err != nil {
		return nil, err
	}
	return d, nil
}

// passages adds the passages in marks to d.
func (l *newsroomLine) passages(d *eval.Doc, at places) error {
	for i, q := range l.Quotes {
		s, err := at.span(q.Start, q.End)
		if err != nil {
			return fmt.Errorf("quotes[%d]: %w", i, err)
		}
		switch q.Kind {
		case "title", "scare":
			d.NonQuotes = append(d.NonQuotes, eval.NonQuote{Span: s, Kind: q.Kind})
			continue
		case "speech":
		default:
			return fmt.Errorf("quotes[%d]: there is no kind %q", i, q.Kind)
		}
		if q.Speaker != "" && d.Gold.Entity(q.Speaker) == nil {
			return fmt.Errorf("quotes[%d]: there is no entity %q", i, q.Speaker)
		}
		d.Gold.Quotes = append(d.Gold.Quotes, &annotate.Quote{Span: s, Type: annotate.Direct, Speaker: q.Speaker, Origin: human})
	}
	slices.SortStableFunc(d.Gold.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return nil
}

// tokenized reports whether most commas and full stops of a text stand apart from the word before.
func tokenized(text string) bool {
	text += "\n"
	apart := strings.Count(text, " , ") + strings.Count(text, " .\n") + strings.Count(text, " . ")
	return 2*apart > strings.Count(text, ", ")+strings.Count(text, ".\n")+strings.Count(text, ". ")
}

func tokensOf(text string) *annotate.Doc {
	var sentences [][]string
	for line := range strings.Lines(text) {
		sentences = append(sentences, strings.Fields(line))
	}
	return segment.Tokens(sentences)
}

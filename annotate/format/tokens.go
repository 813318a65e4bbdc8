package format

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/annotate/segment"
	"byline/articles"
)

// A tokenized text is sentences of tokens, for formats that know nothing else.
type tokenized struct {
	text      string
	sentences [][]articles.Span // none empty
	tokens    []articles.Span   // of all
	sentence  []int             // of each token
}

// tokenize cuts a text into sentences and tokens, and tokens wherever a claim begins or
// ends in one: "pre-" and "Brexit" where the latter is a name.
func tokenize(d *Document, claims []articles.Span) *tokenized {
	cuts := make([]int, 0, 2*len(claims))
	for _, s := range claims {
		cuts = append(cuts, s.Start, s.End)
	}
	slices.Sort(cuts)
	blocks := d.Blocks
	if blocks == nil {
		blocks = paragraphs(d.Text)
	}
	doc := segment.Split(d.Text, blocks)
	t := &tokenized{text: d.Text}
	for _, s := range doc.Sentences {
		first := len(t.tokens)
		for _, token := range doc.Tokens[s.Tokens.First:s.Tokens.End] {
			at := token.Start
			i, _ := slices.BinarySearch(cuts, at+1)
			for ; i < len(cuts) && cuts[i] < token.End; i++ {
				if cuts[i] > at {
					t.add(articles.Span{Start: at, End: cuts[i]})
					at = cuts[i]
				}
			}
			t.add(articles.Span{Start: at, End: token.End})
		}
		if first < len(t.tokens) {
			t.sentences = append(t.sentences, t.tokens[first:])
		}
	}
	return t
}

func (t *tokenized) add(s articles.Span) {
	t.tokens = append(t.tokens, s)
	t.sentence = append(t.sentence, len(t.sentences))
}

// of returns the range of tokens that s holds, false where it begins or ends in none of
// them.
func (t *tokenized) of(s articles.Span) (annotate.Range, bool) {
	first, ok := slices.BinarySearchFunc(t.tokens, s.Start, func(x articles.Span, at int) int { return cmp.Compare(x.Start, at) })
	end, _ := slices.BinarySearchFunc(t.tokens, s.End, func(x articles.Span, at int) int { return cmp.Compare(x.Start, at) })
	return annotate.Range{First: first, End: end}, ok && end > first && t.tokens[end-1].End == s.End
}

// A flat mention is one of those of which none overlap.
type flat struct {
	articles.Span
	annotate.Type
}

// flattened returns the names of l of which no two overlap. Of those that do, which says
// what stays: the outer (or of crossing ones the first), the inner, the longest, or by
// type: people before organizations, places and others. What goes is counted, as are
// mentions that are no names.
func flattened(l *annotate.Layer, which string, loss *Loss) []flat {
	var all []flat
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, m := range e.Mentions {
			switch {
			case !alive(m):
			case m.Form != annotate.Name:
				loss.Add(1, "mentions by a pronoun or a noun: it tags names only")
			default:
				all = append(all, flat{m.Span, e.Type})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b flat) int { return a.Compare(b.Span) })
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b flat) int {
		switch which {
		case "inner":
			return cmp.Compare(a.Len(), b.Len())
		case "longest":
			return cmp.Compare(b.Len(), a.Len())
		case "type":
			return cmp.Compare(rank(a.Type), rank(b.Type))
		}
		return 0 // as they stand: by start, the outer first
	})
	var kept []flat // sorted by start
	for _, f := range order {
		i, _ := slices.BinarySearchFunc(kept, f.Start, func(k flat, at int) int { return cmp.Compare(k.Start, at) })
		switch {
		case i > 0 && kept[i-1].Overlaps(f.Span), i < len(kept) && kept[i].Overlaps(f.Span):
			loss.Add(1, "names that overlap another: it cannot nest")
		default:
			kept = slices.Insert(kept, i, f)
		}
	}
	return kept
}

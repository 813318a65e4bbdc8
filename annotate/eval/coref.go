package eval

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A Chain is a text with the entities that people found in it.
type Chain struct {
	Doc      *annotate.Doc
	Mentions []annotate.Mention // by name, in order
	Entity   []int              // by mention: its gold entity
}

// line is a line of the coreference data; offsets are code points.
type line struct {
	Text     string
	Entities []struct {
		Type     string
		Mentions []struct {
			Start, End int
			Named      bool
			NameStart  *int `json:"name_start"`
			NameEnd    *int `json:"name_end"`
		}
	}
}

// ReadCoref reads texts with entities, one JSON object a line, and keeps the mentions by
// name of persons and organizations.
func ReadCoref(in io.Reader) ([]Chain, error) {
	var chains []Chain
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	for n := 1; sc.Scan(); n++ {
		var l line
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		chains = append(chains, l.chain())
	}
	return chains, sc.Err()
}

func (l *line) chain() Chain {
	offsets := make([]int, 0, len(l.Text)+1) // by code point
	for i := range l.Text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(l.Text))
	type gold struct {
		annotate.Mention
		entity int
	}
	var all []gold
	for e, ent := range l.Entities {
		t := labels[ent.Type]
		for _, m := range ent.Mentions {
			if m.NameStart != nil && m.NameEnd != nil {
				m.Start, m.End = *m.NameStart, *m.NameEnd
			}
			if !m.Named || t != annotate.Person && t != annotate.Organization || m.Start < 0 || m.End >= len(offsets) || m.Start >= m.End {
				continue
			}
			span := articles.Span{Start: offsets[m.Start], End: offsets[m.End]}
			all = append(all, gold{annotate.Mention{Span: span, Form: annotate.Name, Type: t, Origin: annotate.Origin{Score: 1}}, e})
		}
	}
	slices.SortFunc(all, func(a, b gold) int { return cmp.Or(a.Compare(b.Span), cmp.Compare(a.entity, b.entity)) })
	c := Chain{Doc: &annotate.Doc{Text: l.Text}}
	for _, g := range all {
		c.Mentions = append(c.Mentions, g.Mention)
		c.Entity = append(c.Entity, g.entity)
	}
	return c
}

// A Grouper joins mentions to entities, as people.Group does.
type Grouper func(*annotate.Doc, []annotate.Mention) []annotate.Entity

// BCubed returns precision and recall of group by B³: for each mention, the shares of
// its found and of its gold entity's mentions that both hold, averaged over mentions.
func BCubed(chains []Chain, group Grouper) (precision, recall float64) {
	n := 0
	for i := range chains {
		c := &chains[i]
		found := foundEntities(c, group(c.Doc, c.Mentions))
		type pair struct{ gold, found int }
		both, golds, founds := map[pair]int{}, map[int]int{}, map[int]int{}
		for m := range c.Mentions {
			both[pair{c.Entity[m], found[m]}]++
			golds[c.Entity[m]]++
			founds[found[m]]++
		}
		for m := range c.Mentions {
			b := float64(both[pair{c.Entity[m], found[m]}])
			precision += b / float64(founds[found[m]])
			recall += b / float64(golds[c.Entity[m]])
		}
		n += len(c.Mentions)
	}
	if n == 0 {
		return 0, 0
	}
	return precision / float64(n), recall / float64(n)
}

// foundEntities returns, by mention of c, the index of the entity that holds it; several
// mentions with the same span are given out in order.
func foundEntities(c *Chain, es []annotate.Entity) []int {
	at := map[articles.Span][]int{}
	for e := range es {
		for _, m := range es[e].Mentions {
			at[m.Span] = append(at[m.Span], e)
		}
	}
	found := make([]int, len(c.Mentions))
	for i, m := range c.Mentions {
		found[i] = -1 - i
		if es := at[m.Span]; len(es) > 0 {
			found[i], at[m.Span] = es[0], es[1:]
		}
	}
	return found
}

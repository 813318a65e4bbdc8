package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// An Error is a place where engine and gold differ.
type Error struct {
	Doc   string  `json:"doc"`
	Line  int     `json:"line"` // of the text, from 1
	Part  string  `json:"part"` // name, entity, quote
	What  string  `json:"what"` // missed, wrong, span, speaker, joined, split, not speech
	Rule  string  `json:"rule"` // that decided
	Score float64 `json:"score"`
	Gold  string  `json:"gold"` // what the gold has in place of it
	Text  string  `json:"text"` // the words in ⟦⟧, with some around
}

// list adds an error about s.
func (c *comparison) list(part, what string, o annotate.Origin, s articles.Span, gold string) {
	c.Errors = append(c.Errors, Error{
		Doc: c.d.Name, Line: 1 + strings.Count(c.d.Text[:s.Start], "\n"), Part: part, What: what,
		Rule: o.Rule, Score: round(o.Score), Gold: oneLine(gold), Text: excerpt(c.d.Text, s, 40),
	})
}

// excerpt returns s in brackets with at most n bytes of text before and after.
func excerpt(text string, s articles.Span, n int) string {
	from, to := max(0, s.Start-n), min(len(text), s.End+n)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return oneLine(text[from:s.Start] + "⟦" + s.In(text) + "⟧" + text[s.End:to])
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// listNames lists found names that are wrong and gold names that were missed.
func (c *comparison) listNames(gold, found []named) {
	type key struct {
		articles.Span
		annotate.Type
	}
	golds, founds := map[key]bool{}, map[key]bool{}
	for _, g := range gold {
		golds[key{g.Span, g.Type}] = true
	}
	for _, f := range found {
		founds[key{f.Span, f.Type}] = true
		if golds[key{f.Span, f.Type}] {
			continue
		}
		instead := ""
		for _, g := range gold {
			if g.Overlaps(f.Span) {
				instead = string(g.Type) + " " + g.In(c.d.Text)
				break
			}
		}
		c.list("name", "wrong "+string(f.Type), f.Origin, f.Span, instead)
	}
	for _, g := range gold {
		if !founds[key{g.Span, g.Type}] && !slices.ContainsFunc(found, func(f named) bool { return f.Overlaps(g.Span) }) {
			c.list("name", "missed", annotate.Origin{}, g.Span, string(g.Type)+" "+g.In(c.d.Text))
		}
	}
}

// listClusters lists found entities that join the names of several gold ones, and gold entities
// whose names are spread over several found ones.
func (c *comparison) listClusters(gold, found []named) {
	g, f := partitionOf(gold), partitionOf(found)
	for _, side := range []struct {
		what     string
		clusters []named
		of, in   Partition
	}{{"joined", found, f, g}, {"split", gold, g, f}} {
		members := map[int][]named{}
		var order []int
		for _, m := range side.clusters {
			e := side.of[m.Span]
			if members[e] == nil {
				order = append(order, e)
			}
			members[e] = append(members[e], m)
		}
		for _, e := range order {
			c.listCluster(side.what, members[e], side.in)
		}
	}
}

func (c *comparison) listCluster(what string, ms []named, in Partition) {
	byPart := map[int][]string{}
	var order []int
	for _, m := range ms {
		p, ok := in[m.Span]
		if !ok {
			continue
		}
		if byPart[p] == nil {
			order = append(order, p)
		}
		if w := m.In(c.d.Text); !slices.Contains(byPart[p], w) {
			byPart[p] = append(byPart[p], w)
		}
	}
	if len(order) < 2 {
		return
	}
	parts := make([]string, len(order))
	for i, p := range order {
		parts[i] = strings.Join(byPart[p], ", ")
	}
	c.list("entity", what, ms[0].Origin, ms[0].Span, strings.Join(parts, " | "))
}

// listQuotes lists quotes that were missed, are not quotes, or have other ends or another speaker.
func (c *comparison) listQuotes(l *annotate.Layer, gold, found []*annotate.Quote, pairs []pair) {
	var errors []Error
	seen := make([]bool, len(found))
	matched := make([]bool, len(gold))
	note := func(what string, o annotate.Origin, s articles.Span, gold string) {
		c.list("quote", what, o, s, gold)
		last := len(c.Errors) - 1
		errors, c.Errors = append(errors, c.Errors[last]), c.Errors[:last]
	}
	for _, p := range pairs {
		seen[p.found], matched[p.gold] = true, true
		g, f := gold[p.gold], found[p.found]
		if g.Span != f.Span {
			note("span", f.Origin, f.Span, g.In(c.d.Text))
		}
		if c.d.knowsSpeaker(g) && !c.d.sameSpeaker(g, f, l) {
			note("speaker "+speakerName(l, f), f.Origin, f.Span, speakerName(&c.d.Gold, g))
		}
	}
	for i := range found {
		if !seen[i] {
			note("wrong "+string(found[i].Type), found[i].Origin, found[i].Span, "")
		}
	}
	for i := range gold {
		if !matched[i] {
			note("missed "+string(gold[i].Type), annotate.Origin{}, gold[i].Span, speakerName(&c.d.Gold, gold[i]))
		}
	}
	slices.SortStableFunc(errors, func(a, b Error) int { return cmp.Compare(a.Line, b.Line) })
	c.Errors = append(c.Errors, errors...)
}

// speakerName returns the name of q's speaker in l; "nobody" for none.
func speakerName(l *annotate.Layer, q *annotate.Quote) string {
	if e := l.Entity(q.Speaker); e != nil {
		return e.Name
	}
	return "nobody"
}

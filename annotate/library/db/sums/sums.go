// Package sums says how people are counted by somebody to whom some articles are others than they are to everybody.
//
// How often people are named, and quoted, is counted in the library as everybody may see it. For one person, what such an article adds to
// these counts is taken away, and added as they have it. Names that were merged are one, and an article that has two of them is one article.
package sums

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
)

// A Name is how often an article has a name.
type Name struct {
	ID       library.PersonID
	Name     string
	Mentions int
}

// An Article is what adds to the counts of people: each name once, and who speaks each quote.
type Article struct {
	Names  []Name
	Quotes [][]library.PersonID
}

// A Difference is an article as somebody has it, and as everybody has it.
type Difference struct {
	own, shared Article
	others      []library.PersonID // whom the two name, or quote, another number of times
}

// Between returns the difference of an article to somebody and to everybody.
func Between(own, shared Article) Difference {
	n := map[library.PersonID][2]int{}
	own.tally(n, 1)
	shared.tally(n, -1)
	d := Difference{own: own, shared: shared}
	for id, n := range n {
		if n != [2]int{} {
			d.others = append(d.others, id)
		}
	}
	return d
}

// tally adds mentions and quotes to n, so many times.
func (a *Article) tally(n map[library.PersonID][2]int, times int) {
	for _, x := range a.Names {
		had := n[x.ID]
		n[x.ID] = [2]int{had[0] + times*x.Mentions, had[1]}
	}
	for _, by := range a.Quotes {
		for _, id := range by {
			had := n[id]
			n[id] = [2]int{had[0], had[1] + times}
		}
	}
}

// A Change is how the counts of people are others, by their names or the main names of their groups.
type Change map[library.PersonID]library.Person

// Add returns what differences of articles, with their dates, come to. Groups has the main name of each name that was merged with others.
func Add(all iter.Seq2[*Difference, articles.Date], groups map[library.PersonID]Name) Change {
	main := func(id library.PersonID) library.PersonID { return cmp.Or(groups[id].ID, id) }
	other := map[library.PersonID]bool{}
	for d := range all {
		for _, id := range d.others {
			other[main(id)] = true
		}
	}
	c := Change{}
	counts := func(id library.PersonID) (library.PersonID, bool) { id = main(id); return id, other[id] }
	for d, date := range all {
		if len(d.others) > 0 {
			c.add(&d.own, 1, date, counts)
			c.add(&d.shared, -1, date, counts)
		}
	}
	for id, p := range c {
		p.Name = cmp.Or(groups[id].Name, p.Name)
		c[id] = p
	}
	return c
}

// add adds, so many times, what an article adds to the counts of those whom main returns.
func (c Change) add(of *Article, times int, date articles.Date, main func(library.PersonID) (library.PersonID, bool)) {
	named := map[library.PersonID]bool{}
	for _, n := range of.Names {
		id, ok := main(n.ID)
		if !ok {
			continue
		}
		p := c[id]
		if p.ID, p.Mentions = id, p.Mentions+times*n.Mentions; !named[id] {
			named[id] = true
			p.Articles += times
		}
		if times > 0 {
			p.Name, p.Last = cmp.Or(p.Name, clean.Line(n.Name)), max(p.Last, date)
		}
		c[id] = p
	}
	for _, by := range of.Quotes {
		spoke := map[library.PersonID]bool{}
		for _, id := range by {
			if id, ok := main(id); ok && named[id] && !spoke[id] {
				spoke[id] = true
				p := c[id]
				p.Quotes += times
				c[id] = p
			}
		}
	}
}

// Of returns the people of a list as they are counted by c, those in most articles first as in the list, which is changed.
func (c Change) Of(all []library.Person) []library.Person {
	var changed []library.Person
	all = slices.DeleteFunc(all, func(p library.Person) bool {
		if _, is := c[p.ID]; !is {
			return false
		}
		c.Take(&p)
		changed = append(changed, p)
		return true
	})
	changed = slices.AppendSeq(changed, maps.Values(c))
	changed = slices.DeleteFunc(changed, func(p library.Person) bool { return p.Articles <= 0 })
	slices.SortFunc(changed, compare)
	out := make([]library.Person, 0, len(all)+len(changed))
	for _, p := range changed {
		n := 0
		for n < len(all) && compare(all[n], p) < 0 {
			n++
		}
		out = append(append(out, all[:n]...), p)
		all = all[n:]
	}
	return append(out, all...)
}

func compare(a, b library.Person) int {
	return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(b.Mentions, a.Mentions), strings.Compare(a.ID.Key, b.ID.Key), cmp.Compare(a.ID.Type, b.ID.Type))
}

// Take changes the counts of somebody, who is not in c then.
func (c Change) Take(p *library.Person) {
	by, ok := c[p.ID]
	if !ok {
		return
	}
	p.Name, p.Last = cmp.Or(p.Name, by.Name), max(p.Last, by.Last)
	p.Articles, p.Mentions, p.Quotes = p.Articles+by.Articles, p.Mentions+by.Mentions, p.Quotes+by.Quotes
	delete(c, p.ID)
}

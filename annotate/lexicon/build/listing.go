package main

import (
	"strings"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// A listing is a table of known names in the making.
type listing struct {
	es      *entities
	written *writing
	lines   map[lexicon.Key]*line
	begins  map[string]bool // words that many names begin with
	ends    map[string]bool // words that many names end with
}

// A line is what is known about a form so far.
type line struct {
	facts  known.Facts
	tier   known.Tier
	main   known.Facts
	kind   known.Kind
	owner  *entity // the last of those of that tier
	owners int
	full   bool // it is the first name of an owner
	shared bool // it is in a list that is shared alike
}

func newListing(es *entities, w *writing) *listing {
	l := &listing{es: es, written: w, lines: map[lexicon.Key]*line{}}
	l.begins, l.ends = es.edges()
	for _, e := range es.all {
		for _, u := range e.uses {
			l.use(e, u)
		}
	}
	return l
}

// many is how many names end with a word that stands for their kind ("Press"), and how many begin
// with one after which a name goes on ("The National").
const many = 15

// edges returns the words that many names of organizations begin and end with, in lower case.
func (es *entities) edges() (begin, end map[string]bool) {
	firsts, lasts := map[string]map[string]bool{}, map[string]map[string]bool{}
	for _, e := range es.all {
		for _, u := range e.uses {
			if n := len(u.form.tokens); n > 1 && e.typ == known.Organization && u.source.phrases >= known.Clean {
				note(firsts, u.form.tokens[0], u.form.tokens[1])
				note(lasts, u.form.tokens[n-1], u.form.tokens[n-2])
			}
		}
	}
	return frequent(firsts), frequent(lasts)
}

func note(seen map[string]map[string]bool, word, beside string) {
	word = strings.ToLower(word)
	if seen[word] == nil {
		seen[word] = map[string]bool{}
	}
	seen[word][strings.ToLower(beside)] = true
}

func frequent(seen map[string]map[string]bool) map[string]bool {
	words := map[string]bool{}
	for w, beside := range seen {
		words[w] = len(beside) >= many
	}
	return words
}

// table returns the entries of the forms in lists that are shared alike, or of those in no such list.
func (l *listing) table(shared bool) map[lexicon.Key]known.Entry {
	longest := map[lexicon.Key]int{} // by the first one or two tokens of forms
	for _, e := range l.es.all {
		for _, u := range e.uses {
			if n := l.lines[u.form.key()]; n != nil && n.shared == shared {
				for _, k := range u.form.beginnings() {
					longest[k] = max(longest[k], len(u.form.tokens))
				}
			}
		}
	}
	entries := map[lexicon.Key]known.Entry{}
	for k, n := range longest {
		entries[k] = known.Entry{Facts: known.Facts(0).WithLongest(n)}
	}
	for k, n := range l.lines {
		if n.shared == shared {
			entries[k] = n.entry(entries[k].Facts)
		}
	}
	return entries
}

func (n *line) entry(f known.Facts) known.Entry {
	f |= n.facts
	e := known.Entry{}
	if n.owners == 1 && !n.owner.several {
		f |= known.OneOwner
		e.Owner = known.OwnerOf(n.owner.first)
	}
	if !n.full {
		f |= known.Short
	}
	e.Facts = f.With(n.tier, n.main, n.kind)
	return e
}

// use adds a form of an entity.
func (l *listing) use(e *entity, u use) {
	tier, facts := l.judge(e, u)
	if tier == known.None {
		return
	}
	k := u.form.key()
	n := l.lines[k]
	if n == nil {
		n = &line{}
		l.lines[k] = n
	}
	n.facts |= facts | e.typ
	n.shared = n.shared || u.source.shared
	n.full = n.full || !u.short
	switch {
	case tier > n.tier:
		n.owner, n.owners = e, 1
		n.tier, n.main, n.kind = tier, e.typ, e.kind
	case tier == n.tier && n.owner != e:
		n.owner = e
		n.owners++
	}
	switch {
	case tier == n.tier && n.main == e.typ && n.kind == known.NoKind:
		n.kind = e.kind
	case tier == n.tier && n.main == e.typ && n.kind != e.kind && e.kind != known.NoKind:
		n.kind = known.NoKind
	}
}

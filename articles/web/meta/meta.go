// Package meta reads what a web page says about itself: headline, authors, dates, publication, language, address.
//
// A page says these things in many places, and they contradict each other: JSON-LD, microdata, RDFa, meta elements
// of a dozen vocabularies, the lines beside the headline, the address. Each place makes a claim with a worth, which
// is how often such a place tells the truth; claims that agree count together, and the best supported one wins.
// What the publication says holds: a day stays the day that it printed, and names are stripped of labels, dates
// and agencies. Somebody who is only quoted is never an author.
package meta

import (
	"net/url"

	"golang.org/x/net/html"

	"byline/articles"
)

// A Page is what a page says about itself. What it does not say is empty.
type Page struct {
	Title     string
	Authors   []string // people
	Agencies  []string // agencies, desks and other bodies that the page names as authors
	Published articles.Date
	Updated   articles.Date // zero if not after Published
	Site      string        // the publication
	Language  string        // a BCP 47 tag
	Canonical string        // its address, absolute
	Section   string        // of the publication
}

// A Text is the edges of the article that was found in a page. They may say who wrote it, and when.
type Text struct {
	First []string // its first lines, the first first
	Last  []string // its last lines, the last first
}

// Read returns what the page says that was fetched from an address, which may be nil, and a function that returns
// the same with what the edges of its article say as well, once that is found.
func Read(doc *html.Node, from *url.URL) (Page, func(Text) Page) {
	f := collect(doc, from)
	var p Page
	p.Language = f.language()
	p.Canonical = f.canonical()
	over := f.masthead()
	p.Site, p.Section = over.site(), over.section()
	p.Title = f.headline(p.Site)
	f.settle(p.Title)
	who, when := credits{facts: f, title: p.Title}, calendar{facts: f, lang: f.dateLanguage(doc, p.Language)}
	who.gather()
	when.gather()
	p.Authors, p.Agencies = who.judge()
	p.Published, p.Updated = when.judge()
	return p, func(edges Text) Page {
		p := p
		if who.atEdges(edges) {
			p.Authors, p.Agencies = who.judge()
		}
		if when.atEdges(edges) {
			p.Published, p.Updated = when.judge()
		}
		return p
	}
}

// A claim is what one place of the page says of a field.
type claim[V any] struct {
	value V
	key   string  // claims with the same key agree
	worth float64 // probability that such a place is right
	kind  string  // of place; of several claims of one kind the best counts, for they are copies of each other
}

// judge returns the value of the best supported key, in the form of its claim of most worth, and how well it is supported.
// Of equal ones the first wins.
func judge[V any](claims []claim[V]) (best V, support float64) {
	type place struct{ key, kind string }
	most := map[place]float64{}
	doubt := map[string]float64{}
	for _, c := range claims {
		at := place{c.key, c.kind}
		if was := most[at]; c.worth > was {
			d, seen := doubt[c.key]
			if !seen {
				d = 1
			}
			doubt[c.key] = d / (1 - was) * (1 - c.worth)
			most[at] = c.worth
		}
	}
	winner, worth := "", 0.0
	for _, c := range claims {
		if s := 1 - doubt[c.key]; s > support+1e-9 && c.worth > 0 {
			winner, support = c.key, s
		}
	}
	for _, c := range claims {
		if c.key == winner && c.worth > worth {
			best, worth = c.value, c.worth
		}
	}
	return best, support
}

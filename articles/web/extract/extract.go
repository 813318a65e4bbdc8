// Package extract finds the article in a page.
//
// Several opinions are asked, and each sees a copy of the page from which menus, scripts, forms, notices about cookies,
// calls to subscribe, comments and lists of other articles are gone (copy.go, words.go):
//
//   - readability says which elements hold the text (locate.go);
//   - the page itself may say so, by an article element, main, or itemprop=articleBody (judge.go);
//   - what stands between the headline and the text, or begins like the page's own description, is the lead (lead.go).
//
// The judge chooses a region. Within it, what readability dropped comes back where it reads like
// prose (sift.go), and lines that are no part of any article go: calls to read something else,
// credits of pictures, copyright notes, the names of other stories (lines.go). If the tree holds no
// text, or far less than the page's data do, the text of the data is taken (hidden.go).
//
// The steps are linear in the size of the page.
package extract

import (
	"net/url"

	"golang.org/x/net/html"
)

// A Result is the article of a page.
type Result struct {
	Body    *html.Node // a tree of its own; nil if no text was found
	Warning string     // what a reader should know of how it was found; mostly ""
	// The first and the last lines of the article, with those that were taken from it, for they may say who wrote it, and when.
	First, Last []string
}

// A Page is a page, and what it says about itself.
type Page struct {
	Doc     *html.Node
	Base    *url.URL // of its links; may be nil
	Authors []string // people, and bodies that are named as authors
	Site    string   // the publication
	Title   string   // the headline; may be empty
}

// Find returns the article of p, whose tree it leaves as it is.
func Find(p Page) Result {
	r, prose := p.find(false)
	if prose > fewVisible {
		return r
	}
	if all, more := p.find(true); more > max(2*prose, fewVisible) { // the page hides its article
		return all
	}
	return r
}

// find returns the article of p and how much prose it has, in bytes; hidden says that what the page hides is looked at as well.
func (p Page) find(hidden bool) (Result, int) {
	t := copyPage(p.Doc, p.Title, hidden)
	t.by = newWriters(p.Authors, p.Site)
	kept := t.locate(p.Base)
	t.settleSpared(kept)
	var r Result
	prose := 0
	if region := t.judge(kept); region != nil {
		r.Body = t.sift(region, kept)
		prose = t.trim(&r)
	}
	if h := elsewhere(p.Doc, prose); h != nil {
		r.Body, r.Warning = h, "the text is taken from the page's data, where nothing else of the page has it"
		prose = t.trim(&r)
	}
	return r, prose
}

package curation

import (
	"byline/annotate/adjudicate"
	"byline/annotate/workspace"
)

// Before has c call f before it compares the readings of an article.
func (c *Curation) Before(f func()) {
	c.begin = func(doc *workspace.Document, set string, kinds []string) *adjudicate.Sitting {
		f()
		return begin(doc, set, kinds)
	}
}

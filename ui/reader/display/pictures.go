package display

import (
	"byline/articles"
	"byline/ui/textview"
)

// Pictures returns the pictures of an article, none of them drawn.
func Pictures(a *articles.Article) []textview.Picture {
	out := make([]textview.Picture, len(a.Pictures))
	for i, p := range a.Pictures {
		out[i].Picture = p
	}
	return out
}

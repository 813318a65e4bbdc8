package native

import (
	"byline/articles"
)

// creditsJSON are the fields that say where and when an article was published, each where it is
// known. Times are those of the publication's own clock, with its zone where the source says it: its day stays its day.
type creditsJSON struct {
	URL       string   `json:"url"`
	Authors   []string `json:"authors"` // people; agencies where no people are named
	Agencies  []string `json:"agencies"`
	Site      string   `json:"site"`
	Section   string   `json:"section"`
	Published string   `json:"published"` // as [articles.Date.String] writes it: 2026, 2026-11-02, 2026-11-02T10:15+01:00
	Updated   string   `json:"updated"`
	Language  string   `json:"language"` // a BCP 47 tag
}

func creditsOf(a *articles.Article) *creditsJSON {
	return &creditsJSON{URL: a.Address(), Authors: a.Bylines(), Agencies: a.Agencies, Site: a.Site, Section: a.Section,
		Published: a.Date.String(), Updated: a.Updated.String(), Language: a.Language}
}

// write adds the fields to the object that w is writing.
func (j *creditsJSON) write(w *writer) {
	if j.URL != "" {
		w.writeField("url", j.URL)
	}
	if len(j.Authors) > 0 {
		w.writeField("authors", j.Authors)
	}
	if len(j.Agencies) > 0 {
		w.writeField("agencies", j.Agencies)
	}
	for _, f := range []struct{ name, value string }{
		{"site", j.Site}, {"section", j.Section}, {"published", j.Published}, {"updated", j.Updated}, {"language", j.Language},
	} {
		if f.value != "" {
			w.writeField(f.name, f.value)
		}
	}
}

// take sets the fields of a from j.
func (j *creditsJSON) take(a *articles.Article) {
	a.Site, a.Date = j.Site, articles.ParseDate(j.Published)
	a.Author = articles.Byline(j.Authors)
	a.Credits = articles.Credits{Authors: j.Authors, Agencies: j.Agencies, URL: j.URL, Section: j.Section, Language: j.Language, Updated: articles.ParseDate(j.Updated)}
	if len(j.Agencies) > 0 && articles.Byline(j.Agencies) == a.Author {
		a.Authors = nil
	}
	if j.URL == a.Source {
		a.URL = ""
	}
}

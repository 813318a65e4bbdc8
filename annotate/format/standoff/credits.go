package standoff

import "byline/articles"

// Credits are the fields that say where and when an article was published, for formats that keep
// further fields of a document. They are written and not read.
type Credits struct {
	URL       Credit `json:"url,omitempty"`
	Author    Credit `json:"author,omitempty"`
	Site      Credit `json:"site,omitempty"`
	Section   Credit `json:"section,omitempty"`
	Published Credit `json:"published,omitempty"` // see [Moment]
	Updated   Credit `json:"updated,omitempty"`
	Language  Credit `json:"language,omitempty"`
}

// A Credit is a text that is skipped in reading: other programs have something else under its name.
type Credit string

func (*Credit) UnmarshalJSON([]byte) error { return nil }

// CreditsOf returns the credits of an article.
func CreditsOf(a *articles.Article) Credits {
	return Credits{Credit(a.Address()), Credit(a.Author), Credit(a.Site), Credit(a.Section), Credit(Moment(a.Date)), Credit(Moment(a.Updated)), Credit(a.Language)}
}

// Each calls f with the name and the value of each field that is known.
func (c Credits) Each(f func(name, value string)) {
	for _, x := range []struct {
		name  string
		value Credit
	}{{"url", c.URL}, {"author", c.Author}, {"site", c.Site}, {"section", c.Section}, {"published", c.Published}, {"updated", c.Updated}, {"language", c.Language}} {
		if x.value != "" {
			f(x.name, string(x.value))
		}
	}
}

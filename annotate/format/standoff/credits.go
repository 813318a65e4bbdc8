package standoff

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"byline/annotate/format"
	"byline/articles"
)

// Credits are the fields that say where and when an article was published, for formats that keep
// further fields of a document.
type Credits struct {
	URL       Credit `json:"url,omitempty"`
	Author    Credit `json:"author,omitempty"`
	Site      Credit `json:"site,omitempty"`
	Section   Credit `json:"section,omitempty"`
	Published Credit `json:"published,omitempty"` // ISO 8601, see [articles.Date]
	Updated   Credit `json:"updated,omitempty"`
	Language  Credit `json:"language,omitempty"`
}

// A Credit is a text, or a list of texts. Anything else that other programs have under its name is read as nothing.
type Credit string

// UnmarshalJSON reads a credit.
func (c *Credit) UnmarshalJSON(data []byte) error {
	var text string
	var list []string
	switch {
	case json.Unmarshal(data, &text) == nil:
		*c = Credit(text)
	case json.Unmarshal(data, &list) == nil:
		*c = Credit(articles.Byline(list))
	}
	return nil
}

// CreditsOf returns the credits of an article.
func CreditsOf(a *articles.Article) Credits {
	return Credits{Credit(a.Address()), Credit(cmp.Or(a.Author, articles.Byline(a.Bylines()))), Credit(a.Site), Credit(a.Section), Credit(a.Date.String()), Credit(a.Updated.String()), Credit(a.Language)}
}

// A creditField is a field of Credits with its name.
type creditField struct {
	name  string
	value *Credit
}

func (c *Credits) fields() []creditField {
	return []creditField{{"url", &c.URL}, {"author", &c.Author}, {"site", &c.Site}, {"section", &c.Section}, {"published", &c.Published}, {"updated", &c.Updated}, {"language", &c.Language}}
}

// Each calls f with the name and the value of each field that is known.
func (c Credits) Each(f func(name, value string)) {
	for _, x := range c.fields() {
		if *x.value != "" {
			f(x.name, string(*x.value))
		}
	}
}

// Set sets the field with a name. It returns false if there is none.
func (c *Credits) Set(name, value string) bool {
	for _, x := range c.fields() {
		if x.name == name {
			*x.value = Credit(value)
			return true
		}
	}
	return false
}

// Take adds to a what c says and a does not.
func (c Credits) Take(a *articles.Article) {
	if address := string(c.URL); address != a.Source {
		a.URL = cmp.Or(a.URL, address)
	}
	a.Author, a.Site = cmp.Or(a.Author, string(c.Author)), cmp.Or(a.Site, string(c.Site))
	a.Section, a.Language = cmp.Or(a.Section, string(c.Section)), cmp.Or(a.Language, string(c.Language))
	if a.Date.IsZero() {
		a.Date = articles.ParseDate(string(c.Published))
	}
	if a.Updated.IsZero() {
		a.Updated = articles.ParseDate(string(c.Updated))
	}
}

// CountCredits counts an article in a format that has a place for some of its credits, those with the names has, and
// not for others that are known.
func CountCredits(a *articles.Article, loss *format.Loss, has ...string) {
	if loss == nil || a == nil {
		return
	}
	var names []string
	CreditsOf(a).Each(func(name, _ string) {
		if !slices.Contains(has, name) {
			names = append(names, name)
		}
	})
	if len(names) > 0 {
		loss.AddSuch("articles of which the format cannot say all about where and when they were published", strings.Join(names, ", ")+" of “"+a.Title+"”")
	}
}

package meta

import "byline/articles"

// putVague adds that a place of a kind says s, if that is a month or a year.
func (c *calendar) putVague(kind, s string, worth float64) {
	if worth < fewVague || len(s) > len("September 2026") {
		return
	}
	if d := articles.ParseDate(s); d.Precision() < articles.ToDay && d.Time().Year() >= firstYear && d.Time().Year() <= lastYear {
		c.vague = append(c.vague, claim[articles.Date]{d, d.String(), worth, kind})
	}
}

// fewVague is the least that a place is worth which is asked for a month or a year.
const fewVague = 0.5

// Package samples holds a few short news stories that were written for byline, so that a new
// library has something to read. The people in them are invented, and so is nearly every
// organization and place.
//
// Between them they contain what makes names and quotes hard: relatives with one surname,
// companies named after people, acronyms, titles of works and scare quotes in marks, quotes within
// quotes and over several paragraphs, British single marks, speakers named by pronoun and office,
// an interview; in plain text, Markdown and HTML.
package samples

import (
	"context"
	"embed"
	"fmt"
	"time"

	"byline/articles"
	"byline/articles/load"
)

//go:embed stories
var stories embed.FS

// about holds the metadata of the plain-text stories, which have none of their own.
var about = []struct {
	file, author, site string
	date               articles.Date
}{
	{"1-politics.txt", "Elias Thorne", "The Amble Gazette", day(time.March, 11)},
	{"2-business.html", "", "", 0},
	{"3-sport.txt", "Connie Baird", "Calder Chronicle", day(time.April, 18)},
	{"4-science.md", "", "", 0},
	{"5-court.txt", "Magnus Oyelaran", "Denholm Evening News", day(time.March, 9)},
	{"6-review.txt", "Cecily Hart", "The Minton Observer", day(time.April, 12)},
	{"7-local.txt", "Bridget Soames", "Wend Mercury", day(time.February, 6)},
	{"8-foreign.txt", "Farid Kasimov", "Northern Wire", day(time.March, 22)},
	{"9-interview.txt", "Peter Quayle", "The Westmark Review", day(time.January, 30)},
}

func day(m time.Month, d int) articles.Date { return articles.Day(2026, m, d) }

// All returns the stories, in the order of a newspaper. Their sources are "sample:" and a file
// name.
func All(ctx context.Context) ([]*articles.Article, error) {
	var out []*articles.Article
	for _, s := range about {
		data, err := stories.ReadFile("stories/" + s.file)
		if err != nil {
			return nil, fmt.Errorf("read sample: %w", err)
		}
		a, err := load.Bytes(ctx, s.file, data)
		if err != nil {
			return nil, fmt.Errorf("read sample: %w", err)
		}
		a.Source = "sample:" + s.file
		if s.author != "" {
			a.Author, a.Site, a.Date = s.author, s.site, s.date
		}
		out = append(out, a)
	}
	return out, nil
}

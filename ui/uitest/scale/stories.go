package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// A story is a news story that was made up, as "byline add --from jsonl" reads it.
type story struct {
	Title  string `json:"title"`
	Text   string `json:"text"`
	Source string `json:"source"`
	Site   string `json:"site"`
	Author string `json:"author"`
	Date   string `json:"date"`
}

// writeStories writes the first n stories, one a line: some 115 words each, with seven quotes and five names. They are
// the same each time.
func writeStories(to io.Writer, n int) error {
	w := bufio.NewWriter(to)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range n {
		if err := enc.Encode(newStory(i)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// newStory returns story i.
func newStory(i int) story {
	t := teller{rand.New(rand.NewPCG(7, uint64(i)))}
	site := sites[t.IntN(len(sites))]
	day := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, t.IntN(2800))
	place, topic := t.place(), t.of(topics)
	return story{
		Title:  t.title(place, topic),
		Text:   t.text(place, topic, day),
		Source: fmt.Sprintf("https://%s/%s/%d", site.host, day.Format("2006/01"), i),
		Site:   site.name,
		Author: t.of(firstNames) + " " + t.of(surnames),
		Date:   day.Format(time.DateOnly),
	}
}

// A teller makes up stories.
type teller struct{ *rand.Rand }

func (t teller) of(words []string) string { return words[t.IntN(len(words))] }

// few chooses a word by rank, so that the first are frequent and the last rare, as in a language.
func (t teller) few(words []string) string {
	at := t.Float64()
	return words[int(at*at*float64(len(words)))]
}

// place returns the name of a place: one of a few that are often in the news, or any of some thousands.
func (t teller) place() string {
	if t.IntN(3) == 0 {
		return t.of(towns)
	}
	name := t.of(onsets) + t.few(middles) + t.few(endings)
	return strings.ToUpper(name[:1]) + name[1:]
}

func (t teller) person() (first, last string) { return t.few(firstNames), t.few(surnames) }

func (t teller) organization(place string) string {
	if t.IntN(3) == 0 {
		return t.place() + " " + t.of(companies)
	}
	return place + " " + t.of(bodies)
}

func (t teller) title(place, topic string) string {
	switch t.IntN(4) {
	case 0:
		return fmt.Sprintf("%s %s the %s of its %s", place, t.of(decides), t.few(things), topic)
	case 1:
		return fmt.Sprintf("The %s %s of %s", t.few(qualities), topic, place)
	case 2:
		return fmt.Sprintf("%s: %s over the %s", place, t.of(troubles), topic)
	}
	return fmt.Sprintf("How %s lost a %s and kept its %s", place, t.few(things), topic)
}

// text returns the paragraphs of a story.
func (t teller) text(place, topic string, day time.Time) string {
	first, last := t.person()
	other, otherLast := t.person()
	third, thirdLast := t.person()
	body := t.organization(place)
	company := t.organization(t.place())
	open := fmt.Sprintf("%s %s, who leads the %s, said on %s that the %s %s “%s.”", first, last, body, day.Weekday(), topic, t.of(fates), t.clause())
	second := fmt.Sprintf("“%s,” %s %s.", t.sentence(), t.of(said), last)
	if t.IntN(2) == 0 {
		second = fmt.Sprintf("“%s,” %s %s, “but %s.”", t.sentence(), t.of(said), last, t.clause())
	}
	between := fmt.Sprintf("%s of %s %s that %s. “%s,” %s said.", t.role(other, otherLast), company, t.of(claims), t.clause(), t.sentence(), t.pronounOr(otherLast))
	aside := fmt.Sprintf("The %s near the %s was %s in %d, and the %s has %s it since.", t.few(things), t.few(places), t.of(done), day.Year()-1-t.IntN(30), t.few(holders), t.of(done))
	end := fmt.Sprintf("“%s,” %s %s %s, %s. “%s.”", t.sentence(), t.of(said), third, thirdLast, t.of(callings), t.sentence())
	if t.IntN(2) == 0 {
		end += fmt.Sprintf(" According to %s, %s.", otherLast, t.clause())
	}
	return strings.Join([]string{open, second + " " + aside, between, end}, "\n\n")
}

func (t teller) role(first, last string) string { return first + " " + last + ", the " + t.of(offices) }

func (t teller) pronounOr(name string) string {
	if t.IntN(2) == 0 {
		return name
	}
	return t.of([]string{"she", "he"})
}

// clause returns what can be said of something, without a capital.
func (t teller) clause() string {
	switch t.IntN(4) {
	case 0:
		return fmt.Sprintf("the %s %s would %s the %s", t.few(qualities), t.few(things), t.few(acts), t.few(holders))
	case 1:
		return fmt.Sprintf("no %s had asked for a %s in %d years", t.few(holders), t.few(things), 2+t.IntN(60))
	case 2:
		return fmt.Sprintf("the %s must %s before the %s is %s", t.few(holders), t.few(acts), t.few(things), t.of(done))
	}
	return fmt.Sprintf("every %s in the %s is %s", t.few(things), t.few(places), t.few(qualities))
}

func (t teller) sentence() string {
	if t.IntN(3) == 0 {
		return fmt.Sprintf("We %s the %s for %d %s", t.of(past), t.few(things), 2+t.IntN(90), t.of(units))
	}
	c := t.clause()
	return strings.ToUpper(c[:1]) + c[1:]
}

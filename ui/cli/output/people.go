package output

import (
	"fmt"
	"io"
	"strings"

	"byline/annotate/format/tables"
	"byline/annotate/library"
	"byline/articles/clean"
)

// A Person is somebody or something that the library names, for scripts.
type Person struct {
	Name      string     `json:"name"`
	Kind      string     `json:"kind"`
	Articles  int        `json:"articles"`
	Mentions  int        `json:"mentions"`
	Quotes    int        `json:"quotes"`
	Last      string     `json:"last,omitempty"`
	Spellings []spelling `json:"spellings,omitempty"` // these only of somebody asked for
	Said      []said     `json:"said,omitempty"`
	In        []place    `json:"in,omitempty"`
}

type spelling struct {
	Text     string `json:"text"`
	Articles int    `json:"articles"`
	Mentions int    `json:"mentions"`
	Merged   bool   `json:"merged,omitempty"`
}

type said struct {
	Date    string `json:"date,omitempty"`
	Verb    string `json:"verb,omitempty"`
	Text    string `json:"text"`
	Article string `json:"article"`
	Title   string `json:"title"`
}

type place struct {
	Date     string `json:"date,omitempty"`
	Article  string `json:"article"`
	Title    string `json:"title"`
	Mentions int    `json:"mentions"`
}

// NewPerson returns p as it is printed, with quotes and articles.
func NewPerson(p library.Person, quotes []library.Said, places []library.Place) Person {
	out := Person{Name: p.Name, Kind: string(p.ID.Type), Articles: p.Articles, Mentions: p.Mentions, Quotes: p.Quotes, Last: p.Last.Day().String()}
	for _, s := range p.Spellings {
		out.Spellings = append(out.Spellings, spelling{s.Text, s.Articles, s.Mentions, s.Of != p.ID})
	}
	for i := range quotes {
		q := &quotes[i]
		out.Said = append(out.Said, said{q.Entry.Date.Day().String(), q.Verb, q.Text, q.Entry.ID, q.Entry.Title})
	}
	for i := range places {
		e := &places[i].Entry
		out.In = append(out.In, place{e.Date.Day().String(), e.ID, e.Title, places[i].Count})
	}
	return out
}

// People are the functions that write people, by the name of the format; width is that of a line.
var People = map[string]func(w io.Writer, ps []Person, width int) error{
	"table": writePeopleTable,
	"csv":   func(w io.Writer, ps []Person, _ int) error { return writePeopleRows(tables.New(w, ','), ps) },
	"tsv":   func(w io.Writer, ps []Person, _ int) error { return writePeopleRows(tables.New(w, '\t'), ps) },
	"json":  func(w io.Writer, ps []Person, _ int) error { return writeJSON(w, ps) },
}

// forms returns the spellings of p in one field.
func (p *Person) forms() string {
	out := make([]string, len(p.Spellings))
	for i, s := range p.Spellings {
		out[i] = s.Text
	}
	return strings.Join(out, "; ")
}

func writePeopleRows(w *tables.Table, ps []Person) error {
	w.Row("name", "kind", "articles", "mentions", "quotes", "last", "spellings")
	for i := range ps {
		p := &ps[i]
		w.Row(p.Name, p.Kind, fmt.Sprint(p.Articles), fmt.Sprint(p.Mentions), fmt.Sprint(p.Quotes), p.Last, p.forms())
	}
	return w.Close()
}

func writePeopleTable(w io.Writer, ps []Person, width int) error {
	if len(ps) == 0 {
		_, err := fmt.Fprintln(w, "No such names.")
		return err
	}
	t := table{width: width, columns: []tableColumn{
		{name: "NAME", elastic: true}, {name: "KIND"}, {name: "ARTICLES", right: true}, {name: "MENTIONS", right: true}, {name: "QUOTES", right: true}, {name: "LAST", right: true},
	}}
	for i := range ps {
		p := &ps[i]
		t.rows = append(t.rows, []string{clean.Line(p.Name), clean.Line(p.Kind), fmt.Sprint(p.Articles), fmt.Sprint(p.Mentions), fmt.Sprint(p.Quotes), p.Last})
	}
	if err := t.write(w); err != nil {
		return err
	}
	for i := range ps {
		if err := writePage(w, &ps[i]); err != nil {
			return err
		}
	}
	return nil
}

// writePage writes spellings, quotes and articles of somebody who was asked for.
func writePage(w io.Writer, p *Person) error {
	if p.Spellings == nil {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", clean.Line(p.Name))
	for _, s := range p.Spellings {
		fmt.Fprintf(&b, "  spelling  %s, ×%d in %d\n", clean.Line(s.Text), s.Mentions, s.Articles)
	}
	for _, q := range p.Said {
		fmt.Fprintf(&b, "  quote     %s\n", clean.Line(strings.Join(strings.Fields(q.Date+" "+q.Verb+" "+q.Text), " ")+" ("+q.Title+")"))
	}
	for _, a := range p.In {
		fmt.Fprintf(&b, "  article   %s\n", clean.Line(strings.TrimSpace(library.ShortID(a.Article)+" "+a.Date+" "+a.Title)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

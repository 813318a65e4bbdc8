package cli

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles/clean"

	"github.com/spf13/cobra"

	"byline/annotate/format/offsets"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/export"
	"byline/ui/cli/command"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
)

// quoting holds the flags of quotes.
type quoting struct {
	*program
	by, said, format, output string
	most                     int
	force                    bool
}

// mostQuotes is the most quotes that are listed.
const mostQuotes = 1_000_000

func quotesCommand(p *program) *cobra.Command {
	o := quoting{program: p}
	c := &cobra.Command{
		Use:   "quotes [QUERY]",
		Short: "List who said what in the whole library",
		Long: `List the quotes of the library, newest article first: who said what, where and when; as
text on a terminal, in a pipe one quote per line. --by lists the quotes of one speaker,
alone or with others, --said those with a word. A query selects the articles, or with by:
or said: the quotes; see "byline search --help".

Offsets count code points of the article's text. Speakers are matched by any form of their
name in the article; people with the same name count as the same.`,
		Example: `  byline quotes --by "Ann Lee"
  byline quotes --by "Ann Lee" --format csv -o lee.csv
  byline quotes 'org:Halden said:strike date:2026-01..' --format md`,
		RunE: func(c *cobra.Command, args []string) error {
			return o.run(c.Context(), strings.Join(args, " "))
		},
		ValidArgsFunction: p.completeQuery,
	}
	f := c.Flags()
	f.StringVar(&o.by, "by", "", "quotes attributed to `NAME`; nobody for unattributed quotes")
	f.StringVar(&o.said, "said", "", "quotes that contain `WORDS` as a phrase")
	f.StringVarP(&o.format, "format", "f", "", "output `FORMAT`: text, csv, tsv, md, json or jsonl (default: text on a terminal, else tsv)")
	f.StringVarP(&o.output, "output", "o", "", "`FILE` to write")
	f.IntVarP(&o.most, "most", "n", mostQuotes, "list at most `N` quotes")
	f.BoolVar(&o.force, "force", false, "overwrite an existing file")
	completeWith(c, "format", "text", "csv", "tsv", "md", "json", "jsonl")
	return c
}

func (o *quoting) run(ctx context.Context, text string) error {
	name := o.format
	if i := strings.LastIndexByte(o.output, '.'); name == "" && i >= 0 {
		name = strings.ToLower(o.output[i+1:])
	}
	if name == "" && o.output == "" && terminal.Is(o.out) {
		name = "text"
	}
	name = cmp.Or(name, "tsv")
	write := output.Quotes[name]
	switch {
	case write == nil:
		return wrongUsage("--format %s: unknown format; use text, csv, tsv, md, json or jsonl", name)
	case o.most < 1:
		return wrongUsage("--most %d: must be 1 or more", o.most)
	}
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	sayShared(o.program, "quotes")
	e, err := o.parseQuery(ctx, w, o.query(text))
	if err != nil {
		return err
	}
	if err := w.AnnotateAll(ctx, nil); err != nil { // even if the query alone would not need it
		return err
	}
	list := func(to io.Writer) error {
		b := bufio.NewWriterSize(to, 1<<16)
		out := write(b)
		if err := w.Finder().EachQuote(ctx, e, o.most, spoken(out.Write)); err != nil {
			return err
		}
		return cmp.Or(out.Close(), b.Flush())
	}
	if o.output == "" || o.output == "-" {
		return list(o.out)
	}
	return export.WriteTo(o.output, o.force, list)
}

// query adds the flags to a query, as terms that must hold of the same quote.
func (o *quoting) query(text string) string {
	value := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, " ") + `"` }
	if text != "" && (o.by != "" || o.said != "") {
		text = "(" + text + ")"
	}
	if o.by != "" {
		text += " by:" + value(o.by)
	}
	if o.said != "" {
		text += " said:" + value(o.said)
	}
	return strings.TrimSpace(text)
}

// spoken converts quotes with the text of their article for write, which gets spans in code points. The quotes of an
// article must be next to each other.
func spoken(write func(*output.Quote) error) func(*db.QuoteHit, string) error {
	id := ""
	var points *offsets.Points
	return func(h *db.QuoteHit, text string) error {
		if points == nil || id != h.Entry.ID {
			id, points = h.Entry.ID, offsets.NewPoints(text)
		}
		q := output.Quote{
			Date: h.Entry.Date.Day().String(), Speakers: []string{}, Text: h.Text, Type: string(h.Type), Decided: h.Decided,
			Article: h.Entry.ID, Title: h.Entry.Title, Site: h.Entry.Site, Source: clean.Line(h.Entry.Source),
			Start: points.Of(h.Start), End: points.Of(h.End),
		}
		for _, s := range h.Speakers {
			q.Speaker = cmp.Or(q.Speaker, s.Name)
			q.Speakers = append(q.Speakers, s.Name)
		}
		return write(&q)
	}
}

// peopling holds the flags of people.
type peopling struct {
	*program
	format, kind, merge, split string
	undo                       bool
}

func peopleCommand(p *program) *cobra.Command {
	o := peopling{program: p}
	c := &cobra.Command{
		Use:   "people [NAME]",
		Short: "List who and what is named, over the whole library",
		Long: `List the people, organizations and places that the library names, those in most articles
first: name, kind, articles, mentions, quotes, and the date of the latest article. With a
NAME, list those who are called so, or were before their name was merged with another: with
the spellings of the name, and in JSON with quotes and articles. A table on a terminal, in a
pipe one name per line.

--merge OTHER decides that OTHER is the same as NAME, in all articles: they count as one
here, in "byline quotes", in queries and on the screens. --split makes OTHER a name of its
own again, --undo takes back the last of these decisions.`,
		Example: `  byline people --kind organization
  byline people "Ann Lee" --format json
  byline people "Ann Lee" --merge "Annabel Lee"`,
		RunE: func(c *cobra.Command, args []string) error {
			return o.run(c.Context(), strings.Join(args, " "))
		},
	}
	f := c.Flags()
	f.StringVarP(&o.format, "format", "f", "", "`FORMAT`: table, csv, tsv or json (a table on a terminal, else tsv)")
	f.StringVar(&o.kind, "kind", "", "only this `KIND`: person, organization, place, other, or a label of your own")
	f.StringVar(&o.merge, "merge", "", "the name `OTHER` is the same")
	f.StringVar(&o.split, "split", "", "the name `OTHER` is not the same")
	f.BoolVar(&o.undo, "undo", false, "undo the last merge or split")
	completeWith(c, "format", "table", "csv", "tsv", "json")
	completeWith(c, "kind", "person", "organization", "place", "other")
	return c
}

func (o *peopling) run(ctx context.Context, name string) error {
	if o.format == "" && terminal.Is(o.out) {
		o.format = "table"
	}
	write := output.People[cmp.Or(o.format, "tsv")]
	switch {
	case write == nil:
		return wrongUsage("--format %s: unknown format; use table, csv, tsv or json", o.format)
	case name == "" && (o.merge != "" || o.split != ""):
		return wrongUsage("byline people: give a NAME to merge with or split from")
	}
	return o.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		sayShared(o.program, "people")
		if err := w.AnnotateAll(ctx, nil); err != nil {
			return err
		}
		if err := command.CheckKind(ctx, w, o.kind); err != nil {
			return err
		}
		all := workspace.PersonsOf(w)
		if done, err := o.decide(ctx, all, name); done || err != nil {
			return err
		}
		found, err := peopleNamed(ctx, all, name, annotate.Type(o.kind))
		if err != nil {
			return err
		}
		out, err := peoplePages(ctx, all, found, name != "")
		if err != nil {
			return err
		}
		return write(o.out, out, terminal.Columns(o.out))
	})
}

// decide carries out --merge, --split and --undo, and reports whether one of them was given.
func (o *peopling) decide(ctx context.Context, all workspace.Persons, name string) (bool, error) {
	if o.undo {
		m, err := all.UndoMerge(ctx)
		if err == nil {
			fmt.Fprintf(o.errs, "byline: undone: %s %s\n", m.Verb, clean.Line(m.From))
		}
		return true, err
	}
	other := cmp.Or(o.merge, o.split)
	if other == "" {
		return false, nil
	}
	into, err := onePerson(ctx, all, name, o.kind)
	if err != nil {
		return true, err
	}
	if o.split != "" {
		i := slices.IndexFunc(into.Spellings, func(s library.Spelling) bool { return s.Of != into.ID && strings.EqualFold(s.Text, other) })
		if i < 0 {
			return true, fmt.Errorf("%s: was not merged with %s", other, into.Name)
		}
		return true, all.Split(ctx, library.Person{ID: into.Spellings[i].Of, Name: into.Spellings[i].Text})
	}
	from, err := onePerson(ctx, all, other, string(into.ID.Type))
	if err != nil {
		return true, err
	}
	if from.ID == into.ID {
		return true, fmt.Errorf("%s: the same as %s already", other, into.Name)
	}
	return true, all.Merge(ctx, from, into)
}

// onePerson returns the one who is called so, of a kind if it is not empty.
func onePerson(ctx context.Context, all workspace.Persons, name, kind string) (library.Person, error) {
	found, err := peopleNamed(ctx, all, name, annotate.Type(kind))
	switch {
	case err != nil:
		return library.Person{}, err
	case len(found) == 0:
		return library.Person{}, fmt.Errorf("%s: no article names this", name)
	case len(found) > 1:
		return library.Person{}, fmt.Errorf("%s: means %s (%s) and %s (%s); give the whole name, or --kind", name, found[0].Name, found[0].ID.Type, found[1].Name, found[1].ID.Type)
	}
	return all.Person(ctx, found[0].ID)
}

// peopleNamed returns those who are called so, or everybody; of a kind if it is not empty.
func peopleNamed(ctx context.Context, all workspace.Persons, name string, kind annotate.Type) ([]library.Person, error) {
	find := all.All
	if name != "" {
		find = func(ctx context.Context) ([]library.Person, error) { return all.Named(ctx, name) }
	}
	found, err := find(ctx)
	if kind != "" {
		found = slices.DeleteFunc(found, func(p library.Person) bool { return p.ID.Type != kind })
	}
	return found, err
}

// peoplePages returns people as they are printed; whole with spellings, quotes and articles.
func peoplePages(ctx context.Context, all workspace.Persons, found []library.Person, whole bool) ([]output.Person, error) {
	out := make([]output.Person, len(found))
	for i, p := range found {
		if !whole {
			out[i] = output.NewPerson(p, nil, nil)
			continue
		}
		p, err := all.Person(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		quotes, err := all.Quotes(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		places, err := all.PersonArticles(ctx, p.ID, mostQuotes)
		if err != nil {
			return nil, err
		}
		out[i] = output.NewPerson(p, quotes, places)
	}
	return out, nil
}

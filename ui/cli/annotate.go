package cli

import (
	"cmp"
	"context"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/engine"
	"byline/annotate/format"
	"byline/annotate/workspace/sources"
	"byline/articles/load"
)

// annotating is what the flags of annotate ask for.
type annotating struct {
	records
	to      string
	workers int
	stats   bool
}

func (p *program) annotateCommand() *cobra.Command {
	var o annotating
	c := &cobra.Command{
		Use:   "annotate [FILE|DIR|-]...",
		Short: "Print the people, organizations and quotes of articles",
		Long: `Print what the engine finds in articles: people and organizations with all their
mentions, quotes with their speakers. Nothing is added to the library, and what you
corrected there plays no part; "byline export" has that.

Files, directories and - are taken alike; without any, standard input is read. A
file gives one JSON object, several or a directory give a list of them; with
--format jsonl each article is one line. Offsets count Unicode code points.

--from jsonl reads one article a line, {"id": …, "title": …, "text": …}, and prints
one a line, in the same order, as it goes; --from csv and tsv read one a row. --from iob2 reads text that is split into
tokens, one a line in the first column, blank lines between sentences, and prints
token and tag: PER, ORG, LOC or MISC in IOB2.`,
		Example: `  byline annotate story.html
  byline annotate --format markdown story.md
  byline annotate --format jsonl articles/ > found.jsonl
  zcat news.jsonl.gz | byline annotate --from jsonl | jq -c '[.id, (.quotes | length)]'
  byline annotate --from iob2 --to iob2 gold.txt`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				if isTerminal(p.in) {
					return wrongUsage("byline annotate: name a file or a directory, or pipe a text in")
				}
				args = []string{"-"}
			}
			return p.annotate(c.Context(), o, args)
		},
	}
	f := c.Flags()
	f.StringVar(&o.Format, "from", "", "what the input is, `FORMAT`: jsonl, csv, tsv or iob2 (else articles, told apart by what they hold)")
	f.StringVarP(&o.to, "format", "f", "", "what is printed, `FORMAT`: json, jsonl, markdown or iob2")
	f.StringVar(&o.to, "to", "", "the same as --format")
	f.IntVarP(&o.workers, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` articles at once")
	f.BoolVar(&o.stats, "stats", false, "say on standard error how long each stage took")
	completeWith(c, "from", append(load.RecordFormats(), "iob2")...)
	o.flags(c)
	completeWith(c, "format", "json", "jsonl", "markdown", "csv", "brat", "iob2")
	completeWith(c, "to", "json", "jsonl", "markdown", "iob2")
	return c
}

// annotate works through names in their order.
func (p *program) annotate(ctx context.Context, o annotating, names []string) error {
	if o.workers < 1 {
		return wrongUsage("--jobs %d: take 1 or more", o.workers)
	}
	switch {
	case o.Format == "iob2" && cmp.Or(o.to, "iob2") == "iob2":
		return p.annotateTokens(ctx, names)
	case o.Format == "iob2" || o.to == "iob2":
		return wrongUsage("byline annotate: tokens go in and out together: --from iob2 --to iob2")
	}
	if err := o.check("iob2"); err != nil {
		return err
	}
	one := o.Format == "" && len(names) == 1 && !sources.IsDir(names[0])
	f, err := formatNamed(cmp.Or(o.to, map[bool]string{true: "jsonl"}[o.Format != ""], "json"))
	if err != nil {
		return err
	}
	if f.Apart && !one {
		return wrongUsage("--format %s is of one text: annotate one file, or export a folder from the library", f.Name)
	}
	return p.annotateAll(ctx, o, names, f.NewWriter(p.out, format.Options{Single: one}))
}

// A result is what became of one article.
type result struct {
	*format.Document
	stats engine.Stats
	err   error
}

// slack is how many bytes are allocated and never touched while articles stream: they take
// no memory, but the collector, which waits until the heap has doubled, runs a tenth as
// often, and a second core is worth 1.85 times one in place of 1.55.
const slack = 20 << 20

// annotateAll annotates the articles of names over the cores and writes them in order.
func (p *program) annotateAll(ctx context.Context, o annotating, names []string, w format.Writer) error {
	e, err := engine.Default()
	if err != nil {
		return err
	}
	progress := p.progress("articles")
	defer progress.clear()
	total := tally{start: time.Now()}
	work := func(in sources.Input) result {
		a, err := in.Load()
		if err != nil {
			return result{err: err}
		}
		l, stats := measured(e, a)
		return result{Document: &format.Document{Article: a, Layer: l}, stats: stats}
	}
	emit := func(r result) error {
		progress.step(r.stats.Bytes)
		if r.err != nil {
			progress.clear()
			p.fail(r.err)
			return nil
		}
		total.add(r.stats)
		return w.Write(r.Document)
	}
	room := make([]byte, slack)
	err = sources.InOrder(ctx, o.workers, p.reader(o.Records).Inputs(ctx, names), work, emit)
	runtime.KeepAlive(room)
	if err != nil {
		return err
	}
	if o.stats {
		progress.clear()
		total.write(p.errs)
	}
	return w.Close()
}

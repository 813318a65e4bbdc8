// Beam annotates a corpus of records on Apache Beam. Its pipeline is a list of parts, dealt out to the workers, each
// of which makes its parts whole: package parts of byline does the work, so a part is the same to the byte as that of
// "byline annotate --shard", and a bundle that is tried again keeps what was done.
//
// Files go in and out by name, not through Beam's own reading and writing, whose writers gather all records on one
// worker: folders must be the same on all workers.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/parts"
	"byline/annotate/workspace/sources"
	"byline/articles"
)

func init() {
	register.DoFn2x1[context.Context, int, error](&MakePart{})
}

// MakePart makes one part of a corpus. Its fields travel to the workers as JSON.
type MakePart struct {
	Inputs   []string // files of records, or folders of them
	From     string   // their format: jsonl, csv or tsv
	Of       int      // parts in all
	Dir      string
	Format   string // of the parts: jsonl or parquet
	Compress string // none, gzip or zstd

	made, kept, found, damaged beam.Counter
}

// Setup runs once for each copy of the function on a worker.
func (f *MakePart) Setup() error {
	f.made, f.kept = beam.NewCounter("byline", "parts made"), beam.NewCounter("byline", "parts kept")
	f.found, f.damaged = beam.NewCounter("byline", "articles"), beam.NewCounter("byline", "damaged records")
	_, err := engine.Default()
	return err
}

// ProcessElement makes a part, from 1 to f.Of, unless it is there, whole and of the same inputs and engine.
func (f *MakePart) ProcessElement(ctx context.Context, part int) error {
	e, err := engine.Default()
	if err != nil {
		return err
	}
	j := &parts.Job{
		Inputs: f.Inputs, Records: sources.Records{Format: f.From}, Part: part, Of: f.Of, Dir: f.Dir,
		Output:   parts.Output{Format: formats.Named(f.Format), Compress: f.Compress},
		Annotate: func(a *articles.Article) *annotate.Layer { return e.Annotate(a.Text, a.Blocks) }, Engine: e.Version(),
		Workers: 1, // the runner has a worker for each core
		Damaged: func(err error) { log.Print(err) },
	}
	t, kept, err := j.Run(ctx, parts.Resume)
	if err != nil {
		return fmt.Errorf("part %d of %d: %w", part, f.Of, err)
	}
	if kept {
		f.kept.Inc(ctx, 1)
	} else {
		f.made.Inc(ctx, 1)
	}
	f.found.Inc(ctx, int64(t.Articles))
	f.damaged.Inc(ctx, int64(t.Damaged))
	return nil
}

// pipeline returns the pipeline that makes all parts.
func pipeline(f *MakePart) *beam.Pipeline {
	p, s := beam.NewPipelineWithRoot()
	numbers := make([]int, f.Of)
	for i := range numbers {
		numbers[i] = i + 1
	}
	beam.ParDo0(s, f, beam.Reshuffle(s, beam.CreateList(s, numbers))) // the reshuffle keeps one worker from taking them all
	return p
}

// run makes all parts on the runner that the flags name, and returns its counters.
func run(ctx context.Context, f *MakePart) (map[string]int64, error) {
	result, err := beamx.RunWithMetrics(ctx, pipeline(f))
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, c := range result.Metrics().AllMetrics().Counters() {
		counts[c.Name()] += c.Result()
	}
	return counts, nil
}

func main() {
	f := &MakePart{}
	inputs := flag.String("inputs", "", "files of records, or folders of them, separated by commas")
	flag.StringVar(&f.From, "from", "jsonl", "format of the records: jsonl, csv or tsv")
	flag.StringVar(&f.Dir, "output", "", "folder for the parts")
	flag.IntVar(&f.Of, "parts", 100, "number of parts")
	flag.StringVar(&f.Format, "format", "jsonl", "format of the parts: "+strings.Join(parts.Formats, " or "))
	flag.StringVar(&f.Compress, "compress", "none", "compress parts of JSON lines: "+strings.Join(parts.Compressions, ", "))
	flag.Parse()
	beam.Init()
	if *inputs == "" || f.Dir == "" || f.Of < 1 {
		fmt.Fprintln(os.Stderr, "beam: name the records with --inputs, the folder for the parts with --output, and at least one of --parts")
		os.Exit(2)
	}
	f.Inputs = strings.Split(*inputs, ",")
	counts, err := run(context.Background(), f)
	if err != nil {
		fmt.Fprintf(os.Stderr, "beam: %v\n", err)
		os.Exit(1)
	}
	fmt.Printf("%d articles, %d damaged records, in %d parts made and %d kept\n",
		counts["articles"], counts["damaged records"], counts["parts made"], counts["parts kept"])
}

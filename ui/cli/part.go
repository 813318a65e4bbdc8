package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/workspace/parts"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui/cli/output"
	"byline/ui/pace"
)

// partFlags are the flags of annotate that write a part of a corpus.
type partFlags struct {
	shard    string
	dir      string
	compress string
	resume   bool
	force    bool
}

// flags adds the flags to a command.
func (o *partFlags) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.shard, "shard", "", "annotate part `I/N` of the records only, from 1/N to N/N; with --output")
	f.StringVarP(&o.dir, "output", "o", "", "write a part file into the folder `DIR`; with --from jsonl, csv or tsv")
	f.StringVar(&o.compress, "compress", parts.Compressions[0], "compress a part of JSON lines: `HOW` is "+oneOf(parts.Compressions))
	f.BoolVar(&o.resume, "resume", false, "keep a part that is whole and of the same inputs and engine")
	f.BoolVar(&o.force, "force", false, "overwrite a part")
	completeWith(c, "compress", parts.Compressions...)
}

// used reports whether a part is asked for.
func (o *partFlags) used() bool {
	return o.shard != "" || o.dir != "" || o.compress != parts.Compressions[0] || o.resume || o.force
}

// number returns I and N of --shard I/N; 1 and 1 without.
func (o *partFlags) number() (part, of int, err error) {
	if o.shard == "" {
		return 1, 1, nil
	}
	first, last, _ := strings.Cut(o.shard, "/")
	part, err = strconv.Atoi(first)
	of, err2 := strconv.Atoi(last)
	if err != nil || err2 != nil || part < 1 || part > of || of > most {
		return 0, 0, wrongUsage("--shard %s: must be I/N with I from 1 to N, such as 3/10; N is at most %d", o.shard, most)
	}
	return part, of, nil
}

// most is the greatest number of parts.
const most = 99_999

// job returns what is to be made of the files.
func (o *annotating) job(names []string) (*parts.Job, error) {
	part, of, err := o.parts.number()
	if err != nil {
		return nil, err
	}
	f, err := formatNamed(cmp.Or(o.to, parts.Formats[0]))
	switch {
	case err != nil:
		return nil, err
	case o.parts.dir == "":
		return nil, wrongUsage("byline annotate: parts are files; add --output DIR")
	case !slices.Contains(load.RecordFormats(), o.Format):
		return nil, wrongUsage("byline annotate: --output takes records; add --from %s", oneOf(load.RecordFormats()))
	case !slices.Contains(parts.Formats, f.Name):
		return nil, wrongUsage("--format %s: a part is %s", f.Name, oneOf(parts.Formats))
	case !slices.Contains(parts.Compressions, o.parts.compress):
		return nil, wrongUsage("--compress %s: unknown; use %s", o.parts.compress, oneOf(parts.Compressions))
	case f.Name != parts.Formats[0] && o.parts.compress != parts.Compressions[0]:
		return nil, wrongUsage("--compress %s: %s compresses itself", o.parts.compress, f.Name)
	case o.parts.resume && o.parts.force:
		return nil, wrongUsage("byline annotate: --resume keeps what --force overwrites; give one")
	case slices.Contains(names, "-"):
		return nil, wrongUsage("byline annotate: parts are cut by the sizes of files; name files, not -")
	}
	return &parts.Job{Inputs: names, Records: o.Records, Part: part, Of: of, Dir: o.parts.dir, Workers: o.workers,
		Output: parts.Output{Format: f, Kinds: o.kinds, Compress: o.parts.compress}}, nil
}

// mostErrors is how many damaged records of a part are told one by one.
const mostErrors = 20

// annotatePart writes one part of a corpus. Records that are damaged are told and counted; they do not fail it.
func (o *annotating) annotatePart(ctx context.Context, names []string) error {
	j, err := o.job(names)
	if err != nil {
		return err
	}
	c, problems, err := o.settings()
	if err != nil {
		return err
	}
	o.warn(problems)
	e, err := engineFor(c)
	if err != nil {
		return err
	}
	progress := o.progress("articles")
	defer progress.Clear()
	damaged := 0
	j.Damaged = func(err error) {
		if damaged++; damaged <= mostErrors {
			progress.Clear()
			o.complain(err)
		}
	}
	j.Done = func(bytes int) { progress.Step(bytes) }
	total := annotateWith(j, e)
	existing := parts.Refuse
	switch {
	case o.parts.resume:
		existing = parts.Resume
	case o.parts.force:
		existing = parts.Replace
	}
	start := time.Now()
	pace.LimitMemory()
	release := pace.AllocateBallast()
	t, kept, err := j.Run(ctx, existing)
	release()
	progress.Clear()
	if errors.Is(err, parts.ErrExists) {
		return fmt.Errorf("%w; --resume keeps it if it is whole, --force overwrites it", err)
	}
	if err != nil {
		return err
	}
	o.reportPart(j, t, kept)
	if o.stats && !kept {
		total.Write(o.errs, time.Since(start))
	}
	return nil
}

// annotateWith makes e annotate for j, and returns the sum of the time that it takes.
func annotateWith(j *parts.Job, e *engine.Engine) *output.Stages {
	var mu sync.Mutex
	sum := &output.Stages{}
	j.Engine = e.Version()
	j.Annotate = func(a *articles.Article) *annotate.Layer {
		l, stats := annotateTimed(e, a)
		mu.Lock()
		defer mu.Unlock()
		sum.Add(stats)
		return l
	}
	return sum
}

// reportPart says what the part holds.
func (o *annotating) reportPart(j *parts.Job, t *parts.Trailer, kept bool) {
	what := "written"
	if kept {
		what = "kept, it was whole"
	}
	damaged := ""
	if t.Damaged > 0 {
		damaged = fmt.Sprintf("; damaged records left out: %d", t.Damaged)
	}
	fmt.Fprintf(o.errs, "byline: %s: %s; articles: %d%s\n", clean.Line(j.Path()), what, t.Articles, damaged)
}

// oneOf lists names: "a, b or c".
func oneOf(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

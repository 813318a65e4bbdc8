package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/eval"
	"byline/articles/clean"
	"byline/ui/cli/command"
	"byline/ui/cli/output"
)

// ourselves is the name of the engine among programs.
const ourselves = "byline"

// checkSeveral reports what is wrong with the flags where several are scored side by side.
func (o *evaluating) checkSeveral() error {
	if len(o.with) < 2 {
		return nil
	}
	for i, name := range o.with {
		if slices.Contains(o.with[:i], name) {
			return command.WrongUsage("--with %s: given twice", clean.Line(name))
		}
	}
	switch {
	case o.save != "" || o.against != "":
		return command.WrongUsage("--save and --against are for one engine or program; several --with are compared with each other")
	case o.errors > 0:
		return command.WrongUsage("--errors lists those of one engine or program; name one --with")
	case slices.Contains(o.by, "rule"):
		return command.WrongUsage("--by rule is for one engine or program; name one --with")
	}
	return nil
}

// A marked document is what one of several made of it.
type marked struct {
	file  int
	doc   *eval.Doc // what is needed of it to add the tally to a sample
	tally *eval.Tally
}

// several scores programs on the same documents, and puts their figures side by side.
func (o *evaluating) several(ctx context.Context, e *engine.Engine, files []string) error {
	var typed []byte
	if slices.Contains(files, "-") { // which can be read once
		var err error
		if typed, err = io.ReadAll(o.In); err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
	}
	runs := make([]*scoring, len(o.with))
	docs := make([]map[int]marked, len(o.with))
	for i, name := range o.with {
		s := &scoring{evaluating: *o, engine: e, name: name, again: i > 0}
		s.In = bytes.NewReader(typed)
		docs[i] = map[int]marked{}
		s.keep = func(d scoredDoc) { docs[i][d.n] = marked{d.file, &eval.Doc{Sentence: d.doc.Sentence}, d.tally} }
		if err := s.alone(ctx, files); err != nil {
			return err
		}
		if s.docs == 0 && !s.failed || s.docs > 0 && !s.scored() {
			return nil
		}
		runs[i] = s
	}
	switch n := pair(runs, docs); n {
	case 0:
	case 1:
		o.fail(errors.New("eval: 1 document is left out, which not all answered"))
	default:
		o.fail(fmt.Errorf("eval: %d documents are left out, which not all answered", n))
	}
	if len(runs[0].sample()) == 0 {
		return nil // why was said
	}
	if o.to == "json" {
		return o.severalJSON(runs)
	}
	return o.severalTables(runs)
}

// alone scores one of several.
func (s *scoring) alone(ctx context.Context, files []string) error {
	end, err := s.startProgram(ctx)
	if err != nil {
		return err
	}
	defer end()
	return s.run(ctx, files)
}

// pair fills the samples of runs with the documents that all of them scored, and returns how many some of them did not.
func pair(runs []*scoring, docs []map[int]marked) (out int) {
	all := map[int]int{} // how many scored a document
	for _, in := range docs {
		for n := range in {
			all[n]++
		}
	}
	for _, n := range slices.Sorted(maps.Keys(all)) {
		if all[n] < len(runs) {
			out++
			continue
		}
		for i, s := range runs {
			d := docs[i][n]
			s.files[d.file].sample.Add(d.doc, d.tally)
		}
	}
	return out
}

// compared returns the figures of samples of the same documents, all compared with the first.
func (o *evaluating) compared(samples []eval.Sample) []output.Side {
	scores := slices.Contains(o.by, "score")
	out := make([]output.Side, len(samples))
	for i, s := range samples {
		var first eval.Sample
		if i > 0 {
			first = samples[0]
		}
		out[i].Name = o.with[i]
		if out[i].Figures = s.Figures(scores, first); o.interval {
			out[i].Figures = s.Intervals(scores, first)
		}
	}
	return out
}

// severalTables writes the figures of runs side by side, of each file first if that is asked for.
func (o *evaluating) severalTables(runs []*scoring) error {
	t := &output.Scores{}
	table := func(title string, of func(*scoring) eval.Sample) {
		samples := make([]eval.Sample, len(runs))
		for i, s := range runs {
			samples[i] = of(s)
		}
		drawn := ""
		if o.interval {
			drawn = samples[0].Units()
		}
		t.Sides(title+", "+output.Documents(samples[0].Sum().Report(false, false).Documents), o.compared(samples), drawn)
	}
	if o.each {
		for i, f := range runs[0].files {
			if len(f.sample) > 0 {
				table(f.name, func(s *scoring) eval.Sample { return s.files[i].sample })
			}
		}
	}
	table(annotate.JoinNames(o.with), (*scoring).sample)
	_, err := io.WriteString(o.Out, t.String())
	return err
}

// severalJSON writes the report of each run, with its figures compared with those of the first.
func (o *evaluating) severalJSON(runs []*scoring) error {
	var out struct {
		Engines []scoredReport `json:"engines"`
	}
	var samples []eval.Sample
	for _, s := range runs {
		samples = append(samples, s.sample())
	}
	for i, side := range o.compared(samples) {
		r := runs[i].report(samples[i], 0)
		r.Engine = runs[i].version()
		if r.Intervals = nil; o.interval {
			r.Intervals = &output.Intervals{Resampled: samples[i].Units(), Intervals: side.Figures}
			if i > 0 {
				r.Against = runs[0].version()
			}
		}
		out.Engines = append(out.Engines, r)
	}
	enc := json.NewEncoder(o.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(out)
}

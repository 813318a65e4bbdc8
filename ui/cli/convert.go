package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/export"
	"byline/annotate/workspace/importer"
	"byline/annotate/workspace/sources"
	"byline/ui/cli/command"
)

// converting holds the flags of convert.
type converting struct {
	*program
	as, to string
	force  bool
	format.Options
}

func convertCommand(p *program) *cobra.Command {
	o := converting{program: p}
	c := &cobra.Command{
		Use:   "convert FROM... TO",
		Short: "Convert annotated files to another format",
		Long: `Convert annotated files to another format, without the library: FROM are files, folders or
- for standard input; TO is a file, a folder, or - for standard output. The input format is
detected from the content, the output format from the name of TO; --as and --to set them.

What the new format cannot hold is counted on standard error, by reason.`,
		Example: `  byline convert project/ann/ found.jsonl
  byline convert gold.conll gold.jsonl
  byline convert --to webanno found.jsonl curation/`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) < 2 {
				return wrongUsage("byline convert: name the files to convert and the file to write")
			}
			return o.run(c.Context(), args[:len(args)-1], args[len(args)-1])
		},
	}
	f := c.Flags()
	f.StringVar(&o.as, "as", "", "input `FORMAT` (default: detected from the content)")
	f.StringVar(&o.to, "to", "", "output `FORMAT` (default: from the name of TO)")
	f.BoolVar(&o.force, "force", false, "overwrite existing files")
	formatFlags(c, &o.Options)
	completeWith(c, "as", formats.Names(formats.Readable())...)
	completeWith(c, "to", formatNames()...)
	return c
}

// formatFlags adds the flags for a format's options.
func formatFlags(c *cobra.Command, o *format.Options) {
	f := c.Flags()
	f.StringVar(&o.Flatten, "flatten", "outer", "`WHICH` of overlapping names to keep if the format allows one: outer, inner, longest or type")
	f.BoolVar(&o.UTF16, "utf16", false, "offsets in UTF-16 code units (w3c)")
	f.BoolVar(&o.BOM, "bom", false, "start CSV with a byte order mark, for Excel")
	f.BoolVar(&o.CRLF, "crlf", false, "CR LF line ends in texts (refi)")
	kindsFlag(c, &o.Kinds)
	completeWith(c, "flatten", "outer", "inner", "longest", "type")
}

// kindsFlag adds the flag for the kinds of claims that are written.
func kindsFlag(c *cobra.Command, to *format.Kinds) {
	c.Flags().StringSliceVar((*[]string)(to), "kinds", nil, "only these `KINDS` of person, organization, place, other, quote and your own labels (comma-separated; default all); quotes keep their speakers")
	completeWith(c, "kinds", string(annotate.Person), string(annotate.Organization), string(annotate.Place), string(annotate.Other), format.Quotes)
}

func (o *converting) run(ctx context.Context, from []string, to string) error {
	as, err := readAs(o.as)
	if err != nil {
		return err
	}
	if o.to == "" && formatOf(to) == "" {
		return wrongUsage("%s: unknown file extension; add --to FORMAT, one of %s", to, strings.Join(formatNames(), ", "))
	}
	f, err := formatNamed(cmp.Or(o.to, formatOf(to)))
	if err != nil {
		return err
	}
	if err := o.checkKinds(ctx, as, from); err != nil {
		return err
	}
	o.Loss = &format.Loss{}
	docs := importer.Reading{Stdin: o.in, As: as, Loss: o.Loss}.Documents(from)
	defer func() { o.report("convert", o.Loss) }()
	each := func(write func(importer.Found) error) error { return o.forEach(ctx, docs, write) }
	switch {
	case sources.IsDir(to) || strings.HasSuffix(to, string(filepath.Separator)):
		return o.writeSeparately(f, to, each)
	case f.Apart:
		return o.writeOne(f, to, each)
	case to == "-":
		out, err := writerFor(o.program, f)
		if err != nil {
			return err
		}
		w := f.Begin(out, o.Options)
		if err := o.writeAll(w, each); err != nil {
			return err
		}
		return w.Close()
	}
	return export.Documents(f, to, o.force, o.Options, func(w format.Writer) error { return o.writeAll(w, each) })
}

// checkKinds returns an error if --kinds names a kind that nothing in the files has and that is no label of the settings. It reads them
// only if there is one that not every article may have; standard input is kept for the second time.
func (o *converting) checkKinds(ctx context.Context, as *format.Format, from []string) error {
	own, err := ownLabels(o.program)
	if err != nil || command.WrongKind(o.Kinds, own) == nil {
		return err
	}
	in := o.in
	if slices.Contains(from, "-") {
		said, err := io.ReadAll(o.in)
		if err != nil {
			return err
		}
		in, o.in = bytes.NewReader(said), bytes.NewReader(said)
	}
	broken := false
	for d := range (importer.Reading{Stdin: in, As: as, Loss: &format.Loss{}}).Documents(from) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case d.Err != nil, d.Layer == nil: // an error is reported the second time
			broken = broken || d.Err != nil
			continue
		}
		for i := range d.Layer.Entities {
			own = append(own, string(d.Layer.Entities[i].Type))
		}
		slices.Sort(own)
		if own = slices.Compact(own); command.WrongKind(o.Kinds, own) == nil {
			return nil
		}
	}
	if broken { // it may be there
		return nil
	}
	return command.WrongKind(o.Kinds, own)
}

// forEach calls write for every document. An error in one document is reported and the others
// continue; a lost output or the end of ctx stops it.
func (o *converting) forEach(ctx context.Context, docs iter.Seq[importer.Found], write func(importer.Found) error) error {
	progress := o.progress("articles")
	defer progress.Clear()
	for d := range docs {
		if d.Err == nil {
			d.Err = write(d)
		}
		switch _, isLost := errors.AsType[outputError](d.Err); {
		case ctx.Err() != nil:
			return ctx.Err()
		case isLost:
			return d.Err
		case d.Err != nil:
			progress.Clear()
			o.reportError(d.Err)
			continue
		}
		progress.Step(len(d.Text))
	}
	return nil
}

// writeAll writes all documents in turn to one output.
func (o *converting) writeAll(w format.Writer, each func(func(importer.Found) error) error) error {
	return each(func(d importer.Found) error { return markLost(w.Write(o.Kinds.Of(d.Document))) })
}

// writeOne writes the only document to the file to, of a format that holds no more. It writes nothing
// if there are several.
func (o *converting) writeOne(f *format.Format, to string, each func(func(importer.Found) error) error) error {
	several := wrongUsage("--to %s: writes files for each article; name a folder, DIR/", f.Name)
	if to == "-" && f.NeedsText() {
		return several
	}
	var only *format.Document
	err := each(func(d importer.Found) error {
		if only != nil {
			return outputError{several}
		}
		only = d.Document
		return nil
	})
	switch {
	case err != nil:
		return err
	case only == nil:
		return nil
	case to == "-":
		out, err := writerFor(o.program, f)
		if err != nil {
			return err
		}
		return f.WriteOne(out, o.Options, o.Kinds.Of(only))
	}
	return export.Document(f, to, o.force, o.Options, only)
}

// markLost marks an error of the shared output.
func markLost(err error) error {
	if err == nil {
		return nil
	}
	return outputError{err}
}

// writeSeparately writes each document to its own files in a folder.
func (o *converting) writeSeparately(f *format.Format, to string, each func(func(importer.Found) error) error) error {
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	var names export.Names
	return each(func(d importer.Found) error {
		d.Title = cmp.Or(d.Title, importer.TitleOf(d.From))
		return export.Document(f, filepath.Join(to, names.Of(d.Article)+f.Extension), o.force, o.Options, d.Document)
	})
}

// Package cli is the command line: it reads flags, calls the packages that do the work, and
// prints. Below are:
//
//	output    what commands print
//	terminal  what a stream is
//	visitor   what commands somebody has who comes in over SSH, and how texts read for them
//	command   what commands of packages beside this one have of the program
//	agree     the command that measures how far annotators agree
//	corrections  the command that tells annotators what was settled otherwise than they had it
//	eval      the command that scores the engine
//	suggest   asks other programs for names and quotes
//	host      the command that serves a library over SSH; guest.go is what its visitors run
//	team      the commands for several annotators
//	sync      the command that brings libraries together
//
// The rules that every command keeps:
//
//   - What was asked for goes to standard output, everything else to standard error.
//     Progress shows there only while it is a terminal and the work is long.
//   - The exit status is 0 when all was done; 1 when something could not be read or
//     written, and then each failure had a line of its own and the rest was done all
//     the same; 2 when the command was called wrongly, and then nothing was done.
//   - A line of complaint says what it is about, what went wrong and what to do.
//   - Files, directories and standard input (-) are taken alike. Work streams: what
//     is done is written before the next is read, in the order of the input.
//   - Nothing that comes from outside, a title, a file name, an address, reaches a
//     terminal without passing articles/clean. Both streams are terminal.Output, which lets
//     only text through; the screens and the line of progress alone write past it.
//   - A closed pipe and ctrl+c end the work at once and leave no half file.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/sources"
	"byline/articles/clean"
	"byline/articles/corpus"
	"byline/articles/fetch"
	"byline/articles/load"
	"byline/ui/cli/command"
	"byline/ui/cli/terminal"
	"byline/ui/config"
	"byline/ui/hints"
)

// The exit statuses of the program.
const (
	statusDone        = 0
	statusFailed      = 1
	statusUsage       = 2
	statusInterrupted = 130 // as shells report an end by ctrl+c
)

// Main runs the program with the arguments after its name and returns its exit
// status: 0 done, 1 something could not be read or written, 2 wrong usage.
func Main(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	p := newProgram(in, out, errs)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, endings()...)
	defer signal.Stop(signals)
	go p.signals.await(ctx, signals, stop)
	return execute(ctx, p, args)
}

func newProgram(in io.Reader, out, errs io.Writer) *program {
	return &program{in: in, out: terminal.NewOutput(out), errs: terminal.NewOutput(errs), client: newClient()}
}

// execute runs the command that args name, and returns the exit status.
func execute(ctx context.Context, p *program, args []string) int {
	c := root(p)
	c.SetArgs(withTerms(args))
	err := c.ExecuteContext(withPDFReader(ctx))
	for _, late := range p.beside.wait() {
		p.complain(late)
	}
	return p.status(err)
}

// endings are the signals that end the program in order. The terminal that goes away is one, unless
// nohup made the program outlive it.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// interrupts ends the program on a signal, but for interrupts while another program has the terminal.
type interrupts struct{ held atomic.Int32 }

// await calls stop on the first signal; a second one kills the program. An interrupt that is meant for
// another program, which has the terminal, does not count.
func (i *interrupts) await(ctx context.Context, signals chan os.Signal, stop func()) {
	for {
		select {
		case sig := <-signals:
			if sig == os.Interrupt && i.held.Load() > 0 {
				continue
			}
			signal.Stop(signals)
			stop()
		case <-ctx.Done():
			return
		}
	}
}

// hold keeps interrupts from ending the program until release is called.
func (i *interrupts) hold() (release func()) {
	i.held.Add(1)
	return func() { i.held.Add(-1) }
}

// A program is one run of the command line.
type program struct {
	in        io.Reader
	out, errs *terminal.Output
	options
	client  *fetch.Client // for all that is fetched
	failed  bool          // something could not be read or written
	warned  []string      // problems of the settings that were printed
	signals interrupts
	beside  beside
	guest   *guest // who runs it from elsewhere; nil for whoever is at this computer
}

// beside is what runs beside the rest, and is to be done before the program ends.
type beside struct {
	sync.WaitGroup
	mu     sync.Mutex
	failed []error
}

// do starts f, whose error is told at the end.
func (b *beside) do(f func() error) {
	b.Go(func() {
		if err := f(); err != nil && !errors.Is(err, context.Canceled) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.failed = append(b.failed, err)
		}
	})
}

// wait waits for all, and returns what failed.
func (b *beside) wait() []error {
	b.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.failed
}

// options are the flags that every command knows.
type options struct {
	library, config, theme, who, view string
	noMouse, linear                   bool
	encoding                          string
}

// status reports the error that ended the program and returns the exit status.
func (p *program) status(err error) int {
	var usage command.UsageError
	switch {
	case err == nil && p.failed:
		return statusFailed
	case err == nil:
		return statusDone
	case errors.Is(err, syscall.EPIPE):
		return statusFailed // nobody reads the output, so print nothing
	case errors.Is(err, context.Canceled):
		return statusInterrupted
	case errors.As(err, &usage):
		p.complain(err)
		return statusUsage
	}
	p.complain(err)
	return statusFailed
}

// complain prints err on one line of standard error.
func (p *program) complain(err error) {
	text := err.Error()
	if _, ok := errors.AsType[command.UsageError](err); !ok || !strings.HasPrefix(text, "byline ") && !strings.HasPrefix(text, "byline:") { // which begins with the command
		text = "byline: " + text
	}
	hint := hints.For(err)
	if p.guest != nil {
		hint = hints.ForGuest(err)
	}
	if hint != "" {
		text += "; " + hint
	}
	fmt.Fprintln(p.errs, clean.Line(text))
}

// reportError reports that part of the work failed; the rest continues.
func (p *program) reportError(err error) {
	p.failed = true
	p.complain(err)
}

// wrongUsage returns an error that ends the program with status 2.
func wrongUsage(format string, args ...any) error { return command.WrongUsage(format, args...) }

// noArguments rejects arguments.
func noArguments(c *cobra.Command, args []string) error { return command.NoArguments(c, args) }

// envOf returns p as the commands of other packages see it.
func envOf(p *program) command.Env {
	var visitor *command.Visitor
	if g := p.guest; g != nil {
		visitor = &command.Visitor{Who: g.Person.Name, Reads: g.Person.Reads, Sync: func() (changed, done func(), err error) { return g.syncs.begin(g) }}
	}
	return command.Env{
		Visitor: visitor, In: p.in, Out: p.out, Errs: p.errs, Library: p.withLibrary, LibraryAt: p.withLibraryAt, Fail: p.reportError, Warn: warnAbout(p.errs), Progress: p.progress, Annotate: p.annotateRest,
		Articles: p.completeArticles, Where: p.entriesWhere, WhereFlag: p.whereFlag, Export: exportInto(p),
		Settings: func() (config.Config, error) {
			c, problems, err := p.settings()
			p.warn(problems)
			return c, err
		},
	}
}

// progress returns a counter of what on standard error, which shows only on a terminal.
func (p *program) progress(what string) *terminal.Progress {
	if p.linear || p.guest != nil {
		return terminal.NewProgress(nil, what)
	}
	return terminal.NewProgress(p.errs.Raw(), what)
}

// records holds the flags that say how streams of records are read.
type records struct{ sources.Records }

// flags adds the flags to a command.
func (o *records) flags(c *cobra.Command) {
	f := c.Flags()
	for _, x := range []struct {
		to         *string
		name, what string
	}{
		{&o.Text, "text", "the text"}, {&o.Title, "title", "the title"}, {&o.ID, "id", "its ID"},
		{&o.Author, "author", "the author"}, {&o.Date, "date", "the date"}, {&o.Source, "source", "the address"}, {&o.Site, "site", "the publication"},
	} {
		f.StringVar(x.to, x.name, "", "`FIELD` of a record that holds "+x.what+" (default: its usual names)")
	}
}

// check rejects unknown formats, and field flags without records.
func (o *records) check(more ...string) error {
	formats := append(load.RecordFormats(), more...)
	switch {
	case o.Format != "" && !slices.Contains(formats, o.Format):
		return wrongUsage("--from %s: unknown format; use %s or %s", o.Format, strings.Join(formats[:len(formats)-1], ", "), formats[len(formats)-1])
	case o.Columns != corpus.Columns{} && !slices.Contains(load.RecordFormats(), o.Format):
		return wrongUsage("field flags need records: add --from jsonl, csv or tsv")
	}
	return nil
}

// formatNamed returns the writable format with that name.
func formatNamed(name string) (*format.Format, error) {
	f := formats.Named(name)
	if f == nil || f.NewWriter == nil {
		return nil, wrongUsage("--format %s: unknown format; use %s", name, strings.Join(formatNames(), ", "))
	}
	return f, nil
}

// formatNames lists the writable formats.
func formatNames() []string { return formats.Names(formats.Writable()) }

// formatOf returns the format that the extension of file stands for; empty for none.
func formatOf(file string) string {
	if f := formats.OfFile(file); f != nil && f.NewWriter != nil {
		return f.Name
	}
	return ""
}

// extensions lists the file extensions that stand for a format.
func extensions() string {
	var out []string
	seen := map[string]bool{}
	for _, f := range formats.Writable() {
		if !seen[f.Extension] {
			seen[f.Extension] = true
			out = append(out, f.Extension)
		}
	}
	return strings.Join(out, ", ")
}

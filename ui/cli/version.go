package cli

import (
	"io"
	"strings"

	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"byline/annotate/engine"
	"byline/annotate/library/db"
	"byline/articles/pdf"
)

// Sections of the manual that are in no command's help.
const (
	manFiles = `$XDG_CONFIG_HOME/byline/config.toml: your settings; "byline config init" writes one with comments.
$XDG_DATA_HOME/byline/library.db: articles, reading positions and decisions.`
	manEnvironment = `BYLINE_LIBRARY: the library, in place of the one under XDG_DATA_HOME.
BYLINE_THEME: terminal, light or dark.
NO_COLOR: no colours; marks differ in other ways as well.
TERM: "dumb" works line by line, like --linear.`
	manStatus = `0: done.
1: something could not be read or written, as reported on standard error; the rest was done.
2: wrong usage.`
)

func manCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page",
		Long:    `Print the manual page, for man(1).`,
		Example: "  byline man > byline.1 && man ./byline.1",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			page, err := manual(c.Root())
			if err == nil {
				_, err = io.WriteString(p.out, page)
			}
			return err
		},
	}
}

// manual returns the manual page of a command tree.
func manual(root *cobra.Command) (string, error) {
	root.Long = joinLines(root.Long)
	plainFlags(root)
	man, err := mcobra.NewManPage(1, root)
	if err != nil {
		return "", err
	}
	for _, c := range root.Commands() {
		if !c.Hidden && c.Name() != "help" && c.Name() != "completion" {
			man = man.WithSection("byline "+c.Name(), joinLines(c.Long))
		}
	}
	man = man.WithSection("Files", manFiles).WithSection("Environment", manEnvironment).WithSection("Exit status", manStatus)
	return strings.ReplaceAll(man.Build(page{roff.NewDocument()}), lineBreak, "\n.br\n"), nil
}

// joinLines joins the lines of each paragraph; man breaks lines itself. Indented lines stay lines of
// their own.
func joinLines(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		var b strings.Builder
		indented := false
		for j, line := range strings.Split(p, "\n") {
			was := indented
			indented = strings.HasPrefix(line, "  ")
			switch {
			case j > 0 && (indented || was):
				b.WriteString(lineBreak)
			case j > 0:
				b.WriteByte(' ')
			}
			b.WriteString(line)
		}
		paragraphs[i] = b.String()
	}
	return strings.Join(paragraphs, "\n")
}

// lineBreak stands for a line break inside a paragraph, until the page is built.
const lineBreak = "\u2028"

// A page is a roff document whose Text takes a text: that of the library takes a format.
type page struct{ *roff.Document }

// Text writes text.
func (p page) Text(text string) { p.Document.Text(strings.ReplaceAll(text, "%", "%%")) }

// plainFlags removes the backquotes that name a flag's value in the help.
func plainFlags(c *cobra.Command) {
	plain := func(f *pflag.Flag) { _, f.Usage = pflag.UnquoteUsage(f) }
	c.Flags().VisitAll(plain)
	c.PersistentFlags().VisitAll(plain)
	for _, sub := range c.Commands() {
		plainFlags(sub)
	}
}

// release is the version of the next release; a build from any other commit says so.
const release = "0.2.0"

// Versions of what others read: docs/compatibility.md says when they rise.
const (
	versionJSON = 1
	versionLog  = 1
)

// version returns the version with the commit it was built from, if Go recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release + "-dev"
	}
	if v := info.Main.Version; v == "v"+release {
		return release
	}
	commit, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 7:
			commit = "+" + s.Value[:7]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ".changed"
		}
	}
	return release + "-dev" + commit + changed
}

func versionCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of byline and of its engine",
		Long: `Print the version of byline, of the engine that finds people, organizations and
quotes, of its JSON, its log and its library, and of the Go that built it. Which of them
stay compatible, and when they rise, is in docs/compatibility.md. "byline --version"
prints the first line.`,
		Example: `  byline version`,
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			e, err := engine.Default()
			if err != nil {
				return err
			}
			schema, err := db.Schema()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.out, "byline %s\nengine %s\nformats json %d, log %d, library %d\n%s %s/%s\n",
				version(), e.Version(), versionJSON, versionLog, schema, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// pdfReader is the hidden command that reads a PDF for another process of the program.
const pdfReader = "__pdf"

// withPDFReader returns a context in which PDFs are read by a separate process, which can be
// killed if a document makes the reader hang.
func withPDFReader(ctx context.Context) context.Context {
	program := "/proc/self/exe" // also when the program's file has been replaced
	if _, err := os.Stat(program); err != nil {
		if program, err = os.Executable(); err != nil {
			return ctx
		}
	}
	return pdf.WithProcess(ctx, program, pdfReader)
}

func pdfReaderCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:    pdfReader,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(c *cobra.Command, _ []string) error { return pdf.Serve(c.Context(), p.in, p.out.Raw()) },
	}
}

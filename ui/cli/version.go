package cli

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"byline/annotate/engine"
	"byline/articles/pdf"
)

// release is the version of the next release; a build from any other commit says so.
const release = "0.1.0"

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
quotes, and of the Go that built it. "byline --version" prints the first line.`,
		Example: `  byline version`,
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			e, err := engine.Default()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.out, "byline %s\nengine %s\n%s %s/%s\n",
				version(), e.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
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
		RunE:   func(c *cobra.Command, _ []string) error { return pdf.Serve(c.Context(), p.in, p.out) },
	}
}

package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"byline/articles/pdf"
)

// pdfReader is the command that reads a document for another process of the program.
const pdfReader = "__pdf"

// withPDFReader returns a context in which documents are read by a process of their own,
// which can be ended where they make the reader spin.
func withPDFReader(ctx context.Context) context.Context {
	program, err := os.Executable()
	if err != nil {
		return ctx
	}
	return pdf.Apart(ctx, program, pdfReader)
}

func (p *program) pdfReaderCommand() *cobra.Command {
	return &cobra.Command{
		Use:    pdfReader,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(c *cobra.Command, _ []string) error { return pdf.Serve(c.Context(), p.in, p.out) },
	}
}

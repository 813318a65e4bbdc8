package cli

import (
	"io"
	"strings"

	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Sections of the manual that are in no command's help.
const (
	manFiles = `$XDG_CONFIG_HOME/byline/config.toml: your settings; "byline config init" writes a commented one.
$XDG_DATA_HOME/byline/library.db: articles, reading positions and decisions.`
	manEnvironment = `BYLINE_LIBRARY: the library, in place of the one under XDG_DATA_HOME.
BYLINE_THEME: terminal, light or dark.
NO_COLOR: no colours; every mark has a sign of its own as well.
TERM: "dumb" reads line by line, as --linear does.`
	manStatus = `0: all was done.
1: something could not be read or written; the rest was done, and standard error says what was not.
2: the command was called wrongly.`
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
	page, err := mcobra.NewManPage(1, root)
	if err != nil {
		return "", err
	}
	for _, c := range root.Commands() {
		if !c.Hidden && c.Name() != "help" && c.Name() != "completion" {
			page = page.WithSection("byline "+c.Name(), joinLines(c.Long))
		}
	}
	page = page.WithSection("Files", manFiles).WithSection("Environment", manEnvironment).WithSection("Exit status", manStatus)
	return page.Build(roff.NewDocument()), nil
}

// joinLines joins the lines of each paragraph; man breaks lines itself.
func joinLines(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(paragraphs[i], "\n", " ")
	}
	return strings.Join(paragraphs, "\n")
}

// plainFlags removes the backquotes that name a flag's value in the help.
func plainFlags(c *cobra.Command) {
	plain := func(f *pflag.Flag) { _, f.Usage = pflag.UnquoteUsage(f) }
	c.Flags().VisitAll(plain)
	c.PersistentFlags().VisitAll(plain)
	for _, sub := range c.Commands() {
		plainFlags(sub)
	}
}

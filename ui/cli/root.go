package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"byline/annotate/workspace/sources"
	"byline/articles/charset"
	"byline/articles/load"
	"byline/articles/pdf"

	"byline/ui/cli/agree"
	"byline/ui/cli/command"
	"byline/ui/cli/corrections"
	"byline/ui/cli/eval"
	"byline/ui/cli/host"
	"byline/ui/cli/suggest"
	"byline/ui/cli/sync"
	"byline/ui/cli/team"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// root returns the command tree.
func root(p *program) *cobra.Command {
	c := &cobra.Command{
		Use:   "byline [FILE|DIR|URL|-]...",
		Short: "Read articles and see who is named and who said what",
		Long: `byline opens articles in the terminal, marks people, organizations and quotes in the
text, steps through them, and saves every correction you make with a key.

Without arguments it opens the library. Files, folders and - (standard input) are
added to the library and opened; the format (plain text, Markdown, HTML, …) is
detected from the content. A web address (https://…) is fetched once and kept.
Nothing else leaves this computer, unless you have it synced.

Scripts use the commands below: they stream, write to standard output, and are
quiet in a pipe.`,
		Example: `  byline                      open the library
  byline story.html           add a file and read it
  byline articles/            add a folder and choose an article
  byline https://…            fetch a page and read it
  byline annotate story.md    print people, organizations and quotes as JSON`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return p.read(c, args) },
		PersistentPreRunE: func(c *cobra.Command, args []string) error {
			c.SetContext(withMaking(charset.In(c.Context(), p.encoding), makes(c, args)))
			return p.checkOptions()
		},
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2,
	}
	c.SetVersionTemplate("byline {{.Version}}\n")
	c.SetIn(p.in)
	c.SetOut(p.out)
	c.SetErr(p.errs)
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return wrongUsage("%s: %s; see \"%s --help\"", c.CommandPath(), describeFlagError(err), c.CommandPath())
	})
	p.globalFlags(c)
	addTo(c, p.commands())
	c.InitDefaultCompletionCmd()
	for _, made := range c.Commands() {
		if made.Name() == "completion" {
			made.Args, made.RunE = cobra.ArbitraryArgs, func(*cobra.Command, []string) error {
				return wrongUsage("byline completion: name a shell: bash, zsh, fish or powershell")
			}
		}
	}
	return c
}

// helpCommand returns the command that explains commands of root. That of cobra explains the root if there is none of that name.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]...",
		Short: "Explain a command",
		Long:  `Explain a command: what it does, its flags, and examples.`,
		Example: `  byline help export
  byline help team assign`,
		RunE: func(c *cobra.Command, args []string) error {
			of, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return wrongUsage(`%s %s: no such command; "%s" lists them`, c.CommandPath(), strings.Join(args, " "), c.CommandPath())
			}
			of.InitDefaultHelpFlag()
			return of.Help()
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, begin string) (found []string, _ cobra.ShellCompDirective) {
			if of, rest, err := root.Find(args); err == nil && len(rest) == 0 {
				for _, below := range of.Commands() {
					if below.IsAvailableCommand() && strings.HasPrefix(below.Name(), begin) {
						found = append(found, cobra.CompletionWithDesc(below.Name(), below.Short))
					}
				}
			}
			return found, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func (p *program) globalFlags(c *cobra.Command) {
	f := c.PersistentFlags()
	f.StringVar(&p.library, "library", "", "library `FILE`, with articles and decisions (BYLINE_LIBRARY)")
	f.StringVar(&p.config, "config", "", "settings `FILE`")
	f.StringVar(&p.theme, "theme", "", "color theme `NAME`: terminal, light or dark (BYLINE_THEME)")
	f.StringVar(&p.who, "who", "", "`NAME` that your decisions are saved under")
	f.StringVar(&p.view, "view", "", "whose decisions are applied, `VIEW`: mine, curated, all, or the name of a person (default: all)")
	f.StringVar(&p.encoding, "encoding", "", "read texts in the encoding `NAME`, such as shift_jis (default: detected)")
	f.BoolVar(&p.client.AllowPrivate, "allow-private", false, "let web addresses lead into private networks")
	f.BoolVar(&p.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	f.BoolVar(&p.linear, "linear", false, "line by line, for screen readers")
	completeWith(c, "theme", "terminal", "light", "dark")
	completeWith(c, "view", "mine", "curated", "all")
}

// describeFlagError explains an error in a flag without the wording of package strconv.
func describeFlagError(err error) string {
	var value *pflag.InvalidValueError
	if !errors.As(err, &value) {
		return err.Error()
	}
	return fmt.Sprintf("--%s %s: %s", value.GetFlag().Name, value.GetValue(), kindOf(value.GetFlag()))
}

// kindOf names what a flag takes.
func kindOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int":
		return "must be a whole number"
	case "bool":
		return "must be true or false"
	}
	return "not a valid " + f.Value.Type()
}

// completeWith completes the value of a flag for the shell.
func completeWith(c *cobra.Command, flag string, words ...string) {
	command.CompleteWith(c, flag, words...)
}

func (p *program) checkOptions() error {
	if p.theme != "" && !validTheme(p.theme) {
		return wrongUsage("--theme %s: unknown theme; use terminal, light or dark", p.theme)
	}
	if p.encoding != "" && !charset.IsKnown(p.encoding) {
		return wrongUsage("--encoding %s: unknown encoding; name one as web pages do, such as utf-8, windows-1251, gb18030 or shift_jis", p.encoding)
	}
	return nil
}

// checkNames reports the first name that cannot be opened because of its form. Whether a file can
// be read turns out later.
func checkNames(names []string, root *cobra.Command) error {
	for _, name := range names {
		if name == "-" || sources.IsURL(sources.Name(name)) {
			continue
		}
		if _, err := os.Stat(name); err != nil {
			return notFound(name, err, root)
		}
	}
	return nil
}

// notFound returns the error for a name that does not exist, which may be a misspelled command.
func notFound(name string, err error, root *cobra.Command) error {
	if near := root.SuggestionsFor(name); len(near) > 0 {
		return wrongUsage("%s: no such file or command; did you mean \"byline %s\"?", name, near[0])
	}
	return fmt.Errorf("open %s: %w", name, load.WithoutPath(err))
}

// A commandGroup is commands that help lists together.
type commandGroup struct {
	title    string
	commands []*cobra.Command
}

// programGroup is the last group.
const programGroup = "The program and its library"

// groupsOf returns the sub-commands as help shows them.
func groupsOf(p *program) []commandGroup {
	env := envOf(p)
	return []commandGroup{
		{"Articles", []*cobra.Command{
			addCommand(p),
			diffCommand(p),
			feedCommand(p),
			listCommand(p),
			removeCommand(p),
			rereadCommand(p),
			restoreCommand(p),
			searchCommand(p),
			trashCommand(p),
		}},
		{"Names and quotes", []*cobra.Command{
			annotateCommand(p),
			blameCommand(p),
			logCommand(p),
			peopleCommand(p),
			quotesCommand(p),
			reviewCommand(p),
			suggest.Command(env),
		}},
		{"Files of annotations", []*cobra.Command{
			convertCommand(p),
			eval.Command(env),
			exportCommand(p),
			importCommand(p),
		}},
		{"Several people", []*cobra.Command{
			host.Command(env, hostProgram(p)),
			sync.Command(env),
			team.Command(env, useOf, adjudicateCommand(p), agree.Command(env), corrections.Command(env)),
		}},
		{programGroup, []*cobra.Command{
			backupCommand(p),
			checkCommand(p),
			configCommand(p),
			manCommand(p),
			tourCommand(p),
			versionCommand(p),
		}},
	}
}

// commands returns the sub-commands, each in the group that help lists it in.
func (p *program) commands() []*cobra.Command {
	if pdf.IsReader() {
		return []*cobra.Command{pdfReaderCommand(p)}
	}
	var all []*cobra.Command
	for _, g := range groupsOf(p) {
		for _, c := range g.commands {
			c.GroupID = g.title
		}
		all = append(all, g.commands...)
	}
	return all
}

// addTo adds commands to root, which lists them by group in the order in which they come.
func addTo(root *cobra.Command, commands []*cobra.Command) {
	for _, c := range commands {
		if c.GroupID != "" && !root.ContainsGroup(c.GroupID) {
			root.AddGroup(&cobra.Group{ID: c.GroupID, Title: c.GroupID + ":"})
		}
	}
	root.AddCommand(commands...)
	root.SetHelpCommand(helpCommand(root))
	if groups := root.Groups(); len(groups) > 0 { // those that cobra makes
		root.SetHelpCommandGroupID(groups[len(groups)-1].ID)
		root.SetCompletionCommandGroupID(groups[len(groups)-1].ID)
	}
}

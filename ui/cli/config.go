package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"byline/annotate/workspace/export"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui/config"
)

func (p *program) configCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show, find or write your settings",
		Long: `Settings live in a TOML file under XDG_CONFIG_HOME. Nothing needs one: every
setting has a default. A wrong setting is named with its line and what to write,
and the program starts with the default in its place.`,
		Example: `  byline config init          write a file with every setting and its default
  byline config path          where the file is looked for
  byline config show          your file, or the defaults where there is none
  byline config keys          every action with its keys`,
		Args: nothingMore,
		RunE: func(*cobra.Command, []string) error {
			return wrongUsage("byline config: say what: init, keys, path or show")
		},
	}
	c.AddCommand(p.configInit(), p.configKeys(), p.configPath(), p.configShow())
	return c
}

func (p *program) configInit() *cobra.Command {
	force := false
	c := &cobra.Command{
		Use:   "init",
		Short: "Write a file with every setting, its default and a comment",
		Long: `Write a file with every setting, its default and a comment to the place where
byline looks for it, or to --config FILE. A file that is there stays as it is,
unless --force is given.`,
		Example: `  byline config init
  byline config init --config ./byline.toml`,
		Args: nothingMore,
		RunE: func(*cobra.Command, []string) error {
			path, err := p.configFile()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return fmt.Errorf("make the folder of %s: %w", path, load.WithoutPath(err))
			}
			if err := export.WriteFile(path, config.Default(), force); err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.out, clean.Line(path))
			return err
		},
	}
	c.Flags().BoolVar(&force, "force", false, "replace a file that is there")
	return c
}

func (p *program) configPath() *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   "Print where your settings are looked for",
		Long:    `Print the path of the file with your settings, whether it exists or not.`,
		Example: `  $EDITOR "$(byline config path)"`,
		Args:    nothingMore,
		RunE: func(*cobra.Command, []string) error {
			path, err := p.configFile()
			if err == nil {
				_, err = fmt.Fprintln(p.out, clean.Line(path))
			}
			return err
		},
	}
}

func (p *program) configShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show",
		Short: "Print your settings, and what is wrong with them",
		Long: `Print the file with your settings as it stands, or the defaults where there is no
file. What is wrong in it is said on standard error, and the exit status is 1.`,
		Example: `  byline config show
  byline config show >/dev/null && echo fine`,
		Args: nothingMore,
		RunE: func(*cobra.Command, []string) error { return p.showConfig() },
	}
}

func (p *program) showConfig() error {
	path, err := p.configFile()
	if err != nil {
		return err
	}
	c, problems := config.Load(path)
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		data = config.Default()
	case err != nil:
		return fmt.Errorf("read %s: %w", path, load.WithoutPath(err))
	}
	problems = append(problems, keyProblems(c, path)...)
	p.warn(problems)
	p.failed = len(problems) > 0
	text := string(data)
	if isTerminal(p.out) {
		text = clean.String(text)
	}
	_, err = fmt.Fprint(p.out, text)
	return err
}

// configFile returns the path of the file with the settings.
func (p *program) configFile() (string, error) {
	if p.config != "" {
		return p.config, nil
	}
	return config.Path()
}

// settings loads the file with the settings and puts environment and flags over it,
// which win in this order.
func (p *program) settings() (config.Config, []config.Problem, error) {
	path, err := p.configFile()
	if err != nil {
		return config.Config{}, nil, err
	}
	if _, err := os.Stat(path); p.config != "" && err != nil {
		return config.Config{}, nil, fmt.Errorf("read --config %s: %w", path, load.WithoutPath(err))
	}
	c, problems := config.Load(path)
	problems = append(problems, keyProblems(c, path)...)
	if theme := os.Getenv("BYLINE_THEME"); theme != "" {
		problems = append(problems, setTheme(&c, theme)...)
	}
	if p.theme != "" {
		c.Theme = p.theme
	}
	if library := os.Getenv("BYLINE_LIBRARY"); library != "" {
		c.Library = library
	}
	if p.library != "" {
		c.Library = p.library
	}
	if p.who != "" {
		c.Who = p.who
	}
	c.Mouse = c.Mouse && !p.noMouse
	c.Linear = c.Linear || p.linear || dumb()
	return c, problems, nil
}

// warn says what is wrong with the settings, which stops nothing.
func (p *program) warn(problems []config.Problem) {
	for _, problem := range problems {
		p.complain(errors.New(problem.String()))
	}
}

func setTheme(c *config.Config, theme string) []config.Problem {
	if !validTheme(theme) {
		return []config.Problem{{Path: "BYLINE_THEME", What: fmt.Sprintf("there is no theme %+q", theme),
			Fix: "take terminal, light or dark"}}
	}
	c.Theme = theme
	return nil
}

func validTheme(name string) bool {
	return name == "terminal" || name == "light" || name == "dark"
}

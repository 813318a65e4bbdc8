package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/team"
	"byline/annotate/workspace/export"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/cli/terminal"
	"byline/ui/config"
	"byline/ui/screens"
)

func configCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show, locate or write your settings",
		Long: `Settings are kept in a TOML file under XDG_CONFIG_HOME. The file is optional: every setting
has a default. A wrong setting is reported with its line and what is allowed there, and the
default is used instead.`,
		Example: `  byline config init          write a file with every setting and its default
  byline config path          print the path of the file
  byline config show          print your settings, or the defaults
  byline config keys          list every action with its keys`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			return wrongUsage("byline config: add a command: init, keys, path or show")
		},
	}
	c.AddCommand(configInit(p), configKeys(p), configPath(p), configShow(p))
	return c
}

func configInit(p *program) *cobra.Command {
	force := false
	c := &cobra.Command{
		Use:   "init",
		Short: "Write a settings file with every default, explained",
		Long: `Write a file with every setting, its default and a comment, where byline reads it, or to
--config FILE; with --who NAME, who is that name. An existing file is overwritten only with --force.`,
		Example: `  byline config init
  byline config init --who ann
  byline config init --config ./byline.toml`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			path, err := configFile(p.config)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return fmt.Errorf("create the folder of %s: %w", path, load.WithoutPath(err))
			}
			if err := export.WriteFile(path, config.Default(team.Name(clean.Line(p.who))), force); err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.out, clean.Line(path))
			return err
		},
	}
	c.Flags().BoolVar(&force, "force", false, "overwrite an existing file")
	return c
}

func configPath(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   "Print the path of your settings file",
		Long:    `Print the path of your settings file, whether it exists or not.`,
		Example: `  $EDITOR "$(byline config path)"`,
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			path, err := configFile(p.config)
			if err == nil {
				_, err = fmt.Fprintln(p.out, clean.Line(path))
			}
			return err
		},
	}
}

func configShow(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "show",
		Short: "Print your settings, and any problems in them",
		Long: `Print your settings file as it is, or the defaults if there is none. Problems in it are
reported on standard error, with exit status 1.`,
		Example: `  byline config show
  byline config show >/dev/null && echo fine`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return p.showConfig() },
	}
}

func (p *program) showConfig() error {
	path, err := configFile(p.config)
	if err != nil {
		return err
	}
	c, problems := config.Load(path)
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		data = config.Default("")
	case err != nil:
		return fmt.Errorf("read %s: %w", path, load.WithoutPath(err))
	}
	problems = append(problems, keyProblems(c, path)...)
	p.warn(problems)
	p.failed = len(problems) > 0
	text := string(data)
	if terminal.Is(p.out) {
		text = clean.String(text)
	}
	_, err = fmt.Fprint(p.out, text)
	return err
}

// configFile returns the path of the settings file, which is given if that is not empty.
func configFile(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	return config.Path()
}

// ownLabels returns the labels of the settings.
func ownLabels(p *program) ([]string, error) {
	c, _, err := p.settings()
	return labelNames(c), err
}

// labelNames returns the labels that settings name.
func labelNames(c config.Config) []string {
	out := make([]string, len(c.Labels))
	for i, l := range c.Labels {
		out[i] = l.Name
	}
	return out
}

// settings loads the settings file. Environment variables override it, and flags override both.
func (p *program) settings() (config.Config, []config.Problem, error) {
	if p.guest != nil {
		return p.guest.config, nil, nil
	}
	path, err := configFile(p.config)
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
	c.Who = team.Name(clean.Line(c.Who))
	for i := range c.Labels {
		c.Labels[i].Name = clean.Line(c.Labels[i].Name)
	}
	c.Mouse = c.Mouse && !p.noMouse
	c.Linear = c.Linear || p.linear || terminal.Dumb()
	p.client.Agent = cmp.Or(c.Web.Agent, agent)
	p.client.Languages = cmp.Or(c.Web.Languages, languages(os.Getenv))
	return c, problems, nil
}

// languages returns the languages of the environment as Accept-Language lists them: "pt_BR.UTF-8" is Portuguese of Brazil,
// then any Portuguese, then English, then whatever there is.
func languages(getenv func(string) string) string {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	locale, _, _ = strings.Cut(locale, ".")
	locale, _, _ = strings.Cut(locale, "@")
	language, country, _ := strings.Cut(locale, "_")
	switch {
	case len(language) != 2 && len(language) != 3, language == "en" && country == "":
		return "en, *;q=0.5"
	case language == "en":
		return "en-" + country + ", en;q=0.9, *;q=0.5"
	case country != "":
		return language + "-" + country + ", " + language + ";q=0.9, en;q=0.5, *;q=0.3"
	}
	return language + ", en;q=0.5, *;q=0.3"
}

// warn prints what is wrong with the settings, and never stops the program.
func (p *program) warn(problems []config.Problem) {
	for _, problem := range problems {
		if text := problem.String(); !slices.Contains(p.warned, text) {
			p.warned = append(p.warned, text)
			p.complain(errors.New(text))
		}
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

func configKeys(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "keys",
		Short: "List all actions with their keys",
		Long: `List the actions of the library, the reader and the program, one per line: its name, as in
[keys] of the settings, its keys, and what it does, separated by tabs.`,
		Example: `  byline config keys
  byline config keys | grep quote`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			c, problems, err := p.settings()
			if err != nil {
				return err
			}
			p.warn(problems)
			for _, s := range ui.Rebind(screens.Scopes(), screens.Keys(c)) {
				for _, b := range s.Bindings {
					if _, err := fmt.Fprintf(p.out, "%s\t%s\t%s\n", b.Action, strings.Join(b.Keys, " "), b.Help); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

// keyProblems returns what is wrong with the keys in c besides their spelling: an unknown action,
// or a key that two actions of one table share.
func keyProblems(c config.Config, path string) []config.Problem {
	actions := map[string]string{} // the table of each action
	for _, s := range screens.Scopes() {
		for _, b := range s.Bindings {
			actions[string(b.Action)] = s.Name
		}
	}
	var problems []config.Problem
	taken := map[[2]string]string{}
	for _, name := range sortedKeys(c) {
		table, known := actions[name]
		line := c.Line("keys." + name)
		if prefix, _, _ := strings.Cut(name, "."); !known && slices.Contains([]string{"library", "reader", "adjudicate", "app"}, prefix) && !strings.HasPrefix(name, "reader.label-") {
			problems = append(problems, config.Problem{Path: path, Line: line, What: fmt.Sprintf("there is no action %+q", name),
				Fix: `"byline config keys" lists them`})
			continue
		}
		for _, key := range c.Keys[name] {
			if other, ok := taken[[2]string{table, key}]; ok && known {
				problems = append(problems, config.Problem{Path: path, Line: line, What: fmt.Sprintf("%+q is already the key of %s", key, other),
					Fix: "use another key for one of them"})
				continue
			}
			taken[[2]string{table, key}] = name
		}
	}
	return append(problems, labelProblems(c, path)...)
}

// labelProblems returns the labels whose key the reader uses for something else.
func labelProblems(c config.Config, path string) []config.Problem {
	var problems []config.Problem
	for _, s := range ui.Rebind(screens.Scopes(), screens.Keys(c)) {
		for _, b := range s.Bindings {
			for _, l := range c.Labels {
				if s.Name != "library" && s.Name != "adjudicate" && slices.Contains(b.Keys, l.Key) {
					problems = append(problems, config.Problem{Path: path, Line: c.Line("labels." + l.Name),
						What: fmt.Sprintf("%+q is the key of %s", l.Key, b.Action), Fix: "use another, or give the action another key under [keys]"})
				}
			}
		}
	}
	return problems
}

// sortedKeys returns the actions that c rebinds, in the order of their lines.
func sortedKeys(c config.Config) []string {
	names := make([]string, 0, len(c.Keys))
	for name := range c.Keys {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := c.Line("keys."+a) - c.Line("keys."+b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names
}

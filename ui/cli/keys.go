package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/ui"
	"byline/ui/config"
	"byline/ui/screens"
)

func (p *program) configKeys() *cobra.Command {
	return &cobra.Command{
		Use:   "keys",
		Short: "List the actions with their keys, as your settings have them",
		Long: `List the actions of the library, the reader and the program, one a line: its name as
[keys] in the settings takes it, its keys, and what it does, parted by tabs.`,
		Example: `  byline config keys
  byline config keys | grep quote`,
		Args: nothingMore,
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

// keyProblems returns what is wrong with the keys in c beyond how they are spelled:
// an action that there is not, a key that two actions of one table ask for.
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
		if prefix, _, _ := strings.Cut(name, "."); !known && slices.Contains([]string{"library", "reader", "app"}, prefix) && !strings.HasPrefix(name, "reader.label-") {
			problems = append(problems, config.Problem{Path: path, Line: line, What: fmt.Sprintf("there is no action %+q", name),
				Fix: `"byline config keys" lists them`})
			continue
		}
		for _, key := range c.Keys[name] {
			if other, ok := taken[[2]string{table, key}]; ok && known {
				problems = append(problems, config.Problem{Path: path, Line: line, What: fmt.Sprintf("%+q is given to %s already", key, other),
					Fix: "take another key for one of them"})
				continue
			}
			taken[[2]string{table, key}] = name
		}
	}
	return append(problems, labelProblems(c, path)...)
}

// labelProblems returns the labels whose key the reader has for something else.
func labelProblems(c config.Config, path string) []config.Problem {
	var problems []config.Problem
	for _, s := range ui.Rebind(screens.Scopes(), screens.Keys(c)) {
		for _, b := range s.Bindings {
			for _, l := range c.Labels {
				if s.Name != "library" && slices.Contains(b.Keys, l.Key) {
					problems = append(problems, config.Problem{Path: path, Line: c.Line("labels." + l.Name),
						What: fmt.Sprintf("%+q is the key of %s", l.Key, b.Action), Fix: "take another, or give the action another under [keys]"})
				}
			}
		}
	}
	return problems
}

// sortedKeys returns the actions that c gives keys to, in the order of their lines.
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

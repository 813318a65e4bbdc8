package app

import (
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles/clean"
)

// pathsMsg holds the file names that complete a path.
type pathsMsg struct {
	to    *prompt
	paths []string
}

// mostPaths is the most names of a folder that are offered.
const mostPaths = 1000

// complete looks for file names that start with the text of the prompt.
func (p *prompt) complete() tea.Cmd {
	if !p.ask.Path {
		return nil
	}
	begin := p.field.Value()
	return func() tea.Msg { return pathsMsg{p, paths(begin)} }
}

// paths returns the file names that start with begin, folders with a trailing slash, hidden files
// only if begin names a dot. The typed part is kept as it is, including a ~ for the home
// directory. Names that a terminal cannot show unchanged are left out.
func paths(begin string) []string {
	dir, base := filepath.Split(begin)
	real := dir
	if rest, ok := strings.CutPrefix(dir, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil
		}
		real = filepath.Join(home, rest)
	}
	if real == "" {
		real = "."
	}
	files, err := os.ReadDir(real)
	if err != nil {
		return nil // the error is reported when the path is accepted
	}
	var out []string
	for _, f := range files {
		name := f.Name()
		if !strings.HasPrefix(name, base) || name[0] == '.' && base == "" || clean.Line(name) != name {
			continue
		}
		if info, err := os.Stat(filepath.Join(real, name)); err == nil && info.IsDir() {
			name += string(filepath.Separator)
		}
		if out = append(out, dir+name); len(out) == mostPaths {
			break
		}
	}
	return out
}

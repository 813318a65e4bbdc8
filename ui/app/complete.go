package app

import (
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles/clean"
)

// pathsMsg holds the names of files that complete what is typed.
type pathsMsg struct {
	to    *prompt
	paths []string
}

// mostPaths is how many names of a folder are offered at most.
const mostPaths = 1000

// complete looks for files whose names start with what is typed.
func (p *prompt) complete() tea.Cmd {
	if !p.ask.Path {
		return nil
	}
	begin := p.field.Value()
	return func() tea.Msg { return pathsMsg{p, paths(begin)} }
}

// paths returns the names of files that start with begin, folders with a slash at their
// end, hidden ones only where a dot is typed. What is typed stays as it is, also a ~ for
// the home directory. Names that a terminal cannot show unchanged are left out.
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
		return nil // the error is shown when the path is accepted
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

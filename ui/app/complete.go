package app

import (
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles/clean"
)

// pathsMsg brings what the names of files go on with.
type pathsMsg struct {
	to    *prompt
	paths []string
}

// mostPaths is how many names of a folder are offered.
const mostPaths = 1000

// complete looks for the files whose names begin as what is typed.
func (p *prompt) complete() tea.Cmd {
	if !p.ask.Path {
		return nil
	}
	begin := p.field.Value()
	return func() tea.Msg { return pathsMsg{p, paths(begin)} }
}

// paths returns the names of files that begin so, of folders with a slash, hidden ones
// only where a dot is typed. The begin stays as it is typed, a ~ for the home directory
// too. Names that would not come through a terminal whole are left out.
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
		return nil // what is wrong is said when the path is accepted
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

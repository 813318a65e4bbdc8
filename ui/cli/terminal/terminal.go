// Package terminal describes the process's streams: whether one is a terminal, how wide it is, and
// whether its cursor moves. It also shows the progress of long work.
package terminal

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// Is reports whether w, a reader or a writer, is a terminal.
func Is(w any) bool {
	f, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(f.Fd())
}

// Columns returns the width of the terminal w in cells; 80 if it is not a terminal.
func Columns(w io.Writer) int {
	if f, ok := w.(interface{ Fd() uintptr }); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// Dumb reports whether the terminal's cursor cannot move.
func Dumb() bool { return os.Getenv("TERM") == "dumb" }

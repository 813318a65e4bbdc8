// Package terminal says what a stream of the process is: whether it is a terminal, how wide,
// and whether its cursor moves; and shows there how far long work has come.
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

// Columns returns the width of the terminal w in cells; 80 where it is none.
func Columns(w io.Writer) int {
	if f, ok := w.(interface{ Fd() uintptr }); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// Dumb reports whether the terminal cannot move its cursor.
func Dumb() bool { return os.Getenv("TERM") == "dumb" }

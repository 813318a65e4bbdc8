// Package terminal describes the process's streams: whether one is a terminal, how wide it is, and
// whether its cursor moves. It also shows the progress of long work.
package terminal

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// A distant stream leads to another computer: there is no file of this one that could say whether it is a terminal.
type distant interface {
	// Cells returns the width of the terminal in cells; 0 if it is none, negative if the stream is not distant.
	Cells() int
}

// Is reports whether w, a reader or a writer, is a terminal.
func Is(w any) bool {
	if d, ok := w.(distant); ok {
		if n := d.Cells(); n >= 0 {
			return n > 0
		}
	}
	f, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(f.Fd())
}

// Columns returns the width of the terminal w in cells; 80 if it is not a terminal.
func Columns(w io.Writer) int {
	if d, ok := w.(distant); ok {
		if n := d.Cells(); n > 0 {
			return n
		}
	}
	if f, ok := w.(interface{ Fd() uintptr }); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// Dumb reports whether the terminal's cursor cannot move.
func Dumb() bool { return os.Getenv("TERM") == "dumb" }

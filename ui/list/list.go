// Package list is a list of rows of which only the visible ones are drawn. It
// knows which row is current and which are on the screen, and nothing of what they show.
package list

import "byline/ui/columns"

// A List is a cursor over Len rows of the same height, seen through a window. The
// zero List has no rows.
type List struct {
	Len    int // rows
	Cursor int // the current row
	Top    int // the first row on the screen
	Tall   int // lines of a row; 0 for 1
	height int // lines of the window when it was last drawn
}

// Move moves the cursor by n rows, as far as there are any.
func (l *List) Move(n int) { l.To(l.Cursor + n) }

// To puts the cursor on row i, or on the nearest there is.
func (l *List) To(i int) { l.Cursor = max(0, min(i, l.Len-1)) }

// Page returns how many rows the window held when it was last drawn, at least 1.
func (l *List) Page() int { return max(1, l.height/l.tall()) }

// Scroll moves the window by n rows and keeps the cursor in it, a margin away from its
// edges, so that drawing leaves the window where it is.
func (l *List) Scroll(n int) {
	last := max(0, l.Len-l.Page())
	l.Top = max(0, min(l.Top+n, last))
	low, high := l.Top+l.margin(), l.Top+l.Page()-1-l.margin()
	if l.Top == 0 {
		low = 0
	}
	if l.Top == last {
		high = l.Len - 1
	}
	l.To(max(low, min(l.Cursor, high)))
}

// At returns the row that is drawn on line y of the window.
func (l *List) At(y int) (i int, ok bool) {
	i = l.Top + y/l.tall()
	return i, y >= 0 && y < l.height && i < l.Len
}

// Draw returns height lines of width cells: those that row returns for each visible
// row, and blank ones below.
func (l *List) Draw(width, height int, row func(i int) []string) []string {
	l.height = height
	l.To(l.Cursor)
	l.Top = min(l.Top, l.Cursor-l.margin())
	l.Top = max(l.Top, l.Cursor+l.margin()-l.Page()+1)
	l.Top = max(0, min(l.Top, l.Len-l.Page()))
	lines := make([]string, 0, height)
	for i := l.Top; i < l.Len && len(lines) < height; i++ {
		lines = append(lines, row(i)...)
	}
	for len(lines) < height {
		lines = append(lines, columns.Blank(width))
	}
	return lines[:height]
}

// margin is how many rows stay visible above and below the cursor.
func (l *List) margin() int { return min(2, (l.Page()-1)/2) }

func (l *List) tall() int { return max(1, l.Tall) }

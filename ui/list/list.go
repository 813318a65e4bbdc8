// Package list is a list widget that draws only the visible rows. It knows which row is current
// and which are on the screen, but not what they show.
package list

import "byline/ui/columns"

// A List is a cursor over Len rows of the same height, seen through a window. The
// zero List has no rows.
type List struct {
	Len    int // rows
	Cursor int // the current row
	Top    int // the first row on the screen
	Tall   int // lines per row; 0 for 1
	height int // lines of the window when last drawn
}

// Move moves the cursor by n rows, within the list.
func (l *List) Move(n int) { l.To(l.Cursor + n) }

// To puts the cursor on row i, or on the nearest row.
func (l *List) To(i int) { l.Cursor = max(0, min(i, l.Len-1)) }

// Page returns how many rows fit into the window as last drawn, at least 1.
func (l *List) Page() int { return max(1, l.height/l.visibleRows()) }

// Scroll moves the window by n rows and keeps the cursor inside it, a margin away from its edges,
// so that drawing does not move the window back.
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

// At returns the row drawn on line y of the window.
func (l *List) At(y int) (i int, ok bool) {
	i = l.Top + y/l.visibleRows()
	return i, y >= 0 && y < l.height && i < l.Len
}

// Draw returns height lines of width cells: what row returns for each visible row, then blank
// lines.
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

// margin returns how many rows stay visible above and below the cursor.
func (l *List) margin() int { return min(2, (l.Page()-1)/2) }

func (l *List) visibleRows() int { return max(1, l.Tall) }

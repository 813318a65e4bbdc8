package display

// A layout says where the parts of the reader are, in cells from the top left
// of the screen. It is a pure function of the size and of what is shown.
type layout struct {
	width, height int
	header        int  // rows above the text: 0 in zen mode, else 1 or 2
	status        int  // rows below it: 0 or 1
	body          int  // rows of text
	textX, textW  int  // the text column, gutter included; textW is 0 where the panel hides it
	room          span // the columns that the text may take
	panelX        int
	panelW        int // 0 where there is no panel
}

// A span of columns: half-open.
type span struct{ from, to int }

// gutter is the width in cells of the column of signs left of the text.
const gutter = 2

// view says what a reader wants to see.
type view struct {
	measure    int  // the widest the text may be, in cells
	panel      bool // the side panel is wanted
	panelWidth int  // of the panel, in cells; it takes more where there is room
	left       bool // the panel is left of the text
	focus      bool // it has the keys, so it must show
	Zen        bool
}

// Widths from which the panel is shown next to the text always, and while it has
// the keys.
const (
	besideAlways = 100
	besideFocus  = 76
)

func arrange(width, height int, v view) layout {
	l := layout{width: width, height: height, header: 2, status: 1}
	switch {
	case v.Zen:
		l.header, l.status = 0, 0
	case height < 10:
		l.header, l.status = 1, 0
	}
	l.body = max(1, height-l.header-l.status)
	l.room = span{0, width}
	switch {
	case v.Zen && !v.focus:
	case v.panel && width >= besideAlways || v.focus && width >= besideFocus:
		l.panelW = min(v.panelFor(width), width/2-2)
		if l.room.to -= l.panelW + 1; v.left {
			l.room = span{l.panelW + 1, width}
		} else {
			l.panelX = width - l.panelW
		}
	case v.focus:
		l.panelW = width
		return l
	}
	room := l.room.to - l.room.from
	l.textW = max(1, min(v.measure+gutter, room-2))
	l.textX = l.room.from + (room-l.textW)/2
	return l
}

// The panel grows to panelMost cells as long as the text keeps its width and a margin.
const (
	panelMost = 60
	margin    = 4
)

// panelFor returns how wide the panel is on a screen of so many cells.
func (v *view) panelFor(width int) int {
	spare := width - (v.measure + gutter + 2*margin) - 1
	return max(v.panelWidth, min(panelMost, spare))
}

// border returns the column of the line between text and panel; −1 for none.
func (l *layout) border() int {
	switch {
	case l.panelW == 0 || l.textW == 0:
		return -1
	case l.panelX == 0:
		return l.panelW
	}
	return l.panelX - 1
}

// inPanel reports whether the panel has the column x.
func (l *layout) inPanel(x int) bool { return l.panelW > 0 && x >= l.panelX && x < l.panelX+l.panelW }

// Body returns the rows of text on the screen.
func (f *Frame) Body() int { return f.layout().body }

// NoPanel reports whether the panel is not shown.
func (f *Frame) NoPanel() bool { return f.layout().panelW == 0 }

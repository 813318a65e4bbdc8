package reader

// A layout says where the parts of the reader stand, in cells from the top left
// of the screen. It is a pure function of the size and of what is shown.
type layout struct {
	width, height int
	header        int // rows above the text: 0 in zen mode, else 1 or 2
	status        int // rows below it: 0 or 1
	body          int // rows of text
	textX, textW  int // the text column, gutter included; textW is 0 where the panel hides it
	panelX        int
	panelW        int // 0 where there is no panel
}

// gutter is the width in cells of the column of signs left of the text.
const gutter = 2

// view says what a reader wants to see.
type view struct {
	measure int  // the widest the text may be, in cells
	panel   bool // the side panel is wanted
	focus   bool // it has the keys, so it must show
	zen     bool
}

// Widths from which the panel stands beside the text always, and while it has
// the keys.
const (
	besideAlways = 100
	besideFocus  = 76
)

func arrange(width, height int, v view) layout {
	l := layout{width: width, height: height, header: 2, status: 1}
	switch {
	case v.zen:
		l.header, l.status = 0, 0
	case height < 10:
		l.header, l.status = 1, 0
	}
	l.body = max(1, height-l.header-l.status)
	room := width
	switch {
	case v.zen && !v.focus:
	case v.panel && width >= besideAlways || v.focus && width >= besideFocus:
		l.panelW = min(46, max(28, width*3/10))
		room -= l.panelW + 1
		l.panelX = room + 1
	case v.focus:
		l.panelW = width
		return l
	}
	l.textW = max(1, min(v.measure+gutter, room-2))
	l.textX = (room - l.textW) / 2
	if l.panelW > 0 {
		l.textX = min(l.textX, 6)
	}
	return l
}

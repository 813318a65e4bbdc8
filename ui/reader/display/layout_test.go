package display

import "testing"

func TestArrange(t *testing.T) {
	t.Parallel()
	v := view{measure: 72, panel: true, panelWidth: 32}
	for _, c := range []struct {
		width              int
		left               bool
		textX, textW, side int
	}{
		{80, false, 3, 74, 0},
		{100, false, 1, 65, 32},
		{120, false, 4, 74, 37},
		{140, false, 4, 74, 57},
		{200, false, 32, 74, 60}, // the text is in the middle of what is left
		{200, true, 93, 74, 60},
		{300, false, 82, 74, 60},
	} {
		v.left = c.left
		l := arrange(c.width, 40, v)
		if l.textX != c.textX || l.textW != c.textW || l.panelW != c.side {
			t.Errorf("width %d: the text is %d wide at %d and the panel %d, not %d at %d and %d",
				c.width, l.textW, l.textX, l.panelW, c.textW, c.textX, c.side)
		}
	}
}

// TestArrangeFits checks that text and panel are on the screen and do not overlap, at any size.
func TestArrangeFits(t *testing.T) {
	t.Parallel()
	for width := 1; width <= 300; width++ {
		for _, v := range []view{{measure: 72, panel: true, panelWidth: 32}, {measure: 120, panel: true, panelWidth: 80, left: true}, {measure: 20, panelWidth: 20, focus: true}} {
			l := arrange(width, 20, v)
			if l.textX < 0 || l.textW > 0 && l.textX+l.textW > max(width, 1) || l.panelX+l.panelW > width {
				t.Fatalf("width %d: %+v", width, l)
			}
			if l.textW > 0 && l.panelW > 0 && l.textX < l.panelX+l.panelW && l.panelX < l.textX+l.textW {
				t.Fatalf("width %d: text and panel overlap: %+v", width, l)
			}
		}
	}
}

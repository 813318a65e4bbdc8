package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
)

// A burst is keys that come faster than anybody types. Where the terminal does not tell pasting
// from typing (a serial console, an old multiplexer), a pasted text would run as commands.
type burst struct {
	on     bool // keys wait for those that come with them
	keys   []tea.KeyPressMsg
	looked int // how many there were when last looked
}

// Bounds of typing: more keys than mostTyped without a pause are no typing. A key alone waits as long as
// the next letter takes at 9,600 baud, twice over; what has company by then waits longer for more, since
// nobody types so fast. A burst is over when there were no more keys for quietTime.
const (
	mostTyped = 20
	firstTime = 2 * time.Millisecond
	nextTime  = 5 * time.Millisecond
	quietTime = 50 * time.Millisecond
)

// wait returns how long keys wait for more.
func (b *burst) wait() time.Duration {
	switch n := len(b.keys); {
	case n <= 1:
		return firstTime
	case n <= mostTyped:
		return nextTime
	}
	return quietTime
}

type heldMsg struct{}

// gather keeps a key until it is known whether others come with it.
func (m *Model) gather(k tea.KeyPressMsg) tea.Cmd {
	b := &m.in.burst
	if !b.on || k.String() == "ctrl+c" {
		b.keys = nil
		return m.key(k)
	}
	b.keys = append(b.keys, k)
	if len(b.keys) > 1 {
		return nil
	}
	b.looked = 1
	return tea.Tick(b.wait(), func(time.Time) tea.Msg { return heldMsg{} })
}

// release runs the keys that came together; a burst goes into the field that takes text, or nowhere.
func (m *Model) release() tea.Cmd {
	b := &m.in.burst
	if n := len(b.keys); n > b.looked {
		b.looked = n
		return tea.Tick(b.wait(), func(time.Time) tea.Msg { return heldMsg{} })
	}
	keys := b.keys
	b.keys = nil
	switch {
	case len(keys) <= mostTyped || repeated(keys):
		var cmds []tea.Cmd
		for _, k := range keys {
			cmds = append(cmds, m.key(k))
		}
		return tea.Batch(cmds...)
	case m.scopes()[0].Text != nil:
		return m.insert(keys)
	}
	m.foot.clear()
	return ui.Tell(fmt.Sprintf("Ignored %d keys that came all at once, like pasted text", len(keys)))
}

// repeated reports whether keys are one key that was held down, which a slow line delivers at once.
func repeated(keys []tea.KeyPressMsg) bool {
	return !slices.ContainsFunc(keys, func(k tea.KeyPressMsg) bool { return k.String() != keys[0].String() })
}

// insert puts the letters of keys into the field that takes text; an Enter at the end is a key.
func (m *Model) insert(keys []tea.KeyPressMsg) tea.Cmd {
	last := keys[len(keys)-1]
	enter := last.Code == tea.KeyEnter
	var b strings.Builder
	for _, k := range keys {
		if k.Code == tea.KeyEnter {
			b.WriteByte('\n')
		}
		b.WriteString(k.Text)
	}
	cmd := m.routePointer(tea.PasteMsg{Content: strings.TrimSuffix(b.String(), "\n")})
	if enter {
		return tea.Sequence(cmd, func() tea.Msg { return enterMsg(last) })
	}
	return cmd
}

// An enterMsg is the Enter after a text that was pasted as keys.
type enterMsg tea.KeyPressMsg

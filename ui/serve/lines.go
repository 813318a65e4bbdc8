package serve

import (
	"io"
	"sync"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui/columns"
)

// Lines returns what is typed, line by line. On a terminal, which sends each key as it is pressed and shows none, the keys are
// shown and can be taken back; ctrl+c and ctrl+d end the input.
func (s *Session) Lines() io.Reader {
	if s.Terminal == nil {
		return s.In
	}
	return &cooked{in: s.In, echo: s.Out}
}

// cooked makes lines of keys.
type cooked struct {
	in   io.Reader
	echo io.Writer

	mu    sync.Mutex
	line  []byte // being typed
	ready []byte // lines that are not read yet
	skip  bool   // within the sequence of a key that types nothing
	cr    bool   // the last key was a return
	err   error
}

const mostLine = 64 << 10

// Read implements [io.Reader].
func (c *cooked) Read(p []byte) (int, error) {
	for len(c.ready) == 0 && c.err == nil {
		keys := make([]byte, 256)
		n, err := c.in.Read(keys)
		c.pressAll(keys[:n])
		if c.err == nil {
			c.err = err
		}
	}
	if len(c.ready) == 0 {
		return 0, c.err
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// Unfinished returns the line that is being typed.
func (c *cooked) Unfinished() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.line)
}

func (c *cooked) pressAll(keys []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range keys {
		if c.err == nil {
			c.press(k)
		}
	}
}

func (c *cooked) press(k byte) {
	again := c.cr && k == '\n'
	c.cr = k == '\r'
	switch {
	case again: // a return that is sent as two
	case c.skip:
		c.skip = k < '@' || k > '~' || k == '[' || k == 'O'
	case k == '\x1b':
		c.skip = true
	case k == '\r', k == '\n':
		c.ready = append(append(c.ready, c.line...), '\n')
		c.line = c.line[:0]
		c.show("\n")
	case k < ' ', k == 0x7f:
		c.control(k)
	case len(c.line) < mostLine:
		c.line = append(c.line, k)
		c.showLast()
	}
}

// control does what a control character asks for.
func (c *cooked) control(k byte) {
	const ctrlC, ctrlD, ctrlU, ctrlW, del = 0x03, 0x04, 0x15, 0x17, 0x7f
	switch {
	case k == '\b', k == del:
		c.takeBack()
	case k == ctrlU:
		for len(c.line) > 0 {
			c.takeBack()
		}
	case k == ctrlW:
		for word := false; len(c.line) > 0 && (!word || c.line[len(c.line)-1] != ' '); c.takeBack() {
			word = word || c.line[len(c.line)-1] != ' '
		}
	case k == ctrlC, k == ctrlD && len(c.line) == 0:
		c.err = io.EOF
	}
}

// showLast shows the last letter once it is whole. What is none is not kept.
func (c *cooked) showLast() {
	at := lastRune(c.line)
	if !utf8.FullRune(c.line[at:]) {
		return
	}
	if r, _ := utf8.DecodeRune(c.line[at:]); r == utf8.RuneError || !clean.Printable(r) {
		c.line = c.line[:at]
		return
	}
	c.show(string(c.line[at:]))
}

// takeBack removes the last letter.
func (c *cooked) takeBack() {
	if len(c.line) == 0 {
		return
	}
	at := lastRune(c.line)
	for range columns.Width(string(c.line[at:]), ansi.WcWidth) {
		c.show("\b \b")
	}
	c.line = c.line[:at]
}

// lastRune returns where the last rune of b begins, which need not be whole.
func lastRune(b []byte) int {
	at := len(b) - 1
	for at > 0 && len(b)-at < utf8.UTFMax && !utf8.RuneStart(b[at]) {
		at--
	}
	return at
}

func (c *cooked) show(text string) { _, _ = io.WriteString(c.echo, text) }

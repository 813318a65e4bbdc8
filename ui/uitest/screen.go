// Package uitest runs the program on a terminal emulator: tests type keys and look at
// the screen as a person would. The command picture makes pictures of it, the command scale stories for it to read.
package uitest

import (
	"fmt"
	"image/color"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// A Screen is a terminal emulator: the program writes to it and reads keys from it. It
// is safe for concurrent use.
type Screen struct {
	mu            sync.Mutex
	emulator      *vt.Emulator
	width, height int
	sent          []byte // everything the program wrote while recording
	record        bool
}

// NewScreen returns an emulator of width × height cells.
func NewScreen(width, height int) *Screen {
	return &Screen{emulator: vt.NewEmulator(width, height), width: width, height: height}
}

// InProcess makes bare line feeds start a new line. Bubble Tea writes them, and a
// pseudo-terminal would translate them.
func (s *Screen) InProcess() *Screen {
	io.WriteString(s.emulator, "\x1b[20h")
	return s
}

// Record starts to keep the output of the program for [Screen.Sent].
func (s *Screen) Record() *Screen {
	s.record = true
	return s
}

// Write draws output of the program.
func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.record {
		s.sent = append(s.sent, p...)
	}
	return s.emulator.Write(p)
}

// Read returns keys and the terminal's answers to the program.
func (s *Screen) Read(p []byte) (int, error) { return s.emulator.Read(p) }

// Sent returns the output of the program since [Screen.Record].
func (s *Screen) Sent() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]byte(nil), s.sent...)
}

// Resize changes the size of the screen. It does not inform the program.
func (s *Screen) Resize(width, height int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emulator.Resize(width, height)
	s.width, s.height = width, height
}

// SetBackground sets the background colour that the terminal reports.
func (s *Screen) SetBackground(c color.Color) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emulator.SetDefaultBackgroundColor(c)
}

// Type sends raw bytes as if typed: "j", "\x1b[A" for the arrow up.
func (s *Screen) Type(keys string) { io.WriteString(s.emulator.InputPipe(), keys) }

// Click presses and releases the left button at cell x, y.
func (s *Screen) Click(x, y int) {
	s.Type(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
}

// Cell returns the cell at x, y.
func (s *Screen) Cell(x, y int) uv.Cell {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.emulator.CellAt(x, y); c != nil {
		return *c
	}
	return uv.Cell{}
}

// Text returns the text of the screen, without blanks at the ends of lines.
func (s *Screen) Text() string {
	var b strings.Builder
	for y := range s.height {
		var l strings.Builder
		for x := 0; x < s.width; {
			c := s.Cell(x, y)
			if c.Content == "" {
				c.Content = " "
			}
			l.WriteString(c.Content)
			x += max(1, c.Width)
		}
		b.WriteString(strings.TrimRight(l.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Find returns the cell where text starts on the screen.
func (s *Screen) Find(text string) (x, y int, ok bool) {
	for y, line := range strings.Split(s.Text(), "\n") {
		if i := strings.Index(line, text); i >= 0 {
			return len([]rune(line[:i])), y, true
		}
	}
	return 0, 0, false
}

// Wait polls until the screen shows text, and fails the test after a minute.
func (s *Screen) Wait(t testing.TB, text string) {
	t.Helper()
	s.Until(t, fmt.Sprintf("%q on the screen", text), func() bool { return strings.Contains(s.Text(), text) })
}

// Until polls until ok holds, and fails the test after a minute.
func (s *Screen) Until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never: %s\n%s", what, s.Text())
}

// Start runs m in this process on a new screen, until the test ends.
func Start(t testing.TB, m tea.Model, width, height int) (*Screen, *tea.Program) {
	t.Helper()
	s := NewScreen(width, height).InProcess()
	p := Program(m, s)
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Run()
	}()
	t.Cleanup(func() {
		p.Kill()
		<-done
	})
	return s, p
}

// Program returns a program that runs m on s, in true colour.
func Program(m tea.Model, s *Screen, opts ...tea.ProgramOption) *tea.Program {
	return tea.NewProgram(m, append([]tea.ProgramOption{
		tea.WithInput(s), tea.WithOutput(s), tea.WithWindowSize(s.width, s.height),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}),
		tea.WithoutSignals(),
	}, opts...)...)
}

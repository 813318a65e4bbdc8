package uitest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/creack/pty"
)

// A Process is a real program on a pseudo-terminal. An emulator holds its screen and
// answers its queries.
type Process struct {
	*Screen
	cmd  *exec.Cmd
	tty  *os.File
	done chan error
}

// Run starts cmd on a pseudo-terminal of width × height cells and records its output.
func Run(cmd *exec.Cmd, width, height int) (*Process, error) {
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	p := &Process{Screen: NewScreen(width, height).Record(), cmd: cmd, tty: tty, done: make(chan error, 1)}
	read := make(chan struct{})
	go func() {
		io.Copy(p.Screen, tty) // ends when the program's side is closed
		close(read)
	}()
	go io.Copy(tty, p.Screen)
	go func() {
		err := cmd.Wait()
		<-read
		p.done <- err
	}()
	return p, nil
}

// StartProcess is [Run] for a test. The program is killed when the test ends.
func StartProcess(t testing.TB, cmd *exec.Cmd, width, height int) *Process {
	t.Helper()
	p, err := Run(cmd, width, height)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Kill()
		p.tty.Close()
	})
	return p
}

// Kill kills the program with SIGKILL.
func (p *Process) Kill() { p.cmd.Process.Kill() }

// HangUp closes the terminal, as a closed window and a lost connection do.
func (p *Process) HangUp() { p.tty.Close() }

// SetSize changes the size of the terminal, of which SIGWINCH informs the program.
func (p *Process) SetSize(width, height int) error {
	p.Screen.Resize(width, height)
	return pty.Setsize(p.tty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
}

// Exit waits until the program exits and returns its status.
func (p *Process) Exit(t testing.TB) int {
	t.Helper()
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(time.Minute):
		t.Fatalf("the program does not end\n%s", p.Text())
		return -1
	}
}

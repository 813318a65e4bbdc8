package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"charm.land/ssh"

	"byline/ui/shell"
)

// A Session is one run of the program for somebody who is elsewhere.
type Session struct {
	Person   Person
	Terminal *Terminal // nil for none
	Environ  []string  // what the client said of its terminal, with TERM
	Args     []string  // of a command; none for the program
	Quoted   []string  // the same, with the double quotation marks that they had
	In       io.Reader
	Out      io.Writer
	Errs     io.Writer     // the same as Out, on a terminal
	Notices  <-chan string // what somebody is to read who is in the middle of something: that the session ends soon

	last    atomic.Int64 // when something was typed, in Unix nanoseconds
	notices chan string
}

// newSession returns the session of somebody. What they ask for may begin with the name of the program, as it does at their own computer.
func newSession(who Person, x ssh.Session, asked *requests, program string) (*Session, error) {
	args, quoted, err := words(x.RawCommand())
	if err != nil {
		return nil, err
	}
	if len(args) > 0 && args[0] == program {
		args, quoted = args[1:], quoted[1:]
	}
	s := &Session{Person: who, Terminal: asked.terminal(), Environ: asked.environ(), Args: args, Quoted: quoted, Out: x, Errs: x.Stderr(), notices: make(chan string, 1)}
	s.Notices = s.notices
	s.touch()
	s.In = reader{x, s}
	if s.Terminal != nil {
		s.Errs = x
		s.Environ = append(s.Environ, "TERM="+s.Terminal.Name)
	}
	if len(args) > 0 { // output of a command is work, too
		s.Out, s.Errs = writer{s.Out, s}, writer{s.Errs, s}
	}
	return s, nil
}

func (s *Session) touch() { s.last.Store(time.Now().UnixNano()) }

// idle returns for how long nothing was typed.
func (s *Session) idle() time.Duration { return time.Since(time.Unix(0, s.last.Load())) }

// what names what is run, for the log: no words that somebody typed but the names of commands.
func (s *Session) what(names []string) string {
	switch {
	case len(s.Args) == 0:
		return "the program"
	case slices.Contains(names, s.Args[0]):
		return s.Args[0]
	}
	return "an unknown command"
}

// News waits until the size of the terminal, which is there, is another, or there is a notice, and returns that. It returns false once
// ctx has ended.
func (s *Session) News(ctx context.Context) (notice string, ok bool) {
	select {
	case <-ctx.Done():
		return "", false
	case <-s.Terminal.Resized:
		return "", true
	case notice = <-s.Notices:
		return notice, true
	}
}

// notify has the person read a notice, if the program shows them: one that was not shown yet is dropped.
func (s *Session) notify(text string) {
	select {
	case <-s.notices:
	default:
	}
	select {
	case s.notices <- text:
	default:
	}
}

// say writes a line for the person. Nobody may be there to read it.
func (s *Session) say(line string) { fmt.Fprintln(s.Errs, line) }

// A reader notes when something is typed.
type reader struct {
	io.Reader
	s *Session
}

// Read implements [io.Reader].
func (r reader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.s.touch()
	return n, err
}

// A writer notes when something is written.
type writer struct {
	io.Writer
	s *Session
}

// Write implements [io.Writer].
func (w writer) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	w.s.touch()
	return n, err
}

const mostCommand = 8 << 10

// words splits a command, which is one line of text.
func words(command string) (all, quoted []string, err error) {
	switch {
	case len(command) > mostCommand:
		return nil, nil, fmt.Errorf("the command has %d bytes, more than the %d that are read", len(command), mostCommand)
	case !utf8.ValidString(command):
		return nil, nil, errors.New("the command is not UTF-8")
	case strings.ContainsFunc(command, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }):
		return nil, nil, errors.New("a command is one line, without control characters")
	}
	return shell.Split(command)
}

// typed adds to the error of words how the command has to be typed: the log gets the error alone, and no words of anybody.
func typed(err error, command string) error {
	if !errors.Is(err, shell.ErrOpen) {
		return err
	}
	return fmt.Errorf("%w; your shell took a pair of quotation marks, and words with an apostrophe take two: ssh HOST %s", err, shell.Behind(strings.Fields(command)...))
}

package annotator

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"byline/articles/clean"
)

// longestAnswer bounds the memory for a line, in bytes.
const longestAnswer = 64 << 20

// parting is how long a program has to end after its input did.
const parting = 2 * time.Second

// A process is one run of the program.
type process struct {
	command  *exec.Cmd
	in       io.WriteCloser
	out      io.ReadCloser
	requests chan []byte // holds as many as are sent ahead
	lines    chan line
	errs     *tail
	quit     chan struct{} // closed when nobody takes lines any more
	ended    chan struct{} // closed when the program has ended and its output was read
}

// A line is what the program printed on standard output. After the last there is one without text. Of that, and of one that
// has no line end, it is known how the program ended.
type line struct {
	text string
	exit *ending
}

// An ending is how a program ended.
type ending struct {
	status string // "exit status 1"
	failed bool   // the exit status says so
	long   bool   // it was killed for the length of a line
	cut    string // the beginning of a line that it did not finish
}

// sentence says how a program ended that was to answer.
func (e *ending) sentence() string {
	switch {
	case e.long:
		return fmt.Sprintf("printed a line of more than %d MB", longestAnswer>>20)
	case e.cut != "":
		return fmt.Sprintf("ended in the middle of a line (%s), after “%s”", e.status, e.cut)
	default:
		return fmt.Sprintf("ended before it had answered (%s)", e.status)
	}
}

// printed adds to a sentence what a program printed last on standard error.
func printed(words string) string {
	if words == "" {
		return ""
	}
	return fmt.Sprintf("; it printed “%s”", words)
}

// find returns the path of the program. A path in the command is relative to the folder of the settings; a name is looked for in
// the folders of PATH, but in none that depends on where byline is started: whoever wrote a corpus may have put a program there.
func (p *Program) find() (string, error) {
	name := p.Command[0]
	if filepath.IsAbs(name) {
		return exec.LookPath(name)
	}
	if filepath.Base(name) != name {
		return exec.LookPath(filepath.Join(p.Dir, name))
	}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if !filepath.IsAbs(dir) {
			continue
		}
		if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is in no folder of PATH; in the settings, write a path such as \"./%s\" for a program beside them", name, name)
}

// start starts the program.
func start(p *Program) (*process, error) {
	path, err := p.find()
	if err != nil {
		return nil, &Error{Program: p.Name, What: "does not start: " + clean.Line(err.Error())}
	}
	c := exec.Command(path, p.Command[1:]...)
	c.Dir = p.Dir
	apart(c)
	run := &process{command: c, requests: make(chan []byte, p.Batch), lines: make(chan line), errs: &tail{}, quit: make(chan struct{}), ended: make(chan struct{})}
	c.Stderr, c.WaitDelay = run.errs, parting
	if run.in, err = c.StdinPipe(); err == nil {
		if run.out, err = c.StdoutPipe(); err == nil {
			started := make(chan error)
			go run.run(started)
			err = <-started
		}
	}
	if err != nil {
		return nil, &Error{Program: p.Name, What: "does not start: " + clean.Line(err.Error())}
	}
	go run.write()
	return run, nil
}

// run starts the program and reads its lines. Its thread lives as long as the program, which may end with it.
func (p *process) run(started chan error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.command.Start()
	started <- err
	if err == nil {
		p.read()
	}
}

// write sends the requests; a program that does not read them holds up nobody else.
func (p *process) write() {
	for {
		select {
		case line := <-p.requests:
			if _, err := p.in.Write(line); err != nil {
				return // the program ended: reading says so
			}
		case <-p.ended:
			return
		}
	}
}

// read reads lines until the program ends.
func (p *process) read() {
	defer close(p.ended)
	s := bufio.NewScanner(p.out)
	s.Buffer(make([]byte, 64<<10), longestAnswer)
	whole := true // the line has its end
	s.Split(func(data []byte, last bool) (int, []byte, error) {
		n, text, err := bufio.ScanLines(data, last)
		whole = n == 0 || data[n-1] == '\n'
		return n, text, err
	})
	cut := ""
	for s.Scan() {
		switch text := strings.TrimSpace(s.Text()); {
		case text == "":
		case whole:
			p.give(line{text: text})
		default:
			cut = text
		}
	}
	end := &ending{status: "exit status 0"}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		end.long = true
		killAll(p.command)
	}
	var exit *exec.ExitError
	if err := p.command.Wait(); errors.As(err, &exit) {
		end.status, end.failed = exit.String(), true
	}
	if cut != "" {
		p.give(line{cut, end})
	}
	p.give(line{exit: end})
}

// give hands a line to the worker.
func (p *process) give(l line) {
	select {
	case p.lines <- l:
	case <-p.quit:
	}
}

// kill ends the process and what it started.
func (p *process) kill() {
	close(p.quit)
	p.in.Close()
	killAll(p.command)
	select {
	case <-p.ended:
	case <-time.After(parting): // something that it started has its output
		p.out.Close()
		<-p.ended
	}
}

// A tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
}

// tailBytes is enough for the last line of a traceback.
const tailBytes = 4 << 10

// Write keeps the end of p.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, p...)
	if extra := len(t.kept) - tailBytes; extra > 0 {
		t.kept = append(t.kept[:0], t.kept[extra:]...)
	}
	return len(p), nil
}

// last returns the last line.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimSpace(string(t.kept))
	return clipped(text[strings.LastIndexByte(text, '\n')+1:], longestMessage)
}

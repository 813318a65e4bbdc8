package annotator

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"byline/annotate/format/records"
	"byline/articles/clean"
)

// longestAnswer bounds the memory for a line, in bytes.
const longestAnswer = 64 << 20

// parting is how long a program has to end after its input did.
const parting = 2 * time.Second

// A worker keeps one copy of the program, and starts another when that fails.
type worker struct {
	pool    *Pool
	process *process
	sent    []*job // that wait for an answer, in order
	again   []*job // to be sent to the next process
}

// run works until the pool is closed or ctx ends.
func (w *worker) run(ctx context.Context) {
	for {
		if !w.resend() {
			continue
		}
		take := w.pool.jobs
		if len(w.sent) >= w.pool.program.Batch {
			take = nil
		}
		var answers <-chan line
		if w.process != nil {
			answers = w.process.lines
		}
		var late <-chan time.Time
		if len(w.sent) > 0 {
			late = time.After(w.pool.program.Timeout)
		}
		select {
		case j := <-take:
			w.again = append(w.again, j)
		case <-w.pool.closing:
			w.leave()
			return
		case l := <-answers:
			w.take(l)
		case <-late:
			w.fail(fmt.Sprintf("gave no answer within %v", w.pool.program.Timeout))
		case <-ctx.Done():
			w.end(ctx.Err())
			return
		}
	}
}

// resend sends what is to be sent, to a process that is started if there is none; false if that cannot be.
func (w *worker) resend() bool {
	if len(w.again) == 0 {
		return true
	}
	if err := w.pool.Broken(); err != nil {
		w.end(err)
		return false
	}
	if w.process == nil {
		var err error
		if w.process, err = start(&w.pool.program); err != nil {
			w.pool.cannot(err)
			w.end(err)
			return false
		}
	}
	for _, j := range w.again {
		w.sent = append(w.sent, j)
		w.process.requests <- j.line
	}
	w.again = nil
	return true
}

// leave lets a program that has answered everything end by itself, and kills one that has not.
func (w *worker) leave() {
	if w.process != nil && len(w.sent) == 0 {
		w.process.close()
		return
	}
	w.end(context.Canceled)
}

// end gives all that wait an error.
func (w *worker) end(err error) {
	for _, j := range append(w.sent, w.again...) {
		j.done <- outcome{err: err}
	}
	w.sent, w.again = nil, nil
	if w.process != nil {
		w.process.kill()
		w.process = nil
	}
}

// take takes a line of the program.
func (w *worker) take(l line) {
	switch {
	case l.err != nil:
		w.fail(l.err.Error())
		return
	case len(w.sent) == 0:
		w.fail(fmt.Sprintf("printed “%s” on standard output when it was not asked; only answers go there", brief(l.text)))
		return
	}
	a := &answer{}
	if err := json.Unmarshal([]byte(l.text), a); err != nil || !utf8.ValidString(l.text) {
		w.fail(fmt.Sprintf("printed “%s” on standard output, where only answers go, one JSON object a line: %s", brief(l.text), reason(err)))
		return
	}
	j := w.sent[0]
	if a.ID != j.id {
		w.fail(fmt.Sprintf("answered for %q when %q was next: answers keep the order of the texts", brief(a.ID), j.id))
		return
	}
	w.sent = w.sent[1:]
	w.pool.note(nil)
	if a.Error != "" {
		j.done <- outcome{err: &Error{Program: w.pool.program.Name, What: "says: " + clean.Line(a.Error)}}
		return
	}
	j.done <- outcome{answer: a}
}

// reason says why a line is no answer.
func reason(err error) string {
	if err == nil {
		return "it is not UTF-8"
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("it is no JSON from byte %d on", syntax.Offset)
	}
	return clean.Line(strings.ReplaceAll(records.Plain(err).Error(), ".stretch.", "."))
}

// fail ends the process. The text that it was to answer next fails; those behind it are sent once more.
func (w *worker) fail(what string) {
	w.process.kill()
	err := &Error{Program: w.pool.program.Name, What: what, Stderr: w.process.errs.last()}
	w.process = nil
	if len(w.sent) == 0 {
		return
	}
	w.pool.note(err)
	w.sent[0].done <- outcome{err: err}
	for _, j := range w.sent[1:] {
		if j.retried {
			j.done <- outcome{err: err}
			continue
		}
		j.retried = true
		w.again = append(w.again, j)
	}
	w.sent = nil
}

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

// A line is what the program printed on standard output, or the reason why there is no more.
type line struct {
	text string
	err  error
}

// start starts the program.
func start(p *Program) (*process, error) {
	c := exec.Command(p.Command[0], p.Command[1:]...)
	apart(c)
	run := &process{command: c, requests: make(chan []byte, p.Batch), lines: make(chan line), errs: &tail{}, quit: make(chan struct{}), ended: make(chan struct{})}
	c.Stderr, c.WaitDelay = run.errs, parting
	var err error
	if run.in, err = c.StdinPipe(); err == nil {
		if run.out, err = c.StdoutPipe(); err == nil {
			err = c.Start()
		}
	}
	if err != nil {
		return nil, &Error{Program: p.Name, What: "does not start: " + clean.Line(err.Error())}
	}
	go run.write()
	go run.read()
	return run, nil
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
	for s.Scan() {
		if text := strings.TrimSpace(s.Text()); text != "" {
			p.give(line{text: text})
		}
	}
	why := errors.New("ended before it had answered")
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		why = fmt.Errorf("printed a line of more than %d MB", longestAnswer>>20)
		killAll(p.command)
	}
	var exit *exec.ExitError
	if err := p.command.Wait(); errors.As(err, &exit) {
		why = fmt.Errorf("%w (%s)", why, exit)
	}
	p.give(line{err: why})
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

// close lets the program end by itself, for a while.
func (p *process) close() {
	p.in.Close()
	timer := time.NewTimer(parting)
	defer timer.Stop()
	for {
		select {
		case l := <-p.lines:
			if l.err != nil {
				<-p.ended
				return
			}
		case <-timer.C:
			p.kill()
			return
		}
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
	return clean.Line(text[strings.LastIndexByte(text, '\n')+1:])
}

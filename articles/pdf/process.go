package pdf

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/metrics"
	"time"

	"byline/articles"
)

// The reader in Go cannot be stopped: its library loops forever on some documents, such as those
// whose pages end inside a string, and allocates without end on others, whose tables claim 10^12
// rows. So it runs in a separate process if the program offers one, and that process is killed
// with its context.

// inChild is set in the environment of such a process, which starts no further ones.
const inChild = "BYLINE_PDF_READER"

type apartKey struct{}

// IsReader reports whether this process was started to read a document, and should call [Serve].
func IsReader() bool { return os.Getenv(inChild) != "" }

// WithProcess returns a context in which the reader in Go runs in a separate process. Command is a
// program and its arguments, which calls [Serve] with its standard input and output. Without it,
// the reader runs in this process, and a document on which it hangs keeps a core busy until the
// process exits.
func WithProcess(ctx context.Context, command ...string) context.Context {
	if IsReader() {
		return ctx
	}
	return context.WithValue(ctx, apartKey{}, command)
}

// mostMemory is the most memory for one document; a file has at most 256 MB.
const mostMemory = 2 << 30

// statusTooMuch is the exit status of a process that exceeds it.
const statusTooMuch = 3

// An answer is the result that a reader's process writes.
type answer struct {
	Title, Author string
	Date          articles.Date
	Pages         []answerPage
	Err           string // what is wrong with the document; empty for nothing
}

type answerPage struct {
	Height float64
	Lines  []answerLine
}

type answerLine struct {
	Left, Right, Top, Bottom float64
	Text                     string
}

// Serve reads a document from in and writes the contents of its pages to out, for a program that
// called [WithProcess]. It exits the process if that takes more than a minute or 2 GB.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	return serve(ctx, in, out, mostMemory)
}

func serve(ctx context.Context, in io.Reader, out io.Writer, most uint64) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read a document: %w", err)
	}
	go limitProcess(most)
	s, err := readDocument(ctx, data)
	var a answer
	if err != nil {
		a.Err = err.Error()
	} else {
		a.Title, a.Author, a.Date = s.title, s.author, s.date
		for _, p := range s.pages {
			page := answerPage{Height: p.height}
			for _, l := range p.lines {
				page.Lines = append(page.Lines, answerLine{l.left, l.right, l.top, l.bottom, l.text})
			}
			a.Pages = append(a.Pages, page)
		}
	}
	return gob.NewEncoder(out).Encode(a)
}

// limitProcess exits the process when its time is up or it uses more than most bytes of memory.
func limitProcess(most uint64) {
	used := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	end := time.Now().Add(patience)
	for now := range time.Tick(20 * time.Millisecond) {
		if metrics.Read(used); used[0].Value.Uint64() > most || now.After(end) {
			os.Exit(statusTooMuch)
		}
	}
}

// readApart reads a document in a separate process, and kills that when ctx ends. If none can be
// started, for the program's file is gone, it reads the document here.
func readApart(ctx context.Context, command []string, data []byte) (*document, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = append(os.Environ(), inChild+"=1")
	cmd.Stdin = bytes.NewReader(data)
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	var status *exec.ExitError
	switch {
	case cmd.Process == nil && ctx.Err() == nil:
		return readDocument(ctx, data)
	case ctx.Err() != nil:
		return nil, errSlow
	case errors.As(err, &status) && (status.ExitCode() == statusTooMuch || bytes.Contains(status.Stderr, []byte("out of memory"))):
		return nil, errTooBig
	case err != nil:
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	var a answer
	if err := gob.NewDecoder(bytes.NewReader(out)).Decode(&a); err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	return a.toDocument()
}

func (a *answer) toDocument() (*document, error) {
	for _, known := range []error{errLocked, errSlow, errTooBig} {
		if a.Err == known.Error() {
			return nil, known
		}
	}
	if a.Err != "" {
		return nil, errors.New(a.Err)
	}
	s := &document{title: a.Title, author: a.Author, date: a.Date}
	for _, p := range a.Pages {
		page := page{height: p.Height}
		for _, l := range p.Lines {
			page.lines = append(page.lines, line{left: l.Left, right: l.Right, top: l.Top, bottom: l.Bottom, text: l.Text})
		}
		s.pages = append(s.pages, page)
	}
	return s, nil
}

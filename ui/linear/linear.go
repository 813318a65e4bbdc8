// Package linear is byline without a screen: for screen readers, for terminals that
// cannot move their cursor, and for whoever prefers lines.
//
// A command is one line, most of them one letter, and the letters are those of the
// reader's screen; what answers is lines too. There is no alternate screen, no
// cursor motion, no border, no colour. What the screen shows by colour and place is
// said in words: a paragraph is followed by a line for each name and quote in it,
// "[person] Ann Lee — mention 1 of 3", and every step says where it went.
//
// The core is [Session.Do], a line in and lines out, which a test can speak to.
// [Run] reads lines and prints answers, and is all that knows of streams.
package linear

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
)

// A Library is what the mode needs to list, find and open articles.
type Library interface {
	Entries(ctx context.Context) ([]library.Entry, error)
	Search(ctx context.Context, query string, limit int) ([]library.Hit, error)
	Article(ctx context.Context, id string) (*articles.Article, error)
	Position(ctx context.Context, id string) (library.Position, error)
}

// A Keeper is what the mode needs to note how far a reader has come.
type Keeper interface {
	MarkOpened(ctx context.Context, id string) error
	SetStatus(ctx context.Context, id string, s library.Status) error
	SetPosition(ctx context.Context, id string, p library.Position, progress float64) error
}

// A Shelf is what the mode needs to put the library in order.
type Shelf interface {
	SetTags(ctx context.Context, id string, tags []string) error
	Remove(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) error
}

// A Desk is where an article, what the machine found in it, and the log of decisions
// come together.
type Desk interface {
	// Layer returns the machine's layer of a with the log applied.
	Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error)
	// Decide does a change and returns the new layer, and in a few words what was done.
	Decide(ctx context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error)
	// Orphans returns the decisions whose words the article no longer has.
	Orphans(ctx context.Context, a *articles.Article) ([]annotate.Decision, error)
	// History returns who decided what, the latest first.
	History(ctx context.Context, a *articles.Article) ([]review.Event, error)
}

// A Place is where another article names somebody.
type Place struct {
	Entry  library.Entry
	Count  int // mentions there
	Offset int // byte of the first
}

// Services are what the mode works with.
type Services struct {
	Library Library
	Keeper  Keeper
	Shelf   Shelf
	Desk    Desk
	// Add takes a file or directory into the library and says what was added.
	Add func(ctx context.Context, path string) (string, error)
	// Export writes the annotations of an article to a file.
	Export func(ctx context.Context, a *articles.Article, to string) error
	// Elsewhere returns the other articles that name e.
	Elsewhere func(ctx context.Context, id string, e *annotate.Entity) ([]Place, error)
	// Why says what a claim of l, a layer of a, rests on.
	Why func(a *articles.Article, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason
	// Copy puts a text on the clipboard and names it; empty where there is none.
	Copy func(text string) (clipboard string)
	// Open opens a link outside.
	Open func(url string) error
	// Hint says what to do about an error; empty where nobody knows.
	Hint func(error) string
}

// Run greets, and then answers each line of in on out until "q", the end of in, or
// the end of ctx. The prompt is "> ".
func Run(ctx context.Context, s *Session, in io.Reader, out io.Writer) error {
	lines := make(chan string)
	broken := make(chan error, 1)
	go func() { broken <- read(ctx, in, lines) }()
	answer := s.Start(ctx)
	for {
		if _, err := fmt.Fprint(out, answer, "\n> "); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line, ok := <-lines:
			if !ok {
				fmt.Fprintln(out)
				return <-broken
			}
			answer = s.Do(ctx, line)
		}
		if s.done {
			_, err := fmt.Fprintln(out, answer)
			return err
		}
	}
}

// maxLine is the longest command in bytes: a path and a little.
const maxLine = 64 << 10

func read(ctx context.Context, in io.Reader, lines chan<- string) error {
	defer close(lines)
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, maxLine)
	for sc.Scan() {
		select {
		case lines <- sc.Text():
		case <-ctx.Done():
			return nil
		}
	}
	return sc.Err()
}

// A Session is one reader at their lines.
type Session struct {
	svc     Services
	open    []string // IDs to read first
	entries []library.Entry
	order   order
	deeds   []deed // that can be taken back, the last one last
	page    *page  // the article that is open; nil in the library
	trail   trail
	done    bool
}

// New returns a session in the library, or in the first of the articles to open.
func New(svc Services, open ...string) *Session { return &Session{svc: svc, open: open} }

// Start returns what greets the reader.
func (s *Session) Start(ctx context.Context) string {
	const help = "A letter and Enter is a command; ? lists them, q leaves.\n"
	if len(s.open) == 1 {
		return help + s.said(s.read(ctx, s.open[0]))
	}
	return help + s.said(s.list(ctx, ""))
}

// errQuiet says that a command did nothing and why, which is no failure.
var errQuiet = errors.New("")

// quiet returns why a command does nothing here.
func quiet(format string, args ...any) error {
	return fmt.Errorf("%w%s", errQuiet, fmt.Sprintf(format, args...))
}

// said turns a failure into a line.
func (s *Session) said(answer string, err error) string {
	switch {
	case err == nil:
		return strings.TrimRight(answer, "\n")
	case errors.Is(err, errQuiet):
		return answer + err.Error()
	}
	line := answer + "error: " + clean.Line(err.Error())
	if s.svc.Hint != nil && s.svc.Hint(err) != "" {
		line += "; " + s.svc.Hint(err)
	}
	return line
}

// Do answers one command line.
func (s *Session) Do(ctx context.Context, line string) string {
	line = strings.TrimRight(line, "\r\n ")
	table := libraryCommands
	if s.page != nil {
		table = articleCommands
	}
	c, rest, ok := find(table, line)
	if !ok {
		return fmt.Sprintf("There is no command %q here; ? lists them.", clean.Line(line))
	}
	answer := s.said(c.do(s, ctx, rest))
	s.keepPlace(ctx)
	return answer
}

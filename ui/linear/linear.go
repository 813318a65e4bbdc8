// Package linear is byline without a screen: for screen readers, for terminals that
// cannot move their cursor, and for whoever prefers lines.
//
// A command is one line, most of them one letter, and the answer is lines too. The
// letters of an article are those of the reader's screen, from the table of package
// session, with the keys of the settings; what has no key that prints there has a letter
// of its own, which means nothing on the screen. An empty line reads on, so what Enter does on the
// screen, confirming, is =. Lines are broken between words, to the width of the terminal. There is no
// alternate screen, no cursor motion, no border, no colour. What the screen shows by colour and place is
// said in words: a paragraph is followed by a line for each name and quote in it,
// "[person] Ann Lee — mention 1 of 3", and every step says where it went.
//
// The core is [Prompt.Do], a line in and lines out, which a test can speak to.
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
	"byline/ui/session"
)

// A Library is what the mode needs to list, find and open articles.
type Library interface {
	Entries(ctx context.Context) ([]library.Entry, error)
	Search(ctx context.Context, query string, limit int) ([]library.Hit, error)
	Article(ctx context.Context, id string) (*articles.Article, error)
	Entry(ctx context.Context, id string) (library.Entry, error)
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
	Retag(ctx context.Context, id string, on, off []string) (library.Retagged, error)
	Remove(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) error
	Trash(ctx context.Context) ([]library.Entry, error) // what was removed, the last one first
}

// A Desktop is what is around the terminal.
type Desktop struct {
	// Copy puts a text on the clipboard and names it; empty where there is none.
	Copy func(text string) (clipboard string)
	// Open opens a link outside.
	Open func(url string) error
}

// A Voice is how the program says what it says.
type Voice struct {
	// Hint says what to do about an error; empty where nobody knows.
	Hint func(error) string
	// Words says something in the words of whoever reads it; nil leaves it.
	Words func(string) string
	// Empty says what brings articles into an empty library; empty for the command that adds them.
	Empty string
}

// Services are what the mode works with.
type Services struct {
	Library   Library
	Keeper    Keeper
	Shelf     Shelf
	Crowd     Crowd // nil for none
	Workspace session.Workspace
	// Add takes a file or directory into the library and says what was added.
	Add func(ctx context.Context, path string) (string, error)
	// Export writes the annotations of an article to a file, and returns how many mentions of places
	// and other names it left out, which nobody reviewed.
	Export func(ctx context.Context, a *articles.Article, to string) (left int, err error)
	// Elsewhere returns the other articles that name e.
	Elsewhere func(ctx context.Context, id string, e *annotate.Entity) ([]library.Place, error)
	// Warnings returns what a reader should know of how an article was made; may be nil.
	Warnings func(ctx context.Context, a *articles.Article, e *library.Entry) []string
	// Why says what a claim of l, a layer of a, rests on, and what each of several programs suggests there.
	Why func(ctx context.Context, a *articles.Article, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason
	Desktop
	Voice
	// Keys replaces the keys of actions, by name, as on the screen.
	Keys map[session.Name][]string
	// Width returns the width of the terminal in cells; 0 where nobody knows. Nil for the usual one.
	Width func() int
	// Labels are the user's own types, each with the key that gives it.
	Labels [][2]string
}

// A Speaker answers lines. A [Prompt] is one.
type Speaker interface {
	Start(ctx context.Context) string           // what greets
	Do(ctx context.Context, line string) string // the answer to a line
	Done() bool                                 // nothing more is to be said
	Fit(answer string) string                   // breaks the lines of an answer where the terminal ends
}

// Run greets, and then answers each line of in on out until p is done, the end of in, or
// the end of ctx. The prompt is "library> " or "article> ".
func Run(ctx context.Context, p Speaker, in io.Reader, out io.Writer) error {
	return RunTold(ctx, p, in, out, nil)
}

// A keeping speaker keeps of a line that is being typed what is better kept than lost, when it ends before Enter. It returns the answer;
// empty for nothing.
type keeping interface {
	Keep(ctx context.Context, line string) string
}

// A placed speaker knows in a word where whoever types is.
type placed interface{ Place() string }

// sign returns what stands before a line that is typed: where that is said, and >.
func sign(p Speaker) string {
	if at, ok := p.(placed); ok {
		return at.Place() + "> "
	}
	return "> "
}

// An unfinished reader knows the line that is being typed.
type unfinished interface{ Unfinished() string }

// RunTold is [Run] for somebody who is told notices meanwhile, such as that the program ends soon.
func RunTold(ctx context.Context, p Speaker, in io.Reader, out io.Writer, notices <-chan string) error {
	typed := func() string { return "" }
	if u, ok := in.(unfinished); ok {
		typed = u.Unfinished
	}
	lines := make(chan string)
	broken := make(chan error, 1)
	go func() { broken <- read(ctx, in, lines) }()
	answer := p.Start(ctx)
	if p.Done() {
		_, err := fmt.Fprintln(out, p.Fit(answer))
		return err
	}
	for {
		if _, err := fmt.Fprint(out, p.Fit(answer), "\n", sign(p), typed()); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			keepLine(ctx, p, typed(), out)
			return ctx.Err()
		case notice := <-notices:
			answer = startOfLine(typed()) + notice
		case line, ok := <-lines:
			if !ok {
				fmt.Fprintln(out)
				return <-broken
			}
			answer = p.Do(ctx, line)
		}
		if p.Done() {
			_, err := fmt.Fprintln(out, p.Fit(answer))
			return err
		}
	}
}

// keepLine has p keep of a line that is not finished what is better kept.
func keepLine(ctx context.Context, p Speaker, line string, out io.Writer) {
	k, ok := p.(keeping)
	if !ok {
		return
	}
	if said := k.Keep(context.WithoutCancel(ctx), line); said != "" {
		fmt.Fprint(out, "\n", p.Fit(said), "\n")
	}
}

// startOfLine returns what goes to a new line if something is typed on this one.
func startOfLine(typed string) string {
	if typed == "" {
		return ""
	}
	return "\n"
}

// Done implements [Speaker].
func (p *Prompt) Done() bool { return p.done }

// Point looks again at the article that is open, and makes the claim on t the current one.
func (p *Prompt) Point(ctx context.Context, t review.Target) {
	if p.page == nil {
		return
	}
	s := p.page.s
	s.Again()
	for w := s.Work(); w != nil; w = s.Work() {
		s.Take(w(ctx))
	}
	s.Aim(t)
	p.page.at, p.page.guided = p.page.block(t.Start), true
}

// Fit implements [Speaker].
func (p *Prompt) Fit(answer string) string {
	width := 0
	if p.shelf.svc.Width != nil {
		width = p.shelf.svc.Width()
	}
	return wrapped(answer, width)
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

// A Prompt is one reader at their lines.
type Prompt struct {
	open     []string // IDs to read first
	shelf    shelf    // the library, and what the mode works with
	page     *page    // the article that is open; nil in the library
	trail    *session.Trail
	commands []command // of an article
	finished string    // the ID of the article that was marked as done last, if nothing was decided since
	done     bool
}

// New returns a prompt in the library, or in the first of the articles to open.
func New(svc Services, open ...string) *Prompt {
	return &Prompt{open: open, shelf: shelf{svc: svc}, trail: &session.Trail{}, commands: articleCommands(svc)}
}

// Start returns what greets the reader.
func (p *Prompt) Start(ctx context.Context) string {
	const help = "Type a command and Enter: ? lists the commands, q quits.\n"
	if len(p.open) == 1 {
		return help + p.said(p.read(ctx, p.open[0]))
	}
	return help + p.said(p.shelf.list(ctx, "")) + toDoWords(ctx, p)
}

// errQuiet says that a command did nothing and why, which is no failure.
var errQuiet = errors.New("")

// quiet returns why a command does nothing here.
func quiet(format string, args ...any) error {
	return fmt.Errorf("%w%s", errQuiet, fmt.Sprintf(format, args...))
}

// said turns a failure into a line, and the names of commands in braces into their keys.
func (p *Prompt) said(answer string, err error) string {
	switch {
	case err == nil:
		return strings.TrimRight(answer, "\n")
	case errors.Is(err, errQuiet):
		return answer + p.spelled(err.Error())
	}
	line := answer + "error: " + clean.Line(err.Error())
	if p.shelf.svc.Hint != nil && p.shelf.svc.Hint(err) != "" {
		line += "; " + p.shelf.svc.Hint(err)
	}
	return line
}

// Do answers one command line.
func (p *Prompt) Do(ctx context.Context, line string) string {
	line = strings.TrimRight(line, "\r\n ")
	table := libraryFor(p)
	if p.page != nil {
		table = p.commands
	}
	c, rest, ok := find(table, line)
	if !ok {
		return p.unknown(line)
	}
	answer := p.said(c.do(p, ctx, rest))
	p.keepPlace(ctx)
	return answer
}

// Place implements [placed].
func (p *Prompt) Place() string {
	if p.page == nil {
		return "library"
	}
	return "article"
}

// Keep has a line that is not finished done if it is better kept than lost: a note. It returns the answer; empty for nothing.
func (p *Prompt) Keep(ctx context.Context, line string) string {
	if p.page == nil {
		return ""
	}
	if c, rest, ok := find(p.commands, line); !ok || c.name != string(session.Note) || rest == "" {
		return ""
	}
	return p.Do(ctx, line)
}

// read opens an article and says what it is, then its first paragraph.
func (p *Prompt) read(ctx context.Context, id string) (string, error) {
	a, err := p.shelf.svc.Library.Article(ctx, id)
	if err != nil {
		return "", err
	}
	types, err := p.offer(ctx, id)
	if err != nil {
		return "", err
	}
	s := session.New(p.shelf.svc.Workspace, session.Options{Lines: true, Types: types, Trail: p.trail})
	if err := s.Open(ctx, a); err != nil {
		return "", err
	}
	pos, err := p.shelf.svc.Library.Position(ctx, id)
	if err != nil {
		return "", err
	}
	e, err := p.shelf.svc.Library.Entry(ctx, id)
	if err != nil {
		return "", err
	}
	_ = p.shelf.svc.Keeper.MarkOpened(ctx, a.ID) // a library that cannot be written is still read
	p.page = newPage(s)
	if pos.Top > 0 && pos.Top < len(a.Text) {
		p.page.at = p.page.block(pos.Top)
	}
	p.page.kept = p.page.at
	if p.page.status = e.Status; viewOf(p.shelf.svc.Keeper).Others() {
		p.page.status = library.Reading // whatever it is to another
	}
	return p.page.opening() + p.page.paragraph(), nil
}

// keepPlace stores the paragraph that is read where it is another than the one stored.
func (p *Prompt) keepPlace(ctx context.Context) {
	pg := p.page
	if pg == nil || pg.at == pg.kept {
		return
	}
	pg.kept = pg.at
	a, start := pg.s.Article(), pg.blocks[pg.at].Start
	progress := 1.0
	if pg.at < len(pg.blocks)-1 {
		progress = float64(start) / float64(len(a.Text))
	}
	// A place that could not be stored stops no reader.
	_ = p.shelf.svc.Keeper.SetPosition(ctx, a.ID, library.Position{Top: start, Cursor: -1}, progress)
}

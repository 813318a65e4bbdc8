package screens

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library/db"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/hints"
)

// A job is another program that has the terminal while it runs. Its ctrl+c does not end byline.
type job struct {
	*exec.Cmd
	hold   func() (release func()) // keeps ctrl+c from ending byline; may be nil
	say    string                  // printed first; may be empty
	output limited
}

// SetStdin implements [tea.ExecCommand]. Input that is no file cannot be given away and taken back.
func (j *job) SetStdin(r io.Reader) {
	if f, ok := r.(*os.File); ok && j.Stdin == nil {
		j.Stdin = f
	}
}

// SetStdout implements [tea.ExecCommand].
func (j *job) SetStdout(w io.Writer) {
	if j.say != "" {
		fmt.Fprintln(w, j.say)
	}
	if j.Stdout == nil {
		j.Stdout = w
	}
}

// SetStderr implements [tea.ExecCommand].
func (j *job) SetStderr(w io.Writer) {
	if j.Stderr == nil {
		j.Stderr = w
	}
}

// Run implements [tea.ExecCommand].
func (j *job) Run() error {
	if j.hold != nil {
		defer j.hold()()
	}
	return j.Cmd.Run()
}

// limited keeps the beginning of what is written to it.
type limited struct {
	bytes.Buffer
	more bool // there was more
}

// mostOutput is how many bytes of a command's output are kept.
const mostOutput = 1 << 20

func (l *limited) Write(p []byte) (int, error) {
	n := len(p)
	if room := mostOutput - l.Len(); len(p) > room {
		p, l.more = p[:max(0, room)], true
	}
	l.Buffer.Write(p)
	return n, nil
}

// Pipe implements [reader.Outside].
func (s machine) Pipe(what, text string) tea.Cmd {
	if !s.Config.Shell {
		return ui.Tell("Shell commands are turned off: shell = false in the settings")
	}
	return ui.Send(ui.AskMsg{Prompt: "Pipe " + what + " to:", Earlier: s.commands.list(), Done: func(typed string) tea.Cmd {
		command := strings.TrimSpace(typed)
		if command == "" {
			return nil
		}
		if !s.commands.note(typed) {
			return s.pipe(command, text)
		}
		return tea.Sequence(s.keep(command), s.pipe(command, text))
	}})
}

// keep writes a command down for later runs.
func (s machine) keep(command string) tea.Cmd {
	return func() tea.Msg {
		if err := s.commands.save(command); err != nil {
			return ui.ErrMsg{Err: err, Hint: "the command is kept for this run only"}
		}
		return nil
	}
}

// pipe runs a command of the user's in the shell, with text on its standard input, and shows what it
// printed. The command has the terminal meanwhile: it may ask for something on it.
func (s machine) pipe(command, text string) tea.Cmd {
	j := &job{Cmd: exec.Command("sh", "-c", command), hold: s.HoldInterrupts, say: "$ " + clean.Line(command)}
	j.Stdin = strings.NewReader(strings.TrimSuffix(text, "\n") + "\n")
	j.Stdout, j.Stderr = &j.output, &j.output
	return tea.Exec(j, func(err error) tea.Msg { return printed(command, &j.output, err) })
}

// printed shows what a command printed and how it ended.
func printed(command string, out *limited, err error) tea.Msg {
	var exit *exec.ExitError
	note := "exit status 0"
	switch {
	case errors.As(err, &exit):
		note = exit.Error() // "exit status 2", "signal: interrupt"
	case err != nil && !errors.Is(err, io.ErrShortWrite) && !strings.Contains(err.Error(), "broken pipe"):
		return ui.ErrMsg{Err: fmt.Errorf("%s: %w", command, err), Hint: "is there a shell named sh?"}
	}
	if strings.TrimSpace(out.String()) == "" {
		return ui.ToastMsg{Text: command + ": " + note + ", no output"}
	}
	if out.more {
		note += ", only the first MB"
	}
	return ui.PagerMsg{Title: "$ " + command, Note: note, Failed: exit != nil, Text: out.String()}
}

// Edit implements [reader.Outside]. Of an article without a file it opens a copy, which is not read again.
func (s machine) Edit(a *articles.Article, reopen func(id string) tea.Cmd) tea.Cmd {
	editor := cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"))
	if editor == "" {
		return ui.Tell("No editor: set VISUAL or EDITOR, as in EDITOR=vim")
	}
	path, why := sourceFile(a)
	if why != "" {
		return s.editCopy(editor, a, why)
	}
	return tea.Exec(s.editing(editor, path), func(err error) tea.Msg {
		if err != nil {
			return ui.ErrMsg{Err: fmt.Errorf("%s: %w", editor, err), Hint: "not read again"}
		}
		return s.readAgain(path, a.ID, reopen)
	})
}

func (s machine) editing(editor, path string) *job {
	return &job{Cmd: exec.Command("sh", "-c", editor+` "$@"`, editor, path), hold: s.HoldInterrupts}
}

// sourceFile returns the file that an article alone came from, or why there is none.
func sourceFile(a *articles.Article) (path, why string) {
	info, err := os.Stat(a.Source)
	switch {
	case strings.Contains(a.Source, "://"):
		return "", "comes from a web page"
	case !filepath.IsAbs(a.Source):
		return "", "has no file"
	case err != nil:
		return "", "has lost its file (" + a.Source + ")"
	case !info.Mode().IsRegular() || load.HoldsSeveral(a.Source):
		return "", "is one of several in " + a.Source
	}
	return a.Source, ""
}

// editCopy opens a copy of the text that cannot be written to.
func (s machine) editCopy(editor string, a *articles.Article, why string) tea.Cmd {
	dir, err := os.MkdirTemp("", "byline")
	if err != nil {
		return ui.Fail(err, "")
	}
	path := filepath.Join(dir, "article.txt")
	if err := os.WriteFile(path, []byte(a.Text), 0o400); err != nil {
		return ui.Fail(err, "")
	}
	return tea.Exec(s.editing(editor, path), func(err error) tea.Msg {
		os.RemoveAll(dir)
		if err != nil {
			return ui.ErrMsg{Err: fmt.Errorf("%s: %w", editor, err)}
		}
		return ui.ToastMsg{Text: "That was a copy: this article " + why + ", so it is not read again"}
	})
}

// readAgain adds the file at path again, which article id came from.
func (s machine) readAgain(path, id string, reopen func(id string) tea.Cmd) tea.Msg {
	added, err := s.addFile(s.ctx, path)
	switch {
	case err != nil:
		return ui.ErrMsg{Err: err, Hint: cmp.Or(hints.For(err), "the library keeps the article as it was")}
	case added.Outcome == db.Same && added.ID == id:
		return ui.ToastMsg{Text: "Read again: unchanged"}
	case added.ID != id:
		return tea.BatchMsg{reopen(added.ID), ui.Send(ui.ChangedMsg{}), ui.Tell("Read again: the library has this text as another article, shown here")}
	}
	return tea.BatchMsg{reopen(id), ui.Send(ui.ChangedMsg{}), ui.Tell(fmt.Sprintf("Read again: version %d; {reader.versions} shows what changed", added.Version))}
}

func (s machine) addFile(ctx context.Context, path string) (db.Added, error) {
	a, err := load.File(ctx, path)
	if err != nil {
		return db.Added{}, err
	}
	return s.Library.Add(ctx, a)
}

package screens

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"byline/annotate"
	"byline/annotate/format"
	known "byline/annotate/library"
	"byline/annotate/workspace"
	"byline/annotate/workspace/export"
	"byline/articles"
	"byline/ui"
	"byline/ui/library"
	"byline/ui/picture"
	"byline/ui/reader"
	"byline/ui/shell"
)

// Away says that whoever is at the terminal is elsewhere, and one of several who work in the library. They have all that is in the
// library, and nothing of the computer that it is on: no files, no network, no clipboard, no program. What they ask for
// of these goes to their own terminal, or is answered with why not.
type Away struct {
	Workspace *workspace.Workspace
	Size      func() (width, height int) // of the terminal, in cells
	// News waits until the size of the terminal is another, or something is to be read at once, which it returns: that the session ends
	// soon. It returns false once ctx has ended.
	News func(ctx context.Context) (notice string, ok bool)
	// Log gets what whoever runs the server is to know, with names and values: a fault, and what they pasted. It may be nil.
	Log   func(what string, about ...any)
	Words func(string) string // says what is written for whoever is at the computer in theirs
}

// words returns how texts of the program read; nil as they are.
func (a *Away) words() func(string) string {
	if a == nil {
		return nil
	}
	return a.Words
}

// away returns what somebody has who is elsewhere.
func away(s *Screens) reach {
	d := distant{s}
	return reach{
		intake: d, outlet: d, outside: d, pictures: picture.Source{Hidden: s.Config.Pictures == "off"}, crashed: d.crashed,
		tour:   ui.Tell("No tour over SSH; “byline tour” on your own computer begins it"),
		keeper: func(f workspace.Finder) library.Keeper { return careful{f} },
	}
}

// mostPasted is how many bytes of text somebody adds at once: as long as a book. Annotating and exporting it takes the computer some
// seconds and some ten times as much memory, which are of all who use it.
const mostPasted = 1 << 20

// mayAdd returns why a pasted text is not added; empty if it is.
func (a *Away) mayAdd(text string) string {
	switch {
	case a.Workspace.Library.ReadOnly():
		return "You may only read here: nothing was added"
	case len(text) > mostPasted:
		return fmt.Sprintf("Not added: more than %d MB; whoever runs the server adds longer texts", mostPasted>>20)
	}
	return ""
}

// added tells what was pasted.
func (a *Away) added(id string, bytes int) {
	if a.Log != nil {
		a.Log("article added", "article", id, "bytes", bytes)
	}
}

// terminal returns how the program draws on a terminal with an environment.
func (a *Away) terminal(environ []string) []tea.ProgramOption {
	width, height := a.Size()
	return []tea.ProgramOption{tea.WithEnvironment(environ), tea.WithColorProfile(colorprofile.Env(environ)), tea.WithWindowSize(width, height)}
}

// tell tells the program of sizes and notices until ctx ends.
func (a *Away) tell(ctx context.Context, p *tea.Program) {
	for {
		notice, ok := a.News(ctx)
		if !ok {
			return
		}
		if notice != "" {
			p.Send(ui.ErrMsg{Err: errors.New(notice), Urgent: true})
			continue
		}
		width, height := a.Size()
		p.Send(tea.WindowSizeMsg{Width: width, Height: height})
	}
}

// A distant person asks for things of a computer that is not theirs.
type distant struct{ *Screens }

// request implements [intake].
func (distant) request([]string) (*reader.Request, error) { return nil, nil }

// begin implements [intake]. What is due is annotated by whoever serves the library.
func (d distant) begin([]string) tea.Cmd { return d.lib.Load() }

// add implements [intake].
func (d distant) add(library.AddMsg) tea.Cmd {
	if d.Library.ReadOnly() {
		return ui.Tell("You may only read here: nothing is added")
	}
	return ui.Tell("No files or addresses over SSH; paste the text into the list instead")
}

// sync implements [intake].
func (distant) sync() tea.Cmd {
	return ui.Tell("Feeds are not fetched over SSH; whoever runs the server fetches them")
}

// together implements [intake].
func (distant) together() tea.Cmd {
	return ui.Tell("The library is not synced over SSH; whoever runs the server syncs it")
}

// samples implements [intake].
func (distant) samples() tea.Cmd {
	return ui.Tell("No sample stories over SSH; {app.palette} lists what else there is")
}

// Follow implements [reader.Outside].
func (distant) Follow(_ *articles.Article, url string) tea.Cmd {
	return ui.Send(ui.CopyMsg{Text: url, What: "the address (pages are not fetched over SSH)"})
}

// Pipe implements [reader.Outside].
func (distant) Pipe(string, string) tea.Cmd {
	return ui.Tell("There is no shell over SSH; {reader.copy} copies words to your terminal")
}

// Edit implements [reader.Outside].
func (distant) Edit(*articles.Article, func(string) tea.Cmd) tea.Cmd {
	return ui.Tell("No editor over SSH; whoever runs the server changes the source")
}

// Suggest implements [reader.Outside].
func (distant) Suggest(*articles.Article, func(string) tea.Cmd) tea.Cmd {
	return ui.Tell("No program is asked over SSH; “byline suggest” on the server does that")
}

// mostCopied is how many bytes of an export are copied: terminals take no more from a program.
const mostCopied = 48 << 10

// save implements [outlet]: it copies what was to be written to the person's own clipboard, by their terminal; or the command
// that writes it into a file of theirs.
func (distant) save(f *format.Format, doc *format.Document) tea.Cmd {
	return func() tea.Msg {
		what := known.ShortID(doc.ID) + " -f " + f.Name
		if doc.Who == annotate.Curated {
			what = known.ShortID(doc.ID) + " --curated -f " + f.Name
		}
		name := export.FileName(doc.Article) + f.Extension
		if export.Zips(f, false) {
			name = export.FileName(doc.Article) + ".zip"
		}
		command := fmt.Sprintf("ssh HOST export %s > %s", what, shell.Quote(name))
		var b short
		if f.Binary || f.Apart || len(doc.Text) > mostCopied || f.WriteOne(&b, format.Options{}, doc) != nil {
			return ui.CopyMsg{Text: command, What: "the command for your own shell, " + command}
		}
		return ui.CopyMsg{Text: b.String(), What: "the article as " + f.Name + " (a file: ssh HOST export " + what + " > FILE)"}
	}
}

// short takes no more than what is copied.
type short struct{ bytes.Buffer }

var errLong = errors.New("longer than what is copied")

// Write implements [io.Writer].
func (s *short) Write(p []byte) (int, error) {
	if s.Len()+len(p) > mostCopied {
		return 0, errLong
	}
	return s.Buffer.Write(p)
}

// saveCount implements [outlet].
func (distant) saveCount(_ string, data []byte) tea.Cmd {
	return ui.Send(ui.CopyMsg{Text: string(data), What: "the figures"})
}

// crashed gives the report of a fault to whoever runs the server.
func (d distant) crashed(c *crash) error {
	report := c.text(d.Options.Version)
	if report == "" {
		return nil
	}
	if d.Away.Log != nil {
		d.Away.Log("fault", "report", report)
	}
	return errFault
}

// careful is a library that is of several: nothing is taken from the others.
type careful struct{ workspace.Finder }

// TextsOnly has the list take pasted texts, and no names of files.
func (careful) TextsOnly() bool { return true }

var errOthers = errors.New("over SSH no article is removed or restored: the library is of several; ask whoever runs the server")

// Remove implements [library.Keeper].
func (careful) Remove(context.Context, string) error { return errOthers }

// Restore implements [library.Keeper].
func (careful) Restore(context.Context, string) error { return errOthers }

// Purge implements [library.Keeper].
func (careful) Purge(context.Context, ...string) error { return errOthers }

package screens

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/export"
	"byline/articles"
	"byline/ui"
	"byline/ui/config"
	"byline/ui/hints"
)

// export lists the formats, with a preview of each, prompts for the file name, and writes the
// file. What is written is what a reader reviews; all says that places and other names are
// reviewed as well. A key includes these, or leaves them out.
func (s *Screens) export(ctx context.Context, a *articles.Article, all bool) tea.Cmd {
	ctx, stop := context.WithCancel(ctx)
	work := func() tea.Msg {
		defer stop()
		doc, err := s.Workspace.Open(ctx, a.ID)
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: s.hint(err)}
		}
		return s.chooseFormat(&doc.Document, all)
	}
	const long = 512 << 10 // bytes of text, for which it takes some time
	if len(a.Text) < long {
		return work
	}
	return ui.Send(ui.WaitMsg{Title: "Looking at what each format takes", Text: a.Title, Stop: stop, Work: work})
}

// chooseFormat lists the formats to write doc in.
func (s *Screens) chooseFormat(doc *format.Document, all bool) ui.ChooseMsg {
	shown, left := doc.Reviewed()
	msg := ui.ChooseMsg{Title: "Export as"}
	if left > 0 {
		key, short := "ctrl+t", "include places"
		msg.Title = "Export as — " + asides(left) + " left out"
		if all {
			short = "leave out places"
			msg.Title = "Export as — " + asides(left) + " included, not reviewed"
		}
		msg.Ways = []ui.Way{{Key: key, Short: short, Do: func(int) tea.Cmd { return func() tea.Msg { return s.chooseFormat(doc, !all) } }}}
	}
	if all {
		shown = doc
	}
	for _, f := range offered() {
		msg.Choices = append(msg.Choices, ui.Choice{Label: f.Name, Also: otherNames(f), Detail: f.About, More: preview(f, shown), Do: s.reach.save(f, shown)})
	}
	return msg
}

// asides counts places and other names.
func asides(n int) string {
	if n == 1 {
		return "1 place or other name"
	}
	return fmt.Sprintf("%d places and other names", n)
}

// offered returns the formats to export to: first those that most people look for.
func offered() []*format.Format {
	first := []string{"json", "markdown", "csv", "brat", "html"}
	all := formats.Writable()
	place := func(f *format.Format) int {
		if i := slices.Index(first, f.Name); i >= 0 {
			return i
		}
		return len(first)
	}
	slices.SortStableFunc(all, func(a, b *format.Format) int { return cmp.Compare(place(a), place(b)) })
	return all
}

// otherNames returns what else people call a format: the extension of its files, and what they
// type for a text to read.
func otherNames(f *format.Format) []string {
	names := []string{strings.TrimPrefix(f.Extension, ".")}
	if f.Name == "markdown" {
		names = append(names, "txt", "text")
	}
	return names
}

// preview describes a format: what it loses of an article and, after a blank line, the start of the file.
func preview(f *format.Format, doc *format.Document) string {
	p, err := f.Preview(doc)
	if err != nil {
		return err.Error()
	}
	says := "Keeps everything; byline can import it."
	switch lost := p.Loss.Lines(); {
	case len(lost) > 0:
		says = "Leaves out: " + strings.Join(lost, "; ") + "."
	case f.Read == nil:
		says = "For other programs; byline cannot import it."
	}
	if p.Cut {
		says += " (in the part previewed)"
	}
	head, more := string(p.Head), ""
	if i := strings.LastIndexByte(head, '\n'); i >= 0 && i < len(head)-1 { // cut within a line
		head, more = head[:i], "\n…"
	}
	var lines []string
	for line := range strings.SplitSeq(head, "\n") {
		if strings.ContainsRune(line, 0) {
			return says + "\n\n(archive)"
		}
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.ReplaceAll(line, "\t", "  "))
		}
	}
	return says + "\n\n" + strings.Join(lines, "\n") + more
}

// save implements [outlet]: it prompts for a file name and writes doc there. It overwrites a file only after
// confirmation.
func (s machine) save(f *format.Format, doc *format.Document) tea.Cmd {
	dir, _ := os.Getwd() // if this fails, only the name is shown
	write := func(to string, force bool) error {
		path, err := config.ExpandHome(to)
		if err != nil {
			return err
		}
		return export.Document(f, path, force, format.Options{}, doc)
	}
	return ui.Send(ui.AskMsg{
		Prompt: "Export " + f.Name + companionNames(f) + " to:", Initial: filepath.Join(dir, export.FileName(doc.Article)+f.Extension), Path: true,
		Done: func(to string) tea.Cmd {
			if to = strings.TrimSpace(to); to == "" {
				return ui.Tell("Not exported: no file name given")
			}
			return func() tea.Msg {
				err := write(to, false)
				if !errors.Is(err, fs.ErrExist) {
					return exportResult(err, to)
				}
				return ui.AskMsg{Prompt: filepath.Base(to) + " exists; type y to overwrite it:", Done: func(answer string) tea.Cmd {
					if answer != "y" && answer != "yes" {
						return ui.Tell("Not exported: file not overwritten")
					}
					return func() tea.Msg { return exportResult(write(to, true), to) }
				}}
			}
		},
	})
}

// companionNames returns the names of the files written next to an export.
func companionNames(f *format.Format) string {
	var names []string
	for _, c := range f.Beside {
		names = append(names, c.Name+c.Extension)
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(" (with %s beside it)", strings.Join(slices.Compact(names), ", "))
}

// exportResult reports where an export went, or why it failed.
func exportResult(err error, to string) tea.Msg {
	if err != nil {
		return ui.ErrMsg{Err: err, Hint: hints.For(err)}
	}
	if path, err := filepath.Abs(to); err == nil {
		to = path
	}
	return ui.ToastMsg{Text: "Exported to " + to}
}

// saveCount implements [outlet]: it writes the figures of a review into a new file.
func (s machine) saveCount(to string, data []byte) tea.Cmd {
	return func() tea.Msg {
		path, err := config.ExpandHome(to)
		if err == nil {
			err = export.WriteFile(path, data, false)
		}
		return exportResult(err, to)
	}
}

package cli

import (
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
	"byline/articles"
	"byline/ui"
)

// export lists the formats with what each keeps of the article and how it begins, asks
// for the file, and writes it.
func (d *desktop) export(a *articles.Article) tea.Cmd {
	return func() tea.Msg {
		doc, err := d.document(context.Background(), a.ID)
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: hintFor(err)}
		}
		var choices []ui.Choice
		for _, f := range formats.Writable() {
			about, more := preview(f, doc)
			choices = append(choices, ui.Choice{Label: f.Name, Detail: about, More: more, Do: d.askFile(f, doc)})
		}
		return ui.ChooseMsg{Title: "Export as", Choices: choices}
	}
}

// preview says on a line what a format is and loses of an article, and below it what it
// keeps, and how the file begins.
func preview(f *format.Format, doc *format.Document) (about, more string) {
	p, err := f.Preview(doc)
	says := "Names and quotes are kept; byline reads it back."
	about = f.About
	switch lost := p.Loss.Lines(); {
	case len(lost) > 0:
		about += fmt.Sprintf(" — here %d lost", p.Loss.Total())
		says = "Lost: " + strings.Join(lost, "; ")
	case f.Read == nil:
		says = "To be read or imported elsewhere; byline does not read it back."
	}
	switch {
	case p.Cut:
		says += " (of the beginning)"
	case err != nil:
		return about, err.Error()
	}
	var lines []string
	for line := range strings.SplitSeq(string(p.Head), "\n") {
		if strings.ContainsRune(line, 0) {
			return about, says + "\n\n(an archive)"
		}
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.ReplaceAll(line, "\t", "  "))
		}
	}
	return about, says + "\n\n" + strings.Join(lines, "\n")
}

// askFile asks for the file that doc is written to, and writes it: over one that is there
// only where somebody says so.
func (d *desktop) askFile(f *format.Format, doc *format.Document) tea.Cmd {
	dir, _ := os.Getwd() // without it the name alone is shown
	write := func(to string, force bool) error {
		path, err := expand(to)
		if err != nil {
			return err
		}
		return writeFiles(f, path, force, format.Options{}, doc)
	}
	return ui.Send(ui.AskMsg{
		Prompt: "write " + f.Name + besides(f) + " to:", Initial: filepath.Join(dir, shortName(doc.Title)+f.Extension), Path: true,
		Done: func(to string) tea.Cmd {
			if to = strings.TrimSpace(to); to == "" {
				return ui.Tell("not exported: no file named")
			}
			return func() tea.Msg {
				err := write(to, false)
				if !errors.Is(err, fs.ErrExist) {
					return exported(err, to)
				}
				return ui.AskMsg{Prompt: filepath.Base(to) + " is there already; type y to write over it:", Done: func(answer string) tea.Cmd {
					if answer != "y" && answer != "yes" {
						return ui.Tell("not exported: the file stays as it was")
					}
					return func() tea.Msg { return exported(write(to, true), to) }
				}}
			}
		},
	})
}

// besides names what is written beside a file.
func besides(f *format.Format) string {
	var names []string
	for _, c := range f.Beside {
		names = append(names, c.Name+c.Extension)
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(" (and %s beside it)", strings.Join(slices.Compact(names), ", "))
}

// shortName makes a file name of at most forty characters of a title.
func shortName(title string) string {
	const longest = 40
	name := []rune(fileName(title))
	if len(name) > longest {
		name = name[:longest]
		if i := slices.Index(name[longest/2:], '-'); i >= 0 {
			for last := len(name) - 1; last > longest/2; last-- {
				if name[last] == '-' {
					name = name[:last]
					break
				}
			}
		}
	}
	if len(name) == 0 {
		return "article"
	}
	return string(name)
}

// exported says where an export went, or why it did not.
func exported(err error, to string) tea.Msg {
	if err != nil {
		return ui.ErrMsg{Err: err, Hint: hintFor(err)}
	}
	if path, err := filepath.Abs(to); err == nil {
		to = path
	}
	return ui.ToastMsg{Text: "exported to " + to}
}

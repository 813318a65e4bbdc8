package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/compare"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui"
)

func (p *program) diffCommand() *cobra.Command {
	format := ""
	c := &cobra.Command{
		Use:   "diff ARTICLE [FROM [TO]]",
		Short: "Print what became another between two versions of an article",
		Long: `Print what became another between two versions of an article: which names and quotes
came, went or changed, and the paragraphs with other words, [-gone-] and {+new+}. The
versions are counted from 1; without numbers the last two are compared. An article is
named as for export.`,
		Example: `  byline diff ferry
  byline diff ferry 1 3 --format json | jq '.quotes[] | select(.change == "altered")'`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 3 {
				return wrongUsage("byline diff: name an article, and at most two of its versions")
			}
			return p.with(c.Context(), func(ctx context.Context, w *workspace.Workspace) error { return p.diff(ctx, w, format, args) })
		},
		ValidArgsFunction: p.completeArticles,
	}
	c.Flags().StringVarP(&format, "format", "f", "text", "`FORMAT`: text or json")
	completeWith(c, "format", "text", "json")
	return c
}

func (p *program) diff(ctx context.Context, w *workspace.Workspace, format string, args []string) error {
	if format != "text" && format != "json" {
		return wrongUsage("--format %s: there is no such format; take text or json", format)
	}
	numbers := [2]int{}
	for i, arg := range args[1:] {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 {
			return wrongUsage("version %s: take a number from 1", arg)
		}
		numbers[i] = n
	}
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return err
	}
	id, err := workspace.Pick(entries, args[0])
	if err != nil {
		return err
	}
	c, err := w.Compare(ctx, id, numbers[0], numbers[1])
	if wrong, ok := errors.AsType[*workspace.VersionError](err); ok {
		return wrongUsage("%s", wrong)
	}
	if err != nil {
		return err
	}
	v := versions{c}
	if format == "json" {
		return writeJSON(p.out, v.json())
	}
	return v.text(p.out)
}

// versions are two versions of an article that are printed.
type versions struct{ *workspace.Comparison }

// text writes what tells two versions apart for people.
func (v versions) text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: version %d of %s, version %d of %s\n", clean.Line(v.Now.Title), v.From.Number, ui.Minute(v.From.Added), v.To.Number, ui.Minute(v.To.Added))
	for _, n := range v.Names {
		fmt.Fprintf(&b, "%s %s %s, %d × → %d ×\n", sign(n.Op), n.Type, clean.Line(n.Name), n.Was, n.Now)
	}
	for _, q := range v.Quotes {
		if q.Old != nil {
			fmt.Fprintf(&b, "%s quote %s: %s\n", sign(q.Op), cmp.Or(clean.Line(q.Old.Speaker), "somebody"), clean.Line(q.Old.Text))
		}
		if q.New != nil {
			fmt.Fprintf(&b, "%s quote %s: %s\n", map[bool]string{true: "→", false: sign(q.Op)}[q.Old != nil], cmp.Or(clean.Line(q.New.Speaker), "somebody"), clean.Line(q.New.Text))
		}
	}
	for _, p := range compare.Paragraphs(v.Was.Text, v.Now.Text, v.Pieces) {
		b.WriteByte('\n')
		for _, r := range p.Runs {
			text := strings.TrimRight(clean.Line(r.Text), " ")
			blank := clean.Line(r.Text)[len(text):]
			switch r.Op {
			case compare.Gone:
				text = "[-" + text + "-]"
			case compare.Came:
				text = "{+" + text + "+}"
			}
			b.WriteString(text + blank)
		}
		b.WriteByte('\n')
	}
	if len(v.Names)+len(v.Quotes) == 0 && !strings.Contains(b.String(), "\n\n") {
		b.WriteString("The words are the same.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sign(o compare.Op) string {
	return map[compare.Op]string{compare.Came: "+", compare.Gone: "-", compare.Altered: "~"}[o]
}

// What scripts see of two versions. Offsets are code points, of the newer text, or of the
// older one for what is gone.
type (
	versionsJSON struct {
		ID     string       `json:"id"`
		From   int          `json:"from"`
		To     int          `json:"to"`
		Names  []nameJSON   `json:"names"`
		Quotes []changeJSON `json:"quotes"`
		Words  []wordsJSON  `json:"words"`
	}
	nameJSON struct {
		Change string `json:"change"`
		Type   string `json:"type"`
		Name   string `json:"name"`
		Was    int    `json:"was"`
		Now    int    `json:"now"`
	}
	changeJSON struct {
		Change string    `json:"change"`
		Was    *saidJSON `json:"was,omitempty"`
		Now    *saidJSON `json:"now,omitempty"`
	}
	saidJSON struct {
		Speaker string `json:"speaker,omitempty"`
		Text    string `json:"text"`
		Start   int    `json:"start"`
		End     int    `json:"end"`
	}
	wordsJSON struct {
		Change string `json:"change"`
		Text   string `json:"text"`
		Start  int    `json:"start"`
		End    int    `json:"end"`
	}
)

func (v versions) json() versionsJSON {
	out := versionsJSON{ID: v.ID, From: v.From.Number, To: v.To.Number, Names: []nameJSON{}, Quotes: []changeJSON{}, Words: []wordsJSON{}}
	for _, n := range v.Names {
		out.Names = append(out.Names, nameJSON{n.Op.String(), string(n.Type), n.Name, n.Was, n.Now})
	}
	said := func(text string, q *compare.Said) *saidJSON {
		if q == nil {
			return nil
		}
		return &saidJSON{q.Speaker, q.Text, codePoints(text, q.Start), codePoints(text, q.End)}
	}
	for _, q := range v.Quotes {
		out.Quotes = append(out.Quotes, changeJSON{q.Op.String(), said(v.Was.Text, q.Old), said(v.Now.Text, q.New)})
	}
	for _, p := range v.Pieces {
		switch p.Op {
		case compare.Came:
			out.Words = append(out.Words, wordsJSON{"came", p.New.In(v.Now.Text), codePoints(v.Now.Text, p.New.Start), codePoints(v.Now.Text, p.New.End)})
		case compare.Gone:
			out.Words = append(out.Words, wordsJSON{"gone", p.Old.In(v.Was.Text), codePoints(v.Was.Text, p.Old.Start), codePoints(v.Was.Text, p.Old.End)})
		}
	}
	return out
}

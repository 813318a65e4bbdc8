package cli

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/plain"
)

func (p *program) importCommand() *cobra.Command {
	as, by := "", ""
	c := &cobra.Command{
		Use:   "import FILE|DIR|-...",
		Short: "Take annotations that were made elsewhere into the library",
		Long: `Take annotations that were made elsewhere into the library: byline's own JSON, with all
decisions that were made, or what another tool exports. The format is told by what a
file holds, or named with --as; a folder is read with all in it.

An article that the library has, by its text, its id or its title, gets the decisions;
others are added. Nothing that was decided here is overwritten: what comes from byline
joins the log, what comes from other tools stands before the first decision made here,
under the name in the file, or that of --by. Where two people disagree, both decisions
are kept, what was decided here stands, and a line on standard error says so; so do
lines for what a format has that byline cannot hold. Importing the same twice changes
nothing.

One line is printed for each article: its id, how many decisions came and how many were
known, and its title, parted by tabs.`,
		Example: `  byline import from-ann.jsonl
  byline import --by ben brat-project/
  byline import --as labelstudio export.json`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage("byline import: name files or folders, or - for standard input")
			}
			f, err := readAs(as)
			if err != nil {
				return err
			}
			return p.importAll(c.Context(), args, f, by)
		},
	}
	c.Flags().StringVar(&as, "as", "", "what the files are, `FORMAT` (else told by what they hold)")
	c.Flags().StringVar(&by, "by", "", "the `NAME` of who decided, where the files say none")
	completeWith(c, "as", readNames()...)
	return c
}

// An importer is one run of import.
type importer struct {
	*program
	library *shelf
	by      string
	entries []library.Entry
	known   map[string]string // IDs of articles by ID, source and title
}

func (p *program) importAll(ctx context.Context, names []string, as *format.Format, by string) error {
	library, err := p.openLibrary(ctx)
	if err != nil {
		return err
	}
	defer library.Close()
	m := &importer{program: p, library: library, by: by}
	if err := m.look(ctx); err != nil {
		return err
	}
	progress := p.progress("articles")
	defer progress.clear()
	loss := &format.Loss{}
	for d := range p.documents(names, reading{as, loss, m.article(ctx)}) {
		if d.err == nil {
			d.err = m.take(ctx, d)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if d.err != nil {
			progress.clear()
			p.fail(d.err)
			continue
		}
		progress.step(len(d.Text))
	}
	progress.clear()
	p.report("import", loss)
	return nil
}

// look notes by what the articles of the library are known. Of a title that several
// have, none is.
func (m *importer) look(ctx context.Context) (err error) {
	if m.entries, err = m.library.Entries(ctx); err != nil {
		return err
	}
	m.known = map[string]string{}
	for _, e := range m.entries {
		for _, key := range []string{"title " + strings.ToLower(e.Title), "source " + e.Source, "id " + e.ID} {
			if _, twice := m.known[key]; twice && strings.HasPrefix(key, "title ") {
				m.known[key] = ""
				continue
			}
			m.known[key] = e.ID
		}
	}
	return nil
}

// article returns the function that finds the articles of formats without text.
func (m *importer) article(ctx context.Context) func(id, title string) (*articles.Article, error) {
	return func(id, title string) (*articles.Article, error) {
		at := cmp.Or(m.known["id "+id], m.known["title "+strings.ToLower(title)])
		if at == "" {
			return nil, fmt.Errorf("article %s, %q: %w", id, title, errNoSuchArticle)
		}
		return m.library.Article(ctx, at)
	}
}

// take puts one document into the library.
func (m *importer) take(ctx context.Context, d found) error {
	id, err := m.home(ctx, d)
	if err != nil {
		return fmt.Errorf("import %s: %w", d.from, err)
	}
	var in workspace.Intake
	if d.Log != nil {
		in, err = m.library.desk.Join(ctx, id, d.Log)
	} else {
		in, err = m.library.desk.Adopt(ctx, id, m.who(d), d.Article, d.Layer)
	}
	if err != nil {
		return fmt.Errorf("import %s: %w", d.from, err)
	}
	if err := m.tag(ctx, id, d.Tags); err != nil {
		return fmt.Errorf("import %s: %w", d.from, err)
	}
	m.say(id, d, in)
	_, err = fmt.Fprintf(m.program.out, "%s\t%d new\t%d known\t%s\n", shortID(id), in.New, in.Known, clean.Line(cmp.Or(d.Title, m.title(id))))
	return err
}

// who is it that decided.
func (m *importer) who(d found) string {
	base := filepath.Base(d.from)
	return clean.Line(cmp.Or(m.by, d.Who, strings.TrimSuffix(base, filepath.Ext(base))))
}

func (m *importer) title(id string) string {
	for i := range m.entries {
		if m.entries[i].ID == id {
			return m.entries[i].Title
		}
	}
	return id
}

// say tells what was not taken over, and where people disagree.
func (m *importer) say(id string, d found, in workspace.Intake) {
	about := fmt.Sprintf("%s: %s", d.from, shortID(id))
	if in.Passed > 0 {
		fmt.Fprintf(m.errs, "byline: %s: %d suggestions of a machine were left: byline makes its own\n", about, in.Passed)
	}
	if in.Lost > 0 {
		fmt.Fprintf(m.errs, "byline: %s: %d annotations: the article here does not have their words\n", about, in.Lost)
	}
	for _, c := range in.Clashes {
		fmt.Fprintf(m.errs, "byline: %s: clash over %s of “%s”: %s; %s\n", about, c.About, clean.Line(c.First.Target.Exact), answer(c.First), answer(c.Second))
	}
}

// answer says what somebody decided.
func answer(d annotate.Decision) string {
	what := cmp.Or(d.Value, d.To.Exact)
	return strings.TrimSpace(clean.Line(fmt.Sprintf("%s: %s %s", d.Who, d.Verb, what)))
}

// home returns the article of the library that d is about: the same text, or another copy
// of it, or else one that is added.
func (m *importer) home(ctx context.Context, d found) (string, error) {
	text := clean.String(d.Text)
	for _, key := range []string{"id " + d.ID, "id " + articles.TextID(text), "source " + d.Source, "title " + strings.ToLower(d.Title)} {
		id := m.known[key]
		if id == "" || strings.TrimSpace(strings.TrimPrefix(key, "source")) == "" {
			continue
		}
		a, err := m.library.Article(ctx, id)
		if err != nil {
			return "", err
		}
		if a.Text == text || review.Alike(d.Text, a.Text) || strings.HasPrefix(key, "id ") {
			return id, nil
		}
	}
	if id, err := m.copyOf(ctx, d.Text); id != "" || err != nil {
		return id, err
	}
	return m.add(ctx, d, text)
}

// copyOf returns the article that has the text but for blanks: what a format of tokens
// makes of one.
func (m *importer) copyOf(ctx context.Context, text string) (string, error) {
	words := strings.FieldsFunc(text[:min(len(text), 1<<12)], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < 4 {
		return "", nil
	}
	hits, err := m.library.Hits(ctx, query.Expr{Term: query.Term{Text: strings.Join(words[:min(len(words), 12)], " ")}}, 5)
	if err != nil {
		return "", err
	}
	for _, h := range hits {
		a, err := m.library.Article(ctx, h.Entry.ID)
		if err != nil {
			return "", err
		}
		if review.Alike(text, a.Text) {
			return a.ID, nil
		}
	}
	return "", nil
}

// add puts the article of d into the library. Its blocks are kept where its text was fit
// to be shown, and read anew where not.
func (m *importer) add(ctx context.Context, d found, text string) (string, error) {
	a := *d.Article
	if a.Text != text || len(a.Blocks) == 0 {
		b := plain.Import([]byte(text))
		a.Text, a.Blocks, a.Inline = b.Text, b.Blocks, nil
	}
	a.ID = articles.TextID(a.Text)
	a.Title, a.Author, a.Site = clean.Line(cmp.Or(a.Title, titleOf(d.from))), clean.Line(a.Author), clean.Line(a.Site)
	if a.Source = clean.Line(a.Source); a.Source == "" {
		a.Source = clean.Line(d.from) + "#" + a.ID
	}
	if strings.TrimSpace(a.Text) == "" {
		return "", fmt.Errorf("article %q holds no text", a.Title)
	}
	added, err := m.library.Add(ctx, &a)
	if err != nil {
		return "", err
	}
	if added.Outcome == db.New {
		m.entries = append(m.entries, library.Entry{ID: added.ID, Title: a.Title})
		m.known["id "+added.ID], m.known["source "+a.Source] = added.ID, added.ID
	}
	return added.ID, nil
}

func titleOf(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// tag adds tags to those of an article.
func (m *importer) tag(ctx context.Context, id string, tags []string) error {
	if len(tags) == 0 {
		return nil
	}
	e, err := m.library.Entry(ctx, id)
	if err != nil {
		return err
	}
	all := e.Tags
	for _, t := range tags {
		all = append(all, clean.Line(t))
	}
	return m.library.SetTags(ctx, id, all)
}

// Package importer imports annotations made elsewhere into the library of a workspace: it reads
// annotated files, finds or adds the article that each is about, and appends the decisions to its
// log.
package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/plain"
)

// errNoArticle says that the article of a file is not in the library.
var errNoArticle = errors.New("the library has no such article")

// An Importer is one run of an import.
type Importer struct {
	Workspace *workspace.Workspace
	By        string // who decided, if the files do not say; empty: the name of the only file, else of its folder; of standard input who imports it

	Suggest  bool     // make suggestions of what the files claim, rather than decisions
	Programs []string // whose suggestions no file may take the place of

	several bool // files
	entries []library.Entry
	known   map[string]string // IDs of articles by ID, source and title
}

// An Imported is the result of importing one document.
type Imported struct {
	ID, Title string // of the article in the library
	From      string // the file
	Size      int    // of the text in bytes
	workspace.ImportReport
}

// Import imports the documents of names and calls each with every result or error; the others
// continue after an error. Its own error comes from the library, from each or from ctx.
func (m *Importer) Import(ctx context.Context, names []string, how Reading, each func(Imported, error) error) error {
	if err := m.index(ctx); err != nil {
		return err
	}
	how.Article = m.article(ctx)
	m.several = len(names) > 1 || slices.ContainsFunc(names, sources.IsDir)
	return m.importAll(ctx, how.Documents(names), each)
}

func (m *Importer) importAll(ctx context.Context, docs iter.Seq[Found], each func(Imported, error) error) error {
	for d := range docs {
		var done Imported
		err := d.Err
		if err == nil {
			done, err = m.take(ctx, d)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := each(done, err); err != nil {
			return err
		}
	}
	return nil
}

// index notes the IDs, sources and titles of the articles in the library, but not a title that
// several share.
func (m *Importer) index(ctx context.Context) (err error) {
	if m.entries, err = m.Workspace.Library.Entries(ctx); err != nil {
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
func (m *Importer) article(ctx context.Context) func(id, title string) (*articles.Article, error) {
	return func(id, title string) (*articles.Article, error) {
		at := cmp.Or(m.known["id "+id], m.known["source "+id], m.known["title "+strings.ToLower(title)])
		if at == "" {
			return nil, fmt.Errorf("article %s, %q: %w", id, title, errNoArticle)
		}
		return m.Workspace.Library.Article(ctx, at)
	}
}

// take imports one document.
func (m *Importer) take(ctx context.Context, d Found) (Imported, error) {
	id, err := m.findOrAdd(ctx, d)
	if err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", d.From, err)
	}
	var in workspace.ImportReport
	if m.Suggest {
		if err = m.mayBe(m.signer(d)); err == nil {
			in, err = workspace.ImportSuggestions(ctx, m.Workspace, id, m.signer(d), d.Article, d.Layer)
		}
	} else if d.Log != nil {
		in, err = workspace.MergeDocument(ctx, m.Workspace, id, m.signer(d), d.Document)
	} else {
		in, err = m.Workspace.ImportReading(ctx, id, m.signer(d), d.Document)
	}
	if err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", d.From, err)
	}
	if err := errors.Join(m.tag(ctx, id, d.Tags), m.Workspace.Library.SaveSpellings(ctx, spellings(d.Document))); err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", d.From, err)
	}
	return Imported{id, cmp.Or(d.Title, m.title(id)), d.From, len(d.Text), in}, nil
}

// mayBe returns an error if no suggestions can have a name: lists of them are written with commas, and those of a program are its own.
func (m *Importer) mayBe(name string) error {
	switch {
	case strings.Contains(name, ","):
		return fmt.Errorf("suggestions of “%s”: the name has a comma, with which names are listed; give another with --by", name)
	case slices.Contains(m.Programs, name):
		return fmt.Errorf("suggestions of “%s”: that is a program in the settings, whose suggestions these would replace; give another name with --by", name)
	}
	return nil
}

// spellings returns how d spells types of names where that is a spelling of its own: files that byline wrote have its
// own where they do not have another.
func spellings(d *format.Document) map[annotate.Type]string {
	out := map[annotate.Type]string{}
	for t, label := range d.Labels {
		if label != string(t) && !(d.Own && standoff.IsDefault(t, label)) {
			out[t] = label
		}
	}
	return out
}

// signer returns the name that signs the decisions of d. Files of formats that do not say who decided are kept in a
// folder for each annotator, as a rule. What comes over standard input whoever imports it signs; a program that suggests
// has no name then.
func (m *Importer) signer(d Found) string {
	if d.From == "-" {
		own := workspace.Signer(m.Workspace)
		if m.Suggest {
			own = "standard input"
		}
		return clean.Line(cmp.Or(d.Who, m.By, own))
	}
	base := filepath.Base(d.From)
	name := strings.TrimSuffix(base, filepath.Ext(base))
	if m.several {
		if path, err := filepath.Abs(d.From); err == nil {
			name = filepath.Base(filepath.Dir(path))
		}
	}
	return clean.Line(cmp.Or(d.Who, m.By, name))
}

func (m *Importer) title(id string) string {
	for i := range m.entries {
		if m.entries[i].ID == id {
			return m.entries[i].Title
		}
	}
	return id
}

// findOrAdd returns the ID of the article that d is about: one with the same text, or another copy
// of it, or else a new one.
func (m *Importer) findOrAdd(ctx context.Context, d Found) (string, error) {
	text := clean.String(d.Text)
	for _, key := range []string{"id " + d.ID, "id " + articles.TextID(text), "source " + d.Source, "title " + strings.ToLower(d.Title)} {
		id := m.known[key]
		if id == "" || strings.TrimSpace(strings.TrimPrefix(key, "source")) == "" {
			continue
		}
		a, err := m.Workspace.Library.Article(ctx, id)
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

// copyOf returns the ID of the article whose text differs in white space only, as formats of
// tokens change that.
func (m *Importer) copyOf(ctx context.Context, text string) (string, error) {
	words := strings.FieldsFunc(text[:min(len(text), 1<<12)], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < 4 {
		return "", nil
	}
	hits, err := m.Workspace.Library.Hits(ctx, query.Expr{Term: query.Term{Text: strings.Join(words[:min(len(words), 12)], " ")}}, 5)
	if err != nil {
		return "", err
	}
	for _, h := range hits {
		a, err := m.Workspace.Library.Article(ctx, h.Entry.ID)
		if err != nil {
			return "", err
		}
		if review.Alike(text, a.Text) {
			return a.ID, nil
		}
	}
	return "", nil
}

// add adds the article of d to the library. Its blocks are kept if its text was fit to be shown,
// and read again if not.
func (m *Importer) add(ctx context.Context, d Found, text string) (string, error) {
	a := *d.Article
	if a.Text != text || len(a.Blocks) == 0 {
		b := plain.Import([]byte(text))
		a.Text, a.Blocks, a.Inline, a.Pictures = b.Text, b.Blocks, nil, nil
	}
	a.ID = articles.TextID(a.Text)
	a.Title, a.Author, a.Site = clean.Line(cmp.Or(a.Title, TitleOf(d.From), plain.Import([]byte(text)).Title)), clean.Line(a.Author), clean.Line(a.Site)
	if a.Source = clean.Line(a.Source); a.Source == "" {
		a.Source = clean.Line(d.From) + "#" + a.ID
	}
	if strings.TrimSpace(a.Text) == "" {
		return "", fmt.Errorf("article %q holds no text", a.Title)
	}
	added, err := m.Workspace.Library.Add(ctx, &a)
	if err != nil {
		return "", err
	}
	if added.Outcome == db.New {
		m.entries = append(m.entries, library.Entry{ID: added.ID, Title: a.Title})
		m.known["id "+added.ID], m.known["source "+a.Source] = added.ID, added.ID
	}
	return added.ID, nil
}

// TitleOf returns the title for an article without one, made of its file name; empty for -, standard input.
func TitleOf(file string) string {
	if file == "-" {
		return ""
	}
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// tag adds tags to an article, which are everybody's.
func (m *Importer) tag(ctx context.Context, id string, tags []string) error {
	if len(tags) == 0 {
		return nil
	}
	return m.Workspace.Library.TagForAll(ctx, id, tags)
}

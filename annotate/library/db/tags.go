package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/articles/clean"
)

// See has d show the tags of a view from now on, in lists and to queries. Where an article is sealed to whoever looks, they see their own
// and everybody's, whatever the view.
func (d *DB) See(v library.View) { d.at.View.Store((*string)(&v)) }

// A looker is who looks, and in which view.
type looker struct {
	who  string
	view library.View
}

func (c *conn) looker() looker {
	l := looker{who: c.at.Who}
	if v := c.at.View.Load(); v != nil {
		l.view = library.View(*v)
	}
	return l
}

// sealed asks whether the article of a row t is sealed to somebody, who is the argument twice: it is assigned in a blind set to
// somebody who is not done, and was not reopened, and they do not see what is sealed there or it is assigned to them. So is every article as long
// as the roster does not follow from all of the team's log.
const sealed = `((SELECT coalesce(max(seq), 0) FROM team) > coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = '` + rosterUpTo + `'), 0)
	OR EXISTS (SELECT 1 FROM assigned x JOIN blind b ON b.set_name = x.set_name AND b.who = '' WHERE x.article = t.article AND x.done = 0 AND x.bare = 0
		AND (NOT EXISTS (SELECT 1 FROM blind l WHERE l.set_name = x.set_name AND l.who = ? AND l.who <> '')
			OR EXISTS (SELECT 1 FROM persons p JOIN assigned y ON y.person = p.num WHERE p.who = ? AND y.article = x.article AND y.set_name = x.set_name))))`

// sealedOwn asks whether the article of a row t is assigned to somebody, who is the argument, in a set in which it is sealed. So is every
// article as long as the roster does not follow from all of the team's log.
const sealedOwn = `((SELECT coalesce(max(seq), 0) FROM team) > coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = '` + rosterUpTo + `'), 0)
	OR EXISTS (SELECT 1 FROM persons p JOIN assigned y ON y.person = p.num AND y.article = t.article JOIN blind b ON b.set_name = y.set_name AND b.who = ''
		JOIN assigned x ON x.article = y.article AND x.set_name = y.set_name AND x.done = 0 AND x.bare = 0 WHERE p.who = ?))`

// tags returns the condition under which a row t of tags is shown, with its arguments.
func (l looker) tags() (string, []any) {
	switch whose := l.view.Whose(l.who); {
	case l.view == library.Mine || whose != "" && whose == l.who:
		return "t.who IN ('', ?)", []any{l.who}
	case whose != "":
		return "(t.who = '' OR t.who IN (?, ?) AND t.who = iif(" + sealed + ", ?, ?))", []any{whose, l.who, l.who, l.who, l.who, whose}
	}
	return "(t.who IN ('', ?) OR NOT " + sealed + ")", []any{l.who, l.who, l.who}
}

// hasTag requires that an article shows a tag.
func (c *condition) hasTag(t *query.Term) {
	shown, args := c.looker.tags()
	c.add("EXISTS (SELECT 1 FROM tags t WHERE t.article = a.num")
	if !t.Any {
		pattern := escapeLike(t.Text)
		if t.Open {
			pattern += "%"
		}
		c.add(` AND t.tag LIKE ? ESCAPE '\'`, pattern)
	}
	c.add(" AND "+shown+")", args...)
}

// tagsLike returns the tags that are shown and match a pattern, the most frequent first.
func (s Searches) tagsLike(ctx context.Context, pattern string, limit int) ([]string, error) {
	shown, args := s.looker().tags()
	rows, err := s.reads.QueryContext(ctx, `SELECT tag FROM tags t WHERE tag LIKE ? ESCAPE '\' AND `+shown+" GROUP BY tag ORDER BY count(*) DESC, 1 LIMIT ?",
		slices.Concat([]any{pattern}, args, []any{limit})...)
	if err != nil {
		return nil, fmt.Errorf("look for tags: %w", s.explain(err))
	}
	return readIDs(rows)
}

// tags calls each with the tags that are shown of all articles, or of one, each once.
//
// A row comes as one string: see [Articles.each].
func (s Articles) tags(ctx context.Context, id string, each func(id, tag string)) error {
	shown, args := s.looker().tags()
	of := ""
	if id != "" {
		of, args = "a.id = ? AND ", append([]any{id}, args...)
	}
	rows, err := s.reads.QueryContext(ctx, "SELECT a.id || char(31) || t.tag FROM tags t JOIN articles a ON a.num = t.article WHERE "+of+shown+" ORDER BY t.article, t.tag", args...)
	if err != nil {
		return fmt.Errorf("list tags: %w", s.explain(err))
	}
	defer rows.Close()
	var last, row string
	for rows.Next() {
		last = row
		if err := rows.Scan(&row); err != nil {
			return fmt.Errorf("list tags: %w", err)
		}
		if row != last { // two people may have set it
			id, tag, _ := strings.Cut(row, "\x1f")
			each(id, clean.Line(tag))
		}
	}
	return rows.Err()
}

// Tags returns the tags of an article that may be shown to whoever looks, in any view: all of them or, where it is sealed, theirs
// and everybody's.
func (s Articles) Tags(ctx context.Context, id string) ([]library.Tag, error) {
	out, err := s.tagsOf(ctx, s.reads, "(SELECT num FROM articles WHERE id = ?)", id)
	if err != nil {
		return nil, fmt.Errorf("list the tags of %s: %w", id, s.explain(err))
	}
	for i := range out {
		out[i] = library.Tag{Text: clean.Line(out[i].Text), Who: clean.Line(out[i].Who)}
	}
	return out, nil
}

// tagsOf is Tags with the words as they are stored.
func (s Articles) tagsOf(ctx context.Context, q interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, article string, of any) ([]library.Tag, error) {
	shown, args := looker{who: s.at.Who}.tags()
	rows, err := q.QueryContext(ctx, "SELECT t.tag, t.who FROM tags t WHERE t.article = "+article+" AND "+shown+" ORDER BY t.tag, t.who", append([]any{of}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []library.Tag
	for rows.Next() {
		var t library.Tag
		if err := rows.Scan(&t.Text, &t.Who); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// Taggers returns who set tags, sorted.
func (s Articles) Taggers(ctx context.Context) ([]string, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT DISTINCT who FROM tags WHERE who <> '' ORDER BY who")
	if err != nil {
		return nil, fmt.Errorf("list who set tags: %w", s.explain(err))
	}
	return readIDs(rows)
}

// Retag puts tags on an article for whoever looks, and takes others off: theirs, and everybody's. Those of others stay, and
// are in the result as far as they may be shown. In the view of somebody else nothing is changed. One that is theirs or everybody's already is not put on again. Blanks around tags are
// trimmed.
func (s Articles) Retag(ctx context.Context, id string, on, off []string) (library.Retagged, error) {
	var done library.Retagged
	var added, gone []library.Tag
	err := s.write(ctx, func(tx *sql.Tx) error {
		done, added, gone = library.Retagged{}, nil, nil
		num, err := articleNumber(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := mayTag(ctx, tx, s.looker(), num); err != nil {
			return err
		}
		had, err := s.tagsOf(ctx, tx, "?", num)
		if err != nil {
			return err
		}
		own := map[string]bool{} // has those of everybody as well
		for _, t := range had {
			text := clean.Line(t.Text)
			own[text] = own[text] || s.looker().owns(t)
			switch {
			case !slices.Contains(off, text):
			case s.looker().owns(t):
				gone = append(gone, t)
			default:
				done.Others = append(done.Others, library.Tag{Text: text, Who: clean.Line(t.Who)})
			}
		}
		for _, t := range on {
			if t = clean.Words(t); t != "" && !own[t] {
				own[t] = true
				added = append(added, library.Tag{Text: t, Who: s.at.Who})
			}
		}
		return exchangeTags(ctx, tx, num, added, gone)
	})
	if err != nil {
		return done, fmt.Errorf("tag article %s: %w", id, err)
	}
	done.Changed = len(added)+len(gone) > 0
	done.Undo = func(ctx context.Context) error { return s.changeTags(ctx, id, gone, added) }
	return done, nil
}

// mayTag returns an error if the article is shown with the tags of somebody else.
func mayTag(ctx context.Context, tx *sql.Tx, l looker, num int64) error {
	whose := l.view.Whose(l.who)
	if whose == "" || whose == l.who {
		return nil
	}
	var own bool // whatever the view
	if err := tx.QueryRowContext(ctx, "SELECT "+sealed+" FROM (SELECT ? AS article) t", l.who, l.who, num).Scan(&own); err != nil || own {
		return err
	}
	return fmt.Errorf("the view is %s’s, in which only they tag: choose yours, or everybody’s", clean.Line(whose))
}

// owns reports whether whoever looks can take a tag off.
func (l looker) owns(t library.Tag) bool { return t.Who == "" || t.Who == l.who }

// TagForAll puts tags on an article that are everybody's. One that it shows to whoever looks stays whose it is.
func (s Articles) TagForAll(ctx context.Context, id string, texts []string) error {
	had, err := s.Tags(ctx, id)
	if err != nil {
		return err
	}
	var tags []library.Tag
	for _, t := range texts {
		if t = clean.Words(t); t != "" && !slices.ContainsFunc(had, func(x library.Tag) bool { return x.Text == t }) {
			tags = append(tags, library.Tag{Text: t})
		}
	}
	return s.changeTags(ctx, id, tags, nil)
}

func (s Articles) changeTags(ctx context.Context, id string, on, off []library.Tag) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		num, err := articleNumber(ctx, tx, id)
		if err != nil {
			return err
		}
		return exchangeTags(ctx, tx, num, on, off)
	})
	if err != nil {
		return fmt.Errorf("tag article %s: %w", id, err)
	}
	return nil
}

// exchangeTags adds and deletes rows of tags.
func exchangeTags(ctx context.Context, tx *sql.Tx, num int64, on, off []library.Tag) error {
	for statement, list := range map[string][]library.Tag{
		"INSERT OR IGNORE INTO tags (article, tag, who) VALUES (?, ?, ?)": on, "DELETE FROM tags WHERE article = ? AND tag = ? AND who = ?": off,
	} {
		for _, t := range list {
			if _, err := tx.ExecContext(ctx, statement, num, t.Text, t.Who); err != nil {
				return err
			}
		}
	}
	return nil
}

// A BlindSet is a set in which articles are sealed, and who sees these nevertheless unless they are assigned to them.
type BlindSet struct {
	Name  string
	Seers []string
}

func (b *BlindSet) save(ctx context.Context, tx *sql.Tx) error {
	for _, who := range append([]string{""}, b.Seers...) {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO blind (set_name, who) VALUES (?, ?)", b.Name, who); err != nil {
			return err
		}
	}
	return nil
}

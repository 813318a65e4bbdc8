package care

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"byline/annotate/library/db"
)

// A book is a log besides that of decisions. Its lines only ever grow in number.
type book struct {
	table, called string
	columns       []string // besides seq
	again         string   // what to do where a line is lost
	after         string   // what makes anew what follows from it, besides the groups of merged names
}

// books are the log of the team, and that of names that people merged.
var books = []*book{
	{"team", "the log of the team", []string{"at", "who", "id", "body"}, "“byline team” shows what is left of its sets, and does it again",
		"DELETE FROM meta WHERE key = 'seals'"},
	{"merges", "the log of merged names", []string{"at", "who", "verb", "key", "type", "name", "into_key", "into_type", "into_name", "undone"},
		"merge or split the names again", "SELECT 1"},
}

// A line is one of a book, as a check goes through them.
type line struct {
	seq    int64
	values []any
	wrong  string
	newer  bool // nothing is wrong, as far as this program knows
}

func (l *line) String() string {
	when := "at no time"
	if ms, ok := l.values[0].(int64); ok && ms != 0 {
		when = time.UnixMilli(ms).UTC().Format("2006-01-02 15:04")
	}
	who, _ := words(l.values[1])
	return fmt.Sprintf("line %d, by %.40s, %s: %s", l.seq, who, when, l.wrong)
}

// words returns a value as text; false if it is none.
func words(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case []byte:
		return string(v), true
	}
	return "", false
}

// each reads lines of a book, with what is wrong with them.
func (b *book) each(ctx context.Context, from querier, where string, args []any, o *Options, each func(*line)) error {
	rows, err := from.QueryContext(ctx, "SELECT seq, "+strings.Join(b.columns, ", ")+" FROM "+b.table+" NOT INDEXED "+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		l := line{values: make([]any, len(b.columns))}
		to := []any{&l.seq}
		for i := range l.values {
			to = append(to, &l.values[i])
		}
		if err := rows.Scan(to...); err != nil {
			return err
		}
		l.wrong, l.newer = b.fault(&l, o)
		each(&l)
	}
	return rows.Err()
}

// beside is what is wrong with a line whose columns are not of their kinds.
const beside = "what stands beside it is wrong"

// fault says what is wrong with a line.
func (b *book) fault(l *line, o *Options) (wrong string, newer bool) {
	if at, ok := l.values[0].(int64); !ok || at < 0 {
		return beside, false
	}
	texts := make([]string, len(l.values))
	for i, v := range l.values[1:] {
		var ok bool
		if texts[i+1], ok = words(v); !ok && b.columns[i+1] != "undone" {
			return beside, false
		}
	}
	if b.table == "team" {
		return eventFault(l, texts, o)
	}
	return mergeFault(l, texts), false
}

// eventFault says what is wrong with a line of the team's log.
func eventFault(l *line, texts []string, o *Options) (wrong string, newer bool) {
	if o.Event == nil {
		return "", false
	}
	r := db.Row{Seq: l.seq, ID: texts[2], Who: texts[1], Body: []byte(texts[3])}
	if at, _ := l.values[0].(int64); at != 0 {
		r.At = time.UnixMilli(at).UTC()
	}
	return o.Event(&r)
}

// mergeFault says what is wrong with a line of the log of merged names.
func mergeFault(l *line, texts []string) string {
	verb := texts[2]
	if verb != "merge" && verb != "split" {
		return fmt.Sprintf("this byline does not know its verb, “%.40s”", verb)
	}
	if texts[3] == "" || texts[4] == "" || verb == "merge" && (texts[6] == "" || texts[7] == "") {
		return "it names nobody"
	}
	if undone, ok := l.values[9].(int64); !ok || undone < 0 {
		return "when it was taken back is no time"
	}
	return ""
}

// unsound returns the lines with which something is wrong, and how many there are in all.
func (b *book) unsound(ctx context.Context, from querier, o *Options) (all int, wrong []line, err error) {
	err = b.each(ctx, from, "ORDER BY seq", nil, o, func(l *line) {
		if all++; l.wrong != "" {
			wrong = append(wrong, *l)
		}
	})
	return all, wrong, err
}

// soundIn returns the lines of the copy at path that stand where wrong ones do, and with which nothing is wrong, by their numbers; none
// if the copy cannot be read.
func (b *book) soundIn(ctx context.Context, path string, wrong []line, o *Options) map[int64]line {
	found := map[int64]line{}
	copied, err := openCopy(path)
	if err != nil {
		return found
	}
	defer copied.Close()
	for _, w := range wrong {
		err := b.each(ctx, copied, "WHERE seq = ?", []any{w.seq}, o, func(l *line) {
			if l.wrong == "" {
				found[l.seq] = *l
			}
		})
		if err != nil {
			return found
		}
	}
	return found
}

// from returns the sound lines of the latest copy that has any of those that are wrong, and its path.
func (b *book) from(ctx context.Context, wrong []line, o *Options) (found map[int64]line, path string) {
	for _, path := range o.Copies {
		if found = b.soundIn(ctx, path, wrong, o); len(found) > 0 {
			return found, path
		}
	}
	return nil, ""
}

// number says how many lines of a book are something.
func (b *book) number(n int) string {
	return number(n, "line of "+b.called+" is", "lines of "+b.called+" are")
}

// lines looks for those of the team's log and of the log of merged names that are damaged.
func (c *checker) lines(ctx context.Context) error {
	for _, b := range books {
		all, wrong, err := b.unsound(ctx, c.sql, &c.o)
		if err != nil && strings.Contains(err.Error(), "no such table") {
			continue // of an older library
		}
		if c.Lines += all; err != nil {
			return fmt.Errorf("%s: %w", b.called, err)
		}
		found, path := b.from(ctx, wrong, &c.o)
		var had, lost []string
		for i := range wrong {
			if _, ok := found[wrong[i].seq]; ok {
				had = append(had, wrong[i].String())
			} else if wrong[i].newer {
				c.Newer++
			} else {
				lost = append(lost, wrong[i].String())
			}
		}
		if len(had) > 0 {
			c.Faults = append(c.Faults, Fault{Again, b.number(len(had)) + " damaged, and sound in the copy " + path, had})
		}
		if len(lost) > 0 {
			c.Faults = append(c.Faults, Fault{Lost, b.number(len(lost)) + " damaged, and sound in no copy: what they say counts for nothing; " + b.again, lost})
		}
	}
	return nil
}

// putLinesBack takes lines that are damaged from the latest copy in which some of them are sound, and has made anew what follows from
// them. No other is touched.
func putLinesBack(ctx context.Context, d *db.DB, o *Options) (back int, err error) {
	for _, b := range books {
		_, wrong, err := b.unsound(ctx, d.SQL(), o)
		if err != nil {
			return back, fmt.Errorf("%s: %w", b.called, err)
		}
		found, _ := b.from(ctx, wrong, o)
		if len(found) == 0 {
			continue
		}
		set := "UPDATE " + b.table + " SET " + strings.Join(b.columns, " = ?, ") + " = ? WHERE seq = ?"
		err = inTransaction(ctx, d, func(tx *sql.Tx) error {
			for seq, l := range found {
				if _, err := tx.ExecContext(ctx, set, append(l.values, seq)...); err != nil {
					return fmt.Errorf("put back line %d of %s: %w", seq, b.called, err)
				}
			}
			if _, err := tx.ExecContext(ctx, b.after); err != nil {
				return err
			}
			return db.Regroup(ctx, tx)
		})
		if err != nil {
			return back, err
		}
		back += len(found)
	}
	return back, nil
}

// fillLines takes lines of a book that could not be read from the latest copy that has more.
func (s *Saved) fillLines(ctx context.Context, tx *sql.Tx, b *book, o *Options) error {
	add := "INSERT OR IGNORE INTO " + b.table + " (seq, " + strings.Join(b.columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(b.columns)) + ")"
	for _, path := range o.Copies {
		copied, err := openCopy(path)
		if err != nil {
			continue
		}
		var lines []line
		err = b.each(ctx, copied, "ORDER BY seq", nil, o, func(l *line) {
			if l.wrong == "" {
				lines = append(lines, *l)
			}
		})
		copied.Close()
		if err != nil {
			continue
		}
		added := 0
		for _, l := range lines {
			res, err := tx.ExecContext(ctx, add, append([]any{l.seq}, l.values...)...)
			if err != nil {
				return err
			}
			n, _ := res.RowsAffected()
			added += int(n)
		}
		if added > 0 {
			s.Copy = path
			s.Lines += added
			return nil
		}
	}
	return nil
}

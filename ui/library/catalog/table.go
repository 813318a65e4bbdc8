package catalog

import (
	"strings"
	"time"
	"unicode"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
)

// A table holds entries in some 200 bytes each, most of them the letters of titles and sources: with a hundred thousand
// articles, a list of [library.Entry] with folded words beside it is three times as large.
type table struct {
	rows    []row
	titles  titles           // folded
	bylines []byline         // by row
	texts   []string         // blocks of letters, which rows point into
	filled  []byte           // the block that is being filled
	names   []name           // of publications, authors and formats, each once; the first is empty
	folders []string         // of sources, each once, up to the last slash; the first is empty
	number  map[string]int32 // of names
	folder  map[string]int32 // of folders
	tags    [][]string       // of those that have any; the first is nil
}

// A name is a text that many entries share, and its folded form.
type name struct{ text, folded string }

// A row is an entry.
type row struct {
	times
	place
	counts
	shared
	progress       float64
	words, version int32
	status         uint8
	making         library.Making
}

// A byline is the numbers of the names of a publication and an author.
type byline struct{ site, author int32 }

// times are Unix milliseconds, 0 for unknown.
type times struct{ date, added, opened int64 }

// A place says where the letters of a row are: ID, title and the end of the source follow each other in a block. Start is where
// the first letter or digit of the folded title is.
type place struct{ block, at, id, title, source, start uint32 }

type counts struct{ people, organizations, quotes, claims, reviewed int32 }

// shared are numbers of what rows share: the name of a format, the folder of a source, tags.
type shared struct{ format, folder, tags int32 }

// states are the statuses by their number in a row.
var states = [...]library.Status{library.Unread, library.Reading, library.Done}

func stateOf(st library.Status) uint8 {
	for i, s := range states {
		if s == st {
			return uint8(i)
		}
	}
	return uint8(len(states))
}

// blockSize is how many bytes of letters a block has; a longer entry has a block of its own.
const blockSize = 1 << 18

// add adds an entry.
func (t *table) add(e *library.Entry) {
	r, folded := t.row(e)
	if n := int(r.id + r.title + r.source); len(t.filled) > 0 && len(t.filled)+n > blockSize {
		t.closeBlock()
	}
	r.block, r.at = uint32(len(t.texts)), uint32(len(t.filled))
	for _, part := range [...]string{e.ID, e.Title, e.Source[len(e.Source)-int(r.source):]} {
		t.filled = append(t.filled, part...)
	}
	t.rows = append(t.rows, r)
	t.titles.add(folded)
	t.bylines = append(t.bylines, byline{t.named(e.Site), t.named(e.Author)})
}

// closeBlock ends the block that is being filled. Until then its letters cannot be read.
func (t *table) closeBlock() {
	t.texts = append(t.texts, string(t.filled))
	t.filled = t.filled[:0]
}

// close ends what is being filled, after the last entry.
func (t *table) close() {
	t.closeBlock()
	t.titles.close()
	t.filled, t.titles.filled = nil, nil
}

// set replaces row i.
func (t *table) set(i int, e *library.Entry) {
	r, folded := t.row(e)
	r.block = uint32(len(t.texts))
	t.texts = append(t.texts, e.ID+e.Title+e.Source[len(e.Source)-int(r.source):])
	t.rows[i] = r
	t.titles.set(int32(i), folded)
	t.bylines[i] = byline{t.named(e.Site), t.named(e.Author)}
}

// row returns the numbers of an entry, but for where its letters are, and its folded title.
func (t *table) row(e *library.Entry) (row, string) {
	folded := fold(Title(e))
	order := strings.TrimLeftFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	folder := strings.LastIndexByte(e.Source, '/') + 1
	r := row{
		times:  times{int64(e.Date), millis(e.Added), millis(e.Opened)},
		place:  place{id: uint32(len(e.ID)), title: uint32(len(e.Title)), source: uint32(len(e.Source) - folder), start: uint32(len(folded) - len(order))},
		counts: counts{int32(e.Counts.People), int32(e.Counts.Organizations), int32(e.Counts.Quotes), int32(e.Counts.Claims), int32(e.Counts.Reviewed)},
		shared: shared{format: t.named(string(e.Format)), folder: t.foldered(e.Source[:folder])},
		words:  int32(e.Words), version: int32(e.Version), progress: e.Progress, status: stateOf(e.Status), making: e.Making,
	}
	if t.tags == nil {
		t.tags = [][]string{nil}
	}
	if len(e.Tags) > 0 {
		r.tags = int32(len(t.tags))
		t.tags = append(t.tags, e.Tags)
	}
	return r, folded
}

// named returns the number of a name.
func (t *table) named(text string) int32 {
	if t.number == nil {
		t.names, t.number = []name{{}}, map[string]int32{"": 0}
	}
	n, ok := t.number[text]
	if !ok {
		n = int32(len(t.names))
		text = strings.Clone(text)
		t.names = append(t.names, name{text, fold(clean.Line(text))})
		t.number[text] = n
	}
	return n
}

// foldered returns the number of a folder.
func (t *table) foldered(path string) int32 {
	if t.folder == nil {
		t.folders, t.folder = []string{""}, map[string]int32{"": 0}
	}
	n, ok := t.folder[path]
	if !ok {
		n = int32(len(t.folders))
		path = strings.Clone(path)
		t.folders = append(t.folders, path)
		t.folder[path] = n
	}
	return n
}

// source returns the source of a row.
func (t *table) source(r *row) string {
	return t.folders[r.shared.folder] + t.letters(r, r.id+r.title, r.source)
}

// letters returns a part of the letters of a row.
func (t *table) letters(r *row, from, n uint32) string {
	return t.texts[r.block][r.at+from : r.at+from+n]
}

func (t *table) id(r *row) string { return t.letters(r, 0, r.id) }

// order returns the part of the folded title of row i that it is sorted by.
func (t *table) order(i int32) string {
	title := t.titles.at(i)
	return title[min(int(t.rows[i].start), len(title)):]
}

// rest returns the folded publication and author of row i, one per line.
func (t *table) rest(i int32) string {
	return t.names[t.bylines[i].site].folded + "\n" + t.names[t.bylines[i].author].folded
}

// entry returns the entry of row i.
func (t *table) entry(i int32) *library.Entry {
	r, by := &t.rows[i], t.bylines[i]
	return &library.Entry{
		ID: t.id(r), Title: t.letters(r, r.id, r.title), Source: t.source(r),
		Site: t.names[by.site].text, Author: t.names[by.author].text, Format: articles.Format(t.names[r.format].text),
		Date: articles.Date(r.date), Added: fromMillis(r.added), Opened: fromMillis(r.opened),
		Words: int(r.words), Version: int(r.version), Status: r.state(), Progress: r.progress, Tags: t.tags[r.tags], Making: r.making,
		Counts: annotate.Counts{People: int(r.people), Organizations: int(r.organizations), Quotes: int(r.quotes), Claims: int(r.claims), Reviewed: int(r.reviewed)},
	}
}

func (r *row) state() library.Status {
	if int(r.status) < len(states) {
		return states[r.status]
	}
	return ""
}

// shareReviewed is [library.Entry.Reviewed].
func (r *row) shareReviewed() float64 {
	if r.claims == 0 {
		return 0
	}
	return float64(r.reviewed) / float64(r.claims)
}

// read is [library.Entry.Read].
func (r *row) read() float64 { return max(r.progress, r.shareReviewed()) }

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

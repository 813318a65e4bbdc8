package sync

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"byline/annotate/library/db/exchange"
	"byline/articles"
	"byline/articles/clean"
)

// An aboutHead is what lines of a file of about have in common; see the package comment.
type aboutHead struct {
	Article string `json:"article"`
	Text    string `json:"text,omitempty"`
	Added   string `json:"added,omitempty"`
	At      string `json:"at,omitempty"`
	Source  string `json:"source,omitempty"`
}

// A sourceLine says what the source of an article says of it, a blocksLine which blocks a text has.
type (
	sourceLine struct {
		aboutHead
		aboutJSON
	}
	blocksLine struct {
		aboutHead
		blocksJSON
	}
)

// aboutJSON is what the source of an article says of it. Date and Updated are what the publication's clock shows at their start,
// written as RFC 3339 writes a time in UTC; where that is not what the source said, a month, or a time with a zone, DateSaid
// and UpdatedSaid are, in ISO 8601.
type aboutJSON struct {
	Title    string   `json:"title"`
	Author   string   `json:"author,omitempty"`
	Site     string   `json:"site,omitempty"`
	Format   string   `json:"format,omitempty"`
	Date     string   `json:"date,omitempty"`
	DateSaid string   `json:"date_said,omitempty"`
	Authors  []string `json:"authors,omitempty"`
	Agencies []string `json:"agencies,omitempty"`
	URL      string   `json:"url,omitempty"`
	Section  string   `json:"section,omitempty"`
	Language string   `json:"language,omitempty"`
	Updated  string   `json:"updated,omitempty"`

	UpdatedSaid string `json:"updated_said,omitempty"`
}

// blocksJSON are the blocks of a text, with offsets in bytes of it.
type blocksJSON struct {
	Blocks   []blockJSON   `json:"blocks"`
	Inlines  []inlineJSON  `json:"inlines,omitempty"`
	Pictures []pictureJSON `json:"pictures,omitempty"`
}

type blockJSON struct {
	Kind    string   `json:"kind"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Level   int      `json:"level,omitempty"`
	Quote   int      `json:"quote,omitempty"`
	Marker  string   `json:"marker,omitempty"`
	Cells   [][2]int `json:"cells,omitempty"`
	Head    bool     `json:"head,omitempty"`
	Variant string   `json:"variant,omitempty"`
}

type inlineJSON struct {
	Kind   string `json:"kind"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Target string `json:"target,omitempty"`
}

type pictureJSON struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Address string `json:"address,omitempty"`
	Beside  string `json:"beside,omitempty"`
	Alt     string `json:"alt,omitempty"`
}

// The names of kinds, in the order of the constants.
var (
	blockKinds  = []string{"paragraph", "heading", "item", "code", "row", "rule", "caption", "attribution"}
	inlineKinds = []string{"emphasis", "strong", "strike", "code", "link", "image", "note"}
)

// An about is a file of about as a set of lines: of those of one key one stays.
type about struct {
	raw    []byte
	broken bool
	lines  map[string]aboutEntry
	bad    [][]byte
}

type aboutEntry struct {
	line []byte
	at   int64 // of a line of which the latest counts, and of an edition
	aboutHead
}

func newAbout() *about { return &about{lines: map[string]aboutEntry{}} }

// readAbout reads a file; see readLog.
func readAbout(raw []byte, article string, tell func(line int, err error)) *about {
	f := newAbout()
	f.raw = raw
	n := 0
	for line := range eachLine(raw) {
		n++
		if isConflict(line) {
			f.broken = true
			tell(n, errConflict)
			return f
		}
		if len(line) == 0 {
			continue
		}
		key, e, err := parseAbout(line, article)
		if err != nil {
			f.bad = append(f.bad, line)
			tell(n, err)
			continue
		}
		f.add(key, e)
	}
	return f
}

// The first byte of a key sorts the lines of a file.
const (
	keyAbout   = "1"
	keySource  = "2"
	keyEdition = "3"
	keyBlocks  = "4"
	keyUnknown = "5"
)

// parseAbout reads a line. Kinds of lines that this version does not know are kept as they are.
func parseAbout(line []byte, article string) (key string, e aboutEntry, err error) {
	e.line = line
	if len(line) > mostLine {
		return "", e, errHuge
	}
	var j struct {
		aboutHead
		Title  *string
		Blocks *json.RawMessage
	}
	if err := json.Unmarshal(line, &j); err != nil {
		return "", e, notOurs(line)
	}
	e.aboutHead = j.aboutHead
	if e.Article != article {
		return "", e, fmt.Errorf("it is about the article %.40q, not about that of the file", e.Article)
	}
	if e.Text != "" && !isHash.MatchString(e.Text) {
		return "", e, errors.New("it names no text")
	}
	if at := cmp.Or(e.Added, e.At); at != "" {
		if e.at, err = parseTime(at); err != nil {
			return "", e, err
		}
	}
	return e.key(j.Title != nil, j.Blocks != nil), e, nil
}

// key returns what e is about, which two lines of a file cannot be both.
func (e *aboutEntry) key(title, blocks bool) string {
	switch {
	case e.Text != "" && e.Added != "":
		return keyEdition + e.Added + e.Text
	case e.Text != "" && e.At != "" && blocks:
		return keyBlocks + e.Text
	case e.Text == "" && e.At != "" && title:
		return keyAbout
	case e.Source != "":
		return keySource + e.Source
	}
	return keyUnknown + string(e.line)
}

func parseTime(s string) (int64, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return 0, fmt.Errorf("%.40q is no time", s)
	}
	return t.UnixMilli(), nil
}

func timeOf(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
}

// add adds a line, and reports whether it is new to the file or takes the place of another.
func (f *about) add(key string, e aboutEntry) bool {
	had, ok := f.lines[key]
	if ok && !e.better(&had) {
		return false
	}
	f.lines[key] = e
	return true
}

// better reports whether of two lines of one key in a file e is the one that stays: the later, then the one that says more.
func (e *aboutEntry) better(o *aboutEntry) bool {
	c := cmp.Or(cmp.Compare(e.at, o.at), cmp.Compare(len(e.line), len(o.line)), bytes.Compare(e.line, o.line))
	return c > 0
}

// merge adds the lines of a library. Of one that the file has from the same time its own stays: a later version of byline may
// have written it, and said more.
func (f *about) merge(library *about) {
	for key, e := range library.lines {
		if had, ok := f.lines[key]; !ok || e.at > had.at {
			f.lines[key] = e
		}
	}
}

// bytes returns the file as it is to be.
func (f *about) bytes() []byte {
	var b bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(f.lines)) {
		b.Write(f.lines[key].line)
		b.WriteByte('\n')
	}
	writeBad(&b, f.bad)
	return b.Bytes()
}

// editions returns when the article had which text.
func (f *about) editions() []exchange.Edition {
	var out []exchange.Edition
	for key, e := range f.lines {
		if strings.HasPrefix(key, keyEdition) {
			out = append(out, exchange.Edition{Hash: e.Text, Added: e.at})
		}
	}
	return out
}

// source returns an address of the article; empty if no line has one.
func (f *about) source() string {
	for _, key := range slices.Sorted(maps.Keys(f.lines)) {
		if strings.HasPrefix(key, keySource) {
			return sourceOf(f.lines[key].Source)
		}
	}
	return ""
}

// aboutOf returns the lines of an article of a library.
func aboutOf(a *exchange.Article) (*about, error) {
	f := newAbout()
	lines := []any{sourceLine{aboutHead{Article: a.ID, At: timeOf(a.Told)}, aboutJSONOf(a.About)}}
	if s := sourceOf(a.About.Source); s != "" {
		lines = append(lines, aboutHead{Article: a.ID, Source: s})
	}
	for _, e := range a.Editions {
		lines = append(lines, aboutHead{Article: a.ID, Text: e.Hash, Added: timeOf(e.Added)})
	}
	for hash, t := range a.Texts {
		lines = append(lines, blocksLine{aboutHead{Article: a.ID, Text: hash, At: timeOf(t.Told)}, blocksOf(t.Article)})
	}
	for _, l := range lines {
		line, err := encode(l)
		if err != nil {
			return nil, err
		}
		key, e, err := parseAbout(line, a.ID)
		if err != nil {
			return nil, err
		}
		f.add(key, e)
	}
	return f, nil
}

func aboutJSONOf(a *articles.Article) aboutJSON {
	j := aboutJSON{
		Title: a.Title, Author: a.Author, Site: a.Site, Format: string(a.Format),
		Authors: a.Authors, Agencies: a.Agencies, URL: a.URL, Section: a.Section, Language: a.Language,
	}
	j.Date, j.DateSaid = writeDate(a.Date)
	j.Updated, j.UpdatedSaid = writeDate(a.Updated)
	return j
}

// encode writes a line of JSON without its end.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// writeDate returns a date in the two forms of aboutJSON. A version of byline that knows only the first reads it as a day or a time.
func writeDate(d articles.Date) (clock, said string) {
	if d.IsZero() {
		return "", ""
	}
	if d != clockDate(d.Time()) {
		said = d.String()
	}
	return d.Time().Format(time.RFC3339), said
}

// readDate is the reverse of writeDate. The first form holds if the second is of another time.
func readDate(clock, said string) (articles.Date, error) {
	if clock == "" {
		return 0, nil
	}
	t, err := time.Parse(time.RFC3339, clock)
	if err != nil {
		return 0, fmt.Errorf("%.40q is no time", clock)
	}
	d := clockDate(t.UTC())
	if as := articles.ParseDate(said); as.Time().Equal(d.Time()) {
		return as, nil
	}
	return d, nil
}

// clockDate is the date of a day, if t is midnight, or of a time in no known zone.
func clockDate(t time.Time) articles.Date { return articles.DateAt(t, articles.ToSecond, "") }

// sourceOf returns an address of an article as it travels. Of a file on a disk only the name does: where it lies is nobody's
// concern, and a path from elsewhere would name another file here.
func sourceOf(s string) string {
	s = clean.Line(s)
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "sample:") {
		return s
	}
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	if s == "." || s == ".." || s == "/" || s == "-" || len(s) > 1<<10 {
		return ""
	}
	return s
}

func blocksOf(a *articles.Article) blocksJSON {
	j := blocksJSON{Blocks: []blockJSON{}}
	for _, b := range a.Blocks {
		k := blockJSON{Kind: blockKinds[b.Kind], Start: b.Start, End: b.End, Level: b.Level, Quote: b.Quote, Marker: b.Marker, Head: b.Head, Variant: b.Variant}
		for _, c := range b.Cells {
			k.Cells = append(k.Cells, [2]int{c.Start, c.End})
		}
		j.Blocks = append(j.Blocks, k)
	}
	for _, i := range a.Inline {
		j.Inlines = append(j.Inlines, inlineJSON{inlineKinds[i.Kind], i.Start, i.End, i.Target})
	}
	for _, p := range a.Pictures {
		j.Pictures = append(j.Pictures, pictureJSON{p.Start, p.End, p.Address, p.Beside, p.Alt})
	}
	return j
}

// about returns what the source of an article says, made printable.
func (e *aboutEntry) about() (*articles.Article, error) {
	var j aboutJSON
	if err := json.Unmarshal(e.line, &j); err != nil {
		return nil, fmt.Errorf("what its source says cannot be read: %w", err)
	}
	a := &articles.Article{Title: clean.Line(j.Title), Author: clean.Line(j.Author), Site: clean.Line(j.Site), Format: articles.Format(clean.Line(j.Format))}
	a.URL, a.Section, a.Language = clean.Target(j.URL), clean.Line(j.Section), clean.Line(j.Language)
	var err error
	if a.Date, err = readDate(j.Date, j.DateSaid); err != nil {
		return nil, err
	}
	if a.Updated, err = readDate(j.Updated, j.UpdatedSaid); err != nil {
		return nil, err
	}
	a.Authors, a.Agencies = words(j.Authors), words(j.Agencies)
	return a, nil
}

func words(list []string) []string {
	var out []string
	for _, s := range list {
		if s = clean.Words(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// deepest is the deepest level of a list or a quotation that is taken from elsewhere.
const deepest = 99

// text returns a text with its blocks. It is an error if they do not fit it.
func (e *aboutEntry) text(text string) (*articles.Article, error) {
	var j blocksJSON
	if err := json.Unmarshal(e.line, &j); err != nil {
		return nil, fmt.Errorf("its blocks cannot be read: %w", err)
	}
	a := &articles.Article{Text: text}
	for _, b := range j.Blocks {
		kind := slices.Index(blockKinds, b.Kind)
		if kind < 0 {
			kind = 0 // of a later version
		}
		block := articles.Block{Span: articles.Span{Start: b.Start, End: b.End}, Kind: articles.BlockKind(kind), Level: min(max(b.Level, 0), deepest), Quote: min(max(b.Quote, 0), deepest),
			Marker: clean.Line(b.Marker), Head: b.Head, Variant: clean.Line(b.Variant)}
		for _, c := range b.Cells {
			block.Cells = append(block.Cells, articles.Span{Start: c[0], End: c[1]})
		}
		a.Blocks = append(a.Blocks, block)
	}
	for _, i := range j.Inlines {
		if kind := slices.Index(inlineKinds, i.Kind); kind >= 0 {
			a.Inline = append(a.Inline, articles.Inline{Span: articles.Span{Start: i.Start, End: i.End}, Kind: articles.InlineKind(kind), Target: clean.Target(i.Target)})
		}
	}
	for _, p := range j.Pictures {
		a.Pictures = append(a.Pictures, articles.Picture{Span: articles.Span{Start: p.Start, End: p.End},
			Address: clean.Address(p.Address), Beside: clean.Address(p.Beside), Alt: clean.Line(p.Alt)})
	}
	if err := a.Check(); err != nil {
		return nil, fmt.Errorf("its blocks do not fit the text: %w", err)
	}
	return a, nil
}

package tables

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// readCSV reads tables of newCSV, their columns in any order, and other tables with the
// columns "start", "end" and "type". They have no text, so the caller has to know the
// articles. Rows of one article may be anywhere in a table of 100,000 rows; in a longer one they have to be within
// so many. Cells are separated by commas or, as some spreadsheets have it, by semicolons.
func readCSV(in format.Input) iter.Seq2[*format.Document, error] {
	head := bufio.NewReaderSize(in, format.SniffBytes)
	in.Reader = head
	line, _ := head.Peek(format.SniffBytes) // a shorter file is fine
	if said := separator.Find(line); said != nil {
		_, _ = head.Discard(len(said)) // cannot fail after it was peeked at
		line = line[len(said):]
	}
	if !bytes.Contains(line, []byte("\n")) && bytes.Contains(line, []byte("\r")) {
		in.Reader = transform.NewReader(head, runes.Map(lineFeeds)) // as old programs end lines
	}
	if sniff(';')(line) {
		return readTable(in, ';')
	}
	return readTable(in, ',')
}

// separator matches the line that tells Excel what is between cells.
var separator = regexp.MustCompile(`\A(?:\x{FEFF})?(?i:sep)=.(?:\r\n?|\n)`)

// lineFeeds returns a line feed for a carriage return.
func lineFeeds(r rune) rune {
	if r == '\r' {
		return '\n'
	}
	return r
}

// readTSV is readCSV for tables with tabs between cells.
func readTSV(in format.Input) iter.Seq2[*format.Document, error] { return readTable(in, '\t') }

// A record is a row whose cells have the names of their columns.
type record struct {
	line  int
	cells []string
	index map[string]int
}

// cell returns the cell of a column, without the apostrophe that escapeFormula adds.
func (r *record) cell(name string) string {
	i, ok := r.index[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	s := r.cells[i]
	if !utf8.ValidString(s) { // saved by a spreadsheet in the encoding of Windows
		if decoded, err := charmap.Windows1252.NewDecoder().String(s); err == nil {
			s = decoded
		}
	}
	if rest, ok := strings.CutPrefix(s, "'"); ok && escapeFormula(rest) == s {
		return rest
	}
	return s
}

// offsets returns the stretch that two columns give, and false if they are empty.
func (r *record) offsets(start, end string) (offsets.Stretch, bool, error) {
	if r.cell(start) == "" && r.cell(end) == "" {
		return offsets.Stretch{}, false, nil
	}
	a, ok := wholeNumber(r.cell(start))
	b, ok2 := wholeNumber(r.cell(end))
	if !ok || !ok2 {
		return offsets.Stretch{}, false, fmt.Errorf("line %d: %s %.20q and %s %.20q are no offsets", r.line, start, r.cell(start), end, r.cell(end))
	}
	return offsets.Stretch{Start: a, End: b}, true, nil
}

// wholeNumber reads 7, and 7.0, 7,0 or 7E+00 as programs save a column of numbers.
func wholeNumber(s string) (int, bool) {
	f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return int(f), err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<40
}

func readTable(in format.Input, comma rune) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		h := &held{at: map[string]int{}}
		for r, err := range records(in, comma) {
			switch {
			case err != nil:
				yield(nil, fmt.Errorf("read the table %s: %w", in.Name, err))
				return
			case h.n >= mostRows && !h.has(&r) && !h.flush(in, yield):
				return
			}
			h.add(r)
		}
		h.flush(in, yield)
	}
}

// mostRows is from how many rows on those of articles that have ended are not waited for.
const mostRows = 100_000

// held are rows, by article in the order of their first rows.
type held struct {
	rows [][]record
	at   map[string]int
	n    int
}

func articleOf(r *record) string { return r.cell("article") + "\x00" + r.cell("title") }

func (h *held) has(r *record) bool {
	_, ok := h.at[articleOf(r)]
	return ok
}

func (h *held) add(r record) {
	i, ok := h.at[articleOf(&r)]
	if !ok {
		i = len(h.rows)
		h.at[articleOf(&r)] = i
		h.rows = append(h.rows, nil)
	}
	h.rows[i] = append(h.rows[i], r)
	h.n++
}

// flush yields the document of each article. It returns false to stop.
func (h *held) flush(in format.Input, yield func(*format.Document, error) bool) bool {
	for _, rows := range h.rows {
		d, err := document(in, rows)
		if err != nil {
			err = fmt.Errorf("read the table %s: %w", in.Name, err)
		}
		if !yield(d, err) {
			return false
		}
	}
	h.rows, h.n = nil, 0
	clear(h.at)
	return true
}

// records yields the rows after the head.
func records(in io.Reader, comma rune) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		text := bufio.NewReader(in)
		if r, _, err := text.ReadRune(); err == nil && r != '\ufeff' {
			_ = text.UnreadRune() // cannot fail after a read
		}
		c := csv.NewReader(text)
		c.Comma, c.FieldsPerRecord, c.LazyQuotes = comma, -1, true
		index, err := columnIndex(c)
		for err == nil {
			r := record{index: index}
			if r.cells, err = c.Read(); err != nil {
				break
			}
			r.line, _ = c.FieldPos(0)
			if strings.Join(r.cells, "") == "" {
				continue // as a spreadsheet saves an empty row
			}
			if !yield(r, nil) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(record{}, err)
		}
	}
}

// columnIndex reads the head of a table and returns the index of each column by its name
// in lower case.
func columnIndex(c *csv.Reader) (map[string]int, error) {
	head, err := c.Read()
	if err != nil {
		return nil, err
	}
	index := map[string]int{}
	for i, name := range head {
		index[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, need := range []string{"start", "end", "type"} {
		if _, ok := index[need]; !ok {
			return nil, fmt.Errorf("there is no column %q; there are %s", need, strings.Join(head, ", "))
		}
	}
	return index, nil
}

// A reader makes a document of the rows of one article.
type reader struct {
	*offsets.Aligner
	standoff.Builder
	remarks []annotate.Remark
	labels  standoff.Spellings
	own     bool // byline wrote the table
}

func document(in format.Input, rows []record) (*format.Document, error) {
	id, title := rows[0].cell("article"), rows[0].cell("title")
	if in.Article == nil {
		return nil, errors.New("a table holds no text: import it into a library that has its articles")
	}
	a, err := in.Article(id, title)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", rows[0].line, err)
	}
	var all []offsets.Stretch
	for i := range rows {
		if s, ok, err := rows[i].offsets("start", "end"); err == nil && ok {
			s.Exact = rows[i].cell("text")
			all = append(all, s)
		}
	}
	r := &reader{Aligner: offsets.Align(a.Text, offsets.CodePoints, all, in.Loss), labels: standoff.Spellings{}}
	for i := range rows {
		r.row(&rows[i])
	}
	d := &format.Document{Article: a, Layer: r.Layer(a.Text), Labels: r.labels, Own: r.own, Who: onlyDecider(rows)}
	d.Layer.Remarks = r.remarks
	return d, d.Layer.Check(a.Text)
}

// onlyDecider returns who decided, if all rows with a name have the same.
func onlyDecider(rows []record) string {
	who := ""
	for i := range rows {
		name := rows[i].cell("who")
		if who != "" && name != "" && name != who {
			return ""
		}
		who = cmp.Or(who, name)
	}
	return who
}

// row adds what a row says. One that cannot be read costs itself only.
func (r *reader) row(row *record) {
	s, ok, err := row.offsets("start", "end")
	if err != nil {
		r.Loss.AddSuch("rows that cannot be read", err.Error())
	}
	if err != nil || !ok {
		return
	}
	s.Exact = row.cell("text")
	at, ok := r.Find(s)
	if !ok {
		return
	}
	if row.cell("kind") == kindPassage {
		r.addPassage(row, at)
		return
	}
	r.own = r.own || row.cell("origin") == standoff.Human || row.cell("origin") == standoff.Machine
	kind := annotate.OfMention
	if row.cell("kind") == "quote" {
		kind = annotate.OfQuote
		r.addQuote(row, at)
	} else {
		r.addMention(row, at)
	}
	if note := row.cell("notes"); note != "" {
		r.remarks = append(r.remarks, annotate.Remark{Kind: kind, Span: at, Text: note})
	}
	for tag := range strings.SplitSeq(row.cell("tags"), ";") {
		if tag = strings.TrimSpace(tag); tag != "" {
			r.remarks = append(r.remarks, annotate.Remark{Kind: kind, Span: at, Text: tag, Tag: true})
		}
	}
}

// claim returns the origin and state of the claim of a row.
func (row *record) claim() (annotate.Origin, annotate.State) {
	score, err := strconv.ParseFloat(strings.Replace(row.cell("score"), ",", ".", 1), 64)
	if err != nil || !(score >= 0 && score <= 1) {
		score = 0
	}
	o, s := standoff.ReadClaim(row.cell("origin") == standoff.Machine, score)
	if o.Human {
		o.Stage = row.cell("who")
	}
	return o, s
}

func (r *reader) addMention(row *record, at articles.Span) {
	m := annotate.Mention{Span: at, Type: standoff.TypeNamed(row.cell("type")), Form: annotate.Form(row.cell("form"))}
	if m.Form != annotate.Nominal && m.Form != annotate.Pronoun {
		m.Form = annotate.Name
	}
	m.Origin, m.State = row.claim()
	r.labels.Note(m.Type, row.cell("type"), r.Loss)
	key := row.cell("entity")
	if key == "" {
		key = fmt.Sprint("line ", row.line)
	}
	r.Mention(key, m)
	if name := row.cell("name"); name != "" {
		r.Name(key, name)
	}
}

func (r *reader) addQuote(row *record, at articles.Span) {
	q := annotate.Quote{Span: at, Type: annotate.QuoteType(row.cell("type"))}
	if q.Type != annotate.Mixed && q.Type != annotate.Indirect {
		q.Type = annotate.Direct
	}
	for _, part := range []struct {
		start, end string
		to         *articles.Span
	}{{"cue_start", "cue_end", &q.Cue}, {"speaker_start", "speaker_end", &q.SpeakerMention}} {
		s, ok, err := row.offsets(part.start, part.end)
		if err != nil {
			r.Loss.AddSuch("cues and places of speakers that cannot be read", err.Error())
			continue
		}
		if p, there := r.At(s); ok && there {
			*part.to = p
		}
	}
	for id := range strings.SplitSeq(row.cell("speaker"), ";") {
		q.AddSpeaker(strings.TrimSpace(id), q.SpeakerMention)
	}
	q.Origin, q.State = row.claim()
	r.Quote(q)
}

// sniffCSV reports whether head is the start of a table with commas or semicolons between cells.
func sniffCSV(head []byte) bool { return sniff(',')(head) || sniff(';')(head) }

// sniff returns a function that reports whether head is the start of a table of
// annotations.
func sniff(comma byte) func([]byte) bool {
	return func(head []byte) bool {
		head = bytes.TrimPrefix(head[len(separator.Find(head)):], []byte("\ufeff"))
		line := head
		if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
			line = head[:i]
		}
		names := strings.Split(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(string(line))), `"`, ""), string(comma))
		return slices.Contains(names, "start") && slices.Contains(names, "end") && slices.Contains(names, "type") && slices.Contains(names, "article")
	}
}

// addPassage adds the note, highlight or tag of a passage.
func (r *reader) addPassage(row *record, at articles.Span) {
	note := annotate.Remark{Kind: annotate.OfPassage, Span: at, Text: row.cell("notes"), Who: row.cell("who"), Tag: row.cell("type") != typeNote}
	if row.cell("type") == annotate.Highlight {
		note.Text = annotate.Highlight
	}
	if note.Text != "" {
		r.remarks = append(r.remarks, note)
	}
}

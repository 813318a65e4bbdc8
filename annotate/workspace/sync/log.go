package sync

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
	"byline/annotate/team"
)

// A logLine is a decision as it travels.
type logLine struct {
	line []byte // without its end
	text string // hash of the text that it is about
	body []byte // as the library keeps it
	annotate.Decision
}

// lineOf makes the line of a row of the log of an article.
func lineOf(article string, r *exchange.Row) (logLine, error) {
	d, err := review.DecodeSound(r.Body)
	if err != nil {
		return logLine{}, err
	}
	b := make([]byte, 0, len(r.Body)+len(article)+len(r.Text)+48)
	b = append(b, `{"article":"`...)
	b = append(b, article...)
	b = append(b, `","text":"`...)
	b = append(b, r.Text...)
	b = append(b, `","decision":`...)
	b = append(b, oneLine(r.Body)...)
	b = append(b, '}')
	return logLine{b, r.Text, r.Body, d}, nil
}

// oneLine returns a decision without line ends, which JSON has between its parts only.
func oneLine(body []byte) []byte {
	if !bytes.ContainsAny(body, "\r\n") {
		return body
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(body, []byte("\r"), nil), []byte("\n"), nil)
}

// row returns the row of the log that l is.
func (l *logLine) row() exchange.Row {
	return exchange.Row{ID: l.ID, Who: l.Who, At: l.At, Text: l.text, Body: l.body}
}

// parseLog reads a line of the log of an article.
func parseLog(line []byte, article string) (logLine, error) {
	var j struct {
		Article, Text string
		Decision      json.RawMessage
	}
	if len(line) > mostLine {
		return logLine{}, errHuge
	}
	if err := json.Unmarshal(line, &j); err != nil {
		return logLine{}, notOurs(line)
	}
	if j.Article != article {
		return logLine{}, fmt.Errorf("it is about the article %.40q, not about that of the file", j.Article)
	}
	if !isHash.MatchString(j.Text) {
		return logLine{}, errors.New("it does not say which text it is about")
	}
	d, err := review.DecodeSound(j.Decision)
	if badTime(err) {
		err = errNoTime
	}
	if err != nil {
		return logLine{}, err
	}
	var plain struct{ ID, Who string }
	if err := json.Unmarshal(j.Decision, &plain); err != nil || plain.ID != d.ID || plain.Who != d.Who || len(d.ID) > 64 {
		return logLine{}, errors.New("its id or its name cannot be printed, or is too long")
	}
	return logLine{line, j.Text, j.Decision, d}, nil
}

var errHuge = fmt.Errorf("it is longer than %d MB", mostLine>>20)

var errNoJSON = errors.New("it is no line of JSON, or cut short")

var errNoTime = errors.New("its time cannot be read: byline writes 2026-03-09T14:05:00Z")

// notOurs says why a line is not one that byline wrote.
func notOurs(line []byte) error {
	if json.Valid(line) {
		return errors.New("it is JSON that byline does not write")
	}
	return errNoJSON
}

// better reports whether of two lines of one decision l is the one that stays: the one that says more, and of two that say as
// much the one that sorts first.
func (l *logLine) better(o *logLine) bool {
	if c := cmp.Compare(len(l.line), len(o.line)); c != 0 {
		return c > 0
	}
	return bytes.Compare(l.line, o.line) < 0
}

// A log is a file of decisions of one person on one article, as a set of lines.
type log struct {
	path   string // in the folder
	raw    []byte // the file as it is; nil if there is none
	broken bool   // it is not to be touched
	lines  map[string]logLine
	twice  map[string][]logLine // further decisions with an ID that another has
	bad    [][]byte             // what cannot be read
}

// readLog reads a file. What cannot be read is kept, and told about.
func readLog(p string, raw []byte, article, whose string, tell func(line int, err error)) *log {
	f := &log{path: p, raw: raw, lines: map[string]logLine{}, twice: map[string][]logLine{}}
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
		l, err := parseLog(line, article)
		if err == nil && team.FileName(l.Who) != whose {
			err = fmt.Errorf("it is by %.40q, whose decisions are in another file", l.Who)
		}
		if err != nil {
			f.bad = append(f.bad, line)
			tell(n, err)
			continue
		}
		f.add(l)
	}
	return f
}

// mostTwice is how many different decisions of one ID are told apart; further ones are kept as lines that cannot be read.
const mostTwice = 8

// add adds a line, and reports whether it is new to the file. Another decision of the same ID stays beside the first.
func (f *log) add(l logLine) (isNew bool) {
	had, ok := f.lines[l.ID]
	if !ok {
		f.lines[l.ID] = l
		return true
	}
	if review.Same(had.Decision, l.Decision) {
		if l.better(&had) {
			f.lines[l.ID] = l
		}
		return false
	}
	for i, other := range f.twice[l.ID] {
		if review.Same(other.Decision, l.Decision) {
			if l.better(&other) {
				f.twice[l.ID][i] = l
			}
			return false
		}
	}
	if len(f.twice[l.ID]) < mostTwice {
		f.twice[l.ID] = append(f.twice[l.ID], l)
	} else {
		f.bad = append(f.bad, l.line)
	}
	return false
}

// bytes returns the file as it is to be.
func (f *log) bytes() []byte {
	var b bytes.Buffer
	for _, id := range slices.Sorted(maps.Keys(f.lines)) {
		all := append([]logLine{f.lines[id]}, f.twice[id]...)
		slices.SortFunc(all, func(a, b logLine) int { return bytes.Compare(a.line, b.line) })
		for _, l := range all {
			b.Write(l.line)
			b.WriteByte('\n')
		}
	}
	writeBad(&b, f.bad)
	return b.Bytes()
}

// writeBad writes the lines that cannot be read behind those that can, each once, but not the beginnings of other lines: a file that
// was cut short and has the line whole again.
func writeBad(b *bytes.Buffer, bad [][]byte) {
	if len(bad) == 0 {
		return
	}
	all := bytes.Split(bytes.Clone(b.Bytes()), []byte("\n"))
	all = append(all, bad...)
	slices.SortFunc(all, bytes.Compare)
	bad = slices.Clone(bad)
	slices.SortFunc(bad, bytes.Compare)
	for _, line := range slices.CompactFunc(bad, bytes.Equal) {
		i, _ := slices.BinarySearchFunc(all, line, bytes.Compare)
		for i < len(all) && bytes.Equal(all[i], line) {
			i++
		}
		if i < len(all) && bytes.HasPrefix(all[i], line) {
			continue
		}
		b.Write(line)
		b.WriteByte('\n')
	}
}

// eachLine yields the lines of a file, without what ends them and without the byte order mark of an editor.
func eachLine(raw []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		raw := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		for len(raw) > 0 {
			line, rest, _ := bytes.Cut(raw, []byte("\n"))
			raw = rest
			if !yield(bytes.TrimRight(line, "\r")) {
				return
			}
		}
	}
}

var errConflict = errors.New("git left a conflict here; delete the lines that begin with <<<<<<<, ||||||| or >>>>>>> and those that are =======, keep all others, and sync again")

// isConflict reports whether git wrote a line between two sides of a conflict.
func isConflict(line []byte) bool {
	s := string(line[:min(len(line), 8)])
	return s == "<<<<<<<" || s == ">>>>>>>" || s == "=======" || s == "|||||||" ||
		strings.HasPrefix(s, "<<<<<<< ") || strings.HasPrefix(s, ">>>>>>> ") || strings.HasPrefix(s, "||||||| ")
}

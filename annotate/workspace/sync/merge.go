package sync

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/articles"
	"byline/articles/clean"
)

// A doubleError says that two different decisions have one ID, which no byline makes. Both stay where they are.
type doubleError struct {
	Here, There annotate.Decision
	Where       string // of There
	Neither     bool   // is here: Here is of the same file as There
}

func (e *doubleError) Error() string {
	if e.Neither {
		return fmt.Sprintf("%s: two decisions have the ID %s, and decisions never change: one %s; the other %s; both stay, neither is taken", e.Where, clean.Line(e.Here.ID), describe(e.Here), describe(e.There))
	}
	return fmt.Sprintf("%s: decision %s is not the one of that ID here, and decisions never change: here %s; there %s; both stay, neither is taken",
		e.Where, clean.Line(e.Here.ID), describe(e.Here), describe(e.There))
}

// describe describes a decision in words.
func describe(d annotate.Decision) string {
	return clean.Line(strings.TrimSpace(fmt.Sprintf("%.40s: %s “%.60s” %.60s", d.Who, d.Verb, d.Target.Exact, cmp.Or(d.Value, d.To.Exact))))
}

// A shelf is what a folder has of one article.
type shelf struct {
	id    string
	about *about
	logs  map[string]*log   // by path
	texts map[string]string // paths by hash
	wrong map[string]bool   // hashes of texts whose files hold something else
}

// A merged article is what a library and a folder had of it, in one.
type merged struct {
	id    string
	held  *exchange.Article // what the library had; nil for nothing
	shelf *shelf
	take  *exchange.Article // what is new for the library
	write []file            // what is new for the folder
	went  int               // decisions that are new for the folder
	wrong map[string]bool   // paths with something to tell about: they are read again
	told  []error
	fresh bool // the folder had nothing of it
	other bool // the library has another text of it, or other words about it, afterwards
}

// A file is one to be written.
type file struct {
	path string
	data []byte
}

func (m *merged) tell(p string, err error) {
	m.wrong[p] = true
	m.told = append(m.told, err)
}

// readShelf reads the files of an article.
func (f *folder) readShelf(m *merged, paths []string) {
	s := &shelf{id: m.id, about: newAbout(), logs: map[string]*log{}, texts: map[string]string{}, wrong: map[string]bool{}}
	m.shelf, m.fresh = s, len(paths) == 0
	for _, p := range paths {
		kind, _, of := parsePath(p)
		if kind == textFile {
			s.texts[of] = p
			continue
		}
		raw, err := f.ReadFile(p)
		if errors.Is(err, fs.ErrNotExist) {
			continue // somebody took it away meanwhile
		}
		lines := tellLines{most: mostTold, tell: func(err error) { m.tell(p, err) }, name: f.path(p)}
		switch {
		case err != nil:
			m.tell(p, fmt.Errorf("%s: passed over: %w", f.path(p), withoutPath(err)))
			if kind == aboutFile {
				s.about.broken = true
			} else {
				s.logs[p] = &log{path: p, broken: true, lines: map[string]logLine{}}
			}
		case kind == aboutFile:
			s.about = readAbout(raw, m.id, lines.line)
		default:
			s.logs[p] = readLog(p, raw, m.id, of, lines.line)
		}
		lines.end()
	}
}

// mostTold is how many lines of one file are told about.
const mostTold = 5

// A tellLines tells about lines of a file, not too many.
type tellLines struct {
	name    string
	n, most int
	tell    func(error)
}

func (t *tellLines) line(line int, err error) {
	if t.n++; t.n <= t.most {
		t.tell(fmt.Errorf("%s, line %d: %w", t.name, line, err))
	}
}

func (t *tellLines) end() {
	if t.n > t.most {
		t.tell(fmt.Errorf("%s: %s more like these", t.name, count(t.n-t.most, "line")))
	}
}

// text reads the text with a hash. Where a program changed the ends of its lines, they are changed back.
func (f *folder) text(m *merged, hash string) (string, bool) {
	p, ok := m.shelf.texts[hash]
	if !ok {
		return "", false
	}
	raw, err := f.ReadFile(p)
	if err != nil {
		m.tell(p, fmt.Errorf("%s: passed over: %w", f.path(p), withoutPath(err)))
		return "", false
	}
	text := string(raw)
	if articles.TextID(text) != hash {
		text = string(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")))
	}
	if articles.TextID(text) != hash {
		m.shelf.wrong[hash] = true
		m.tell(p, fmt.Errorf("%s: passed over: it holds another text than its name says, edited or cut short; take it back from where it came, or delete it, and sync again", f.path(p)))
		return "", false
	}
	if clean.String(text) != text {
		m.shelf.wrong[hash] = true
		m.tell(p, fmt.Errorf("%s: passed over: it holds characters that no text of byline has", f.path(p)))
		return "", false
	}
	return text, true
}

// merge brings an article of the library, nil for none, together with what a folder has of it.
func (f *folder) merge(m *merged) error {
	m.take = &exchange.Article{ID: m.id, Texts: map[string]exchange.Text{}}
	local := newAbout()
	if m.held != nil {
		var err error
		if local, err = aboutOf(m.held); err != nil {
			return fmt.Errorf("write article %s: %w", m.id, err)
		}
	}
	if m.held != nil && m.fresh && (m.held.Removed || isSample(m.held)) {
		return nil // what is in the trash here goes nowhere, and everybody has the samples
	}
	m.shelf.about.merge(local)
	f.takeTexts(m, local)
	if err := m.takeAbout(local); err != nil {
		m.tell(aboutPath(m.id), fmt.Errorf("%s: %w", f.path(aboutPath(m.id)), err))
	}
	if m.held == nil && (m.take.About == nil || !m.complete()) {
		f.wait(m)
		m.take = nil
		return nil
	}
	f.mergeLogs(m)
	if f.wire {
		m.went = 0 // the other side counts what is new to it
		return nil
	}
	f.putOut(m)
	return nil
}

// isSample reports whether an article is one of byline's own stories, on which people try out keys.
func isSample(a *exchange.Article) bool { return strings.HasPrefix(a.About.Source, "sample:") }

// complete reports whether the text that gave the article its ID is there.
func (m *merged) complete() bool {
	_, ok := m.take.Texts[m.id[:16]]
	return ok
}

// wait tells that the files of an article are not all there yet.
func (f *folder) wait(m *merged) {
	n := 0
	for p, l := range m.shelf.logs {
		n += len(l.lines)
		m.wrong[p] = true
	}
	for _, p := range m.shelf.texts {
		m.wrong[p] = true
	}
	m.wrong[aboutPath(m.id)] = true
	if len(m.told) == 0 {
		m.told = append(m.told, fmt.Errorf("%s: article %s is not all there, and waits with %s", f.name, m.id, count(n, "decision")))
	}
}

// takeTexts takes the texts and editions that the library lacks, and blocks that are newer.
func (f *folder) takeTexts(m *merged, local *about) {
	had := map[exchange.Edition]bool{}
	known := map[string]bool{}
	if m.held != nil {
		for _, e := range m.held.Editions {
			had[e] = true
		}
		for hash, t := range m.held.Texts {
			known[hash] = true
			f.text(m, hash) // tells if the file is not that text any more
			f.takeBlocks(m, local, hash, t.Text)
		}
	}
	for _, e := range m.shelf.about.editions() {
		if !had[e] {
			m.take.Editions = append(m.take.Editions, e)
		}
		if known[e.Hash] {
			continue
		}
		known[e.Hash] = true
		if text, ok := f.text(m, e.Hash); ok {
			f.takeBlocks(m, local, e.Hash, text)
			m.other = true
		}
	}
}

// takeBlocks takes the blocks of a text if they are not those of the library.
func (f *folder) takeBlocks(m *merged, local *about, hash, text string) {
	e, ok := m.shelf.about.lines[keyBlocks+hash]
	if !ok || bytes.Equal(e.line, local.lines[keyBlocks+hash].line) {
		return
	}
	a, err := e.text(text)
	if err != nil {
		m.tell(aboutPath(m.id), fmt.Errorf("%s: %w", f.path(aboutPath(m.id)), err))
		return
	}
	m.take.Texts[hash] = exchange.Text{Article: a, Told: e.at}
}

// takeAbout takes what the source says, if the library does not know it so.
func (m *merged) takeAbout(local *about) error {
	e, ok := m.shelf.about.lines[keyAbout]
	if !ok || bytes.Equal(e.line, local.lines[keyAbout].line) {
		return nil
	}
	a, err := e.about()
	if err != nil {
		return err
	}
	a.Source = m.shelf.about.source()
	m.take.About, m.take.Told = a, e.at
	if m.held != nil {
		was, err := encode(aboutJSONOf(m.held.About))
		if err != nil {
			return err
		}
		is, err := encode(aboutJSONOf(a))
		m.other = m.other || !bytes.Equal(was, is)
		return err
	}
	return nil
}

// mergeLogs takes the decisions that the library lacks, and adds those that the folder lacks to its files.
func (f *folder) mergeLogs(m *merged) {
	held := heldLines(m)
	waiting := map[string]int{}
	known := maps.Clone(held)
	for _, p := range slices.Sorted(maps.Keys(m.shelf.logs)) {
		l := m.shelf.logs[p]
		for _, id := range slices.Sorted(maps.Keys(l.lines)) {
			f.takeLine(m, l, l.lines[id], known, waiting)
		}
		f.tellTwice(m, l, held)
	}
	slices.SortFunc(m.take.Rows, func(a, b exchange.Row) int { return cmp.Compare(a.ID, b.ID) })
	for _, hash := range slices.Sorted(maps.Keys(waiting)) {
		if !m.shelf.wrong[hash] { // which was told
			m.told = append(m.told, fmt.Errorf("%s: %s on article %s wait: the text that they are about is not there", f.name, count(waiting[hash], "decision"), m.id))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(held)) {
		f.addHeld(m, held[id])
	}
}

// heldLines returns the decisions of the library by ID. Those that no version of byline reads, or of which nothing says what they
// are about, stay where they are.
func heldLines(m *merged) map[string]logLine {
	out := map[string]logLine{}
	if m.held == nil {
		return out
	}
	for i := range m.held.Rows {
		r := &m.held.Rows[i]
		if l, err := lineOf(m.id, r); err == nil && r.Text != "" {
			out[r.ID] = l
		}
	}
	return out
}

// takeLine takes a decision of a file unless it is known. Whether a known one is the same is seen when those of the library are
// added to the file.
func (f *folder) takeLine(m *merged, from *log, l logLine, known map[string]logLine, waiting map[string]int) {
	had, ok := known[l.ID]
	switch {
	case ok && logPath(m.id, had.Who) != from.path:
		m.tell(from.path, &doubleError{had.Decision, l.Decision, f.path(from.path), false})
	case ok || len(from.twice[l.ID]) > 0:
	case !m.has(l.text):
		waiting[l.text]++
		m.wrong[from.path] = true
	default:
		known[l.ID] = l
		m.take.Rows = append(m.take.Rows, l.row())
	}
}

// has reports whether the library has a text, or is about to.
func (m *merged) has(hash string) bool {
	if _, ok := m.take.Texts[hash]; ok {
		return true
	}
	if m.held == nil {
		return false
	}
	_, ok := m.held.Texts[hash]
	return ok
}

// tellTwice tells of the different decisions of one ID in a file: those that are not the one that is held, or of all if none is.
func (f *folder) tellTwice(m *merged, l *log, held map[string]logLine) {
	for _, id := range slices.Sorted(maps.Keys(l.twice)) {
		all := append([]logLine{l.lines[id]}, l.twice[id]...)
		here, ok := held[id]
		if !ok {
			here, all = all[0], all[1:]
		}
		for _, other := range all {
			if !review.Same(here.Decision, other.Decision) {
				m.tell(l.path, &doubleError{here.Decision, other.Decision, f.path(l.path), !ok})
			}
		}
	}
}

// addHeld adds a decision of the library to the file of whose it is.
func (f *folder) addHeld(m *merged, l logLine) {
	p := logPath(m.id, l.Who)
	to := m.shelf.logs[p]
	if to == nil {
		to = readLog(p, nil, m.id, team.FileName(l.Who), nil)
		m.shelf.logs[p] = to
	}
	if to.broken {
		return
	}
	had, ok := to.lines[l.ID]
	if ok && len(to.twice[l.ID]) == 0 && !review.Same(had.Decision, l.Decision) {
		m.tell(p, &doubleError{l.Decision, had.Decision, f.path(p), false})
	}
	if to.add(l) {
		m.went++
	}
}

// putOut collects the files of the folder that change: texts before what names them.
func (f *folder) putOut(m *merged) {
	if m.held != nil {
		for _, hash := range slices.Sorted(maps.Keys(m.held.Texts)) {
			if _, ok := m.shelf.texts[hash]; !ok {
				m.write = append(m.write, file{textPath(m.id, hash), []byte(m.held.Texts[hash].Text)})
			}
		}
	}
	if a := m.shelf.about; !a.broken {
		m.add(aboutPath(m.id), a.raw, a.bytes())
	}
	for _, p := range slices.Sorted(maps.Keys(m.shelf.logs)) {
		if l := m.shelf.logs[p]; !l.broken {
			m.add(p, l.raw, l.bytes())
		}
	}
}

func (m *merged) add(p string, was, is []byte) {
	if !bytes.Equal(was, is) {
		m.write = append(m.write, file{p, is})
	}
}

// count says how many there are of something.
func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

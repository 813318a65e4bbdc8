package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// An Entry is a decision of a log and its fate. Its anchors are in the present text. An
// anchor that is not found has an empty span and the words that were decided on.
type Entry struct {
	annotate.Decision
	Undone bool // it was undone; always false of an undo or a redo
}

// Entries returns the decisions of log about text, sorted by ID, each once.
func Entries(text string, log []annotate.Decision) []Entry {
	all := sortLog(log)
	steps := stepsOf(all)
	f := finder{text: text}
	out := make([]Entry, len(all))
	for i, d := range all {
		out[i] = Entry{Decision: f.present(d), Undone: !turns(d) && steps.undone(d)}
	}
	return out
}

// present returns d with its anchors in the text. One that is not found has an empty span.
func (f *finder) present(d *annotate.Decision) annotate.Decision {
	out := cloneDecision(*d)
	for _, a := range anchorsOf(&out) {
		if a.Exact == "" {
			continue
		}
		s, ok := f.place(a)
		if !ok {
			a.Span = articles.Span{}
			continue
		}
		*a = Anchor(f.text, s)
	}
	return out
}

// turns reports whether d is about a step rather than about the text.
func turns(d *annotate.Decision) bool { return d.Verb == annotate.Undo || d.Verb == annotate.Redo }

// logVersion is the version of the format of exported logs.
const logVersion = 1

// entryJSON is a decision in an exported log. The names and the order of its fields are
// a contract; see the package comment.
type entryJSON struct {
	Log     int           `json:"log"`
	Article string        `json:"article"`
	ID      string        `json:"id"`
	Step    string        `json:"step"`
	At      *time.Time    `json:"at"`
	Who     string        `json:"who"`
	Verb    annotate.Verb `json:"verb"`
	Kind    annotate.Kind `json:"kind,omitempty"`
	Target  *placeJSON    `json:"target,omitempty"`
	To      *placeJSON    `json:"to,omitempty"`
	Value   string        `json:"value,omitempty"`
	Engine  string        `json:"engine,omitempty"`
	Score   float64       `json:"score,omitempty"`
	Undone  bool          `json:"undone"`
	Also    []*placeJSON  `json:"also,omitempty"`
}

// placeJSON is an anchor in code points. Start and end are null if the text no longer
// has the words.
type placeJSON struct {
	Start  *int   `json:"start"`
	End    *int   `json:"end"`
	Text   string `json:"text"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

// WriteLog writes the log of a, one decision a line, in the format that the package
// comment describes. Control characters are escaped as \u….
func WriteLog(w io.Writer, a *articles.Article, log []annotate.Decision) error {
	entries := Entries(a.Text, log)
	points := pointsOf(a.Text, entries)
	for i := range entries {
		e := &entries[i]
		j := entryJSON{logVersion, a.ID, e.ID, stepID(&e.Decision), nil, e.Who, e.Verb, e.Kind,
			placeOf(&e.Target, points), placeOf(&e.To, points), e.Value, e.Engine, e.Score, e.Undone, nil}
		for k := range e.Also {
			j.Also = append(j.Also, placeOf(&e.Also[k], points))
		}
		if at := e.At.UTC(); !at.IsZero() {
			j.At = &at
		}
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(j); err != nil {
			return fmt.Errorf("write decision %s: %w", e.ID, err)
		}
		if _, err := w.Write(append(escapeUnprintable(bytes.TrimSpace(b.Bytes())), '\n')); err != nil {
			return err
		}
	}
	return nil
}

// pointsOf maps the byte offsets of the ends of all anchors to offsets in code points.
func pointsOf(text string, entries []Entry) map[int]int {
	var offs []int
	for i := range entries {
		for _, a := range anchorsOf(&entries[i].Decision) {
			offs = append(offs, a.Start, a.End)
		}
	}
	slices.Sort(offs)
	points := make(map[int]int, len(offs))
	n, last := 0, 0
	for _, off := range offs {
		n += utf8.RuneCountInString(text[last:off])
		points[off], last = n, off
	}
	return points
}

// placeOf returns an anchor in code points, or nil for an empty one.
func placeOf(a *annotate.Anchor, points map[int]int) *placeJSON {
	if a.Exact == "" {
		return nil
	}
	p := &placeJSON{Text: a.Exact, Prefix: a.Prefix, Suffix: a.Suffix}
	if !a.Empty() {
		start, end := points[a.Start], points[a.End]
		p.Start, p.End = &start, &end
	}
	return p
}

// escapeUnprintable escapes the characters of a line of JSON that do not print.
func escapeUnprintable(line []byte) []byte {
	out := make([]byte, 0, len(line)+1)
	for _, r := range string(line) {
		switch {
		case unicode.IsPrint(r):
			out = utf8.AppendRune(out, r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

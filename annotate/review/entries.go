package review

import (
	"bytes"
	"cmp"
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
		out[i] = Entry{Decision: f.present(d), Undone: !turns(d) && steps.tookBack(d)}
	}
	return out
}

// present returns d with its anchors in the text. One that is not found has an empty span.
func (f *finder) present(d *annotate.Decision) annotate.Decision {
	out := cloneDecision(*d)
	for i, a := range anchorsOf(&out) {
		s, ok := f.place(a)
		if !ok {
			a.Span = articles.Span{} // whatever its offsets are
			continue
		}
		*a = anchorWithin(f.text, s, contextOf(d, i))
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
	aboutJSON
	ID     string        `json:"id"`
	Step   string        `json:"step"`
	At     *time.Time    `json:"at"`
	Who    string        `json:"who"`
	Verb   annotate.Verb `json:"verb"`
	Kind   annotate.Kind `json:"kind,omitempty"`
	Target *placeJSON    `json:"target,omitempty"`
	To     *placeJSON    `json:"to,omitempty"`
	Value  string        `json:"value,omitempty"`
	Engine string        `json:"engine,omitempty"`
	Score  float64       `json:"score,omitempty"`
	Undone bool          `json:"undone"`
	Also   []*placeJSON  `json:"also,omitempty"`
	tailJSON
}

// tailJSON ends a line.
type tailJSON struct {
	Layer string     `json:"layer,omitempty"`
	Shown *shownJSON `json:"shown,omitempty"`
}

// shownJSON is an [annotate.Sight].
type shownJSON struct {
	Of    []knownJSON        `json:"of,omitempty"`
	Named *placeJSON         `json:"named,omitempty"`
	Cue   *placeJSON         `json:"cue,omitempty"`
	Type  annotate.QuoteType `json:"type,omitempty"`
	Form  annotate.Form      `json:"form,omitempty"`
	Over  string             `json:"over,omitempty"`
}

// knownJSON is an [annotate.Referent].
type knownJSON struct {
	At        *placeJSON    `json:"at,omitempty"`
	Name      string        `json:"name,omitempty"`
	Named     bool          `json:"named,omitempty"`
	Suggested bool          `json:"suggested,omitempty"`
	Namesake  bool          `json:"namesake,omitempty"`
	Type      annotate.Type `json:"type,omitempty"`
	Steps     []string      `json:"steps,omitempty"`
}

// sightOf returns a sight with its places in code points; nil for none.
func sightOf(s *annotate.Sight, points map[int]int) *shownJSON {
	if s == nil {
		return nil
	}
	out := &shownJSON{Named: placeOf(&s.Named, points), Cue: placeOf(&s.Cue, points), Type: s.Type, Form: s.Form, Over: s.Over}
	for i := range s.Of {
		r := &s.Of[i]
		out.Of = append(out.Of, knownJSON{placeOf(&r.Anchor, points), r.Name, r.Named, r.Suggested, r.Namesake, r.Type, r.Steps})
	}
	return out
}

// aboutJSON begins every line: the version of the format, and the article.
type aboutJSON struct {
	Log     int    `json:"log"`
	Article string `json:"article"`
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
		j := entryJSON{aboutJSON{logVersion, a.ID}, e.ID, stepID(&e.Decision), nil, e.Who, e.Verb, e.Kind,
			placeOf(&e.Target, points), placeOf(&e.To, points), e.Value, e.Engine, e.Score, e.Undone, nil, tailJSON{e.Layer, sightOf(e.Shown, points)}}
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

// A Blamed decision is one that is in force: the last answer to a question about a span.
type Blamed struct {
	Entry
	Span articles.Span // in the present text, after later changes of its ends; empty if it is no longer there
	Rule string        // by which the machine proposed the claim; empty if unknown
}

// Blame returns the decisions of log that are in force: for each span that people decided
// on, the last answer about its type, ends, name, entity, speaker and cue, and all notes
// and tags. They are sorted by span, then as in the log; those whose words the text no
// longer has come last. Layers are what the machine suggests and, further back, suggested before: a rule is known where
// one of them has the proposal, with the maker and the score that it had. That which a decision was shown over goes first;
// where none is that, those that have the proposal must agree on its rule.
func Blame(text string, log []annotate.Decision, layers ...*annotate.Layer) []Blamed {
	made := make([]proposals, len(layers))
	for i, l := range layers {
		made[i] = proposals{l, tellOf(l), originsOf(l)}
	}
	entries := Entries(text, log)
	all := make([]Blamed, 0, len(entries))
	for i := range entries {
		e := &entries[i]
		if e.Undone || verbs[e.Verb].apply == nil {
			continue
		}
		b := Blamed{Entry: *e, Span: e.Target.Span, Rule: ruleOf(e, made)}
		if e.Verb == annotate.Respan && !e.To.Empty() {
			move(all, Target{e.Kind, b.Span}, e.To.Span)
			b.Span = e.To.Span
		}
		all = append(all, b)
	}
	return sortBySpan(removeSuperseded(all))
}

// proposals are those of a layer of the machine's.
type proposals struct {
	*annotate.Layer
	tell    string
	origins map[Target]annotate.Origin
}

// ruleOf returns the rule by which the claim was proposed that e is about; empty if that is not known.
func ruleOf(e *Entry, made []proposals) string {
	if e.Engine == "" {
		return ""
	}
	found, differ := "", false
	for i := range made {
		p := &made[i]
		o, ok := p.origins[Target{e.Kind, e.Target.Span}]
		switch {
		case !ok || o.Score != e.Score || p.Maker(o) != e.Engine:
			continue
		case e.Shown != nil && e.Shown.Over == p.tell:
			return o.Rule
		}
		differ = differ || found != "" && found != o.Rule
		found = o.Rule
	}
	if differ {
		return ""
	}
	return found
}

// move gives the decisions about t its new span.
func move(all []Blamed, t Target, to articles.Span) {
	for i := range all {
		if (Target{all[i].Kind, all[i].Span}) == t {
			all[i].Span = to
		}
	}
}

// removeSuperseded removes decisions that a later one superseded. It overwrites all.
func removeSuperseded(all []Blamed) []Blamed {
	type asked struct {
		question
		words string // distinguish what the text no longer has
	}
	seen := map[asked]bool{}
	erased := map[asked]bool{}
	first := len(all) // of those that are kept
	for i := len(all) - 1; i >= 0; i-- {
		b := &all[i]
		note := asked{question{kind: b.Kind, span: b.Span}, b.Value}
		switch b.Verb {
		case annotate.Erase:
			erased[note] = true
			continue
		case annotate.Note, annotate.Tag:
			if all := (asked{question: note.question}); erased[note] || erased[all] {
				continue
			}
		}
		q, _, ok := asks(&b.Decision)
		q.span = b.Span
		a := asked{question: q}
		if b.Span.Empty() {
			a.words = b.Target.Exact
		}
		if ok && seen[a] {
			continue
		}
		seen[a] = true
		first--
		all[first] = *b
	}
	return all[first:]
}

// sortBySpan sorts by span; decisions without one come last.
func sortBySpan(all []Blamed) []Blamed {
	slices.SortStableFunc(all, func(x, y Blamed) int {
		if x, y := x.Span.Empty(), y.Span.Empty(); x != y {
			if x {
				return 1
			}
			return -1
		}
		return cmp.Or(x.Span.Compare(y.Span), cmp.Compare(x.Kind, y.Kind))
	})
	return all
}

// originsOf returns the origins of the claims of l.
func originsOf(l *annotate.Layer) map[Target]annotate.Origin {
	out := map[Target]annotate.Origin{}
	for c := range l.Claims() {
		out[Target{c.Kind, c.Span}] = c.Origin
	}
	return out
}

// EventsOn returns those of events, the latest first, that decided on a claim and were not undone, also before its ends were moved.
func EventsOn(events []Event, claim Target) []*Event {
	var out []*Event
	was := []Target{claim} // where the claim is, and was
	for i := range events {
		e := &events[i]
		if e.Undone || !slices.ContainsFunc(e.Targets, func(t Target) bool { return slices.Contains(was, t) }) {
			continue
		}
		if e.Verb == annotate.Respan {
			was = append(was, e.Targets...)
		}
		out = append(out, e)
	}
	return out
}

// A Verdict is what one person decided about a name in an article, wherever it is there.
type Verdict struct {
	Who   string
	Words string        // the name as the text has it
	Verb  annotate.Verb // relabel: it is of Type; confirm: it stays so; reject: it is not
	Type  annotate.Type
	At    time.Time // of the last such decision
}

// Verdicts returns what people decided about the names of text and did not take back: those that they
// tagged, confirmed or rejected. What they tagged in one place only says nothing about the name
// elsewhere, so it counts as confirmed.
func Verdicts(text string, log []annotate.Decision) []Verdict {
	here := map[string]bool{} // steps about one place
	for i := range log {
		if log[i].Verb == annotate.Split {
			here[stepID(&log[i])] = true
		}
	}
	var out []Verdict
	seen := map[Verdict]int{} // without their times
	for _, b := range Blame(text, log) {
		v, ok := verdictOf(&b, here[stepID(&b.Decision)])
		if !ok {
			continue
		}
		if v.Words = words(b.Span.In(text)); formOf(v.Words) != annotate.Name {
			continue
		}
		i, ok := seen[v]
		if !ok {
			i = len(out)
			seen[v], out = i, append(out, v)
		}
		if b.At.After(out[i].At) {
			out[i].At = b.At
		}
	}
	return out
}

// verdictOf returns what a decision in force says of the name at its span, still without the words and the
// time.
func verdictOf(b *Blamed, here bool) (v Verdict, ok bool) {
	v = Verdict{Who: b.Who, Verb: b.Verb, Type: annotate.Type(b.Value)}
	switch {
	case b.Kind != annotate.OfMention || b.Span.Empty() || v.Type == "":
		return v, false
	case (b.Verb == annotate.Add || b.Verb == annotate.Relabel) && here:
		v.Verb = annotate.Confirm
	case b.Verb == annotate.Add || b.Verb == annotate.Relabel:
		v.Verb = annotate.Relabel
	}
	return v, v.Verb == annotate.Relabel || v.Verb == annotate.Confirm || v.Verb == annotate.Reject
}

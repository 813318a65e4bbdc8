package conll

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// readTrees reads CoNLL-U with or without the entities of CorefUD. The text is made of
// the words and the spaces between them that MISC gives; if it gives none, a line feed
// separates sentences. Empty nodes and the words of a multiword token are ignored. Of a
// mention in several parts the first is read.
func readTrees(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		r := &treeReader{name: in.Name, loss: in.Loss, fields: []string{"eid", "etype", "head", "other"}}
		r.reset()
		lines := bufio.NewReaderSize(in, 1<<16)
		for n := 1; ; n++ {
			line, err := records.Line(lines)
			if err != nil && !errors.Is(err, io.EOF) {
				yield(nil, fmt.Errorf("read CoNLL-U %s: line %d: %w", in.Name, n, err))
				return
			}
			if !r.line(strings.ToValidUTF8(string(bytes.TrimRight(line, "\r\n")), string(utf8.RuneError)), n, yield) {
				return
			}
			if err != nil {
				r.flush(yield)
				return
			}
		}
	}
}

// A treeReader collects a document.
type treeReader struct {
	name string
	loss *format.Loss
	docs int
	said
	text   strings.Builder
	after  string // white space before the next word
	known  bool   // after is from the file
	inside int    // up to this number words are part of a multiword token
	g      standoff.Builder
	opened map[string][]openMention
	quotes map[string]*openQuote
	tags   []annotate.Remark
	order  []string
	fields []string // of global.Entity, which holds for all documents after it
	err    error
}

// said is what comments say of a document.
type said struct {
	id, title, source string
	credits           standoff.Credits
	labels            standoff.Spellings
	own               bool // byline wrote it
}

type openMention struct {
	annotate.Mention
	part  bool
	about string // what an encyclopedia calls it
	label string // as the file spells its type
}

type openQuote struct {
	annotate.Quote
	named articles.Span // where its speaker is named
	ended bool
}

func (r *treeReader) reset() {
	r.said, r.after, r.inside, r.g, r.err = said{labels: standoff.Spellings{}}, "", 0, standoff.Builder{}, nil
	r.text.Reset()
	r.opened, r.quotes, r.order, r.tags = map[string][]openMention{}, map[string]*openQuote{}, nil, nil
}

// line reads a line. If it is the end of a document, that is yielded.
func (r *treeReader) line(line string, n int, yield func(*format.Document, error) bool) bool {
	switch {
	case strings.HasPrefix(line, "#"):
		return r.comment(strings.TrimSpace(line[1:]), yield)
	case strings.TrimSpace(line) == "":
		r.inside = 0
		if !r.known && r.text.Len() > 0 {
			r.after = "\n"
		}
		return true
	}
	cols := strings.Split(line, "\t")
	if len(cols) < 10 {
		r.unread(n, fmt.Errorf("%d columns, not 10", len(cols)))
		return true
	}
	for _, c := range cols[10:] { // of CoNLL-U Plus
		if c != "_" && c != "" && c != "O" {
			r.loss.Add(1, "values in further columns: only ten are read")
		}
	}
	if err := r.word(cols); err != nil {
		r.unread(n, err)
	}
	return true
}

// unread counts a line that cannot be read as a whole. It is the error of a document without any other.
func (r *treeReader) unread(n int, err error) {
	err = fmt.Errorf("line %d: %w", n, err)
	r.loss.AddSuch("lines that cannot be read as a whole", err.Error())
	if r.err == nil {
		r.err = err
	}
}

func (r *treeReader) comment(c string, yield func(*format.Document, error) bool) bool {
	name, value, _ := strings.Cut(c, "=")
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(name) {
	case "newdoc id", "newdoc":
		if !r.flush(yield) {
			return false
		}
		r.id = value
	case "global.Entity":
		r.fields = strings.Split(value, "-")
	case "meta title":
		r.title = value
	case "meta source":
		r.source = value
	default:
		if name, ok := strings.CutPrefix(name, "meta "); ok {
			r.credits.Set(strings.TrimSpace(name), value)
		}
	}
	return true
}

// word reads a line of ten columns.
func (r *treeReader) word(cols []string) error {
	id := cols[0]
	misc := map[string]string{}
	for f := range strings.SplitSeq(cols[9], "|") {
		name, value, _ := strings.Cut(f, "=")
		misc[name] = value
	}
	first, last, several := strings.Cut(id, "-")
	switch {
	case strings.Contains(id, "."): // an empty node: mentions begin and end there, too
		return r.marks(misc, articles.Span{Start: r.text.Len(), End: r.text.Len()})
	case several:
		a, err := strconv.Atoi(first)
		b, err2 := strconv.Atoi(last)
		if err = errors.Join(err, err2); err != nil || b < a {
			return fmt.Errorf("%q is not a range of words", id)
		}
		r.inside = b
	default:
		n, err := strconv.Atoi(id)
		if err != nil {
			return fmt.Errorf("%q is not a word number", id)
		}
		if n <= r.inside {
			at := articles.Span{Start: r.text.Len(), End: r.text.Len()} // the text has the whole token already
			return r.marks(misc, at)
		}
	}
	if b := misc["SpacesBefore"]; b != "" && r.text.Len() == 0 {
		r.text.WriteString(parseSpaces(b))
	}
	r.text.WriteString(r.after)
	at := articles.Span{Start: r.text.Len(), End: r.text.Len() + len(cols[1])}
	r.text.WriteString(cols[1])
	r.after = " "
	if misc["SpaceAfter"] == "No" {
		r.after = ""
	}
	b, known := misc["SpacesAfter"]
	if r.known = known; known {
		r.after = parseSpaces(b)
	}
	return r.marks(misc, at)
}

// marks reads the attributes in MISC of a word with this span.
func (r *treeReader) marks(misc map[string]string, at articles.Span) error {
	for _, name := range []string{"Bridge", "SplitAnte"} {
		if misc[name] != "" {
			r.loss.Add(1+strings.Count(misc[name], ","), "relations "+name+": only coreference is read")
		}
	}
	if err := r.brackets(misc["Entity"], at); err != nil {
		return err
	}
	if misc["Quote"] != "" {
		for q := range strings.SplitSeq(misc["Quote"], ",") {
			r.quote(q, at)
		}
	}
	r.parts(misc["Cue"], at, func(q *openQuote) *articles.Span { return &q.Cue })
	r.parts(misc["SpeakerMention"], at, func(q *openQuote) *articles.Span { return &q.named })
	if misc["QuoteEnd"] != "" {
		for id := range strings.SplitSeq(misc["QuoteEnd"], ",") {
			q := r.openQuote(id)
			q.End, q.ended = at.End, true
		}
	}
	return nil
}

// parts adds a word to a part of quotes, "q1,q3".
func (r *treeReader) parts(ids string, at articles.Span, of func(*openQuote) *articles.Span) {
	for id := range strings.SplitSeq(ids, ",") {
		if id == "" {
			continue
		}
		if s := of(r.openQuote(id)); s.Empty() {
			*s = at
		} else {
			s.End = at.End
		}
	}
}

func (r *treeReader) openQuote(id string) *openQuote {
	q := r.quotes[id]
	if q == nil {
		q = &openQuote{}
		r.quotes[id] = q
		r.order = append(r.order, id)
	}
	return q
}

// quote reads "q1-direct-e1+e2-machine-0.9", the start of a quote.
func (r *treeReader) quote(s string, at articles.Span) {
	f := append(strings.SplitN(s, "-", 5), "", "", "", "")
	q := r.openQuote(f[0])
	q.Start, q.Type = at.Start, annotate.QuoteType(f[1])
	for key := range strings.SplitSeq(f[2], "+") {
		q.AddSpeaker(key, articles.Span{})
	}
	if q.Type != annotate.Mixed && q.Type != annotate.Indirect {
		q.Type = annotate.Direct
	}
	score, err := strconv.ParseFloat(f[4], 64)
	if err != nil {
		score = 0
	}
	q.Origin, q.State = standoff.ReadClaim(f[3] == standoff.Machine, score)
}

var bracketForm = regexp.MustCompile(`\([^()]+\)|\([^()]+|[^()]+\)`)

// brackets reads "(e1-person-1-name:human(e2-place-1-)e3)".
func (r *treeReader) brackets(s string, at articles.Span) error {
	if s == "" {
		return nil
	}
	if strings.Join(bracketForm.FindAllString(s, -1), "") != s {
		return fmt.Errorf("the entity %s: its brackets do not fit", s)
	}
	for _, b := range bracketForm.FindAllString(s, -1) {
		inner := strings.Trim(b, "()")
		id, rest, _ := strings.Cut(inner, "-")
		key, part, several := strings.Cut(id, "[")
		if b[0] == '(' {
			m := r.mention(rest, at)
			m.part = several && !strings.HasPrefix(part, "1/")
			r.opened[key] = append(r.opened[key], m)
		}
		if b[len(b)-1] == ')' {
			r.closeMention(key, at)
		}
	}
	return nil
}

// mention returns a mention that starts at a span. rest are the fields after its ID.
func (r *treeReader) mention(rest string, at articles.Span) openMention {
	m := openMention{Mention: annotate.Mention{Span: at, Form: annotate.Name}}
	values := strings.SplitN(rest, "-", max(1, len(r.fields)-1))
	for i, v := range values {
		if i+1 >= len(r.fields) {
			break
		}
		switch r.fields[i+1] {
		case "etype":
			if v != "" {
				m.Type, m.label = standoff.TypeSpelled(v), v
			}
		case "identity":
			m.about = v
		case "other":
			r.own = m.parseOther(v) || r.own
		}
	}
	if m.Origin == (annotate.Origin{}) {
		m.Origin, m.State = standoff.ReadClaim(false, 1)
	}
	return m
}

// parseOther reads "name:machine:0.9", and reports whether it is of that form.
func (m *openMention) parseOther(s string) bool {
	f := append(strings.SplitN(s, ":", 4), "", "", "")
	switch form := annotate.Form(f[0]); form {
	case annotate.Nominal, annotate.Pronoun:
		m.Form = form
	}
	if f[1] == standoff.Machine {
		score, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			score = 0
		}
		m.Origin, m.State = standoff.ReadClaim(true, score)
	}
	if f[3] != "" {
		m.Type, m.label = standoff.TypeSpelled(f[3]), f[3]
	}
	return f[1] == standoff.Machine || f[1] == standoff.Human
}

// closeMention ends the mention of an entity that started last.
func (r *treeReader) closeMention(key string, at articles.Span) {
	open := r.opened[key]
	if len(open) == 0 {
		r.loss.Add(1, "mentions without a start")
		return
	}
	m := open[len(open)-1]
	r.opened[key] = open[:len(open)-1]
	m.End = at.End
	for m.Start < m.End && strings.ContainsRune(" \n", rune(r.text.String()[m.Start])) { // it began at an empty node
		m.Start++
	}
	switch {
	case m.part:
		r.loss.Add(1, "further parts of discontinuous mentions: a mention is one span")
	case m.Span.Empty():
		r.loss.Add(1, "mentions of words inside a token, or of none")
	default:
		r.g.Mention(key, m.Mention)
		r.labels.Note(m.Type, m.label, r.loss)
		if m.about != "" {
			r.tags = append(r.tags, annotate.Remark{Kind: annotate.OfMention, Span: m.Span, Text: m.about, Tag: true})
		}
	}
}

// parseSpaces is the reverse of spaces.
func parseSpaces(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		switch {
		case strings.HasPrefix(s, `\s`):
			b.WriteByte(' ')
		case strings.HasPrefix(s, `\n`):
			b.WriteByte('\n')
		case strings.HasPrefix(s, `\t`):
			b.WriteByte('\t')
		case strings.HasPrefix(s, `\r`):
			b.WriteByte('\r')
		case strings.HasPrefix(s, `\e`):
		case strings.HasPrefix(s, `\u`) && len(s) >= 6:
			if n, err := strconv.ParseUint(s[2:6], 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				b.WriteRune(rune(n))
			}
			s = s[4:]
		default:
			_, size := utf8.DecodeRuneInString(s)
			b.WriteString(s[:size])
			s = s[size:]
			continue
		}
		s = s[2:]
	}
	return b.String()
}

// flush yields the document so far, if there is one.
func (r *treeReader) flush(yield func(*format.Document, error) bool) bool {
	defer r.reset()
	if r.text.Len() == 0 && r.err == nil && r.id == "" {
		return true
	}
	r.docs++
	if r.err != nil && r.text.Len() == 0 {
		return yield(nil, fmt.Errorf("read CoNLL-U %s: document %d: %w", r.name, r.docs, r.err))
	}
	text := r.text.String()
	if r.known {
		text += r.after
	}
	for _, id := range r.order {
		if q := r.quotes[id]; q.ended && q.Start < q.End {
			q.SpeakerMention = q.named
			r.g.Quote(q.Quote)
		} else {
			r.loss.Add(1, "quotes without an end")
		}
	}
	for _, open := range r.opened {
		r.loss.Add(len(open), "mentions without an end")
	}
	d := &format.Document{Article: standoff.Article(cmp.Or(r.title, r.id, fmt.Sprintf("Document %d", r.docs)), text)}
	d.Layer = r.g.Layer(text)
	d.Layer.Remarks = r.tags
	d.Labels, d.Own = r.labels, r.own
	d.Source = r.source
	r.credits.Take(d.Article)
	if r.id != "" {
		d.ID = r.id
	}
	return yield(d, d.Layer.Check(text))
}

// sniffTrees reports whether head is the start of CoNLL-U.
func sniffTrees(head []byte) bool { return treeHead.Match(head) }

var treeHead = regexp.MustCompile(`\A(?:# [^\n]*\n|\s*\n)*\d+(?:[-.]\d+)?\t[^\t\n]+\t[^\t\n]*\t[^\t\n]*\t[^\t\n]*\t[^\t\n]*\t[^\t\n]*\t`)

package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
)

// archiveJSON are the fields that byline's JSON has behind those of the contract where a
// document comes from a library: all that another library needs to have the same.
type archiveJSON struct {
	Author  string            `json:"author"`
	Site    string            `json:"site"`
	Date    *time.Time        `json:"date"` // RFC 3339 in UTC
	Format  articles.Format   `json:"format"`
	Status  library.Status    `json:"status,omitempty"`
	Tags    []string          `json:"tags,omitempty"`
	Who     string            `json:"who,omitempty"`
	Blocks  []blockJSON       `json:"blocks"`
	Inlines []inlineJSON      `json:"inlines,omitempty"`
	Remarks []remarkJSON      `json:"remarks,omitempty"`
	Log     []json.RawMessage `json:"log"` // as review.Encode writes decisions
}

// The kinds of blocks and inlines by name. Their order is that of the constants.
var (
	blockKinds  = []string{"paragraph", "heading", "item", "code", "row", "rule", "caption"}
	inlineKinds = []string{"emphasis", "strong", "strike", "code", "link"}
)

type (
	blockJSON struct {
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
	inlineJSON struct {
		Kind   string `json:"kind"`
		Start  int    `json:"start"`
		End    int    `json:"end"`
		Target string `json:"target,omitempty"`
	}
	remarkJSON struct {
		Kind  annotate.Kind `json:"kind"`
		Start int           `json:"start"`
		End   int           `json:"end"`
		Who   string        `json:"who"`
		Text  string        `json:"text"`
		Tag   bool          `json:"tag,omitempty"`
	}
)

// archive returns what d has beyond the contract.
func archive(d *Document, points *Points) (*archiveJSON, error) {
	j := &archiveJSON{Author: d.Author, Site: d.Site, Format: d.Format, Status: d.Status, Tags: d.Tags, Who: d.Who,
		Blocks: []blockJSON{}, Log: []json.RawMessage{}}
	if t := d.Date.UTC(); !t.IsZero() {
		j.Date = &t
	}
	at := points.Of
	for _, b := range d.Blocks {
		k := blockJSON{Kind: blockKinds[b.Kind], Start: at(b.Start), End: at(b.End), Level: b.Level, Quote: b.Quote, Marker: b.Marker, Head: b.Head, Variant: b.Variant}
		for _, c := range b.Cells {
			k.Cells = append(k.Cells, [2]int{at(c.Start), at(c.End)})
		}
		j.Blocks = append(j.Blocks, k)
	}
	for _, i := range d.Inline {
		j.Inlines = append(j.Inlines, inlineJSON{inlineKinds[i.Kind], at(i.Start), at(i.End), i.Target})
	}
	for _, r := range d.Layer.Remarks {
		j.Remarks = append(j.Remarks, remarkJSON{r.Kind, at(r.Start), at(r.End), r.Who, r.Text, r.Tag})
	}
	for _, x := range d.Log {
		line, err := review.Encode(x)
		if err != nil {
			return nil, err
		}
		j.Log = append(j.Log, line)
	}
	return j, nil
}

// write writes the fields of j behind those of an object that is open.
func (j *archiveJSON) write(w *jsonWriter) {
	if j.Date != nil {
		w.extra("date", j.Date)
	}
	for _, f := range []struct{ name, value string }{{"author", j.Author}, {"site", j.Site}, {"format", string(j.Format)}, {"status", string(j.Status)}, {"who", j.Who}} {
		if f.value != "" {
			w.extra(f.name, f.value)
		}
	}
	if len(j.Tags) > 0 {
		w.extra("tags", j.Tags)
	}
	list(w, "blocks", j.Blocks)
	list(w, "inlines", j.Inlines)
	list(w, "remarks", j.Remarks)
	list(w, "log", j.Log)
}

func list[T any](w *jsonWriter, name string, values []T) {
	w.WriteString("," + w.gap + `"` + name + `":[`)
	for i := range values {
		w.item(i > 0, values[i])
	}
	w.WriteString("]")
}

// take puts what j says into d, and makes sure that it fits the text.
func (j *archiveJSON) take(d *Document, points *Points) error {
	d.Author, d.Site, d.Status, d.Tags, d.Who = j.Author, j.Site, j.Status, j.Tags, j.Who
	if j.Date != nil {
		d.Date = j.Date.UTC()
	}
	if j.Blocks != nil {
		d.Format = j.Format
		r := &placer{points: points}
		d.Blocks, d.Inline = r.blocks(j.Blocks), r.inlines(j.Inlines)
		d.Layer.Remarks = r.remarks(j.Remarks)
		if r.err == nil {
			r.err = d.Article.Check()
		}
		if r.err != nil {
			return r.err
		}
	}
	for i, line := range j.Log {
		x, err := review.Decode(line)
		if err != nil {
			return fmt.Errorf("log[%d]: %w", i, err)
		}
		d.Log = append(d.Log, x)
	}
	if j.Log != nil && d.Log == nil {
		d.Log = []annotate.Decision{}
	}
	return nil
}

// A placer turns offsets in code points into bytes. The first error stays.
type placer struct {
	points *Points
	err    error
}

func (p *placer) span(name string, i, start, end int) articles.Span {
	from, ok := p.points.Byte(start)
	to, ok2 := p.points.Byte(end)
	if (!ok || !ok2 || from > to) && p.err == nil {
		p.err = fmt.Errorf("%s[%d]: from %d to %d is no span of a text of %d code points", name, i, start, end, p.points.Len())
	}
	return articles.Span{Start: from, End: to}
}

// kind returns the index of a name among names.
func (p *placer) kind(what string, i int, name string, names []string) int {
	for k, n := range names {
		if n == name {
			return k
		}
	}
	if p.err == nil {
		p.err = fmt.Errorf("%s[%d].kind: %q is none of %s", what, i, name, strings.Join(names, ", "))
	}
	return 0
}

func (p *placer) blocks(js []blockJSON) []articles.Block {
	var out []articles.Block
	for i, j := range js {
		b := articles.Block{Span: p.span("blocks", i, j.Start, j.End), Kind: articles.BlockKind(p.kind("blocks", i, j.Kind, blockKinds)),
			Level: j.Level, Quote: j.Quote, Marker: j.Marker, Head: j.Head, Variant: j.Variant}
		for _, c := range j.Cells {
			b.Cells = append(b.Cells, p.span("blocks", i, c[0], c[1]))
		}
		out = append(out, b)
	}
	return out
}

func (p *placer) inlines(js []inlineJSON) []articles.Inline {
	var out []articles.Inline
	for i, j := range js {
		out = append(out, articles.Inline{Span: p.span("inlines", i, j.Start, j.End), Kind: articles.InlineKind(p.kind("inlines", i, j.Kind, inlineKinds)), Target: j.Target})
	}
	return out
}

func (p *placer) remarks(js []remarkJSON) []annotate.Remark {
	var out []annotate.Remark
	for i, j := range js {
		out = append(out, annotate.Remark{Kind: j.Kind, Span: p.span("remarks", i, j.Start, j.End), Who: j.Who, Text: j.Text, Tag: j.Tag})
	}
	return out
}

// readJSON yields the documents of byline's JSON: a list of objects, one object, or one a
// line. Of these an object that is not right comes as an error, and what follows is read;
// where the JSON itself is broken in a list, that is the end.
func readJSON(in Input) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		n := 0
		for raw, err := range objects(in) {
			n++
			var d *Document
			if err == nil {
				d, err = document(raw)
			}
			if err != nil {
				err = fmt.Errorf("read byline's JSON: document %d: %w", n, err)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// longestObject bounds an object of JSON, in bytes.
const longestObject = 256 << 20

// objects yields the JSON objects of r: those of a list, or those that stand one after
// the other. Where each is on a line, a broken one leaves the others.
func objects(r io.Reader) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		first, err := opening(in)
		switch {
		case errors.Is(err, io.EOF):
		case err != nil:
			yield(nil, err)
		case first == '[':
			dec := json.NewDecoder(in)
			_, _ = dec.Token() // the bracket that was seen
			decoded(dec, dec.More, yield)
		default:
			lined(in, yield)
		}
	}
}

// opening returns the first byte of r that is no blank, and leaves it there.
func opening(r *bufio.Reader) (byte, error) {
	for {
		c, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		if !strings.ContainsRune(" \n\r\t\ufeff", rune(c)) && c != 0xEF && c != 0xBB && c != 0xBF {
			return c, r.UnreadByte()
		}
	}
}

// decoded yields what dec decodes while more.
func decoded(dec *json.Decoder, more func() bool, yield func(json.RawMessage, error) bool) {
	for more() {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if !yield(raw, err) || err != nil {
			return
		}
	}
	if _, err := dec.Token(); err != nil && !errors.Is(err, io.EOF) {
		yield(nil, err)
	}
}

// lined yields the objects of r, one a line, or over several lines if the first is.
func lined(r *bufio.Reader, yield func(json.RawMessage, error) bool) {
	for first := true; ; first = false {
		line, err := lineOf(r)
		if first && err == nil && !json.Valid(line) {
			dec := json.NewDecoder(io.MultiReader(bytes.NewReader(line), r))
			decoded(dec, func() bool { return dec.More() }, yield)
			return
		}
		if line = bytes.TrimSpace(line); len(line) > 0 || err != nil && !errors.Is(err, io.EOF) {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// lineOf reads a line with its end. At the end of r the error is [io.EOF].
func lineOf(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
		if len(line) > longestObject {
			return nil, fmt.Errorf("a line is longer than %d bytes", longestObject)
		}
	}
}

// document reads one object.
func document(data []byte) (*Document, error) {
	a, l, err := ReadJSON(data)
	if err != nil {
		return nil, err
	}
	d := &Document{Article: a, Layer: l}
	var j archiveJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return nil, placed(err, data)
	}
	if err := j.take(d, NewPoints(a.Text)); err != nil {
		return nil, err
	}
	return d, nil
}

// isJSON reports whether head begins byline's JSON.
func isJSON(head []byte) bool { return jsonHead.Match(head) }

var jsonHead = regexp.MustCompile(`\A\s*\[?\s*\{\s*"id"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"title"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"source"\s*:`)

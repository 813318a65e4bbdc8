package native

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
)

// archiveJSON are the fields that byline's JSON has after those of the contract if a
// document comes from a library, with which another library can have the same.
type archiveJSON struct {
	Author  string          `json:"author"`
	Site    string          `json:"site"`
	Date    *time.Time      `json:"date"` // as RFC 3339 in UTC, of what published says; see datable
	Format  articles.Format `json:"format"`
	Status  library.Status  `json:"status,omitempty"`
	Tags    []string        `json:"tags,omitempty"`
	Who     string          `json:"who,omitempty"`
	Blocks  []blockJSON     `json:"blocks"`
	Inlines []inlineJSON    `json:"inlines,omitempty"`

	Pictures []pictureJSON `json:"pictures,omitempty"`

	Remarks []remarkJSON      `json:"remarks,omitempty"`
	Log     []json.RawMessage `json:"log"`     // decisions as review.EncodePoints writes them
	Offsets offsets.Unit      `json:"offsets"` // of all spans; a log without it counts bytes, as byline once wrote
}

// The names of kinds, in the order of the constants.
var (
	blockKinds  = []string{"paragraph", "heading", "item", "code", "row", "rule", "caption", "attribution"}
	inlineKinds = []string{"emphasis", "strong", "strike", "code", "link", "image", "note"}
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
	pictureJSON struct {
		Start   int    `json:"start"`
		End     int    `json:"end"`
		Address string `json:"address,omitempty"`
		Beside  string `json:"beside,omitempty"`
		Alt     string `json:"alt,omitempty"`
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

// archive returns the fields of d after those of the contract.
func archive(d *format.Document, points *offsets.Points) (*archiveJSON, error) {
	j := &archiveJSON{Author: d.Author, Site: d.Site, Format: d.Format, Status: d.Status, Tags: d.Tags, Who: d.Who,
		Blocks: []blockJSON{}, Log: []json.RawMessage{}}
	if t := d.Date.Time(); datable(d.Date) {
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
	for _, p := range d.Pictures {
		j.Pictures = append(j.Pictures, pictureJSON{at(p.Start), at(p.End), p.Address, p.Beside, p.Alt})
	}
	j.Remarks = remarksOf(d, points)
	log, err := review.EncodePoints(d.Text, sorted(d.Log), at)
	j.Log, j.Offsets = log, offsets.CodePoints
	return j, err
}

// datable reports whether a date can be said as the field date has it, a time that is said to be in UTC: a day, as midnight, and a time whose
// zone is UTC or not known. Others are in published only, where every version of byline finds them.
func datable(d articles.Date) bool {
	return d.Precision() == articles.ToDay || d.Precision() > articles.ToDay && !strings.ContainsAny(d.String()[len(time.DateOnly):], "+-")
}

// sorted returns a log in the order of its IDs: a library has it in that in which decisions came to it.
func sorted(log []annotate.Decision) []annotate.Decision {
	byID := func(a, b annotate.Decision) int { return cmp.Compare(a.ID, b.ID) }
	if slices.IsSortedFunc(log, byID) {
		return log
	}
	log = slices.Clone(log)
	slices.SortStableFunc(log, byID)
	return log
}

// remarksOf returns the remarks of d with offsets in code points.
func remarksOf(d *format.Document, points *offsets.Points) []remarkJSON {
	var out []remarkJSON
	for _, r := range d.Layer.Remarks {
		out = append(out, remarkJSON{r.Kind, points.Of(r.Start), points.Of(r.End), r.Who, r.Text, r.Tag})
	}
	return out
}

// writeRest adds what a document without a log has beside the fields of the contract, who decided and the remarks,
// and counts what people rejected, which only a log tells.
func writeRest(w *writer, d *format.Document, loss *format.Loss) {
	if d.Who != "" {
		w.writeField("who", d.Who)
	}
	if rs := remarksOf(d, w.points); len(rs) > 0 {
		list(w, "remarks", rs)
	}
	if loss == nil {
		return
	}
	for c := range d.Layer.Claims() {
		if c.State == annotate.Rejected {
			loss.Add(1, "rejected suggestions: the file has no log of decisions")
		}
	}
}

// write adds the fields of j to the object that w is writing.
func (j *archiveJSON) write(w *writer) {
	if j.Date != nil {
		w.writeField("date", j.Date)
	}
	for _, f := range []struct{ name, value string }{{"author", j.Author}, {"format", string(j.Format)}, {"status", string(j.Status)}, {"who", j.Who}} {
		if f.value != "" {
			w.writeField(f.name, f.value)
		}
	}
	if len(j.Tags) > 0 {
		w.writeField("tags", j.Tags)
	}
	list(w, "blocks", j.Blocks)
	list(w, "inlines", j.Inlines)
	if len(j.Pictures) > 0 {
		list(w, "pictures", j.Pictures)
	}
	list(w, "remarks", j.Remarks)
	list(w, "log", j.Log)
	w.writeField("offsets", j.Offsets)
}

func list[T any](w *writer, name string, values []T) {
	w.WriteString("," + w.gap + `"` + name + `":[`)
	for i := range values {
		w.item(i > 0, values[i])
	}
	w.WriteString("]")
}

// take sets the fields of d from j. It returns an error if they do not fit the text.
func (j *archiveJSON) take(d *format.Document, points *offsets.Points) error {
	d.Author, d.Site, d.Status, d.Tags, d.Who = cmp.Or(j.Author, d.Author), cmp.Or(j.Site, d.Site), j.Status, j.Tags, j.Who
	if j.Date != nil && d.Date.IsZero() { // of a file from before there was published
		d.Date = articles.DateAt(j.Date.UTC(), articles.ToSecond, "")
	}
	r := &placer{points: points}
	if d.Layer.Remarks = r.remarks(j.Remarks); r.err != nil {
		return r.err
	}
	if j.Blocks != nil {
		d.Format = j.Format
		d.Blocks, d.Inline = r.blocks(j.Blocks), r.inlines(j.Inlines)
		for i, p := range j.Pictures {
			d.Pictures = append(d.Pictures, articles.Picture{Span: r.span("pictures", i, p.Start, p.End), Address: clean.Address(p.Address), Beside: clean.Address(p.Beside), Alt: clean.Line(p.Alt)})
		}
		if r.err == nil {
			r.err = d.Article.Check()
		}
		if r.err != nil {
			return r.err
		}
	}
	return j.takeLog(d, points)
}

// takeLog sets the log of d from j.
func (j *archiveJSON) takeLog(d *format.Document, points *offsets.Points) error {
	decode := review.Decode
	switch j.Offsets {
	case "", offsets.Bytes:
	case offsets.CodePoints:
		decode = func(line []byte) (annotate.Decision, error) { return review.DecodePoints(line, points.Byte) }
	default:
		return fmt.Errorf("offsets: %q is neither %q nor %q", j.Offsets, offsets.CodePoints, offsets.Bytes)
	}
	for i, line := range j.Log {
		x, err := decode(line)
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

// A placer converts offsets in code points to bytes. It keeps the first error.
type placer struct {
	points *offsets.Points
	err    error
}

func (p *placer) span(name string, i, start, end int) articles.Span {
	from, ok := p.points.Byte(start)
	to, ok2 := p.points.Byte(end)
	if (!ok || !ok2 || from > to) && p.err == nil {
		p.err = fmt.Errorf("%s[%d]: from %d to %d is not a span of a text of %d code points", name, i, start, end, p.points.Len())
	}
	return articles.Span{Start: from, End: to}
}

// kind returns the index of a name in names.
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

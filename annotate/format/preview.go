package format

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// WriteOne writes a file that holds only d. f must have a NewWriter.
func (f *Format) WriteOne(to io.Writer, o Options, d *Document) error {
	o.Single = true
	w := f.Begin(to, o)
	if err := w.Write(d); err != nil {
		return fmt.Errorf("as %s: %w", f.Name, err)
	}
	return w.Close()
}

// A Preview is what a format would make of a document.
type Preview struct {
	Loss *Loss  // what the format cannot hold
	Head []byte // the start of the file, at most 4 KiB
	Cut  bool   // the file is longer than was tried, so Loss may be incomplete
}

// Preview keeps previewHead bytes of a file and stops writing it after previewMost. Of a longer text it writes the part up
// to previewText bytes: whoever chooses a format waits for the previews of all.
const (
	previewHead = 4 << 10
	previewMost = 8 << 20
	previewText = 64 << 10
)

// Preview returns what f would make of d. f must have a NewWriter.
func (f *Format) Preview(d *Document) (*Preview, error) {
	p := &Preview{Loss: &Loss{}}
	if len(d.Text) > previewText && d.Layer != nil {
		p.Cut, d = true, d.head(previewText)
	}
	w := &headWriter{preview: p, left: previewMost}
	err := f.WriteOne(w, Options{Loss: p.Loss}, d)
	if errors.Is(err, errEnough) {
		p.Cut, err = true, nil
	}
	return p, err
}

// head returns the start of d: at most so many bytes of its text, up to the end of a block where there is one, with what is
// about these.
func (d *Document) head(most int) *Document {
	if len(d.Text) <= most {
		return d
	}
	end := most
	for end > 0 && !utf8.RuneStart(d.Text[end]) {
		end--
	}
	if i := slices.IndexFunc(d.Blocks, func(b articles.Block) bool { return b.End > end }); i > 0 {
		end = d.Blocks[i-1].End
	}
	a, out := *d.Article, *d
	out.Article = &a
	a.Text = a.Text[:end]
	a.Blocks = within(a.Blocks, end, func(b articles.Block) int { return b.End })
	a.Inline = within(a.Inline, end, func(x articles.Inline) int { return x.End })
	a.Pictures = within(a.Pictures, end, func(x articles.Picture) int { return x.End })
	if len(a.Blocks) == 0 { // the first is longer
		a.Blocks = []articles.Block{{Span: articles.Span{End: end}}}
	}
	out.Log = within(d.Log, end, func(x annotate.Decision) int {
		last := max(x.Target.End, x.To.End)
		for _, also := range x.Also {
			last = max(last, also.End)
		}
		return last
	})
	if d.Layer != nil {
		out.Layer = d.headLayer(end)
	}
	return &out
}

// headLayer returns the layer of the first bytes of the text.
func (d *Document) headLayer(end int) *annotate.Layer {
	only, _ := d.filter(func(c annotate.Claim) bool { return c.End <= end })
	l := only.Layer
	l.Remarks = within(l.Remarks, end, func(r annotate.Remark) int { return r.End })
	for _, q := range l.Quotes { // those of filter are copies
		if q.SpeakerMention.End > end {
			q.SpeakerMention = articles.Span{}
		}
		if q.Cue.End > end {
			q.Cue = articles.Span{}
		}
	}
	return l
}

// within returns what ends within the first bytes of a text.
func within[T any](all []T, end int, endOf func(T) int) []T {
	var out []T
	for _, x := range all {
		if endOf(x) <= end {
			out = append(out, x)
		}
	}
	return out
}

// errEnough stops the writing of a long file.
var errEnough = errors.New("the preview is complete")

// A headWriter keeps the first bytes written to it, and fails with errEnough once more
// than left bytes have been written.
type headWriter struct {
	preview *Preview
	left    int
}

func (w *headWriter) Write(p []byte) (int, error) {
	head := &w.preview.Head
	*head = append(*head, p[:min(len(p), previewHead-len(*head))]...)
	if w.left -= len(p); w.left < 0 {
		return 0, errEnough
	}
	return len(p), nil
}

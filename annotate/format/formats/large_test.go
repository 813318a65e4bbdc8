package formats

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/articles"
)

// large returns the story so many times in one document.
func large(times int) *format.Document {
	one := formattest.Story()
	a, l := *one.Article, *one.Layer
	d := &format.Document{Article: &a, Layer: &l}
	text := one.Text + "\n\n"
	a.Text = strings.Repeat(text, times)
	a.Blocks, l.Quotes, l.Remarks = nil, nil, nil
	l.Entities = append([]annotate.Entity{}, l.Entities...)
	for i := range l.Entities {
		l.Entities[i].Mentions = nil
	}
	for n := range times {
		by := n * len(text)
		move := func(s articles.Span) articles.Span {
			if s.Empty() {
				return s
			}
			return articles.Span{Start: s.Start + by, End: s.End + by}
		}
		for _, b := range one.Blocks {
			if b.Span = move(b.Span); b.Cells == nil {
				a.Blocks = append(a.Blocks, b)
			}
		}
		for i, e := range one.Layer.Entities {
			for _, m := range e.Mentions {
				m.Span = move(m.Span)
				l.Entities[i].Mentions = append(l.Entities[i].Mentions, m)
			}
		}
		for _, q := range one.Layer.Quotes {
			c := *q
			c.Span, c.Cue, c.SpeakerMention = move(q.Span), move(q.Cue), move(q.SpeakerMention)
			l.Quotes = append(l.Quotes, &c)
		}
	}
	return d
}

var errGone = errors.New("the reader is gone")

// gone takes so many bytes, and notes how much had been allocated when it took the last.
type gone struct{ left int }

func (g *gone) Write(p []byte) (int, error) {
	if g.left -= len(p); g.left < 0 {
		return 0, errGone
	}
	return len(p), nil
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// Formats that are many times as long as the text are written as they are made: for a reader who is gone little is made, and
// the error comes back.
func TestNothingIsMadeForNobody(t *testing.T) {
	d := large(300)
	first := uint64(30 * len(d.Text)) // what may be made before the first byte is written: offsets of the whole text
	for _, name := range []string{"prodigy", "doccano", "labelstudio", "w3c", "hypothesis"} {
		f := Named(name)
		before := allocated()
		if err := f.WriteOne(io.Discard, format.Options{}, d); err != nil {
			t.Fatal(err)
		}
		whole := allocated() - before
		before = allocated()
		err := f.WriteOne(&gone{left: 20_000}, format.Options{}, d)
		if part := allocated() - before; !errors.Is(err, errGone) || part > max(first, whole*2/3) {
			t.Errorf("%s: %d of %d bytes of memory for a reader who is gone, %v", name, part, whole, err)
		}
	}
	for _, f := range Writable() {
		if err := f.WriteOne(&gone{left: 1000}, format.Options{}, d); !errors.Is(err, errGone) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// What a writer makes of a long text takes a few times the text, and not all that is written.
func TestMemoryOfLongTexts(t *testing.T) {
	d := large(600)
	for _, name := range []string{"conll", "conllu", "prodigy", "doccano", "labelstudio", "xmi", "casjson", "refi", "webanno", "w3c", "hypothesis"} {
		most, written := &peak{first: inUse()}, 0
		if err := Named(name).WriteOne(io.MultiWriter(most, counter{&written}), format.Options{}, d); err != nil {
			t.Fatal(err)
		}
		if most.grown > uint64(20*len(d.Text)) {
			t.Errorf("%s: %d bytes of memory for a text of %d, of which %d are written", name, most.grown, len(d.Text), written)
		}
		t.Logf("%s: %d bytes a byte of text, %d written", name, most.grown/uint64(len(d.Text)), written/len(d.Text))
	}
}

// A peak notes how much memory is in use beyond what was at first.
type peak struct {
	n            int
	first, grown uint64
}

func (p *peak) Write(b []byte) (int, error) {
	if p.n++; p.n%50 == 1 {
		p.grown = max(p.grown, inUse()-min(p.first, inUse()))
	}
	return len(b), nil
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

type counter struct{ n *int }

func (c counter) Write(b []byte) (int, error) { *c.n += len(b); return len(b), nil }

// The previews of all formats of a very long text are those of its start.
func TestPreviewsOfLongTexts(t *testing.T) {
	d := large(1000) // half a megabyte
	begun := time.Now()
	for _, f := range Writable() {
		p, err := f.Preview(d)
		if err != nil || !p.Cut {
			t.Errorf("%s: %v, %v", f.Name, p, err)
			continue
		}
		var whole bytes.Buffer
		if f.Name == "csv" || f.Name == "brat" || f.Name == "conll" {
			if err := f.WriteOne(&whole, format.Options{}, d); err != nil || !bytes.HasPrefix(whole.Bytes(), p.Head) {
				t.Errorf("%s: the file does not begin as its preview does, %v", f.Name, err)
			}
		}
	}
	t.Logf("%d bytes: %s", len(d.Text), time.Since(begun))
}

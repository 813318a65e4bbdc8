package code

import (
	"encoding/binary"
	"errors"

	"byline/articles"
)

// The blocks and inlines of an article are stored as one string of varints, each span as
// its distance from the end of the one before: about six bytes a block, and fifty thousand
// are decoded in a millisecond or two.
//
//	1 nblocks (start len kind level quote head marker variant ncells (start len)*)*
//	  ninline (start len kind target)*
//	  [npictures (start len address beside alt)*]
//
// The first byte is the version of the encoding. Strings are a length and bytes. The pictures are left out where
// there are none, and programs that do not know them do not read so far.

// errBlocks reports blocks that cannot be decoded.
var errBlocks = errors.New("the blocks of the article are damaged")

func EncodeBlocks(a *articles.Article) []byte {
	w := blockWriter{b: append(make([]byte, 0, 16+8*len(a.Blocks)+8*len(a.Inline)), 1)}
	w.num(len(a.Blocks))
	last := 0
	for i := range a.Blocks {
		last = w.block(&a.Blocks[i], last)
	}
	w.num(len(a.Inline))
	last = 0
	for _, in := range a.Inline {
		w.span(in.Span, last)
		last = in.Start
		w.num(int(in.Kind))
		w.str(in.Target)
	}
	if len(a.Pictures) == 0 {
		return w.b
	}
	w.num(len(a.Pictures))
	last = 0
	for _, p := range a.Pictures {
		w.span(p.Span, last)
		last = p.Start
		w.str(p.Address)
		w.str(p.Beside)
		w.str(p.Alt)
	}
	return w.b
}

type blockWriter struct{ b []byte }

func (w *blockWriter) num(n int) { w.b = binary.AppendVarint(w.b, int64(n)) }

func (w *blockWriter) str(s string) {
	w.num(len(s))
	w.b = append(w.b, s...)
}

func (w *blockWriter) span(s articles.Span, last int) {
	w.num(s.Start - last)
	w.num(s.Len())
}

func (w *blockWriter) block(b *articles.Block, last int) int {
	w.span(b.Span, last)
	head := 0
	if b.Head {
		head = 1
	}
	for _, n := range []int{int(b.Kind), b.Level, b.Quote, head} {
		w.num(n)
	}
	w.str(b.Marker)
	w.str(b.Variant)
	w.num(len(b.Cells))
	for _, c := range b.Cells {
		w.span(c, b.Start)
	}
	return b.End
}

// DecodeBlocks sets the blocks and inlines of a, whose text is already there. It refuses
// an encoding that does not fit the text.
func DecodeBlocks(code []byte, a *articles.Article) error {
	r := blockReader{b: code, text: len(a.Text), seen: map[string]string{}}
	if len(code) == 0 || code[0] != 1 {
		return errBlocks
	}
	r.b = r.b[1:]
	n := r.count(9)
	a.Blocks = make([]articles.Block, 0, n)
	last := 0
	for range n {
		b := r.block(last)
		if r.bad {
			return errBlocks
		}
		last = b.End
		a.Blocks = append(a.Blocks, b)
	}
	n = r.count(4)
	a.Inline = make([]articles.Inline, 0, n)
	last = 0
	for range n {
		in := articles.Inline{Span: r.span(last)}
		in.Kind = articles.InlineKind(r.num())
		in.Target = r.str()
		if r.bad {
			return errBlocks
		}
		last = in.Start
		a.Inline = append(a.Inline, in)
	}
	if len(r.b) > 0 {
		a.Pictures = r.pictures()
	}
	if r.bad {
		return errBlocks
	}
	return nil
}

func (r *blockReader) pictures() []articles.Picture {
	var out []articles.Picture
	last := 0
	for range r.count(5) {
		p := articles.Picture{Span: r.span(last), Address: r.str(), Beside: r.str(), Alt: r.str()}
		if r.bad {
			return nil
		}
		last = p.Start
		out = append(out, p)
	}
	return out
}

// A blockReader decodes blocks. It sets bad when something does not fit.
type blockReader struct {
	b    []byte
	text int // length of the text that spans lie in
	seen map[string]string
	bad  bool
}

func (r *blockReader) num() int {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

// count reads the number of items that follow. Each takes at least size bytes, so damaged
// data cannot ask for a slice much longer than itself.
func (r *blockReader) count(size int) int {
	n := r.num()
	if n < 0 || n > len(r.b)/size {
		r.bad = true
		return 0
	}
	return n
}

// str reads a string. Markers and languages repeat, so each is allocated once.
func (r *blockReader) str() string {
	n := r.count(1)
	s, ok := r.seen[string(r.b[:n])]
	if !ok {
		s = string(r.b[:n])
	}
	if !ok && n <= 16 {
		r.seen[s] = s
	}
	r.b = r.b[n:]
	return s
}

func (r *blockReader) span(last int) articles.Span {
	start := last + r.num()
	s := articles.Span{Start: start, End: start + r.num()}
	if s.Start < 0 || s.End < s.Start || s.End > r.text {
		r.bad = true
		return articles.Span{}
	}
	return s
}

func (r *blockReader) block(last int) articles.Block {
	b := articles.Block{Span: r.span(last)}
	b.Kind = articles.BlockKind(r.num())
	b.Level, b.Quote = r.num(), r.num()
	b.Head = r.num() == 1
	b.Marker, b.Variant = r.str(), r.str()
	for range r.count(2) {
		b.Cells = append(b.Cells, r.span(b.Start))
		if r.bad {
			break
		}
	}
	return b
}

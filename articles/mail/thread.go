package mail

import (
	"context"
	"net/textproto"
	"slices"
	"strings"

	"byline/articles"
	"byline/articles/builder"
	"byline/articles/clean"
	"byline/articles/web"
)

// A thread is a message under construction: the blocks of its parts one after the other, with those that somebody else
// wrote as quotes.
type thread struct {
	article articles.Article
	text    strings.Builder
}

func newThread() *thread { return &thread{article: articles.Article{Format: articles.Email}} }

func (t *thread) done() *articles.Article {
	t.article.Text = t.text.String()
	return &t.article
}

// node appends the text of a part, as deep in quotes as it stands. The only error is that of the context.
func (t *thread) node(ctx context.Context, n *node, quote int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch {
	case n.body != nil:
		a, err := n.body.article(ctx)
		if a != nil && n.body.name != "" && len(a.Blocks) > 0 {
			t.put(named(n.body.name, a), quote)
		}
		if a != nil {
			t.add(a, quote)
		}
		return err
	case n.header != nil:
		return t.forwarded(ctx, n, quote)
	case n.alternative:
		list := slices.Clone(n.parts)
		slices.SortStableFunc(list, func(a, b *node) int { return rank(b) - rank(a) })
		for _, p := range list {
			before := t.text.Len()
			if err := t.node(ctx, p, quote); err != nil || t.text.Len() > before {
				return err
			}
		}
		return nil
	}
	for _, p := range n.parts {
		if err := t.node(ctx, p, quote); err != nil {
			return err
		}
	}
	return nil
}

// rank says how good a part is as one of several alternatives.
func rank(n *node) int {
	if n.page() != nil {
		return 1
	}
	return 0
}

// article makes an article of a body, nil if it has no text. The only error is that of the context.
func (b *body) article(ctx context.Context) (*articles.Article, error) {
	if b.html {
		if b.name != "" { // a page that somebody saved and sent
			if a, err := web.Import(ctx, b.text); err == nil {
				return a, nil
			}
		}
		a, err := web.Document(ctx, b.text)
		if err != nil {
			return nil, ctx.Err()
		}
		return a, nil
	}
	return b.plain(), nil
}

// forwarded appends a message in the message: the lines of its header that readers see, and its text as a quote.
func (t *thread) forwarded(ctx context.Context, n *node, quote int) error {
	w := &builder.Words{}
	for _, key := range [...]string{"From", "Date", "To", "Subject"} {
		if s := clean.Words(clean.Drawn(word(n.header.Get(key)))); s != "" {
			if w.Len() > 0 {
				w.WriteByte('\n')
			}
			w.WriteString(key + ": " + s)
		}
	}
	head := &articles.Article{}
	out := builder.New(head, 0)
	out.Add(w, articles.Block{})
	before := t.text.Len()
	t.put(out.Done(), quote)
	headed := t.text.Len()
	for _, p := range n.parts {
		if err := t.node(ctx, p, quote+1); err != nil {
			return err
		}
	}
	if t.text.Len() > max(before, headed) {
		t.attribute(sender(n.header), quote+1)
	}
	return nil
}

// sender returns the name of who sent a message, empty if there is only an address.
func sender(h textproto.MIMEHeader) string {
	who := people(h.Get("From"))
	if len(who) != 1 || strings.Contains(who[0], "@") {
		return ""
	}
	return who[0]
}

// A block is a block of a part with what belongs to it.
type block struct {
	articles.Block
	text   string
	before string // what separates it from the block above
	inline []articles.Inline

	pictures []articles.Picture // in it, or behind it
}

// blocksOf returns the blocks of a part, without those in which a newsletter speaks of itself.
func blocksOf(a *articles.Article) []block {
	keep := make([]block, 0, len(a.Blocks))
	inline, end, picture := 0, 0, 0
	for _, b := range a.Blocks {
		k := block{Block: b, text: b.In(a.Text), before: a.Text[end:b.Start]}
		end = b.End
		from := inline
		for inline < len(a.Inline) && a.Inline[inline].Start < b.End {
			inline++
		}
		k.inline = a.Inline[from:inline]
		first := picture
		for picture < len(a.Pictures) && a.Pictures[picture].Start <= b.End {
			picture++
		}
		k.pictures = a.Pictures[first:picture]
		if b.Kind == articles.Code || !isFurniture(k.text) {
			keep = append(keep, k)
		}
	}
	return keep
}

// add appends the blocks of a part, those as quotes that somebody else wrote.
func (t *thread) add(a *articles.Article, quote int) {
	if quote == 0 && t.text.Len() == 0 && isOwn(a) {
		t.text.WriteString(a.Text) // most messages have one part, and all of it is the sender's
		t.article.Blocks, t.article.Inline, t.article.Pictures = a.Blocks, a.Inline, a.Pictures
		return
	}
	blocks := blocksOf(a)
	var in original
	for at := 0; at < len(blocks); {
		if o, n := opens(blocks[at:]); n > 0 {
			t.close(&in, quote)
			for ; n > 0; n-- {
				blocks[at].Quote = 0
				t.block(&blocks[at], quote)
				at++
			}
			in = o
			continue
		}
		b := &blocks[at]
		if in.open && b.Quote < in.depth {
			t.close(&in, quote)
		}
		if in.open && in.depth == 0 {
			b.Quote++
		}
		t.block(b, quote)
		at++
	}
	t.close(&in, quote)
}

// isOwn reports whether nothing in a part looks like the start of somebody else's message, or like furniture.
func isOwn(a *articles.Article) bool {
	for _, b := range a.Blocks {
		text := b.In(a.Text)
		line, _, _ := strings.Cut(text, "\n")
		if kind, _ := label(line); kind != 0 || isAnnounced(strings.TrimSpace(line)) || introduces(text) || isFurniture(text) {
			return false
		}
	}
	return true
}

// close ends an original message, whose sender speaks what it says.
func (t *thread) close(in *original, quote int) {
	if in.open {
		t.attribute(in.sender, quote+1)
	}
	*in = original{}
}

// put appends all blocks of a.
func (t *thread) put(a *articles.Article, quote int) {
	for _, b := range blocksOf(a) {
		t.block(&b, quote)
	}
}

// attribute appends who speaks the quote above.
func (t *thread) attribute(name string, quote int) {
	if n := len(t.article.Blocks); name == "" || n == 0 || t.article.Blocks[n-1].Quote == 0 {
		return
	}
	t.block(&block{Block: articles.Block{Kind: articles.Attribution, Span: articles.Span{End: len(name)}}, text: name}, quote)
}

// mostQuotes is the deepest that quotes nest.
const mostQuotes = 32

// block appends one block.
func (t *thread) block(k *block, quote int) {
	if t.text.Len() > 0 {
		sep := k.before
		if !strings.Contains(sep, "\n") {
			sep = "\n\n"
		}
		t.text.WriteString(sep)
	}
	by := t.text.Len() - k.Start
	t.text.WriteString(k.text)
	b := k.Block
	b.Span, b.Quote = b.Shift(by), min(b.Quote+quote, mostQuotes)
	b.Cells = slices.Clone(b.Cells)
	for i := range b.Cells {
		b.Cells[i] = b.Cells[i].Shift(by)
	}
	t.article.Blocks = append(t.article.Blocks, b)
	for _, in := range k.inline {
		in.Span = in.Shift(by)
		t.article.Inline = append(t.article.Inline, in)
	}
	for _, p := range k.pictures {
		p.Span = articles.Span{Start: max(p.Start, k.Start), End: max(p.End, k.Start)}.Shift(by)
		t.article.Pictures = append(t.article.Pictures, p)
	}
}

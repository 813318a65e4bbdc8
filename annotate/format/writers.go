package format

import (
	"io"

	"byline/annotate"
	"byline/articles/clean"
)

// Each returns the NewWriter function of a [Format], made of a function that writes one
// document.
func Each(write func(io.Writer, *Document, Options) error) func(io.Writer, Options) Writer {
	return func(w io.Writer, o Options) Writer { return &eachWriter{w, o, write} }
}

type eachWriter struct {
	io.Writer
	Options
	write func(io.Writer, *Document, Options) error
}

func (w *eachWriter) Write(d *Document) error { return w.write(w.Writer, d, w.Options) }

func (w *eachWriter) Close() error { return nil }

// Between is like [Each] and also writes head before the first document, gap between
// documents and tail after the last.
func Between(head, gap, tail string, write func(io.Writer, *Document, Options) error) func(io.Writer, Options) Writer {
	return func(w io.Writer, o Options) Writer {
		return &listWriter{eachWriter{w, o, write}, head, gap, tail, false}
	}
}

type listWriter struct {
	eachWriter
	head, gap, tail string
	begun           bool
}

func (w *listWriter) Write(d *Document) error {
	before := w.gap
	if !w.begun {
		before, w.begun = w.head, true
	}
	if _, err := io.WriteString(w.Writer, before); err != nil {
		return err
	}
	return w.eachWriter.Write(d)
}

func (w *listWriter) Close() error {
	if !w.begun {
		w.tail = w.head + w.tail
	}
	_, err := io.WriteString(w.Writer, w.tail)
	return err
}

// Begin returns a writer of documents, which counts the notes and highlights of passages and the rejected
// suggestions that the format cannot hold. f must have a NewWriter.
func (f *Format) Begin(to io.Writer, o Options) Writer {
	w := Writer(sourceCleaner{f.NewWriter(to, o)})
	if f.Passages && f.Rejected || o.Loss == nil {
		return w // it counts for itself, or has everything
	}
	return lossCounter{w, f, o.Loss}
}

// A sourceCleaner writes the source of an article as one printable line: a file may have any name.
type sourceCleaner struct{ Writer }

func (c sourceCleaner) Write(d *Document) error {
	if line := clean.Line(d.Source); line != d.Source {
		article, named := *d.Article, *d
		article.Source = line
		named.Article = &article
		d = &named
	}
	return c.Writer.Write(d)
}

type lossCounter struct {
	Writer
	f    *Format
	loss *Loss
}

func (c lossCounter) Write(d *Document) error {
	if d.Layer != nil && !c.f.Passages {
		c.loss.Add(len(d.Layer.Passages()), "notes and highlights on passages: not in this format")
	}
	if d.Layer != nil {
		c.countClaimless(d.Layer)
	}
	if d.Layer != nil && !c.f.Rejected {
		c.countRejected(d.Layer)
	}
	return c.Writer.Write(d)
}

// countClaimless counts the remarks in l on what was a claim once, and is none since.
func (c lossCounter) countClaimless(l *annotate.Layer) {
	claims := map[place]bool{}
	for x := range l.Claims() {
		claims[place{x.Kind, x.Span}] = true
	}
	for _, r := range l.Remarks {
		if r.Kind != annotate.OfPassage && !claims[place{r.Kind, r.Span}] {
			c.loss.Add(1, "notes and tags on what is no name or quote any more: not in this format")
		}
	}
}

// countRejected counts what people rejected in l, and their remarks on that.
func (c lossCounter) countRejected(l *annotate.Layer) {
	rejected := map[place]bool{} // whether all claims there are
	n := 0
	for claim := range l.Claims() {
		at := place{claim.Kind, claim.Span}
		was, again := rejected[at]
		rejected[at] = claim.State == annotate.Rejected && (was || !again)
		if claim.State == annotate.Rejected {
			n++
		}
	}
	c.loss.Add(n, "rejected suggestions: not in this format; whoever reads it may suggest them again")
	for _, q := range l.Quotes {
		if decided := q.State == annotate.Confirmed || q.State == annotate.Proposed && q.Origin.Human; decided && rejected[place{annotate.OfMention, q.SpeakerMention}] {
			c.loss.Add(1, "quotes whose speaker is named by a rejected suggestion: not in this format; whoever reads it may suggest it again")
		}
	}
	for _, r := range l.Remarks {
		if rejected[place{r.Kind, r.Span}] {
			c.loss.Add(1, "notes and tags on rejected suggestions: not in this format")
		}
	}
}

// Package engine is the order of the stages, and the only package that knows them
// all: text → segment → names → evidence → people → quotes → layer.
//
// An [Engine] runs these stages with the tagger of names that it is given. Annotate is a pure
// function of its arguments and the tagger: it keeps no state, reads no clock and
// starts no goroutines, so the same text gives the same layer, bit for bit, on any
// machine. What a person decided is applied to the layer elsewhere, by package review.
//
// A text longer than a window is cut into windows at the start of a block (inside a block
// that is longer than a window), so that the tokens of ten megabytes never exist at once.
// Names, the evidence beside them and quotes are found window by window; types are decided and
// people grouped over the whole text. A window ends before a block that opens no quote, so that
// a quote over several paragraphs stays whole. Offsets are always those of the whole text.
//
// Who is named in captions only is left out, unless one of the quotes is theirs or the engine was asked for captions: a caption
// names photographers, and people of another day.
//
// AnnotatePart does the same for the blocks that touch a span only, so that a screen can show
// part of a huge article immediately.
package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/evidence"
	"byline/annotate/lexicon/en"
	"byline/annotate/names"
	"byline/annotate/names/model"
	"byline/annotate/people"
	"byline/annotate/quotes"
	"byline/annotate/segment"
	"byline/articles"
)

// An Engine is the stages with a tagger of names. It keeps no state between texts, and is safe for
// concurrent use.
type Engine struct {
	tagger   names.Tagger
	types    *evidence.Model
	version  string
	captions bool
}

// version counts the changes to this package after which the same stages may give another layer. A
// change to the word lists counts for the stage that reads them.
const version = 1

// New returns an engine that uses a tagger for names and a model for their types; nil leaves the types
// that the tagger gives.
func New(t names.Tagger, types *evidence.Model) *Engine {
	const changes = version + segment.Version + names.Version + evidence.Version + people.Version + quotes.Version
	return &Engine{tagger: t, types: types, version: fmt.Sprintf("%s-%d", t.Version(), changes)}
}

// WithCaptions returns an engine like e whose layers also have those who are named in captions only.
func (e *Engine) WithCaptions() *Engine {
	c := *e
	c.captions, c.version = true, e.version+"-captions"
	return &c
}

// Default returns the engine with the models that the program carries. The error says what is
// wrong with one of them.
var Default = sync.OnceValues(func() (*Engine, error) {
	m, err := model.Default()
	if err != nil {
		return nil, err
	}
	types, err := evidence.Default()
	if err != nil {
		return nil, err
	}
	return New(m, types), nil
})

// Version identifies the maker of e's layers, "model-3": the version of the tagger, and the sum of
// the versions of the stages. It changes whenever the same text may get another layer.
func (e *Engine) Version() string { return e.version }

// Release frees memory that the tagger can allocate again; see names/model for how much that is.
func (e *Engine) Release() {
	if r, ok := e.tagger.(names.Releaser); ok {
		r.Release()
	}
}

// window is how many bytes of text are cut into tokens at once.
const window = 1 << 18

// Annotate returns the layer of a text with its blocks. Without blocks, each line of
// the text is a paragraph. It takes time linear in the text.
func (e *Engine) Annotate(text string, blocks []articles.Block) *annotate.Layer {
	return e.annotateAll(text, windows(text, blocks, window), &watch{}, nil)
}

// AnnotateContext is Annotate that ends with the error of ctx soon after ctx has: it is asked
// before each window of each stage.
func (e *Engine) AnnotateContext(ctx context.Context, text string, blocks []articles.Block) (*annotate.Layer, error) {
	l := e.annotateAll(text, windows(text, blocks, window), &watch{}, func() bool { return ctx.Err() != nil })
	if l == nil {
		return nil, ctx.Err()
	}
	return l, nil
}

// AnnotatePart returns the layer of the blocks that touch part, or, without blocks, of the lines
// that do. Entities are those of the part alone; spans refer to the whole text.
func (e *Engine) AnnotatePart(text string, blocks []articles.Block, part articles.Span) *annotate.Layer {
	part.Start, part.End = max(0, part.Start), min(len(text), part.End)
	if part.Empty() {
		return &annotate.Layer{Engine: e.version}
	}
	if blocks == nil {
		blocks = lineBlocks(text, lines(text, part))
	} else {
		blocks = slices.DeleteFunc(slices.Clone(blocks), func(b articles.Block) bool { return !b.Overlaps(part) })
	}
	for i := range blocks {
		blocks[i] = crop(text, blocks[i], part)
	}
	return e.annotateAll(text, windows(text, blocks, window), &watch{}, nil)
}

// margin is how many bytes of a block before and after a part are read.
const margin = 32 << 10

// crop cuts a huge block down to the text around s.
func crop(text string, b articles.Block, s articles.Span) articles.Block {
	if b.Len() <= 2*margin || len(b.Cells) > 0 {
		return b
	}
	for b.Start = max(b.Start, s.Start-margin); !utf8.RuneStart(text[b.Start]); b.Start++ {
	}
	for b.End = min(b.End, s.End+margin); b.End < len(text) && !utf8.RuneStart(text[b.End]); b.End-- {
	}
	return b
}

// annotateAll runs the stages over the windows of a text: names and quotes window by
// window, people over all. Left, if it is not nil, is asked before each window; nil is
// returned as soon as it reports that nobody waits any more.
func (e *Engine) annotateAll(text string, ws []part, laps *watch, left func() bool) *annotate.Layer {
	if left == nil {
		left = func() bool { return false }
	}
	l := &annotate.Layer{Engine: e.version}
	var ms []annotate.Mention
	var notes []evidence.Note
	docs := make([]*annotate.Doc, len(ws))
	for i, w := range ws {
		if left() {
			return nil
		}
		d := segment.Split(text, w.blocks)
		laps.Tokens += len(d.Tokens)
		laps.addLap(&laps.Segment)
		found, shares := names.Weigh(d, e.tagger)
		ms = gather(ms, found, progress{i + 1, len(ws)})
		notes = gather(notes, e.types.Read(d, found, shares), progress{i + 1, len(ws)})
		if len(ws) == 1 {
			docs[i] = d
		}
		laps.addLap(&laps.Names)
	}
	l.Entities = people.Group(text, names.Apart(text, names.Listed(text, e.types.Decide(text, ms, notes))))
	laps.addLap(&laps.People)
	f := quotes.Finder{Gender: en.FirstName}
	for i, w := range ws {
		if left() {
			return nil
		}
		d := docs[i]
		if d == nil {
			d = segment.Split(text, w.blocks)
			laps.addLap(&laps.Segment)
		}
		l.Quotes = gather(l.Quotes, f.Find(d, entitiesIn(l.Entities, w.Span)), progress{i + 1, len(ws)})
		laps.addLap(&laps.Quotes)
	}
	l.Entities = quotes.Link(text, l.Entities, l.Quotes)
	if !e.captions {
		dropCaptioned(l, ws)
	}
	sortEntities(l)
	laps.addLap(&laps.Quotes)
	return l
}

// A progress says how many of the windows are done.
type progress struct{ done, of int }

// gather appends the claims found in a window. When it needs space it allocates as much as the
// other windows will need if they are like those done so far: the claims of a long text take most
// of the memory, and must not be copied often.
func gather[T any](all, found []T, p progress) []T {
	if n := len(all) + len(found); n > cap(all) {
		all = slices.Grow(all, len(found)+n*(p.of-p.done)/p.done*17/16)
	}
	return append(all, found...)
}

// sortEntities sorts the entities by first mention, which a speaker's pronoun or role may have
// changed, and numbers them again.
func sortEntities(l *annotate.Layer) {
	first := func(e annotate.Entity) int { return e.Mentions[0].Start }
	byFirst := func(a, b annotate.Entity) int { return cmp.Compare(first(a), first(b)) }
	if slices.IsSortedFunc(l.Entities, byFirst) {
		return
	}
	slices.SortStableFunc(l.Entities, byFirst)
	renumber(l)
}

// renumber gives the entities their numbers in their order.
func renumber(l *annotate.Layer) {
	now := make(map[string]string, len(l.Entities))
	for i := range l.Entities {
		id := "e" + strconv.Itoa(i+1)
		now[l.Entities[i].ID] = id
		l.Entities[i].ID = id
	}
	for _, q := range l.Quotes {
		q.MapSpeakers(func(id string) string { return now[id] })
	}
}

// entitiesIn returns the entities with the mentions that are in s.
func entitiesIn(es []annotate.Entity, s articles.Span) []annotate.Entity {
	if s.Start == 0 && lastEnd(es) <= s.End {
		return es
	}
	var some []annotate.Entity
	for _, e := range es {
		first, _ := slices.BinarySearchFunc(e.Mentions, s.Start, func(m annotate.Mention, at int) int { return m.Start - at })
		end, _ := slices.BinarySearchFunc(e.Mentions, s.End, func(m annotate.Mention, at int) int { return m.Start - at })
		if first < end {
			e.Mentions = e.Mentions[first:end:end]
			some = append(some, e)
		}
	}
	return some
}

func lastEnd(es []annotate.Entity) int {
	end := 0
	for _, e := range es {
		if n := len(e.Mentions); n > 0 {
			end = max(end, e.Mentions[n-1].End)
		}
	}
	return end
}

// A part is a span of text with its blocks.
type part struct {
	articles.Span
	blocks []articles.Block
}

// windows cuts a text into parts of about size bytes.
func windows(text string, blocks []articles.Block, size int) []part {
	if blocks == nil && len(text) <= size {
		return []part{{Span: articles.Span{End: len(text)}}}
	}
	if blocks == nil {
		blocks = lineBlocks(text, articles.Span{End: len(text)})
	}
	var ws []part
	var now part
	flush := func() {
		if len(now.blocks) > 0 {
			now.Start = now.blocks[0].Start
			now.End = max(now.Start, now.blocks[len(now.blocks)-1].End)
			ws = append(ws, now)
		}
		now = part{}
	}
	add := func(b articles.Block) {
		if n := len(now.blocks); n > 0 && b.End-now.blocks[0].Start > size && !opensQuote(b.In(text)) || n > 0 && b.End-now.blocks[0].Start > 2*size {
			flush()
		}
		now.blocks = append(now.blocks, b)
	}
	for _, b := range blocks {
		if b.Len() <= size {
			add(b)
			continue
		}
		for _, b := range pieces(text, b, size) {
			add(b)
		}
	}
	flush()
	return ws
}

// opensQuote reports whether a paragraph starts with a quotation mark.
func opensQuote(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " "))
	return strings.ContainsRune(en.OpeningAny, r)
}

// pieces cuts a block that is longer than size at blanks, or between runes where there are no
// blanks.
func pieces(text string, b articles.Block, size int) []articles.Block {
	if b.Len() <= size || len(b.Cells) > 0 {
		return []articles.Block{b}
	}
	var bs []articles.Block
	for b.Len() > size {
		cut := b.Start + size
		if n := strings.LastIndexAny(text[cut-size/2:cut], " \n\t"); n >= 0 {
			cut = cut - size/2 + n + 1
		}
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		head := b
		head.End, b.Start = cut, cut
		bs = append(bs, head)
	}
	return append(bs, b)
}

// lineBlocks returns a paragraph for each line of text[s.Start:s.End] that is not blank.
func lineBlocks(text string, s articles.Span) []articles.Block {
	bs := []articles.Block{}
	at := s.Start
	for line := range strings.Lines(s.In(text)) {
		if t := strings.TrimSpace(line); t != "" {
			start := at + strings.Index(line, t)
			bs = append(bs, articles.Block{Span: articles.Span{Start: start, End: start + len(t)}})
		}
		at += len(line)
	}
	return bs
}

// lines returns s extended to whole lines.
func lines(text string, s articles.Span) articles.Span {
	s.Start = strings.LastIndexByte(text[:s.Start], '\n') + 1
	if n := strings.IndexByte(text[s.End:], '\n'); n >= 0 {
		s.End += n
	} else {
		s.End = len(text)
	}
	return s
}

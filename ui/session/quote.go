package session

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
	"byline/annotate/review"
	"byline/annotate/segment"
	"byline/articles"
)

// quoteTypes are the types that a quote may have, in the order in which they are offered.
var quoteTypes = []annotate.QuoteType{annotate.Direct, annotate.Mixed, annotate.Indirect}

// makeQuote makes the words in a a quote and asks who says it. With none it asks the type of the
// current quote.
func makeQuote(s *Session, a Action) Effect {
	if a.Span.Empty() {
		c, ok := s.Current()
		if !ok || !IsQuote(c) {
			return Effect{None: noQuoteWords}
		}
		return askQuoteType(s, c)
	}
	t := s.Text()
	span := t.withMarks(a.Span)
	quote := annotate.Quote{Span: span, Type: t.quoteType(span)}
	c := Claim{Span: span, Entity: -1, Index: -1}
	if at := s.claims.Find(c.Target()); at >= 0 {
		c = s.claims.List[at]
		quote = *s.claims.Layer.Quotes[c.Index]
		quote.Type = t.quoteType(span)
	}
	s.Aim(c.Target())
	e := s.edit(review.Edit{Verb: annotate.Add, Value: string(quote.Type), Targets: []review.Target{c.Target()}})
	e.Used, e.Widened = true, span != a.Span
	return e.and(askSpeaker(s, &quote))
}

// askQuoteType offers the types of quotes for c.
func askQuoteType(s *Session, c Claim) Effect {
	q := &Question{Topic: AskQuoteType, Spot: c.Span, Words: c.In(s.article.Text)}
	now := s.claims.Layer.Quotes[c.Index].Type
	q.Now = slices.Index(quoteTypes, now)
	for _, t := range quoteTypes {
		edit := review.Edit{Verb: annotate.Relabel, Value: string(t), Targets: []review.Target{c.Target()}}
		q.Choices = append(q.Choices, Choice{Entity: -1, Type: annotate.Type(t), Now: t == now, Do: Action{Name: Decide, Edit: edit}})
	}
	return Effect{Asks: q}
}

// typeQuote gives the current quote the type that a names, or offers the types.
func typeQuote(s *Session, c Claim, a Action) Effect {
	typ := annotate.QuoteType(strings.ToLower(OneLine(a.Text)))
	switch {
	case typ == "":
		return askQuoteType(s, c)
	case !slices.Contains(quoteTypes, typ):
		return Effect{None: noQuoteType, About: a.Text}
	}
	return s.edit(review.Edit{Verb: annotate.Relabel, Value: string(typ), Targets: []review.Target{c.Target()}})
}

// around is how many blocks before and after a place are searched for quotation marks.
const around = 4

// pairs returns what is between quotation marks in the blocks around s.
func (t Text) pairs(s articles.Span) []articles.Span {
	from, to := s.Start, s.End
	for range around {
		if off := t.neighbour(t.Block(from), from, -1); off >= 0 {
			from = off
		}
		if off := t.neighbour(t.Block(to), to, 1); off >= 0 {
			to = off
		}
	}
	from, to = t.Block(from).Start, max(to, min(t.Block(to).End, len(t.Article.Text)))
	outer, inner := marks.Pair(segment.Split(t.Article.Text[from:to], nil))
	var out []articles.Span
	for _, q := range slices.Concat(outer, inner) {
		if q.Closed && !q.Mended {
			out = append(out, q.Span.Shift(from))
		}
	}
	return out
}

// withMarks returns s with the quotation marks around it: those between which it has all words.
func (t Text) withMarks(s articles.Span) articles.Span {
	for _, p := range t.pairs(s) {
		words := t.WholeWords(p)
		if words.Empty() || words.Start < s.Start || words.End > s.End {
			continue
		}
		s = articles.Span{Start: min(s.Start, p.Start), End: max(s.End, p.End)}
	}
	return s
}

// quoteType says what kind of quote s is: a full quotation, quoted words inside a sentence of the
// writer's, or reported speech. People change it by a key.
func (t Text) quoteType(s articles.Span) annotate.QuoteType {
	said := s.In(t.Article.Text)
	first, _ := utf8.DecodeRuneInString(said)
	if !strings.ContainsRune(en.Opening+"”»", first) {
		return annotate.Indirect
	}
	letter := strings.IndexFunc(said, unicode.IsLetter)
	before := strings.TrimRightFunc(t.Article.Text[t.Block(s.Start).Start:s.Start], unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(before)
	runsOn := before != "" && (unicode.IsLetter(last) || unicode.IsDigit(last))
	if small, _ := utf8.DecodeRuneInString(said[max(letter, 0):]); runsOn && unicode.IsLower(small) {
		return annotate.Mixed
	}
	return annotate.Direct
}

// atMark moves an end of the quote c to a quotation mark: the next one outside, else the nearest
// inside. It returns c's span if there is none.
func (t Text) atMark(c Claim, e edge) articles.Span {
	to, best := c.Span, -1
	text := t.Article.Text
	for _, p := range t.pairs(c.Span) {
		off, at := p.Start, c.Start
		if e == endAtMark {
			off, at = p.End, c.End
		}
		outside := off < c.Start || off > c.End
		between := text[min(off, at):max(off, at)]
		if off == at || strings.Contains(between, "\n\n") && outside {
			continue
		}
		gap := len(between)
		if !outside {
			gap += len(text) // only where there is no mark outside
		}
		if best < 0 || gap < best {
			best = gap
			if e == endAtMark {
				to.End = off
			} else {
				to.Start = off
			}
		}
	}
	return to
}

// reportingVerbs returns the words near quote that may lead it in, the nearest first: verbs of
// speech in its paragraph, outside all quotations.
func reportingVerbs(s *Session, quote articles.Span) []articles.Span {
	const most, far = 9, 240
	t := s.Text()
	var out []articles.Span
	from, to := t.Block(quote.Start).Start, t.Block(max(quote.Start, quote.End-1)).End
	for _, w := range t.Words(articles.Span{Start: from, End: to}) {
		cue, ok := words.English().Cues[strings.ToLower(w.In(s.article.Text))]
		if !ok || cue.Base || distance(w, quote.Start) > far && distance(w, quote.End) > far || quoted(s, w, quote) {
			continue
		}
		out = append(out, w)
	}
	gap := func(w articles.Span) int { return min(distance(w, quote.Start), distance(w, quote.End)) }
	slices.SortStableFunc(out, func(a, b articles.Span) int { return gap(a) - gap(b) })
	return out[:min(len(out), most)]
}

// quoted reports whether w is part of a quotation of the article or of quote.
func quoted(s *Session, w, quote articles.Span) bool {
	return w.Overlaps(quote) || s.claims.At(w.Start, func(c Claim) bool {
		st, _ := s.claims.State(c)
		return IsQuote(c) && st != annotate.Rejected
	}) >= 0
}

// askCue offers the verbs that may lead in the quote c, and none.
func askCue(s *Session, c Claim) Effect {
	q := &Question{Topic: AskCue, Spot: c.Span, Words: c.In(s.article.Text)}
	now := s.claims.Layer.Quotes[c.Index].Cue
	for _, w := range reportingVerbs(s, c.Span) {
		edit := review.Edit{Verb: annotate.Cue, Targets: []review.Target{c.Target()}, To: w}
		q.Choices = append(q.Choices, Choice{Entity: -1, Span: w, Now: w == now, Do: Action{Name: Decide, Edit: edit}})
	}
	none := review.Edit{Verb: annotate.Cue, Targets: []review.Target{c.Target()}}
	q.Choices = append(q.Choices, Choice{Entity: -1, Now: now.Empty(), Do: Action{Name: Decide, Edit: none}})
	return Effect{Asks: q}
}

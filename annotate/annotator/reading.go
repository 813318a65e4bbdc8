package annotator

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format/offsets"
	"byline/articles"
	"byline/articles/clean"
)

// A reading turns an answer about a text into claims.
type reading struct {
	*Program
	text   string
	points *offsets.Points
	notes  []Note
}

// given returns the claims of an answer about text, and what of it is left out. The error says what is wrong
// with it; then nothing of it can be trusted.
func (p *Program) given(text string, a *answer) (engine.Given, []Note, error) {
	if a.Mentions == nil {
		return engine.Given{}, nil, errors.New(`answered without "mentions"; they are a list, which may be empty`)
	}
	r := &reading{Program: p, text: text, points: offsets.NewPoints(text)}
	out := engine.Given{Maker: p.Name, FindQuotes: a.Quotes == nil}
	if a.Model != "" {
		out.Maker += " " + clipped(a.Model, longestModel)
	}
	if err := r.mentions(*a.Mentions, &out); err != nil {
		return engine.Given{}, nil, r.explain(a, err)
	}
	r.disjoin(&out)
	if a.Quotes == nil {
		return out, r.notes, nil
	}
	for i := range *a.Quotes {
		q, ok, err := r.quote(&(*a.Quotes)[i])
		if err != nil {
			return engine.Given{}, nil, r.explain(a, err)
		}
		if ok {
			out.Quotes = append(out.Quotes, &q)
		}
	}
	out.Quotes = r.nested(out.Quotes)
	return out, r.notes, nil
}

// mentions adds the mentions of an answer. Those with one entity and one type are an entity.
func (r *reading) mentions(ms []mention, out *engine.Given) error {
	type key struct {
		entity string
		typ    annotate.Type
	}
	joined := map[key]int{} // the place of an entity
	types := map[string]annotate.Type{}
	mixed := map[string]bool{}
	for i := range ms {
		m, ok, err := r.mention(&ms[i])
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		k := key{ms[i].Entity, m.Type}
		if k.entity == "" {
			out.Names = append(out.Names, m)
			continue
		}
		if t, ok := types[k.entity]; ok && t != m.Type && !mixed[k.entity] {
			mixed[k.entity] = true
			r.note("entities of several types, which became one of each type", "entity of several types, which became one of each type")
		}
		types[k.entity] = m.Type
		at, seen := joined[k]
		if !seen {
			at = len(out.Entities)
			joined[k] = at
			out.Entities = append(out.Entities, annotate.Entity{Type: m.Type, Origin: m.Origin})
		}
		e := &out.Entities[at]
		e.Mentions = append(e.Mentions, m)
	}
	return nil
}

// note counts one more of something.
func (r *reading) note(many, one string) { r.notes = addNote(r.notes, many, one) }

// mention returns a mention; false if its type is left out.
func (r *reading) mention(m *mention) (annotate.Mention, bool, error) {
	span, err := r.span(m.stretch)
	if err != nil {
		return annotate.Mention{}, false, err
	}
	t, said := r.typeOf(m.Type)
	if t == "" {
		if !said {
			of := " of type " + brief(cmp.Or(m.Type, "“”")) + ", which the settings do not name"
			r.note("mentions"+of, "mention"+of)
		}
		return annotate.Mention{}, false, nil
	}
	span, ok := r.words(span, "mention")
	if !ok || r.tooLong(span) {
		return annotate.Mention{}, false, nil
	}
	out := annotate.Mention{Span: span, Form: annotate.Name, Type: t}
	switch f := annotate.Form(m.Form); f {
	case "", annotate.Name:
	case annotate.Nominal, annotate.Pronoun:
		out.Form = f
	default:
		return out, false, fmt.Errorf("has a mention of the form %q; use name, nominal or pronoun", brief(m.Form))
	}
	out.Origin, err = r.origin(m.Score)
	return out, true, err
}

// longestName is the most code points of a name that can be meant as one.
const longestName = 200

// tooLong reports whether a span is more than a name can be, and counts it.
func (r *reading) tooLong(s articles.Span) bool {
	switch {
	case strings.Contains(s.In(r.text), "\n\n"):
		r.note("mentions that go on in another paragraph", "mention that goes on in another paragraph")
	case r.points.Of(s.End)-r.points.Of(s.Start) > longestName:
		r.note(fmt.Sprintf("mentions of more than %d characters", longestName), fmt.Sprintf("mention of more than %d characters", longestName))
	default:
		return false
	}
	return true
}

// words returns a span without the blanks at its ends; false, and counts what was given, if nothing remains or if it begins or
// ends within a word.
func (r *reading) words(s articles.Span, what string) (articles.Span, bool) {
	words := s.In(r.text)
	s.Start += len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	s.End -= len(words) - len(strings.TrimRightFunc(words, unicode.IsSpace))
	switch {
	case !strings.ContainsFunc(words, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }):
		r.note(what+"s without a letter or digit", what+" without a letter or digit")
	case r.withinWord(s.Start) || r.withinWord(s.End):
		r.note(what+"s that begin or end within a word", what+" that begins or ends within a word")
	default:
		return s, true
	}
	return s, false
}

// unspaced are the scripts that have no blanks between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// withinWord reports whether a byte is between two letters, or before a mark that belongs to the letter before it.
func (r *reading) withinWord(at int) bool {
	before, _ := utf8.DecodeLastRuneInString(r.text[:at])
	after, _ := utf8.DecodeRuneInString(r.text[at:])
	if unicode.IsOneOf(unspaced, before) || unicode.IsOneOf(unspaced, after) {
		return false
	}
	return unicode.IsLetter(before) && unicode.IsLetter(after) || unicode.IsMark(after)
}

// quote returns a quote; false if it is left out.
func (r *reading) quote(q *quote) (annotate.Quote, bool, error) {
	span, err := r.span(q.stretch)
	if err != nil {
		return annotate.Quote{}, false, err
	}
	span, ok := r.words(span, "quote")
	if !ok {
		return annotate.Quote{}, false, nil
	}
	out := annotate.Quote{Span: span}
	switch t := annotate.QuoteType(q.Type); t {
	case annotate.Direct, annotate.Mixed, annotate.Indirect:
		out.Type = t
	case "":
		out.Type = typeOfQuote(span.In(r.text))
	default:
		return out, false, fmt.Errorf("has a quote of the type %q; use direct, mixed or indirect", brief(q.Type))
	}
	for _, part := range []struct {
		from *stretch
		to   *articles.Span
		what string
	}{{q.Speaker, &out.SpeakerMention, "speaker"}, {q.Cue, &out.Cue, "cue"}} {
		if part.from == nil {
			continue
		}
		at, err := r.span(*part.from)
		if err != nil {
			return out, false, err
		}
		if at, ok := r.words(at, part.what); ok {
			*part.to = at
		}
	}
	out.Origin, err = r.origin(q.Score)
	return out, true, err
}

// nested returns quotes in the order of the text, each once, without those that begin in one before and end after it.
func (r *reading) nested(qs []*annotate.Quote) []*annotate.Quote {
	slices.SortStableFunc(qs, func(a, b *annotate.Quote) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	out := qs[:0]
	var open []int // the ends of quotes that the next may be in
	for _, q := range qs {
		for len(open) > 0 && open[len(open)-1] <= q.Start {
			open = open[:len(open)-1]
		}
		switch {
		case len(out) > 0 && out[len(out)-1].Span == q.Span:
			r.note("quotes that were given before", "quote that was given before")
		case len(open) > 0 && open[len(open)-1] < q.End:
			r.note("quotes that cross another", "quote that crosses another")
		default:
			out, open = append(out, q), append(open, q.End)
		}
	}
	slices.SortStableFunc(out, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return out
}

// typeOfQuote tells words in quotation marks from reported speech.
func typeOfQuote(words string) annotate.QuoteType {
	if first, _ := utf8.DecodeRuneInString(words); strings.ContainsRune("\"'“‘«„‚‹", first) {
		return annotate.Direct
	}
	return annotate.Indirect
}

// leastScore is what a score of 0 counts as: 0 itself is that of claims for which none was given.
const leastScore = 1e-4

// origin returns where a claim of the program comes from.
func (r *reading) origin(score *float64) (annotate.Origin, error) {
	o := annotate.Origin{Stage: r.Name, Rule: annotate.Asked}
	if score == nil {
		return o, nil
	}
	if *score < 0 || *score > 1 {
		return o, fmt.Errorf("gives the score %g; a score is a probability, from 0 to 1", *score)
	}
	o.Score = max(*score, leastScore)
	return o, nil
}

// A misplacedError says that a stretch does not have its words.
type misplacedError struct{ what string }

func (e *misplacedError) Error() string { return e.what }

// span returns the bytes of a stretch.
func (r *reading) span(s stretch) (articles.Span, error) {
	start, ok := r.points.Byte(int(s.Start))
	end, ok2 := r.points.Byte(int(s.End))
	if !ok || !ok2 || start >= end {
		return articles.Span{}, &misplacedError{fmt.Sprintf("gives the offsets %d to %d, which are not in the text", s.Start, s.End)}
	}
	out := articles.Span{Start: start, End: end}
	if s.Text != "" && !offsets.SameWords(out.In(r.text), s.Text) {
		return out, &misplacedError{fmt.Sprintf("says that %d to %d is “%s”, but it is “%s”", s.Start, s.End, brief(s.Text), brief(out.In(r.text)))}
	}
	return out, nil
}

// longestModel is how much is kept of what a program calls its model, in code points.
const longestModel = 100

// longestMessage is how much is shown of a message, in code points.
const longestMessage = 300

// brief returns the beginning of words that are shown in a message.
func brief(words string) string { return clipped(words, 40) }

// clipped returns the first n code points of words, as one line.
func clipped(words string, n int) string {
	line := clean.Line(words)
	if short := offsets.First(line, n); len(short) < len(line) {
		return short + "…"
	}
	return line
}

// explain adds to an error about offsets in which unit most would be right.
func (r *reading) explain(a *answer, err error) error {
	var m *misplacedError
	if !errors.As(err, &m) {
		return err
	}
	var all []offsets.Stretch
	for _, x := range *a.Mentions {
		all = append(all, offsets.Stretch{Start: int(x.Start), End: int(x.End), Exact: x.Text})
	}
	best := offsets.UnitOf(r.text, all)
	if best == offsets.CodePoints || best == "" || !offsets.Fits(r.text, best, all) {
		return err
	}
	return fmt.Errorf("%w; its offsets count %s, and must count Unicode code points", err, best)
}

// disjoin leaves out mentions that overlap a longer one before them, and sorts what remains.
func (r *reading) disjoin(g *engine.Given) {
	type place struct{ entity, at int } // entity -1: of those that are not joined
	var all []place
	span := func(p place) annotate.Mention {
		if p.entity < 0 {
			return g.Names[p.at]
		}
		return g.Entities[p.entity].Mentions[p.at]
	}
	for i := range g.Names {
		all = append(all, place{-1, i})
	}
	for i := range g.Entities {
		for k := range g.Entities[i].Mentions {
			all = append(all, place{i, k})
		}
	}
	slices.SortStableFunc(all, func(a, b place) int {
		x, y := span(a), span(b)
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
	names := []annotate.Mention{}
	kept := make([][]annotate.Mention, len(g.Entities))
	var last annotate.Mention
	for _, p := range all {
		m := span(p)
		if m.Start < last.End {
			if m.Span == last.Span && m.Type == last.Type {
				r.note("mentions that were given before", "mention that was given before")
			} else {
				r.note("mentions that overlap another", "mention that overlaps another")
			}
			continue
		}
		last = m
		if p.entity < 0 {
			names = append(names, m)
		} else {
			kept[p.entity] = append(kept[p.entity], m)
		}
	}
	g.Names = names
	for i := range g.Entities {
		g.Entities[i].Mentions = kept[i]
	}
	g.Entities = slices.DeleteFunc(g.Entities, func(e annotate.Entity) bool { return len(e.Mentions) == 0 })
}

package annotator

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format/offsets"
	"byline/articles"
	"byline/articles/clean"
)

// A request asks about one text.
type request struct {
	Byline int     `json:"byline"`
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Lang   string  `json:"lang,omitempty"`
	Blocks []block `json:"blocks"`
}

type block struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
}

// encode returns the request for an article, as a line.
func encode(a *articles.Article) ([]byte, error) {
	points := offsets.NewPoints(a.Text)
	r := request{Byline: version, ID: a.ID, Text: a.Text, Lang: a.Language, Blocks: make([]block, len(a.Blocks))}
	for i, b := range a.Blocks {
		r.Blocks[i] = block{points.Of(b.Start), points.Of(b.End), string(b.Kind)}
	}
	line, err := json.Marshal(r)
	return append(line, '\n'), err
}

// An answer is what a program says of a text.
type answer struct {
	ID       string     `json:"id"`
	Model    string     `json:"model"`
	Error    string     `json:"error"`
	Mentions *[]mention `json:"mentions"`
	Quotes   *[]quote   `json:"quotes"`
}

type mention struct {
	stretch
	Type   string   `json:"type"`
	Form   string   `json:"form"`
	Score  *float64 `json:"score"`
	Entity string   `json:"entity"`
}

type quote struct {
	stretch
	Type    string   `json:"type"`
	Speaker *stretch `json:"speaker"`
	Cue     *stretch `json:"cue"`
	Score   *float64 `json:"score"`
}

// A stretch is a span in code points, with its words if they are given.
type stretch struct {
	Start whole  `json:"start"`
	End   whole  `json:"end"`
	Text  string `json:"text"`
}

// A whole is a whole number, which some languages write as 3.0.
type whole int

// UnmarshalJSON reads a number.
func (w *whole) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, (*int)(w)); err == nil || data[0] == '"' || json.Unmarshal(data, &n) != nil {
		return err
	}
	if short, zeros, _ := strings.Cut(n.String(), "."); strings.Trim(zeros, "0") == "" {
		return json.Unmarshal([]byte(short), (*int)(w))
	}
	return json.Unmarshal(data, (*int)(w))
}

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
		out.Maker += " " + clean.Line(a.Model)
	}
	joined := map[string]int{} // the place of an entity by its name in the answer
	for i := range *a.Mentions {
		m, ok, err := r.mention(&(*a.Mentions)[i])
		if err != nil {
			return engine.Given{}, nil, r.explain(a, err)
		}
		if !ok {
			continue
		}
		key := (*a.Mentions)[i].Entity
		if key == "" {
			out.Names = append(out.Names, m)
			continue
		}
		at, seen := joined[key]
		if !seen {
			at = len(out.Entities)
			joined[key] = at
			out.Entities = append(out.Entities, annotate.Entity{Type: m.Type, Origin: m.Origin})
		}
		e := &out.Entities[at]
		e.Mentions = append(e.Mentions, m)
	}
	r.disjoin(&out)
	if a.Quotes == nil {
		return out, r.notes, nil
	}
	for i := range *a.Quotes {
		q, err := r.quote(&(*a.Quotes)[i])
		if err != nil {
			return engine.Given{}, nil, r.explain(a, err)
		}
		out.Quotes = append(out.Quotes, &q)
	}
	slices.SortStableFunc(out.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return out, r.notes, nil
}

// mention returns a mention; false if its type is left out.
func (r *reading) mention(m *mention) (annotate.Mention, bool, error) {
	span, err := r.span(m.stretch)
	if err != nil {
		return annotate.Mention{}, false, err
	}
	t, said := r.typeOf(m.Type)
	if t == "" {
		if !said {
			r.notes = addNote(r.notes, "mentions of type "+clean.Line(cmp.Or(m.Type, "“”"))+", which the settings do not name")
		}
		return annotate.Mention{}, false, nil
	}
	out := annotate.Mention{Span: span, Form: annotate.Name, Type: t}
	switch f := annotate.Form(m.Form); f {
	case "", annotate.Name:
	case annotate.Nominal, annotate.Pronoun:
		out.Form = f
	default:
		return out, false, fmt.Errorf("has a mention of the form %q; use name, nominal or pronoun", m.Form)
	}
	out.Origin, err = r.origin(m.Score)
	return out, true, err
}

func (r *reading) quote(q *quote) (annotate.Quote, error) {
	span, err := r.span(q.stretch)
	if err != nil {
		return annotate.Quote{}, err
	}
	out := annotate.Quote{Span: span}
	switch t := annotate.QuoteType(q.Type); t {
	case annotate.Direct, annotate.Mixed, annotate.Indirect:
		out.Type = t
	case "":
		out.Type = typeOfQuote(span.In(r.text))
	default:
		return out, fmt.Errorf("has a quote of the type %q; use direct, mixed or indirect", q.Type)
	}
	for _, part := range []struct {
		from *stretch
		to   *articles.Span
	}{{q.Speaker, &out.SpeakerMention}, {q.Cue, &out.Cue}} {
		if part.from == nil {
			continue
		}
		if *part.to, err = r.span(*part.from); err != nil {
			return out, err
		}
	}
	out.Origin, err = r.origin(q.Score)
	return out, err
}

// typeOfQuote tells words in quotation marks from reported speech.
func typeOfQuote(words string) annotate.QuoteType {
	if first, _ := utf8.DecodeRuneInString(words); strings.ContainsRune("\"'“‘«„‚‹", first) {
		return annotate.Direct
	}
	return annotate.Indirect
}

func (r *reading) origin(score *float64) (annotate.Origin, error) {
	o := annotate.Origin{Stage: r.Name, Rule: rule}
	if score == nil {
		return o, nil
	}
	if *score < 0 || *score > 1 {
		return o, fmt.Errorf("gives the score %g; a score is a probability, from 0 to 1", *score)
	}
	o.Score = *score
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
	if best == offsets.CodePoints || best == "" {
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
	end := 0
	for _, p := range all {
		m := span(p)
		if m.Start < end {
			r.notes = addNote(r.notes, "mentions that overlap another")
			continue
		}
		end = m.End
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

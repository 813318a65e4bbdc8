package conll

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/standoff"
	"byline/annotate/format/tokens"
	"byline/articles"
)

// newTreeWriter returns a writer of CoNLL-U (Universal Dependencies v2) with the entities of CorefUD 1.x
// in the column MISC: Entity=(e1-person-1-name- … e1). Words have no analysis but a tree
// that validates: the first word is the root, and all others depend on it. White space
// other than a space between tokens is in SpaceAfter and SpacesAfter, so that the text
// can be restored. Quotes are in MISC too: Quote=q1-direct-e1+e2 at the start, with the
// speakers, QuoteEnd at the end, Cue at the verb that introduces it, SpeakerMention at the words that name its speaker. What a person
// rejected is left out.
//
// The entities and quotes of the second document of a file are d2e1, d2q1 and so on, since CorefUD's IDs hold
// over the whole file. Types that CorefUD does not know are "other", with their own name behind the origin.
func newTreeWriter(w io.Writer, o format.Options) format.Writer { return &treeWriter{w: w, Options: o} }

type treeWriter struct {
	w io.Writer
	format.Options
	docs int
}

func (w *treeWriter) Close() error { return nil }

func (w *treeWriter) Write(d *format.Document) error {
	w.docs++
	c := newTrees(d, w.docs, w.Options)
	b := bufio.NewWriter(w.w)
	fmt.Fprintf(b, "# newdoc id = %s\n# global.Entity = eid-etype-head-other\n", oneWord(cmp.Or(d.ID, "article")))
	if d.Title != "" {
		fmt.Fprintf(b, "# meta title = %s\n", escape.Line(d.Title))
	}
	if d.Source != "" && d.Source != d.Address() {
		fmt.Fprintf(b, "# meta source = %s\n", escape.Line(d.Source))
	}
	standoff.CreditsOf(d.Article).Each(func(name, value string) { fmt.Fprintf(b, "# meta %s = %s\n", name, escape.Line(value)) })
	for n := range c.Sentences() {
		s, end := c.Sentence(n), len(d.Text)
		if s.End < c.Len() {
			end = c.At(s.End).Start
		}
		fmt.Fprintf(b, "# sent_id = %s-%d\n# text = %s\n", oneWord(cmp.Or(d.ID, "article")), n+1, collapseBlanks(d.Text[c.At(s.First).Start:c.At(s.End-1).End]))
		for at := s.First; at < s.End; at++ {
			token := c.At(at)
			after := d.Text[token.End:end]
			if at+1 < s.End {
				after = d.Text[token.End:c.At(at+1).Start]
			}
			before := ""
			if at == 0 {
				before = d.Text[:token.Start]
			}
			head, rel := 1, "dep"
			if at == s.First {
				head, rel = 0, "root"
			}
			fmt.Fprintf(b, "%d\t%s\t_\tX\t_\t_\t%d\t%s\t_\t%s\n", at-s.First+1, token.In(d.Text), head, rel, c.miscColumn(at, before, after, at+1 == s.End))
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// collapseBlanks replaces each run of white space with one space, as "# text" of UD has
// it.
func collapseBlanks(s string) string {
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
}

// oneWord returns s with underscores for white space.
func oneWord(s string) string { return strings.Join(strings.Fields(s), "_") }

// trees are the tokens of a document with the attributes in their column MISC.
type trees struct {
	*tokens.Sequence
	d           *format.Document
	prefix      string           // of the IDs of entities and quotes
	opens       map[int][]string // by token, as all that follow
	closes      map[int][]string
	singles     map[int][]string
	quoteBegins map[int][]string
	quoteEnds   map[int][]string
	cues        map[int][]string
	named       map[int][]string
}

func newTrees(d *format.Document, n int, o format.Options) *trees {
	var spans []articles.Span
	for i := range d.Layer.Entities {
		for _, m := range d.Layer.Entities[i].Mentions {
			if standoff.Alive(m) {
				spans = append(spans, m.Span)
			}
		}
	}
	for _, q := range d.Layer.Quotes {
		if q.State != annotate.Rejected {
			spans = append(spans, q.Span)
			for _, part := range []articles.Span{q.Cue, q.SpeakerMention} {
				if !part.Empty() {
					spans = append(spans, part)
				}
			}
		}
	}
	c := &trees{Sequence: tokens.Split(d, spans), d: d, opens: map[int][]string{}, closes: map[int][]string{}, singles: map[int][]string{},
		quoteBegins: map[int][]string{}, quoteEnds: map[int][]string{}, cues: map[int][]string{}, named: map[int][]string{}}
	if n > 1 {
		c.prefix = fmt.Sprintf("d%d", n)
	}
	c.entities(o.Loss)
	c.quotes(o.Loss)
	standoff.CountDeciders(d, o.Loss)
	o.Loss.Add(len(d.Layer.Remarks), "notes and tags: not part of CoNLL-U")
	return c
}

// A bracket is a mention as a range of tokens.
type bracket struct {
	annotate.Range
	entity int
	open   string
	id     string
}

// entities adds the brackets of mentions. Of those that start at one token the longest
// opens first; of those that end at one token the last to open closes first.
func (c *trees) entities(loss *format.Loss) {
	var all []bracket
	held := map[annotate.Range]int{} // entities, by the words of a mention
	for i := range c.d.Layer.Entities {
		e := &c.d.Layer.Entities[i]
		c.countEntity(e, loss)
		taken := -1 // the end of the entity's mentions so far, in tokens
		for _, m := range e.Mentions {
			if !standoff.Alive(m) {
				continue
			}
			r, ok := c.Range(m.Span)
			switch {
			case !ok || c.SentenceOf(r.First) != c.SentenceOf(r.End-1):
				loss.Add(1, "mentions across sentence ends: trees end there")
			case r.First < taken:
				loss.Add(1, "mentions that overlap another of the same entity: their brackets could not be told apart")
			case held[r] > 0 && held[r] != i+1:
				loss.Add(1, "mentions of the same words as one of another entity: CorefUD has one of them")
			default:
				taken, held[r] = r.End, i+1
				all = append(all, bracket{r, i, fmt.Sprintf("(%s-%s-%d-%s", c.entityID(i), coreType(e.Type), r.End-r.First, formatOther(c.d, e.Type, &m)), c.entityID(i)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b bracket) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.End, a.End)) })
	for _, k := range all {
		if k.End == k.First+1 {
			c.singles[k.First] = append(c.singles[k.First], k.open+")")
			continue
		}
		c.opens[k.First] = append(c.opens[k.First], k.open)
	}
	slices.SortStableFunc(all, func(a, b bracket) int { return cmp.Compare(b.First, a.First) })
	for _, k := range all {
		if k.End > k.First+1 {
			c.closes[k.End-1] = append(c.closes[k.End-1], k.id+")")
		}
	}
}

// countEntity counts what the format cannot say of an entity.
func (c *trees) countEntity(e *annotate.Entity, loss *format.Loss) {
	if e.Name != standoff.LongestName(e, c.Text) && slices.ContainsFunc(e.Mentions, standoff.Alive) {
		loss.Add(1, "renamed entities: the format has only mentions")
	}
	if label := c.d.Label(e.Type, func(t annotate.Type) string { return string(t) }); standoff.TypeSpelled(field(label)) != e.Type {
		loss.AddSuch("entities of a type with characters that the format uses otherwise", string(e.Type))
	}
}

func (c *trees) entityID(i int) string { return fmt.Sprintf("%se%d", c.prefix, i+1) }

// coreTypes are the types of entities that CorefUD's validator knows.
var coreTypes = []string{"person", "place", "organization", "animal", "plant", "object", "substance", "time", "number", "abstract", "event", "other"}

// coreType returns a type as CorefUD has it.
func coreType(t annotate.Type) string {
	if slices.Contains(coreTypes, string(t)) {
		return string(t)
	}
	return string(annotate.Other)
}

// field returns s without the characters that separate fields in brackets and MISC.
func field(s string) string {
	return cmp.Or(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-()|[]=,%:", r) {
			return '_'
		}
		return r
	}, s), "_")
}

// formatOther returns the field "other" of a mention: its form, who made it, the score of a machine, and
// its label if that is not the type that CorefUD has.
func formatOther(d *format.Document, t annotate.Type, m *annotate.Mention) string {
	origin, score := standoff.By(m.State, m.Origin).Words()
	if origin != standoff.Machine {
		score = ""
	}
	own := ""
	if label := d.Label(t, func(t annotate.Type) string { return string(t) }); coreType(t) != label {
		own = field(label)
	}
	return strings.TrimRight(strings.Join([]string{string(m.Form), origin, score, own}, ":"), ":")
}

func (c *trees) quotes(loss *format.Loss) {
	ids := map[string]string{}
	for i := range c.d.Layer.Entities {
		ids[c.d.Layer.Entities[i].ID] = c.entityID(i)
	}
	for i := range c.d.Layer.Quotes {
		q := c.d.Layer.Quotes[i]
		if q.State == annotate.Rejected {
			continue
		}
		r, ok := c.Range(q.Span)
		if !ok {
			loss.Add(1, "quotes that start or end outside a token")
			continue
		}
		id := fmt.Sprintf("%sq%d", c.prefix, i+1)
		var says []string
		speakers := standoff.Speakers(c.d.Layer, q, c.Text)
		for _, s := range speakers {
			says = append(says, ids[s.ID])
		}
		origin, score := standoff.By(q.State, q.Origin).Words()
		begin := strings.Join([]string{id, string(q.Type), strings.Join(says, "+"), origin}, "-")
		if origin == standoff.Machine {
			begin += "-" + score
		}
		c.quoteBegins[r.First] = append(c.quoteBegins[r.First], begin)
		c.quoteEnds[r.End-1] = append(c.quoteEnds[r.End-1], id)
		c.part(c.cues, id, q.Cue, loss)
		c.part(c.named, id, standoff.SpeakerPlace(q, speakers), loss)
	}
}

// part marks the tokens of a part of the quote with an ID, unless it is empty.
func (c *trees) part(at map[int][]string, id string, s articles.Span, loss *format.Loss) {
	if s.Empty() {
		return
	}
	r, ok := c.Range(s)
	if !ok {
		loss.Add(1, "cues and places of speakers that start or end outside a token")
		return
	}
	for t := r.First; t < r.End; t++ {
		at[t] = append(at[t], id)
	}
}

// miscColumn returns the last column of a token.
func (c *trees) miscColumn(at int, before, after string, last bool) string {
	var out []string
	// A closing bracket comes before an opening one, except that a mention of one word
	// comes before the end of what it is in.
	entity := strings.Join(c.closes[at], "") + strings.Join(c.opens[at], "") + strings.Join(c.singles[at], "")
	if len(c.opens[at]) == 0 {
		entity = strings.Join(c.singles[at], "") + strings.Join(c.closes[at], "")
	}
	for _, f := range []struct{ name, value string }{
		{"Cue", strings.Join(c.cues[at], ",")}, {"Entity", entity},
		{"Quote", strings.Join(c.quoteBegins[at], ",")}, {"QuoteEnd", strings.Join(c.quoteEnds[at], ",")},
		{"SpeakerMention", strings.Join(c.named[at], ",")},
	} {
		if f.value != "" {
			out = append(out, f.name+"="+f.value)
		}
	}
	switch {
	case after == "" && !last:
		out = append(out, "SpaceAfter=No")
	case after != " " || last:
		out = append(out, "SpacesAfter="+spaces(after))
	}
	if before != "" {
		out = append(out, "SpacesBefore="+spaces(before))
	}
	return cmp.Or(strings.Join(out, "|"), "_")
}

// spaces escapes white space as UD does. Characters for which UD has no escape are
// written as \uXXXX.
func spaces(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch r {
		case ' ':
			b.WriteString(`\s`)
		case '\n':
			b.WriteString(`\n`)
		case '\t':
			b.WriteString(`\t`)
		case '\r':
			b.WriteString(`\r`)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	return cmp.Or(b.String(), `\e`) // nothing
}

package adjudicate

import (
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// A saying is how an answer is put into words.
type saying uint8

const (
	own    saying = iota // as an annotator has it
	shared               // what several have alike, whose entities may have other names
	told                 // with what sets it apart from one that reads the same
	placed               // with where that is in the text as well
)

// What is said of what nobody marked, and of an entity that is no other.
const (
	notMarked = "not marked"
	noQuote   = "no quote"
	notNamed  = "not named before: "
)

// sayAll puts the answers of sides into words: one text for all who answer alike, and no two that are the same.
func sayAll(sides [][]int, says func(who []int, how saying) string) []string {
	out := make([]string, len(sides))
	for k, side := range sides {
		out[k] = says(side[:1], own)
		if slices.ContainsFunc(side[1:], func(i int) bool { return says([]int{i}, own) != out[k] }) {
			out[k] = says(side, shared)
		}
	}
	for _, how := range []saying{told, placed} {
		read := slices.Clone(out)
		for k, side := range sides {
			if slices.Index(read, read[k]) != k || slices.Contains(read[k+1:], read[k]) {
				out[k] = says(side, how)
			}
		}
	}
	return out
}

// Sayings put what annotators marked in a text into words.
type sayings struct {
	*table
	text string
}

func (c *Case) says() sayings { return sayings{c.table, c.Text} }

// alone says that a group is an entity of its own.
func (t sayings) alone(typ annotate.Type) string { return notNamed + string(typ) }

// same says that something is the same as a group.
func (t sayings) same(g int32, how saying) string {
	says := "the same as " + t.groupName(g)
	if how == placed {
		says += t.where(t.mentions.list[t.groups[g].sites[0]].Span)
	}
	return says
}

// where says in which words of the text s is.
func (t sayings) where(s articles.Span) string {
	before, words, after := Around(t.text, s, 20)
	return ", in “" + oneLine(before+"["+words+"]"+after) + "”"
}

// groupName returns the fullest name of a group in the text.
func (t sayings) groupName(g int32) string {
	return t.nameAt(t.groups[g].sites)
}

// nameAt returns the fullest name of an entity that is mentioned at sites.
func (t sayings) nameAt(sites []int32) string {
	e := annotate.Entity{}
	for _, i := range sites {
		s := &t.mentions.list[i]
		e.Mentions = append(e.Mentions, annotate.Mention{Span: s.Span, Form: s.m[s.first()].Form})
	}
	return nameOf(t.text, &e)
}

// nodeSites returns the sites of a node, as indices.
func (t sayings) nodeSites(n int32) (out []int32) {
	for i := range t.mentions.list {
		if t.root(t.mentions.list[i].node) == n {
			out = append(out, int32(i))
		}
	}
	return out
}

// called returns what an annotator calls an entity.
func (t *table) called(who int, e int32) string {
	return oneLine(t.readings[who].Entities[e].Name)
}

// marked says what annotators marked in a place; with ends, on which words.
func (t sayings) marked(k annotate.Kind, who []int, ms []*site, ends bool, how saying) string {
	var parts []string
	for _, s := range ms {
		words := ""
		if ends {
			words = t.words(k, s.Span, how) + ", "
		}
		if k == annotate.OfQuote {
			parts = append(parts, words+t.quote(who, s, how))
			continue
		}
		parts = append(parts, words+t.name(who, s, how))
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, "; ")
	case k == annotate.OfQuote:
		return noQuote
	}
	return notMarked
}

// words says which words are marked: without quotation marks of their own, which are said where nothing else may set answers apart.
func (t sayings) words(k annotate.Kind, s articles.Span, how saying) string {
	const marks = "“”\""
	in := oneLine(s.In(t.text))
	say := "“" + strings.Trim(in, marks) + "”"
	if how < told {
		return say
	}
	before, after := strings.TrimLeft(in, marks) != in, strings.TrimRight(in, marks) != in
	switch {
	case before && after:
		say += " with both quotation marks"
	case before:
		say += " with the quotation mark before"
	case after:
		say += " with the quotation mark after"
	case k == annotate.OfQuote:
		say += " without quotation marks"
	}
	return say
}

// name says what is marked as a name: its type and, if it has another name than the words, whose it is.
func (t sayings) name(who []int, s *site, how saying) string {
	e := s.of[who[0]]
	say, name := string(t.typeOf(who[0], e)), t.called(who[0], e)
	if how != own {
		name = ""
		switch g := t.firstOf(who[0], e); {
		case g >= 0 && how >= told:
			return say + ", " + t.same(g, how)
		case g >= 0:
			name = t.groupName(g)
		case how >= told:
			return say + t.also(who, s, how)
		}
	}
	if name != "" && name != oneLine(s.In(t.text)) {
		say += ", " + name
	}
	return say
}

// also says which other mentions there are of the entities that annotators have at s.
func (t sayings) also(who []int, s *site, how saying) string {
	says, n := "", 0
	for i := range t.mentions.list {
		x := &t.mentions.list[i]
		if x == s || !slices.ContainsFunc(who, func(w int) bool { return x.of[w] >= 0 && x.of[w] == s.of[w] }) {
			continue
		}
		says += t.where(x.Span)
		n++
	}
	switch {
	case n == 0:
		return ""
	case how == placed:
		return ", the same as" + strings.TrimPrefix(says, ",")
	case n == 1:
		return ", with 1 other mention"
	}
	return fmt.Sprintf(", with %d other mentions", n)
}

// quote says what is marked as a quote.
func (t sayings) quote(who []int, s *site, how saying) string {
	q := t.quoteOf(who[0], s.of[who[0]])
	say := string(q.Type) + ", said by " + t.by(who, s, how)
	if how >= told {
		say += ", " + t.cue(q, how)
	}
	return say
}

// by says who says the quote at s.
func (t sayings) by(who []int, s *site, how saying) string {
	var names []string
	if how == own {
		for _, e := range t.speakers(who[0], t.quoteOf(who[0], s.of[who[0]])) {
			names = append(names, t.called(who[0], e))
		}
	} else {
		for _, n := range t.alikeSpeakers(who, s) {
			at := t.nodeSites(n)
			name := t.nameAt(at)
			if how == placed {
				name += t.where(t.mentions.list[at[0]].Span)
			}
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "nobody"
	}
	return annotate.JoinNames(names)
}

func (t sayings) cue(q *annotate.Quote, how saying) string {
	switch {
	case q.Cue.Empty():
		return "no verb"
	case how == placed:
		return "“" + oneLine(q.Cue.In(t.text)) + "”" + t.where(q.Cue)
	}
	return "“" + oneLine(q.Cue.In(t.text)) + "”"
}

package main_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/format/standoff"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/samples"
)

// TestDecidedSet exports some 600 decisions of all kinds over several articles in each format, imports them beside what
// the engine makes of the articles anew, and prints what of them is lost, made up, and counted by the format.
func TestDecidedSet(t *testing.T) {
	t.Parallel()
	set, machine := decidedSet(t, 610)
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "format\tlost\tmade up\tcounted\tnot counted")
	for _, f := range formats.Readable() {
		if f.NewWriter == nil {
			continue
		}
		lost, madeUp, counted, silent := 0, 0, 0, 0
		for i, d := range set {
			loss := &format.Loss{}
			back := readBack(t, f, d, loss)
			gone, others := differences(d, machine[i], adopted(d.Article, machine[i], back))
			lost, madeUp, counted = lost+len(gone), madeUp+len(others), counted+loss.Total()
			if more := uncounted(gone, others, loss); len(more) > 0 {
				silent += len(more)
				t.Errorf("%s: %s: not counted:\n%s\ngone:\n%s\nmade up:\n%s\ncounted: %q\n", f.Name, d.Title, strings.Join(more, "\n"), strings.Join(gone, "\n"), strings.Join(others, "\n"), loss.Lines())
			}
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\n", f.Name, lost, madeUp, counted, silent)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + table.String())
}

// decidedSet returns articles with so many decisions, of all verbs but rare ones, and what the engine makes of each.
func decidedSet(t *testing.T, decisions int) (set []*format.Document, machine []*annotate.Layer) {
	t.Helper()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	verbs := map[annotate.Verb]int{}
	n := 0
	for i := 0; n < decisions && i < 10*len(all); i++ {
		a := all[i%len(all)]
		l := e.Annotate(a.Text, a.Blocks)
		d := decidedInTurn(a, l, 7*i, decisions-n)
		for k := range d.Log {
			verbs[d.Log[k].Verb]++
		}
		n += len(d.Log)
		set, machine = append(set, d), append(machine, l)
	}
	t.Logf("%d articles, %d decisions: %v", len(set), n, verbs)
	if n < decisions-10 || len(verbs) < 14 {
		t.Fatalf("%d decisions of %d verbs are too few", n, len(verbs))
	}
	return set, machine
}

// reasons are what a loss has to speak of where facts of a kind are gone or made up.
var reasons = []struct{ fact, words *regexp.Regexp }{
	{regexp.MustCompile(`^decider `), regexp.MustCompile(`whose they are|user names`)},
	{regexp.MustCompile(`^rejected `), regexp.MustCompile(`rejected`)},
	{regexp.MustCompile(`^(mention|quote|passage) \S+ \S+ "`), regexp.MustCompile(`notes|tags|highlights`)},
	{regexp.MustCompile(`^(name|one) `), regexp.MustCompile(`names|mentions|suggestions|entities|labels`)},
	{regexp.MustCompile(`^quote .* by `), regexp.MustCompile(`quotes|speakers|mentions|entities`)},
	{regexp.MustCompile(`^quote .* cue `), regexp.MustCompile(`quotes|cues`)},
	{regexp.MustCompile(`^quote `), regexp.MustCompile(`quotes`)},
}

// uncounted are those of the facts that are gone or made up of which no loss speaks, and those of either that are more
// than all losses.
func uncounted(gone, others []string, loss *format.Loss) []string {
	said := strings.Join(loss.Lines(), "\n")
	var out []string
	for _, facts := range [][]string{gone, others} {
		out = append(out, facts[min(loss.Total(), len(facts)):]...)
		for _, fact := range facts[:min(loss.Total(), len(facts))] {
			k := slices.IndexFunc(reasons, func(r struct{ fact, words *regexp.Regexp }) bool { return r.fact.MatchString(fact) })
			if k < 0 || !reasons[k].words.MatchString(said) {
				out = append(out, fact)
			}
		}
	}
	return out
}

// differences are the facts of d that are not in got, and those of got that are not in d. What somebody added and took back
// is no such fact: there is nothing that a machine may suggest again.
func differences(d *format.Document, machine, got *annotate.Layer) (gone, others []string) {
	want, wantAny := decidedFacts(d.Text, d.Layer)
	have, haveAny := decidedFacts(d.Text, got)
	gone = without(want, haveAny)
	quotes := map[string]bool{} // that are gone: they are counted without their cues and speakers
	for _, fact := range gone {
		if m := quoteFact.FindStringSubmatch(fact); m != nil {
			quotes[m[1]] = true
		}
	}
	suggested := map[string]bool{}
	for c := range machine.Claims() {
		suggested[fmt.Sprintf("rejected %s %v", map[annotate.Kind]string{annotate.OfMention: "name", annotate.OfQuote: "quote"}[c.Kind], c.Span)] = true
	}
	gone = slices.DeleteFunc(gone, func(fact string) bool {
		m := partFact.FindStringSubmatch(fact)
		return m != nil && quotes[m[1]] || strings.HasPrefix(fact, "rejected ") && !suggested[fact]
	})
	return gone, without(have, wantAny)
}

var (
	quoteFact = regexp.MustCompile(`^quote (\{\d+ \d+\}) (?:direct|mixed|indirect)$`)
	partFact  = regexp.MustCompile(`^quote (\{\d+ \d+\}) (?:by |\w+ with the cue )`)
)

// decidedFacts are the facts of people, the words that introduce their quotes among them.
func decidedFacts(text string, l *annotate.Layer) (facts, possible map[string]int) {
	facts, possible = humanFacts(text, l)
	for _, q := range l.Quotes {
		if q.State != annotate.Rejected && (q.State == annotate.Confirmed || q.Origin.Human) {
			k := fmt.Sprintf("quote %v %s with the cue %v", q.Span, q.Type, q.Cue)
			facts[k]++
			possible[k]++
		}
	}
	return facts, possible
}

// decidedInTurn decides on the claims of l in 40 turns from the turn at on, but not much more than most times.
func decidedInTurn(a *articles.Article, l *annotate.Layer, at, most int) *format.Document {
	now := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	n := 0
	sign := review.Signature{Who: "ann", NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}
	var log []annotate.Decision
	shown := review.Apply(a.Text, l, nil)
	for i := range 40 {
		if len(log) >= most {
			break
		}
		now = now.Add(time.Minute)
		sign.Now = now
		pen := review.Writer{Text: a.Text, Shown: &shown, Signature: sign}
		if c, ok := (&turn{a, shown.Layer, at + i}).edit(); ok {
			log = append(log, pen.Write(c)...)
			shown = review.Apply(a.Text, l, log)
		}
	}
	return &format.Document{Article: a, Layer: shown.Layer, Log: log, Who: "ann"}
}

// A turn is the n-th decision on an article.
type turn struct {
	a *articles.Article
	l *annotate.Layer
	n int
}

// mention returns the k-th living mention, counted around.
func (t *turn) mention(k int) articles.Span {
	var all []articles.Span
	for i := range t.l.Entities {
		for _, m := range t.l.Entities[i].Mentions {
			if standoff.Alive(m) {
				all = append(all, m.Span)
			}
		}
	}
	if len(all) == 0 {
		return articles.Span{}
	}
	return all[k%len(all)]
}

// quote returns the k-th quote, counted around.
func (t *turn) quote(k int) articles.Span {
	if len(t.l.Quotes) == 0 {
		return articles.Span{}
	}
	return t.l.Quotes[k%len(t.l.Quotes)].Span
}

// words returns the k-th line of text that is no quote's.
func (t *turn) words(k int) articles.Span {
	var all []articles.Span
	for _, b := range t.a.Blocks {
		if !slices.ContainsFunc(t.l.Quotes, func(q *annotate.Quote) bool { return q.Start < b.End && b.Start < q.End }) && b.End-b.Start > 10 {
			all = append(all, b.Span)
		}
	}
	if len(all) == 0 {
		return articles.Span{}
	}
	return all[k%len(all)]
}

// edit returns the decision of the turn. There is none if the article has nothing to decide on.
func (t *turn) edit() (c review.Edit, ok bool) {
	switch remarks := t.l.Remarks; {
	case t.n%23 == 0:
		c.Verb = annotate.Undo
		return c, true
	case t.n%19 == 0 && len(remarks) > 0:
		last := remarks[len(remarks)-1]
		c.Verb, c.Targets = annotate.Erase, []review.Target{{Kind: last.Kind, Span: last.Span}}
		return c, true
	}
	kinds := []func(*review.Edit) annotate.Kind{t.onName, t.onQuote, t.onPassage, t.onName, t.onQuote}
	k := kinds[t.n%len(kinds)](&c)
	c.Targets = []review.Target{{Kind: k, Span: c.Targets[0].Span}}
	return c, !c.Targets[0].Empty()
}

// after returns the word after an offset.
func (t *turn) after(at int) articles.Span {
	rest := t.a.Text[at:]
	for word := range strings.FieldsSeq(rest) {
		i := at + strings.Index(rest, word)
		return articles.Span{Start: i, End: i + len(word)}
	}
	return articles.Span{}
}

func (t *turn) onName(c *review.Edit) annotate.Kind {
	at := t.mention(3 * t.n)
	c.Targets = []review.Target{{Span: at}}
	c.Verb = []annotate.Verb{annotate.Confirm, annotate.Merge, annotate.Reject, annotate.Relabel, annotate.Split, annotate.Rename,
		annotate.Respan, annotate.Note, annotate.Tag, annotate.Confirm, annotate.Add}[t.n*7/5%11]
	c.To = t.mention(3*t.n + 4)
	switch c.Verb {
	case annotate.Relabel:
		c.Value, c.Here = []string{"person", "place", "weapon", "organization"}[t.n%4], t.n%2 == 0
	case annotate.Rename:
		c.Value = "The “Other” Name"
	case annotate.Note:
		c.Value = "see <the> files, page 4"
	case annotate.Tag:
		c.Value = []string{"question", "check it"}[t.n%2]
	case annotate.Respan:
		c.To = articles.Span{Start: at.Start, End: at.Start + len(strings.Fields(at.In(t.a.Text) + " x")[0])}
	case annotate.Add:
		c.Value, c.Here = "ship", true
		line := t.words(t.n)
		c.Targets[0].Span = articles.Span{Start: line.Start, End: line.Start + len(strings.Fields(line.In(t.a.Text) + " x")[0])}
	}
	return annotate.OfMention
}

func (t *turn) onQuote(c *review.Edit) annotate.Kind {
	c.Targets = []review.Target{{Span: t.quote(t.n)}}
	switch t.n * 3 / 5 % 9 {
	case 0:
		c.Verb = annotate.Confirm
	case 1:
		c.Verb, c.To = annotate.Attribute, t.mention(t.n)
	case 2:
		c.Verb, c.To, c.Also = annotate.Attribute, t.mention(t.n), []articles.Span{t.mention(t.n + 5), t.mention(t.n + 11)}
	case 3:
		c.Verb = annotate.Attribute // nobody
	case 4:
		c.Verb, c.Value = annotate.Add, string(annotate.Indirect)
		c.Targets[0].Span = t.words(t.n)
	case 5:
		c.Verb, c.Value = annotate.Tag, "question"
	case 6:
		c.Verb, c.Value = annotate.Note, "who\nelse?"
	case 7:
		c.Verb = annotate.Reject
	case 8:
		c.Verb, c.To = annotate.Cue, t.after(c.Targets[0].End)
	}
	return annotate.OfQuote
}

func (t *turn) onPassage(c *review.Edit) annotate.Kind {
	c.Verb, c.Value = annotate.Note, "a point of its own"
	if t.n%2 == 0 {
		c.Verb, c.Value = annotate.Tag, annotate.Highlight
	}
	line := t.words(t.n)
	c.Targets = []review.Target{{Span: articles.Span{Start: line.Start, End: max(line.Start, line.End-3)}}}
	return annotate.OfPassage
}

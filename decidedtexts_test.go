package main_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
)

// oddTexts have what texts of news seldom do: letters beyond the first plane and of two code points, quotes in quotes and
// over paragraphs, names inside of names, lines that look like what formats are made of.
var oddTexts = []string{
	"The 🗞 Courier of Orrin Bay\n\n“She told me, ‘Sell the 🗞 Courier, Zoë Ade\u0301,’ and I did,” Marta Quill said.\nThe Bank of Orrin Bay’s chief, Tom Ferris, said: “No; never.”\n\n- Item one | two\n- #Text=Lund\n\n“I wrote that\n\n“and that,” Quill wrote. 👩‍👩‍👧 agreed.",
	"𝔄nn 𝔏ee and 日本 Press\n\n„Nein“, sagte 𝔏ee. «Oui», dit Bo Ek de l’Université de Lund.\n“<b>Bold</b> & plain [sic],” \\n wrote J. P. O’Hara_Smith.\n\nEk — of Lund — asked, “Who said ‘yes’ to “maybe”?”\nT1\tPerson 0 3\tAnn\n# newdoc id = x\n“=SUM(A1),” 🙂 Ek typed.",
	"Vice\u00a0President Ana\u00a0María Núñez\tand the  Ministry of Trade of Peru  met.\n\n“We agreed,” she said, “on all: ‘all of it’.” Núñez’s aide, Li Wei, added “nothing.”\r\nThe Peruvian Ministry\u2028of Trade; Núñez; Li. مرحبا said عمر: “نعم”.\n\n“One.” “Two.” “Three,” Li counted.",
	"A\n\nB said C. “D.” E, F and G said “H.” 😀😀 said “😀.”\n\nI said J.",
}

// TestDecidedTexts is TestDecidedSet for decisions of several people, drawn by chance, on texts of another kind with what
// a machine of no sense suggests in them: names in names, quotes that overlap. All articles go into one file, where the
// format has several in one.
func TestDecidedTexts(t *testing.T) {
	t.Parallel()
	var set []*format.Document
	var machine []*annotate.Layer
	n := 0
	for i, text := range slices.Repeat(oddTexts, 3) {
		d, l := decidedByChance(uint64(i), text)
		if err := d.Layer.Check(d.Text); err != nil {
			t.Fatal(err)
		}
		n += len(d.Log)
		set, machine = append(set, d), append(machine, l)
	}
	t.Logf("%d articles, %d decisions", len(set), n)
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "format\tlost\tmade up\tcounted\tnot counted")
	for _, f := range formats.Readable() {
		if f.NewWriter == nil {
			continue
		}
		lost, madeUp, counted, silent := 0, 0, 0, 0
		for from := 0; from < len(set); from += len(oddTexts) {
			part, of := set[from:from+len(oddTexts)], machine[from:from+len(oddTexts)]
			loss := &format.Loss{}
			back := togetherBack(t, f, part, loss)
			var gone, others []string
			for i, d := range part {
				got, log := importedTo(d, of[i], back)
				g, o := differences(d, of[i], got)
				g = append(g, otherDeciders(d, &format.Document{Article: d.Article, Layer: got, Log: log})...)
				gone, others = append(gone, factsOf(d, g)...), append(others, factsOf(d, o)...)
			}
			lost, madeUp, counted = lost+len(gone), madeUp+len(others), counted+loss.Total()
			if more := uncounted(gone, others, loss); len(more) > 0 {
				silent += len(more)
				t.Errorf("%s: not counted:\n%s\ngone:\n%s\nmade up:\n%s\ncounted: %q\n", f.Name, strings.Join(more, "\n"), strings.Join(gone, "\n"), strings.Join(others, "\n"), loss.Lines())
			}
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\n", f.Name, lost, madeUp, counted, silent)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + table.String())
}

// otherDeciders lists the claims that people stand behind in both documents, but in got somebody else does.
func otherDeciders(want, got *format.Document) []string {
	who := func(d *format.Document) map[string]string {
		x, out := d.Deciders(), map[string]string{}
		for c := range d.Layer.Claims() {
			if by := standoff.By(c.State, c.Origin); c.State != annotate.Rejected && !by.IsMachine() {
				out[fmt.Sprint(c.Kind, " ", c.Span)] = standoff.DeciderOf(x, c.Kind, c.Span, by)
			}
		}
		return out
	}
	var out []string
	have := who(got)
	for claim, name := range who(want) {
		if is, ok := have[claim]; ok && is != name {
			out = append(out, fmt.Sprintf("decider of %s is %s, was %s", claim, is, name))
		}
	}
	slices.Sort(out)
	return out
}

// factsOf adds to facts which article they are of, behind them.
func factsOf(d *format.Document, facts []string) []string {
	out := slices.Clone(facts)
	for i := range out {
		out[i] += " of " + d.ID
	}
	return out
}

// togetherBack returns what f reads of what it writes of documents, in one file if it has several in one.
func togetherBack(t *testing.T, f *format.Format, ds []*format.Document, loss *format.Loss) []*format.Document {
	t.Helper()
	if f.Apart {
		var out []*format.Document
		for _, d := range ds {
			out = append(out, readBack(t, f, d, loss)...)
		}
		return out
	}
	files := formattest.Folder{}
	var b bytes.Buffer
	w := f.Begin(&b, format.Options{Loss: loss})
	for _, d := range ds {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files["d"+f.Extension] = b.Bytes()
	for _, c := range f.Beside {
		files[cmp.Or(c.Name, "d"+c.Extension)] = formattest.WriteBeside(t, c, nil, ds...)
	}
	return files.Read(t, f, loss, []string{"d" + f.Extension}, ds...)
}

// importedTo is the layer of d after those of the documents were imported that are about its text, and the log of that.
func importedTo(d *format.Document, machine *annotate.Layer, docs []*format.Document) (*annotate.Layer, []annotate.Decision) {
	n := 0
	var log []annotate.Decision
	for _, x := range docs {
		if x.Text != d.Text && !review.Alike(x.Text, d.Text) {
			continue
		}
		if log = append(log, x.Log...); x.Log != nil {
			continue
		}
		sign := review.Signature{Who: cmp.Or(x.Who, "file"), NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}
		l, _ := review.Carry(x.Layer, x.Text, d.Text)
		more, _ := review.Adopt(d.Text, machine, review.Reading{Layer: l, Attributed: x.Own}, sign)
		log = append(log, more...)
	}
	return review.Apply(d.Text, machine, log).Layer, log
}

// A chance draws what a machine suggests in a text, and what people decide on that.
type chance struct {
	*rand.Rand
	text  string
	words []articles.Span
}

// decidedByChance returns an article of text with decisions of three people, and what they decided on.
func decidedByChance(seed uint64, text string) (*format.Document, *annotate.Layer) {
	text = clean.String(fmt.Sprintf("%s\n\nEnd of story %d.", text, seed))
	c := &chance{rand.New(rand.NewPCG(seed, 20)), text, nil}
	at := 0
	for word := range strings.FieldsSeq(text) {
		at += strings.Index(text[at:], word)
		trimmed := strings.Trim(word, "“”‘’.,:;„«»?")
		if i := strings.Index(word, trimmed); trimmed != "" {
			c.words = append(c.words, articles.Span{Start: at + i, End: at + i + len(trimmed)})
		}
		at += len(word)
	}
	a := standoff.Article("Story "+fmt.Sprint(seed), text)
	a.Source = fmt.Sprintf("https://wire.example/%d", seed)
	machine := c.machine()
	var log []annotate.Decision
	now, n := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC), 0
	shown := review.Apply(text, machine, nil)
	for range 60 {
		now = now.Add(time.Minute)
		sign := review.Signature{Who: []string{"ann", "ben", "Zoë Ünal"}[c.IntN(3)], Now: now, NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}
		pen := review.Writer{Text: text, Shown: &shown, Signature: sign}
		if more := pen.Write(c.edit(shown.Layer)); len(more) > 0 {
			log = append(log, more...)
			shown = review.Apply(text, machine, log)
		}
	}
	return &format.Document{Article: a, Layer: shown.Layer, Log: log}, machine
}

// stretch returns up to so many words.
func (c *chance) stretch(most int) articles.Span {
	i := c.IntN(len(c.words))
	k := min(len(c.words)-1, i+c.IntN(most))
	return articles.Span{Start: c.words[i].Start, End: c.words[k].End}
}

// machine returns a layer as an engine makes one: its entities are named by their longest mention, and no two claims of a
// kind have one span.
func (c *chance) machine() *annotate.Layer {
	l := &annotate.Layer{Engine: "chance"}
	score := func() annotate.Origin { return annotate.Origin{Stage: "names", Score: c.Float64()} }
	taken := map[articles.Span]bool{}
	for range 8 {
		e := annotate.Entity{Type: []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}[c.IntN(4)], Origin: score()}
		for range 1 + c.IntN(3) {
			if s := c.stretch(3); !taken[s] {
				taken[s] = true
				e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: []annotate.Form{annotate.Name, annotate.Name, annotate.Nominal, annotate.Pronoun}[c.IntN(4)], Type: e.Type, Origin: score()})
			}
		}
		slices.SortFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
		if e.Name = standoff.LongestName(&e, c.text); len(e.Mentions) > 0 {
			l.Entities = append(l.Entities, e)
		}
	}
	slices.SortFunc(l.Entities, func(a, b annotate.Entity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	for i := range l.Entities {
		l.Entities[i].ID = fmt.Sprint("e", i+1)
	}
	said := map[articles.Span]bool{}
	for range 8 {
		q := &annotate.Quote{Span: c.stretch(8), Type: []annotate.QuoteType{annotate.Direct, annotate.Mixed, annotate.Indirect}[c.IntN(3)], Origin: score()}
		if said[q.Span] {
			continue
		}
		said[q.Span] = true
		for range c.IntN(3) {
			e := &l.Entities[c.IntN(len(l.Entities))]
			q.AddSpeaker(e.ID, e.Mentions[c.IntN(len(e.Mentions))].Span)
		}
		if c.IntN(2) == 0 {
			q.Cue = c.stretch(1)
		}
		l.Quotes = append(l.Quotes, q)
	}
	slices.SortFunc(l.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return l
}

// What people write.
var (
	oddLabels = []string{"person", "place", "organization", "other", "weapon system", "law_2", "quote", "cue", "größe", "日本", "speakermention", "a|b", "per"}
	oddNotes  = []string{"who?", "see “<this>” & that; page\t4", "two\nlines", "=1+1", "_", "ends with \\", "a|b [1]", "😀", "direct", "person"}
	oddTags   = []string{"question", "check it", "größe", "Q42", "Wikidata:Q42", "direct", "person", "😀"}
	oddNames  = []string{"The “Other” Name", "=A1", "A; B | C", "Zoë 😀", "e1", "T1 x"}
)

// edit draws what somebody asks for.
func (c *chance) edit(l *annotate.Layer) review.Edit {
	pick := func(of []string) string { return of[c.IntN(len(of))] }
	if c.IntN(15) == 0 {
		return review.Edit{Verb: annotate.Undo}
	}
	mention := func() articles.Span {
		e := &l.Entities[c.IntN(len(l.Entities))]
		return e.Mentions[c.IntN(len(e.Mentions))].Span
	}
	var x review.Edit
	t := review.Target{Kind: annotate.OfMention, Span: mention()}
	switch k := c.IntN(21); k {
	case 0, 1:
		x.Verb = annotate.Confirm
	case 2:
		x.Verb = annotate.Reject
	case 3:
		x.Verb, x.Value, x.Here = annotate.Relabel, pick(oddLabels), c.IntN(2) == 0
	case 4:
		x.Verb, x.To = annotate.Respan, c.stretch(3)
	case 5, 6:
		x.Verb, x.Value, x.Here, t.Span = annotate.Add, pick(oddLabels), c.IntN(2) == 0, c.stretch(3)
	case 7:
		x.Verb, x.To = annotate.Merge, mention()
	case 8:
		x.Verb = annotate.Split
	case 9:
		x.Verb, x.Value = annotate.Rename, pick(oddNames)
	case 10:
		x.Verb, x.Value = annotate.Note, pick(oddNotes)
	case 11:
		x.Verb, x.Value = annotate.Tag, pick(oddTags)
	case 12, 13:
		t = review.Target{Kind: annotate.OfPassage, Span: c.stretch(9)}
		x.Verb, x.Value = annotate.Note, pick(oddNotes)
		if k == 13 {
			x.Verb, x.Value = annotate.Tag, cmp.Or([]string{annotate.Highlight, ""}[c.IntN(2)], pick(oddTags))
		}
	default:
		t.Kind, t.Span = annotate.OfQuote, c.stretch(8)
		if len(l.Quotes) > 0 && k != 14 {
			t.Span = l.Quotes[c.IntN(len(l.Quotes))].Span
		}
		switch k {
		case 14:
			x.Verb, x.Value = annotate.Add, []string{"direct", "mixed", "indirect"}[c.IntN(3)]
		case 15:
			x.Verb = annotate.Confirm
		case 16:
			x.Verb = annotate.Reject
		case 17:
			x.Verb, x.To, x.Also = annotate.Attribute, mention(), []articles.Span{mention()}
		case 18:
			x.Verb = annotate.Attribute
		case 19:
			x.Verb = annotate.Cue
			if c.IntN(2) == 0 {
				x.To = c.stretch(1)
			}
		case 20:
			x.Verb, x.Value = annotate.Note, pick(oddNotes)
		}
	}
	x.Targets = []review.Target{t}
	return x
}

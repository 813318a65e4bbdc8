package adjudicate_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/articles"
)

var now = time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)

// A person decides on a text over a machine's layer.
type person struct {
	who     string
	text    string
	machine *annotate.Layer
	log     []annotate.Decision
	ids     *review.IDs
	shown   review.Result
}

func newPerson(who, text string, machine *annotate.Layer) *person {
	seed := [32]byte{}
	copy(seed[:], who)
	p := &person{who: who, text: text, machine: machine, ids: &review.IDs{Random: rand.NewChaCha8(seed)}}
	p.shown = review.Apply(text, machine, nil)
	return p
}

func (p *person) do(e review.Edit) {
	w := review.Writer{Signature: review.Signature{Who: p.who, Now: now, NewID: func() string { return p.ids.Next(now) }}, Text: p.text, Shown: &p.shown}
	p.log = append(p.log, w.Write(e)...)
	p.shown = review.Apply(p.text, p.machine, p.log)
}

func (p *person) reading() adjudicate.Reading {
	return adjudicate.Reading{Who: p.who, Layer: p.shown.Layer, Log: p.log}
}

// A curator settles a case.
type curator struct {
	*adjudicate.Case
	log   []annotate.Decision
	ids   *review.IDs
	shown review.Result
}

func newCurator(c *adjudicate.Case) *curator {
	k := &curator{Case: c, ids: &review.IDs{Random: rand.NewChaCha8([32]byte{7})}}
	k.shown = review.Apply(c.Text, c.Base(), nil)
	return k
}

// take answers questions in one step and returns how many decisions that took.
func (k *curator) take(who string, questions ...int) int {
	ds := k.Take(k.shown.Layer, k.shown.Steps, questions, who)
	for i := range ds {
		d := &ds[i]
		d.ID, d.Who, d.At = k.ids.Next(now), "cy", now
		d.Step = ds[0].ID
	}
	k.log = append(k.log, ds...)
	k.shown = review.Apply(k.Text, k.Base(), k.log)
	return len(ds)
}

func (k *curator) do(e review.Edit) {
	w := review.Writer{Signature: review.Signature{Who: "cy", Now: now, NewID: func() string { return k.ids.Next(now) }}, Text: k.Text, Shown: &k.shown}
	k.log = append(k.log, w.Write(e)...)
	k.shown = review.Apply(k.Text, k.Base(), k.log)
}

func (k *curator) open() (out []int) {
	for i, ok := range k.Settled(k.shown.Steps) {
		if !ok {
			out = append(out, i)
		}
	}
	return out
}

func (k *curator) curated() *annotate.Layer {
	return k.Curated(k.shown.Layer, k.shown.Steps)
}

// say writes a reading so that equal ones are written alike, whatever the IDs of their entities are.
func say(text string, l *annotate.Layer) string {
	var lines []string
	first := map[string]articles.Span{}
	seen := map[articles.Span]bool{}
	for i := range l.Entities {
		e := &l.Entities[i]
		for k := range e.Mentions {
			m := &e.Mentions[k]
			if m.State == annotate.Rejected || seen[m.Span] {
				continue
			}
			seen[m.Span] = true
			if _, ok := first[e.ID]; !ok {
				first[e.ID] = m.Span
			}
			lines = append(lines, fmt.Sprintf("%06d-%06d %s of %v  %q", m.Start, m.End, e.Type, first[e.ID], m.In(text)))
		}
	}
	on := map[articles.Span]bool{}
	for _, q := range l.Quotes {
		if q.State == annotate.Rejected || on[q.Span] {
			continue
		}
		on[q.Span] = true
		var by []string
		for _, id := range q.Speakers() {
			if s, ok := first[id]; ok {
				by = append(by, fmt.Sprint(s))
			}
		}
		slices.Sort(by)
		lines = append(lines, fmt.Sprintf("%06d-%06d %s quote by %v cue %v  %q", q.Start, q.End, q.Type, by, q.Cue, q.In(text)))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

var vocabulary = strings.Fields("Quill Ferris Halden Adé 😀 said the sale “no” she he press — Orrin Bay, was e\u0301t\u0301 of and Media.")

func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(vocabulary[r.IntN(len(vocabulary))])
		b.WriteString([]string{" ", " ", " ", " ", "\n\n"}[r.IntN(5)])
	}
	return b.String()
}

func wordsOf(text string) (out []articles.Span) {
	at := 0
	for _, w := range strings.Fields(text) {
		i := at + strings.Index(text[at:], w)
		at = i + len(w)
		out = append(out, articles.Span{Start: i, End: at})
	}
	return out
}

var types = []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other, "witness"}

// guess returns a random layer without overlapping mentions.
func guess(r *rand.Rand, text string) *annotate.Layer {
	l := &annotate.Layer{Engine: "guess"}
	ws := wordsOf(text)
	for i := range 1 + r.IntN(5) {
		l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i+1), Type: types[r.IntN(4)], Name: "Nobody"})
	}
	for i := 0; i < len(ws); i += 1 + r.IntN(6) {
		e := &l.Entities[r.IntN(len(l.Entities))]
		j := min(len(ws)-1, i+r.IntN(2))
		e.Mentions = append(e.Mentions, annotate.Mention{Span: articles.Span{Start: ws[i].Start, End: ws[j].End}, Type: e.Type,
			Form: []annotate.Form{annotate.Name, annotate.Name, annotate.Pronoun}[r.IntN(3)], Origin: annotate.Origin{Stage: "names", Rule: "test", Score: .9}})
		i = j
	}
	l.Entities = slices.DeleteFunc(l.Entities, func(e annotate.Entity) bool { return len(e.Mentions) == 0 })
	for i := 0; i < len(ws); i += 3 + r.IntN(9) {
		q := &annotate.Quote{Span: articles.Span{Start: ws[i].Start, End: ws[min(len(ws)-1, i+2)].End}, Type: annotate.Direct, Origin: annotate.Origin{Stage: "quotes", Score: .8}}
		if e := l.Entities[r.IntN(len(l.Entities))]; r.IntN(2) == 0 {
			q.AddSpeaker(e.ID, e.Mentions[0].Span)
			q.AddSpeaker(l.Entities[r.IntN(len(l.Entities))].ID, articles.Span{})
		}
		l.Quotes = append(l.Quotes, q)
	}
	return l
}

// change returns something that a person might do.
func change(r *rand.Rand, text string, l *annotate.Layer) review.Edit {
	verbs := []annotate.Verb{annotate.Confirm, annotate.Reject, annotate.Relabel, annotate.Relabel, annotate.Add, annotate.Add, annotate.Respan,
		annotate.Merge, annotate.Merge, annotate.Split, annotate.Rename, annotate.Attribute, annotate.Attribute, annotate.Cue, annotate.Note}
	ws := wordsOf(text)
	somewhere := func() articles.Span {
		i := r.IntN(len(ws))
		return articles.Span{Start: ws[i].Start, End: ws[min(len(ws)-1, i+r.IntN(4))].End}
	}
	e := review.Edit{Verb: verbs[r.IntN(len(verbs))], Here: r.IntN(2) == 0, To: somewhere(), Value: string(types[r.IntN(len(types))])}
	t := review.Target{Kind: annotate.OfMention, Span: somewhere()}
	if es := l.Entities; len(es) > 0 && r.IntN(4) > 0 {
		ms := es[r.IntN(len(es))].Mentions
		t.Span = ms[r.IntN(len(ms))].Span
		ms = es[r.IntN(len(es))].Mentions
		e.To = ms[r.IntN(len(ms))].Span
	}
	if qs := l.Quotes; len(qs) > 0 && (e.Verb == annotate.Attribute || e.Verb == annotate.Cue || r.IntN(4) == 0) {
		t = review.Target{Kind: annotate.OfQuote, Span: qs[r.IntN(len(qs))].Span}
	} else if e.Verb == annotate.Attribute || e.Verb == annotate.Cue {
		e.Verb = annotate.Confirm
	}
	if r.IntN(8) == 0 && e.Verb != annotate.Merge && e.Verb != annotate.Respan {
		e.To = articles.Span{}
	}
	e.Targets = []review.Target{t}
	return e
}

// cast returns a layer in which each capitalized word is an entity.
func cast(text string) *annotate.Layer {
	l := &annotate.Layer{Engine: "cast"}
	at := map[string]int{}
	for _, s := range wordsOf(text) {
		words := s.In(text)
		if words == strings.ToLower(words) {
			continue
		}
		if _, ok := at[words]; !ok {
			at[words] = len(l.Entities)
			l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", len(at)), Type: types[len(at)%4], Name: words})
		}
		e := &l.Entities[at[words]]
		e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Type: e.Type, Form: annotate.Name, Origin: annotate.Origin{Stage: "names", Rule: "test", Score: .9}})
	}
	return l
}

// dispute returns the readings of n people who decided on one text. In every other, some words were not suggested to each of them.
func dispute(seed uint64, n int) (text string, readings []adjudicate.Reading) {
	r := rand.New(rand.NewPCG(seed, 1))
	text = prose(r, 20+r.IntN(60))
	machine := guess(r, text)
	for i := range n {
		if seed%2 == 1 {
			machine = cast(text)
			machine.Entities = slices.DeleteFunc(machine.Entities, func(annotate.Entity) bool { return r.IntN(4) == 0 })
		}
		p := newPerson(string(rune('a'+i))+"nn", text, machine)
		for range r.IntN(12) {
			p.do(change(r, text, p.shown.Layer))
		}
		readings = append(readings, p.reading())
	}
	return text, readings
}

// all asks about names of any type.
var all = adjudicate.Options{Labels: []string{"place", "other"}}

// seeds is how many disputes a test tries.
const seeds = 120

func TestEqualReadingsAskNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(seeds) {
		text, rs := dispute(seed, 1)
		same := rs[0]
		same.Who = "bea"
		c := all.New(text, []adjudicate.Reading{rs[0], same})
		if len(c.Questions) > 0 {
			t.Fatalf("seed %d: %s: %+v", seed, c.Asks(&c.Questions[0]), c.Questions[0])
		}
		k := newCurator(c)
		if got, want := say(text, k.curated()), say(text, rs[0].Layer); got != want {
			t.Fatalf("seed %d: curated\n%s\nwant\n%s", seed, got, want)
		}
		if err := k.curated().Check(text); err != nil {
			t.Fatal(err)
		}
	}
}

// Taking one annotator for everything gives their reading, in one step or question by question, in the order of the text or any other, and
// also where some of the mentions that they have not were rejected by themselves before.
func TestTakingOneForAll(t *testing.T) {
	t.Parallel()
	asked, parts, rejected := 0, 0, 0
	ways := map[string]func(r *rand.Rand, k *curator, who string){
		"at once": func(_ *rand.Rand, k *curator, who string) { k.take(who, k.open()...) },
		"in order": func(_ *rand.Rand, k *curator, who string) {
			for _, q := range k.open() {
				k.take(who, q)
			}
		},
		"in any order": func(r *rand.Rand, k *curator, who string) {
			for _, q := range r.Perm(len(k.Questions)) {
				k.take(who, q)
			}
		},
		"the rest": func(r *rand.Rand, k *curator, who string) {
			i := slices.Index(k.Who, who)
			for _, q := range k.Questions {
				if s := q.Spans[r.IntN(len(q.Spans))]; len(q.Spans) > 1 && q.Answers[i].Says == "not marked" {
					k.do(review.Edit{Verb: annotate.Reject, Targets: []review.Target{{Kind: q.Kind, Span: s}}})
					rejected++
				}
			}
			k.take(who, k.open()...)
		},
	}
	for seed := range uint64(seeds) {
		n := 2 + int(seed%3)
		text, rs := dispute(seed, n)
		c := all.New(text, rs)
		asked += len(c.Questions)
		for _, q := range c.Questions {
			parts += len(q.Spans) - 1
		}
		for i := range rs {
			for way, take := range ways {
				k := newCurator(c)
				if len(c.Questions) > 0 {
					take(rand.New(rand.NewPCG(seed, 4)), k, rs[i].Who)
				}
				if open := k.open(); len(open) > 0 {
					t.Fatalf("seed %d: %s is open", seed, c.Asks(&c.Questions[open[0]]))
				}
				if got, want := say(text, k.curated()), say(text, rs[i].Layer); got != want {
					t.Fatalf("seed %d, %d annotators, %s: curated\n%s\n\n%s says\n%s\n\n%s\n\n%s\nfor %s", seed, n, way, got, rs[i].Who, want, diff(got, want), verbsOf(k.log), asks(c))
				}
				if err := k.curated().Check(text); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
		}
	}
	if asked < 100 || parts < 100 || rejected < 10 {
		t.Errorf("%d questions about %d more spans, of which %d were rejected before", asked, parts, rejected)
	}
}

func diff(got, want string) string {
	var out []string
	for l := range strings.SplitSeq(got, "\n") {
		if !strings.Contains(want, l) {
			out = append(out, "+ "+l)
		}
	}
	for l := range strings.SplitSeq(want, "\n") {
		if !strings.Contains(got, l) {
			out = append(out, "- "+l)
		}
	}
	return strings.Join(out, "\n")
}

func verbsOf(log []annotate.Decision) string {
	var b strings.Builder
	for _, d := range log {
		fmt.Fprintf(&b, "  %s %s %v %q→%v %q %s\n", d.Verb, d.Kind, d.Target.Span, d.Target.Exact, d.To.Span, d.To.Exact, d.Value)
	}
	return b.String()
}

func asks(c *adjudicate.Case) string {
	var b strings.Builder
	for i := range c.Questions {
		q := &c.Questions[i]
		fmt.Fprintf(&b, "%v %s\n", q.Spans, c.Asks(q))
		for _, a := range q.Answers {
			fmt.Fprintf(&b, "   %s: %s\n", a.Who, a.Says)
		}
	}
	return b.String()
}

// However questions are answered, none is open in the end, and the reading is sound.
func TestEveryAnswerSettles(t *testing.T) {
	t.Parallel()
	for seed := range uint64(seeds) {
		n := 2 + int(seed%3)
		text, rs := dispute(seed, n)
		c := all.New(text, rs)
		k := newCurator(c)
		r := rand.New(rand.NewPCG(seed, 2))
		for _, q := range r.Perm(len(c.Questions)) {
			if !slices.Contains(k.open(), q) {
				continue // names are gone with it
			}
			before := len(k.open())
			who := adjudicate.Nobody
			if i := r.IntN(n + 1); i < n {
				who = rs[i].Who
			}
			if k.take(who, q) == 0 {
				t.Fatalf("seed %d: %q on %s decides nothing", seed, who, c.Asks(&c.Questions[q]))
			}
			if slices.Contains(k.open(), q) || len(k.open()) >= before {
				t.Fatalf("seed %d: %q leaves %d of %d open: %s\n%s", seed, who, len(k.open()), before, c.Asks(&c.Questions[q]), verbsOf(k.log))
			}
			if err := k.curated().Check(text); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		if open := k.open(); len(open) > 0 {
			t.Fatalf("seed %d: %d open", seed, len(open))
		}
	}
}

func TestOrderOfAnnotators(t *testing.T) {
	t.Parallel()
	for seed := range uint64(seeds) {
		text, rs := dispute(seed, 3)
		a := all.New(text, rs)
		slices.Reverse(rs)
		b := all.New(text, rs)
		if asks(a) != asks(b) || !reflect.DeepEqual(a.Base(), b.Base()) {
			t.Fatalf("seed %d:\n%s\nreversed\n%s", seed, asks(a), asks(b))
		}
	}
}

// A note, a tag and an undone decision answer no question.
func TestNotesAskNothing(t *testing.T) {
	t.Parallel()
	text := "Halden paid Quill."
	p := annotate.Person
	machine := &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Type: p, Name: "Halden", Mentions: []annotate.Mention{{Span: articles.Span{End: 6}, Form: annotate.Name, Type: p}}}}}
	ann, bob := newPerson("ann", text, machine), newPerson("bob", text, machine)
	halden := []review.Target{{Kind: annotate.OfMention, Span: articles.Span{End: 6}}}
	ann.do(review.Edit{Verb: annotate.Note, Targets: halden, Value: "a bank?"})
	ann.do(review.Edit{Verb: annotate.Tag, Targets: halden, Value: "question"})
	bob.do(review.Edit{Verb: annotate.Relabel, Targets: halden, Value: "organization"})
	bob.do(review.Edit{Verb: annotate.Undo})
	if c := all.New(text, []adjudicate.Reading{ann.reading(), bob.reading()}); len(c.Questions) > 0 {
		t.Errorf("%s", asks(c))
	}
}

package review

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

var vocabulary = strings.Fields("Quill Ferris Halden Adé 😀 said the sale “no” she he press — Orrin Bay, was e\u0301t\u0301 of and Media.")

// prose returns n words, and paragraphs among them.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(vocabulary[r.IntN(len(vocabulary))])
		b.WriteString([]string{" ", " ", " ", " ", "\n\n"}[r.IntN(5)])
	}
	return b.String()
}

// somewhere returns a stretch of one to four words of text.
func somewhere(r *rand.Rand, words []word) articles.Span {
	i := r.IntN(len(words))
	j := min(len(words)-1, i+r.IntN(4))
	return articles.Span{Start: words[i].Start, End: words[j].End}
}

var types = []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other, "witness"}

// guess returns a random layer without overlapping mentions.
func guess(r *rand.Rand, text string) *annotate.Layer { return guessOf(r, text, 1+r.IntN(5)) }

func guessOf(r *rand.Rand, text string, entities int) *annotate.Layer {
	l := &annotate.Layer{Engine: fmt.Sprint("guess-", r.IntN(9))}
	ws := split(text)
	for i := range entities {
		l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i+1), Type: types[r.IntN(4)], Name: "Nobody"})
	}
	for i := 0; i < len(ws); i += 1 + r.IntN(6) {
		e := &l.Entities[r.IntN(len(l.Entities))]
		j := min(len(ws)-1, i+r.IntN(2))
		s := articles.Span{Start: ws[i].Start, End: ws[j].End}
		e.Mentions = append(e.Mentions, found(e.Type, []annotate.Form{annotate.Name, annotate.Name, annotate.Pronoun}[r.IntN(3)], s))
		i = j
	}
	l.Entities = slices.DeleteFunc(l.Entities, func(e annotate.Entity) bool { return len(e.Mentions) == 0 })
	for i := 0; i < len(ws); i += 3 + r.IntN(9) {
		q := &annotate.Quote{Span: articles.Span{Start: ws[i].Start, End: ws[min(len(ws)-1, i+2)].End}, Type: annotate.Direct}
		if e := l.Entities[r.IntN(len(l.Entities))]; r.IntN(2) == 0 {
			q.Speaker, q.SpeakerMention = e.ID, e.Mentions[0].Span
			for range r.IntN(3) {
				if e := l.Entities[r.IntN(len(l.Entities))]; !slices.Contains(q.Speakers(), e.ID) {
					q.Also = append(q.Also, e.ID)
				}
			}
		}
		l.Quotes = append(l.Quotes, q)
	}
	slices.SortStableFunc(l.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return l
}

// change returns something that a person might do, sensible or not.
func change(r *rand.Rand, text string, l *annotate.Layer) Edit {
	verbs := []annotate.Verb{annotate.Confirm, annotate.Reject, annotate.Relabel, annotate.Relabel, annotate.Add, annotate.Add,
		annotate.Respan, annotate.Merge, annotate.Split, annotate.Rename, annotate.Attribute, annotate.Note, annotate.Undo, annotate.Undo, annotate.Redo}
	ws := split(text)
	c := Edit{Verb: verbs[r.IntN(len(verbs))], Here: r.IntN(2) == 0, To: somewhere(r, ws), Value: string(types[r.IntN(len(types))])}
	for range 1 + r.IntN(2) {
		t := Target{annotate.OfMention, somewhere(r, ws)}
		if e := l.Entities; len(e) > 0 && r.IntN(4) > 0 {
			ms := e[r.IntN(len(e))].Mentions
			t.Span = ms[r.IntN(len(ms))].Span
			ms = e[r.IntN(len(e))].Mentions
			c.To = ms[r.IntN(len(ms))].Span
		}
		if qs := l.Quotes; len(qs) > 0 && (c.Verb == annotate.Attribute || r.IntN(4) == 0) {
			t = Target{annotate.OfQuote, qs[r.IntN(len(qs))].Span}
		}
		c.Targets = append(c.Targets, t)
	}
	if r.IntN(8) == 0 {
		c.To = articles.Span{}
	}
	for c.Verb == annotate.Attribute && r.IntN(2) == 0 {
		c.Also = append(c.Also, mentionOr(r, l, somewhere(r, ws)))
	}
	return c
}

// mentionOr returns a mention of l, or s, at random.
func mentionOr(r *rand.Rand, l *annotate.Layer, s articles.Span) articles.Span {
	if len(l.Entities) == 0 || r.IntN(4) == 0 {
		return s
	}
	ms := l.Entities[r.IntN(len(l.Entities))].Mentions
	return ms[r.IntN(len(ms))].Span
}

// Whatever people do, the layer stays sound, the machine's is not touched, and the
// same log says the same twice and when it is split in two and merged.
func TestAnySequence(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := prose(r, 20+r.IntN(60))
		l := guess(r, text)
		if err := l.Check(text); err != nil {
			t.Fatal(err)
		}
		before := fmt.Sprintf("%+v%+v", l, quotesIn(l))
		s := sit(t, text, l)
		for range 40 {
			s.who = []string{"ann", "bo"}[r.IntN(2)]
			s.do(change(r, text, s.shown.Layer)) // checks the layer
		}
		if fmt.Sprintf("%+v%+v", l, quotesIn(l)) != before {
			t.Fatal("the machine's layer was changed")
		}
		if again := Apply(text, l, s.log); !reflect.DeepEqual(again, s.shown) {
			t.Fatalf("seed %d: applied twice, not the same", seed)
		}
		shuffled := slices.Clone(s.log)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again := Apply(text, l, shuffled); !reflect.DeepEqual(again.Layer, s.shown.Layer) {
			t.Fatalf("seed %d: the order of the lines matters", seed)
		}
		if n := len(s.shown.Orphans); n > 0 {
			t.Fatalf("seed %d: %d orphans in the very text: %v", seed, n, s.shown.Orphans[0])
		}
		// Another engine beneath the same log is as sound.
		s.machine = guess(r, text)
		s.apply()
	}
}

// Undo takes back exactly what the last step did, and redo does exactly that again.
func TestUndoRedoIdentity(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 2))
		text := prose(r, 40)
		s := sit(t, text, guess(r, text))
		for range 25 {
			before := s.shown.Layer
			c := change(r, text, before)
			if c.Verb == annotate.Undo || c.Verb == annotate.Redo || s.do(c) == 0 {
				continue
			}
			after := s.shown.Layer
			s.do(Edit{Verb: annotate.Undo})
			if !reflect.DeepEqual(s.shown.Layer, before) {
				t.Fatalf("seed %d: undone, but not as before:\n%s\nnot\n%s", seed, show(text, s.shown.Layer), show(text, before))
			}
			s.do(Edit{Verb: annotate.Redo})
			if !reflect.DeepEqual(s.shown.Layer, after) {
				t.Fatalf("seed %d: redone, but not the same", seed)
			}
		}
	}
}

// Whatever an engine says, what a person added, confirmed or relabelled is there with
// its type, and what they rejected is not.
func TestDecisionsOutlastEngines(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		text := prose(r, 60)
		s := sit(t, text, guess(r, text))
		want := map[articles.Span]string{}
		for range 20 {
			c := change(r, text, s.shown.Layer)
			from := len(s.log)
			switch c.Verb {
			case annotate.Confirm, annotate.Reject, annotate.Relabel, annotate.Add:
				s.do(c)
			}
			for _, d := range s.log[from:] {
				if d.Kind == annotate.OfMention && d.Verb != annotate.Split {
					want[d.Target.Span] = string(d.Verb) + " " + d.Value
				}
			}
		}
		for range 3 {
			s.machine = guess(r, text)
			s.apply()
			checkDecided(t, s, want)
		}
	}
}

func checkDecided(t *testing.T, s *sitting, want map[articles.Span]string) {
	t.Helper()
	have := map[articles.Span]annotate.Mention{}
	for _, e := range s.shown.Layer.Entities {
		for _, m := range e.Mentions {
			if m.State == annotate.Confirmed && m.Type != e.Type {
				t.Fatalf("%q is a %s of a %s", m.In(s.text), m.Type, e.Type)
			}
			have[m.Span] = m
		}
	}
	for span, w := range want {
		verb, typ, _ := strings.Cut(w, " ")
		m, ok := have[span]
		if verb == "reject" {
			if ok && m.State != annotate.Rejected {
				t.Fatalf("%q was rejected", span.In(s.text))
			}
			continue
		}
		if !ok || m.State != annotate.Confirmed || typ != "" && string(m.Type) != typ {
			t.Fatalf("%s %q: %+v", w, span.In(s.text), m)
		}
	}
}

// A hostile log is a log like any other.
func FuzzApply(f *testing.F) {
	f.Add(`{"id":"1","verb":"add","kind":"mention","target":{"start":0,"end":5,"exact":"Marta"},"value":"person"}`, story)
	f.Add(`{"id":"1","verb":"respan","target":{"start":-1,"end":1000000000,"exact":"Marta Quill"},"to":{"start":0,"end":3,"exact":"Mar"}}`, story)
	f.Add(`{"id":"1","verb":"merge","target":{"start":3,"end":5,"exact":"\ufffd"},"to":{"exact":"x"}}`+"\n"+`{"id":"1","verb":"undo","value":"1"}`, "x\ufffd")
	f.Fuzz(func(t *testing.T, lines, text string) {
		text = strings.ToValidUTF8(text, "?")
		var log []annotate.Decision
		for line := range strings.Lines(lines) {
			if d, err := Decode([]byte(line)); err == nil {
				log = append(log, d)
			}
		}
		for _, l := range []*annotate.Layer{{}, guessFor(text)} {
			if err := Apply(text, l, log).Layer.Check(text); err != nil {
				t.Error(err)
			}
		}
	})
}

func guessFor(text string) *annotate.Layer {
	if len(split(text)) == 0 {
		return &annotate.Layer{}
	}
	return guess(rand.New(rand.NewPCG(uint64(len(text)), 4)), text)
}

func FuzzCodec(f *testing.F) {
	f.Add("01", "add", "Zoë 😀 Smith", "<b>&\u2028", int64(1), 0.5)
	f.Fuzz(func(t *testing.T, id, verb, exact, value string, at int64, score float64) {
		valid := func(s string) string { return clean.String(strings.ToValidUTF8(s, "?")) } // as it is read
		d := annotate.Decision{ID: clean.Line("x" + valid(id)), Verb: annotate.Verb(clean.Line("x" + valid(verb))), Value: valid(value), Kind: annotate.OfQuote,
			Target: annotate.Anchor{Span: articles.Span{Start: len(id), End: len(verb)}, Exact: valid(exact)},
			At:     time.UnixMilli(at % 1e14).UTC(), Score: score}
		for i := range at % 3 {
			d.Also = append(d.Also, annotate.Anchor{Span: articles.Span{Start: int(i), End: len(value)}, Exact: valid(value), Prefix: valid(exact)})
		}
		line, err := Encode(d)
		if err != nil {
			return // no number of JSON's
		}
		if strings.Contains(string(line), "\n") {
			t.Errorf("more than a line: %s", line)
		}
		if back, err := Decode(line); err != nil || !reflect.DeepEqual(back, d) {
			t.Errorf("%+v became %+v, %v", d, back, err)
		}
	})
}

func TestDecodeNewer(t *testing.T) {
	t.Parallel()
	d, err := Decode([]byte(`{"id":"7","verb":"bless","colour":"red","target":{"start":1,"end":2,"exact":"a"}}`))
	if err != nil || d.Verb != "bless" {
		t.Errorf("%+v %v", d, err)
	}
	for _, line := range []string{"", "{}", `{"id":"1"}`, `{"id":1,"verb":"add"}`, `[]`, "\x00"} {
		if _, err := Decode([]byte(line)); err == nil {
			t.Errorf("%q was read", line)
		}
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	g := &IDs{Random: rand.NewChaCha8([32]byte{9})}
	now := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	last := ""
	for i := range 1000 {
		id := g.Next(now.Add(time.Duration(i%7-3) * time.Second)) // a clock that goes back
		if len(id) != idLen || id <= last {
			t.Fatalf("%s after %s", id, last)
		}
		last = id
	}
	far := (&IDs{Random: rand.NewChaCha8([32]byte{8})}).Next(now.AddDate(50, 0, 0))
	g.After(far)
	g.After("nonsense")
	if id := g.Next(now); id <= far {
		t.Errorf("%s after %s", id, far)
	}
	if hi, lo, ok := parseID(last); !ok || formatID(hi, lo) != last {
		t.Errorf("%s is read as %x %x %v", last, hi, lo, ok)
	}
	// The specification's own example of a time: 1469918176385 is 01ARYZ6S41.
	if id := (&IDs{Random: rand.NewChaCha8([32]byte{7})}).Next(time.UnixMilli(1469918176385)); !strings.HasPrefix(id, "01ARYZ6S41") {
		t.Error(id)
	}
}

// long is an article of a realistic kind with a layer and n decisions about it.
func long(n int) (string, *annotate.Layer, []annotate.Decision) {
	r := rand.New(rand.NewPCG(5, 5))
	text := prose(r, 60_000)
	l := guessOf(r, text, 500)
	var log []annotate.Decision
	ids := &IDs{Random: rand.NewChaCha8([32]byte{1})}
	now := time.UnixMilli(1.7e12)
	for _, e := range l.Entities {
		for _, m := range e.Mentions {
			if len(log) == n {
				break
			}
			d := annotate.Decision{ID: ids.Next(now), Who: "ann", Verb: annotate.Confirm, Kind: annotate.OfMention,
				Target: Anchor(text, m.Span), Value: string(e.Type), Engine: l.Engine, Score: .9}
			switch len(log) % 5 {
			case 0:
				d.Verb = annotate.Reject
			case 1:
				d.Verb = annotate.Relabel
				d.Value = string(types[len(log)%3])
			case 2:
				d.Verb, d.Target = annotate.Add, Anchor(text, articles.Span{Start: m.Start, End: m.Start + len(m.In(text))})
			}
			d.Step = d.ID
			log = append(log, d)
		}
	}
	return text, l, log
}

// BenchmarkApply10000 applies 10,000 decisions to an article of 60,000 words.
func BenchmarkApply10000(b *testing.B) {
	text, l, log := long(10_000)
	if len(log) != 10_000 {
		b.Fatal(len(log))
	}
	for b.Loop() {
		Apply(text, l, log)
	}
}

// BenchmarkApplyMoved is the same after a paragraph was put in front of the text.
func BenchmarkApplyMoved(b *testing.B) {
	text, l, log := long(10_000)
	for b.Loop() {
		Apply("A new first paragraph.\n\n"+text, &annotate.Layer{Engine: l.Engine}, log)
	}
}

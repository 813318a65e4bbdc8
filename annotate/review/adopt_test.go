package review

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/articles"
)

// drawn returns a layer about words of text: as a machine's, or as people left one.
func drawn(r *rand.Rand, words []articles.Span, human bool) *annotate.Layer {
	l := &annotate.Layer{Engine: "test"}
	o, state := annotate.Origin{Score: .5}, annotate.Proposed
	if human {
		o, state = annotate.Origin{Human: true, Score: 1}, annotate.Confirmed
	}
	types := []annotate.Type{annotate.Person, annotate.Organization}
	var es [4]annotate.Entity
	for i := range es {
		es[i] = annotate.Entity{Type: types[r.IntN(2)], Origin: o}
	}
	for _, s := range words {
		e := &es[r.IntN(len(es))]
		if r.IntN(3) == 0 {
			e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: e.Type, Origin: o, State: state})
		}
	}
	for _, e := range es {
		if len(e.Mentions) > 0 {
			e.ID = fmt.Sprint("e", len(l.Entities)+1)
			e.Name = fmt.Sprint("Name ", r.IntN(3))
			l.Entities = append(l.Entities, e)
		}
	}
	slices.SortStableFunc(l.Entities, func(a, b annotate.Entity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	for i := range l.Entities {
		l.Entities[i].ID = fmt.Sprint("e", i+1)
	}
	for at := 0; at+3 < len(words); at += 4 {
		if r.IntN(2) == 0 || len(l.Entities) == 0 {
			continue
		}
		q := &annotate.Quote{Span: articles.Span{Start: words[at].Start, End: words[at+2].End}, Type: []annotate.QuoteType{annotate.Direct, annotate.Mixed}[r.IntN(2)], Origin: o, State: state}
		q.Cue = words[at+3]
		for range 1 + r.IntN(3) {
			q.AddSpeaker(l.Entities[r.IntN(len(l.Entities))].ID, articles.Span{})
		}
		l.Quotes = append(l.Quotes, q)
	}
	return l
}

// drawnWords returns a text of names, and where each is.
func drawnWords(r *rand.Rand) (string, []articles.Span) {
	var b strings.Builder
	var words []articles.Span
	for range 5 + r.IntN(30) {
		w := []string{"Quill", "Ferris", "Halden", "Berg"}[r.IntN(4)]
		words = append(words, articles.Span{Start: b.Len(), End: b.Len() + len(w)})
		b.WriteString(w + " ")
	}
	return b.String(), words
}

// What people left in a layer is there once another machine's layer of the text has
// been decided on so: mentions with their types, who is the same as whom, quotes with
// speakers and cues, names.
func TestAdopt(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		text, words := drawnWords(r)
		machine, l := drawn(r, words, false), drawn(r, words, true)
		n := 0
		log, passed := Adopt(text, machine, Reading{Layer: l}, Signature{Who: "ben", Now: time.Unix(1, 0), NewID: func() string { n++; return fmt.Sprintf("%06d", n) }})
		if passed != 0 {
			t.Fatalf("seed %d: %d passed", seed, passed)
		}
		got := Apply(text, machine, log)
		if len(got.Conflicts)+len(got.Orphans) > 0 {
			t.Fatalf("seed %d: %v %v", seed, got.Conflicts, got.Orphans)
		}
		said := said
		if !(&adoption{}).joins(l) { // who is the same as whom stays as the machine has it
			said = typed
		}
		if a, want := said(got.Layer), said(l); a != want {
			t.Fatalf("seed %d: adopted\n%s\nnot\n%s", seed, a, want)
		}
		again, _ := Adopt(text, got.Layer, Reading{Layer: l}, Signature{Who: "ben", NewID: func() string { n++; return fmt.Sprintf("%06d", n) }})
		for _, d := range again {
			if d.Verb != annotate.Confirm {
				t.Fatalf("seed %d: adopted already, but %s %q", seed, d.Verb, d.Target.Exact)
			}
		}
	}
}

// typed lists the mentions in l that people stand behind, with their types.
func typed(l *annotate.Layer) string {
	var out []string
	for e, m := range l.Mentions() {
		if m.State == annotate.Confirmed {
			out = append(out, fmt.Sprint(m.Span, e.Type))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// The type of an entity is decided in one step, that of a name that differs from the others apart; who is the same as whom
// takes as few decisions as a person needs.
func TestAdoptDecisions(t *testing.T) {
	t.Parallel()
	const text = "Lund Lund Lund Lund Malmo Malmo Oslo"
	words := split(text)
	layer := func(human bool, entities ...[]int) *annotate.Layer {
		l := &annotate.Layer{Engine: "test"}
		for i, ws := range entities {
			e := annotate.Entity{ID: idAt(i), Type: []annotate.Type{annotate.Place, annotate.Person, annotate.Organization}[ws[0]], Name: words[ws[1]].In(text)}
			for _, w := range ws[1:] {
				m := annotate.Mention{Span: words[w].Span, Form: annotate.Name, Type: e.Type, Origin: annotate.Origin{Score: .5}}
				if human {
					m.State, m.Origin = annotate.Confirmed, annotate.Origin{Human: true, Score: 1}
				}
				e.Mentions = append(e.Mentions, m)
			}
			l.Entities = append(l.Entities, e)
		}
		return l
	}
	const place, person, organization = 0, 1, 2
	machine := layer(false, []int{place, 0, 1, 2, 3}, []int{place, 4, 5}, []int{person, 6})
	for _, c := range []struct {
		name  string
		file  *annotate.Layer
		verbs string // and how many steps these are
		says  string
	}{
		{"all of another type, none joined", layer(true, []int{person, 0}, []int{person, 1}, []int{person, 2}, []int{person, 3}),
			"relabel relabel relabel relabel, 1", "person Lund 4, place Malmo 2, person Oslo 1"},
		{"most of another type", layer(true, []int{person, 0}, []int{organization, 1}, []int{person, 2}, []int{person, 3}),
			"relabel split relabel relabel relabel, 2", "person Lund 3, organization Lund 1, place Malmo 2, person Oslo 1"},
		{"one of four", layer(true, []int{person, 0}),
			"split relabel, 1", "person Lund 1, place Lund 3, place Malmo 2, person Oslo 1"},
		{"joined as they are", layer(true, []int{person, 0, 1, 2, 3}, []int{place, 4, 5}),
			"relabel relabel relabel relabel confirm confirm, 3", "person Lund 4, place Malmo 2, person Oslo 1"},
		{"two taken for one", layer(true, []int{place, 0, 1, 2, 3, 4, 5}),
			"confirm confirm confirm confirm confirm confirm merge rename, 8", "place Lund 6, person Oslo 1"},
		{"one taken for two", layer(true, []int{place, 0}, []int{place, 1, 2, 3}),
			"confirm confirm confirm confirm split, 5", "place Lund 1, place Lund 3, place Malmo 2, person Oslo 1"},
	} {
		n := 0
		log, _ := Adopt(text, machine, Reading{Layer: c.file}, Signature{Who: "ben", NewID: func() string { n++; return fmt.Sprintf("%03d", n) }})
		steps := map[string]bool{}
		var verbs, says []string
		for _, d := range log {
			steps[d.Step] = true
			verbs = append(verbs, string(d.Verb))
		}
		if got := fmt.Sprintf("%s, %d", strings.Join(verbs, " "), len(steps)); got != c.verbs {
			t.Errorf("%s: %s, not %s", c.name, got, c.verbs)
		}
		for _, e := range Apply(text, machine, log).Layer.Entities {
			says = append(says, fmt.Sprintf("%s %s %d", e.Type, words[slices.IndexFunc(words, func(w word) bool { return w.Span == e.Mentions[0].Span })].In(text), len(e.Mentions)))
		}
		if got := strings.Join(says, ", "); got != c.says {
			t.Errorf("%s: %s, not %s", c.name, got, c.says)
		}
	}
}

// said lists what people stand behind in l.
func said(l *annotate.Layer) string {
	var out []string
	home := map[string]articles.Span{}
	for _, e := range l.Entities {
		var ms []string
		for _, m := range e.Mentions {
			if m.State == annotate.Confirmed {
				ms = append(ms, fmt.Sprint(m.Span))
				if home[e.ID] == (articles.Span{}) {
					home[e.ID] = m.Span
				}
			}
		}
		if len(ms) > 0 {
			out = append(out, fmt.Sprintf("%s %q %s", e.Type, e.Name, strings.Join(ms, " ")))
		}
	}
	for _, q := range l.Quotes {
		if q.State == annotate.Confirmed {
			var by []articles.Span
			for _, id := range q.Speakers() {
				by = append(by, home[id])
			}
			out = append(out, fmt.Sprintf("%s %v by %v, %v", q.Type, q.Span, by, q.Cue))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func TestAdoptRejections(t *testing.T) {
	t.Parallel()
	const text = "Quill met Halden."
	quill, halden := articles.Span{Start: 0, End: 5}, articles.Span{Start: 10, End: 16}
	layer := func(s annotate.State) *annotate.Layer {
		return &annotate.Layer{Entities: []annotate.Entity{
			{ID: "e1", Type: annotate.Person, Name: "Quill", Mentions: []annotate.Mention{{Span: quill, Form: annotate.Name, Type: annotate.Person, State: s}}},
			{ID: "e2", Type: annotate.Person, Name: "Halden", Mentions: []annotate.Mention{{Span: halden, Form: annotate.Name, Type: annotate.Person}}},
		}, Remarks: []annotate.Remark{{Kind: annotate.OfMention, Span: quill, Text: "ask"}}}
	}
	log, passed := Adopt(text, layer(annotate.Proposed), Reading{Layer: layer(annotate.Rejected)}, Signature{Who: "ben", NewID: func() string { return "1" }})
	if passed != 1 || len(log) != 2 || log[0].Verb != annotate.Reject || log[1].Verb != annotate.Note || log[1].Value != "ask" {
		t.Errorf("passed %d, %+v", passed, log)
	}
}

// A quote that a person gave to nobody stays nobody's, but not where no quote has a speaker.
func TestAdoptNobody(t *testing.T) {
	t.Parallel()
	const text = "Quill said no. Halden said yes."
	quill := annotate.Entity{ID: "e1", Type: annotate.Person, Name: "Quill", Mentions: []annotate.Mention{{Span: articles.Span{Start: 0, End: 5}, Form: annotate.Name, Type: annotate.Person, State: annotate.Confirmed}}}
	layer := func(first, second string, s annotate.State) *annotate.Layer {
		return &annotate.Layer{Entities: []annotate.Entity{quill}, Quotes: []*annotate.Quote{
			{Span: articles.Span{Start: 11, End: 13}, Type: annotate.Direct, Speaker: first, State: s}, {Span: articles.Span{Start: 27, End: 30}, Type: annotate.Direct, Speaker: second, State: s}}}
	}
	machine := layer("e1", "e1", annotate.Proposed)
	for _, c := range []struct{ first, want string }{{"e1", ""}, {"", "e1"}} {
		n := 0
		log, _ := Adopt(text, machine, Reading{Layer: layer(c.first, "", annotate.Confirmed)}, Signature{Who: "ben", NewID: func() string { n++; return fmt.Sprint(n) }})
		if got := Apply(text, machine, log).Layer.Quotes[1].Speaker; got != c.want {
			t.Errorf("the first by %q: the second by %q, not %q", c.first, got, c.want)
		}
	}
}

// The words that say who speaks a quote, though that is no entity, come with it, whatever the machine says of the quote: nothing, other words,
// the same, or somebody. A second machine does not change them.
func TestAdoptWordsOfSpeaker(t *testing.T) {
	t.Parallel()
	const text = "“Yes,” a new study said. Bo was there."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	bo := annotate.Entity{ID: "e1", Type: annotate.Person, Name: "Bo", Mentions: []annotate.Mention{{Span: at("Bo"), Form: annotate.Name, Type: annotate.Person}}}
	quote := func(speaker string, named articles.Span, s annotate.State) *annotate.Layer {
		return &annotate.Layer{Engine: "test", Entities: []annotate.Entity{bo}, Quotes: []*annotate.Quote{
			{Span: at("“Yes,”"), Type: annotate.Direct, Speaker: speaker, SpeakerMention: named, State: s}}}
	}
	machines := map[string]*annotate.Layer{
		"nothing":      {Engine: "test"},
		"no words":     quote("", articles.Span{}, annotate.Proposed),
		"other words":  quote("", at("a new study"), annotate.Proposed),
		"the same":     quote("", at("new study"), annotate.Proposed),
		"somebody":     quote("e1", articles.Span{}, annotate.Proposed),
		"them as a Bo": quote("e1", at("new study"), annotate.Proposed),
	}
	for name, machine := range machines {
		n := 0
		sign := Signature{Who: "ben", NewID: func() string { n++; return fmt.Sprint(n) }}
		log, _ := Adopt(text, machine, Reading{Layer: quote("", at("new study"), annotate.Confirmed), Attributed: true}, sign)
		for again, other := range machines {
			got := Apply(text, other, log).Layer.Quotes[0]
			if got.Speaker != "" || got.SpeakerMention != at("new study") {
				t.Errorf("over %s, then %s: by %q, named %q", name, again, got.Speaker, got.SpeakerMention.In(text))
			}
		}
		for _, d := range log {
			line, err := Encode(d)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := DecodeSound(line); err != nil || wordsShown(&back) != wordsShown(&d) {
				t.Errorf("over %s: %s was read as %v, %v", name, line, back, err)
			}
		}
		log = AdoptSpeakers(text, quote("", at("new study"), annotate.Confirmed), map[articles.Span]bool{at("“Yes,”"): true}, sign)
		r := Apply(text, machine, log)
		if got := r.Layer.Quotes[0]; got.Speaker != "" || got.SpeakerMention != at("new study") {
			t.Errorf("speakers over %s: by %q, named %q", name, got.Speaker, got.SpeakerMention.In(text))
		}
		if e := r.History()[0]; e.About != "new study" || e.Did != "Attributed to “new study”: quote “Yes,”" {
			t.Errorf("over %s: %q, %s", name, e.About, e.Did)
		}
	}
}

// Who removed the cue of a quote has none after the layer went through a file that has cues; a file without any says
// nothing about them.
func TestAdoptNoCue(t *testing.T) {
	t.Parallel()
	const text = "“Yes,” said Ann. “No,” added Bo."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	layer := func(first, second articles.Span, s annotate.State) *annotate.Layer {
		return &annotate.Layer{Quotes: []*annotate.Quote{{Span: at("“Yes,”"), Type: annotate.Direct, Cue: first, State: s}, {Span: at("“No,”"), Type: annotate.Direct, Cue: second, State: s}}}
	}
	said, added, none := at("said"), at("added"), articles.Span{}
	for _, c := range []struct {
		has        [2]articles.Span
		attributed bool
		want       [2]articles.Span
	}{
		{[2]articles.Span{none, added}, true, [2]articles.Span{none, added}},
		{[2]articles.Span{none, added}, false, [2]articles.Span{said, added}},
		{[2]articles.Span{none, none}, true, [2]articles.Span{said, added}},
	} {
		machine := layer(said, added, annotate.Proposed)
		n := 0
		sign := Signature{Who: "ann", NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}
		log, _ := Adopt(text, machine, Reading{Layer: layer(c.has[0], c.has[1], annotate.Confirmed), Attributed: c.attributed}, sign)
		q := Apply(text, machine, log).Layer.Quotes
		if got := [2]articles.Span{q[0].Cue, q[1].Cue}; got != c.want {
			t.Errorf("%v, attributed %v: %v, want %v", c.has, c.attributed, got, c.want)
		}
	}
}

// Which suggestions people took for one, and what they called them, is adopted from a layer of byline's own with the same
// suggestions, though nobody confirmed them; from any other layer it is not.
func TestAdoptSuggestions(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		var b strings.Builder
		var words []articles.Span
		for i := range 5 + r.IntN(30) {
			w := fmt.Sprint([]string{"Quill", "Ferris", "Halden", "Berg"}[r.IntN(4)], i)
			words = append(words, articles.Span{Start: b.Len(), End: b.Len() + len(w)})
			b.WriteString(w + " ")
		}
		text := b.String()
		machine := drawn(r, words, false)
		for i := range machine.Entities {
			e := &machine.Entities[i]
			e.Name = ""
			for _, m := range e.Mentions { // as the engine names them
				if said := m.In(text); len(said) > len(e.Name) {
					e.Name = said
				}
			}
		}
		n := 0
		sign := Signature{Who: "ben", Now: time.Unix(1, 0), NewID: func() string { n++; return fmt.Sprintf("%06d", n) }}
		var at []articles.Span
		for _, m := range machine.Mentions() {
			at = append(at, m.Span)
		}
		var log []annotate.Decision
		for range 4 {
			if len(at) == 0 {
				break
			}
			c := Edit{Verb: []annotate.Verb{annotate.Merge, annotate.Split, annotate.Rename}[r.IntN(3)], Targets: []Target{{annotate.OfMention, at[r.IntN(len(at))]}}, Value: "Another"}
			if c.Verb != annotate.Rename {
				c.To, c.Value = at[r.IntN(len(at))], ""
			}
			shown := Apply(text, machine, log)
			log = append(log, (&Writer{Text: text, Shown: &shown, Signature: sign}).Write(c)...)
		}
		want := Apply(text, machine, log).Layer
		again, _ := Adopt(text, machine, Reading{Layer: want, Attributed: true}, sign)
		if got := Apply(text, machine, again).Layer; grouped(got) != grouped(want) {
			t.Fatalf("seed %d: adopted\n%s\nnot\n%s\nfrom\n%s", seed, grouped(got), grouped(want), grouped(machine))
		}
		if foreign, _ := Adopt(text, machine, Reading{Layer: want}, sign); len(foreign) > 0 {
			t.Fatalf("seed %d: %d decisions of a file that is not byline's", seed, len(foreign))
		}
		older := *want
		older.Engine = "older"
		if others, _ := Adopt(text, machine, Reading{Layer: &older, Attributed: true}, sign); len(others) > 0 {
			t.Fatalf("seed %d: %d decisions of another engine", seed, len(others))
		}
		other := drawn(rand.New(rand.NewPCG(seed, 12)), words, false)
		for i := range other.Entities { // another engine
			for k := range other.Entities[i].Mentions {
				other.Entities[i].Mentions[k].Origin.Score = .6
			}
		}
		if foreign, _ := Adopt(text, other, Reading{Layer: want, Attributed: true}, sign); len(at) > 0 && len(foreign) > 0 {
			t.Fatalf("seed %d: %d decisions of other suggestions", seed, len(foreign))
		}
	}
}

// grouped lists the entities of l with their names and mentions.
func grouped(l *annotate.Layer) string {
	var out []string
	for i := range l.Entities {
		line := ""
		for _, m := range l.Entities[i].Mentions {
			line += fmt.Sprint(m.Span, " ")
		}
		out = append(out, line+l.Entities[i].Name)
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// Who made a claim together sign a decision each, and these come to what those of one come to.
func TestAdoptTogether(t *testing.T) {
	t.Parallel()
	both := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 5))
		text, words := drawnWords(r)
		machine, l := drawn(r, words, false), drawn(r, words, true)
		adopted := func(who ...string) ([]annotate.Decision, Result) {
			for i := range l.Entities {
				l.Entities[i].Origin.Stage = annotate.Together(who)
				for k := range l.Entities[i].Mentions {
					l.Entities[i].Mentions[k].Origin.Stage = annotate.Together(who)
				}
			}
			for _, q := range l.Quotes {
				q.Origin.Stage = annotate.Together(who)
			}
			n := 0
			log, _ := Adopt(text, machine, Reading{Layer: l}, Signature{Who: "ben", Now: time.Unix(1, 0), NewID: func() string { n++; return fmt.Sprintf("%06d", n) }})
			return log, Apply(text, machine, log)
		}
		one, want := adopted("ann")
		log, got := adopted("ann", "bob")
		if len(got.Conflicts)+len(got.Orphans) > 0 {
			t.Fatalf("seed %d: %v %v", seed, got.Conflicts, got.Orphans)
		}
		if a, b := said(got.Layer), said(want.Layer); a != b {
			t.Fatalf("seed %d: together\n%s\nnot\n%s", seed, a, b)
		}
		by, whole := map[string]int{}, 0
		for _, d := range log {
			by[d.Who]++
			if d.Who == "ann" && (d.Verb == annotate.Merge || d.Verb == annotate.Split || d.Verb == annotate.Rename) {
				whole++
			}
		}
		if by["ann"]+by["ben"] != len(one) || by["bob"] != by["ann"]-whole || len(by) > 3 {
			t.Fatalf("seed %d: %v of %d", seed, by, len(one))
		}
		both += by["bob"]
	}
	if both == 0 {
		t.Error("nobody signed")
	}
}

package review

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

const ferries = `Halden Ferries to cut the night boat

Marta Quill, the head of Halden Ferries, said on Monday that the boat would stop. “We sold the press,” Quill said.

Anders Lee of the Harbour Union called it a disgrace. “Nobody asked us,” said Lee.

Ms Quill told Reuters that 2027 would be better. According to Anna Berg, an analyst at Norsk Bank, it was expected.
`

// ferryLayer tells the names of ferries apart.
func ferryLayer() *annotate.Layer {
	p, o := annotate.Person, annotate.Organization
	l := &annotate.Layer{Engine: "apart"}
	for _, e := range []struct {
		typ   annotate.Type
		words []string
	}{{o, []string{"Halden Ferries", "Halden Ferries"}}, {p, []string{"Marta Quill", "Quill", "Quill"}}, {p, []string{"Anders Lee", "Lee"}}, {o, []string{"Harbour Union"}},
		{o, []string{"Reuters"}}, {p, []string{"Anna Berg"}}, {o, []string{"Norsk Bank"}}} {
		made := annotate.Entity{ID: idAt(len(l.Entities)), Type: e.typ, Name: e.words[0]}
		far := 0
		for _, w := range e.words {
			i := strings.Index(ferries[far:], w)
			far += i + len(w)
			made.Mentions = append(made.Mentions, found(e.typ, annotate.Name, articles.Span{Start: far - len(w), End: far}))
		}
		l.Entities = append(l.Entities, made)
	}
	l.Quotes = []*annotate.Quote{
		{Span: at(ferries, "“We sold the press,”", 0), Type: annotate.Direct, Speaker: "e2", SpeakerMention: at(ferries, "Quill", 1), Cue: at(ferries, "said", 1)},
		{Span: at(ferries, "“Nobody asked us,”", 0), Type: annotate.Direct, Speaker: "e3", SpeakerMention: at(ferries, "Lee", 1), Cue: at(ferries, "said", 2)},
	}
	return l
}

var capitalized = regexp.MustCompile(`[A-Z][a-z]+(?: [A-Z][a-z]+)*`)

// allInOne takes all that begins with capitals for one organization.
func allInOne() *annotate.Layer {
	e := annotate.Entity{ID: "e1", Type: annotate.Organization, Name: "Halden Ferries"}
	for _, m := range capitalized.FindAllStringIndex(ferries, -1) {
		s := articles.Span{Start: m[0], End: m[1]}
		e.Mentions = append(e.Mentions, found(e.Type, annotate.Name, s))
	}
	return &annotate.Layer{Engine: "one", Entities: []annotate.Entity{e}}
}

// What was confirmed stays somebody's when other names are split off or typed that a program takes for the same.
func TestConfirmedOutlastsWhatIsDoneElsewhere(t *testing.T) {
	t.Parallel()
	quill, quote := at(ferries, "Marta Quill", 0), Target{annotate.OfQuote, at(ferries, "“We sold the press,”", 0)}
	names := func(verb annotate.Verb, typ annotate.Type, here bool, words ...string) Edit {
		c := Edit{Verb: verb, Value: string(typ), Here: here}
		for _, w := range words {
			c.Targets = append(c.Targets, Target{annotate.OfMention, at(ferries, w, 0)})
		}
		return c
	}
	for name, c := range map[string]Edit{
		"split":               names(annotate.Split, "", false, "Anders Lee"),
		"split two":           names(annotate.Split, "", false, "Anders Lee", "Anna Berg"),
		"organization":        names(annotate.Relabel, annotate.Organization, true, "Anders Lee"),
		"organizations":       names(annotate.Relabel, annotate.Organization, false, "Anders Lee", "Reuters"),
		"people":              names(annotate.Relabel, annotate.Person, true, "Harbour Union", "Reuters"),
		"person":              names(annotate.Relabel, annotate.Person, false, "Harbour Union"),
		"rejected":            names(annotate.Reject, "", false, "Anders Lee"),
		"itself":              {Verb: annotate.Split, Targets: []Target{{annotate.OfMention, at(ferries, "Quill", 2)}}},
		"itself, by its name": names(annotate.Split, "", false, "Marta Quill"),
		"longer":              {Verb: annotate.Respan, Targets: []Target{{annotate.OfMention, quill}}, To: at(ferries, "Marta Quill, the", 0)},
	} {
		s := sit(t, ferries, ferryLayer())
		s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{annotate.OfMention, quill}, {annotate.OfMention, at(ferries, "Halden Ferries", 1)}, quote}})
		s.do(c)
		want := unnamed(answers(ferries, s.shown.Layer))
		for range 2 {
			s.machine = allInOne()
			if s.apply(); !slices.Equal(unnamed(answers(ferries, s.shown.Layer)), want) {
				got := unnamed(answers(ferries, s.shown.Layer))
				t.Errorf("%s:\n%s\nis gone; there is\n%s\n", name, missing(want, got), missing(got, want))
			}
			s.machine = ferryLayer()
			s.apply()
		}
	}
}

// Whom somebody renamed, merged or split off keeps the type that was shown.
func TestTypeOutlastsEngines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]Edit{
		"renamed": {Verb: annotate.Rename, Value: "Martha", Targets: []Target{{annotate.OfMention, at(ferries, "Marta Quill", 0)}}},
		"merged":  {Verb: annotate.Merge, To: at(ferries, "Anna Berg", 0), Targets: []Target{{annotate.OfMention, at(ferries, "Marta Quill", 0)}}},
		"split":   {Verb: annotate.Split, Targets: []Target{{annotate.OfMention, at(ferries, "Anders Lee", 0)}}},
	} {
		s := sit(t, ferries, ferryLayer())
		s.do(c)
		want := s.shown.Layer
		s.machine = allInOne()
		s.apply()
		for _, e := range want.Entities {
			if !e.Origin.Human {
				continue
			}
			is := slices.IndexFunc(s.shown.Layer.Entities, func(x annotate.Entity) bool { return x.Origin.Human && x.Name == e.Name && x.Type == e.Type })
			if is < 0 {
				t.Errorf("%s: the %s %q is gone:\n%s", name, e.Type, e.Name, show(ferries, s.shown.Layer))
			}
		}
	}
}

// layered is a layer of text with an entity for each of these lines: its type, and its names, each the n-th that is spelled so.
func layered(text string, lines ...string) *annotate.Layer {
	l := &annotate.Layer{Engine: strings.Join(lines, "; ")}
	for _, line := range lines {
		typ, names, _ := strings.Cut(line, ": ")
		e := annotate.Entity{ID: idAt(len(l.Entities)), Type: annotate.Type(typ)}
		for name := range strings.SplitSeq(names, ", ") {
			w, n := name[:len(name)-2], int(name[len(name)-1]-'0')
			e.Mentions = append(e.Mentions, found(e.Type, annotate.Name, at(text, w, n)))
		}
		slices.SortFunc(e.Mentions, bySpan)
		for _, m := range e.Mentions {
			if w := m.In(text); len(w) > len(e.Name) {
				e.Name = w
			}
		}
		l.Entities = append(l.Entities, e)
	}
	slices.SortFunc(l.Entities, func(a, b annotate.Entity) int { return bySpan(a.Mentions[0], b.Mentions[0]) })
	return l
}

// Who was confirmed is joined by nobody whom a program takes for one of their names, wherever somebody puts that.
func TestConfirmedOutlastsOtherNames(t *testing.T) {
	t.Parallel()
	const text = "Ames met Berg. Bo Cole met Cole. Dunn met Berg. Ames met Bo Cole. Dunn left."
	on := func(v annotate.Verb, name string, typ annotate.Type, to ...string) Edit {
		span := func(name string) articles.Span { return at(text, name[:len(name)-2], int(name[len(name)-1]-'0')) }
		c := Edit{Verb: v, Targets: []Target{{annotate.OfMention, span(name)}}, Value: string(typ), Here: true}
		if len(to) > 0 {
			c.To = span(to[0])
		}
		return c
	}
	person, confirm := annotate.Person, annotate.Confirm
	for _, c := range []struct {
		name        string
		shown, late []string
		do          []Edit
	}{
		{"typed, with the words of a suggestion", []string{"person: Ames 0", "organization: Dunn 0"}, []string{"person: Ames 0, Dunn 1", "person: Dunn 0"},
			[]Edit{on(confirm, "Ames 0", ""), on(annotate.Relabel, "Dunn 0", person)}},
		{"added, to whom it joined", []string{"person: Ames 0, Bo Cole 0, Dunn 0, Berg 0"}, nil,
			[]Edit{on(confirm, "Dunn 0", ""), on(annotate.Add, "Berg 1", person)}},
		{"split off, and what is left of them", []string{"person: Ames 0, Berg 0"}, nil,
			[]Edit{on(confirm, "Ames 0", ""), on(annotate.Split, "Ames 0", ""), on(confirm, "Berg 0", "")}},
		{"split off, and no longer found", []string{"person: Cole 1, Bo Cole 1"}, nil,
			[]Edit{on(confirm, "Cole 1", ""), on(annotate.Split, "Bo Cole 1", ""), on(annotate.Respan, "Bo Cole 1", "", "Cole 2")}},
		{"merged, with what a program takes for theirs", []string{"person: Ames 0", "person: Berg 0", "person: Dunn 0, Dunn 1"}, []string{"person: Ames 0, Dunn 0"},
			[]Edit{on(confirm, "Ames 0", ""), on(annotate.Merge, "Ames 0", "", "Berg 0"), on(confirm, "Dunn 0", ""), on(confirm, "Dunn 1", "")}},
		{"merged, into what a program takes for another", []string{"person: Ames 0", "organization: Berg 0", "organization: Dunn 0", "organization: Bo Cole 0"}, []string{"person: Ames 0, Bo Cole 0"},
			[]Edit{on(confirm, "Ames 0", ""), on(confirm, "Dunn 0", ""), on(annotate.Merge, "Berg 0", "", "Ames 0"), on(annotate.Merge, "Dunn 0", "", "Bo Cole 0")}},
	} {
		s := sit(t, text, layered(text, c.shown...))
		for _, e := range c.do {
			if s.do(e) == 0 {
				t.Fatalf("%s: nothing was done", c.name)
			}
		}
		want := answers(text, s.shown.Layer)
		s.machine = layered(text, c.late...)
		if s.apply(); !slices.Equal(answers(text, s.shown.Layer), want) {
			got := answers(text, s.shown.Layer)
			t.Errorf("%s:\n%s\nis gone; there is\n%s\nin\n%s", c.name, missing(want, got), missing(got, want), show(text, s.shown.Layer))
		}
	}
}

// elsewhere returns what somebody may do with a name of an entity of which nobody confirmed anything: split it off, or give it a type.
func elsewhere(r *rand.Rand, l *annotate.Layer) (Edit, bool) {
	said := map[string]bool{}
	for _, q := range l.Quotes {
		for _, id := range q.Speakers() {
			said[id] = said[id] || q.State == annotate.Confirmed
		}
	}
	var open []Target
	for i := range l.Entities {
		e := &l.Entities[i]
		if said[e.ID] || slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.State == annotate.Confirmed }) {
			continue
		}
		for _, m := range e.Mentions {
			open = append(open, Target{annotate.OfMention, m.Span})
		}
	}
	if len(open) == 0 {
		return Edit{}, false
	}
	c := Edit{Verb: annotate.Split, Targets: []Target{open[r.IntN(len(open))]}}
	if r.IntN(3) > 0 {
		c.Verb, c.Here = annotate.Relabel, true
		c.Value = string([]annotate.Type{annotate.Person, annotate.Organization, annotate.Place}[r.IntN(3)])
	}
	return c, true
}

// begun returns those of lines that begin as one of these.
func begun(lines, as []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(l string) bool {
		return !slices.ContainsFunc(as, func(a string) bool { return strings.HasPrefix(l, a[:strings.Index(a, " ")+1]) })
	})
}

// What was confirmed stays as it was when other names are split off and typed, whatever the machine says later.
func TestConfirmedOutlastsSplitsAndTypes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(sights()) {
		r := rand.New(rand.NewPCG(seed, 36))
		text := tale(r, 3+r.IntN(6))
		s := sit(t, text, opinion(r, text))
		for range 6 {
			if claims := slices.Collect(s.shown.Layer.Claims()); len(claims) > 0 {
				x := claims[r.IntN(len(claims))]
				s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{x.Kind, x.Span}}})
			}
		}
		confirmed := answers(text, s.shown.Layer)
		for range 3 {
			if c, ok := elsewhere(r, s.shown.Layer); ok {
				s.do(c)
			}
		}
		want := begun(answers(text, s.shown.Layer), confirmed)
		for range 4 {
			s.machine = opinion(r, text)
			s.apply()
			if got := begun(answers(text, s.shown.Layer), confirmed); !slices.Equal(got, want) {
				t.Fatalf("seed %d: of a log of %d\n%s\nis gone; there is\n%s\nin\n%s%s", seed, len(s.log), missing(want, got), missing(got, want), text, verbsOf(s.log))
			}
		}
	}
}

// reshapes returns what somebody may do with any names of l: merge two entities, split a name off, give it a type, or move its end.
func reshapes(r *rand.Rand, text string, l *annotate.Layer) Edit {
	some := func() articles.Span {
		ms := l.Entities[r.IntN(len(l.Entities))].Mentions
		return ms[r.IntN(len(ms))].Span
	}
	m, with := some(), some()
	c := Edit{Verb: annotate.Split, Targets: []Target{{annotate.OfMention, m}}}
	switch home := homesOf(l); r.IntN(4) {
	case 0:
		if home[m] != home[with] {
			c.Verb, c.To = annotate.Merge, with
		}
	case 1:
		c.Verb, c.Here, c.Value = annotate.Relabel, true, string(types[r.IntN(3)])
	case 2:
		if first, _, more := strings.Cut(m.In(text), " "); more {
			c.Verb, c.To = annotate.Respan, articles.Span{Start: m.Start + len(first) + 1, End: m.End}
		}
	}
	return c
}

// nameless leaves out of answers what entities are called, and so who speaks quotes.
func nameless(answers []string) []string {
	for i, a := range answers {
		answers[i] = calledSo.ReplaceAllString(a, "")
	}
	return answers
}

var calledSo = regexp.MustCompile(` "[^"]*"| of \[.*`)

// What was confirmed stays what it was, and with whom, when names are merged, split off, typed and given other ends, whatever the machine
// says later.
func TestConfirmedOutlastsMergesAndEnds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(sights()) {
		r := rand.New(rand.NewPCG(seed, 38))
		text := tale(r, 3+r.IntN(6))
		s := sit(t, text, opinion(r, text))
		for range 6 {
			if claims := slices.Collect(s.shown.Layer.Claims()); len(claims) > 0 {
				x := claims[r.IntN(len(claims))]
				s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{x.Kind, x.Span}}})
			}
		}
		confirmed := answers(text, s.shown.Layer)
		for range 3 {
			if len(s.shown.Layer.Entities) > 0 {
				s.do(reshapes(r, text, s.shown.Layer))
			}
		}
		want := nameless(begun(answers(text, s.shown.Layer), confirmed))
		for range 4 {
			s.machine = opinion(r, text)
			s.apply()
			if got := nameless(begun(answers(text, s.shown.Layer), confirmed)); !slices.Equal(got, want) {
				t.Fatalf("seed %d: of a log of %d\n%s\nis gone; there is\n%s\nin\n%s%s", seed, len(s.log), missing(want, got), missing(got, want), text, verbsOf(s.log))
			}
		}
	}
}

// Under a layer other than the one decided on, a draft that takes steps one by one, and takes them back, says what the whole log says.
func TestUndoUnderAnotherEngine(t *testing.T) {
	t.Parallel()
	taken := 0
	for seed := range uint64(sights()) {
		r := rand.New(rand.NewPCG(seed, 37))
		text := tale(r, 3+r.IntN(5))
		s := sit(t, text, opinion(r, text))
		for range 8 {
			if claims := slices.Collect(s.shown.Layer.Claims()); len(claims) > 0 {
				x := claims[r.IntN(len(claims))]
				s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{x.Kind, x.Span}}})
			}
			if c, ok := elsewhere(r, s.shown.Layer); ok {
				s.do(c)
			}
		}
		l := opinion(r, text)
		ids := &IDs{Random: rand.NewChaCha8([32]byte{1})}
		ids.Next(later(1))
		d := Anchoring{}.Draft(text, l, nil)
		now, log := d.Result(), []annotate.Decision(nil)
		add := func(ds []annotate.Decision) {
			log = append(log, ds...)
			next, ok := d.Add(&now, ds)
			if ok {
				taken++
			} else {
				d = d.Again(log)
				next = d.Result()
			}
			if full := Apply(text, l, log); !reflect.DeepEqual(next, full) {
				t.Fatalf("seed %d: %s after %s", seed, differ(text, next, full), verbsOf(log))
			}
			now = next
		}
		for i := range s.log {
			if i == 0 || s.log[i].Step != s.log[i-1].Step {
				add(slices.DeleteFunc(slices.Clone(s.log), func(x annotate.Decision) bool { return x.Step != s.log[i].Step }))
			}
		}
		for range 5 {
			x := turnOf(r, log, ids)
			x.ID = ids.Next(later(2))
			x.Step = x.ID
			add([]annotate.Decision{x})
		}
	}
	if taken < 5*sights() {
		t.Fatalf("only %d steps were added", taken)
	}
}

package review

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

var sightCases = flag.Int("sights", 600, "how many random cases of what was shown are tried")

// sights returns how many random cases are tried: with -short, which is how they run under the race detector, a quarter of them.
func sights() int {
	if testing.Short() {
		return *sightCases / 4
	}
	return *sightCases
}

// cast are people and organizations of whom an article tells, with what they are called; no two have a name in common.
var cast = [][]string{{"Marta Quill", "Quill"}, {"Bob Hale", "Hale"}, {"Zoë Müller", "Müller"}, {"Halden Ferries", "Halden"}, {"Orrin 😀 Bay"}}

// tale returns an article of n sentences about them, most of which quote somebody.
func tale(r *rand.Rand, n int) string {
	var b strings.Builder
	one := func() string {
		names := cast[r.IntN(len(cast))]
		return names[r.IntN(len(names))]
	}
	for i := range n {
		switch r.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "%s met %s again. ", one(), one())
		case 1:
			fmt.Fprintf(&b, "“We sold %d,” said %s, and she %s. ", i, one(), []string{"left", "was late", "wrote"}[r.IntN(3)])
		case 2:
			fmt.Fprintf(&b, "%s told %s: “It rained %d days.”\n\n", one(), one(), i)
		case 3:
			fmt.Fprintf(&b, "“Well %d,” she added. The mayor and %s agreed.\n\n", i, one())
		}
	}
	return b.String()
}

// opinion is a random layer of a tale: it finds some of the names, takes some of those who differ for one, and one for several.
func opinion(r *rand.Rand, text string) *annotate.Layer {
	l := &annotate.Layer{Engine: fmt.Sprint("opinion-", r.IntN(9))}
	groups := map[int][]annotate.Mention{}
	far := 0
	for at := 0; at < len(text); at++ {
		for k, names := range append(slices.Clone(cast), []string{"she"}, []string{"The mayor", "mayor"}) {
			for _, name := range names {
				if at < far || !strings.HasPrefix(text[at:], name) || r.IntN(5) == 0 {
					continue
				}
				if r.IntN(9) == 0 {
					k = r.IntN(len(cast))
				}
				if k >= len(cast) {
					k = r.IntN(len(cast))
				}
				far = at + len(name)
				form := annotate.Name
				if name == "she" {
					form = annotate.Pronoun
				} else if strings.HasSuffix(name, "mayor") {
					form = annotate.Nominal
				}
				groups[k] = append(groups[k], found("", form, articles.Span{Start: at, End: far}))
			}
		}
	}
	for range r.IntN(3) { // takes two for one
		a, b := r.IntN(len(cast)), r.IntN(len(cast))
		if a != b {
			groups[a] = append(groups[a], groups[b]...)
			delete(groups, b)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(groups)) {
		ms := groups[k]
		if len(ms) == 0 {
			continue
		}
		slices.SortFunc(ms, bySpan)
		e := annotate.Entity{Type: []annotate.Type{annotate.Person, annotate.Person, annotate.Organization}[r.IntN(3)], Mentions: ms}
		for i := range ms {
			ms[i].Type = e.Type
			if said := ms[i].In(text); ms[i].Form == annotate.Name && len(said) > len(e.Name) {
				e.Name = said
			}
		}
		if e.Name == "" {
			e.Name = ms[0].In(text)
		}
		l.Entities = append(l.Entities, e)
	}
	slices.SortFunc(l.Entities, func(a, b annotate.Entity) int { return bySpan(a.Mentions[0], b.Mentions[0]) })
	for i := range l.Entities {
		l.Entities[i].ID = idAt(i)
	}
	quoted(r, text, l)
	return l
}

// quoted adds quotes to l, with random speakers.
func quoted(r *rand.Rand, text string, l *annotate.Layer) {
	for from := 0; ; {
		i := strings.Index(text[from:], "“")
		if i < 0 {
			return
		}
		s := articles.Span{Start: from + i, End: from + i + strings.Index(text[from+i:], "”") + len("”")}
		if from = s.End; r.IntN(6) == 0 {
			continue
		}
		q := &annotate.Quote{Span: s, Type: []annotate.QuoteType{annotate.Direct, annotate.Mixed}[r.IntN(2)], Origin: annotate.Origin{Stage: "quotes", Score: .5}}
		if n := len(l.Entities); n > 0 && r.IntN(4) > 0 {
			e := &l.Entities[r.IntN(n)]
			q.Speaker = e.ID
			if r.IntN(3) > 0 {
				q.SpeakerMention = e.Mentions[r.IntN(len(e.Mentions))].Span
			}
			if o := &l.Entities[r.IntN(n)]; o != e && r.IntN(3) == 0 {
				q.Also = []string{o.ID}
			}
		} else if r.IntN(2) == 0 {
			q.SpeakerMention = s
			q.SpeakerMention.End = s.Start + 6 // words that name no entity
		}
		if cue := strings.Index(text[s.End:], "said"); cue >= 0 && r.IntN(2) == 0 {
			q.Cue = articles.Span{Start: s.End + cue, End: s.End + cue + 4}
		}
		l.Quotes = append(l.Quotes, q)
	}
}

// answers returns what people confirmed in l, a line for each answer: for mentions what they are and with which others, for quotes
// who says them.
func answers(text string, l *annotate.Layer) []string {
	var out []string
	for i := range l.Entities {
		e := &l.Entities[i]
		with := ""
		for _, m := range e.Mentions {
			if m.State == annotate.Confirmed {
				with += fmt.Sprintf(" %d-%d", m.Start, m.End)
			}
		}
		for _, m := range e.Mentions {
			switch {
			case m.State == annotate.Confirmed:
				out = append(out, fmt.Sprintf("%d-%d %s is the %s %s %q, with%s", m.Start, m.End, m.In(text), m.Form, e.Type, e.Name, with))
			case m.State == annotate.Proposed && m.Origin.Human:
				out = append(out, fmt.Sprintf("%d-%d %s is somebody's, though nobody decided on it", m.Start, m.End, m.In(text)))
			}
		}
	}
	for _, q := range l.Quotes {
		if q.State == annotate.Confirmed {
			var who []string
			for _, id := range q.Speakers() {
				who = append(who, l.Entity(id).Name)
			}
			out = append(out, fmt.Sprintf("%d-%d %s of %q at %v, cue %v", q.Start, q.End, q.Type, who, q.SpeakerMention, q.Cue))
		}
	}
	slices.Sort(out)
	return out
}

// missing returns what is in want and not in have.
func missing(want, have []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(want), func(s string) bool { return slices.Contains(have, s) }), "\n")
}

// unseen is a log as byline wrote it before it noted what was shown.
func unseen(log []annotate.Decision) []annotate.Decision {
	out := slices.Clone(log)
	for i := range out {
		out[i].Shown = nil
	}
	return out
}

// plainly removes from results what tells of sights only.
func plainly(l *annotate.Layer) *annotate.Layer {
	out := *l
	out.Entities = slices.Clone(l.Entities)
	for i := range out.Entities {
		out.Entities[i].Hold = nil
	}
	return &out
}

// What was confirmed stays as it was, whatever the machine says later.
func TestConfirmedOutlastsEngines(t *testing.T) {
	t.Parallel()
	for seed := range uint64(sights()) {
		r := rand.New(rand.NewPCG(seed, 33))
		text := tale(r, 3+r.IntN(6))
		s := sit(t, text, opinion(r, text))
		for range 12 {
			if claims := slices.Collect(s.shown.Layer.Claims()); len(claims) > 0 {
				c := Edit{Verb: annotate.Confirm}
				for range 1 + r.IntN(3) {
					x := claims[r.IntN(len(claims))]
					c.Targets = append(c.Targets, Target{x.Kind, x.Span})
				}
				s.do(c)
			}
		}
		want := answers(text, s.shown.Layer)
		for range 4 {
			s.machine = opinion(r, text)
			s.apply()
			if got := answers(text, s.shown.Layer); !slices.Equal(got, want) {
				t.Fatalf(verbose(s)+"\nseed %d: of a log of %d\n%s\nis gone; there is\n%s\nin\n%s", seed, len(s.log), missing(want, got), missing(got, want), text)
			}
		}
	}
}

// Under the layer that it was made on, a log means what it meant before decisions noted what was shown.
func TestSightsChangeNothingThatAgrees(t *testing.T) {
	t.Parallel()
	for seed := range uint64(sights()) {
		r := rand.New(rand.NewPCG(seed, 34))
		text, l := "", (*annotate.Layer)(nil)
		if text = prose(r, 50); seed%2 == 0 {
			text = tale(r, 5)
			l = opinion(r, text)
		} else {
			l = guess(r, text)
		}
		s := sit(t, text, l)
		for range 25 {
			s.do(change(r, text, s.shown.Layer))
			was := Apply(text, l, unseen(s.log))
			if got := plainly(s.shown.Layer); !reflect.DeepEqual(got, plainly(was.Layer)) {
				t.Fatalf("seed %d, after %d decisions:\n%s\nnot\n%s\nafter %s", seed, len(s.log), show(text, got), show(text, was.Layer), verbsOf(s.log))
			}
			if len(s.shown.Conflicts) != len(was.Conflicts) || len(s.shown.Orphans) != len(was.Orphans) {
				t.Fatalf("seed %d: %v, not %v", seed, s.shown.Conflicts, was.Conflicts)
			}
		}
	}
}

func verbose(s *sitting) string {
	var b strings.Builder
	for _, d := range s.log {
		line, _ := Encode(d)
		b.WriteString(string(line)[120:] + "\n")
	}
	return strings.ReplaceAll(b.String()+show(s.text, s.machine)+"=>\n"+show(s.text, s.shown.Layer), "%", "%%")
}

// sensible returns what somebody may sensibly do with a claim of l, but for what changes entities.
func sensible(r *rand.Rand, l *annotate.Layer) Edit {
	claims := slices.Collect(l.Claims())
	c := claims[r.IntN(len(claims))]
	some := func() articles.Span {
		ms := l.Entities[r.IntN(len(l.Entities))].Mentions
		return ms[r.IntN(len(ms))].Span
	}
	e := Edit{Verb: annotate.Confirm, Targets: []Target{{c.Kind, c.Span}}}
	switch k := r.IntN(8); {
	case c.Kind == annotate.OfQuote && k == 0:
		e.Verb, e.To = annotate.Attribute, some()
	case c.Kind == annotate.OfQuote && k == 1:
		e.Verb, e.Value = annotate.Relabel, string(annotate.Mixed)
	case c.Kind == annotate.OfQuote && k == 2:
		e.Verb = annotate.Cue
	case c.Kind == annotate.OfQuote:
	case k < 3:
		e.Verb, e.Value = annotate.Rename, "Somebody"
	}
	return e
}

// What people decided and confirmed stays as it was, whatever the machine says later.
func TestDecidedOutlastsEngines(t *testing.T) {
	t.Parallel()
	for seed := range uint64(sights()) {
		r := rand.New(rand.NewPCG(seed, 35))
		text := tale(r, 3+r.IntN(6))
		s := sit(t, text, opinion(r, text))
		for range 10 {
			if len(s.shown.Layer.Entities) > 0 {
				s.do(sensible(r, s.shown.Layer))
			}
		}
		want := unnamed(answers(text, s.shown.Layer))
		for range 4 {
			s.machine = opinion(r, text)
			s.apply()
			if got := unnamed(answers(text, s.shown.Layer)); !slices.Equal(got, want) {
				t.Fatalf("seed %d: of a log of %d\n%s\nis gone; there is\n%s\nin\n%s%s", seed, len(s.log), missing(want, got), missing(got, want), text, verbsOf(s.log))
			}
		}
	}
}

// unnamed leaves out by which words speakers are named: who was the second may be the first after a merge.
func unnamed(answers []string) []string {
	for i := range answers {
		answers[i] = namedBy.ReplaceAllString(answers[i], "")
	}
	return answers
}

var namedBy = regexp.MustCompile(` at \{\d+ \d+\}`)

// What was shown is found again in a text that has changed; a quote of which nobody's words are left that said it is listed as lost.
func TestShownInAnotherText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       string
		orphans    int
	}{
		{"as it was", story, `e1 person Marta Quill: +Marta Quill, +she,`, 0},
		{"a paragraph before", "Tom Ferris said much.\n\n" + story, `e2 person Marta Quill: +Marta Quill, +she,`, 0},
		{"without the first name", strings.Replace(story, "Marta Quill, who", "Somebody, who", 1), "e1 person Marta Quill: +she,", 1},
		{"without her", strings.Replace(strings.Replace(story, "Marta Quill, who", "Somebody, who", 1), " she said,", "", 1), "", 3},
	} {
		s := sit(t, story, machine())
		s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{annotate.OfMention, at(story, "Marta Quill", 0)}, {annotate.OfMention, at(story, "she", 0)}, {annotate.OfQuote, s.machine.Quotes[0].Span}}})
		s.text, s.machine = c.text, &annotate.Layer{Engine: "test-2"}
		ferris := at(c.text, "Tom Ferris", 0)
		s.machine.Entities = []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Tom Ferris", Mentions: []annotate.Mention{found(annotate.Person, annotate.Name, ferris)}}}
		s.apply()
		got := show(s.text, s.shown.Layer)
		if !strings.Contains("\n"+got, "\n"+c.want) || len(s.shown.Orphans) != c.orphans {
			t.Errorf("%s: %d orphans in\n%s", c.name, len(s.shown.Orphans), got)
		}
		for _, q := range s.shown.Layer.Quotes {
			if e := s.shown.Layer.Entity(q.Speaker); e == nil || e.Name != "Marta Quill" || q.Cue.In(s.text) != "said" || q.SpeakerMention.In(s.text) != "she" {
				t.Errorf("%s: the quote is of %+v", c.name, q)
			}
		}
	}
}

// A sight is written and read as it is, by either reader, and a clash is said where two people confirmed a quote with other speakers.
func TestSightIsKept(t *testing.T) {
	t.Parallel()
	ann := sit(t, joint, jointly())
	confirm := Edit{Verb: annotate.Confirm, Targets: []Target{{annotate.OfQuote, at(joint, "“not done.”", 0)}, {annotate.OfMention, at(joint, "Ames", 1)}}}
	ann.do(confirm)
	reader := &Decoder{Text: joint}
	for _, d := range ann.log {
		line, err := Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := Decode(line)
		fast, err2 := reader.Decode(line)
		if err != nil || err2 != nil || !reflect.DeepEqual(plain, d) || !reflect.DeepEqual(fast, d) || d.Shown == nil {
			t.Errorf("%s is read as %+v and %+v", line, plain.Shown, fast.Shown)
		}
		if why, _ := Fault(line, d.ID, d.Who, d.At); why != "" {
			t.Errorf("%s: %s", line, why)
		}
	}
	other := jointly()
	other.Quotes[0].Speaker, other.Quotes[0].Also, other.Quotes[0].SpeakerMention = "e3", nil, at(joint, "Quill", 0)
	for _, c := range []struct {
		l       *annotate.Layer
		clashes int
	}{{jointly(), 0}, {other, 1}} {
		bo := sit(t, joint, c.l).apart("bo", 9)
		bo.do(confirm)
		one, two := (Merger{joint, jointly()}).Merge(ann.log, bo.log), (Merger{joint, jointly()}).Merge(bo.log, ann.log)
		if len(one.Clashes) != c.clashes || !reflect.DeepEqual(one, two) {
			t.Errorf("%d clashes, not %d", len(one.Clashes), c.clashes)
		}
	}
}

// crowd is a text of n names with a layer in which each is a person, and the edit that confirms all.
func crowd(n int) (string, *annotate.Layer, Edit) {
	var text strings.Builder
	l, c := &annotate.Layer{}, Edit{Verb: annotate.Confirm}
	for i := range n {
		w := fmt.Sprint("Quill", i)
		at := articles.Span{Start: text.Len(), End: text.Len() + len(w)}
		text.WriteString(w + " and\n")
		l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i), Name: w, Type: annotate.Person,
			Mentions: []annotate.Mention{{Span: at, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Score: .9}}}})
		c.Targets = append(c.Targets, Target{annotate.OfMention, at})
	}
	return text.String(), l, c
}

// confirmed returns the log of an edit.
func confirmed(text string, l *annotate.Layer, c Edit) []annotate.Decision {
	shown := Apply(text, l, nil)
	n := 0
	return (&Writer{Text: text, Shown: &shown, Signature: Signature{Who: "ann", NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}}).Write(c)
}

// BenchmarkConfirmAll confirms 16,000 names of as many people in one edit, and applies that.
func BenchmarkConfirmAll(b *testing.B) {
	text, l, c := crowd(16_000)
	for b.Loop() {
		Apply(text, l, confirmed(text, l, c))
	}
}

// BenchmarkShown applies 100,000 confirmations of as many people: under the layer that was shown, without what was shown, and under a
// layer that takes each two for one.
func BenchmarkShown(b *testing.B) {
	text, l, c := crowd(100_000)
	log := confirmed(text, l, c)
	pairs := &annotate.Layer{}
	for i := 0; i < len(l.Entities); i += 2 {
		e := l.Entities[i]
		e.Mentions = append(slices.Clip(e.Mentions), l.Entities[i+1].Mentions...)
		pairs.Entities = append(pairs.Entities, e)
	}
	for _, x := range []struct {
		name string
		l    *annotate.Layer
		log  []annotate.Decision
	}{{"same", l, log}, {"without", l, unseen(log)}, {"pairs", pairs, log}, {"pairs-without", pairs, unseen(log)}} {
		b.Run(x.name, func(b *testing.B) {
			for b.Loop() {
				Apply(text, x.l, x.log)
			}
		})
	}
}

package main_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/samples"
)

// TestDecisionsRoundTrip exports what a person decided, imports it beside what the engine makes of the article
// anew, and compares: whatever is not as it was is counted as lost by the format.
func TestDecisionsRoundTrip(t *testing.T) {
	t.Parallel()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range formats.Readable() {
		if f.NewWriter == nil {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			for _, a := range all {
				machine := e.Annotate(a.Text, a.Blocks)
				decided := decidedOn(a, machine)
				loss := &format.Loss{}
				back := readBack(t, f, decided, loss)
				got := adopted(a, machine, back)
				want, wantAny := humanFacts(a.Text, decided.Layer)
				have, haveAny := humanFacts(a.Text, got)
				for what, differ := range map[string][]string{"gone": without(want, haveAny), "made up": without(have, wantAny)} {
					if len(differ) > loss.Total() {
						t.Errorf("%s: %d facts are %s, %d are told as lost: %q\n%s", a.Title, len(differ), what, loss.Total(), loss.Lines(), strings.Join(differ, "\n"))
					}
				}
			}
		})
	}
}

// readBack returns what f reads of what it writes of d.
func readBack(t *testing.T, f *format.Format, d *format.Document, loss *format.Loss) []*format.Document {
	t.Helper()
	files := formattest.Folder{}
	var b bytes.Buffer
	w := f.Begin(&b, format.Options{Loss: loss})
	if err := w.Write(d); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := "d" + f.Extension
	files[name] = b.Bytes()
	for _, c := range f.Beside {
		beside := c.Name
		if beside == "" {
			beside = "d" + c.Extension
		}
		files[beside] = formattest.WriteBeside(t, c, nil, d)
	}
	return files.Read(t, f, loss, []string{name}, d)
}

// adopted is the layer of an article after the decisions of documents were imported.
func adopted(a *articles.Article, machine *annotate.Layer, docs []*format.Document) *annotate.Layer {
	n := 0
	sign := review.Signature{Who: "ann", NewID: func() string { n++; return fmt.Sprintf("%08d", n) }}
	var log []annotate.Decision
	for _, d := range docs {
		if d.Log != nil {
			log = append(log, d.Log...)
			continue
		}
		l, _ := review.Carry(d.Layer, d.Text, a.Text)
		more, _ := review.Adopt(a.Text, machine, review.Reading{Layer: l, Attributed: d.Own}, sign)
		log = append(log, more...)
	}
	return review.Apply(a.Text, machine, log).Layer
}

// humanFacts are what people decided: their names with their types, which of them are one, quotes, speakers, cues,
// remarks, and what they rejected. A speaker is named in one place, and possible has the other places where that
// entity is named.
func humanFacts(text string, l *annotate.Layer) (facts, possible map[string]int) {
	facts, possible = map[string]int{}, map[string]int{}
	human := func(s annotate.State, o annotate.Origin) bool {
		return s == annotate.Confirmed || o.Human && s != annotate.Rejected
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		var same []string
		for _, m := range e.Mentions {
			switch {
			case m.State == annotate.Rejected:
				facts[fmt.Sprintf("rejected name %v", m.Span)]++
			case human(m.State, m.Origin):
				facts[fmt.Sprintf("name %v %s", m.Span, e.Type)]++
				same = append(same, fmt.Sprint(m.Span))
			}
		}
		for k := 1; k < len(same); k++ {
			facts["one "+same[0]+" "+same[k]]++
		}
	}
	for i := range l.Quotes {
		q := l.Quotes[i]
		switch {
		case q.State == annotate.Rejected:
			facts[fmt.Sprintf("rejected quote %v", q.Span)]++
		case human(q.State, q.Origin):
			facts[fmt.Sprintf("quote %v %s", q.Span, q.Type)]++
			who := 0
			for _, id := range q.Speakers() {
				e := l.Entity(id)
				if e == nil || !slices.ContainsFunc(e.Mentions, standoff.Alive) {
					continue // what spoke is rejected
				}
				who++
				at := q.Naming(e, text)
				if i := slices.IndexFunc(e.Mentions, func(m annotate.Mention) bool { return human(m.State, m.Origin) }); at.Empty() && i >= 0 {
					at = e.Mentions[i].Span // others that the machine suggests may come and go
				}
				for _, m := range e.Mentions {
					if !standoff.Alive(m) {
						continue
					}
					if at.Empty() {
						at = m.Span
					}
					possible[fmt.Sprintf("quote %v by who is named at %v", q.Span, m.Span)]++
				}
				if named := slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.Span == at && standoff.Alive(m) }); named {
					facts[fmt.Sprintf("quote %v by who is named at %v", q.Span, at)]++
				}
			}
			facts[fmt.Sprintf("quote %v by %d", q.Span, who)]++
		}
	}
	for _, r := range l.Remarks {
		facts[fmt.Sprintf("%v %v %q %v", r.Kind, r.Span, r.Text, r.Tag)]++
	}
	maps.Copy(possible, facts)
	return facts, possible
}

// without lists what is in a and not in b.
func without(a, b map[string]int) []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(a)) {
		if b[k] == 0 {
			out = append(out, k)
		}
	}
	return out
}

// A quote that a person found to be nobody's is nobody's after it went through a file, whatever the machine thinks.
func TestNobodySpeaks(t *testing.T) {
	t.Parallel()
	const text = "“Yes,” Ann Lee said."
	name, said := articles.Span{Start: 11, End: 18}, articles.Span{End: 10}
	layer := func(s annotate.State, speaker string) *annotate.Layer {
		by := annotate.Origin{Score: 0.9}
		return &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Ann Lee", Mentions: []annotate.Mention{{Span: name, Form: annotate.Name, Type: annotate.Person, State: s, Origin: by}}}},
			Quotes: []*annotate.Quote{{Span: said, Type: annotate.Direct, State: s, Speaker: speaker, Origin: by}}}
	}
	a := standoff.Article("Yes", text)
	machine := layer(annotate.Proposed, "e1")
	if name.In(text) != "Ann Lee" || said.In(text) != "“Yes,”" {
		t.Fatal(name.In(text), said.In(text))
	}
	for _, f := range formats.Readable() {
		if f.NewWriter == nil {
			continue
		}
		loss := &format.Loss{}
		back := readBack(t, f, &format.Document{Article: a, Layer: layer(annotate.Confirmed, ""), Who: "ann"}, loss)
		for _, q := range adopted(a, machine, back).Quotes {
			if q.Speaker != "" && !strings.Contains(strings.Join(loss.Lines(), " "), "quotes: the format has only names") {
				t.Errorf("%s: %q says it", f.Name, q.Speaker)
			}
		}
	}
}

// The words that say who speaks, though that is no entity, are there after a decided quote went through a file, or the format says how many
// are lost.
func TestWordsOfSpeakers(t *testing.T) {
	t.Parallel()
	const text = "“Yes,” a scientific study said.\n\n“No,” said the mayor’s office.\n\nIt is safe, another study found. Bo Hale left."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	quote := func(said, named, speaker string, s annotate.State) *annotate.Quote {
		return &annotate.Quote{Span: at(said), Type: annotate.Direct, SpeakerMention: at(named), Speaker: speaker, State: s, Origin: annotate.Origin{Score: 0.9}}
	}
	bo := annotate.Entity{ID: "e1", Type: annotate.Person, Name: "Bo Hale", Mentions: []annotate.Mention{{Span: at("Bo Hale"), Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Score: 0.9}}}}
	machine := &annotate.Layer{Entities: []annotate.Entity{bo}, Quotes: []*annotate.Quote{
		quote("“Yes,”", "a scientific study", "", annotate.Proposed), quote("“No,”", "the mayor", "e1", annotate.Proposed)}}
	decided := &annotate.Layer{Quotes: []*annotate.Quote{
		quote("“Yes,”", "scientific study", "", annotate.Confirmed), quote("“No,”", "the mayor’s office", "", annotate.Confirmed),
		quote("It is safe", "another study", "", annotate.Confirmed)}}
	a := standoff.Article("Safe", text)
	for _, f := range formats.Readable() {
		if f.NewWriter == nil {
			continue
		}
		loss := &format.Loss{}
		back := readBack(t, f, &format.Document{Article: a, Layer: decided, Who: "ann"}, loss)
		told := strings.Join(loss.Lines(), "\n")
		if strings.Contains(told, "3 quotes: the format has only names") || strings.Contains(told, "3 places where speakers are named") {
			continue
		}
		var got, want []string
		for _, q := range adopted(a, machine, back).Quotes {
			got = append(got, fmt.Sprintf("%s by %q, named %q", q.In(text), q.Speaker, q.SpeakerMention.In(text)))
		}
		for _, q := range decided.Quotes {
			want = append(want, fmt.Sprintf("%s by \"\", named %q", q.In(text), q.SpeakerMention.In(text)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %s\n%s", f.Name, told, strings.Join(got, "\n"))
		}
	}
}

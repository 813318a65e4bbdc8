package standoff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/articles"
)

const text = "Ann Lee left Halden.\n“No,” she said. Bo Lee agreed."

// at returns the stretch of words in text.
func at(words string) offsets.Stretch {
	i := strings.Index(text, words)
	return offsets.Stretch{Start: i, End: i + len(words), Exact: words}
}

// described lists the claims of a layer.
func described(l *annotate.Layer) []string {
	var out []string
	for _, e := range l.Entities {
		s := fmt.Sprintf("%s %s %q:", e.ID, e.Type, e.Name)
		for _, m := range e.Mentions {
			s += fmt.Sprintf(" %s (%s, %v, %.2g)", m.In(text), m.Form, m.State, m.Origin.Score)
		}
		out = append(out, s)
	}
	for _, q := range l.Quotes {
		out = append(out, fmt.Sprintf("%s %s by %s %q, %q", q.In(text), q.Type, q.Speaker, q.SpeakerMention.In(text), q.Cue.In(text)))
	}
	for _, r := range l.Remarks {
		out = append(out, fmt.Sprintf("%v %s: %s", r.Kind, r.In(text), r.Text))
	}
	return out
}

func reader(t *testing.T, loss *format.Loss) *Reader {
	t.Helper()
	r := NewReader(loss)
	for _, a := range []struct{ id, label, words string }{
		{"T1", "PER", "Ann Lee"}, {"T2", "Company", "Halden"}, {"T3", "Person", "she"}, {"T4", "Quote", "“No,”"}, {"T5", "Cue", "said"}, {"T6", "Weapon_system", "Bo Lee"},
	} {
		if err := r.Add(a.id, a.label, at(a.words)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func TestReader(t *testing.T) {
	t.Parallel()
	loss := &format.Loss{}
	r := reader(t, loss)
	r.Say("T3", "Form", "pronoun")
	r.Say("T1", "Origin", Machine)
	r.Say("T1", "Score", "0.5")
	r.Say("T2", "Name", "Halden Media")
	r.Say("T6", "State", "rejected")
	r.Say("T9", "Form", "pronoun") // of nothing
	r.Relate("Coref", "T3", "T1")
	r.Relate("Speaker", "T4", "T3")
	r.Relate("Cue", "T4", "T5")
	r.Relate("Likes", "T1", "T2")
	r.Relate("Speaker", "T4", "T9")
	r.Annotation("T1").Remarks = []annotate.Remark{{Text: "who?"}}
	l := r.Layer(text, offsets.Bytes)
	if err := l.Check(text); err != nil {
		t.Fatal(err)
	}
	want := []string{
		fmt.Sprintf(`e1 person "Ann Lee": Ann Lee (name, %v, 0.5) she (pronoun, %v, 1)`, annotate.Proposed, annotate.Confirmed),
		fmt.Sprintf(`e2 organization "Halden Media": Halden (name, %v, 1)`, annotate.Confirmed),
		fmt.Sprintf(`e3 weapon system "": Bo Lee (name, %v, 0)`, annotate.Rejected),
		`“No,” direct by e1 "she", "said"`,
		fmt.Sprintf(`%v Ann Lee: who?`, annotate.OfMention),
	}
	if got := described(l); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if lost := []string{"1 annotations labelled Person: it is one type with PER", "2 relations: only those from a quote to its speaker or cue are kept"}; !slices.Equal(loss.Lines(), lost) {
		t.Errorf("lost %q", loss.Lines())
	}
}

func TestReaderPieces(t *testing.T) {
	t.Parallel()
	loss := &format.Loss{}
	r := NewReader(loss)
	for id, pieces := range map[string][]offsets.Stretch{
		"apart":  {at("Ann"), at("left")},
		"joined": {at("Halden."), at("“No,”")}, // a line end between them
		"turned": {at("agreed"), at("Bo")},
	} {
		if err := r.Add(id, "other", pieces...); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Add("apart", "other", at("Bo")); err == nil {
		t.Error("an id twice")
	}
	l := r.Layer(text, offsets.Bytes)
	if len(l.Entities) != 1 || l.Entities[0].Mentions[0].In(text) != "Halden.\n“No,”" || loss.Total() != 2 {
		t.Errorf("%q, lost %q", described(l), loss.Lines())
	}
}

func TestKeep(t *testing.T) {
	t.Parallel()
	r := reader(t, nil)
	r.Filter(func(a *Annotation) bool { return a.ID == "T2" || a.ID == "T1" })
	var ids []string
	for a := range r.All() {
		ids = append(ids, a.ID)
	}
	if l := r.Layer(text, offsets.Bytes); !slices.Equal(ids, []string{"T1", "T2"}) || len(l.Entities) != 2 || len(l.Quotes) != 0 {
		t.Errorf("%q: %q", ids, described(l))
	}
}

// A Reader turns the output of Items back into the same layer.
func TestItems(t *testing.T) {
	t.Parallel()
	r := reader(t, nil)
	r.Relate("Coref", "T3", "T1")
	r.Relate("Speaker", "T4", "T1")
	r.Relate("Cue", "T4", "T5")
	r.Say("T2", "Name", "Halden Media")
	r.Say("T6", "State", "rejected")
	r.Annotation("T4").Remarks = []annotate.Remark{{Text: "when?"}}
	l := r.Layer(text, offsets.Bytes)
	items, edges := Items(&format.Document{Article: &articles.Article{Text: text}, Layer: l}, Label)
	var got []string
	for i := range items {
		it := &items[i]
		got = append(got, fmt.Sprintf("%s %s %s %s %q %d %v %v", it.ID, it.Label, it.In(text), it.Form, it.Name, len(it.Notes), it.Decided(), it.Rejected()))
	}
	for _, e := range edges {
		got = append(got, fmt.Sprintf("%s %s %s", e.Label, items[e.From].ID, items[e.To].ID))
	}
	want := []string{
		`T1 Person Ann Lee name "" 0 true false`, `T2 Person she name "" 0 true false`, `T3 Organization Halden name "Halden Media" 0 true false`,
		`T4 Weapon_system Bo Lee name "" 0 false true`, `T5 Quote “No,” direct "" 1 true false`, `T6 Cue said  "" 0 true false`,
		"Coref T2 T1", "Speaker T5 T1", "Cue T5 T6",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestProvenance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state      annotate.State
		origin     annotate.Origin
		who, score string
	}{
		{annotate.Proposed, annotate.Origin{Score: 0.87654}, Machine, "0.8765"},
		{annotate.Proposed, annotate.Origin{Score: 1}, Machine, "1"},
		{annotate.Confirmed, annotate.Origin{Score: 0.5}, Human, "1"},
		{annotate.Proposed, annotate.Origin{Human: true, Score: 0.5}, Human, "1"},
	} {
		if who, score := By(c.state, c.origin).Words(); who != c.who || score != c.score {
			t.Errorf("%v, %+v: %s %s", c.state, c.origin, who, score)
		}
	}
	if o, s := ReadClaim(true, 7); o.Human || o.Score != 1 || s != annotate.Proposed {
		t.Errorf("%+v, %v", o, s)
	}
	if o, s := ReadClaim(false, 0.2); !o.Human || o.Score != 1 || s != annotate.Confirmed {
		t.Errorf("%+v, %v", o, s)
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]annotate.Type{
		"PER": annotate.Person, " persName ": annotate.Person, "GPE": annotate.Place, "Company": annotate.Organization, "MISC": annotate.Other, "": annotate.Other, "Weapon System": "weapon system",
	} {
		if got := TypeNamed(label); got != want {
			t.Errorf("%q: %s, want %s", label, got, want)
		}
	}
	for typ, want := range map[annotate.Type][2]string{
		annotate.Person: {"Person", "PER"}, annotate.Other: {"Other", "MISC"}, "weapon system": {"Weapon_system", "WEAPON_SYSTEM"}, "größe-1": {"Größe-1", "GRÖSSE-1"},
	} {
		if Label(typ) != want[0] || CorpusTag(typ) != strings.ReplaceAll(want[1], "GRÖSSE", strings.ToUpper("größe")) {
			t.Errorf("%s: %s, %s", typ, Label(typ), CorpusTag(typ))
		}
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	const text = "\none\ntwo\n \nthree"
	var got []string
	for _, b := range Paragraphs(text) {
		got = append(got, b.In(text))
	}
	if want := []string{"one\ntwo", "three"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	web := &articles.Article{ID: "a", Source: "https://wire.example/a"}
	if Address(web) != web.Source {
		t.Error(Address(web))
	}
	file := &articles.Article{ID: "a", Source: "a.txt"}
	if got := Address(file); !strings.HasPrefix(got, "urn:uuid:") || got != Address(file) || got == Address(&articles.Article{ID: "b"}) {
		t.Error(got)
	}
	if TitleOf(`C:\docs/minutes.tei.xml`) != "minutes.tei" || TitleOf(".hidden") != ".hidden" || TitleOf("-") != "" || TitleOf("a/-.xml") != "-" {
		t.Error(TitleOf(`C:\docs/minutes.tei.xml`), TitleOf(".hidden"))
	}
}

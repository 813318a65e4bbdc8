package main

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

func TestPerson(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"German Chancellor Angela Merkel": "Angela Merkel",
		"U.S. President George Bush":      "George Bush",
		"Ayatollah Ali Khamenei":          "Ali Khamenei",
		"Mr. Obama":                       "",
		"Pope Francis":                    "",
		"Bush Administration":             "",
		"South Sudanese":                  "",
		"Dean Smith":                      "Dean Smith",
		"Stephen King":                    "Stephen King",
		"Martin Luther King Jr.":          "Martin Luther King Jr.",
		"Pelé":                            "Pelé",
	} {
		if got := person(s); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}

func TestFormsOf(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"The World Bank": "World Bank",
		"The Guardian":   "Guardian|The Guardian",
		"US Navy":        "US Navy|U.S. Navy",
		"Sinn Féin":      "Sinn Féin|Sinn Fein",
		"Al-Shabaab":     "Al-Shabaab|Al Shabaab",
		"Workers’ Party": "Workers ' Party",
		"J.P. Morgan":    "J.P. Morgan|JP Morgan",
		"W.F.P.":         "W.F.P.",
		"one of nine and more words of a very long name": "",
	} {
		var got []string
		for _, f := range formsOf(s) {
			got = append(got, strings.Join(f.tokens, " "))
		}
		if got := strings.Join(got, "|"); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}

// Rows of one body are one entity, namesakes of two countries are two, and a name that holds for
// any country is nobody's.
func TestEntities(t *testing.T) {
	t.Parallel()
	ours, theirs := &source{phrases: known.Sure, words: known.Sure, capital: known.Sure}, &source{phrases: known.Clean}
	es := &entities{named: map[name][]*entity{}, kinds: kindsOf()}
	for _, r := range []struct {
		source *source
		cells  string
	}{
		{ours, "BBC;ORG;media;GB;British Broadcasting Corporation;B.B.C.;;"},
		{theirs, "British Broadcasting Corporation;ORG;company;;BBC Group;;;"},
		{ours, "Ministry of Defence;ORG;ministry_generic;;;;generic: any country;"},
		{ours, "Labour Party;ORG;party;GB;Labour;;\"Labour\" also a word;"},
		{ours, "Labour Party;ORG;party;NO;;;;"},
	} {
		es.add(es.row(r.source, strings.Split(r.cells, ";")))
	}
	w, err := es.count(strings.NewReader("They say that the labour of many is cheap.\n" + strings.Repeat("We know labour.\n", 20)))
	if err != nil {
		t.Fatal(err)
	}
	table := newListing(es, w).table(false)
	entry := func(s string) known.Entry { return table[formsOf(s)[0].key()] }

	bbc := entry("BBC")
	for _, s := range []string{"B.B.C.", "British Broadcasting Corporation", "BBC Group"} {
		if e := entry(s); e.Owner != bbc.Owner || e.Owner == 0 || e.Facts.Kind() != known.Media && s != "BBC Group" {
			t.Errorf("%s: %v, the BBC's is %v", s, e, bbc)
		}
	}
	for _, s := range []string{"Labour Party", "Ministry of Defence"} {
		if e := entry(s); e.Owner != 0 || !e.Facts.Has(known.Organization) {
			t.Errorf("%s: %v, want an organization of nobody", s, e)
		}
	}
	if f := entry("Labour").Facts; !f.Has(known.OneOwner | known.Short | known.MostlySmall | known.AlsoWord) {
		t.Errorf("Labour: %b", f)
	}
	if e := table[lexicon.Key(0).Token("British")]; e.Facts.Longest() != 3 {
		t.Errorf("British opens %d tokens", e.Facts.Longest())
	}
}

func TestJudgement(t *testing.T) {
	t.Parallel()
	tokens := strings.Fields("The Times of London praised Bank of England staff in Ghana")
	at := map[int]goldName{}
	for _, g := range []goldName{{0, 4, known.Organization}, {5, 8, known.Organization}, {10, 11, known.Place}} {
		for i := g.first; i < g.end; i++ {
			at[i] = g
		}
	}
	for _, c := range []struct {
		first, end int
		want       string
	}{{1, 4, "right"}, {5, 8, "right"}, {7, 8, "inside"}, {10, 11, "wrong"}, {7, 9, "border"}, {4, 5, "none"}} {
		if got := judgement(tokens, at, c.first, c.end, known.Organization); got != c.want {
			t.Errorf("%v: %s, want %s", tokens[c.first:c.end], got, c.want)
		}
	}
}

// Every kind of the lists that are read is one of package known's, or is none on purpose.
func TestKinds(t *testing.T) {
	t.Parallel()
	kinds := kindsOf()
	for _, w := range strings.Fields("media party armed_group igo un eu agency ministry legislature court central_bank company airline club union lake war award") {
		if kinds[w] == known.NoKind || kinds[w].String() == "" {
			t.Errorf("%s has no kind", w)
		}
	}
	if guessKind("University of Lagos") != known.University || guessKind("Supreme Court") != known.Court {
		t.Error("kinds are guessed wrongly")
	}
	var files []string
	for _, s := range sources {
		files = append(files, s.file)
	}
	slices.Sort(files)
	if n := len(slices.Compact(files)); n != len(sources) {
		t.Errorf("%d lists in %d sources", n, len(sources))
	}
}

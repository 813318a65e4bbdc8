package eval

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"byline/annotate"
)

// found returns the tally of a document with four people, of which n are found.
func found(name string, n int) *Tally {
	return &Tally{Name: name, Docs: 1, Has: Names, Names: map[annotate.Type]spanCount{annotate.Person: {Exact: Count{n, n, 4}}}}
}

func interval(t *testing.T, of []Interval, name string) Interval {
	t.Helper()
	for _, i := range of {
		if i.Name == name {
			return i
		}
	}
	t.Fatalf("no figure %s in %v", name, of)
	return Interval{}
}

func TestIntervals(t *testing.T) {
	t.Parallel()
	var all, alike, uneven, worse Sample
	for i := range 40 {
		name := fmt.Sprint("news/", i)
		all = append(all, found(name, 4))
		alike = append(alike, found(name, 2))
		uneven = append(uneven, found(name, 4*(i%2)))
		worse = append(worse, found("other/"+name, max(0, 4*(i%2)-1)))
	}
	for _, c := range []struct {
		sample          Sample
		value, from, to float64
	}{{all, 1, 1, 1}, {alike, round(2 / 3.), round(2 / 3.), round(2 / 3.)}} {
		if i := interval(t, c.sample.Intervals(false, nil), "person F1"); i.Value != c.value || i.From != c.from || i.To != c.to || i.Against != nil {
			t.Errorf("%+v, want %+v", i, c)
		}
	}
	// Half of 40 documents are found: by the binomial distribution, 14 to 26 of the 40 drawn are in the
	// middle 95 %, at an F1 of 2n/(n+40).
	i := interval(t, uneven.Intervals(false, nil), "person F1")
	if f := func(n float64) float64 { return round(2 * n / (n + 40)) }; i.Value != f(20) || i.From < f(13) || i.From > f(15) || i.To < f(25) || i.To > f(27) {
		t.Errorf("%+v", i)
	}
	if again := interval(t, uneven.Intervals(false, nil), "person F1"); !reflect.DeepEqual(i, again) {
		t.Errorf("%+v, then %+v", i, again)
	}
	// An engine that misses one name of each found document is worse in every draw, though the
	// intervals of both overlap.
	if !uneven.Same(worse) || uneven.Same(worse[1:]) || uneven.Same(append(worse[1:], worse[0])) {
		t.Error("documents are told apart by order and name, not by folder")
	}
	d := interval(t, worse.Intervals(false, uneven), "person F1").Against
	if d == nil || d.Value != i.Value || d.More != round(2*60/(60+160.)-i.Value) || d.From > d.More || d.To < d.More || d.To >= 0 {
		t.Errorf("%+v", d)
	}
}

// Sentences of a file without documents are drawn in blocks, documents one by one.
func TestBlocks(t *testing.T) {
	t.Parallel()
	var s Sample
	for i := range 45 {
		x := found(fmt.Sprint("x:", i), 1)
		x.Sentences = 1
		s.Add(&Doc{Sentence: true}, x)
	}
	if got := s.Units(); len(s) != 3 || got != "3 blocks of 20 sentences" || s[2].Docs != 5 || s[2].Name != "x:40" {
		t.Errorf("%s, the last has %d: %s", got, s[2].Docs, s[2].Name)
	}
	s.Add(&Doc{}, found("y", 1))
	if got := s.Units(); got != "1 documents and 3 blocks of 20 sentences" || s.Sum().Docs != 46 {
		t.Error(got, s.Sum().Docs)
	}
}

// What is saved gives the same figures.
func TestSaved(t *testing.T) {
	t.Parallel()
	d, l := example()
	s := Sample{Score(d, engineOf(l), false), Score(d, engineOf(l), false)}
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var again Sample
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	if a, b := s.Sum().Report(true, true), again.Sum().Report(true, true); !reflect.DeepEqual(a, b) {
		t.Errorf("%+v, saved %+v", a, b)
	}
	var names []string
	for _, i := range again.Intervals(true, s) {
		if names = append(names, i.Name); i.Against == nil || i.Against.More != 0 || i.Against.Range != (Range{}) {
			t.Errorf("%s differs from itself: %+v", i.Name, i.Against)
		}
	}
	if got := strings.Join(names, ", "); !strings.HasPrefix(got, "person+organization F1, person F1, organization F1, names found B³ F1") || !strings.HasSuffix(got, "in marks both, in marks the right speaker, in marks nobody, rightly, person+organization ECE, person+organization least certain fifth, entities ECE, entities least certain fifth, quotes ECE, quotes least certain fifth") {
		t.Error(got)
	}
}

package textview

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

func sp(start, end int) articles.Span { return articles.Span{Start: start, End: end} }

func TestReachFindsWhatOverlaps(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var ms []Mark
		for range r.IntN(60) {
			at := r.IntN(200)
			ms = append(ms, Mark{sp(at, at+r.IntN(1+r.IntN(120))), len(ms)})
		}
		l := NewMarks(ms)
		s := sp(r.IntN(200), 0)
		s.End = s.Start + r.IntN(80)
		var got, want []int
		l.reach.EachNear(s, func(i int) {
			if l.sorted.at(i).End > s.Start {
				got = append(got, i)
			}
		})
		for i := range l.sorted.len() {
			if m := l.sorted.at(i); m.Start < s.End && m.End > s.Start {
				want = append(want, i)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v overlap %v; found %v", want, s, got)
		}
	}
}

// Marks that look otherwise are those that would be laid anew, and leave what they share as it was.
func TestRelook(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{1, perChunk - 1, perChunk, 3*perChunk + 7} {
		all := make([]Mark, n)
		for i := range all {
			all[i] = Mark{sp(10*i, 10*i+5), i}
		}
		was := NewMarks(all)
		for range 20 {
			before, want := fmt.Sprint(was), slices.Clone(all)
			var some []Mark
			for range 1 + r.IntN(5) {
				k := r.IntN(n)
				want[k].Look = r.IntN(1000)
				some = append(some, want[k])
			}
			got, ok := was.Relook(some)
			if !ok || !reflect.DeepEqual(got, NewMarks(want)) {
				t.Fatalf("%d marks with %v: %v", n, some, ok)
			}
			if fmt.Sprint(was) != before {
				t.Fatalf("%d marks with %v: those before have changed", n, some)
			}
			was, all = got, want
		}
		for _, s := range []articles.Span{sp(1, 5), sp(10*n, 10*n+5), sp(0, 4)} {
			if _, ok := was.Relook([]Mark{{s, 1}}); ok {
				t.Errorf("%d marks: there is one on %v", n, s)
			}
		}
	}
	if _, ok := NewMarks([]Mark{{sp(0, 5), 1}, {sp(0, 5), 2}}).Relook([]Mark{{sp(0, 5), 3}}); ok {
		t.Error("of two marks on a span one was taken")
	}
	if _, ok := (Marks{}).Relook([]Mark{{sp(0, 5), 3}}); ok {
		t.Error("no marks have one")
	}
}

func TestMarksOfAllLayersShow(t *testing.T) {
	t.Parallel()
	v := New()
	v.SetStyles(Styles{Looks: []Look{{Italic: true}, {Fg: ansi.Yellow}, {Fg: ansi.Red, Bold: true}, {Bg: ansi.Blue}}})
	v.SetDoc(Doc{Text: "“We, Ann Lee, said so,” she said."})
	v.Resize(40, 1)
	q := strings.Index(v.doc.Text, " she")
	ann := strings.Index(v.doc.Text, "Ann")
	v.SetMarks(2, []Mark{{sp(ann+2, ann+8), 3}})
	v.SetMarks(0, []Mark{{sp(0, q), 0}})
	v.SetMarks(1, []Mark{{sp(ann, ann+3), 2}, {sp(ann, ann+7), 1}, {sp(0, 5000), 99}, {sp(7, 7), 2}, {sp(-4, 0), 2}})
	want := "  \x1b[3m“We, \x1b[m\x1b[1;3;31mAn\x1b[m\x1b[1;3;31;44mn\x1b[m\x1b[3;33;44m Lee\x1b[m\x1b[3;44m,\x1b[m\x1b[3m said so,”\x1b[m she said.     "
	if got := v.View(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	v.SetMarks(0, nil)
	v.SetMarks(1, nil)
	v.SetMarks(2, nil)
	if got := v.View(); got != "  “We, Ann Lee, said so,” she said.     " {
		t.Errorf("without marks: %q", got)
	}
}

func TestGutterShowsSpanEnds(t *testing.T) {
	t.Parallel()
	v := New()
	v.SetStyles(Styles{Looks: []Look{{Fg: ansi.Green, Italic: true}}})
	v.SetDoc(Doc{Text: "one\ntwo\nthree\n\nfour\nfive\nsix"})
	v.Resize(12, 7)
	v.SetGutter(0, []GutterMark{
		{Span: sp(4, 18), Bar: &Bar{Sign: "│", First: "╭", Last: "╰"}},
		{Span: sp(0, 3), Bar: &Bar{Sign: "▎", Alone: "•", Column: 1, Look: 0}},
		{Span: sp(20, 24), Bar: &Bar{Sign: "×", Column: 1, Look: 7}},
		{Span: sp(25, 28), Bar: &Bar{Sign: "wide", Column: 1}},
		{Span: sp(25, 28), Bar: &Bar{Sign: "\a\n", Column: 0}},
	})
	got := ansi.Strip(v.View())
	want := " •one       \n╭ two       \n│ three     \n│           \n╰ four      \n ×five      \n  six       "
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if l := v.Lines()[0]; !strings.HasPrefix(l, " \x1b[32m•\x1b[m") {
		t.Errorf("a sign looks like %q", l)
	}
}

package measures

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s = %.5f, not %g ± %g", what, got, want, within)
	}
}

// Artstein and Poesio 2008, Inter-coder agreement for computational linguistics, table 1 and section 2.4.
func TestCohenOfArtsteinAndPoesio(t *testing.T) {
	t.Parallel()
	// 20 and 50 items of 100 on the diagonal, 20 and 10 off it.
	near(t, "κ", Cohen(70, []float64{40, 60}, []float64{30, 70}), .348, .0005)
}

// labels counts two annotators' labels, a character each.
func labels(a, b string) (agreed float64, of [2][]float64, same float64, values []float64) {
	of = [2][]float64{make([]float64, 2), make([]float64, 2)}
	values = make([]float64, 2)
	for i := range a {
		votes := make([]float64, 2)
		for k, c := range []byte{a[i], b[i]} {
			of[k][c-'0']++
			votes[c-'0']++
			values[c-'0']++
		}
		agreed += Concord(votes)
		same += 2 * Concord(votes)
	}
	return agreed, of, same, values
}

// Krippendorff 1995, On the reliability of unitizing continuous data: Bertha and Bill, character by character.
func TestLabelsOfBerthaAndBill(t *testing.T) {
	t.Parallel()
	agreed, of, same, values := labels("001111111100001111110000", "000011110000000110000000")
	near(t, "κ", Cohen(agreed, of[0], of[1]), .385, .0005)
	near(t, "α", Alpha(same, values), .329, .0005)
}

// Fleiss 1971 as worked out in many textbooks: 10 items, 14 raters, 5 classes.
func TestFleiss(t *testing.T) {
	t.Parallel()
	table := [][]float64{{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
		{7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}}
	concord, votes := 0.0, make([]float64, 5)
	for _, item := range table {
		concord += Concord(item)
		for c, v := range item {
			votes[c] += v
		}
	}
	near(t, "κ", Fleiss(concord, 10, votes), .210, .0005)
}

// Krippendorff 2011, Computing Krippendorff's alpha-reliability, section C: four observers, missing values.
func TestAlphaWithMissingValues(t *testing.T) {
	t.Parallel()
	observers := []string{"123321412...", "1233224125.3", ".3332342251.", "12332441251."}
	same, values := 0.0, make([]float64, 5)
	for u := range observers[0] {
		votes, m := make([]float64, 5), 0.0
		for _, o := range observers {
			if o[u] != '.' {
				votes[o[u]-'1']++
				m++
			}
		}
		if m < 2 {
			continue
		}
		same += m * Concord(votes)
		for c, v := range votes {
			values[c] += v
		}
	}
	near(t, "α", Alpha(same, values), .743, .0005)
}

// Krippendorff 2004, Content Analysis, p. 254: a text from 150 on of length 300, two observers, categories c and k.
func TestUnitizing(t *testing.T) {
	t.Parallel()
	at := func(start, length int) Unit { return Unit{Start: start - 150, End: start - 150 + length} }
	const size = 300 * 300
	oc, ec := Unitizing(300, [][]Unit{{at(225, 70), at(370, 30)}, {at(220, 80), at(355, 20), at(400, 20)}})
	ok, ek := Unitizing(300, [][]Unit{{at(180, 60), at(300, 50)}, {at(180, 60), at(300, 50)}})
	near(t, "D_o of c", oc/size, .0144, .00005)
	near(t, "D_e of c", ec/size, .0532, .00005)
	near(t, "α of c", Alike(oc, ec), .7286, .0005)
	near(t, "D_o of k", ok, 0, 0)
	near(t, "D_e of k", ek/size, .0490, .00005)
	near(t, "α_U", Alike(oc+ok, ec+ek), .8591, .001) // the book divides rounded figures
}

// units reads annotations: "1:2–9" is a unit of category 1.
func units(text string) []Unit {
	var out []Unit
	for _, w := range strings.Fields(text) {
		var u Unit
		if n := strings.Count(w, ":") + strings.Count(w, "-"); n != 2 {
			panic(w)
		}
		parts := strings.FieldsFunc(w, func(r rune) bool { return r == ':' || r == '-' })
		for i, to := range []*int{&u.Category, &u.Start, &u.End} {
			for _, c := range parts[i] {
				*to = *to*10 + int(c-'0')
			}
		}
		out = append(out, u)
	}
	return out
}

// Alex, Paul and Suzan are annotators of the test data of pygamma-agreement (Titeux and Riad 2021).
func alexPaulSuzan() [][]Unit {
	return [][]Unit{
		units("1:2-9 2:11-17 5:24-30 6:32-36 6:36-44 7:44-60"),
		units("1:2-9 3:11-17 5:19-25 6:32-44"),
		units("1:2-9 4:11-17 5:21-27 6:32-36 6:36-40 6:40-44"),
	}
}

func TestGammaOfAlexPaulAndSuzan(t *testing.T) {
	t.Parallel()
	by := alexPaulSuzan()
	a := Align(by)
	near(t, "disorder", a.Disorder(), .96, .005)
	if !a.Best {
		t.Error("the alignment is not certain to be the best")
	}
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 1))
		chance := 0.0
		const samples = 300
		for range samples {
			chance += Align(Chance(by, r)).Disorder() / samples
		}
		t.Logf("seed %d: γ %.4f", seed, Alike(a.Disorder(), chance))
		near(t, "γ", Alike(a.Disorder(), chance), .455, .015)
	}
}

// The worked example of the F measures: 2·pairs/(3+3).
func TestOverlap(t *testing.T) {
	t.Parallel()
	const person, organization = 1, 2
	a := []Unit{{0, 11, person}, {18, 28, organization}, {40, 44, person}}
	b := []Unit{{0, 11, person}, {18, 24, organization}, {40, 44, organization}}
	pairs, soft, best := Overlap(a, b)
	near(t, "overlap", 2*float64(pairs)/6, .6667, .00005)
	near(t, "soft overlap", 2*soft/6, .5833, .00005)
	if !best {
		t.Error("the pairing is not certain to be the best")
	}
}

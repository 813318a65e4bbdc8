package eval_test

import (
	"encoding/json"
	"os"
	"testing"

	"byline/annotate/engine"
	"byline/annotate/eval"
	"byline/annotate/eval/corpus"
)

// scored returns the report of all gold data in a folder or file of testdata.
func scored(t *testing.T, name string) *eval.Report {
	t.Helper()
	files, err := corpus.Files(name)
	if err != nil {
		t.Fatal(err)
	}
	var sum eval.Tally
	own, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	e := eval.Engine{Annotate: own.Annotate, Entities: own.Entities, Group: own.Group}
	for _, f := range files {
		for d, err := range corpus.File(f, "") {
			if err != nil {
				t.Fatal(err)
			}
			sum.Add(eval.Score(d, e, false))
		}
	}
	return sum.Report(false, false)
}

// The figures below are floors for the engine on our own texts, not what it reaches: that is what
// "byline eval annotate/eval/testdata/blind" prints.
func TestFloors(t *testing.T) {
	t.Parallel()
	tokens, clusters := scored(t, "testdata/orrin.iob2"), scored(t, "testdata/orrin.jsonl")
	if f1 := tokens.Names[0].Exact.F1; f1 < 0.85 {
		t.Errorf("testdata/orrin.iob2: F1 of people and organizations is %v", f1)
	}
	if f1 := clusters.Given.B3.F1; f1 < 0.95 {
		t.Errorf("testdata/orrin.jsonl: B³ is %v", f1)
	}
	for half, names := range map[string]float64{"testdata/open": 0.84, "testdata/blind": 0.83} {
		if _, err := os.Stat(half); err != nil {
			t.Logf("no %s", half)
			continue
		}
		r := scored(t, half)
		table, _ := json.MarshalIndent(r, "", " ")
		t.Logf("%s: %s", half, table)
		for _, c := range []struct {
			of         string
			got, floor float64
		}{
			{"names", r.Names[0].Exact.F1, names}, {"B³, names given", r.Given.B3.F1, 0.97},
			{"quote spans", r.Quotes[0].Half.F1, 0.93}, {"speakers", r.Quotes[0].Speaker.Share, 0.87},
			{"speech", r.Passages[len(r.Passages)-1].Share.Share, 0.91},
		} {
			if c.got < c.floor {
				t.Errorf("%s: %s is %v, below %v", half, c.of, c.got, c.floor)
			}
		}
	}
}

// The same gold always gives the same figures, bit for bit.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	one, _ := json.Marshal(scored(t, "testdata/orrin.jsonl"))
	two, _ := json.Marshal(scored(t, "testdata/orrin.jsonl"))
	if string(one) != string(two) {
		t.Errorf("%s\n%s", one, two)
	}
}

package workspace

import (
	"flag"
	"slices"
	"strconv"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/eval"
	"byline/annotate/eval/corpus"
	"byline/annotate/library/db"
	"byline/articles"
)

var carryOn = flag.String("carry", "", "gold files, with commas between, to measure carried suggestions on")

// marked is a document with what the engine found and what people annotated.
type marked struct {
	*eval.Doc
	found *annotate.Layer
	gold  map[articles.Span]annotate.Type
}

// verdicts returns what an annotator who is always right decides about the names of d. Names that only have
// other ends say nothing of their types.
func (d *marked) verdicts(id string) map[db.Verdict]bool {
	out := map[db.Verdict]bool{}
	for e, m := range d.found.Mentions() {
		v := db.Verdict{Key: nameKey(m.In(d.Text)), ID: id, Verb: annotate.Reject, Type: e.Type}
		if typ, ok := d.gold[m.Span]; ok {
			v.Verb, v.Type = annotate.Relabel, typ
			if typ == e.Type {
				v.Verb = annotate.Confirm
			}
		}
		overlaps := false
		for s := range d.gold {
			overlaps = overlaps || s.Overlaps(m.Span)
		}
		if m.Form == annotate.Name && (v.Verb != annotate.Reject || !overlaps) {
			out[v] = true
		}
	}
	return out
}

// count counts the mentions of d whose suggestion vs change, those of them where it is right then, and those
// where it was before.
func (d *marked) count(vs map[string][]db.Verdict, id string, n map[annotate.Verb]*[3]int) {
	for i := range d.found.Entities {
		e := &d.found.Entities[i]
		others := slices.DeleteFunc(slices.Clone(vs[nameKey(e.Name)]), func(v db.Verdict) bool { return v.ID == id })
		c, ok := verdictOn(e.Type, others)
		if !ok || !hasName(e) {
			continue
		}
		for _, m := range e.Mentions {
			if m.Form != annotate.Name {
				continue
			}
			typ, name := d.gold[m.Span]
			right := name && typ == c.to
			if c.Verb == annotate.Reject {
				right = !name
			}
			for k, is := range []bool{true, right, name && typ == e.Type} {
				if is {
					n[c.Verb][k]++
				}
			}
		}
	}
}

// TestCarryMeasured prints how often a carried suggestion is right: an annotator who is always right
// decides on every article but one, and that one is looked at, for each.
//
//	go test -run CarryMeasured -v ./annotate/workspace -carry FILE.iob2.gz,FILE.iob2.gz
func TestCarryMeasured(t *testing.T) {
	if *carryOn == "" {
		t.Skip("no gold")
	}
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*marked
	vs := map[string][]db.Verdict{}
	for _, file := range strings.Split(*carryOn, ",") {
		for d, err := range corpus.File(file, "") {
			if err != nil {
				t.Fatal(err)
			}
			l, err := e.AnnotateContext(t.Context(), d.Text, d.Blocks)
			if err != nil {
				t.Fatal(err)
			}
			m := &marked{d, l, map[articles.Span]annotate.Type{}}
			for g, x := range d.Gold.Mentions() {
				m.gold[x.Span] = g.Type
			}
			for v := range m.verdicts(strconv.Itoa(len(docs))) {
				vs[v.Key] = append(vs[v.Key], v)
			}
			docs = append(docs, m)
		}
	}
	n := map[annotate.Verb]*[3]int{annotate.Relabel: {}, annotate.Reject: {}}
	for i, d := range docs {
		d.count(vs, strconv.Itoa(i), n)
	}
	for verb, n := range n {
		t.Logf("%s: %d mentions in %d articles changed, %d right, %d before", verb, n[0], len(docs), n[1], n[2])
	}
}

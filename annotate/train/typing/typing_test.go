package typing

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/evidence"
	"byline/annotate/names"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
)

// unsure takes each word with a Z for the name of a person or an organization, it cannot say which.
type unsure struct{}

func (unsure) Tag(d *annotate.Doc) (found []names.Name) {
	for t := range d.Tokens {
		if strings.HasPrefix(d.Word(t), "Z") {
			found = append(found, names.Name{
				Range: annotate.Range{First: t, End: t + 1}, Type: annotate.Person, Score: 0.5,
				Shares: names.Shares{0.45, 0.45, 0.04, 0.03, 0.03},
			})
		}
	}
	return found
}

func (unsure) Version() string { return "unsure" }

func (unsure) Rule() annotate.Rule { return annotate.Rule{Name: "unsure", Says: "It has a Z."} }

// stories are documents in which firms fall and people speak.
func stories() (docs []Doc) {
	for i := range 60 {
		firm, who := fmt.Sprintf("Zaf%c%c", 'a'+i%26, 'a'+i/26), fmt.Sprintf("Zip%c%c", 'a'+i%26, 'a'+i/26)
		docs = append(docs, Doc{Weight: 1, Part: i % 3, Tagger: unsure{}, Doc: corpus.Doc{Sentences: []corpus.Sentence{
			{Words: strings.Fields("Shares in " + firm + " fell sharply ."), Labels: []int8{0, 0, 3, 0, 0, 0}},
			{Words: strings.Fields("Today " + who + " told her son ."), Labels: []int8{0, 1, 0, 0, 0, 0}},
		}}})
	}
	return docs
}

// What is learned decides by the words around names that were never seen, and is the same each
// time.
func TestFit(t *testing.T) {
	t.Parallel()
	o := Defaults()
	o.Least, o.Epochs = 2, 8
	a, err := Fit(stories(), o)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := Fit(stories(), o); err != nil || !bytes.Equal(a, b) {
		t.Error("the same documents give other bytes", err)
	}
	m, err := evidence.Open(a)
	if err != nil {
		t.Fatal(err)
	}
	d := segment.Split("Today Zorro told her son. Shares in Zuma fell sharply.", nil)
	ms, shares := names.Weigh(d, unsure{})
	ms = m.Decide(d.Text, ms, m.Read(d, ms, shares))
	if len(ms) != 2 || ms[0].Type != annotate.Person || ms[1].Type != annotate.Organization || ms[1].Origin.Score < 0.8 {
		t.Errorf("%+v", ms)
	}
}

// A mention is what most of its words are; where a source marks no other names, it may be one.
func TestGold(t *testing.T) {
	t.Parallel()
	d := corpus.Doc{Sentences: []corpus.Sentence{{Words: strings.Fields("Za Zb Zc Zd"), Labels: []int8{3, 4, corpus.Unsaid, corpus.Any}}}}
	doc := segment.Tokens([][]string{d.Sentences[0].Words})
	for _, c := range []struct {
		first, end   int
		want         [evidence.Types]bool
		known, exact bool
	}{
		{0, 2, [evidence.Types]bool{1: true}, true, true},
		{0, 1, [evidence.Types]bool{1: true}, true, false},
		{2, 3, [evidence.Types]bool{3: true, 4: true}, true, false},
		{3, 4, [evidence.Types]bool{}, false, false},
	} {
		m := annotate.Mention{}
		m.Start, m.End = doc.Tokens[c.first].Start, doc.Tokens[c.end-1].End
		if got := goldOf(doc, &d, &m); got.types != c.want || got.known != c.known || got.exact != c.exact {
			t.Errorf("tokens %d to %d: %+v", c.first, c.end, got)
		}
	}
}

package eval

import (
	"math"

	"byline/annotate"
)

// A Report holds the figures of a run, shares from 0 to 1 rounded to six digits. Parts missing
// from the gold are nil or empty.
type Report struct {
	Documents   int           `json:"documents"`
	Names       []Spans       `json:"names,omitempty"`
	Found       *Grouping     `json:"clusters_found,omitempty"` // over names that the engine found
	Given       *Grouping     `json:"clusters_given,omitempty"` // over the gold's names
	Quotes      []Spoken      `json:"quotes,omitempty"`
	Passages    []TypeShare   `json:"passages,omitempty"` // in marks: found if speech, not taken for it if something else
	Speakers    []TypeShare   `json:"speakers,omitempty"` // that speech which was found is given
	Rules       []Rule        `json:"rules,omitempty"`
	Reliability []Reliability `json:"reliability,omitempty"`
	Errors      []Error       `json:"errors,omitempty"`
}

// Figures are precision, recall and F1 with the underlying counts.
type Figures struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	*Count
}

// Spans are the figures of names of one type; "person+organization" combines the two.
type Spans struct {
	Type    string  `json:"type"`
	Exact   Figures `json:"exact"`
	Partial Figures `json:"partial"`
}

// A Grouping holds the figures of clusters; Mean is the mean F1 of the three measures, by which
// the shared tasks of CoNLL rank.
type Grouping struct {
	Entities int     `json:"entities"` // in the gold
	Mentions Figures `json:"mentions"`
	B3       Figures `json:"b3"`
	CEAFe    Figures `json:"ceaf_e"`
	MUC      Figures `json:"muc"`
	Mean     float64 `json:"mean"`
}

// Spoken holds the figures of one class of quotes.
type Spoken struct {
	Type    string  `json:"type"`
	Exact   Figures `json:"exact"`
	Half    Figures `json:"half"`
	Speaker Share   `json:"speaker"`          // of matched quotes
	Linked  Figures `json:"span_and_speaker"` // span by half
}

// A Share is the number of right ones out of all.
type Share struct {
	Share float64 `json:"share"`
	Right int     `json:"right"`
	Of    int     `json:"of"`
}

// Report computes the figures from the counts of t. With rules it includes a table by rule, with
// scores one by score.
func (t *Tally) Report(rules, scores bool) *Report {
	r := &Report{Documents: t.Docs, Errors: t.Errors}
	if t.has&Names != 0 {
		r.Names = t.spans()
	}
	if t.found.docs > 0 {
		r.Found = t.found.grouping()
	}
	if t.given.docs > 0 {
		r.Given = t.given.grouping()
	}
	if t.has&Quotes != 0 {
		r.Quotes = t.spoken()
	}
	r.Passages = typeShares(passageTypes[:], t.passages.kinds[:])
	r.Speakers = typeShares(speakerTypes[:], t.passages.speakers[:])
	if rules {
		r.Rules = t.rules()
	}
	if scores {
		r.Reliability = t.reliability()
	}
	return r
}

// spans returns the figures of the types in the gold, and of persons and organizations together.
func (t *Tally) spans() []Spans {
	var all []Spans
	both := t.names[annotate.Person].plus(t.names[annotate.Organization])
	add := func(name string, c spanCount) {
		if c.exact.Gold > 0 {
			all = append(all, Spans{name, figures(c.exact), figures(c.partial)})
		}
	}
	add("person+organization", both)
	for _, k := range []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other} {
		add(string(k), t.names[k])
	}
	return all
}

// spoken returns the figures of the classes of quotes in the gold; that of all only if it has both
// kinds.
func (t *Tally) spoken() []Spoken {
	var all []Spoken
	for k := range classes {
		q := &t.quotes[k]
		if q.exact.Gold == 0 || k == 0 && (t.quotes[inMarks].exact.Gold == 0 || t.quotes[reported].exact.Gold == 0) {
			continue
		}
		all = append(all, Spoken{classes[k].name, figures(q.exact), figures(q.half), shareOf(q.right, q.asked), figures(q.linked)})
	}
	return all
}

func (c *clusterCount) grouping() *Grouping {
	g := &Grouping{Entities: c.entities, Mentions: figures(c.mentions), B3: c.b3.figures(), CEAFe: c.ceaf.figures(), MUC: c.muc.figures()}
	g.Mean = round((c.b3.f1() + c.ceaf.f1() + c.muc.f1()) / 3)
	return g
}

func figures(c Count) Figures {
	return Figures{round(c.Precision()), round(c.Recall()), round(c.F1()), &c}
}

func (r ratio) figures() Figures {
	return Figures{Precision: round(r.precision()), Recall: round(r.recall()), F1: round(r.f1())}
}

func shareOf(right, of int) Share { return Share{round(share(right, of)), right, of} }

func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }

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
	if t.Has&Names != 0 {
		r.Names = t.spans()
	}
	if c := &t.Clusters[namesFound]; c.Docs > 0 {
		r.Found = c.grouping()
	}
	if c := &t.Clusters[namesGiven]; c.Docs > 0 {
		r.Given = c.grouping()
	}
	if t.Has&Quotes != 0 {
		r.Quotes = t.spoken()
	}
	r.Passages = typeShares(passageTypes[:], t.Passages.Kinds[:])
	r.Speakers = typeShares(speakerTypes[:], t.Passages.Speakers[:])
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
	both := t.Names[annotate.Person].plus(t.Names[annotate.Organization])
	add := func(name string, c spanCount) {
		if c.Exact.Gold > 0 {
			all = append(all, Spans{name, figures(c.Exact), figures(c.Partial)})
		}
	}
	add("person+organization", both)
	for _, k := range []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other} {
		add(string(k), t.Names[k])
	}
	return all
}

// spoken returns the figures of the classes of quotes in the gold; that of all only if it has both
// kinds.
func (t *Tally) spoken() []Spoken {
	var all []Spoken
	for k := range classes {
		q := &t.Quotes[k]
		if q.Exact.Gold == 0 || k == 0 && (t.Quotes[inMarks].Exact.Gold == 0 || t.Quotes[reported].Exact.Gold == 0) {
			continue
		}
		all = append(all, Spoken{classes[k].name, figures(q.Exact), figures(q.Half), shareOf(q.Right, q.Asked), figures(q.Linked)})
	}
	return all
}

func (c *ClusterCount) grouping() *Grouping {
	g := &Grouping{Entities: c.Entities, Mentions: figures(c.Mentions), B3: c.B3.figures(), CEAFe: c.CEAF.figures(), MUC: c.MUC.figures()}
	g.Mean = round((c.B3.f1() + c.CEAF.f1() + c.MUC.f1()) / 3)
	return g
}

func figures(c Count) Figures {
	return Figures{round(c.Precision()), round(c.Recall()), round(c.F1()), &c}
}

func (r Ratio) figures() Figures {
	return Figures{Precision: round(r.precision()), Recall: round(r.recall()), F1: round(r.f1())}
}

func shareOf(right, of int) Share { return Share{round(share(right, of)), right, of} }

func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }

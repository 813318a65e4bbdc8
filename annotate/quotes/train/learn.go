package main

import (
	"fmt"
	"io"

	"byline/annotate/lexicon/en"
	"byline/annotate/quotes"
	"byline/annotate/quotes/loglinear"
	"byline/articles"
)

// An example is a passage with its features.
type example struct {
	loglinear.Example
	d *document
	p *passage
}

// examples returns the passages of d that people annotated.
func (d *document) examples() []example {
	finder := quotes.Finder{Gender: en.FirstName}
	speech := func(s articles.Span) bool {
		p := d.passage(s)
		return p != nil && p.speech
	}
	var all []example
	for _, seen := range finder.Passages(d.doc, d.entities, speech) {
		p := d.passage(seen.Span)
		if p == nil {
			continue
		}
		e := example{loglinear.Example{Features: seen.Features, True: p.speech, Weight: 1}, d, p}
		if !p.speech {
			e.Weight = otherWeight
		}
		all = append(all, e)
	}
	return all
}

// passage returns the passage of d that covers half of what it and s cover, or nil.
func (d *document) passage(s articles.Span) *passage {
	for i := range d.passages {
		p := &d.passages[i]
		n := min(p.End, s.End) - max(p.Start, s.Start)
		if n > 0 && 2*n >= p.Len()+s.Len()-n {
			return p
		}
	}
	return nil
}

// learned returns the weights that docs teach, but for those that are kept out.
func learned(docs []document) loglinear.Weights {
	var all []loglinear.Example
	for i := range docs {
		if !docs[i].kept {
			for _, e := range docs[i].examples() {
				all = append(all, e.Example)
			}
		}
	}
	return loglinear.Learn(all, precision, leastExamples)
}

// folds is the number of parts of a cross-validation.
const folds = 10

// cross tells how often weights that are learned on nine tenths of the documents are right on the
// last tenth, where of each passage those before it are known.
func cross(docs []document, list io.Writer) string {
	var f validation
	eachFold(docs, func(w loglinear.Weights, rest []example) { f.validate(w, rest, list) })
	return fmt.Sprintf("speech   %v\nother    %v\nboth     %v\nwritten  %v\n", f.speech, f.other, f.speech.plus(f.other), f.written)
}

// eachFold calls use with the weights that nine tenths of the documents teach and the examples of the last
// tenth, ten times.
func eachFold(docs []document, use func(loglinear.Weights, []example)) {
	parts := make([][]example, folds)
	n := 0
	for i := range docs {
		if !docs[i].kept {
			parts[n%folds] = append(parts[n%folds], docs[i].examples()...)
			n++
		}
	}
	for k := range parts {
		var all []loglinear.Example
		for j := range parts {
			for i := range parts[j] {
				if j != k {
					all = append(all, parts[j][i].Example)
				}
			}
		}
		use(loglinear.Learn(all, precision, leastExamples), parts[k])
	}
}

// correction returns what corrects the weights of speech on the news of docs, by cross-validation, where they
// say that it is speech.
func correction(docs []document) loglinear.Line {
	var sums []float64
	var right []bool
	eachFold(docs, func(w loglinear.Weights, rest []example) {
		for i := range rest {
			if sum := w.Sum(rest[i].Features); sum >= 0 && rest[i].d.id != ownID {
				sums, right = append(sums, sum), append(right, rest[i].True)
			}
		}
	})
	return loglinear.FitLine(sums, right)
}

// A validation counts what is right: of speech, of other words in marks, and of passages.txt.
type validation struct{ speech, other, written share }

// validate counts where w is right about es.
func (f *validation) validate(w loglinear.Weights, es []example, list io.Writer) {
	for i := range es {
		e := &es[i]
		p := w.Probability(e.Features)
		right := (p >= 0.5) == e.True
		switch {
		case e.d.id == ownID:
			f.written.count(right)
		case e.True:
			f.speech.count(right)
		default:
			f.other.count(right)
		}
		if !right {
			e.d.list(list, fmt.Sprintf("%.2f", p), e.p, nil)
		}
	}
}

// trusted returns the weights of whether the right one is said to speak, from what docs tell of speakers,
// but for those that are kept out.
func trusted(docs []document) loglinear.Weights {
	var all []loglinear.Example
	for i := range docs {
		if !docs[i].kept && docs[i].id != ownID {
			all = append(all, docs[i].attributions()...)
		}
	}
	w := loglinear.Learn(all, precision, leastExamples)
	l := correction(docs)
	w[quotes.SpeechSlope], w[quotes.SpeechShift] = l.Slope, l.Shift
	return w
}

// attributions returns the speech of d with the features of its attribution; true are those with the
// right speaker.
func (d *document) attributions() []loglinear.Example {
	finder := quotes.Finder{Gender: en.FirstName}
	found, signs := finder.Signs(d.doc, d.entities, func(s articles.Span) bool {
		p := d.passage(s)
		return p != nil && p.speech
	})
	var all []loglinear.Example
	for _, s := range signs {
		p, q := d.passage(s.Span), taken(found, s.Span)
		if p != nil && q != nil {
			all = append(all, loglinear.Example{Features: s.Features, True: q.Speaker == p.speaker, Weight: 1})
		}
	}
	return all
}

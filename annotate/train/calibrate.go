package main

import (
	"fmt"
	"math"
	"slices"

	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
	"byline/annotate/train/typing"
)

// A claim is a name that was found, with its raw score.
type claim struct {
	score float64
	right bool
}

// unseenGroups are the groups of sources, by their guidelines, that calibrate the scores: each is tagged
// by a model that has seen no text of its kind, like the news of the future. On held-out halves of
// sources that the model has seen, scores come out overconfident.
var unseenGroups = [...][]int{{2}, {3, 6}}

// unseenGroup returns the unseen group that d is in, or −1.
func unseenGroup(d *weightedDoc) int {
	return slices.IndexFunc(unseenGroups[:], func(group []int) bool { return slices.Contains(group, d.guidelines) })
}

// claims tags the unseen groups, each with the model that has not seen its group.
func claims(models []*model.Model, docs []weightedDoc) (all []claim) {
	for i := range docs {
		if s := unseenGroup(&docs[i]); s >= 0 {
			all = append(all, claimsOf(models[s], &docs[i].Doc)...)
		}
	}
	return all
}

// claimsOf tags a document. If other names are not annotated, it makes no claims about those.
func claimsOf(m *model.Model, d *corpus.Doc) (all []claim) {
	doc := segment.Tokens(split(d))
	sentence := 0
	for _, n := range m.Tag(doc) {
		for doc.Sentences[sentence].Tokens.End <= n.First {
			sentence++
		}
		first := doc.Sentences[sentence].Tokens.First
		labels := d.Sentences[sentence].Labels
		kind := int8(model.Kind(n.Type))*2 + 1
		if kind == corpus.Misc && slices.Contains(labels[n.First-first:n.End-first], corpus.Unsaid) {
			continue
		}
		all = append(all, claim{n.Score, spans(labels)[span{n.First - first, n.End - first, int(kind)}]})
	}
	return all
}

// calibrate returns, for raw scores of i/steps, the share of claims that are right: isotonic
// regression over equal steps, between which the model interpolates.
func calibrate(all []claim, steps int) []float64 {
	right, sum := make([]float64, steps+1), make([]float64, steps+1)
	for i := range sum {
		for _, c := range all {
			if w := 1 - math.Abs(c.score*float64(steps)-float64(i)); w > 0 {
				sum[i] += w
				if c.right {
					right[i] += w
				}
			}
		}
	}
	return typing.Isotonic(right, sum)
}

// reliability prints, for ten bins of scores, how often the claims are right, and the
// expected calibration error.
func reliability(all []claim) string {
	var n, right, sum [10]float64
	for _, c := range all {
		b := min(int(c.score*10), 9)
		n[b]++
		sum[b] += c.score
		if c.right {
			right[b]++
		}
	}
	out, ece := "", 0.0
	for b := range n {
		if n[b] == 0 {
			continue
		}
		ece += math.Abs(sum[b]-right[b]) / float64(len(all))
		out += fmt.Sprintf("  %.1f–%.1f  claims %5.0f  score %.3f  right %.3f\n", float64(b)/10, float64(b+1)/10, n[b], sum[b]/n[b], right[b]/n[b])
	}
	return fmt.Sprintf("%s  expected calibration error %.2f %%\n", out, ece*100)
}

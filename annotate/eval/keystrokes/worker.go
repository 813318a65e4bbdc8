package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/review"
	"byline/annotate/segment"
	"byline/articles"
)

// keyCounts counts keys by purpose.
type keyCounts struct {
	docs, gold int
	keys       map[string]int
}

func (t *keyCounts) press(verb string, n int) {
	if t.keys == nil {
		t.keys = map[string]int{}
	}
	t.keys[verb] += n
}

// print writes the keys by verb and the keys per gold mention.
func (t *keyCounts) print(out io.Writer, title string) {
	all := 0
	for _, n := range t.keys {
		all += n
	}
	fmt.Fprintf(out, "%-20s %4d articles %6d mentions %6d keys   KPE %.2f\n", title, t.docs, t.gold, all, float64(all)/float64(t.gold))
	verbs := slices.SortedFunc(maps.Keys(t.keys), func(a, b string) int { return cmp.Compare(t.keys[b], t.keys[a]) })
	for _, v := range verbs {
		fmt.Fprintf(out, "  %-18s %6d  %5.1f %%\n", v, t.keys[v], 100*float64(t.keys[v])/float64(all))
	}
}

// A worker annotates one article.
type worker struct {
	*keyCounts
	doc     *eval.Doc
	machine *annotate.Layer
	gold    map[articles.Span]annotate.Type
	log     []annotate.Decision

	candidates []articles.Span // of the text, see [names.Candidates]
	shown      review.Result
	ids        int
}

func (w *worker) applyLog() { w.shown = review.Apply(w.doc.Text, w.machine, w.log) }

// decide writes and applies an edit.
func (w *worker) decide(c review.Edit) {
	writer := review.Writer{Signature: w.signature(), Text: w.doc.Text, Shown: &w.shown}
	w.log = append(w.log, writer.Write(c)...)
	w.applyLog()
}

// review visits the unreviewed claims in the order of the text.
func (w *worker) review() {
	if len(w.machine.Entities) == 0 {
		return
	}
	w.press("go to the first", 1)
	for at := -1; ; {
		t, ok := review.Next(w.shown.Layer, at)
		if !ok {
			return
		}
		at = t.Start
		w.judge(t)
	}
}

// judge decides on one claim.
func (w *worker) judge(t review.Target) {
	want, right := w.gold[t.Span]
	switch {
	case right && want == w.typeAt(t.Span):
		w.press("confirm", 1)
		w.decide(review.Edit{Verb: annotate.Confirm, Targets: []review.Target{t}})
	case right:
		w.press("retype", 2)
		w.decide(review.Edit{Verb: annotate.Relabel, Value: string(want), Targets: []review.Target{t}})
	default:
		to, n := w.nearestMissing(t.Span)
		if n == 0 || n > 2 {
			w.press("reject", 1)
			w.decide(review.Edit{Verb: annotate.Reject, Targets: []review.Target{t}})
			return
		}
		w.press("move an end", n+1)
		w.decide(review.Edit{Verb: annotate.Respan, Targets: []review.Target{t}, To: to})
		if w.typeAt(to) != w.gold[to] {
			w.press("retype", 1)
			w.decide(review.Edit{Verb: annotate.Relabel, Value: string(w.gold[to]), Targets: []review.Target{{Kind: annotate.OfMention, Span: to}}})
		}
	}
}

// typeAt returns the type of the mention at s, "" if there is none that counts.
func (w *worker) typeAt(s articles.Span) annotate.Type {
	for e, m := range w.shown.Layer.Mentions() {
		if m.Span == s && m.State != annotate.Rejected {
			return e.Type
		}
	}
	return ""
}

// nearestMissing returns the gold mention that overlaps s and is missing from the layer, and by
// how many words the two differ.
func (w *worker) nearestMissing(s articles.Span) (to articles.Span, words int) {
	for g := range w.gold {
		if !g.Overlaps(s) || w.typeAt(g) != "" {
			continue
		}
		n := w.words(articles.Span{Start: min(g.Start, s.Start), End: max(g.Start, s.Start)}) +
			w.words(articles.Span{Start: min(g.End, s.End), End: max(g.End, s.End)})
		if words == 0 || n < words || n == words && g.Start < to.Start {
			to, words = g, n
		}
	}
	return to, words
}

// words counts the words in s.
func (w *worker) words(s articles.Span) int {
	n := 0
	for _, t := range segment.Split(s.In(w.doc.Text), nil).Tokens {
		if t.Kind == annotate.Word || t.Kind == annotate.Number {
			n++
		}
	}
	return n
}

// screen is the number of words on a screen.
const screen = 300

// walk visits the capitalized words outside of mentions.
func (w *worker) walk() {
	for from := 0; ; {
		c, ok := w.candidate(from)
		if !ok {
			return
		}
		w.press("next candidate", 1)
		from = c.End
		if typ, ok := w.gold[c]; ok {
			w.press("add", 1)
			w.add(c, typ)
		} else if to, n := w.nearestMissing(c); n > 0 && n <= 2 {
			w.press("add", n+1)
			w.add(to, w.gold[to])
		}
	}
}

// candidate returns the first candidate at or after byte from.
func (w *worker) candidate(from int) (articles.Span, bool) {
	taken := func(c articles.Span) bool {
		for _, e := range w.shown.Layer.Entities {
			if slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.Overlaps(c) }) {
				return true
			}
		}
		return false
	}
	for _, c := range w.candidates {
		if c.Start >= from && !taken(c) {
			return c, true
		}
	}
	return articles.Span{}, false
}

func (w *worker) add(s articles.Span, typ annotate.Type) {
	w.decide(review.Edit{Verb: annotate.Add, Value: string(typ), Targets: []review.Target{{Kind: annotate.OfMention, Span: s}}})
}

// complete adds the missing mentions, from the start of the text to its end.
func (w *worker) complete() {
	at := 0 // start of the screen that is shown
	for _, g := range slices.SortedFunc(maps.Keys(w.gold), articles.Span.Compare) {
		if w.typeAt(g) == w.gold[g] {
			continue
		}
		if s := w.words(articles.Span{End: g.Start}) / screen; s > at {
			w.press("next screen", s-at)
			at = s
		}
		if w.typeAt(g) != "" {
			w.press("retype", 3+1)
			w.decide(review.Edit{Verb: annotate.Relabel, Here: true, Value: string(w.gold[g]), Targets: []review.Target{{Kind: annotate.OfMention, Span: g}}})
			continue
		}
		w.press("add", 3+w.words(g)-1+1)
		w.add(g, w.gold[g])
	}
	for _, s := range w.extraMentions() {
		w.press("take away", 3+1)
		w.decide(review.Edit{Verb: annotate.Reject, Targets: []review.Target{{Kind: annotate.OfMention, Span: s}}})
	}
}

// extraMentions returns the mentions of the layer that the gold does not have.
func (w *worker) extraMentions() []articles.Span {
	var out []articles.Span
	for _, m := range w.shown.Layer.Mentions() {
		if m.State != annotate.Rejected && w.gold[m.Span] == "" {
			out = append(out, m.Span)
		}
	}
	return out
}

// check reports how the layer differs from the gold.
func (w *worker) check() error {
	for g, typ := range w.gold {
		if got := w.typeAt(g); got != typ {
			return fmt.Errorf("%s: %q is %q, not %q", w.doc.Name, strings.Join(strings.Fields(g.In(w.doc.Text)), " "), got, typ)
		}
	}
	if x := w.extraMentions(); len(x) > 0 {
		return fmt.Errorf("%s: %q is too much", w.doc.Name, x[0].In(w.doc.Text))
	}
	return nil
}

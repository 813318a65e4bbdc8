// Command keystrokes counts the keys that a perfect annotator needs for the people and
// organizations of gold articles, with the engine's suggestions and without them.
//
//	go run ./annotate/eval/keystrokes FILE|DIR …
//
// The annotator makes no mistakes and knows the keys. Decisions are written by
// [review.Writer] and applied by [review.Apply], as in the reader; at the end the layer has
// the mentions of the gold, or the command fails. What a decision costs is what
// ui/reader's TestCosts counts:
//
//	y  confirm, and on to the next unreviewed                     1
//	X  reject, and on                                             1
//	p  o  another type, for all equal names; a to the next      1+1
//	<  >  (  )  an end of the span by a word                      1 each; a to the next
//	C  p  o  to the next words with a capital, and mark them    1+1, L or H for a word 1 each
//	;xy  to a word by its label, L for each word more, p or o   3+n+1
//	space  to the next screen with something to add               1
//
// KPE is keys a gold mention.
package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/eval"
	"byline/annotate/eval/corpus"
	"byline/annotate/names"
	"byline/annotate/review"
	"byline/annotate/segment"
	"byline/articles"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(names []string, out, errs io.Writer) int {
	e, err := engine.Default()
	if err != nil {
		fmt.Fprintln(errs, "keystrokes:", err)
		return 1
	}
	var with, without keyCounts
	for _, name := range names {
		files, err := corpus.Files(name)
		if err != nil {
			fmt.Fprintln(errs, "keystrokes:", err)
			return 1
		}
		for _, f := range files {
			for d, err := range corpus.File(f, "") {
				if err == nil {
					err = annotateTwice(d, e, &with, &without)
				}
				if err != nil {
					fmt.Fprintln(errs, "keystrokes:", err)
					return 1
				}
			}
		}
	}
	if with.gold == 0 {
		fmt.Fprintln(errs, "keystrokes: name articles with annotated people and organizations")
		return 2
	}
	with.print(out, "with suggestions")
	without.print(out, "without suggestions")
	return 0
}

// annotateTwice annotates d with the engine's suggestions and without them.
func annotateTwice(d *eval.Doc, e *engine.Engine, with, without *keyCounts) error {
	if err := annotateBy(d, e.Annotate(d.Text, d.Blocks), with); err != nil {
		return err
	}
	return annotateBy(d, &annotate.Layer{}, without)
}

// annotateBy turns the people and organizations of the machine's layer into those of the gold.
func annotateBy(d *eval.Doc, machine *annotate.Layer, t *keyCounts) error {
	w := &worker{keyCounts: t, doc: d, machine: byNameOnly(machine), gold: map[articles.Span]annotate.Type{}}
	for _, e := range byNameOnly(&d.Gold).Entities {
		for _, m := range e.Mentions {
			w.gold[m.Span] = e.Type
		}
	}
	t.gold += len(w.gold)
	t.docs++
	w.candidates = names.Candidates(segment.Split(d.Text, d.Blocks))
	w.applyLog()
	w.review()
	if len(machine.Entities) == 0 {
		w.walk()
	}
	w.complete()
	return w.check()
}

// byNameOnly returns the people and organizations of l with their mentions by name only.
func byNameOnly(l *annotate.Layer) *annotate.Layer {
	out := &annotate.Layer{Engine: l.Engine}
	for _, e := range l.Entities {
		if e.Type != annotate.Person && e.Type != annotate.Organization {
			continue
		}
		var ms []annotate.Mention
		for _, m := range e.Mentions {
			if m.Form == annotate.Name {
				ms = append(ms, m)
			}
		}
		if e.Mentions = ms; len(ms) > 0 {
			out.Entities = append(out.Entities, e)
		}
	}
	return out
}

// signature returns the signature of the next step.
func (w *worker) signature() review.Signature {
	return review.Signature{Who: "oracle", Now: time.UnixMilli(1), NewID: func() string {
		w.ids++
		return fmt.Sprintf("%08d", w.ids)
	}}
}

// Command peers prints how well and how fast byline and two other taggers that run
// offline find people and organizations in the same sentences: prose (Go,
// github.com/jdkato/prose/v2) and compromise (JavaScript, of npm).
//
//	cd annotate/eval/peers && go run . FILE.iob2[.gz] …
//
// It is a module of its own, so that byline does not depend on the others. The first run
// takes prose by go and compromise by npm from where these two take their packages;
// where there is no node or no npm, the line of compromise says so and the others are printed
// all the same.
//
// Each tagger gets the tokens of the file with a blank between them: byline a document
// at a time, as it is made to be used, the others, which know no documents, a sentence at
// a time. What they find is grown to whole tokens, and titles before a name (Mr., Dr.) are
// taken off, since the gold has them outside of names. F1 is over exact spans, as "byline
// eval" counts them. Tokens a second are those of the best of three passes on one core,
// without start and loading.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/eval"
	"byline/annotate/eval/corpus"
)

// passes is how often a tagger runs; the best time counts.
const passes = 3

// A tagging is the names that a tagger found, by document, and the seconds it took.
type tagging struct {
	entities [][]annotate.Entity
	seconds  float64
}

// A peer is one of the taggers.
type peer struct {
	name string
	tag  func([]*eval.Doc) (*tagging, error)
}

func main() {
	script := flag.String("compromise", "compromise", "the `FOLDER` of the script that runs compromise")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "peers: name files in IOB2")
		os.Exit(2)
	}
	docs, err := read(flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
	own, err := engine.Default()
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
	byline := func(docs []*eval.Doc) (*tagging, error) { return timeTagging(docs, own.Entities), nil }
	compare(os.Stdout, docs, []peer{
		{"byline " + own.Version(), byline},
		{"prose " + proseVersion(), proseTags},
		{"compromise", func(docs []*eval.Doc) (*tagging, error) { return runCompromise(*script, docs) }},
	})
}

// read returns the documents of tokenized files.
func read(paths []string) ([]*eval.Doc, error) {
	var docs []*eval.Doc
	for _, path := range paths {
		for d, err := range corpus.File(path, "iob2") {
			if err != nil {
				return nil, err
			}
			docs = append(docs, d)
		}
	}
	return docs, nil
}

// compare prints a line per tagger.
func compare(w io.Writer, docs []*eval.Doc, peers []peer) {
	tokens, sentences := 0, 0
	for _, d := range docs {
		tokens += len(d.Tokens.Tokens)
		sentences += len(d.Tokens.Sentences)
	}
	fmt.Fprintf(w, "%d documents, %d sentences, %d tokens\n\n", len(docs), sentences, tokens)
	fmt.Fprintf(w, "%-22s %7s %7s %7s %8s %7s %7s %9s %12s\n", "", "PER P", "R", "F1", "ORG P", "R", "F1", "PER+ORG", "tokens/s")
	for _, p := range peers {
		t, err := p.tag(docs)
		if err != nil {
			fmt.Fprintf(w, "%-22s not run: %v\n", p.name, err)
			continue
		}
		c := score(docs, t)
		person, organization, both := c["person"], c["organization"], c["person+organization"]
		fmt.Fprintf(w, "%-22s %7.1f %7.1f %7.1f %8.1f %7.1f %7.1f %9.1f %12.0f\n", p.name,
			100*person.Precision, 100*person.Recall, 100*person.F1,
			100*organization.Precision, 100*organization.Recall, 100*organization.F1,
			100*both.F1, float64(tokens)/t.seconds)
	}
}

// score returns the exact figures by type.
func score(docs []*eval.Doc, t *tagging) map[string]eval.Figures {
	var sum eval.Tally
	for i, d := range docs {
		found := eval.Engine{Entities: func(*annotate.Doc) []annotate.Entity { return t.entities[i] }}
		sum.Add(eval.Score(d, found, false))
	}
	figures := map[string]eval.Figures{}
	for _, s := range sum.Report(false, false).Names {
		figures[s.Type] = s.Exact
	}
	return figures
}

// timeTagging runs tag over the documents several times.
func timeTagging(docs []*eval.Doc, tag func(*annotate.Doc) []annotate.Entity) *tagging {
	t := &tagging{entities: make([][]annotate.Entity, len(docs))}
	var times []float64
	for range passes {
		start := time.Now()
		for i, d := range docs {
			t.entities[i] = tag(d.Tokens)
		}
		times = append(times, time.Since(start).Seconds())
	}
	t.seconds = slices.Min(times)
	return t
}

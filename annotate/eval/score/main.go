// Package score is a command; it prints how well names are found, and mentions joined, in files of gold
// data.
//
//	go run ./annotate/eval/score [-rules] [-joined] [-errors N] FILE.iob2[.gz] … FILE.coref.jsonl[.gz] …
//
// For every file: span-exact precision, recall and F1 by type and for persons and
// organizations together, and the tokens a second of tagging on one core. For files of
// coreference: B³ of joining the mentions by name of persons and organizations.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/names"
	"byline/annotate/people"
)

func main() {
	byRule := flag.Bool("rules", false, "print the precision of each rule")
	joined := flag.Bool("joined", false, "let people.Group join the names, which repairs types")
	errors := flag.Int("errors", 0, "print the first `N` errors of each file")
	flag.Parse()
	for _, path := range flag.Args() {
		if err := score(path, options{*byRule, *joined, *errors}); err != nil {
			fmt.Fprintln(os.Stderr, "score:", err)
			os.Exit(1)
		}
	}
}

// options are what the flags say.
type options struct {
	byRule, joined bool
	errors         int
}

// tagger returns what finds the names.
func (o options) tagger() eval.Tagger {
	if o.joined {
		return joinedNames
	}
	return names.Find
}

// joinedNames returns the names of d with the types of their entities.
func joinedNames(d *annotate.Doc) []annotate.Mention {
	var ms []annotate.Mention
	for _, e := range people.Group(d, names.Find(d)) {
		ms = append(ms, e.Mentions...)
	}
	slices.SortFunc(ms, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	return ms
}

func score(path string, o options) error {
	if strings.Contains(path, ".jsonl") {
		return scorePeople(path, o.errors)
	}
	gold, err := eval.ReadFile(path)
	if err != nil {
		return err
	}
	start := time.Now()
	scores := eval.Names(gold, o.tagger())
	printScores(filepath.Base(path), &scores, speed(gold, time.Since(start)))
	if o.byRule {
		printRules(&scores)
	}
	printErrors(gold, o)
	return nil
}

func scorePeople(path string, errors int) error {
	in, err := eval.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	chains, err := eval.ReadCoref(in)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	p, r := eval.BCubed(chains, people.Group)
	n := 0
	for i := range chains {
		n += len(chains[i].Mentions)
	}
	fmt.Printf("%-32s B³ P %5.1f  R %5.1f  F1 %5.1f  mentions %d\n", filepath.Base(path), 100*p, 100*r, 200*p*r/(p+r), n)
	for i := range chains {
		errors = printJoins(&chains[i], errors)
	}
	return nil
}

// printJoins prints the entities of c that are joined wrongly, at most n.
func printJoins(c *eval.Chain, n int) int {
	gold := map[int][]string{}
	for i, m := range c.Mentions {
		gold[c.Entity[i]] = append(gold[c.Entity[i]], m.In(c.Doc.Text))
	}
	known := map[string]bool{}
	for _, names := range gold {
		known[strings.Join(names, " | ")] = true
	}
	for _, e := range people.Group(c.Doc, c.Mentions) {
		var names []string
		for _, m := range e.Mentions {
			names = append(names, m.In(c.Doc.Text))
		}
		if all := strings.Join(names, " | "); n > 0 && !known[all] {
			n--
			fmt.Printf("  %-12s %-12s %s\n", e.Type, e.Origin.Rule, all)
		}
	}
	return n
}

func speed(gold []eval.Gold, took time.Duration) float64 {
	n := 0
	for _, g := range gold {
		n += len(g.Doc.Tokens)
	}
	return float64(n) / took.Seconds()
}

func printScores(name string, s *eval.Scores, speed float64) {
	line := func(of string, c eval.Count) {
		fmt.Printf("%-24s %-8s P %5.1f  R %5.1f  F1 %5.1f  gold %d\n", name, of, 100*c.Precision(), 100*c.Recall(), 100*c.F1(), c.Gold)
		name = ""
	}
	line("PER+ORG", s.Reader())
	line("PER", s.Types[annotate.Person])
	line("ORG", s.Types[annotate.Organization])
	line("LOC", s.Types[annotate.Place])
	line("MISC", s.Types[annotate.Other])
	fmt.Printf("%-24s %.0f tokens/s\n", "", speed)
}

func printRules(s *eval.Scores) {
	for _, rule := range slices.Sorted(maps.Keys(s.Rules)) {
		c := s.Rules[rule]
		fmt.Printf("    %-22s P %5.1f  found %d\n", rule, 100*c.Precision(), c.Found)
	}
}

// printErrors prints the first n sentences' worth of names that are wrong or missed.
func printErrors(gold []eval.Gold, o options) {
	n := o.errors
	for _, g := range gold {
		right, found := map[eval.Name]bool{}, map[eval.Name]bool{}
		for _, name := range g.Names {
			right[name] = true
		}
		for _, t := range eval.Tokens(g.Doc, o.tagger()(g.Doc)) {
			found[t.Name] = true
			if n > 0 && !right[t.Name] {
				n--
				fmt.Printf("  wrong  %-12s %-18s %s\n", t.Type, t.Rule, around(g.Doc, t.Name))
			}
		}
		for _, name := range g.Names {
			if n > 0 && !found[name] {
				n--
				fmt.Printf("  missed %-12s %-18s %s\n", name.Type, "", around(g.Doc, name))
			}
		}
	}
}

// around shows a name in brackets between some of its neighbours.
func around(d *annotate.Doc, n eval.Name) string {
	var words []string
	for i := max(0, n.First-5); i < min(len(d.Tokens), n.End+5); i++ {
		w := d.Word(i)
		if i == n.First {
			w = "[" + w
		}
		if i == n.End-1 {
			w += "]"
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// Command check reads annotated articles and prints what is in them, file by file and in
// all, and what is wrong with them, file:line.
//
//	go run ./annotate/eval/gold/check FILE|DIR …
//
// A folder means the .txtar files in it. The exit status is 1 where something is
// wrong. Lines that begin with "note:" are names that are also unmarked, which may be
// right.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"byline/annotate"
	"byline/annotate/eval/gold"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(names []string, out, errs io.Writer) int {
	paths, status := files(names), 0
	if len(paths) == 0 {
		fmt.Fprintln(errs, "check: name .txtar files, or folders with some")
		return 2
	}
	fmt.Fprintf(out, "%-34s %7s %6s %9s %7s %7s %7s %6s %6s %6s %9s %8s\n", "file", "direct", "mixed", "indirect", "quotes", "nobody", "no quote", "PER", "ORG", "LOC", "other", "entities")
	all := map[string]int{}
	for _, path := range paths {
		a, err := gold.Read(path)
		if err != nil {
			fmt.Fprintln(errs, err)
			status = 1
			continue
		}
		for _, n := range a.Notes {
			fmt.Fprintln(errs, "note:", n)
		}
		c := count(a)
		printCounts(out, filepath.Base(path), c)
		for k, n := range c {
			all[k] += n
		}
	}
	printCounts(out, fmt.Sprintf("%d files", len(paths)), all)
	return status
}

// files returns the named files, and those in the named folders.
func files(names []string) []string {
	var paths []string
	for _, n := range names {
		if info, err := os.Stat(n); err != nil || !info.IsDir() {
			paths = append(paths, n)
			continue
		}
		in, _ := filepath.Glob(filepath.Join(n, "*.txtar")) // in the order of their names
		paths = append(paths, in...)
	}
	return paths
}

// count counts what is in an article, mentions by name only.
func count(a *gold.Article) map[string]int {
	c := map[string]int{"entities": len(a.Layer.Entities), "quotes": len(a.Layer.Quotes), "none": len(a.NonQuotes)}
	for _, q := range a.Layer.Quotes {
		c[string(q.Type)]++
		if q.Speaker == "" {
			c["nobody"]++
		}
	}
	for e, m := range a.Layer.Mentions() {
		if m.Form == annotate.Name {
			c[string(e.Type)]++
		}
	}
	return c
}

func printCounts(out io.Writer, name string, c map[string]int) {
	fmt.Fprintf(out, "%-34s %7d %6d %9d %7d %7d %7d %6d %6d %6d %9d %8d\n", strings.TrimSuffix(name, ".txtar"),
		c["direct"], c["mixed"], c["indirect"], c["quotes"], c["nobody"], c["none"],
		c["person"], c["organization"], c["place"], c["other"], c["entities"])
}

// Command score measures how well articles are found in a folder of pages that somebody read before:
//
//	go run ./articles/web/score DIR
//
// Two layouts are understood. In the first, as trafilatura's evaluation has it, DIR has pages and
// an expected.json that maps the name of a page to segments that belong to the article and
// segments that do not:
//
//	{"harbour.html": {"with": ["The bridge is shut"], "without": ["Sign up"]}}
//
// Beside them may stand "title", "author" (a text or a list) and "date", which are right if they are the same but for
// marks, capitals and the order of names.
//
// A segment counts as found where it stands in the text, whatever the white space. Precision is
// the share of the segments found that belong; recall is the share of those that belong that are
// found. In the second layout, as readability's tests have it, each folder of DIR has a source.html and an
// expected.html, whose words are compared as a bag: F1, averaged over the pages. Beside it stands the measure of scrapinghub's
// article-extraction-benchmark: runs of four words, precision and recall averaged over the pages, and the F1 of those.
//
// -names annotates the articles instead, and counts the people and organizations that are named only where the text is
// not the article's.
//
// The pages are in two halves, by a hash of their names. -errors lists the errors of the first half
// only: rules are made by looking at those, and the figure of the second says whether they hold elsewhere.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, w io.Writer) error {
	fs := flag.NewFlagSet("score", flag.ContinueOnError)
	errs := fs.Bool("errors", false, "list the errors of the first half")
	named := fs.Bool("names", false, "annotate the articles, and count the people and organizations that stand only in what is no article")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() != 1 {
		return errors.New("name one folder of pages")
	}
	dir := fs.Arg(0)
	if *named {
		return printNames(ctx, w, dir, *errs)
	}
	pages, err := bySegments(ctx, dir)
	if errors.Is(err, os.ErrNotExist) {
		return printWords(ctx, w, dir, *errs)
	} else if err != nil {
		return err
	}
	if *errs {
		list(w, pages)
	}
	return printSegments(w, pages)
}

// half returns 0 or 1, the half that the page called name is in.
func half(name string) int {
	h := uint32(2166136261) // FNV-1a
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return int(h>>8) & 1
}

// halves names the rows of both tables.
var halves = []string{"first half", "second half", "all"}

func table(w io.Writer) *tabwriter.Writer {
	return tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
}

package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"byline/articles/clean"
	"byline/articles/load"
	"byline/articles/web/dom"
)

// A comparison is how a text agrees with the expected one.
type comparison struct {
	name          string
	f             float64
	extra, absent []string // words beyond, and short of, those expected
	shingles      rates    // of runs of four words
}

// printWords compares the pages in the folders of dir by their words.
func printWords(ctx context.Context, w io.Writer, dir string, errs bool) error {
	folders, err := foldersIn(dir)
	if err != nil {
		return err
	}
	var all []comparison
	for _, folder := range folders {
		c, err := compare(ctx, folder)
		if err != nil {
			return err
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(c, d comparison) int { return cmp.Compare(c.f, d.f) })
	if errs {
		listWords(w, all)
	}
	t := table(w)
	fmt.Fprintln(t, "\tpages\tmean F1\tmedian\tbelow 0.9995\tshingles F1\tprecision\trecall\t")
	for i, name := range halves {
		part := slices.DeleteFunc(slices.Clone(all), func(c comparison) bool { return i < 2 && half(c.name) != i })
		sum, below := 0.0, 0
		var r rates
		for _, c := range part {
			sum += c.f
			r.precision += c.shingles.precision
			r.recall += c.shingles.recall
			if half(c.name) == 0 && c.f < 0.9995 {
				below++
			}
		}
		if n := float64(len(part)); n > 0 {
			p, r := r.precision/n, r.recall/n
			fmt.Fprintf(t, "%s\t%d\t%.4f\t%.4f\t%d\t%.4f\t%.4f\t%.4f\t\n", name, len(part), sum/n, part[len(part)/2].f, below, f1(p, r), p, r)
		}
	}
	return t.Flush()
}

// foldersIn returns the folders of dir that have a page.
func foldersIn(dir string) ([]string, error) {
	list, err := filepath.Glob(filepath.Join(dir, "*", "source.html"))
	if err != nil || len(list) == 0 {
		return nil, fmt.Errorf("%s has neither an expected.json nor folders with a source.html", dir)
	}
	for i := range list {
		list[i] = filepath.Dir(list[i])
	}
	return list, nil
}

// listWords prints the errors of the first half, the worst page first.
func listWords(w io.Writer, all []comparison) {
	for _, c := range all {
		if half(c.name) == 0 && c.f < 0.9995 {
			fmt.Fprintf(w, "%.4f %s\n  - %s\n  + %s\n", c.f, c.name, some(c.absent), some(c.extra))
		}
	}
}

// some returns the first words of a long list.
func some(words []string) string {
	const most = 60
	return fmt.Sprintf("%d: %s", len(words), strings.Join(words[:min(len(words), most)], " "))
}

// A truth is what the article of a page should be.
type truth struct {
	source []byte // the page
	text   string // its article
	lead   string // its headlines, and its description of itself
}

// truthIn reads the page in folder and what is expected of it.
func truthIn(folder string) (truth, error) {
	want, err := os.Open(filepath.Join(folder, "expected.html"))
	if err != nil {
		return truth{}, err
	}
	defer want.Close()
	doc, err := html.Parse(want)
	if err != nil {
		return truth{}, fmt.Errorf("read %s: %w", want.Name(), err)
	}
	source, err := os.ReadFile(filepath.Join(folder, "source.html"))
	if err != nil {
		return truth{}, err
	}
	return truth{source, clean.Drawn(wordsOf(doc)), lead(source)}, nil
}

// compare reads the page in folder.
func compare(ctx context.Context, folder string) (comparison, error) {
	want, err := truthIn(folder)
	if err != nil {
		return comparison{}, err
	}
	text, title := "", ""
	if a, err := load.Bytes(ctx, "source.html", want.source); err == nil {
		text, title = a.Text, a.Title
	}
	free := title + " " + want.lead
	c := bags(strings.Fields(want.text), strings.Fields(text), strings.Fields(free))
	c.name = filepath.Base(folder)
	c.shingles = compareShingles(want.text, strings.TrimPrefix(text, title), free)
	return c, nil
}

// wordsOf returns the text in n, with a blank wherever an element starts or ends that is no part of a word.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode && !dom.Is(c.Parent, "script", "style"):
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && !dom.IsInline(c.Data):
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// lead returns the headlines of a page, and its description of itself.
func lead(source []byte) string {
	doc, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		return ""
	}
	s := ""
	for n := range doc.Descendants() {
		switch {
		case dom.Is(n, "h1"):
			s += dom.Text(n) + " "
		case dom.Is(n, "meta") && strings.HasSuffix(dom.Attr(n, "name")+dom.Attr(n, "property"), "description"):
			s += dom.Attr(n, "content") + " "
		}
	}
	return s
}

// bags compares two texts as bags of words. The words in lead are not counted as too many:
// readability leaves them out.
func bags(want, got, lead []string) comparison {
	n := map[string]int{}
	for _, w := range want {
		n[w]++
	}
	free := map[string]int{}
	for _, w := range lead {
		free[w]++
	}
	same, right := 0, 0
	var c comparison
	for _, w := range got {
		switch {
		case n[w] > 0:
			n[w]--
			same++
			right++
		case free[w] > 0:
			free[w]--
			right++
		default:
			c.extra = append(c.extra, w)
		}
	}
	for _, w := range want {
		if n[w] > 0 {
			n[w]--
			c.absent = append(c.absent, w)
		}
	}
	c.f = f1(ratio(right, len(got)), ratio(same, len(want)))
	return c
}

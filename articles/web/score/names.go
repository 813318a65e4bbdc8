package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/articles"
	"byline/articles/load"
)

// A tally counts people and organizations, and their mentions by name.
type tally struct {
	pages, named, mentions int
	outside                int // of named, those who stand only in what is no article
	mentionsOutside        int
	garbled                int // pages with U+FFFD that they did not have
}

// A namer counts who is named in articles, and who of them only in what is no article.
type namer struct {
	*engine.Engine
	tallies [3]tally // by half, and all
	errs    io.Writer
}

// printNames annotates the pages of dir and prints how many of the people and organizations found stand only in what does not
// belong. A page's expected.html says what does; of a page with segments, only a name that stands in one counts.
func printNames(ctx context.Context, w io.Writer, dir string, errs bool) error {
	e, err := engine.Default()
	if err != nil {
		return err
	}
	n := namer{Engine: e}
	if errs {
		n.errs = w
	}
	count := n.segments
	if _, err := os.Stat(filepath.Join(dir, "expected.json")); err != nil {
		count = n.folders
	}
	if err := count(ctx, dir); err != nil {
		return err
	}
	t := table(w)
	fmt.Fprintln(t, "\tpages\tpeople and organizations\tonly outside\t\tmentions\toutside\twith new �\t")
	for i, c := range n.tallies {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%.1f %%\t%d\t%d\t%d\t\n", halves[i], c.pages, c.named, c.outside, 100*ratio(c.outside, c.named), c.mentions, c.mentionsOutside, c.garbled)
	}
	return t.Flush()
}

// segments counts in pages whose expected.json has segments.
func (n *namer) segments(ctx context.Context, dir string) error {
	pages, err := bySegments(ctx, dir)
	for i := range pages {
		p := &pages[i]
		source, err := os.ReadFile(filepath.Join(dir, p.name))
		if err != nil {
			return err
		}
		with, without := squeeze(strings.Join(p.With, "\n")), squeeze(strings.Join(p.Without, "\n"))
		n.count(ctx, p.name, source, func(name string) bool {
			return !strings.Contains(without, name) || strings.Contains(with, name)
		})
	}
	return err
}

// folders counts in folders with an expected.html.
func (n *namer) folders(ctx context.Context, dir string) error {
	folders, err := foldersIn(dir)
	for _, folder := range folders {
		want, err := truthIn(folder)
		if err != nil {
			return err
		}
		text := squeeze(want.text + " " + want.lead)
		n.count(ctx, filepath.Base(folder), want.source, func(name string) bool { return strings.Contains(text, name) })
	}
	return err
}

// count counts who is named in the page called name; belongs reports whether a name stands in its article.
func (n *namer) count(ctx context.Context, name string, source []byte, belongs func(string) bool) {
	a, err := load.Bytes(ctx, "source.html", source)
	if err != nil {
		return
	}
	var one tally
	one.pages = 1
	if strings.ContainsRune(a.Text, '\ufffd') && !strings.Contains(string(source), "\ufffd") {
		one.garbled = 1
	}
	for _, e := range n.Annotate(a.Text, a.Blocks).Entities {
		if e.Type != annotate.Person && e.Type != annotate.Organization {
			continue
		}
		one.named++
		all, outside := mentionsOutside(a, e, belongs)
		one.mentions += all
		one.mentionsOutside += outside
		if all == outside {
			one.outside++
			if n.errs != nil && half(name) == 0 {
				fmt.Fprintf(n.errs, "%s: %s, %d times\n", name, e.Name, all)
			}
		}
	}
	n.tallies[half(name)].add(one)
	n.tallies[2].add(one)
}

// mentionsOutside counts the mentions of e by name, and those of them that stand nowhere in what belongs.
func mentionsOutside(a *articles.Article, e annotate.Entity, belongs func(string) bool) (all, outside int) {
	for _, m := range e.Mentions {
		if m.Form != annotate.Name {
			continue
		}
		all++
		if !belongs(squeeze(m.In(a.Text))) {
			outside++
		}
	}
	return all, outside
}

func (t *tally) add(u tally) {
	t.pages += u.pages
	t.named += u.named
	t.mentions += u.mentions
	t.outside += u.outside
	t.mentionsOutside += u.mentionsOutside
	t.garbled += u.garbled
}

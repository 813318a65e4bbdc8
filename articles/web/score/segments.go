package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byline/articles"
	"byline/articles/load"
)

// A page is what is known of one page, and what was made of it.
type page struct {
	name          string
	With, Without []string
	about
	lost, kept []string // of With, those not found; of Without, those found
	captions   int      // of kept, those only found in captions
	failed     error
}

// bySegments reads the pages of dir that its expected.json lists.
func bySegments(ctx context.Context, dir string) ([]page, error) {
	data, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		return nil, err
	}
	var all map[string]page
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Join(dir, "expected.json"), err)
	}
	var pages []page
	for _, name := range slices.Sorted(maps.Keys(all)) {
		p := all[name]
		p.name = name
		p.read(ctx, filepath.Join(dir, name))
		pages = append(pages, p)
	}
	return pages, ctx.Err()
}

func (p *page) read(ctx context.Context, file string) {
	text, story := "", "" // with captions and without
	a, err := load.File(ctx, file)
	if err == nil {
		text, story = squeeze(a.Text), squeeze(withoutCaptions(a))
		p.judge(a)
	}
	p.failed = err
	for _, s := range p.With {
		if !strings.Contains(text, squeeze(s)) {
			p.lost = append(p.lost, s)
		}
	}
	for _, s := range p.Without {
		if strings.Contains(text, squeeze(s)) {
			p.kept = append(p.kept, s)
			if !strings.Contains(story, squeeze(s)) {
				p.captions++
			}
		}
	}
}

func withoutCaptions(a *articles.Article) string {
	var b strings.Builder
	for _, k := range a.Blocks {
		if k.Kind != articles.Caption {
			b.WriteString(k.In(a.Text) + "\n")
		}
	}
	return b.String()
}

// squeeze makes each run of white space one blank.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// A count is the sum over pages.
type count struct {
	pages, none           int // none: nothing that belongs is in the text
	right, lost, unwanted int
	captions              int // of unwanted
}

func (c *count) add(p *page) {
	c.pages++
	c.right += len(p.With) - len(p.lost)
	c.lost += len(p.lost)
	c.unwanted += len(p.kept)
	c.captions += p.captions
	if len(p.With) > 0 && len(p.lost) == len(p.With) {
		c.none++
	}
}

func printSegments(w io.Writer, pages []page) error {
	if err := printAbout(w, pages); err != nil {
		return err
	}
	var counts [3]count
	for i := range pages {
		counts[half(pages[i].name)].add(&pages[i])
		counts[2].add(&pages[i])
	}
	t := table(w)
	fmt.Fprintln(t, "\tpages\tF\tprecision\trecall\tlost\tunwanted\tin captions\tnothing right\t")
	for i, c := range counts {
		p, r := ratio(c.right, c.right+c.unwanted), ratio(c.right, c.right+c.lost)
		fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f\t%.3f\t%d\t%d\t%d\t%d\t\n", halves[i], c.pages, f1(p, r), p, r, c.lost, c.unwanted, c.captions, c.none)
	}
	return t.Flush()
}

func ratio(n, of int) float64 { return float64(n) / float64(max(1, of)) }

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// list prints the errors of the first half, the pages with most of them first.
func list(w io.Writer, pages []page) {
	pages = slices.Clone(pages)
	slices.SortStableFunc(pages, func(p, q page) int { return cmp.Compare(len(q.lost)+len(q.kept), len(p.lost)+len(p.kept)) })
	for _, p := range pages {
		if half(p.name) == 0 {
			p.listAbout(w)
		}
		if half(p.name) != 0 || len(p.lost)+len(p.kept) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s: %d of %d lost, %d of %d unwanted\n", p.name, len(p.lost), len(p.With), len(p.kept), len(p.Without))
		if p.failed != nil {
			fmt.Fprintf(w, "  ! %v\n", p.failed)
		}
		for _, s := range p.lost {
			fmt.Fprintf(w, "  - %q\n", s)
		}
		for _, s := range p.kept {
			fmt.Fprintf(w, "  + %q\n", s)
		}
	}
}

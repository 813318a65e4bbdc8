package main

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"byline/articles"
)

// About is what is known of a page besides its text, and what was made of it.
type about struct {
	Title, Date string
	Author      names
	got         [3]string // title, author, date
	all         string    // the authors with the agencies beside them, as some name both
}

// Names is a text or a list of texts.
type names []string

func (n *names) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*n = names{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(n))
}

// aspects names the rows of the table.
var aspects = [3]string{"title", "author", "date"}

// want returns what is expected of the aspects; "" where that is not known.
func (x *about) want() [3]string { return [3]string{words(x.Title), together(x.Author), x.Date} }

// judge takes what was made of the page.
func (x *about) judge(a *articles.Article) {
	x.got = [3]string{words(a.Title), together(a.Bylines()), ""}
	x.all = together(slices.Concat(a.People(), a.Agencies))
	if !a.Date.IsZero() {
		x.got[2] = a.Date.Day().String()
	}
}

// words returns the words of s in lower case without marks.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// right reports whether aspect k is what is expected.
func (x *about) right(k int) bool {
	want := x.want()[k]
	return x.got[k] == want || aspects[k] == "author" && x.all == want
}

// label leads in the names where they were copied with it.
var label = regexp.MustCompile(`(?i)^(?:by|von|par|por) `)

// together returns names in one order, whatever stood between them.
func together(list []string) string {
	var out []string
	for _, s := range list {
		s = strings.NewReplacer(";", ",", "/", ",", " & ", ",", " and ", ",", " und ", ",").Replace(label.ReplaceAllString(s, ""))
		for name := range strings.SplitSeq(s, ",") {
			out = append(out, words(name))
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func printAbout(w io.Writer, pages []page) error {
	var right, known [3][3]int // by aspect and half
	for i := range pages {
		for k, want := range pages[i].want() {
			if want == "" {
				continue
			}
			for _, h := range []int{half(pages[i].name), 2} {
				known[k][h]++
				if pages[i].right(k) {
					right[k][h]++
				}
			}
		}
	}
	t := table(w)
	fmt.Fprintln(t, "\t"+strings.Join(halves, "\t")+"\t")
	for k, aspect := range aspects {
		fmt.Fprintf(t, "%s right\t", aspect)
		for h := range halves {
			fmt.Fprintf(t, "%d of %d (%.1f %%)\t", right[k][h], known[k][h], 100*ratio(right[k][h], known[k][h]))
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// listAbout prints what is wrong.
func (p *page) listAbout(w io.Writer) {
	for k, want := range p.want() {
		if want != "" && !p.right(k) {
			fmt.Fprintf(w, "%s: the %s is %q, not %q\n", p.name, aspects[k], p.got[k], want)
		}
	}
}

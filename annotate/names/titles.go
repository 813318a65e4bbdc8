package names

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon"
)

//go:embed titles.txt
var titlesText string

// A rank says what a word does before a person's name.
type rank uint8

const (
	title  rank = 1 + iota // stands there: "President"
	prefix                 // stands before a title: "deputy"
)

// titles are the words of titles.txt.
var titles = sync.OnceValue(func() map[string]rank {
	m := map[string]rank{}
	for line := range strings.Lines(titlesText) {
		kind, words, _ := strings.Cut(line, ":")
		r := title
		if kind == "prefix" {
			r = prefix
		}
		for w := range strings.FieldsSeq(words) {
			if m[w] == 0 {
				m[w] = r
			}
		}
	}
	return m
})

// withoutTitle returns g, the name of a person, without the title that it begins with:
// "Mr. Quill", "Dr. Ann Quill". A word that is also a first name stays: "Dean Quill".
func withoutTitle(d *annotate.Doc, g annotate.Range) annotate.Range {
	table := titles()
	for g.First+1 < g.End {
		w, next := d.Word(g.First), g.First+1
		if d.Word(next) == "." {
			next++
		}
		if next >= g.End || table[strings.ToLower(w)] != title || lexicon.Of(w)&lexicon.CommonFirst != 0 || !capitalised(w) || !capitalised(d.Word(next)) {
			break
		}
		g.First = next
	}
	return g
}

// titleBefore returns the title that ends before token i: "Mr.", "Deputy Prime Minister",
// "Secretary of State", or one word in small letters. It goes back to token first at most.
func titleBefore(d *annotate.Doc, first, i int) annotate.Range {
	const longest = 6
	table := titles()
	g := annotate.Range{First: i, End: i}
	if i > first && table[strings.ToLower(d.Word(i-1))] == title {
		g.First--
	} else if from := office(d, table, max(first, i-longest), i); from < i {
		g.First = from
	} else {
		return g
	}
	if !capitalised(d.Word(g.First)) {
		return g
	}
	for g.First > max(first, i-longest) {
		w := d.Word(g.First - 1)
		if table[strings.ToLower(w)] == 0 || !capitalised(w) {
			break
		}
		g.First--
	}
	return g
}

// office returns where an office that goes on with of begins, as in "Secretary of State";
// i if there is none between tokens first and i.
func office(d *annotate.Doc, table map[string]rank, first, i int) int {
	for k := i - 2; k > first; k-- {
		if d.Word(k) == "of" && table[strings.ToLower(d.Word(k-1))] == title && capitalised(d.Word(k-1)) {
			return k - 1
		}
		if w := d.Word(k); !capitalised(w) && w != "the" && w != "and" {
			break
		}
	}
	return i
}

func capitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

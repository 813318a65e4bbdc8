package mine

import (
	"cmp"
	_ "embed"
	"strings"
	"sync"

	"byline/annotate"
	"byline/annotate/segment"
)

//go:embed nouns.txt
var nounsText string

// nouns are the kinds of names by the nouns that define them.
var nouns = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	kind := 0
	for line := range strings.Lines(nounsText) {
		_, words, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(words) {
			m[w] = kind
		}
		kind++
	}
	return m
})

// definedWeight is the weight of a definition, in mentions.
const definedWeight = 15

// Define counts the definition in the first sentence of an encyclopaedia article: "Orrin Bay
// (born …) is a Kenyan footballer for …".
func (c *Counts) Define(text string) {
	line, _, _ := strings.Cut(text, "\n")
	d := segment.Split(line, nil)
	if len(d.Sentences) == 0 {
		return
	}
	end := min(d.Sentences[0].Tokens.End, 60)
	verb, title := copula(d, end)
	if verb == 0 || title == 0 || title > longest {
		return
	}
	first := 0
	if w := d.Word(0); w == "The" && title > 1 {
		first = 1
	}
	if kind, ok := definedKind(d, verb+1, end); ok && upper(d.Word(first)) {
		add(c.phrases, c.key(d, annotate.Range{First: first, End: title}, true), kind, definedWeight)
	}
}

// copula returns the first verb outside brackets and how many tokens the title has.
func copula(d *annotate.Doc, end int) (verb, title int) {
	depth := 0
	for t := range end {
		switch w := d.Word(t); w {
		case "(", "[":
			depth++
			title = cmp.Or(title, t)
		case ")", "]":
			depth--
		case ",":
			title = cmp.Or(title, t)
		case "is", "was", "are", "were":
			if depth == 0 {
				return t, cmp.Or(title, t)
			}
		}
	}
	return 0, 0
}

// definedKind returns the kind of the noun before the first word that ends a noun
// phrase.
func definedKind(d *annotate.Doc, from, end int) (kind int, ok bool) {
	for t := from; t < end; t++ {
		switch d.Word(t) {
		case "of", "in", "for", "by", "from", "at", "who", "which", "that", "on", "to", "with", "located", "based", "founded", ".", ";", "and", ",":
			if k, known := nouns()[strings.ToLower(d.Word(t-1))]; known && t > from {
				return k, true
			}
			if w := d.Word(t); w != "and" && w != "," {
				return 0, false
			}
		}
	}
	return 0, false
}

package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
)

// isTitle reports whether w, in its given case, is a title of the name after it: "President",
// "Mr.".
func isTitle(w string) bool {
	w, dotted := strings.CutSuffix(strings.ToLower(w), ".")
	w = strings.Replace(w, ".-", "-", 1) // Lt.-Gen.
	if dotted {
		return en.Of(w).Is(en.DottedTitle)
	}
	return en.Of(w).Is(en.Title)
}

// beforeTitle reports whether w can precede a title: "deputy".
func beforeTitle(w string) bool { return en.Of(strings.ToLower(w)).Is(en.BeforeTitle) }

// withoutTitle returns g, the name of a person, without the title it starts with: "Mr. Quill",
// "Dr. Ann Quill", "Vice Admiral Quill". A word that is also a first name stays: "Dean Quill".
func withoutTitle(d *annotate.Doc, g annotate.Range) annotate.Range {
	for {
		next := g.First
		for w := d.Word(next); beforeTitle(w) && isCapitalized(w) && next+2 < g.End; w = d.Word(next) {
			next = afterDot(d, next)
		}
		w := d.Word(next)
		next = afterDot(d, next)
		if next >= g.End || !isTitle(w) && !(d.Word(next-1) == "." && isTitle(w+".")) || lexicon.Of(w)&lexicon.CommonFirst != 0 || !isCapitalized(w) || !isCapitalized(d.Word(next)) {
			return g
		}
		g.First = next
	}
}

// afterDot returns the token after token t and a dot behind it.
func afterDot(d *annotate.Doc, t int) int {
	if t++; t < len(d.Tokens) && d.Word(t) == "." {
		t++
	}
	return t
}

// isTitleAlone reports whether n, which the tagger took for a name, is a title of the person next, "Engr." before
// "Ann Holt", or all that follows an honorific: "Mr. Chairman".
func isTitleAlone(d *annotate.Doc, n Name, next *Name) bool {
	after := afterDot(d, n.End-1)
	dotted := after > n.End
	for t := n.First; t < n.End; t++ {
		if w := d.Word(t); w != "." && !isTitle(w) && !(dotted && isTitle(w+".")) && !beforeTitle(w) {
			return false
		}
	}
	begins := n.First == 0 || d.Tokens[n.First-1].Kind != annotate.Word
	surname := lexicon.Of(d.Word(n.First))&lexicon.CommonSurname != 0
	if next != nil && next.Type == annotate.Person && next.First == after {
		return !dotted || begins || !surname
	}
	return !surname && !begins && isCourtesy(d.Word(n.First-1))
}

// isCourtesy reports whether w is an honorific: "Mr."
func isCourtesy(w string) bool {
	return en.Of(strings.ToLower(strings.TrimSuffix(w, "."))).Is(en.Courtesy)
}

// titleBefore returns the title that ends before token i: "Mr.", "Deputy Prime Minister",
// "Secretary of State", or one word in lower case. It looks back to token first at most.
func titleBefore(d *annotate.Doc, first, i int) annotate.Range {
	const longest = 6
	g := annotate.Range{First: i, End: i}
	if i-1 > first && d.Word(i-1) == "." && isTitle(d.Word(i-2)+".") {
		return annotate.Range{First: i - 2, End: i}
	}
	if i > first && isTitle(d.Word(i-1)) {
		g.First--
	} else if from := office(d, max(first, i-longest), i); from < i {
		g.First = from
	} else {
		return g
	}
	if !isCapitalized(d.Word(g.First)) {
		return g
	}
	for g.First > max(first, i-longest) {
		w := d.Word(g.First - 1)
		if !isTitle(w) && !beforeTitle(w) || !isCapitalized(w) {
			break
		}
		g.First--
	}
	return g
}

// office returns the first token of an office with "of", as in "Secretary of State"; i if there
// is none between tokens first and i.
func office(d *annotate.Doc, first, i int) int {
	for k := i - 2; k > first; k-- {
		if d.Word(k) == "of" && isTitle(d.Word(k-1)) && isCapitalized(d.Word(k-1)) {
			return k - 1
		}
		if w := d.Word(k); !isCapitalized(w) && w != "the" && w != "and" {
			break
		}
	}
	return i
}

func isCapitalized(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

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

// afterTitle reports whether token t goes on with the title before it: "Seri" after "Datuk".
func afterTitle(d *annotate.Doc, t int) bool {
	for isCapitalized(d.Word(t)) && en.Of(strings.ToLower(d.Word(t))).Is(en.AfterTitle) {
		if t = beforeMark(d, t); t < 0 {
			return false
		}
		if isTitle(d.Word(t)) {
			return true
		}
	}
	return false
}

// beforeMark returns the token before token t and an apostrophe that ends it: "Dato" of "Dato'".
func beforeMark(d *annotate.Doc, t int) int {
	if t > 1 && isApostrophe(d.Word(t-1)) && isTitle(d.Word(t-2)) {
		return t - 2
	}
	return t - 1
}

// beforeTitle reports whether w can precede a title: "deputy".
func beforeTitle(w string) bool { return en.Of(strings.ToLower(w)).Is(en.BeforeTitle) }

// withoutTitle returns g, the name of a person, without the title it starts with: "Mr. Quill",
// "Dr. Ann Quill", "Vice Admiral Quill", "Datuk Seri Ann Quill". A word that is also a first name stays, "Dean Quill", and so does "U" before one
// name.
func withoutTitle(d *annotate.Doc, g annotate.Range) annotate.Range {
	for {
		g = withoutRest(d, g)
		next := g.First
		for w := d.Word(next); beforeTitle(w) && isCapitalized(w) && next+2 < g.End; w = d.Word(next) {
			next = afterDot(d, next)
		}
		w := d.Word(next)
		next = afterDot(d, next)
		if next >= g.End || w == "U" && next+1 >= g.End || !isTitle(w) && !(d.Word(next-1) == "." && isTitle(w+".")) || lexicon.Of(w)&lexicon.CommonFirst != 0 || !isCapitalized(w) || !isCapitalized(d.Word(next)) {
			return g
		}
		g.First = next
	}
}

// withoutRest returns g without what goes on at its start with the title before it: "Seri Ann Quill" after "Datuk".
func withoutRest(d *annotate.Doc, g annotate.Range) annotate.Range {
	for g.First+1 < g.End && afterTitle(d, g.First) && isCapitalized(d.Word(g.First+1)) {
		g.First++
	}
	return g
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
	if n.End-n.First == 1 && isMarked(d, n.First) {
		return true
	}
	dotted := after > n.End
	if !onlyTitles(d, n.Range, dotted) {
		return false
	}
	begins := n.First == 0 || d.Tokens[n.First-1].Kind != annotate.Word
	surname := lexicon.Of(d.Word(n.First))&lexicon.CommonSurname != 0
	if next != nil && next.Type == annotate.Person && next.First == after {
		return !dotted || begins || !surname
	}
	return !surname && !begins && isCourtesy(d.Word(n.First-1))
}

// onlyTitles reports whether every word of g is a title, or part of one; behind the last may be a dot.
func onlyTitles(d *annotate.Doc, g annotate.Range, dotted bool) bool {
	for t := g.First; t < g.End; t++ {
		if w := d.Word(t); w != "." && !isTitle(w) && !(dotted && isTitle(w+".")) && !beforeTitle(w) {
			return false
		}
	}
	return true
}

// isMarked reports whether token t is a title that an apostrophe ends: "Dato' Ann Quill".
func isMarked(d *annotate.Doc, t int) bool {
	return t+2 < len(d.Tokens) && isTitle(d.Word(t)) && isApostrophe(d.Word(t+1)) && isCapitalized(d.Word(t+2))
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
	if last := lastTitle(d, first, i); last < i {
		g.First = last
	} else if from := office(d, max(first, i-longest), i); from < i {
		g.First = from
	} else {
		return g
	}
	if !isCapitalized(d.Word(g.First)) {
		return g
	}
	for g.First > max(first, i-longest) {
		before := beforeMark(d, g.First)
		w := d.Word(before)
		if before < first || !isTitle(w) && !beforeTitle(w) && !afterTitle(d, before) || !isCapitalized(w) {
			break
		}
		g.First = before
	}
	return g
}

// lastTitle returns the token of the title that ends before token i, with what goes on after it, "Datuk" of "Datuk Seri"; i if
// there is none between tokens first and i.
func lastTitle(d *annotate.Doc, first, i int) int {
	last := beforeMark(d, i)
	for last > first && !isTitle(d.Word(last)) && afterTitle(d, last) {
		last = beforeMark(d, last)
	}
	if last >= first && isTitle(d.Word(last)) {
		return last
	}
	return i
}

// titled returns n, which the tagger took for no person, as one if it begins with titles of which one goes on:
// "Menteri Besar Datuk Ann Quill".
func titled(d *annotate.Doc, n Name) Name {
	const longest = 5 // words of a name behind its titles
	if n.Type == annotate.Person || n.End-n.First < 3 {
		return n
	}
	t, goes := n.First, false
	for ; t < n.End && isCapitalized(d.Word(t)) && (isTitle(d.Word(t)) || beforeTitle(d.Word(t)) || t > n.First && afterTitle(d, t)); t++ {
		goes = goes || t > n.First && afterTitle(d, t)
	}
	last := en.Of(strings.ToLower(d.Word(n.End - 1)))
	if !goes || n.End-t < 1 || n.End-t > longest || last.Is(en.Body|en.Common|en.Structure) {
		return n
	}
	return n.as(annotate.Person)
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

package web

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"byline/articles"
	"byline/articles/web/dom"
)

// isNote reports whether the sup element n is the mark of a footnote.
func isNote(n *html.Node) bool {
	s := strings.Trim(strings.TrimSpace(dom.Text(n)), "[]()")
	if s == "" || utf8.RuneCountInString(s) > 4 {
		return false
	}
	figures := strings.Trim(s, "0123456789*†‡§¶,– ") == ""
	links := dom.First(n, "a") != nil || strings.Contains(dom.Attr(n, "class")+dom.Attr(n, "id"), "note")
	return figures && (links || follows(n)) || links && len(s) == 1
}

// follows reports whether the word before n is one that takes no power: two letters or more, or the end of a sentence.
func follows(n *html.Node) bool {
	p := n.PrevSibling
	if p == nil || strings.TrimSpace(textOf(p)) == "" {
		return false
	}
	s := textOf(p)
	r, size := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".!?,;:)”’»\"", r) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
	return isLetter(r) && isLetter(before) && !isUnit(s)
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 }

// isUnit reports whether s ends with a unit of measure.
func isUnit(s string) bool {
	f := strings.Fields(s)
	if len(f) == 0 {
		return false
	}
	switch f[len(f)-1] {
	case "km", "cm", "mm", "dm", "ft", "in", "mi", "yd", "sec":
		return true
	}
	return false
}

// note writes the mark of a footnote in brackets, apart from the word before it.
func (b *blockReader) note(n *html.Node) {
	s := strings.Trim(strings.TrimSpace(dom.Text(n)), "[]()")
	at := b.run.Len()
	b.run.writeBlank()
	at = max(at, b.run.Len())
	b.run.writeText("[" + s + "]")
	b.run.Style(at, articles.Note, "")
}

// reading writes what is set above letters to say how they are read, in brackets.
func (b *blockReader) reading(n *html.Node) {
	if s := strings.TrimSpace(dom.Text(n)); s != "" {
		b.run.writeText("(" + s + ")")
	}
}

// formula writes MathML as a line of text: (a+b)/c, x^2, √(x).
func (b *blockReader) formula(n *html.Node) {
	var s strings.Builder
	linear(&s, n, 0)
	if text := strings.Join(strings.Fields(s.String()), " "); text != "" {
		b.run.writeBlank()
		b.run.writeText(text)
	}
}

// between is what stands between the two parts of an element of MathML.
var between = map[string]string{"mfrac": "/", "msup": "^", "mover": "^", "msub": "_", "munder": "_"}

// behind is what an element of MathML ends with.
var behind = map[string]string{"msqrt": ")", "mroot": ")", "mtr": "; ", "mlabeledtr": "; ", "mtd": " ", "mspace": " ", "mtext": " "}

// linear writes the formula n.
func linear(s *strings.Builder, n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode || depth > maxDepth:
		s.WriteString(strings.TrimSpace(n.Data))
		return
	case dom.Is(n, "annotation", "annotation-xml"):
		return
	case dom.Is(n, "msqrt", "mroot"):
		s.WriteString("√(")
	case dom.Is(n, "mo"):
		if o := strings.TrimSpace(dom.Text(n)); strings.Contains(" = ≠ < > ≤ ≥ + − - ± ∈ → ⇒ ≈ ∼ ", " "+o+" ") {
			s.WriteString(" " + o + " ")
			return
		}
	}
	sign, first := between[n.Data], true
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.TextNode && strings.TrimSpace(k.Data) == "" {
			continue
		}
		if !first {
			s.WriteString(sign)
		}
		first = false
		part(s, k, sign != "", depth)
	}
	s.WriteString(behind[n.Data])
}

// part writes a part of a formula, in brackets where it would be read wrongly without.
func part(s *strings.Builder, n *html.Node, alone bool, depth int) {
	var own strings.Builder
	linear(&own, n, depth+1)
	text := own.String()
	if alone && strings.ContainsAny(strings.TrimSpace(text), " /+−-") {
		text = "(" + strings.TrimSpace(text) + ")"
	}
	s.WriteString(text)
}

// codeOf returns the text of code, with a line end where an element of it is a line of its own.
func codeOf(n *html.Node) string {
	var s strings.Builder
	writeCode(&s, n, 0)
	return s.String()
}

func writeCode(s *strings.Builder, n *html.Node, depth int) {
	for k := n.FirstChild; k != nil && depth <= maxDepth; k = k.NextSibling {
		switch {
		case k.Type == html.TextNode:
			s.WriteString(k.Data)
		case dom.Is(k, "br"):
			s.WriteByte('\n')
		case k.Type != html.ElementNode || isGutter(k):
		case isCodeLine(k):
			endLine(s)
			writeCode(s, k, depth+1)
			endLine(s)
		default:
			writeCode(s, k, depth+1)
		}
	}
}

// endLine ends the line under way.
func endLine(s *strings.Builder) {
	if t := s.String(); t != "" && t[len(t)-1] != '\n' {
		s.WriteByte('\n')
	}
}

// isCodeLine reports whether n is drawn as a line of code.
func isCodeLine(n *html.Node) bool {
	if dom.Is(n, "div", "p", "li", "tr", "ol", "ul", "table") {
		return true
	}
	style := strings.ReplaceAll(dom.Attr(n, "style"), " ", "")
	return strings.Contains(style, "display:block") || strings.Contains(style, "display:flex") || strings.Contains(style, "display:table-row")
}

// isGutter reports whether n holds the numbers of lines.
func isGutter(n *html.Node) bool {
	c := strings.ToLower(dom.Attr(n, "class"))
	return strings.Contains(c, "lineno") || strings.Contains(c, "line-number") || strings.Contains(c, "linenumber") || strings.Contains(c, "blob-num") || strings.Contains(c, "gutter")
}

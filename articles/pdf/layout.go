package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/builder"
)

// headLines is how many lines at the top and bottom of a page may be running heads.
const headLines = 3

var (
	digits     = regexp.MustCompile(`[0-9]+`)
	printed    = regexp.MustCompile(`(?i)^((page\s+)?[0-9]{1,4}\s*(/|of)\s*[0-9]{1,4}|(https?|file)://\S+(\s+[0-9]+/[0-9]+)?)$`) // by a browser
	pageNumber = regexp.MustCompile(`(?i)^[\s\-–—|·]*(page\s+)?([0-9]{1,4}|[ivxlc]{1,7})(\s*(/|of|von|de)\s*[0-9]{1,4})?[\s\-–—|·]*$`)
)

// dropHeads drops running heads and feet: lines at the top or bottom of several pages that are
// equal, except for numbers, at the same height, and page numbers.
func (s *document) dropHeads() {
	type place struct {
		text   string
		height int
	}
	at := func(l *line) place {
		return place{digits.ReplaceAllString(l.text, "#"), int(math.Round(l.top / 8))}
	}
	seen := map[place]int{}
	for i := range s.pages {
		for _, j := range s.pages[i].edgeLines() {
			seen[at(&s.pages[i].lines[j])]++
		}
	}
	drops, left := make([]map[int]bool, len(s.pages)), 0
	for i := range s.pages {
		p := &s.pages[i]
		drop := map[int]bool{}
		for _, j := range p.edgeLines() {
			l, w := &p.lines[j], at(&p.lines[j])
			again := seen[w] + seen[place{w.text, w.height - 1}] + seen[place{w.text, w.height + 1}]
			drop[j] = again > 1 || len(s.pages) > 1 && pageNumber.MatchString(l.text) || printed.MatchString(l.text)
		}
		for j := range p.lines {
			if !drop[j] {
				left++
			}
		}
		drops[i] = drop
	}
	once := map[string]bool{}
	for i := range s.pages {
		s.pages[i].drop(drops[i], once, left == 0)
	}
}

// drop drops lines. A page of several lines of which none would be left has no heads, but is one of a form or a booklet, and so are all of a
// document of which nothing would be left, as bare says: of their lines those are kept that are not in once, where all that were kept so
// are noted.
func (p *page) drop(drop map[int]bool, once map[string]bool, bare bool) {
	kept := p.lines[:0:0]
	for j, l := range p.lines {
		if !drop[j] {
			kept = append(kept, l)
		}
	}
	if len(kept) == 0 && (bare || len(p.lines) > headLines) {
		for _, l := range p.lines {
			if !once[l.text] && !pageNumber.MatchString(l.text) && !printed.MatchString(l.text) {
				once[l.text] = true
				kept = append(kept, l)
			}
		}
	}
	p.lines = kept
}

// edgeLines returns the indices of the highest and lowest lines on the page.
func (p *page) edgeLines() []int {
	order := make([]int, len(p.lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.lines[a].top, p.lines[b].top) })
	if len(order) <= 2*headLines {
		return order
	}
	return slices.Concat(order[:headLines], order[len(order)-headLines:])
}

// layout makes an article of lines.
type layout struct {
	out   *builder.Builder
	doc   *document
	body  float64   // the most common height
	sizes []float64 // of headings, the largest first
	words map[string]bool
	para  strings.Builder
	size  float64 // of the paragraph
	last  *line   // of the paragraph
	left  float64 // of the paragraph's lines but the first
	lines int
}

func newLayout(a *articles.Article, s *document) *layout {
	l := &layout{doc: s, words: map[string]bool{}}
	size := 0
	count := map[float64]int{}
	for i := range s.pages {
		for j := range s.pages[i].lines {
			x := &s.pages[i].lines[j]
			size += len(x.text)
			count[roundSize(x.size())] += len(x.text)
			for w := range strings.FieldsFuncSeq(x.text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
				l.words[strings.ToLower(w)] = true
			}
		}
	}
	most := 0
	for x, n := range count {
		if n > most || n == most && x < l.body {
			l.body, most = x, n
		}
	}
	for x := range count {
		if x >= 1.15*l.body {
			l.sizes = append(l.sizes, x)
		}
	}
	slices.SortFunc(l.sizes, func(a, b float64) int { return cmp.Compare(b, a) })
	l.out = builder.New(a, size+size/50)
	return l
}

// roundSize makes sizes that are almost equal the same.
func roundSize(x float64) float64 { return math.Round(x*2) / 2 }

func (l *layout) write() {
	for i := range l.doc.pages {
		for j := range l.doc.pages[i].lines {
			l.line(&l.doc.pages[i].lines[j], j == 0)
		}
	}
	l.end()
}

// line continues the paragraph, or starts one.
func (l *layout) line(x *line, first bool) {
	if l.last != nil && l.parts(x, first) {
		l.end()
	}
	l.join(collapseSpaces(x.text))
	if l.lines++; l.lines == 1 {
		l.size = roundSize(x.size())
	} else {
		l.left = min(l.left, x.left)
	}
	if l.lines <= 2 {
		l.left = x.left
	}
	l.last = x
}

// parts reports whether x starts a paragraph; first says that it is the first of its page.
func (l *layout) parts(x *line, first bool) bool {
	was, high := l.last, max(l.body, 1)
	apart := x.block != was.block || x.block == 0 && x.top-was.bottom > .7*high || x.top < was.top-high
	text := l.para.String()
	switch {
	case math.Abs(roundSize(x.size())-l.size) > max(1, .12*l.size):
		return true // of another size
	case bullet(x.text):
		return true
	case first || apart: // of another page, column or block: a sentence may continue there
		return !l.continues(text, x.text)
	case l.isIndented(x, high, text):
		return true
	case was.right < x.right-8*high && endsSentence(text) && l.lines > 1:
		return true // the line before is short
	}
	return false
}

// isIndented reports whether x is indented, in a paragraph with lines of height high.
func (l *layout) isIndented(x *line, high float64, text string) bool {
	if l.lines > 1 {
		return x.left > l.left+.7*high
	}
	return l.lines == 1 && x.left > l.last.left+.7*high && endsSentence(text)
}

// continues reports whether a paragraph continues in another block.
func (l *layout) continues(text, next string) bool {
	r, _ := utf8.DecodeRuneInString(next)
	return l.size < 1.15*l.body && !endsSentence(text) && (unicode.IsLower(r) || strings.HasSuffix(text, ","))
}

// endsSentence reports whether text ends with a sentence.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, "”’\"')] ")
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "…")
}

// bullet reports whether a line starts a list item.
func bullet(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("•◦▪‣●○■", r) && strings.HasPrefix(s[n:], " ")
}

// ligatures maps the ligatures of fonts to letters.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st", "\u00a0", " ")

func collapseSpaces(s string) string { return strings.Join(strings.Fields(ligatures.Replace(s)), " ") }

// join appends a line to the paragraph. A hyphen at the end of a line is dropped, unless the word
// is written with it elsewhere, or the next line starts with a capital or a digit.
func (l *layout) join(s string) {
	text := l.para.String()
	if text == "" {
		l.para.WriteString(s)
		return
	}
	if rest, ok := strings.CutSuffix(text, "\u00ad"); ok {
		l.set(rest + s)
		return
	}
	rest, ok := strings.CutSuffix(text, "-")
	if !ok {
		rest, ok = strings.CutSuffix(text, "\u2010")
	}
	next, _ := utf8.DecodeRuneInString(s)
	before, _ := utf8.DecodeLastRuneInString(rest)
	switch {
	case !ok || !unicode.IsLetter(before):
		l.para.WriteString(" " + s)
	case !unicode.IsLower(next) || l.keepsHyphen(rest, s):
		l.set(rest + "-" + s)
	default:
		l.set(rest + s)
	}
}

func (l *layout) set(s string) {
	l.para.Reset()
	l.para.WriteString(s)
}

// keepsHyphen reports whether the words at the end of a and the start of b make a word with a
// hyphen: one that occurs elsewhere with it, and not without.
func (l *layout) keepsHyphen(a, b string) bool {
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }
	a = strings.ToLower(a[strings.LastIndexFunc(a, notLetter)+1:])
	if i := strings.IndexFunc(b, notLetter); i >= 0 {
		b = b[:i]
	}
	b = strings.ToLower(b)
	return l.words[a+"-"+b] && !l.words[a+b] || a == "self" || a == "ex" || a == "non"
}

// end ends a paragraph.
func (l *layout) end() {
	w := &builder.Words{}
	b := articles.Block{}
	text := l.para.String()
	if level := slices.Index(l.sizes, l.size); level >= 0 && len(text) < 300 {
		b.Kind, b.Level = articles.Heading, min(level+1, 6)
	} else if bullet(text) {
		_, n := utf8.DecodeRuneInString(text)
		b.Kind, b.Level, b.Marker, text = articles.Item, 1, "•", text[n+1:]
	}
	w.WriteString(text)
	l.out.Add(w, b)
	l.para.Reset()
	l.lines, l.last = 0, nil
}

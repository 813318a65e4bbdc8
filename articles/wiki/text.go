package wiki

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"byline/articles"
	"byline/articles/builder"
)

// A converter turns wikitext into an article.
type converter struct {
	base     string // prefix of the addresses of pages; empty if unknown
	date     articles.Date
	out      *builder.Builder
	words    *builder.Words // of the current paragraph
	pending  []heading      // headings without text below them so far
	pictures []string       // captions of the pictures in the current paragraph
	table    bool           // the line before was a row of a table
	counts   [10]int        // of the current numbered list, by depth
}

type heading struct {
	words *builder.Words
	level int
}

var (
	comments = regexp.MustCompile(`(?s)<!--.*?(-->|$)`)
	tags     = regexp.MustCompile(`(?i)</?[a-z][a-z0-9]*(\s[^<>]*)?/?>`)
	breaks   = regexp.MustCompile(`(?i)<br\s*/?>`)
	switches = regexp.MustCompile(`__[A-Z]+__`)
)

func (c *converter) article(a *articles.Article, text string) {
	c.out = builder.New(a, len(text))
	c.words = &builder.Words{}
	text = signs.Replace(strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r\n", "\n"))
	text = comments.ReplaceAllString(text, "")
	if rest, _ := nextTag(text, "gallery"); rest != "" {
		text = galleries.ReplaceAllStringFunc(text, gallery)
	}
	text = dropElements(text)
	text = switches.ReplaceAllString(text, "")
	text = c.expand(text)
	text = tables(text)
	text = breaks.ReplaceAllString(text, "\v") // a line end inside a paragraph
	text = tags.ReplaceAllString(text, "")
	for line := range strings.Lines(text) {
		c.line(strings.TrimRight(line, "\n"))
	}
	c.end(articles.Block{})
	c.out.Done()
}

// Signs that replace markup in the text from here on.
const (
	linkAt    = "\x01" // before a target
	linkText  = "\x02" // before its words
	linkEnd   = "\x03"
	quoteLine = "\x04" // a line that is quoted
	rowLine   = "\x05" // a row of a table
	headLine  = "\x06" // the same at its head
	cellEnd   = "\x0e"
	picture   = "\x10" // before the caption of a picture
	pictured  = "\x11" // after it
	bySpeaker = "\x12" // a line that says who speaks the quote above
	lineEnd   = "\v"
)

var signs = strings.NewReplacer(linkAt, "", linkText, "", linkEnd, "", quoteLine, "", rowLine, "", headLine, "", cellEnd, "", picture, "", pictured, "", bySpeaker, "", lineEnd, "")

// expand replaces templates and links by their words.
func (c *converter) expand(text string) string {
	text = nesting{open: "{{{", shut: "}}}", inner: func(string) string { return "" }}.replace(text)
	text = nesting{open: "{{", shut: "}}", inner: c.template, breaks: isInline}.replace(text)
	text = nesting{open: "[[", shut: "]]", inner: c.link, breaks: func(string) bool { return true }}.replace(text)
	return outside.ReplaceAllStringFunc(text, func(s string) string {
		m := outside.FindStringSubmatch(s)
		return linkAt + m[1] + linkText + m[2] + linkEnd
	})
}

var outside = regexp.MustCompile(`\[((?:https?:)?//[^\s\]]+)[ \t]*([^\]\n]*)\]`)

// arguments splits the arguments of a template, but not the links in them.
func arguments(s string) (unnamed []string, named map[string]string) {
	named = map[string]string{}
	for _, arg := range split(s) {
		name, value, ok := strings.Cut(arg, "=")
		if name = strings.ToLower(strings.TrimSpace(name)); ok && !strings.ContainsAny(name, "[]<>/") {
			named[name] = strings.TrimSpace(value)
			continue
		}
		unnamed = append(unnamed, strings.TrimSpace(arg))
	}
	return unnamed, named
}

// split cuts s at the bars that are not in links.
func split(s string) []string {
	var out []string
	depth, from := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "[["):
			depth++
		case strings.HasPrefix(s[i:], "]]"):
			depth--
		case s[i] == '|' && depth <= 0:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// template returns the words of a template, if it has any.
func (c *converter) template(s string) string {
	args, named := arguments(s)
	if len(args) == 0 {
		return ""
	}
	last := ""
	for _, a := range args[1:] {
		if a != "" {
			last = a
		}
	}
	name := strings.ToLower(strings.ReplaceAll(args[0], "_", " "))
	if sign, ok := signTemplates[name]; ok {
		return sign
	}
	switch templates[name] {
	case datedTemplate:
		c.setDate(named["date"], last)
	case lastTemplate:
		return last
	case firstTemplate:
		return args[min(1, len(args)-1)]
	case quoteTemplate:
		return quotation(name, args[1:], named)
	case unitTemplate:
		if len(args) > 2 {
			return args[1] + " " + args[2]
		}
	}
	return ""
}

// setDate sets the date of the article from the last of dates that is valid.
func (c *converter) setDate(dates ...string) {
	for _, s := range dates {
		if t := articles.ParseDate(s); !t.IsZero() {
			c.date = t
		}
	}
}

// A template is a kind of template, by which part of it is text; the zero template has none.
type template int

const (
	datedTemplate template = iota + 1 // the date of the article
	lastTemplate                      // the last argument
	firstTemplate                     // the first
	quoteTemplate                     // a block quote
	unitTemplate                      // a number and its unit
)

// templates are those with text in them, by their names in English and German.
var templates = map[string]template{
	"date": datedTemplate, "byline": datedTemplate, "datum": datedTemplate,
	"w": lastTemplate, "wikipedia": lastTemplate, "wl": lastTemplate, "nowrap": lastTemplate, "small": lastTemplate, "big": lastTemplate,
	"lang": lastTemplate, "transl": lastTemplate, "sic": lastTemplate, "not a typo": lastTemplate, "smallcaps": lastTemplate, "sc": lastTemplate,
	"visible anchor": lastTemplate, "s": lastTemplate, "ws": lastTemplate,
	"abbr": firstTemplate, "ill": firstTemplate, "wikidata entity link": firstTemplate,
	"quote": quoteTemplate, "blockquote": quoteTemplate, "cquote": quoteTemplate, "quotation": quoteTemplate, "centered pull quote": quoteTemplate, "pullquote": quoteTemplate, "pull quote": quoteTemplate, "quote box": quoteTemplate,
	"zitat": quoteTemplate, "citation bloc": quoteTemplate, "cita": quoteTemplate, "citazione": quoteTemplate, "citaat": quoteTemplate,
	"convert": unitTemplate, "cvt": unitTemplate,
}

// signTemplates are templates that stand for a character.
var signTemplates = map[string]string{
	"!": "|", "nbsp": " ", "spaces": " ", "ndash": "–", "snd": " – ", "–": "–", "mdash": "—", "—": "—", "'": "'", "\"": "\"",
}

func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// outsiders matches links that are not part of the text: pictures and categories, in the languages
// of the largest wikis.
var outsiders = regexp.MustCompile(`(?i)^(file|image|media|category|datei|bild|kategorie|fichier|catégorie|archivo|imagen|categoría|immagine|categoria|bestand|categorie|ficheiro|arquivo|plik|kategoria|файл|категория|изображение|[a-z]{2,3}(-[a-z]+)?):`)

// link returns the words of a link, with its target if that is a page of this wiki.
func (c *converter) link(s string) string {
	target, words, labelled := strings.Cut(s, "|")
	plain, colon := strings.CutPrefix(strings.TrimSpace(target), ":")
	foreign := outsiders.MatchString(plain)
	if foreign && !colon {
		if !labelled || !interwiki.MatchString(plain) {
			return caption(plain, words) // of a picture; none of a category, the same page in another language
		}
	}
	if i := strings.LastIndexByte(words, '|'); i >= 0 {
		words = words[i+1:]
	}
	if strings.TrimSpace(words) == "" {
		words = plain
		if i := strings.LastIndexByte(words, ':'); i >= 0 && (foreign || labelled) {
			words = words[i+1:]
		}
		if i := strings.Index(words, " ("); i > 0 && labelled {
			words = words[:i]
		}
	}
	if foreign || c.base == "" || strings.HasPrefix(plain, "#") {
		return words
	}
	page, _, _ := strings.Cut(plain, "#")
	return linkAt + c.base + titlePath(page) + linkText + words + linkEnd
}

var interwiki = regexp.MustCompile(`(?i)^[a-z]{1,3}(-[a-z]+)?:`)

var headings = regexp.MustCompile(`^(={1,6})(.+?)(={1,6})\s*$`)

// line handles one line of wikitext.
func (c *converter) line(s string) {
	whole := len(s)
	if strings.Contains(s, picture) {
		s = pictures.ReplaceAllStringFunc(s, func(p string) string {
			c.pictures = append(c.pictures, strings.Trim(p, " "+picture+pictured))
			return ""
		})
	}
	trimmed := strings.TrimSpace(s)
	if trimmed == "" && len(s) < whole {
		return // pictures do not end the paragraph that they stand in
	}
	row := strings.HasPrefix(s, rowLine) || strings.HasPrefix(s, headLine)
	if !row && trimmed != "" {
		c.table = false
	}
	switch m := headings.FindStringSubmatch(s); {
	case m != nil:
		c.end(articles.Block{})
		c.title(strings.TrimSpace(m[2]), min(len(m[1]), len(m[3])))
	case trimmed == "":
		c.end(articles.Block{})
	case strings.HasPrefix(s, "----"):
		c.end(articles.Block{})
	case strings.HasPrefix(s, quoteLine):
		c.end(articles.Block{})
		c.write(s[len(quoteLine):])
		c.end(articles.Block{Quote: 1})
	case strings.HasPrefix(s, bySpeaker):
		c.end(articles.Block{})
		c.write(s[len(bySpeaker):])
		c.end(articles.Block{Quote: 1, Kind: articles.Attribution})
	case row:
		c.row(s)
	case strings.ContainsRune("*#:;", rune(s[0])):
		c.item(s)
	default:
		clear(c.counts[:])
		if c.words.Len() > 0 {
			c.words.WriteByte(' ')
		}
		c.write(trimmed)
	}
}

// item handles a line of a list, or an indented one.
func (c *converter) item(s string) {
	c.end(articles.Block{})
	n := 0
	for n < len(s) && strings.IndexByte("*#:;", s[n]) >= 0 {
		n++
	}
	c.write(strings.TrimSpace(s[n:]))
	depth := min(n, 9)
	clear(c.counts[depth+1:])
	if s[n-1] != '#' {
		c.counts[depth] = 0
	}
	switch s[n-1] {
	case '*':
		c.end(articles.Block{Kind: articles.Item, Level: depth, Marker: "•"})
	case '#':
		c.counts[depth]++
		c.end(articles.Block{Kind: articles.Item, Level: depth, Marker: fmt.Sprint(c.counts[depth], ".")})
	case ':':
		c.end(articles.Block{Quote: depth})
	default:
		c.end(articles.Block{})
	}
}

// title keeps a heading until there is text below it.
func (c *converter) title(s string, level int) {
	for len(c.pending) > 0 && c.pending[len(c.pending)-1].level >= level {
		c.pending = c.pending[:len(c.pending)-1]
	}
	c.write(s)
	c.pending = append(c.pending, heading{c.words, level})
	c.words = &builder.Words{}
}

// end ends the current paragraph as the block b.
func (c *converter) end(b articles.Block) {
	if strings.TrimSpace(c.words.String()) != "" {
		c.head()
		c.out.Add(c.words, b)
	}
	c.words = &builder.Words{}
	for len(c.pictures) > 0 {
		s := c.pictures[0]
		c.pictures = c.pictures[1:]
		c.write(s)
		c.end(articles.Block{Kind: articles.Caption})
	}
}

// head writes the headings that now have text below them.
func (c *converter) head() {
	for _, h := range c.pending {
		c.out.Add(h.words, articles.Block{Kind: articles.Heading, Level: h.level})
	}
	c.pending = nil
}

var inlines = regexp.MustCompile("'{2,}|[\x01\x02\x03\x04\x05\x06\x0e\x10\x11\x12\v]")

// write writes a line with its links and its bold and italic words.
func (c *converter) write(s string) {
	set := styles{words: c.words, at: [2]int{-1, -1}}
	var link struct {
		target string
		at     int
	}
	for s != "" {
		m := inlines.FindStringIndex(s)
		if m == nil {
			c.words.WriteString(html.UnescapeString(s))
			break
		}
		c.words.WriteString(html.UnescapeString(s[:m[0]]))
		sign := s[m[0]:m[1]]
		s = s[m[1]:]
		switch {
		case sign == linkAt:
			link.target, s, _ = strings.Cut(s, linkText)
			link.at = c.words.Len()
		case sign == linkEnd:
			c.words.Style(min(link.at, c.words.Len()), articles.Link, link.target)
		case sign == lineEnd:
			c.words.WriteByte('\n')
		case sign[0] == '\'':
			set.marks(sign)
		}
	}
	set.end()
}

// styles are the open styles of a line.
type styles struct {
	words *builder.Words
	at    [2]int // where emphasis and strong words start; -1 for nowhere
}

var styleKinds = [2]articles.InlineKind{articles.Emphasis, articles.Strong}

// marks handles apostrophes: two toggle emphasis, three strong words, five both. Surplus ones are
// text.
func (st *styles) marks(sign string) {
	n := len(sign)
	switch {
	case n == 4:
		st.words.WriteString(sign[:1])
	case n > 5:
		st.words.WriteString(sign[:n-5])
	}
	if n != 3 && n != 4 {
		st.toggle(0)
	}
	if n != 2 {
		st.toggle(1)
	}
}

func (st *styles) toggle(i int) {
	if st.at[i] >= 0 {
		st.words.Style(st.at[i], styleKinds[i], "")
		st.at[i] = -1
		return
	}
	st.at[i] = st.words.Len()
}

// end closes the styles that the line leaves open.
func (st *styles) end() {
	for i := range st.at {
		if st.at[i] >= 0 {
			st.toggle(i)
		}
	}
}

package feed

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"byline/articles/clean"
	"byline/articles/plain"
)

var (
	formatting = regexp.MustCompile(`(?i)<(/?)(a|abbr|b|bdi|big|br|cite|code|div|em|font|h[1-6]|i|img|mark|p|q|s|small|span|strong|sub|sup|u|wbr)(\s[^<>]*)?/?>`)
	literal    = regexp.MustCompile(`(?s)<!\[CDATA\[(.*?)\]\]>`)
)

// title returns the title of an item or a feed without its markup, which may be escaped twice.
func title(s string) string {
	for range 2 {
		if s = literal.ReplaceAllString(html.UnescapeString(s), "$1"); !strings.Contains(s, "<") {
			break
		}
		s = unformatted(s)
	}
	return line(s)
}

// unformatted returns s without the tags of elements that end in it; others are part of what the title speaks of.
func unformatted(s string) string {
	closed := map[string]bool{"br": true, "wbr": true, "img": true}
	for _, m := range formatting.FindAllStringSubmatch(s, -1) {
		if m[1] != "" {
			closed[strings.ToLower(m[2])] = true
		}
	}
	return formatting.ReplaceAllStringFunc(s, func(tag string) string {
		name := strings.ToLower(formatting.FindStringSubmatch(tag)[2])
		switch {
		case !closed[name]:
			return tag
		case name == "br" || name == "p" || name == "div":
			return " "
		}
		return ""
	})
}

var (
	markup  = regexp.MustCompile(`<(/?[a-zA-Z][^<>]*|!--.*?--)>`)
	escaped = regexp.MustCompile(`(?i)&lt;/?(p|br|div|a|b|i|em|strong|span|h[1-6]|ul|ol|li|img|blockquote|figure|table)(\s.*?)?/?&gt;`)
	blocks  = regexp.MustCompile(`(?i)<(p|br|div|h[1-6]|ul|ol|li|table|blockquote|pre|section|article|figure|hr)[\s/>]`)
	empty   = regexp.MustCompile(`\n[ \t\r]*\n\s*`)
	// posted matches the line with which blogs end each item of a feed.
	posted = regexp.MustCompile(`(?is)(<p>)?\s*(the post|der beitrag|l[’'&#8217;]+article|la entrada|o post|l[’'&#8217;]+articolo|het bericht)\s(.{1,300}?)\s(appeared first on|first appeared on|erschien zuerst auf|est apparu en premier sur|se publicó primero en|apareceu primeiro em|proviene da|verscheen eerst op)\s[^\n]{1,300}?\.?\s*(</p>)?\s*$`)
)

// page returns the text of an item as HTML.
func page(s string) string {
	if !markup.MatchString(s) && escaped.MatchString(s) {
		s = html.UnescapeString(s) // escaped twice
	}
	if i := len(s) - 1500; i > 0 {
		for !utf8.RuneStart(s[i]) {
			i++
		}
		s = s[:i] + posted.ReplaceAllString(s[i:], "")
	} else {
		s = posted.ReplaceAllString(s, "")
	}
	switch {
	case !markup.MatchString(s):
		return paragraphs(html.UnescapeString(s))
	case !blocks.MatchString(s):
		return empty.ReplaceAllString(s, "<p>")
	}
	return s
}

// lists matches the start of a line that is an item of a list.
var lists = regexp.MustCompile(`^\s*([-*•–·]|\d{1,2}[.)])\s`)

// narrow is the width, in letters, below which the lines of a paragraph were not wrapped by a program.
const narrow = 50

// paragraphs returns plain text as HTML.
func paragraphs(s string) string {
	var out strings.Builder
	a := plain.Import([]byte(clean.Drawn(s)))
	for _, b := range a.Blocks {
		out.WriteString("<p>")
		lines := strings.Split(b.In(a.Text), "\n")
		widest := 0
		for _, l := range lines {
			widest = max(widest, utf8.RuneCountInString(l))
		}
		for i, l := range lines {
			switch {
			case i > 0 && (widest < narrow || lists.MatchString(l)):
				out.WriteString("<br>")
			case i > 0:
				out.WriteByte(' ')
			}
			out.WriteString(html.EscapeString(l))
		}
		out.WriteString("</p>\n")
	}
	return out.String()
}

// mediaOf returns the description of a film or a picture that is all the text of an item.
func mediaOf(it *gofeed.Item) string {
	media := it.Extensions["media"]
	if len(media["description"]) > 0 {
		return media["description"][0].Value
	}
	for _, holder := range [...]string{"group", "content"} {
		for _, e := range media[holder] {
			if d := e.Children["description"]; len(d) > 0 && strings.TrimSpace(d[0].Value) != "" {
				return d[0].Value
			}
		}
	}
	return ""
}

package meta

import (
	"encoding/json"
	"html"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"byline/articles/web/dom"

	nethtml "golang.org/x/net/html"
)

// An object is a thing that JSON-LD describes.
type object map[string]any

// script reads a script of JSON-LD.
func (f *facts) script(n *nethtml.Node) {
	if n.FirstChild == nil {
		return
	}
	src := n.FirstChild.Data
	if !strings.HasPrefix(strings.ToLower(strings.TrimSpace(dom.Attr(n, "type"))), "application/ld+json") {
		f.data(src)
		return
	}
	if len(src) > maxScript {
		return
	}
	if v, ok := decodeLD(src); ok {
		f.objectsIn(v, 0)
	}
}

// maxData is how many bytes of scripts are searched for the page's own data.
const maxData = 256 << 10

// inData matches the author in the data that a page keeps for its scripts.
var inData = regexp.MustCompile(`^["']?\s*[:=,]\s*\[?\s*["']([^"'\\<>{}]{3,80})["']`)

// dateInData matches the date of publication there, behind the middle of its key: datePublished, publishedAt, publish_date.
var dateInData = regexp.MustCompile(`^(?:ed|edDate|edAt|ed_at|Date|_date|edTime|ed_time|edOn)?["']\s*:\s*["']?(\d{4}-\d\d-\d\d[^"',}]{0,20}|20\d{6}|1\d{12}|1\d{9})(?:["',}]|$)`)

// data notes the authors and the dates in the data that a page keeps for its scripts, such as those that count readers.
func (f *scripts) data(src string) {
	if f.searched += len(src); f.searched > maxData {
		return
	}
	for _, key := range []string{"ublish", "ublication", "ubdate", "ubDate", "ub_date"} {
		for before, after := range behind(src, key) {
			if m := dateInData.FindStringSubmatch(after); m != nil && strings.ContainsAny(before, "\"'") && len(f.dataDates) < 8 {
				f.dataDates = append(f.dataDates, m[1])
			}
		}
	}
	for _, key := range authorKeys(src) {
		for before, after := range behind(src, key) {
			if len(f.dataAuthors) > 4 {
				break
			}
			if m := inData.FindStringSubmatch(after); m != nil && strings.HasSuffix(before, after[:1]) {
				f.dataAuthors = append(f.dataAuthors, html.UnescapeString(m[1]))
			}
		}
	}
}

// authorKeys returns the keys under which authors may stand in src.
func authorKeys(src string) []string {
	keys := []string{"author", "authors", "authorName", "author_name", "articleAuthor", "pageAuthor", "byline", "autor"}
	if !strings.Contains(src, "uthor") {
		return keys[6:]
	}
	return keys
}

// behind yields what stands around each key in src: a few bytes before it, and more after it.
func behind(src, key string) iter.Seq2[string, string] {
	return func(yield func(before, after string) bool) {
		for at := 0; ; {
			i := strings.Index(src[at:], key)
			if i < 0 {
				return
			}
			i += at
			at = i + len(key)
			if at < len(src) && !yield(src[max(0, i-6):i], src[at:min(len(src), at+120)]) {
				return
			}
		}
	}
}

var (
	trailingComma = regexp.MustCompile(`,(\s*[}\]])`)
	betweenLD     = regexp.MustCompile(`\}\s*\{`)
)

// decodeLD reads JSON as pages write it: in comments, with line ends inside strings, with a comma too many, several objects
// in a row.
func decodeLD(src string) (v any, ok bool) {
	src = strings.TrimSpace(src)
	for _, cut := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		src = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(src, cut[0]), cut[1]))
	}
	src = strings.TrimSuffix(src, ";")
	if json.Unmarshal([]byte(src), &v) == nil {
		return v, true
	}
	src = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, src)
	src = trailingComma.ReplaceAllString(src, "$1")
	if json.Unmarshal([]byte(src), &v) == nil {
		return v, true
	}
	src = "[" + betweenLD.ReplaceAllString(src, "},{") + "]"
	return v, json.Unmarshal([]byte(src), &v) == nil
}

// objectsIn notes v and the things that it consists of: those of a list, of a graph, of a page. Authors are only noted under their
// identifiers.
func (f *facts) objectsIn(v any, depth int) {
	if depth > 20 || len(f.objects) > 1000 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			f.objectsIn(x, depth+1)
		}
	case map[string]any:
		f.objects = append(f.objects, v)
		f.identify(v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "publisher", "isPartOf"} {
			f.objectsIn(v[key], depth+1)
		}
		list, ok := v["author"].([]any)
		if !ok {
			list = []any{v["author"]}
		}
		for _, x := range list {
			if o, ok := x.(map[string]any); ok {
				f.identify(o)
			}
		}
	}
}

// identify notes o under its identifier, unless a fuller description has it.
func (f *facts) identify(o object) {
	if id := o.string("@id"); id != "" && len(o) > len(f.byID[id]) {
		f.byID[id] = o
	}
}

// resolve returns the object that v is, or refers to; nil for none.
func (f *facts) resolve(v any) object {
	switch v := v.(type) {
	case []any:
		if len(v) > 0 {
			return f.resolve(v[0])
		}
	case map[string]any:
		o := object(v)
		if full := f.byID[o.string("@id")]; full != nil {
			return full
		}
		return o
	}
	return nil
}

// string returns a value that is a text, or the first of a list; "" if it is neither.
func (o object) string(key string) string { return ldText(o[key]) }

func ldText(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(html.UnescapeString(v))
	case []any:
		for _, x := range v {
			if s := ldText(x); s != "" {
				return s
			}
		}
	case float64: // of a clock
		return strconv.FormatFloat(v, 'f', 0, 64)
	case map[string]any:
		return ldText(v["@value"])
	}
	return ""
}

// is reports whether o has a type whose name ends so.
func (o object) is(suffixes ...string) bool {
	types, ok := o["@type"].([]any)
	if !ok {
		types = []any{o["@type"]}
	}
	for _, t := range types {
		name, _ := t.(string)
		for _, s := range suffixes {
			if name != "" && strings.HasSuffix(name, s) {
				return true
			}
		}
	}
	return false
}

// articleTypes are the ends of the names of schema.org's kinds of writing, the surest first.
var articleTypes = [][]string{
	{"Article", "BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "DiscussionForumPosting", "Review", "Chapter"},
	{"Recipe", "HowTo", "Book", "CreativeWork", "Product", "Event", "QAPage", "JobPosting"},
	{"VideoObject", "AudioObject", "PodcastEpisode", "ImageGallery", "MediaObject"},
	{"WebPage", "ItemPage", "AboutPage", "CollectionPage"},
}

// A work is the thing of JSON-LD that a page is about, and how sure that is.
type work struct {
	object
	trust float64
}

// works returns what the page may be about: the first things of each kind of writing that say something.
func (f *facts) works() (out []work) {
	for i, types := range articleTypes {
		for _, o := range f.objects {
			if !o.is(types...) || i > 0 && o.string("name") == "" && o.string("headline") == "" && o.string("datePublished") == "" && o["author"] == nil {
				continue
			}
			trust := 1 - 0.2*float64(i)
			if h := o.string("headline"); h != "" && f.title != "" && !strings.Contains(fold(f.title), fold(h)) && len(out) > 0 {
				trust /= 2 // another article of a list
			}
			out = append(out, work{o, trust})
			break
		}
	}
	return out
}

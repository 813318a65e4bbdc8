package w3c

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"byline/annotate"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// An annotation is an annotation that was read.
type annotation struct {
	about
	around
	id, typ, key, name string
	motive             string
	form               string // of a mention, or the type of a quote
	speakers           []string
	at                 offsets.Stretch
	hasOffsets         bool // it has offsets
	span               articles.Span
	remarks            []annotate.Remark
	origin             annotate.Origin
	state              annotate.State
}

// around are the words before and behind the words of an annotation.
type around struct{ prefix, suffix string }

// about are the page that an annotation is about, and who made it; nobody for a machine.
type about struct {
	source, title, who string
	described          standoff.Credits // what a row says of its page
}

// isPassage reports whether x names nothing: it highlights words or says something of them. A
// highlight becomes a remark.
func (x *annotation) isPassage() bool {
	switch {
	case x.typ != "" || x.key != "" || x.name != "":
		return false
	case x.motive == highlighting:
		x.remarks = append(x.remarks, annotate.Remark{Text: annotate.Highlight, Tag: true})
		return true
	}
	return len(x.remarks) > 0 && (slices.Contains(remarking, x.motive) || x.motive == "bookmarking")
}

// addTag adds a tag of a row.
func (x *annotation) addTag(t string) {
	name, value, ok := strings.Cut(t, ":")
	switch {
	case ok && name == "entity":
		x.key, x.name, _ = strings.Cut(value, " ")
	case ok && name == "speaker":
		x.speakers = append(x.speakers, value)
	case ok && name == "suggestion":
		x.setScore(value)
	case standoff.IsForm(t):
		x.form = t
	case x.typ == "":
		x.typ = t
	default:
		x.remarks = append(x.remarks, annotate.Remark{Text: t, Tag: true})
	}
}

// setScore makes x a claim of the engine with a score; empty for none.
func (x *annotation) setScore(s string) {
	if s == "" {
		s = "0"
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		x.origin, x.state = standoff.ReadClaim(true, n)
	}
}

// remarking are the purposes of words about what is annotated; others label it.
var remarking = []string{"commenting", "describing", "replying", "questioning", "editing", "moderating"}

// addBody adds a body of an annotation.
func (x *annotation) addBody(b object) {
	value, purpose := cmp.Or(b.text("value"), b.text("chars")), b.text("purpose")
	switch {
	case purpose == "identifying" && sourceOf(b["source"]) != "":
		x.key = sourceOf(b["source"])
	case value == "":
	case purpose == "identifying":
		x.name = value
	case purpose == "classifying" && standoff.IsForm(value):
		x.form = value
	case purpose == "assessing":
		x.setScore(value)
	case slices.Contains(remarking, cmp.Or(purpose, x.motive)) || purpose == "" && b.text("format") == "text/html":
		x.remarks = append(x.remarks, annotate.Remark{Text: value})
	case x.typ == "" && purpose != "bookmarking":
		x.typ = value
	default:
		x.remarks = append(x.remarks, annotate.Remark{Text: value, Tag: true})
	}
}

// addSelector adds a selector.
func (x *annotation) addSelector(s object) {
	switch s.text("type") {
	case "TextPositionSelector":
		start, ok := s["start"].(float64)
		end, ok2 := s["end"].(float64)
		if ok && ok2 {
			x.at.Start, x.at.End, x.hasOffsets = int(start), int(end), true
		}
	case "TextQuoteSelector":
		x.at.Exact, x.prefix, x.suffix = s.text("exact"), s.text("prefix"), s.text("suffix")
	}
}

// find sets the span of x: the one at its offsets if the words are there, else the one
// with the words and most of the text around them.
func (x *annotation) find(al *offsets.Aligner) bool {
	ok := false
	if x.hasOffsets {
		if x.span, ok = al.At(x.at); ok && (x.at.Exact == "" || offsets.SameWords(x.span.In(al.Text), x.at.Exact)) {
			return true
		}
	}
	if x.span, ok = findQuote(al.Text, x.at.Exact, x.prefix, x.suffix); !ok {
		al.Loss.Add(1, "annotations: their words are not in the text")
	}
	return ok
}

// findQuote returns the occurrence of words in text that is surrounded by most of prefix
// and suffix.
func findQuote(text, words, prefix, suffix string) (articles.Span, bool) {
	var best articles.Span
	if words == "" {
		return best, false
	}
	if !strings.Contains(text, words) {
		for _, f := range []norm.Form{norm.NFC, norm.NFD} {
			if again := f.String(words); strings.Contains(text, again) {
				words, prefix, suffix = again, f.String(prefix), f.String(suffix)
				break
			}
		}
	}
	most := -1
	const tries = 10_000 // since a text may have a letter very often
	from := 0
	for range tries {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		s := articles.Span{Start: from + i, End: from + i + len(words)}
		if n := commonSuffix(text[:s.Start], prefix) + commonPrefix(text[s.End:], suffix); n > most {
			best, most = s, n
		}
		from = s.Start + 1
	}
	return best, most >= 0
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// quote returns the quote that x is. Those that it is linked to as speakers replace its tags.
func (x *annotation) quote(to *linked) annotate.Quote {
	q := annotate.Quote{Span: x.span, Type: annotate.QuoteType(x.form), Origin: x.origin, State: x.state}
	if q.Type != annotate.Mixed && q.Type != annotate.Indirect {
		q.Type = annotate.Direct
	}
	if to == nil {
		to = &linked{}
	}
	if to.cue != nil {
		q.Cue = to.cue.span
	}
	for i, s := range to.speakers {
		at := s.span
		if to.elsewhere[i] {
			at = articles.Span{}
		}
		q.AddSpeaker(s.entity(), at)
	}
	if to.speakers == nil {
		for _, key := range x.speakers {
			q.AddSpeaker(key, articles.Span{})
		}
	}
	if to.words != nil {
		q.SpeakerMention = to.words.span
	}
	return q
}

// entity returns the key of the entity that x mentions, or one of its own if it names
// none.
func (x *annotation) entity() string {
	return cmp.Or(x.key, x.id, fmt.Sprint("at ", x.span.Start, " ", x.span.End))
}

func (x *annotation) mention(g *standoff.Builder) {
	m := annotate.Mention{Span: x.span, Type: standoff.TypeNamed(x.typ), Form: annotate.Form(x.form), Origin: x.origin, State: x.state}
	if m.Form != annotate.Nominal && m.Form != annotate.Pronoun {
		m.Form = annotate.Name
	}
	g.Mention(x.entity(), m)
	if x.name != "" {
		g.Name(x.entity(), x.name)
	}
}

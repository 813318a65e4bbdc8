package textview

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strings"

	"byline/articles"
	"byline/ui/textview/syntax"
)

// kinds are the kinds of the inline spans around a cell and of its block, one bit each.
type kinds uint8

const (
	emphasis kinds = 1 << iota
	strong
	struck
	mono
	linked
	caption
	picture
	noted
)

// A style is the inline spans around a byte.
type style struct {
	kinds
	link int         // index of the link or picture in the document's inline spans; 0 without one
	part syntax.Part // of code
}

// A styler returns the style of bytes that are asked for in order.
type styler struct {
	inline []articles.Inline
	next   int
	open   []int // spans that have begun and not ended
	asked  int
	last   style
	until  int // the style holds up to here
}

func newStyler(inline []articles.Inline, s articles.Span) styler {
	first := sort.Search(len(inline), func(i int) bool { return inline[i].Start >= s.Start })
	for first > 0 && inline[first-1].End > s.Start { // it was cut with a long block
		first--
	}
	return styler{inline: inline, next: first, asked: -1}
}

// at returns the style at byte off.
func (st *styler) at(off int) style {
	if off >= st.asked && off < st.until && st.asked >= 0 {
		return st.last
	}
	st.open = slices.DeleteFunc(st.open, func(i int) bool { return st.inline[i].End <= off })
	for ; st.next < len(st.inline) && st.inline[st.next].Start <= off; st.next++ {
		if st.inline[st.next].End > off {
			st.open = append(st.open, st.next)
		}
	}
	st.asked, st.until, st.last = off, int(^uint(0)>>1), style{}
	if st.next < len(st.inline) {
		st.until = st.inline[st.next].Start
	}
	for _, i := range st.open {
		st.until = min(st.until, st.inline[i].End)
		st.last.add(i, st.inline[i].Kind)
	}
	return st.last
}

func (s *style) add(i int, k articles.InlineKind) {
	switch k {
	case articles.Emphasis:
		s.kinds |= emphasis
	case articles.Strong:
		s.kinds |= strong
	case articles.Strike:
		s.kinds |= struck
	case articles.Mono:
		s.kinds |= mono
	case articles.Link:
		s.kinds |= linked
		s.link = i
	case articles.Image:
		s.kinds |= picture
		if s.kinds&linked == 0 {
			s.link = i
		}
	case articles.Note:
		s.kinds |= noted
	}
}

// An edge is a sign that is drawn where an inline span begins or ends.
type edge struct {
	at   int
	sign string
	of   int // index of the span
	end  bool
}

// edges returns the edges in s in the order in which they are drawn.
func (j *job) edges(s articles.Span) []edge {
	var es []edge
	p := j.palette.withDefaults()
	for i := newStyler(j.doc.Inline, s).next; i < len(j.doc.Inline) && j.doc.Inline[i].Start < s.End; i++ {
		in := &j.doc.Inline[i]
		open, shut := p.brackets(in.Kind)
		if open == "" {
			continue
		}
		if in.Start >= s.Start {
			es = append(es, edge{in.Start, open, i, false})
		}
		if in.End > s.Start && in.End <= s.End {
			es = append(es, edge{in.End, shut, i, true})
		}
	}
	slices.SortFunc(es, edge.compare)
	return es
}

// brackets returns what is drawn around an inline span: what stands for a picture says so, and code
// and links that have no colour of their own have marks.
func (p Palette) brackets(k articles.InlineKind) (open, shut string) {
	switch {
	case k == articles.Image:
		return "[image: ", "]"
	case k == articles.Mono && p.Ticks:
		return "`", "`"
	case k == articles.Link && p.Link == nil:
		return "<", ">"
	}
	return "", ""
}

// compare orders edges: at one place, ends come first, and spans nest.
func (e edge) compare(o edge) int {
	switch c := cmp.Compare(e.at, o.at); {
	case c != 0:
		return c
	case e.end && o.end:
		return cmp.Compare(o.of, e.of)
	case e.end:
		return -1
	case o.end:
		return 1
	}
	return cmp.Compare(e.of, o.of)
}

// target returns an address that may be sent to a terminal: http, https or mailto, in
// printable ASCII. It returns nothing for others.
func target(addr string) string {
	u, err := url.Parse(addr)
	if err != nil || len(addr) > 2000 {
		return ""
	}
	switch {
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
	case u.Scheme == "mailto" && u.Opaque != "":
	default:
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(addr); i++ {
		if c := addr[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

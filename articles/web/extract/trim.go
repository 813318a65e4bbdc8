package extract

import (
	"byline/articles/web/dom"
)

// A spot is where a line stands.
type spot struct {
	before bool // no paragraph of the text precedes it
	by     *writers
}

// trim removes the lines of the body that are no part of the article, notes its edges, and returns how many bytes of prose are left.
func (t *tree) trim(r *Result) int {
	all := linesOf(r.Body)
	r.First, r.Last = edges(all)
	all = withoutBios(all)
	total, prose := 0, 0
	for i := range all {
		total += all[i].words
	}
	at := spot{before: true, by: t.by}
	left := all[:0:0]
	for i := 0; i < len(all); i++ {
		l := &all[i]
		if l.code {
			left = append(left, *l)
			continue
		}
		if l.isProse() {
			at.before = false
			prose += len(l.text)
		}
		switch l.kind(at) {
		case appendage:
			l.remove()
			continue
		case legend:
			if dom.Is(l.in, "p", "div") && isLeaf(l.in) {
				l.in.Data, l.in.DataAtom = "figcaption", 0
				l.caption = true
				l.cutCredit()
			}
		case section:
			n := sectionEnd(all, i, total)
			for j := i; j < n; j++ {
				all[j].remove()
			}
			i = n - 1
			continue
		}
		left = append(left, *l)
	}
	if prose > 0 {
		t.trimEnd(left, total)
	}
	return prose
}

// trimEnd removes from the end of the lines of an article what stands there about its author, its filing and how to reach the paper,
// and headings of nothing.
func (t *tree) trimEnd(all []line, total int) {
	words := 0
	for i := len(all) - 1; i > 0; i-- {
		l := &all[i]
		if words += l.words; l.isProse() && !t.by.begin(l) || l.in == t.headline || 4*words > total || !l.isEnd(t.by) {
			return
		}
		l.remove()
	}
}

// isEnd reports whether l, with nothing of the text behind it, is no part of it.
func (l *line) isEnd(by *writers) bool {
	switch {
	case l.caption || l.code || l.quoted:
		return false
	case by.begin(l), by.isAll(l), l.isDate(), l.words <= 6 && by.strange(l) == 0:
		return true
	case l.heading:
		return true
	case l.words > 40 || l.endsSentence() && !l.isContact():
		return false
	}
	return l.isContact() || l.isFiled() || heads.begins(l.start()) > 0 && l.words <= 9
}

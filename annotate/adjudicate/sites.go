package adjudicate

import (
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A site is a span that some annotator marked.
type site struct {
	articles.Span
	of    []int32 // of each annotator, the entity of their mention, or their quote, as an index into their layer; −1 if they marked nothing
	m     []*annotate.Mention
	place int32 // which disagreement of presence or ends it is part of; −1 if all marked it
	node  int32 // of a mention: the entity of the base
}

// all reports whether every annotator marked s.
func (s *site) all() bool { return !slices.Contains(s.of, -1) }

// first returns the first annotator who marked s.
func (s *site) first() int {
	return slices.IndexFunc(s.of, func(e int32) bool { return e >= 0 })
}

// Sites are in the order of their spans, each span once.
type sites struct {
	list   []site
	places [][]int32 // disagreements of presence or ends, as indices into list
}

// find returns the site of a span, nil for none.
func (ss *sites) find(s articles.Span) *site {
	i, ok := slices.BinarySearchFunc(ss.list, s, func(x site, s articles.Span) int { return x.Compare(s) })
	if !ok {
		return nil
	}
	return &ss.list[i]
}

// A marking is one claim of one annotator.
type marking struct {
	articles.Span
	who int
	of  int32
	m   *annotate.Mention
}

// sitesOf brings together what was marked on the same spans. Of several claims of an annotator on one span the
// first counts.
func sitesOf(all []marking, annotators int) sites {
	slices.SortStableFunc(all, func(a, b marking) int { return a.Compare(b.Span) })
	ss := sites{}
	of, ms := make([]int32, 0, len(all)*annotators), make([]*annotate.Mention, 0, len(all)*annotators)
	for _, x := range all {
		if n := len(ss.list); n == 0 || ss.list[n-1].Span != x.Span {
			for range annotators {
				of, ms = append(of, -1), append(ms, nil)
			}
			ss.list = append(ss.list, site{Span: x.Span, of: of[len(of)-annotators : len(of) : len(of)], m: ms[len(ms)-annotators : len(ms) : len(ms)], place: -1})
		}
		if s := &ss.list[len(ss.list)-1]; s.of[x.who] < 0 {
			s.of[x.who], s.m[x.who] = x.of, x.m
		}
	}
	return ss
}

func (t *table) collectMentions() sites {
	var all []marking
	for who, r := range t.readings {
		for e := range r.Entities {
			for k := range r.Entities[e].Mentions {
				if m := &r.Entities[e].Mentions[k]; m.State != annotate.Rejected {
					all = append(all, marking{m.Span, who, int32(e), m})
				}
			}
		}
	}
	ss := sitesOf(all, len(t.readings))
	ss.part(func(a, b *site) bool { return t.overlie(a, b) })
	return ss
}

func (t *table) collectQuotes() sites {
	var all []marking
	for who, r := range t.readings {
		for k := range r.Quotes {
			if q := r.Quotes[k]; q.State != annotate.Rejected {
				all = append(all, marking{q.Span, who, int32(k), nil})
			}
		}
	}
	ss := sitesOf(all, len(t.readings))
	ss.part(func(a, b *site) bool { return apart(a, b) })
	return ss
}

// apart reports whether one annotator marked a and another b.
func apart(a, b *site) bool {
	for i := range a.of {
		for j := range b.of {
			if i != j && a.of[i] >= 0 && b.of[j] >= 0 {
				return true
			}
		}
	}
	return false
}

// overlie reports whether two annotators marked a and b for one name, or for one label of their own. Such a label
// may cover a whole sentence, and the names in it are another matter.
func (t *table) overlie(a, b *site) bool {
	for i := range a.of {
		for j := range b.of {
			if i != j && a.of[i] >= 0 && b.of[j] >= 0 && family(t.typeOf(i, a.of[i])) == family(t.typeOf(j, b.of[j])) {
				return true
			}
		}
	}
	return false
}

// typeOf returns the type of an entity of an annotator's.
func (t *table) typeOf(who int, e int32) annotate.Type { return t.readings[who].Entities[e].Type }

// family returns the empty type for those of names, and a label of the user's own as it is.
func family(t annotate.Type) annotate.Type {
	switch t {
	case annotate.Person, annotate.Organization, annotate.Place, annotate.Other:
		return ""
	}
	return t
}

// part groups the sites that not all marked into places: those that overlap and are about one thing.
func (ss *sites) part(same func(a, b *site) bool) {
	var open []int32 // that may reach what comes
	up := make([]int32, len(ss.list))
	root := func(i int32) int32 {
		for up[i] != i {
			i = up[i]
		}
		return i
	}
	for i := range ss.list {
		up[i] = int32(i)
		s := &ss.list[i]
		if s.all() {
			continue
		}
		open = slices.DeleteFunc(open, func(k int32) bool { return ss.list[k].End <= s.Start })
		for _, k := range open {
			if a, b := root(k), root(int32(i)); a != b && same(&ss.list[k], s) {
				up[max(a, b)] = min(a, b)
			}
		}
		open = append(open, int32(i))
	}
	for i := range ss.list {
		s := &ss.list[i]
		if s.all() {
			continue
		}
		r := root(int32(i))
		if int(r) == i {
			s.place = int32(len(ss.places))
			ss.places = append(ss.places, nil)
		} else {
			s.place = ss.list[r].place
		}
		ss.places[s.place] = append(ss.places[s.place], int32(i))
	}
}

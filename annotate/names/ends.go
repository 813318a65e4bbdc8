package names

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
)

// mendEnds returns found, the names in d, with ends that the tagger missed: the rest of a ministry's list, a
// holder of an office taken into a body, initials before a first name.
func mendEnds(d *annotate.Doc, found []named) []named {
	bearers := firstNames(d, found)
	all := found[:0]
	sentence := 0
	for i := 0; i < len(found); i++ {
		n := found[i]
		for d.Sentences[sentence].Tokens.End <= n.First {
			sentence++
		}
		s := d.Sentences[sentence].Tokens
		if len(all) > 0 {
			n = withHead(d, n, max(s.First, all[len(all)-1].End))
		} else {
			n = withHead(d, n, s.First)
		}
		switch n.Type {
		case annotate.Organization:
			n.Range = withoutHolder(d, n.Range)
			end := withList(d, n.Range, s.End, found[i+1:])
			for ; i+1 < len(found) && found[i+1].First < end; i++ {
				end = max(end, found[i+1].End)
			}
			n.End = max(n.End, end)
		case annotate.Person:
			first := s.First
			if len(all) > 0 {
				first = max(first, all[len(all)-1].End)
			}
			n.First = withInitials(d, withDayName(d, n.Range, first, bearers), first)
		}
		all = append(all, n)
	}
	return all
}

// withoutHolder returns g, an organization, without the office that it ends with: "Orrin Police
// Spokesperson". An office after "of" or "the" is a part: "Office of the President".
func withoutHolder(d *annotate.Doc, g annotate.Range) annotate.Range {
	if g.End-g.First < 2 || !en.Of(strings.ToLower(d.Word(g.End-1))).Is(en.Holder) {
		return g
	}
	if en.Of(strings.ToLower(d.Word(g.End - 2))).Is(en.Binds | en.Determiner) {
		return g
	}
	g.End--
	return g
}

// withList returns the end of g, an organization, with the list that it begins: "Ministry of Ports" before ",
// Rivers and Harbour Affairs". A name in later that is no part of a list ends it.
func withList(d *annotate.Doc, g annotate.Range, end int, later []named) int {
	if !beginsList(d, g) {
		return g.End
	}
	end = min(end, nextAlone(d, g.End, end, later))
	for t := g.End; t < end; {
		next, and := afterJoint(d, t, end)
		last := next
		for last < end && isCapitalized(d.Word(last)) && !en.Of(strings.ToLower(d.Word(last))).Is(en.Holder|en.Courtesy) {
			last++
		}
		switch {
		case last == next:
			return g.End
		case and:
			return last
		}
		t = last
	}
	return g.End
}

// nextAlone returns the first token of the next name in later that cannot be in a list, or end.
func nextAlone(d *annotate.Doc, at, end int, later []named) int {
	for _, n := range later {
		if n.First >= end {
			break
		}
		if n.First > at && (n.Type == annotate.Person || n.Type == annotate.Place || standsAlone(d, n.Range)) {
			return n.First
		}
	}
	return end
}

// afterJoint returns the token after ",", "and" or ", and" at token t, and whether it had "and". It returns
// end if there is none of these.
func afterJoint(d *annotate.Doc, t, end int) (next int, and bool) {
	next = t
	if d.Word(next) == "," {
		next++
	}
	if next < end && (d.Word(next) == "and" || d.Word(next) == "&") {
		return next + 1, true
	}
	if next == t {
		return end, false
	}
	return next, false
}

// standsAlone reports whether g is a body's own name, no end of a list: an acronym, or with a head of its own.
func standsAlone(d *annotate.Doc, g annotate.Range) bool {
	if isAcronym(d.Word(g.First)) || listsFields(d.Word(g.First)) {
		return true
	}
	for t := g.First + 1; t < g.End; t++ {
		if w := d.Word(t); w != "and" && w != "&" && en.Of(w).Is(en.Binds) {
			return true
		}
	}
	return false
}

// beginsList reports whether g is a body named by its field, "Ministry of Ports", which is no place.
func beginsList(d *annotate.Doc, g annotate.Range) bool {
	if g.End-g.First < 3 || lexicon.Of(d.Word(g.End-1))&(lexicon.Country|lexicon.Region|lexicon.City) != 0 && lexicon.Of(d.Word(g.End-1))&lexicon.Small == 0 {
		return false
	}
	head := false
	for t := g.First; t < g.End; t++ {
		switch w := d.Word(t); w {
		case "and", "&":
			return false
		case "of", "for", "on":
			head = head || t > g.First && listsFields(d.Word(t-1))
		}
	}
	return head
}

// listsFields reports whether w is a body that is named by a list of its fields.
func listsFields(w string) bool { return isCapitalized(w) && en.Of(strings.ToLower(w)).Is(en.Fields) }

// firstNames returns the first words of the persons in found named in full, by their last; "" if they differ.
func firstNames(d *annotate.Doc, found []named) map[string]string {
	firsts := map[string]string{}
	for _, n := range found {
		if n.Type != annotate.Person || n.End-n.First < 2 {
			continue
		}
		first, last := d.Word(n.First), d.Word(n.End-1)
		if other, ok := firsts[last]; ok && other != first {
			first = ""
		}
		firsts[last] = first
	}
	return firsts
}

// withDayName returns g, a person, with the first name before it that is also a month or day, where it begins
// the sentence, which has no token before first: "May Lund said". Somebody of the same surname who has another first
// name, in bearers, speaks against it; what says who somebody is, behind the name, for it: "Friday Lund, a driver".
func withDayName(d *annotate.Doc, g annotate.Range, first int, bearers map[string]string) annotate.Range {
	day := g.First - 1
	if g.End-g.First != 1 || day < first || day > first && d.Tokens[day-1].Kind == annotate.Word {
		return g
	}
	w := d.Word(day)
	if !isCapitalized(w) || isAcronym(w) || !en.Of(strings.ToLower(w)).Is(en.Month|en.Weekday) {
		return g
	}
	other, borne := bearers[d.Word(g.First)]
	if apposed(d, g.End) || lexicon.Of(w)&lexicon.First != 0 && (!borne || other == w) {
		g.First = day
	}
	return g
}

// apposed reports whether what begins with token t says who somebody is: ", a driver", ", her aunt", ", 52,".
func apposed(d *annotate.Doc, t int) bool {
	if t+1 >= len(d.Tokens) || d.Word(t) != "," {
		return false
	}
	w := d.Word(t + 1)
	return en.Of(w).Is(en.Indefinite|en.Possessive) || len(w) == 2 && '2' <= w[0] && w[0] <= '9' && '0' <= w[1] && w[1] <= '9'
}

// withInitials returns the first token of g, a person, with the initials and short given names before
// it, not before token first: "J. Mara Holt", "Md Karim".
func withInitials(d *annotate.Doc, g annotate.Range, first int) int {
	from := g.First
	for from > first && isCapitalized(d.Word(g.First)) {
		w := d.Word(from - 1)
		dotted := strings.HasSuffix(w, ".") || w == "." && from-1 > first
		if w == "." && dotted {
			w = d.Word(from - 2)
		}
		letter := strings.TrimSuffix(w, ".")
		switch {
		case isInitial(letter) && (dotted || letter != "A" && letter != "I"):
		case isCapitalized(letter) && en.Of(strings.ToLower(letter)).Is(en.Given):
		default:
			return from
		}
		if d.Word(from-1) == "." {
			from--
		}
		from--
	}
	return from
}

package names

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
)

// mendBorders returns found, names in d, with what belongs to a name by its marks: the bracket that closes
// in it, "Jr." after a comma, "'s" of a firm that the lists know with it, ".com".
func mendBorders(d *annotate.Doc, found []named) []named {
	all := found[:0]
	for i, n := range found {
		end := len(d.Tokens)
		if i+1 < len(found) {
			end = found[i+1].First
		}
		first := 0
		if len(all) > 0 {
			first = all[len(all)-1].End
		}
		if last := len(all) - 1; last >= 0 && all[last].Type == n.Type && goesOn(d, all[last].Range, n.Range) {
			all[last].End = n.End
			continue
		}
		n.Range = withBracket(d, n.Range, annotate.Range{First: first, End: end})
		n.End = withDomain(d, n.End, end)
		n.End = withPlus(d, n.End, end)
		switch n.Type {
		case annotate.Person:
			n.End = withJunior(d, n.End, end)
		case annotate.Organization:
			n.End = withGenitive(d, n.Range, end)
			n.End = withFaction(d, n.End, end)
		}
		if n.First < n.End {
			all = append(all, n)
		}
	}
	return all
}

// goesOn reports whether n goes on with the name before it behind a bracket: "SKM) College" after "Orrin Sangam (".
func goesOn(d *annotate.Doc, before, n annotate.Range) bool {
	if before.End+1 != n.First || d.Word(before.End) != "(" {
		return false
	}
	for t := n.First; t < n.End-1; t++ {
		if d.Word(t) == ")" {
			return true
		}
	}
	return false
}

// domains end the address of a site.
var domains = wordSet("com org net com.br co.uk com.au ai io tv")

// withDomain returns the end of a name that ends with token end, with ".com" and the like behind it.
func withDomain(d *annotate.Doc, end, free int) int {
	if end+1 >= free || d.Word(end) != "." || !domains[d.Word(end+1)] || d.Tokens[end-1].End != d.Tokens[end].Start || d.Tokens[end].End != d.Tokens[end+1].Start {
		return end
	}
	return end + 2
}

// withPlus returns the end of a name that ends with token end, with a plus sign that touches it: "OPEC+".
func withPlus(d *annotate.Doc, end, free int) int {
	if end < free && d.Word(end) == "+" && d.Tokens[end-1].End == d.Tokens[end].Start && (end+1 == len(d.Tokens) || d.Tokens[end+1].Start > d.Tokens[end].End || d.Tokens[end+1].Kind == annotate.Mark) {
		return end + 1
	}
	return end
}

// withFaction returns the end of an organization that ends with token end, with the letter of a faction in brackets
// behind it: "Orrin Congress (M)".
func withFaction(d *annotate.Doc, end, free int) int {
	if end+2 < free && d.Word(end) == "(" && isInitial(d.Word(end+1)) && d.Word(end+2) == ")" && d.Word(end+1) != "H" && d.Word(end+1) != "A" {
		return end + 3
	}
	return end
}

// withBracket returns g with the other one of a bracket that is in it without, if that is beside it in
// free: "CPI(M" before ")".
func withBracket(d *annotate.Doc, g, free annotate.Range) annotate.Range {
	open := -1
	for t := g.First; t < g.End; t++ {
		switch d.Word(t) {
		case "(":
			open = t
		case ")":
			if open < 0 {
				return closed(d, g, free, t)
			}
			open = -1
		}
	}
	switch {
	case open < 0:
	case g.End < free.End && d.Word(g.End) == ")":
		g.End++
	case open > g.First:
		g.End = open
	default:
		g.First++
	}
	return g
}

// closed returns g, in which token t closes a bracket that opens before it: with it, or what comes before or after.
func closed(d *annotate.Doc, g, free annotate.Range, t int) annotate.Range {
	if t == g.End-1 {
		g.End--
	} else {
		g.First = t + 1
	}
	return g
}

// withJunior returns the end of a person's name that ends with token end, with ", Jr." behind it.
func withJunior(d *annotate.Doc, end, free int) int {
	if end+1 >= free || d.Word(end) != "," {
		return end
	}
	switch d.Word(end + 1) {
	case "Jr.", "Sr.":
		return end + 2
	case "Jr", "Sr":
		if end+2 < free && d.Word(end+2) == "." {
			return end + 3
		}
		return end + 2
	}
	return end
}

// withGenitive returns the end of g, an organization, with "'s" if the lists know it with that: "Orrin's".
func withGenitive(d *annotate.Doc, g annotate.Range, free int) int {
	if g.End >= free {
		return g.End
	}
	switch d.Word(g.End) {
	case "'s", "’s":
	default:
		return g.End
	}
	if g.End-g.First > known.MaxTokens {
		return g.End
	}
	var k lexicon.Key
	for t := g.First; t <= g.End; t++ {
		k = k.Token(strings.ToLower(d.Word(t)))
	}
	f := known.Of(k)
	if f.Tier() < known.Clean || f.Main() != known.Organization {
		return g.End
	}
	return g.End + 1
}

// closes are the marks that end a nickname, by the mark that begins it.
var closes = map[string]string{`"`: `"`, "“": "”", "‘": "’", "'": "'", "(": ")"}

// longestNickname is how many words a nickname has at most: "The Bull of Orrin".
const longestNickname = 4

// joinNicknames returns found, names in d, with a person whose name has a nickname in marks made one: "Per “Pip”
// Lund", "Marta (Mo) Quill".
func joinNicknames(d *annotate.Doc, found []named) []named {
	all := found[:0]
	for i := 0; i < len(found); i++ {
		n := found[i]
		last := i
		if n.Type == annotate.Person {
			if end := nicknameEnd(d, n.Range); end > 0 {
				for last+1 < len(found) && found[last+1].First < end {
					last++
				}
				if m := found[last]; last > i && (m.Type == annotate.Person || m.End < end) {
					n.End = max(m.End, end)
					n.Score = max(n.Score, m.Score)
				} else {
					last = i
				}
			}
		}
		all = append(all, n)
		i = last
	}
	return all
}

// joinKin returns found, names in d, with a person and the father whose child "a/l" or "d/o" says that it is made one: "Siva a/l
// Raman".
func joinKin(d *annotate.Doc, found []named) []named {
	all := found[:0]
	for _, n := range found {
		if last := len(all) - 1; last >= 0 && all[last].Type == annotate.Person && n.First == all[last].End+3 && isKin(d, all[last].End) {
			all[last].End = n.End
			continue
		}
		all = append(all, n)
	}
	return all
}

// isKin reports whether token t begins "a/l", "a/p", "s/o" or "d/o".
func isKin(d *annotate.Doc, t int) bool {
	switch strings.ToLower(d.Text[d.Tokens[t].Start:d.Tokens[t+2].End]) {
	case "a/l", "a/p", "s/o", "d/o":
		return true
	}
	return false
}

// nicknameEnd returns the token after the first word behind a nickname in marks that begins inside or right after
// g, a person; 0 if there is none.
func nicknameEnd(d *annotate.Doc, g annotate.Range) int {
	for open := g.First + 1; open <= g.End && open+3 < len(d.Tokens); open++ {
		mark, ok := closes[d.Word(open)]
		if !ok {
			continue
		}
		end := open + 1
		for end < len(d.Tokens) && end-open <= longestNickname && isNickname(d, end, mark) {
			end++
		}
		if end == open+1 || end+1 >= len(d.Tokens) || d.Word(end) != mark || !isCapitalized(d.Word(end+1)) {
			return 0
		}
		return end + 2
	}
	return 0
}

// isNickname reports whether token t can be in a nickname that ends with mark. In brackets it is a first name.
func isNickname(d *annotate.Doc, t int, mark string) bool {
	w := d.Word(t)
	if mark == ")" {
		return isCapitalized(w) && !isAcronym(w) && lexicon.Of(w)&lexicon.First != 0
	}
	return isCapitalized(w) || en.Of(strings.ToLower(w)).Is(en.Joins|en.Binds)
}

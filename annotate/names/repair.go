package names

import (
	"regexp"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
)

// isNameless reports whether w alone is not a name: pronouns and the like are capitalized at the
// start of a sentence or, in the training data, as the title of a song. In capitals they may be an
// acronym: "WHO".
func isNameless(w string) bool { return en.Of(strings.ToLower(w)).Is(en.Nameless) && !isAcronym(w) }

// isCommon reports whether n is a common noun with a capital, alone or with "The": "the Council".
func isCommon(d *annotate.Doc, n Name) bool {
	if n.End-n.First == 2 && d.Word(n.First) == "The" {
		n.First++
	}
	w := d.Word(n.First)
	return isPrice(d, n.Range) || n.End-n.First == 1 && n.Type == annotate.Organization && isCapitalized(w) && !isAcronym(w) && en.Of(strings.ToLower(w)).Is(en.Common)
}

// A named is a name with the rule that found it.
type named struct {
	Name
	rule string
}

// repair returns the names that rule found in d, without those that are no names, and with "Quill
// & Sons" joined.
func repair(d *annotate.Doc, found []Name, rule string) []named {
	all := make([]named, 0, len(found))
	o := ordinaryWords(d, found)
	for i := 0; i < len(found); i++ {
		n := named{seat(d, titled(d, found[i])), rule}
		if isNoName(d, found[i:]) || o[i] {
			continue
		}
		if !beforeAmpersand(d, n.Range) {
			all = append(all, n)
			continue
		}
		right := Name{Range: annotate.Range{First: n.End + 1, End: n.End + 2}, Type: n.Type}
		next := i+1 < len(found) && found[i+1].First == right.First
		if next {
			right = found[i+1]
		}
		if !twoPersons(n.Name, right) {
			if n.End = right.End; n.Type != right.Type || n.Type == annotate.Person {
				n.Type = annotate.Organization
			}
			n.rule = firm
			if next {
				n.Score = max(n.Score, right.Score)
				i++
			}
		}
		all = append(all, n)
	}
	return all
}

// isNoName reports whether the first of found is a pronoun, a common noun or a title.
func isNoName(d *annotate.Doc, found []Name) bool {
	n := found[0]
	var next *Name
	if len(found) > 1 {
		next = &found[1]
	}
	return isPrice(d, n.Range) || isOffice(d, n) || n.End-n.First == 1 && isNameless(d.Word(n.First)) || isCommon(d, n) || isTitleAlone(d, n, next)
}

// offices are the letters of offices, which name nobody.
var offices = wordSet("CM DCM PM DPM CEO CFO COO CTO DGP IGP")

// isOffice reports whether n, taken for an organization, is an office in letters: "the CM".
func isOffice(d *annotate.Doc, n Name) bool {
	return n.End-n.First == 1 && n.Type == annotate.Organization && offices[d.Word(n.First)] && n.First > 0 && strings.EqualFold(d.Word(n.First-1), "the")
}

// isPrice reports whether g is an amount of money: "RM5.40", "Dh 3,200".
func isPrice(d *annotate.Doc, g annotate.Range) bool {
	w := span(d, g).In(d.Text)
	return price.MatchString(w)
}

var price = regexp.MustCompile(`^[A-Z][A-Za-z]{0,2} ?[0-9]+[.,][0-9]+$`)

// beforeAmpersand reports whether "&" and a capitalized word follow g on its line.
func beforeAmpersand(d *annotate.Doc, g annotate.Range) bool {
	return g.End+1 < len(d.Tokens) && d.Word(g.End) == "&" && isCapitalized(d.Word(g.End+1)) && !strings.Contains(d.Text[d.Tokens[g.End-1].End:d.Tokens[g.End+1].Start], "\n")
}

// twoPersons reports whether a and b are both persons and one of them has more than one name, as
// in "Bill & Melinda Gates".
func twoPersons(a, b Name) bool {
	return a.Type == annotate.Person && b.Type == annotate.Person && (a.End-a.First > 1 || b.End-b.First > 1)
}

// isAcronym reports whether w may be an acronym: "WHO", "US".
func isAcronym(w string) bool { return len(w) > 1 && strings.ToUpper(w) == w }

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// postNominals come after names of persons and are not part of them.
var postNominals = wordSet("KC QC SC MP MEP MSP MLA TD MHA MS CBE OBE MBE DBE KBE GBE CH OM PC JP PhD MD MBA FRS RN USN USMC Esq DDS CPA FRCP FRCS Saheb Sahib")

// withoutPostNominals returns g, the name of a person, without the letters of degrees, orders and
// offices at its end: "Ann Quill KC".
func withoutPostNominals(d *annotate.Doc, g annotate.Range) annotate.Range {
	for end := g.End; end-g.First > 2; {
		w := d.Word(end - 1)
		if end--; w == "," || w == "." {
			continue
		}
		if !postNominals[w] {
			break
		}
		if g.End = end; d.Word(end-1) == "," {
			g.End--
		}
	}
	return g
}

// opening is the score below which a word that begins a line is no name if the text also has it in small
// letters: "Harbour bill passes" above a report of harbours.
const opening = 0.7

// ordinaryWords returns which of found, names in d, are a word that begins a line, that d has in small letters and
// nowhere else as a name.
func ordinaryWords(d *annotate.Doc, found []Name) map[int]bool {
	openers := map[string]int{} // by word in small letters: index into found
	for i, n := range found {
		if n.End-n.First == 1 && n.Score < opening && isCapitalized(d.Word(n.First)) && !isAcronym(d.Word(n.First)) && beginsLine(d, n.First) {
			openers[strings.ToLower(d.Word(n.First))] = i
		}
	}
	if len(openers) == 0 {
		return nil
	}
	for i, n := range found {
		w := strings.ToLower(d.Word(n.First))
		if at, ok := openers[w]; ok && at != i && n.End-n.First == 1 {
			delete(openers, w)
		}
	}
	ordinary := map[int]bool{}
	for t := range d.Tokens {
		for _, w := range [2]string{d.Word(t), strings.TrimSuffix(d.Word(t), "s")} {
			if i, ok := openers[w]; ok {
				ordinary[i] = true
			}
		}
	}
	return ordinary
}

func beginsLine(d *annotate.Doc, t int) bool {
	at := d.Tokens[t].Start
	return at == 0 || d.Text[at-1] == '\n'
}

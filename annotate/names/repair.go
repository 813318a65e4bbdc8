package names

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
)

// nameless reports whether w, alone, names nothing: pronouns and the like have a capital where they
// begin a sentence or are the title of a song in the texts that the model learned from. In
// capitals they may be an acronym: "WHO".
func nameless(w string) bool { return en.Of(strings.ToLower(w)).Is(en.Nameless) && !shouts(w) }

// A named is a name and the rule that found it.
type named struct {
	Name
	rule string
}

// repaired returns the names that rule found in d without those that are a pronoun, and with
// "Quill & Sons" whole.
func repaired(d *annotate.Doc, found []Name, rule string) []named {
	all := make([]named, 0, len(found))
	for i := 0; i < len(found); i++ {
		n := named{found[i], rule}
		if n.End-n.First == 1 && nameless(d.Word(n.First)) {
			continue
		}
		if !ampersand(d, n.Range) {
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

// ampersand reports whether "&" and a word with a capital follow g in its sentence.
func ampersand(d *annotate.Doc, g annotate.Range) bool {
	return g.End+1 < len(d.Tokens) && d.Word(g.End) == "&" && capitalised(d.Word(g.End+1)) && !strings.Contains(d.Text[d.Tokens[g.End-1].End:d.Tokens[g.End+1].Start], "\n")
}

// twoPersons reports whether both a and b are persons and one has more names than one, as
// in "Bill & Melinda Gates".
func twoPersons(a, b Name) bool {
	return a.Type == annotate.Person && b.Type == annotate.Person && (a.End-a.First > 1 || b.End-b.First > 1)
}

// shouts reports whether w may be an acronym: "WHO", "US".
func shouts(w string) bool { return len(w) > 1 && strings.ToUpper(w) == w }

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// postNominals stand behind the names of persons and are none of them.
var postNominals = wordSet("KC QC SC MP MEP MSP MLA TD MHA MS CBE OBE MBE DBE KBE GBE CH OM PC JP PhD MD MBA FRS RN USN USMC Esq DDS CPA")

// withoutPostNominals returns g, the name of a person, without the letters of degrees,
// orders and offices behind it: "Ann Quill KC".
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

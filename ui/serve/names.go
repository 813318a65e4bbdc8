package serve

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"byline/annotate/team"
	"byline/articles/clean"
)

// names are those of people, by what they look like.
type names map[string]string

// add checks the name of a person, and adds it. Nobody else may have it, in any case, or one that looks the same: decisions are signed
// by names alone.
func (n names) add(name string) error {
	const most = 80
	switch {
	case name == "" || strings.TrimSpace(name) != name:
		return errors.New("it needs a name, without blanks around it")
	case len(name) > most || clean.Line(name) != name:
		return fmt.Errorf("the name %+q is not one line of at most %d bytes", name[:min(len(name), most)], most)
	}
	if strings.Contains(name, ",") {
		return fmt.Errorf("the name %q has a comma, which separates names in lists of them", name)
	}
	if err := checkWord(name); err != nil {
		return err
	}
	for _, look := range looks(name) {
		switch other, taken := n[look]; {
		case !taken:
		case strings.EqualFold(other, name):
			return fmt.Errorf("there is another %s; names differ by more than case", name)
		default:
			return fmt.Errorf("%s (%+q) looks like %s (%+q), who is there already; write another name", name, name, other, other)
		}
	}
	for _, look := range looks(name) {
		n[look] = name
	}
	return nil
}

// checkWord rejects a name that is a word of the program, or looks like one.
func checkWord(name string) error {
	if err := team.CheckName(name); err != nil {
		return err
	}
	for _, look := range looks(name) {
		_, plain, _ := strings.Cut(look, " ")
		if err := team.CheckName(plain); err != nil {
			return fmt.Errorf("the name %s (%+q) looks like the word %s, which byline has for something else; write another name", name, name, plain)
		}
	}
	return nil
}

// looks returns keys of a name: two names that are the same but for case, or that are hard to tell apart, have one in common.
func looks(name string) [2]string {
	plain := strings.Join(strings.Fields(norm.NFKC.String(name)), " ")
	latin := alike.Replace(plain)
	return [2]string{"folded " + strings.ToLower(latin), "drawn " + thin.Replace(latin)}
}

// alike replaces Cyrillic and Greek letters by the Latin ones that they look like; see Unicode Technical Standard 39.
var alike = strings.NewReplacer(
	"а", "a", "с", "c", "ԁ", "d", "е", "e", "һ", "h", "і", "i", "ј", "j", "ӏ", "l", "о", "o", "р", "p", "ԛ", "q", "ѕ", "s", "ѵ", "v", "ԝ", "w", "х", "x", "у", "y",
	"А", "A", "В", "B", "С", "C", "Е", "E", "Н", "H", "І", "I", "Ј", "J", "К", "K", "М", "M", "О", "O", "Р", "P", "Ѕ", "S", "Т", "T", "Х", "X", "У", "Y",
	"α", "a", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "υ", "u", "χ", "x", "γ", "y", "ϲ", "c",
	"Α", "A", "Β", "B", "Ε", "E", "Ζ", "Z", "Η", "H", "Ι", "I", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Υ", "Y", "Χ", "X",
	"ı", "i", "ɑ", "a", "ɡ", "g", "‐", "-", "‑", "-", "–", "-", "—", "-", "−", "-", "’", "'", "‘", "'", "ʼ", "'",
)

// thin replaces strokes that many fonts draw alike.
var thin = strings.NewReplacer("I", "l", "1", "l", "|", "l", "0", "O", "rn", "m")

package extract

import (
	"regexp"
	"strings"
)

// How many lines at the start and at the end of an article may say who wrote it, and how long they are at most, in bytes.
const (
	firstLines = 4
	lastLines  = 6
	longLine   = 600
)

// edges returns the text of the first lines and of the last, the last first, but for those of quotations, captions and code, and
// for those at the end that name somebody of whom the article speaks.
func edges(all []line) (first, last []string) {
	for i := range all {
		if l := &all[i]; len(first) < firstLines && l.mayBeSigned() {
			first = append(first, strings.ToValidUTF8(l.text[:min(len(l.text), longLine)], ""))
		}
	}
	for i, n := len(all)-1, 0; i >= 0 && n < lastLines; i-- {
		if l := &all[i]; l.mayBeSigned() {
			n++
			if len(l.text) <= longLine && !isSubject(l, all[:i]) {
				last = append(last, l.text)
			}
		}
	}
	return first, last
}

func (l *line) mayBeSigned() bool { return !l.quoted && !l.caption && !l.code && !l.heading }

// isSubject reports whether a short line or a portrait names somebody whom the lines before speak of.
func isSubject(l *line, before []line) bool {
	who := namesOne.FindString(l.text)
	if who == "" {
		return false
	}
	surname := who[strings.LastIndexByte(who, ' ')+1:]
	for i := range before {
		if b := &before[i]; b.words > 12 && strings.Contains(b.text, surname) {
			return true
		}
	}
	return false
}

// withoutBios removes the lines at the end that are about the authors rather than by them, and returns the others.
func withoutBios(all []line) []line {
	for i := len(all) - 1; i > 0 && i >= len(all)-4; i-- {
		if all[i].isBio() && !isSubject(&all[i], all[:i]) {
			all[i].remove()
			all = append(all[:i], all[i+1:]...)
		}
	}
	return all
}

// isBio reports whether l, one of the last lines, is about an author: "Ann Lee is a reporter at the Courier". One in plain letters has to
// say as well where to reach her.
func (l *line) isBio() bool {
	if !l.mayBeSigned() || l.words < 4 || l.words > 90 {
		return false
	}
	if reporting.MatchString(l.text) {
		return l.words <= 40
	}
	return portrays.MatchString(l.text) && (l.isStyled() || reaches.MatchString(l.text))
}

// A name, with a particle or a second name.
const name = `\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}[\p{L}.'’-]*|de|der|den|del|della|da|di|dos|van|von|zu|al|el|la|le|bin|ter|y)){1,4}`

var (
	namesOne = regexp.MustCompile(name)
	// portrays matches what begins with one or more names and goes on with what they do.
	portrays = regexp.MustCompile(`^[*•–—-]?\s*(?:(?:Dr|Prof)\.\s)*` + name + `(?:(?:,| and| und| et| y| e| &) (?:Dr\. )?` + name + `)*,? (?:\([^)]{1,40}\),? )?(?:` +
		`(?:is|are|was|has been|serves|works|writes|covers|reports|reported|teaches|joined)\b.{0,120}\b(?:reporters?|writers?|authors?|editors?|journalists?|columnists?|correspondents?|professors?|fellows?|lecturers?|historians?|contributors?|critics?|staff|producers?|bloggers?|novelists?|scientists?|researchers?|directors?|founders?|co-founders?|photographers?|analysts?|economists?|lawyers?|attorneys?|consultants?|politics|business|news|covers|writes|newsroom|bureau)\b` +
		`|(?:covers|writes (?:about|for|on)|reports (?:on|for|from)|teaches)\b` +
		`|(?:ist|sind|war|arbeitet|schreibt|lebt|berichtet|studierte|lehrt)\b.{0,120}(?:[Rr]edakt|[Jj]ournalist|[Aa]utor|[Kk]orrespondent|[Ss]chriftsteller|[Pp]rofessor|[Kk]olumnist|[Vv]olont|[Rr]eporter|[Mm]itarbeiter|[Hh]istoriker|[Dd]ozent|[Ll]eiter|[Gg]ründer|schreibt)` +
		`|(?:est|sont|écrit)\b.{0,100}(?:journaliste|professeur|auteure?|écrivain|chercheu|rédact|correspondant|philosophe|économiste|historien|enseignant|avocat)` +
		`|(?:es|son|escribe)\b.{0,100}(?:periodista|profesora?|autora?|escritora?|columnista|corresponsal|editora?|investigadora?|economista|redactora?)` +
		`|(?:é|è|scrive|escreve)\b.{0,100}(?:jornalista|giornalista|professora?|professore|autora?|autore|scrittore|scrittrice|escritora?|colunista|docente|redattore|economista)` +
		`)`)
	// reaches matches what a portrait ends with.
	reaches = regexp.MustCompile(`(?i)\S@\S+\.\w|(?:\s|\()@\w{3,}|follow (?:him|her|them)|on twitter|reach(?:ed)? (?:him|her|them|at|via|out)|e-?mail:|contact (?:him|her|them)`)
	// reporting matches the credits of an agency's report.
	reporting = regexp.MustCompile(`^[(*\[]*(?:(?:Additional )?(?:[Rr]eporting|[Ww]riting) by ` + name + `|(?:With )?(?:additional )?(?:reporting|contributions) (?:by|from) ` + name + `|` + name + `(?:(?:,| and) ` + name + `)*,? contributed (?:to this|reporting)|Editing by ` + name + `)`)
)

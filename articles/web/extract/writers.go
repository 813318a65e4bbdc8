package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles/web/dom"
)

// Writers are who wrote an article, as its page says.
type writers struct {
	names []string        // in lower case: "ann lee"
	words map[string]bool // of the names, and of the name of the publication
}

func newWriters(names []string, site string) *writers {
	w := &writers{words: map[string]bool{}}
	for _, name := range names {
		if name = strings.ToLower(name); len(name) < 100 {
			w.names = append(w.names, name)
			w.add(name)
		}
	}
	if len(w.names) > 0 && len(site) < 100 {
		w.add(strings.ToLower(site))
	}
	return w
}

func (w *writers) add(s string) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !isWord(r) }) {
		w.words[word] = true
	}
}

// isAll reports whether l is names of the writers and nothing else but dates and what bylines say.
func (w *writers) isAll(l *line) bool {
	return l.words <= 16 && w.strange(l) == 0 && w.isNamed(l)
}

// isNamed reports whether a name of the writers is in l.
func (w *writers) isNamed(l *line) bool {
	if len(w.names) == 0 {
		return false
	}
	low := strings.ToLower(l.text)
	for _, name := range w.names {
		if strings.Contains(low, name) {
			return true
		}
	}
	return false
}

// strange returns how many words of l are no part of a byline: names of the writers, dates, labels.
func (w *writers) strange(l *line) int {
	n := 0
	for _, word := range strings.FieldsFunc(strings.ToLower(l.text), func(r rune) bool { return !isWord(r) }) {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsLetter(r) && !w.words[word] && !inCalendar(word) && !labels[word] {
			n++
		}
	}
	return n
}

// labels are words of bylines.
var labels = setOf("author", "authors", "autor", "autorin", "autoren", "auteur", "autora", "autore", "editor", "reporter", "staff", "writer", "correspondent", "contributor", "redakteur", "redakteurin", "redaktion", "online",
	"article", "story", "report", "written", "posted", "published", "text", "foto", "fotos", "photo", "photos", "and", "und", "et", "y", "e", "in", "with", "for", "mit", "für", "the", "of", "news", "read", "minutes", "minute", "lesezeit", "comments", "comment", "kommentare", "kommentar", "share", "uhr", "editiert", "aktualisiert", "erstellt", "seit", "heute")

func setOf(list ...string) map[string]bool {
	set := map[string]bool{}
	for _, s := range list {
		set[s] = true
	}
	return set
}

// biography is what follows the name of a writer where a paper presents them.
var biography = regexp.MustCompile(`^[\p{L}\p{M}.,’'()* -]{0,40}?\b(?:is|are|was|has|covers?|covered|writes?|reports?|joined|works?|worked|lives?|studied|spent|holds|grew|started|began|ist|sind|war|hat|schreibt|arbeitet|studierte|berichtet|lebt|leitet|est|sont|a|écrit|travaille|es|son|fue|escribe|trabaja|cubre|è|scrive|lavora|é|escreve|jest|pisze)\s`)

// begin reports whether l presents a writer: it begins with the name and goes on with what they are.
func (w *writers) begin(l *line) bool {
	if len(w.names) == 0 || l.words < 4 || l.words > 120 {
		return false
	}
	low := strings.ToLower(strings.TrimLeft(l.text[:min(len(l.text), 200)], "*—–-• "))
	for _, name := range w.names {
		for _, form := range formsOf(name) {
			if rest, ok := strings.CutPrefix(low, form); ok && biography.MatchString(rest) {
				return true
			}
		}
	}
	return false
}

// formsOf returns how a writer is called: by the whole name, by its first word.
func formsOf(name string) []string {
	first, _, more := strings.Cut(name, " ")
	if !more || len(first) < 3 {
		return []string{name}
	}
	return []string{name, first}
}

// full is a date with its year, or a time of day with what says that it is one.
var full = regexp.MustCompile(`(?i)(?:^|\D)(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?, ?\d{4}|\d{1,2}(?:st|nd|rd|th|\.|er)?(?: de| of)?,? \p{L}{3,10}\.?,?(?: de| del)? \d{4}|\d{1,2}[:.h]\d{2} ?(?:uhr|am|pm|a\.m|p\.m|h\b))(?:\D|$)`)

// isOrigin reports whether l, above the text, says who wrote it and when.
func (l *line) isOrigin(s string, by *writers) bool {
	switch {
	case l.words > 24:
		return false
	case l.isDate():
		return !l.heading || l.words <= 8
	case l.heading:
		return false
	case strings.HasSuffix(l.text, ":"):
		return false // who speaks next
	case matches(minutes, l.text), by.isAll(l):
		return true
	case l.endsSentence() && !l.isSigned():
		return false
	case !dom.Is(l.in, "li") && by.strange(l) <= 6 && !l.isLabelled() && matches(full, l.text):
		return true
	}
	return l.words <= 14 && l.isByline(s)
}

// isByline reports whether l begins as lines do that say who wrote the text.
func (l *line) isByline(s string) bool {
	n := bylines.begins(s)
	if n > 0 && s[n-1] == ' ' { // by, followed by a name
		i := strings.Index(strings.ToLower(l.text), s[:n])
		r, _ := utf8.DecodeRuneInString(l.text[min(len(l.text), i+n):])
		return i >= 0 && unicode.IsUpper(r)
	}
	return n > 0
}

// isLabelled reports whether l is a fact with its label, as of an event or an offer: "Closing date: 3 May 2026".
func (l *line) isLabelled() bool {
	label, _, found := strings.Cut(l.text, ": ")
	if !found {
		return false
	}
	label = strings.ToLower(label)
	return bylines.begins(label) == 0 && !inCalendar(label) && !labels[label]
}

// clock is a time of day.
var clock = regexp.MustCompile(`^\d{1,2}[:.]\d{2}`)

// isTimed reports whether l says when a writer added something to the article.
func (l *line) isTimed(by *writers) bool {
	return len(by.names) > 0 && l.words <= 8 && l.text[0] >= '0' && l.text[0] <= '9' && clock.MatchString(l.text) && by.isAll(l)
}

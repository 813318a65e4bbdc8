// Package shell takes commands apart as a shell does that knows quotation marks and the backslash, and nothing else, and writes words
// such that a shell takes them for what they are: one's own, or two of them, as what is typed behind ssh goes through.
package shell

import (
	"errors"
	"strings"
)

// ErrOpen says that a command is not whole.
var ErrOpen = errors.New("the command ends within quotation marks or after a backslash")

// Split returns the words of a command, and the same words with the double quotation marks that they had. The error is ErrOpen.
func Split(command string) (words, quoted []string, err error) {
	var s splitter
	for _, r := range command {
		s.next(r)
	}
	if s.quote != 0 || s.escaped {
		return nil, nil, ErrOpen
	}
	s.end()
	return s.words, s.marked, nil
}

// A splitter splits a command.
type splitter struct {
	words   []string
	word    strings.Builder
	marked  []string // the words with the double quotation marks around parts of them
	mark    strings.Builder
	begun   bool // the word, which may be empty
	quote   rune // ' or " within them, else 0
	escaped bool // the last rune was a backslash
}

func (s *splitter) next(r rune) {
	switch {
	case s.escaped:
		if s.quote == '"' && !strings.ContainsRune("\"\\$`", r) {
			s.write('\\')
		}
		s.write(r)
		s.escaped = false
	case r == '\\' && s.quote != '\'':
		s.escaped, s.begun = true, true
	case r == s.quote:
		s.note(r)
		s.quote = 0
	case s.quote == 0 && (r == '\'' || r == '"'):
		s.quote, s.begun = r, true
		s.note(r)
	case s.quote == 0 && (r == ' ' || r == '\t'):
		s.end()
	default:
		s.write(r)
		s.begun = true
	}
}

func (s *splitter) write(r rune) {
	s.word.WriteRune(r)
	s.mark.WriteRune(r)
}

// note notes a quotation mark that is no part of the word.
func (s *splitter) note(r rune) {
	if r == '"' {
		s.mark.WriteRune(r)
	}
}

// end ends the word, if one has begun.
func (s *splitter) end() {
	if s.begun {
		s.words = append(s.words, s.word.String())
		s.marked = append(s.marked, s.mark.String())
	}
	s.word.Reset()
	s.mark.Reset()
	s.begun = false
}

// plain are the characters that mean nothing to a shell.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:/@%+=,"

// Quote returns a word as a shell takes it.
func Quote(word string) string {
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// Join returns words as a shell takes them.
func Join(words ...string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = Quote(w)
	}
	return strings.Join(all, " ")
}

// inDouble has a backslash before what means something within double quotation marks.
var inDouble = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`")

// Behind returns words as they are typed behind "ssh HOST", where one's own shell takes a pair of quotation marks, ssh joins what is
// left, and the words are taken apart once more: in two pairs, if they need any.
func Behind(words ...string) string {
	if own := Join(words...); own != strings.Join(words, " ") {
		return `"` + inDouble.Replace(own) + `"`
	}
	return strings.Join(words, " ")
}

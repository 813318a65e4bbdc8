package gold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A bracket is an open bracket of the notation.
type bracket struct {
	open  rune   // '[', '{' or '<'
	label string // before the bar
	start int    // of its contents, in the article
	line  int
	in    int // number of the enclosing quote; 0 for none
	id    int // of a quote: its number
}

// A cue is the span of a cue with the number of the enclosing quote.
type cue struct {
	articles.Span
	in int
}

// A depthQuote is a quote with the number of the enclosing quote.
type depthQuote struct {
	annotate.Quote
	in int
}

// A scanner scans the text of an article.
type scanner struct {
	*parser
	src   string // what is left to read
	out   strings.Builder
	line  int
	stack []bracket
	ids   int
}

// text reads the article and its markup. It stops at the first bracket that does not match, since
// nothing after it would make sense.
func (p *parser) text(sec section) {
	body := strings.TrimLeft(sec.data, "\n")
	s := &scanner{parser: p, src: strings.TrimRight(body, " \n"), line: sec.line + len(sec.data) - len(body)}
	p.lines = []int{s.line}
	for s.src != "" && s.step() {
	}
	if n := len(s.stack); n > 0 && s.src == "" {
		f := s.stack[n-1]
		s.addError(f.line, "%c%s is not closed", f.open, f.label)
	}
	p.a.Text = s.out.String()
	p.lines = p.lines[:1+strings.Count(p.a.Text, "\n")]
}

var closers = map[rune]rune{'[': ']', '{': '}', '<': '>'}

// step reads one rune or the start of a bracket, and reports whether to continue.
func (s *scanner) step() bool {
	r, n := utf8.DecodeRuneInString(s.src)
	switch r {
	case '[', '{', '<':
		return s.open(r)
	case ']', '}', '>':
		return s.close(r)
	case '|', '~':
		s.addError(s.line, "%c stands for nothing here", r)
		return false
	case '\n':
		s.line++
		s.lines = append(s.lines, s.line)
	case utf8.RuneError:
		s.addError(s.line, "not UTF-8")
		return false
	}
	if isMark(r) || r == '\'' && s.opensSingle() {
		s.checkMark(r, n)
	}
	s.out.WriteString(s.src[:n])
	s.src = s.src[n:]
	return true
}

// open reads a bracket and its label.
func (s *scanner) open(r rune) bool {
	f := bracket{open: r, start: s.out.Len(), line: s.line, in: s.innermostQuote()}
	if top := s.top(); top != nil && top.open != '{' {
		s.addError(s.line, "%c inside of %c%s, opened in line %d", r, top.open, top.label, top.line)
		return false
	}
	s.src = s.src[1:]
	if r != '<' {
		i := strings.IndexAny(s.src, "|[]{}<>\n")
		if i < 0 || s.src[i] != '|' {
			s.addError(s.line, "%c has no | after it", r)
			return false
		}
		f.label, s.src = s.src[:i], s.src[i+1:]
	}
	if r == '{' {
		s.ids++
		f.id = s.ids
	}
	s.stack = append(s.stack, f)
	return true
}

// close closes the innermost bracket and records what it marks.
func (s *scanner) close(r rune) bool {
	top := s.top()
	if top == nil || closers[top.open] != r {
		if top == nil {
			s.addError(s.line, "%c closes nothing", r)
		} else {
			s.addError(s.line, "%c cannot close %c%s, opened in line %d: brackets overlap, or one is missing", r, top.open, top.label, top.line)
		}
		return false
	}
	s.src = s.src[1:]
	f := *top
	s.stack = s.stack[:len(s.stack)-1]
	span := articles.Span{Start: f.start, End: s.out.Len()}
	words := s.out.String()[f.start:]
	if strings.TrimSpace(words) == "" || strings.TrimSpace(words) != words {
		s.addError(f.line, "%c%s|%s%c is empty, or begins or ends with a blank", f.open, f.label, words, r)
		return true
	}
	switch f.open {
	case '[':
		s.mention(f, span, words)
	case '{':
		s.quote(f, span, words)
	case '<':
		s.cues = append(s.cues, cue{span, f.in})
	}
	return true
}

// top returns the innermost open bracket, or nil.
func (s *scanner) top() *bracket {
	if len(s.stack) == 0 {
		return nil
	}
	return &s.stack[len(s.stack)-1]
}

// innermostQuote returns the number of the innermost open quote.
func (s *scanner) innermostQuote() int {
	for i := len(s.stack) - 1; i >= 0; i-- {
		if s.stack[i].open == '{' {
			return s.stack[i].id
		}
	}
	return 0
}

func (s *scanner) mention(f bracket, span articles.Span, words string) {
	key, form := f.label, annotate.Name
	switch {
	case strings.HasSuffix(key, "~"):
		key, form = strings.TrimSuffix(key, "~"), annotate.Pronoun
	case strings.HasSuffix(key, "="):
		key, form = strings.TrimSuffix(key, "="), annotate.Nominal
	}
	e := s.entities[key]
	if e == nil {
		s.addError(f.line, "[%s|%s]: no entity %q is declared", f.label, words, key)
		return
	}
	if strings.Contains(words, "\n") {
		s.addError(f.line, "[%s|%s]: a mention goes over the end of a line", f.label, words)
	}
	e.Mentions = append(e.Mentions, annotate.Mention{Span: span, Form: form, Type: e.Type, Origin: annotate.Origin{Human: true, Score: 1}})
}

func (s *scanner) quote(f bracket, span articles.Span, words string) {
	key, _, typed := strings.Cut(f.label, " ")
	if key == "!" {
		if typed || !inMarks(words) {
			s.addError(f.line, "{%s|%s}: {!|…} takes no type, and begins and ends with a quotation mark", f.label, firstWords(words))
		}
		s.a.NonQuotes = append(s.a.NonQuotes, span)
		return
	}
	if key == "-" {
		key = ""
	} else if s.entities[key] == nil {
		s.addError(f.line, "{%s|%s}: no entity %q is declared", f.label, firstWords(words), key)
		return
	}
	q := annotate.Quote{Span: span, Type: annotate.Direct, Speaker: key, Origin: annotate.Origin{Human: true, Score: 1}}
	if s.setType(f, &q, words) {
		s.quotes = append(s.quotes, depthQuote{q, f.in})
	}
}

// setType gives q the type in its label, if there is one, and reports whether that type exists.
func (s *scanner) setType(f bracket, q *annotate.Quote, words string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	opened, marked := isQuoting(first), inMarks(words)
	key, typ, typed := strings.Cut(f.label, " ")
	switch {
	case typed && typ != "direct" && typ != "mixed" && typ != "indirect":
		s.addError(f.line, "{%s|%s}: unknown type %q: take direct, mixed or indirect", f.label, firstWords(words), typ)
		return false
	case typ == "mixed" && !marked, opened && !marked && typ != "indirect":
		s.addError(f.line, "{%s|%s} begins or ends without a quotation mark", f.label, firstWords(words))
	case !typed && !marked && q.Speaker != "":
		s.addError(f.line, "{%s|%s} has no quotation marks: take {%s direct|…} or {%s indirect|…}", f.label, firstWords(words), key, key)
	case typed:
		q.Type = annotate.QuoteType(typ)
	}
	return true
}

// firstWords returns the first words of a text, for an error message.
func firstWords(s string) string {
	s, _, more := strings.Cut(s, "\n")
	if r := []rune(s); len(r) > 40 {
		s, more = string(r[:40]), true
	}
	if more {
		s += "…"
	}
	return s
}

// inMarks reports whether words begin and end with a quotation mark.
func inMarks(words string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	return isQuoting(first) && isQuoting(last)
}

// isMark reports whether a rune is a quotation mark and never an apostrophe.
func isMark(r rune) bool { return strings.ContainsRune("\"“”„‟«»‘‚‛`", r) }

// isQuoting reports whether a rune may be a quotation mark.
func isQuoting(r rune) bool { return isMark(r) || r == '\'' || r == '’' }

// clipped are words that start with an apostrophe.
var clipped = map[string]bool{"em": true, "n": true, "til": true, "tis": true, "twas": true, "cause": true, "bout": true, "round": true}

// opensSingle reports whether the straight single mark that comes next opens a quote: it is before
// a letter, not after one, and does not start a clipped word.
func (s *scanner) opensSingle() bool {
	before, _ := utf8.DecodeLastRuneInString(s.out.String())
	word := s.src[1:]
	if i := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = word[:i]
	}
	return s.out.Len() > 0 && word != "" && !clipped[strings.ToLower(word)] && !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

// checkMark reports a quotation mark, the next n bytes, that neither starts nor ends the contents
// of the braces around it, nor starts a paragraph of a continued quote.
func (s *scanner) checkMark(r rune, n int) {
	top := s.top()
	if top == nil || top.open != '{' {
		s.addError(s.line, "%c stands outside of any {…}", r)
		return
	}
	text := s.out.String()
	begins := top.start == len(text)
	ends := strings.HasPrefix(s.src[n:], "}")
	goesOn := strings.HasSuffix(text, "\n\n") || text == ""
	if !begins && !ends && !goesOn {
		s.addError(s.line, "%c is in the midst of {%s|…}: words in marks need a {…} of their own", r, top.label)
	}
}

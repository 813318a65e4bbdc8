package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"
)

// A parser reads a query by recursive descent: a disjunction of conjunctions of terms.
type parser struct {
	Options
	text  string
	at    int // the next byte
	terms int
}

// errorAt returns an error about the bytes from from up to to.
func (p *parser) errorAt(from, to int, message string) error {
	return &Error{Span: articles.Span{Start: from, End: to}, Message: message}
}

// skipBlanks skips blanks.
func (p *parser) skipBlanks() {
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += size
	}
}

// atEnd reports whether nothing more follows: the end, or a closing parenthesis.
func (p *parser) atEnd() bool {
	p.skipBlanks()
	return p.at == len(p.text) || p.text[p.at] == ')'
}

// takeWord consumes w if it is a word of its own.
func (p *parser) takeWord(w string) bool {
	p.skipBlanks()
	rest, ok := strings.CutPrefix(p.text[p.at:], w)
	if !ok {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsSpace(r) && r != '(' && r != ')' {
		return false
	}
	p.at += len(w)
	return true
}

// disjunction parses terms joined by OR.
func (p *parser) disjunction(depth int) (Expr, error) {
	out := Expr{Op: Or}
	for {
		from := p.at
		e, err := p.conjunction(depth)
		if err != nil {
			return e, err
		}
		empty := e.Op == And && len(e.Args) == 0
		if !empty {
			out.Args = append(out.Args, e)
		}
		if !p.takeWord("OR") {
			if empty && from > 0 && len(out.Args) > 0 && !p.Typing {
				return e, p.errorAt(from-len("OR"), from, "OR wants a term on either side")
			}
			break
		}
		if empty && !p.Typing {
			return e, p.errorAt(p.at-len("OR"), p.at, "OR wants a term on either side")
		}
	}
	switch len(out.Args) {
	case 0:
		return Expr{Op: And}, nil
	case 1:
		return out.Args[0], nil
	}
	return out, nil
}

// conjunction parses terms that all have to be met.
func (p *parser) conjunction(depth int) (Expr, error) {
	out := Expr{Op: And}
	for !p.atEnd() {
		before := p.at
		if p.takeWord("OR") {
			p.at = before
			break
		}
		e, ok, err := p.negation(depth)
		if err != nil {
			return e, err
		}
		if ok {
			out.Args = append(out.Args, e)
		}
	}
	out.Args = joinQuoteTerms(out.Args)
	if len(out.Args) == 1 {
		return out.Args[0], nil
	}
	return out, nil
}

// joinQuoteTerms makes one term of adjacent terms that ask for the same quote: a speaker
// and what they said, or what was said and by whom.
func joinQuoteTerms(es []Expr) []Expr {
	of := func(e *Expr, fields ...Field) bool { return e.Op == Is && slices.Contains(fields, e.Term.Field) }
	var out []Expr
	for i := 0; i < len(es); {
		said := i
		if of(&es[i], Person, Org, Name, By) && !es[i].Term.Any {
			said++
		}
		end := said
		for end < len(es) && of(&es[end], Said) {
			end++
		}
		if end == said { // no said: here
			out = append(out, es[i])
			i++
			continue
		}
		if said == i && end < len(es) && of(&es[end], By) {
			end++
		}
		e := es[said]
		for j := i; j < end; j++ {
			if j != said {
				e.Term.Same = append(e.Term.Same, es[j].Term)
			}
		}
		out = append(out, e)
		i = end
	}
	return out
}

// negation parses a term, a negated one, or an expression in parentheses. It reports
// whether there was anything: a term that is being typed may still be empty.
func (p *parser) negation(depth int) (Expr, bool, error) {
	from := p.at
	if p.text[p.at] == '-' {
		p.at++
		if p.at == len(p.text) || p.text[p.at] == ' ' {
			if p.Typing || p.at < len(p.text) {
				return Expr{}, false, nil // a dash between words
			}
			return Expr{}, false, p.errorAt(from, p.at, "a minus wants a term behind it")
		}
		e, ok, err := p.negation(depth + 1)
		if err != nil || !ok {
			return e, false, err
		}
		return Expr{Op: Not, Args: []Expr{e}}, true, nil
	}
	if depth > deepest {
		return Expr{}, false, p.errorAt(from, from+1, "parentheses are nested too deep")
	}
	if p.text[p.at] != '(' {
		return p.term()
	}
	p.at++
	e, err := p.disjunction(depth + 1)
	if err != nil {
		return e, false, err
	}
	if p.skipBlanks(); p.at == len(p.text) {
		if !p.Typing {
			return e, false, p.errorAt(from, from+1, "a parenthesis is not closed")
		}
	} else {
		p.at++
	}
	return e, e.Op != And || len(e.Args) > 0, nil
}

// term parses a field and its value, or a word.
func (p *parser) term() (Expr, bool, error) {
	if p.terms++; p.terms > mostTerms {
		return Expr{}, false, p.errorAt(p.at, len(p.text), "the query has too many terms")
	}
	from := p.at
	name, named := p.takeField()
	t := Term{Span: articles.Span{Start: from}, Field: name.field, Label: name.label}
	colon := p.at
	v := p.takeValue()
	t.End, t.Text, t.Open = p.at, v.text, v.open
	t.Any = v.star && t.Text == ""
	unfinished := p.Typing && p.at == len(p.text)
	if err := p.checkTerm(&t, v, named, colon); err != nil {
		if unfinished && t.Text == "" {
			err = nil
		}
		return Expr{}, false, err
	}
	if !named && (t.Any || !hasWord(t.Text)) {
		return Expr{}, false, nil // dashes and dots match no text
	}
	t.Open = t.Open || unfinished && !v.quoted
	if err := p.readValue(&t); err != nil {
		if unfinished {
			err = nil
		}
		return Expr{}, false, err
	}
	return Expr{Term: t}, true, nil
}

// checkTerm checks a term before its value is read. Its name, if it has one, ends at
// colon.
func (p *parser) checkTerm(t *Term, v value, named bool, colon int) error {
	switch {
	case named && !isField(t.Field):
		return &Error{articles.Span{Start: t.Start, End: colon}, p.unknownField(string(t.Field)), string(t.Field)}
	case named && t.Text == "" && !t.Any:
		return p.errorAt(t.Start, p.at, t.name()+": wants a value behind it")
	case v.unclosed && !p.Typing:
		return p.errorAt(v.at, p.at, "a double quote is not closed")
	}
	return nil
}

// A fieldName is a field, and for Name the label that was written instead.
type fieldName struct {
	field Field
	label string
}

// name returns what was written as the field of t.
func (t *Term) name() string {
	if t.Label != "" {
		return t.Label
	}
	return string(t.Field)
}

// takeField consumes the name of a field or of a label, with its colon. The scheme of a
// URL is not a field.
func (p *parser) takeField() (fieldName, bool) {
	name, after, quoted := p.nameBeforeColon()
	f := fieldName{Field(strings.ToLower(name)), ""}
	switch {
	case name == "":
		return f, false
	case !quoted && isField(f.field):
	case p.isLabel(name) || p.AnyLabel && (quoted || asciiLetters(name)):
		f = fieldName{Name, strings.Join(strings.Fields(name), " ")}
	case quoted || !asciiLetters(name):
		return fieldName{}, false
	}
	p.at = after
	return f, true
}

// nameBeforeColon returns the text before the next colon if it may be the name of a field,
// whether it is in double quotes, and where the colon ends.
func (p *parser) nameBeforeColon() (name string, after int, quoted bool) {
	rest, quoted := strings.CutPrefix(p.text[p.at:], `"`)
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r == '"' || !quoted && (r == ':' || r == '(' || r == ')' || unicode.IsSpace(r))
	})
	if end < 1 {
		return "", 0, quoted
	}
	name, rest = rest[:end], rest[end:]
	if quoted {
		rest = rest[1:]
	}
	if !strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "://") {
		return "", 0, quoted
	}
	return name, len(p.text) - len(rest) + 1, quoted
}

// isLabel reports whether name is one of the user's own labels.
func (p *parser) isLabel(name string) bool {
	key := LabelKey(name)
	return key != "" && slices.ContainsFunc(p.Labels, func(l string) bool { return LabelKey(l) == key })
}

// asciiLetters reports whether s consists of the letters that field names are made of.
func asciiLetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
}

// A value is what follows a field.
type value struct {
	text     string
	at       int
	quoted   bool
	unclosed bool // a double quote is not closed
	open     bool // ends in a star
	star     bool // was written with one
}

// takeValue consumes a word or a phrase in double quotes, with its star.
func (p *parser) takeValue() value {
	v := value{at: p.at}
	if rest, ok := strings.CutPrefix(p.text[p.at:], `"`); ok {
		text, _, closed := strings.Cut(rest, `"`)
		v.text, v.quoted, v.unclosed = text, closed, !closed
		p.at += len(text) + 1
		if closed {
			p.at++
		}
		if p.at < len(p.text) && p.text[p.at] == '*' {
			v.open = true
			p.at++
		}
	} else {
		end := strings.IndexFunc(p.text[p.at:], func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || r == '"' })
		if end < 0 {
			end = len(p.text) - p.at
		}
		v.text = p.text[p.at : p.at+end]
		p.at += end
		if t := strings.TrimRight(v.text, "*"); t != v.text {
			v.text, v.open, v.star = t, true, true
		}
	}
	v.text = strings.Join(strings.Fields(v.text), " ")
	return v
}

// hasWord reports whether s contains a letter or a digit.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

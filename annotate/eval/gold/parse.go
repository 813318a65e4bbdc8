package gold

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"byline/annotate"
	"byline/articles"
)

// A section is a part of the archive with the number of its first line.
type section struct {
	data string
	line int
}

// Parse returns the article in data; file is the name for errors. The error is of type [Errors].
func Parse(file string, data []byte) (*Article, error) {
	p := &parser{a: &Article{File: file}, entities: map[string]*annotate.Entity{}}
	sections := p.sections(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	p.readMetadata(sections["about"])
	p.declare(sections["entities"])
	p.text(sections["text"])
	p.finish()
	if len(p.errs) > 0 {
		slices.SortStableFunc(p.errs, func(a, b Error) int { return cmp.Compare(a.Line, b.Line) })
		return nil, p.errs
	}
	p.notes()
	return p.a, nil
}

// A parser builds an article.
type parser struct {
	a        *Article
	errs     Errors
	entities map[string]*annotate.Entity
	keys     []string    // in the order of their declaration
	declared map[int]int // by index of keys: the line
	cues     []cue
	quotes   []depthQuote
	lines    []int // of the text's lines: their numbers in the file
}

func (p *parser) addError(line int, format string, args ...any) {
	p.errs = append(p.errs, Error{p.a.File, line, fmt.Sprintf(format, args...)})
}

// sections returns the three sections by name.
func (p *parser) sections(data []byte) map[string]section {
	ar := txtar.Parse(data)
	found := map[string]section{}
	line := 1 + bytes.Count(ar.Comment, []byte("\n"))
	if len(bytes.TrimSpace(ar.Comment)) > 0 {
		p.addError(1, "text before the first section")
	}
	for _, f := range ar.Files {
		switch {
		case f.Name != "about" && f.Name != "entities" && f.Name != "text":
			p.addError(line, "unknown section %q: take about, entities and text", f.Name)
		case found[f.Name].line > 0:
			p.addError(line, "a second section %q", f.Name)
		default:
			found[f.Name] = section{string(f.Data), line + 1}
		}
		line += 1 + bytes.Count(f.Data, []byte("\n"))
	}
	for _, name := range []string{"about", "entities", "text"} {
		if found[name].line == 0 {
			p.addError(1, "no section %q", name)
		}
	}
	return found
}

// readMetadata reads the section "about".
func (p *parser) readMetadata(s section) {
	fields := map[string]*string{"manner": &p.a.Manner, "marks": &p.a.Marks, "title": &p.a.Title}
	for i, l := range strings.Split(s.data, "\n") {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		key, value, _ := strings.Cut(l, ":")
		field := fields[strings.TrimSpace(key)]
		value = strings.TrimSpace(value)
		switch {
		case field == nil:
			p.addError(s.line+i, "%q is no line of about: take manner:, marks:, title:", l)
		case value == "" || *field != "":
			p.addError(s.line+i, "%s is empty or given twice", key)
		default:
			*field = value
		}
	}
	for _, key := range []string{"manner", "marks", "title"} {
		if s.line > 0 && *fields[key] == "" {
			p.addError(s.line, "about has no %q", key)
		}
	}
	if m := p.a.Marks; m != "" && m != "american" && m != "british" {
		p.addError(s.line, "marks are american or british, not %q", m)
	}
}

var (
	declaration = regexp.MustCompile(`^(\S+)\s+(\S+)\s+(\S.*)$`)
	keyForm     = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]*$`)
)

// declare reads the entities.
func (p *parser) declare(s section) {
	p.declared = map[int]int{}
	for i, l := range strings.Split(s.data, "\n") {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		f := declaration.FindStringSubmatch(l)
		if f == nil {
			p.addError(s.line+i, "%q is no entity: take a key, a type and a name", l)
			continue
		}
		t := annotate.Type(f[2])
		switch {
		case !keyForm.MatchString(f[1]):
			p.addError(s.line+i, "key %q: take letters, digits, -, _ and .", f[1])
		case p.entities[f[1]] != nil:
			p.addError(s.line+i, "key %q is declared twice", f[1])
		case t != annotate.Person && t != annotate.Organization && t != annotate.Place && t != annotate.Other:
			p.addError(s.line+i, "unknown type %q: take person, organization, place or other", f[2])
		default:
			p.declared[len(p.keys)] = s.line + i
			p.keys = append(p.keys, f[1])
			p.entities[f[1]] = &annotate.Entity{ID: f[1], Type: t, Name: f[3], Origin: annotate.Origin{Human: true, Score: 1}}
		}
	}
}

// finish puts the collected claims into the layer, in order.
func (p *parser) finish() {
	for i, key := range p.keys {
		e := p.entities[key]
		if len(e.Mentions) == 0 {
			p.addError(p.declared[i], "entity %q is declared and nowhere mentioned", key)
			continue
		}
		slices.SortFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
		p.a.Layer.Entities = append(p.a.Layer.Entities, *e)
	}
	slices.SortStableFunc(p.a.Layer.Entities, func(a, b annotate.Entity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	slices.SortStableFunc(p.quotes, func(a, b depthQuote) int { return a.Compare(b.Span) })
	for _, q := range p.quotes {
		q.Cue = p.cueOf(q)
		p.a.Layer.Quotes = append(p.a.Layer.Quotes, &q.Quote)
	}
	slices.SortFunc(p.a.NonQuotes, articles.Span.Compare)
	if err := p.a.Layer.Check(p.a.Text); err != nil && len(p.errs) == 0 {
		p.addError(1, "%v", err)
	}
}

// cueOf returns the cue nearest to q, the first of two; empty if none.
func (p *parser) cueOf(q depthQuote) articles.Span {
	var best articles.Span
	nearest := -1
	for _, c := range p.cues {
		if c.in != q.in || c.Overlaps(q.Span) {
			continue
		}
		from, to := min(c.End, q.End), max(c.Start, q.Start)
		if strings.Contains(p.a.Text[from:to], "\n\n") {
			continue
		}
		if d := to - from; nearest < 0 || d < nearest {
			best, nearest = c.Span, d
		}
	}
	return best
}

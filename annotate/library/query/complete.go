package query

import (
	"strings"
	"unicode"

	"byline/articles"
)

// A Gap is what is being typed at the end of a query: part of the name of a field, or of
// its value.
type Gap struct {
	articles.Span        // of what has been typed, to be replaced
	Field         Field  // whose value is being typed
	Label         string // for Name: the label that the names have
	Naming        bool   // a field name or a word is being typed
	Text          string // so far, without quotes

	labels []string
}

// AtEnd returns the gap at the end of text. Labels are the user's own.
func AtEnd(text string, labels []string) Gap {
	from := 0
	quoted := false
	for i, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && (unicode.IsSpace(r) || r == '('):
			from = i + len(string(r))
		}
	}
	for from < len(text) && text[from] == '-' {
		from++
	}
	p := &parser{text: text, at: from, Options: Options{Labels: labels}}
	name, named := p.takeField()
	g := Gap{Span: articles.Span{Start: p.at, End: len(text)}, Field: name.field, Label: name.label, Naming: !named, labels: labels}
	g.Text = strings.TrimSpace(strings.TrimPrefix(text[p.at:], `"`))
	return g
}

// FixedValues returns the completions of g that do not depend on articles: values of its
// field, or names of fields and labels, with a colon, that begin with what has been typed.
func (g Gap) FixedValues() []string {
	var out []string
	from := func(values []string) {
		for _, v := range values {
			if strings.HasPrefix(v, strings.ToLower(g.Text)) {
				out = append(out, v)
			}
		}
	}
	switch {
	case g.Naming && g.Text != "":
		for _, f := range fields {
			from([]string{string(f) + ":"})
		}
		for _, l := range g.labelsWithPrefix() {
			out = append(out, labelField(l)+":")
		}
	case g.Naming:
	case g.Field == Label:
		return g.labelsWithPrefix()
	case g.Field == Status:
		from(statuses)
	case g.Field == Format:
		from(formats())
	case g.Field == Date || g.Field == Added:
		from([]string{"today", "yesterday", "7d", "4w", "6m", "1y"})
	}
	return out
}

// labelsWithPrefix returns the labels that begin with what has been typed.
func (g Gap) labelsWithPrefix() (out []string) {
	for _, l := range g.labels {
		if strings.HasPrefix(LabelKey(l), LabelKey(g.Text)) {
			out = append(out, l)
		}
	}
	return out
}

// Fill returns text with value in the gap.
func (g Gap) Fill(text, value string) string {
	if !g.Naming {
		value = quote(value)
	}
	return text[:g.Start] + value
}

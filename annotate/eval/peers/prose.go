package main

import (
	"runtime/debug"
	"strings"

	"github.com/jdkato/prose/v2"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/articles"
)

const prosePath = "github.com/jdkato/prose/v2"

// proseVersion returns the version of prose that this was built with.
func proseVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == prosePath {
				return m.Version
			}
		}
	}
	return ""
}

// proseTags runs prose over the sentences. Its GPE is a place.
func proseTags(docs []*eval.Doc) (*tagging, error) {
	first, err := prose.NewDocument("Load the model.")
	if err != nil {
		return nil, err
	}
	return timeTagging(docs, func(d *annotate.Doc) []annotate.Entity {
		var es []annotate.Entity
		for _, s := range d.Sentences {
			es = append(es, proseSentence(d.Text, s.Span, first.Model)...)
		}
		return es
	}), nil
}

var proseTypes = map[string]annotate.Type{"PERSON": annotate.Person, "ORG": annotate.Organization, "ORGANIZATION": annotate.Organization, "GPE": annotate.Place}

// proseSentence returns the names of a sentence. Prose gives their words and types, not their
// offsets: they are searched in order among its tokens, and those in order in the text.
func proseSentence(text string, s articles.Span, m *prose.Model) []annotate.Entity {
	doc, err := prose.NewDocument(s.In(text), prose.UsingModel(m), prose.WithSegmentation(false))
	if err != nil {
		return nil
	}
	tokens := doc.Tokens()
	spans := make([]articles.Span, len(tokens))
	at := s.Start
	for i, t := range tokens {
		if n := strings.Index(text[at:s.End], t.Text); n >= 0 {
			spans[i] = articles.Span{Start: at + n, End: at + n + len(t.Text)}
			at = spans[i].End
		}
	}
	var es []annotate.Entity
	next := 0
	for _, e := range doc.Entities() {
		words := strings.Fields(e.Text)
		i := sequence(tokens, words, next)
		if i < 0 || spans[i].Empty() || spans[i+len(words)-1].Empty() {
			continue
		}
		next = i + len(words)
		es = append(es, entity(text, articles.Span{Start: spans[i].Start, End: spans[next-1].End}, proseTypes[e.Label])...)
	}
	return es
}

// sequence returns the index of words among tokens, from first on; −1 if they are not there.
func sequence(tokens []prose.Token, words []string, first int) int {
	for i := first; i+len(words) <= len(tokens); i++ {
		k := 0
		for k < len(words) && tokens[i+k].Text == words[k] {
			k++
		}
		if k == len(words) && k > 0 {
			return i
		}
	}
	return -1
}

// honorifics are cut from the start of a name. They belong to this adapter: the scores of another
// tagger must not change with the words of lexicon/en.
var honorifics = map[string]bool{"Mr": true, "Mrs": true, "Ms": true, "Miss": true, "Dr": true, "Prof": true, "Sir": true, "Lord": true, "Lady": true, "Dame": true, "President": true, "Senator": true, "Sen": true, "Rep": true, "Gov": true, "Judge": true, "Justice": true, "General": true, "Gen": true, "Captain": true, "Sgt": true}

// entity returns a name as an entity of its own, without the titles before it and the possessive
// 's after it; none if nothing is left or the type is unknown.
func entity(text string, s articles.Span, t annotate.Type) []annotate.Entity {
	for t == annotate.Person {
		word, _, more := strings.Cut(s.In(text), " ")
		if !more || !honorifics[strings.TrimSuffix(word, ".")] {
			break
		}
		s.Start += len(word) + 1
	}
	for _, possessive := range []string{" 's", " ’s"} {
		if strings.HasSuffix(s.In(text), possessive) {
			s.End -= len(possessive)
		}
	}
	if s.Empty() || t == "" {
		return nil
	}
	m := annotate.Mention{Span: s, Form: annotate.Name, Type: t}
	return []annotate.Entity{{Type: t, Name: s.In(text), Mentions: []annotate.Mention{m}}}
}

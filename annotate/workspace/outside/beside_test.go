package outside

import (
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/articles"
)

// said lays voices over each other, the engine first, and returns what is told of some words.
func said(k annotate.Kind, at articles.Span, voices ...Voice) []string {
	var others []*annotate.Layer
	for _, v := range voices[1:] {
		others = append(others, v.Layer)
	}
	var out []string
	for _, r := range Beside(text, Over(voices[0].Layer, others...), voices, k, at) {
		out = append(out, r.Of+": "+r.Says)
	}
	return out
}

// voice is what a program found, asked at an hour.
func voice(name string, hour int, es []annotate.Entity, qs ...*annotate.Quote) Voice {
	l := Of(&annotate.Layer{Entities: es, Quotes: qs}, name)
	l.Engine += " 1.0"
	for i := range l.Entities {
		for k := range l.Entities[i].Mentions {
			l.Entities[i].Mentions[k].Origin.Rule = annotate.Asked
		}
	}
	for _, q := range l.Quotes {
		q.Origin.Rule = annotate.Asked
	}
	return Voice{l, name, time.Date(2026, 11, 30, hour, 0, 0, 0, time.UTC)}
}

func own(es []annotate.Entity, qs ...*annotate.Quote) Voice {
	return Voice{Layer: &annotate.Layer{Engine: "model-1", Entities: es, Quotes: qs}}
}

func wordsAt(words string) articles.Span {
	i := strings.Index(text, words)
	return articles.Span{Start: i, End: i + len(words)}
}

// tells compares what is told with what should be.
func tells(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("told\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// one is an entity as a list.
func one(typ annotate.Type, name string, score float64, words ...string) []annotate.Entity {
	return []annotate.Entity{entity("x1", typ, name, score, annotate.Proposed, words...)}
}

// Each program says what it suggests of a name: the same, another type, other ends, or nothing.
func TestBesideMention(t *testing.T) {
	t.Parallel()
	engine := own(one(annotate.Place, "Halden", 0.6, "Halden"))
	tells(t, said(annotate.OfMention, wordsAt("Halden Media"), engine,
		voice("types", 1, one(annotate.Place, "Halden Media", 0, "Halden Media")),
		voice("ends", 2, append(one(annotate.Person, "Halden", 0.5, "Halden"), entity("x2", annotate.Other, "Press", 0, annotate.Proposed, "Media"))),
		voice("same", 3, one(annotate.Organization, "halden media", 0.8, "Halden Media")),
		voice("last", 4, one(annotate.Organization, "Halden Media", 0.9, "Halden Media")),
		voice("none", 5, one(annotate.Person, "Bo", 0.9, "Bo"))),
		"stands: organization halden media, 90% — last 1.0; asked last of the 5 with a suggestion here",
		"the same: same 1.0, 80%",
		"other ends: “Halden”, person, 50%; “Media”, other Press — ends 1.0",
		"other type: place Halden Media — types 1.0",
		"other ends: “Halden”, place, 60% — byline model-1",
		"nothing: none 1.0")
	tells(t, said(annotate.OfMention, wordsAt("Halden"), engine, voice("none", 1, one(annotate.Person, "Bo", 0.9, "Bo"))),
		"stands: place Halden, 60% — byline model-1", "nothing: none 1.0")
	tells(t, said(annotate.OfMention, wordsAt("Halden"), engine))
	tells(t, said(annotate.OfMention, wordsAt("left"), engine, voice("none", 1, nil)), "nothing: none 1.0; byline model-1")
}

// Whom a name stands for is told where programs differ in it. An entity of several has the name that the first of them gave it.
func TestBesideName(t *testing.T) {
	t.Parallel()
	ann, bo := one(annotate.Person, "Ann Lee", 0.6, "Ann Lee", "she"), one(annotate.Person, "Bo", 0.7, "Bo", "she")
	ann[0].Mentions[1].Form, bo[0].Mentions[1].Form = annotate.Pronoun, annotate.Pronoun
	tells(t, said(annotate.OfMention, wordsAt("she"), own(ann), voice("other", 1, bo)),
		"stands: person Bo, 70% — other 1.0; asked last of the 2 with a suggestion here",
		"other name: person Ann Lee, 60% — byline model-1")
	file := Of(&annotate.Layer{Entities: one(annotate.Person, "Lee", 0, "Ann Lee")}, "file")
	tells(t, said(annotate.OfMention, wordsAt("Ann Lee"),
		own(one(annotate.Person, "Ann Lee", 0.6, "Ann Lee")), Voice{file, "file", time.Unix(1, 0)}),
		"stands: person Ann Lee; by itself: person Lee — file; imported last of the 2 with a suggestion here",
		"the same: byline model-1, 60%")
}

// A suggestion of a program that was asked later does not stand where it overlaps one that was asked still later: that is said.
func TestBesideYields(t *testing.T) {
	t.Parallel()
	wide := voice("wide", 1, one(annotate.Person, "Ann Lee of Halden Media", 0, "Ann Lee of Halden Media"))
	names := voice("names", 2, one(annotate.Organization, "Halden Media", 0, "Halden Media"))
	engine := own(one(annotate.Person, "Ann Lee", 0.9, "Ann Lee"))
	tells(t, said(annotate.OfMention, wordsAt("Ann Lee"), engine, wide, names),
		"stands: person Ann Lee, 90% — byline model-1",
		"other ends: “Ann Lee of Halden Media”, person; gives way to “Halden Media” — wide 1.0",
		"nothing: names 1.0")
	tells(t, said(annotate.OfMention, wordsAt("of"), engine, wide, names), // where somebody may have added a name
		"other ends: “Ann Lee of Halden Media”, person; gives way to “Halden Media” — wide 1.0",
		"nothing: names 1.0; byline model-1")
}

// saidBy is a quote of some words, spoken by an entity or by words that name nobody.
func saidBy(words, speaker, naming string, typ annotate.QuoteType) *annotate.Quote {
	q := &annotate.Quote{Span: wordsAt(words), Type: typ, Speaker: speaker, Origin: annotate.Origin{Score: 0.8, Rule: "cue"}}
	if naming != "" {
		q.SpeakerMention = wordsAt(naming)
	}
	return q
}

// Of a quote programs differ in the speaker, the type and the ends, marks included.
func TestBesideQuote(t *testing.T) {
	t.Parallel()
	ann, bo := one(annotate.Person, "Ann Lee", 0.9, "Ann Lee", "she"), one(annotate.Person, "Bo", 0.9, "Bo")
	lee := one(annotate.Person, "Lee", 0.9, "she")
	tells(t, said(annotate.OfQuote, wordsAt("“No,”"),
		own(bo, saidBy("“No,”", "x1", "", annotate.Direct)),
		voice("only names", 1, bo),
		voice("wide", 2, ann, saidBy("Bo. “No,” she said", "x1", "", annotate.Indirect)),
		voice("bare", 3, nil, saidBy("No,", "", "", annotate.Direct)),
		voice("words", 4, nil, saidBy("“No,”", "", "met", annotate.Direct)),
		voice("type", 5, ann, saidBy("“No,”", "x1", "", annotate.Mixed)),
		voice("mention", 6, lee, saidBy("“No,”", "x1", "", annotate.Direct)),
		voice("silent", 7, nil, saidBy("“No,”", "", "", annotate.Direct)),
		voice("last", 8, ann, saidBy("“No,”", "x1", "", annotate.Direct))),
		"stands: direct, by Ann Lee, 80% — last 1.0; asked last of the 8 with a suggestion here",
		"the same: silent 1.0, which names no speaker, 80%; mention 1.0, 80%",
		"other type: mixed, by Ann Lee, 80% — type 1.0",
		"other speaker: direct, by met, 80% — words 1.0",
		"other ends: without the marks, direct, no speaker, 80% — bare 1.0",
		"other ends: “Bo. “No,” she said”, indirect, by Ann Lee, 80% — wide 1.0",
		"other speaker: direct, by Bo, 80% — byline model-1",
		"nothing: only names 1.0")
}

// What byline adds to the quote of a program is told as byline's.
func TestBesideQuoteThatBylineCompletes(t *testing.T) {
	t.Parallel()
	ann := one(annotate.Person, "Ann Lee", 0.9, "Ann Lee")
	quoter := voice("quoter", 1, nil, saidBy("“No,”", "", "", annotate.Direct))
	engine := own(ann, saidBy("“No,”", "x1", "", annotate.Direct))
	shown := Over(engine.Layer, quoter.Layer)
	shown.Quotes[0].Speaker = shown.Entities[0].ID // as the engine does
	var got []string
	for _, r := range Beside(text, shown, []Voice{engine, quoter}, annotate.OfQuote, wordsAt("“No,”")) {
		got = append(got, r.Of+": "+r.Says)
	}
	tells(t, got,
		"stands: direct, by Ann Lee, 80%; byline found who speaks — quoter 1.0; asked last of the 2 with a suggestion here",
		"the same: byline model-1, 80%")
}

package session_test

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui/session"
)

// on returns an action on words of the story.
func on(name session.Name, words string) session.Action {
	return session.Action{Name: name, Span: span(words, 0)}
}

// does does actions and returns the effect of the last.
func does(t *testing.T, s *session.Session, as ...session.Action) (e session.Effect) {
	t.Helper()
	var err error
	for _, a := range as {
		if e, err = s.Do(t.Context(), a); err != nil {
			t.Fatal(a.Name, err)
		}
	}
	return e
}

// Words that stand alone between marks, or with what is before these, take the marks with them; the
// type follows from the marks and from what is before.
func TestNewQuotes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		words, quote string
		typ          annotate.QuoteType
		widened      bool
	}{
		{"We sold the press", "“We sold the press,”", annotate.Direct, true},
		{"not the paper", "“not the paper.”", annotate.Direct, true},
		{"she said, “not the paper", "she said, “not the paper.”", annotate.Indirect, true},
		{"We sold", "We sold", annotate.Indirect, false},
		{"“We sold the press,”", "“We sold the press,”", annotate.Direct, false},
		{"called the sale sad", "called the sale sad", annotate.Indirect, false},
	} {
		s, l := open(t)
		e := does(t, s, on(session.Quote, c.words))
		if e.Asks == nil || e.Asks.Topic != session.AskSpeaker || !e.Used || e.Widened != c.widened {
			t.Fatalf("%s: %+v", c.words, e)
		}
		does(t, s, e.Asks.Choices[0].Do)
		cur, ok := s.Current()
		if !ok || !session.IsQuote(cur) || cur.In(story) != c.quote {
			t.Fatalf("%s: the cursor is on %q", c.words, cur.In(story))
		}
		q := s.Claims().Layer.Quotes[cur.Index]
		if q.Type != c.typ || q.Speaker == "" || q.State != annotate.Confirmed {
			t.Errorf("%s: %+v", c.words, q)
		}
		does(t, s, session.Action{Name: session.Undo}, session.Action{Name: session.Undo})
		if n := len(s.Claims().Layer.Quotes); n != 2 {
			t.Errorf("%s: %d quotes after undo, %d decisions", c.words, n, len(l.all))
		}
	}
}

// Quoted words that a sentence of the writer's runs into are mixed.
func TestMixedQuotes(t *testing.T) {
	t.Parallel()
	const text = "He called the sale a “sad little end” to it all. She asked: “Who reads it?” They said “We do.”"
	a := &articles.Article{ID: "m", Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}
	s := session.New(newLedger(), session.Options{})
	s.Show(a)
	for words, typ := range map[string]annotate.QuoteType{"sad little end": annotate.Mixed, "Who reads it": annotate.Direct, "We do": annotate.Direct} {
		i := strings.Index(text, words)
		e := s.Start(session.Action{Name: session.Quote, Span: articles.Span{Start: i, End: i + len(words)}})
		if e.Asks == nil {
			t.Fatalf("%+v", e)
		}
		to := e.Asks.Choices[len(e.Asks.Choices)-1].Do.Edit.Targets[0].In(text)
		if !strings.HasPrefix(to, "“") || s.Aimed().In(text) != to {
			t.Errorf("%s: %q", words, to)
		}
		if got := typeAdded(t, s); got != string(typ) {
			t.Errorf("%s: %s, not %s", words, got, typ)
		}
	}
}

// typeAdded returns the type of the quote that was decided on last.
func typeAdded(t *testing.T, s *session.Session) string {
	t.Helper()
	return session.LastValue(s)
}

// The type of a quote is set by either key; what cannot be done on a quote says so.
func TestTypesOfQuotes(t *testing.T) {
	t.Parallel()
	for _, key := range []session.Name{session.Quote, session.Label} {
		s, l := open(t)
		e := do(t, s, session.NextQuote, key)
		if e.Asks == nil || e.Asks.Topic != session.AskQuoteType || len(e.Asks.Choices) != 3 || !e.Asks.Choices[0].Now {
			t.Fatalf("%s: %+v", key, e)
		}
		does(t, s, e.Asks.Choices[1].Do)
		if d := l.all[len(l.all)-1]; d.Verb != annotate.Relabel || d.Kind != annotate.OfQuote || d.Value != "mixed" {
			t.Errorf("%s: %+v", key, d)
		}
	}
	s, l := open(t)
	do(t, s, session.NextQuote)
	if e := does(t, s, session.Action{Name: session.Label, Text: "Indirect"}); e.None != 0 || l.all[0].Value != "indirect" {
		t.Errorf("%+v", e)
	}
	if e := does(t, s, session.Action{Name: session.Label, Text: "ship"}); e.None != session.NoQuoteType || e.About != "ship" {
		t.Errorf("%+v", e)
	}
	if e := does(t, s, session.Action{Name: session.NextMention}, session.Action{Name: session.Next}, session.Action{Name: "again"}); e.None != session.NoQuote {
		t.Errorf("the type of a quote is repeated on a name: %+v", e)
	}
	s, _ = open(t)
	if e := do(t, s, session.Next, "start-at-mark"); e.None != session.NoQuote {
		t.Errorf("%+v", e)
	}
}

// The ends of a quote go to quotation marks.
func TestEndsAtMarks(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, session.NextQuote, "end-at-mark")
	if d := l.all[len(l.all)-1]; d.To.Exact != "“We sold the press,” she said, “not the paper.”" {
		t.Errorf("%q", d.To.Exact)
	}
	if e := do(t, s, "end-at-mark"); e.None != 0 {
		t.Errorf("inwards: %+v", e)
	}
	if d := l.all[len(l.all)-1]; d.To.Exact != "“We sold the press,”" {
		t.Errorf("%q", d.To.Exact)
	}
}

// Who is the subject of the verb comes before who is named nearest, and people before organizations.
func TestLikelySpeakers(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	e := does(t, s, on(session.Quote, "the sale sad"))
	names := func(e session.Effect) (out []string) {
		for _, c := range e.Asks.Choices {
			if c.Entity >= 0 {
				out = append(out, s.Claims().Layer.Entities[c.Entity].Name)
			}
		}
		return out
	}
	if got := strings.Join(names(e), ", "); got != "Tom Ferris, Marta Quill, Halden Media, Orrin Bay Courier" || e.Asks.Choices[0].Likely != session.SubjectOf || e.Asks.Choices[1].Likely != session.SpokeBefore {
		t.Errorf("%s: %+v", got, e.Asks.Choices[:2])
	}
	s, _ = open(t)
	e = do(t, s, session.NextQuote, session.NextQuote, "speaker")
	if got := names(e); got[0] != "Marta Quill" || !e.Asks.Choices[0].Now || got[1] != "Tom Ferris" {
		t.Errorf("%q", got)
	}
}

// Where "he" or "she" is the subject, no organization is, and whoever spoke before comes first; without, the
// organization does.
func TestPronounIsNoOrganization(t *testing.T) {
	t.Parallel()
	const before = "“No,” said Tom Ferris. "
	for sentence, first := range map[string]string{
		"Halden Media was late, and he said the sale was sad.":                     "Tom Ferris",
		"Halden Media was late, and it said the sale was sad.":                     "Halden Media",
		"Halden Media said he knew the sale was sad.":                              "Halden Media",
		"Tom Ferris, of Halden Media, said, “No[.]” He knew that the sale was sad": "Tom Ferris",
	} {
		text := before + sentence
		at := func(words string) articles.Span {
			i := strings.Index(text, words)
			return articles.Span{Start: i, End: i + len(words)}
		}
		entity := func(id string, typ annotate.Type, name string) annotate.Entity {
			return annotate.Entity{ID: id, Type: typ, Name: name, Mentions: []annotate.Mention{{Span: at(name), Form: annotate.Name, Type: typ}}}
		}
		l := newLedger()
		l.now = review.Apply(text, &annotate.Layer{
			Entities: []annotate.Entity{entity("e1", annotate.Person, "Tom Ferris"), entity("e2", annotate.Organization, "Halden Media")},
			Quotes:   []*annotate.Quote{{Span: at("“No,”"), Type: annotate.Direct, Speaker: "e1"}, {Span: at("the sale was sad"), Type: annotate.Indirect}},
		}, nil)
		s := session.New(l, session.Options{})
		if err := s.Open(t.Context(), &articles.Article{ID: "a", Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}); err != nil {
			t.Fatal(err)
		}
		s.See(session.View{Span: articles.Span{End: len(text)}})
		e := do(t, s, session.NextQuote, session.NextQuote, "speaker")
		if got := s.Claims().Layer.Entities[e.Asks.Choices[0].Entity].Name; got != first {
			t.Errorf("%s: %s comes first, not %s", sentence, got, first)
		}
	}
}

// The verb of a quote comes from a list of those near it.
func TestReportingVerbs(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	e := do(t, s, session.NextQuote, session.Cue)
	if e.Asks == nil || e.Asks.Topic != session.AskCue || len(e.Asks.Choices) != 2 || e.Asks.Choices[0].Span.In(story) != "said" {
		t.Fatalf("%+v", e.Asks)
	}
	does(t, s, e.Asks.Choices[0].Do)
	if d := l.all[0]; d.Verb != annotate.Cue || d.To.Exact != "said" {
		t.Errorf("%+v", d)
	}
}

// Any words are noted and highlighted, gone to, and cleared.
func TestNotesOnWords(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	e := does(t, s, on(session.Note, "for thirty years"))
	if e.Asks == nil || e.Asks.Topic != session.AskNote || e.Asks.Words != "" {
		t.Fatalf("%+v", e)
	}
	does(t, s, e.Asks.Typed("since 1989?"), on(session.Highlight, "the sale sad"))
	if e = does(t, s, on(session.Note, "for thirty years")); e.Asks.Words != "since 1989?" {
		t.Errorf("the note is not offered for a change: %+v", e.Asks)
	}
	does(t, s, e.Asks.Typed("since 1990"))
	passage := review.Target{Kind: annotate.OfPassage, Span: span("for thirty years", 0)}
	if got := s.Claims().NoteOn(passage); got != "since 1990" || len(s.Claims().Remarks[passage]) != 1 {
		t.Errorf("%q of %+v", got, s.Claims().Remarks)
	}
	do(t, s, session.Next, session.Note) // of a name: nothing is there to change
	e = do(t, s, session.NextNote)
	if e.Picked.In(story) != "for thirty years" {
		t.Errorf("%+v", e)
	}
	if e = does(t, s, session.Action{Name: session.NextNote, Span: e.Picked}); e.Picked.In(story) != "the sale sad" || e.None != 0 {
		t.Errorf("%+v", e)
	}
	if e = does(t, s, session.Action{Name: session.NextNote, Span: e.Picked}); e.Picked.In(story) != "for thirty years" || e.None != session.FirstNote {
		t.Errorf("%+v", e)
	}
	if e = does(t, s, session.Action{Name: session.PreviousNote, Span: e.Picked}); e.Picked.In(story) != "the sale sad" || e.None != session.LastNote {
		t.Errorf("%+v", e)
	}
	if e = does(t, s, session.Action{Name: session.PreviousNote, Span: e.Picked}); e.Picked.In(story) != "for thirty years" || e.None != 0 {
		t.Errorf("%+v", e)
	}
	if e = do(t, s, "notes"); e.Asks == nil || len(e.Asks.Choices) != 2 {
		t.Errorf("%+v", e)
	}
	does(t, s, on(session.Highlight, "the sale")) // inside the highlight: takes it off
	does(t, s, on(session.RemoveNote, "for thirty years"))
	if n := len(s.Claims().Remarks); n != 0 {
		t.Errorf("%+v", s.Claims().Remarks)
	}
	if e = do(t, s, session.NextNote); e.None != session.NoNotes {
		t.Errorf("%+v", e)
	}
	before := len(l.all)
	if e = does(t, s, on(session.RemoveNote, "Tom Ferris")); e.None != session.NoNoteHere || len(l.all) != before {
		t.Errorf("%+v", e)
	}
}

// Line by line there is no selection: the next note follows the one that was gone to last.
func TestNextNoteByLines(t *testing.T) {
	t.Parallel()
	s := session.New(newLedger(), session.Options{Lines: true})
	if err := s.Open(t.Context(), article()); err != nil {
		t.Fatal(err)
	}
	s.See(session.View{Span: articles.Span{End: len(story)}})
	does(t, s, on(session.Highlight, "for thirty years"), on(session.Highlight, "the sale sad"))
	for _, want := range []string{"for thirty years", "the sale sad", "for thirty years"} {
		if e := do(t, s, session.NextNote); e.Picked.In(story) != want {
			t.Errorf("%q, not %q", e.Picked.In(story), want)
		}
	}
	for _, want := range []string{"the sale sad", "for thirty years", "the sale sad"} {
		if e := do(t, s, session.PreviousNote); e.Picked.In(story) != want {
			t.Errorf("back to %q, not %q", e.Picked.In(story), want)
		}
	}
}

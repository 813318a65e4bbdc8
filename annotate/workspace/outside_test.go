package workspace_test

import (
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

const sold = "“We sold the press in 1999,” said Marta Quill. Bob Hale agreed. Later, Marta Quill left."

// suggestion is a layer of another program that takes all of some words for one entity.
func suggestion(program string, typ annotate.Type, words ...string) *annotate.Layer {
	o := annotate.Origin{Stage: program, Rule: annotate.Asked, Score: 0.5}
	e := annotate.Entity{ID: "x1", Type: typ, Name: words[0], Origin: o}
	for _, word := range words {
		at := strings.Index(sold, word)
		e.Mentions = append(e.Mentions, annotate.Mention{Span: articles.Span{Start: at, End: at + len(word)}, Form: annotate.Name, Type: typ, Origin: o})
	}
	return &annotate.Layer{Engine: program + " " + program + "-1", Entities: []annotate.Entity{e}}
}

// desk is a library with an article, beside the whole engine.
func desk(t *testing.T, who string) (*workspace.Workspace, *articles.Article) {
	t.Helper()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	library, err := db.Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { library.Close() })
	w := workspace.New(library, e, workspace.Options{Who: who})
	added, err := library.Add(ctx, story("a", sold))
	if err != nil {
		t.Fatal(err)
	}
	a, err := library.Article(ctx, added.ID)
	if err != nil {
		t.Fatal(err)
	}
	return w, a
}

func suggest(t *testing.T, w *workspace.Workspace, a *articles.Article, name string, l *annotate.Layer) *workspace.Document {
	t.Helper()
	if _, err := workspace.Suggest(ctx, w, a.ID, name, a, l); err != nil {
		t.Fatal(err)
	}
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// told says who speaks the quote of doc, and what the entities are.
func told(doc *workspace.Document) string {
	var out []string
	for _, e := range doc.Layer.Entities {
		s := string(e.Type) + " " + e.Name + ":"
		for _, m := range e.Mentions {
			s += " " + m.In(doc.Text)
			if m.State == annotate.Confirmed {
				s += "+"
			}
		}
		out = append(out, s)
	}
	for _, q := range doc.Layer.Quotes {
		by := "nobody"
		if e := doc.Layer.Entity(q.Speaker); e != nil {
			by = e.Name
		}
		out = append(out, "by "+by)
	}
	return strings.Join(out, ", ")
}

// What was confirmed stays when a program is asked, asked again and taken away; what nobody decided on is as the programs have it.
func TestConfirmedUnderOtherPrograms(t *testing.T) {
	t.Parallel()
	w, a := desk(t, "ann")
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	var all []review.Target
	for c := range doc.Layer.Claims() {
		all = append(all, review.Target{Kind: c.Kind, Span: c.Span})
	}
	if _, _, err := w.Edit(ctx, a, review.Edit{Verb: annotate.Confirm, Targets: all}); err != nil {
		t.Fatal(err)
	}
	const want = "person Marta Quill: Marta Quill+ Marta Quill+, person Bob Hale: Bob Hale+, by Marta Quill"
	for _, c := range []struct {
		name string
		l    *annotate.Layer
		more string
	}{
		{"merge", suggestion("merge", annotate.Organization, "Marta Quill", "Bob Hale"), ""},
		{"years", suggestion("years", "year", "1999"), "year 1999: 1999, "},
		{"merge", suggestion("merge", annotate.Person, "Bob Hale", "Marta Quill"), "year 1999: 1999, "},
		{"years", &annotate.Layer{}, ""},
		{"merge", &annotate.Layer{}, ""},
	} {
		if got := told(suggest(t, w, a, c.name, c.l)); got != c.more+want {
			t.Errorf("%s: %s\nnot %s", c.name, got, c.more+want)
		}
	}
}

// Whose suggestions win is who was asked last, whatever their names; the article says who made its suggestions, and so do decisions.
func TestLastAskedWins(t *testing.T) {
	t.Parallel()
	w, a := desk(t, "ann")
	suggest(t, w, a, "zebra", suggestion("zebra", annotate.Organization, "Bob Hale"))
	if got := told(suggest(t, w, a, "ant", suggestion("ant", annotate.Place, "Bob Hale"))); !strings.Contains(got, "place Bob Hale") {
		t.Errorf("ant was asked last: %s", got)
	}
	doc := suggest(t, w, a, "zebra", suggestion("zebra", annotate.Organization, "Bob Hale"))
	if got := told(doc); !strings.Contains(got, "organization Bob Hale") || !strings.Contains(got, "by Marta Quill") {
		t.Errorf("zebra was asked last: %s", got)
	}
	makers := workspace.EngineOf(w) + " + ant ant-1 + zebra zebra-1"
	if got := workspace.MakersOf(ctx, w, a.ID); got != makers {
		t.Errorf("the suggestions are those of %q, not of %q", got, makers)
	}
	at := strings.Index(sold, "Bob Hale")
	for _, e := range []review.Edit{
		{Verb: annotate.Confirm, Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + 8}}}},
		{Verb: annotate.Confirm, Targets: []review.Target{{Kind: annotate.OfQuote, Span: doc.Layer.Quotes[0].Span}}},
		{Verb: annotate.Done},
	} {
		if _, _, err := w.Edit(ctx, a, e); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"zebra zebra-1", workspace.EngineOf(w), makers} {
		if got := doc.Log[i].Engine; got != want {
			t.Errorf("decision %d is on what %q suggested, not %q", i, got, want)
		}
	}
	if got := review.OtherEngines(append(review.FinishedIn(doc.Log), review.Finished{Who: "bob", Engine: workspace.EngineOf(w)}), doc.Machine.Engine); !strings.Contains(got, "bob: "+workspace.EngineOf(w)) {
		t.Errorf("that bob had no other programs is told as %q", got)
	}
}

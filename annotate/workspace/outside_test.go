package workspace_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/team"
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

// suggest stores what a program suggests; nil takes it away.
func suggest(t *testing.T, w *workspace.Workspace, a *articles.Article, name string, l *annotate.Layer) *workspace.Document {
	t.Helper()
	var err error
	if l == nil {
		err = workspace.Withdraw(ctx, w, a.ID, name)
	} else {
		_, err = workspace.Suggest(ctx, w, a.ID, name, a, l)
	}
	if err != nil {
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
		{"years", nil, ""},
		{"merge", nil, ""},
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

// ownScore is what byline gives a suggestion, which changes with its model.
var ownScore = regexp.MustCompile(`, \d+% — byline`)

// besides are what is told of some words beside the reasons: what each program suggests there.
func besides(w *workspace.Workspace, doc *workspace.Document, k annotate.Kind, at articles.Span) []string {
	var out []string
	for _, r := range w.Why(ctx, doc.Article, doc.Layer, k, at) {
		if r.Beside {
			out = append(out, r.Of+": "+ownScore.ReplaceAllString(r.Says, " — byline"))
		}
	}
	return out
}

// Why says what each program suggests of a name and of a quote, the one asked last first; of a name that somebody added, too. Without another
// program it says nothing of that.
func TestWhyTellsEachProgram(t *testing.T) {
	t.Parallel()
	w, a := desk(t, "ann")
	hale, press := wordsOf("Bob Hale"), wordsOf("press")
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := besides(w, doc, annotate.OfMention, hale); len(got) > 0 {
		t.Errorf("one alone: %q", got)
	}
	suggest(t, w, a, "zebra", suggestion("zebra", annotate.Organization, "Bob Hale"))
	suggest(t, w, a, "years", suggestion("years", "year", "1999"))
	doc = suggest(t, w, a, "ant", suggestion("ant", annotate.Place, "Hale"))
	engine := " — byline " + workspace.EngineOf(w)
	for _, c := range []struct {
		k    annotate.Kind
		at   articles.Span
		want []string
	}{
		{annotate.OfMention, hale, []string{"stands: place Hale, 50% — ant ant-1; asked last of the 3 with a suggestion here",
			"other ends: “Bob Hale”, organization, 50% — zebra zebra-1", "other ends: “Bob Hale”, person" + engine, "nothing: years years-1"}},
		{annotate.OfQuote, doc.Layer.Quotes[0].Span, []string{"stands: direct, by Marta Quill" + engine, "nothing: ant ant-1; years years-1; zebra zebra-1"}},
	} {
		if got := besides(w, doc, c.k, c.at); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("told\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
	if _, _, err := w.Edit(ctx, a, review.Edit{Verb: annotate.Add, Value: "organization", Targets: []review.Target{{Kind: annotate.OfMention, Span: press}}}); err != nil {
		t.Fatal(err)
	}
	if doc, err = w.Open(ctx, a.ID); err != nil {
		t.Fatal(err)
	}
	all := w.Why(ctx, doc.Article, doc.Layer, annotate.OfMention, press)
	if len(all) != 1 || all[0].Of != "nothing" || !strings.Contains(all[0].Says, "zebra zebra-1; byline") {
		t.Errorf("of what was added: %+v", all)
	}
}

func wordsOf(words string) articles.Span {
	at := strings.Index(sold, words)
	return articles.Span{Start: at, End: at + len(words)}
}

// What is hidden from an annotator is hidden in what each program suggests, in the place of the suggestion that is hidden, whatever its ends.
func TestWhyKeepsHiddenWhatIsHidden(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl")
	var body strings.Builder
	var names, wide []annotate.Mention
	origin := func(program string) annotate.Origin {
		return annotate.Origin{Stage: program, Rule: annotate.Asked, Score: 0.5}
	}
	for i := range 60 {
		start := body.Len()
		fmt.Fprintf(&body, "Alpha%c%c met nobody. ", 'a'+i%26, 'a'+i/26)
		for _, m := range []struct {
			in   *[]annotate.Mention
			len  int
			from string
		}{{&names, len("Alphaaa"), "names"}, {&wide, len("Alphaaa met"), "wide"}} {
			*m.in = append(*m.in, annotate.Mention{Span: articles.Span{Start: start, End: start + m.len}, Form: annotate.Name, Type: annotate.Person, Origin: origin(m.from)})
		}
	}
	id := c.add(t, story("a", strings.TrimSpace(body.String())))
	a := c.see("ann", id).Article
	for _, p := range []struct {
		name string
		ms   []annotate.Mention
	}{{"wide", wide}, {"names", names}} {
		l := &annotate.Layer{Engine: p.name, Entities: []annotate.Entity{{ID: "x", Type: annotate.Person, Name: "Alpha", Mentions: p.ms, Origin: origin(p.name)}}}
		suggest(t, c.of["ann"], a, p.name, l)
	}
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann"}},
		team.Event{Verb: team.Assign, Terms: team.Terms{Hidden: 0.5, Seed: 3}, Deal: map[string][]string{"ann": {id}}})
	doc := c.see("ann", id)
	shown := map[articles.Span]bool{}
	for _, m := range doc.Layer.Mentions() {
		shown[m.Span] = true
	}
	if len(shown) < 15 || len(shown) > 45 || shown[names[0].Span] { // by whose name the programs together call all of them
		t.Fatalf("%d of 60 are shown, the first of them %v", len(shown), shown[names[0].Span])
	}
	for _, e := range doc.Layer.Entities {
		if at := strings.Index(doc.Text, e.Name); !shown[articles.Span{Start: at, End: at + len(e.Name)}] {
			t.Errorf("somebody is called %s, which is hidden", e.Name)
		}
	}
	for i, m := range names {
		told := strings.Join(besides(c.of["ann"], doc, annotate.OfMention, m.Span), "\n")
		if hidden := !strings.Contains(told, "stands") && !strings.Contains(told, "met"); hidden == shown[m.Span] {
			t.Errorf("shown %v: %s is told as %q", shown[m.Span], m.In(doc.Text), told)
		}
		for _, n := range names {
			if words := n.In(doc.Text); !shown[n.Span] && words != m.In(doc.Text) && strings.Contains(told, words) {
				t.Errorf("%s is called by %s, which is hidden: %q", m.In(doc.Text), words, told)
			}
		}
		if told := besides(c.of["ann"], doc, annotate.OfMention, wide[i].Span); !shown[m.Span] && strings.Contains(strings.Join(told, ""), "Alpha") {
			t.Errorf("%s, which is hidden, is told beside as %q", m.In(doc.Text), told)
		}
		if told := strings.Join(besides(c.of["bob"], c.see("bob", id), annotate.OfMention, m.Span), "\n"); !strings.Contains(told, "stands: person Alpha") || !strings.Contains(told, " met") {
			t.Errorf("from bob nothing is hidden: %s", told)
		}
	}
}

// No quote is shown as said by nobody because who says it is hidden: it is hidden with them, unless another speaker is shown.
func TestNoQuoteLosesWhoSaysIt(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl")
	var body strings.Builder
	l := &annotate.Layer{Engine: "quoting"}
	said := map[articles.Span][]articles.Span{} // the speakers of a quote
	for i := range 60 {
		var of []string
		var by []articles.Span
		for k := range 1 + i%2 {
			name := fmt.Sprintf("Alpha%c%c%c", 'a'+i%26, 'a'+i/26, 'a'+k)
			s := articles.Span{Start: body.Len(), End: body.Len() + len(name)}
			id := fmt.Sprint("x", i, k)
			l.Entities = append(l.Entities, annotate.Entity{ID: id, Type: annotate.Person, Name: name, Origin: annotate.Origin{Stage: "outside:quoting", Rule: annotate.Asked},
				Mentions: []annotate.Mention{{Span: s, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Stage: "outside:quoting", Rule: annotate.Asked}}}})
			of, by = append(of, id), append(by, s)
			body.WriteString(name + " said ")
		}
		words := fmt.Sprintf("“we sold %d.”", i)
		q := articles.Span{Start: body.Len(), End: body.Len() + len(words)}
		body.WriteString(words + " ")
		l.Quotes = append(l.Quotes, &annotate.Quote{Span: q, Type: annotate.Direct, Speaker: of[0], Also: of[1:], SpeakerMention: by[0], Origin: annotate.Origin{Stage: "outside:quoting", Rule: annotate.Asked}})
		said[q] = by
	}
	id := c.add(t, story("a", strings.TrimSpace(body.String())))
	suggest(t, c.of["bob"], c.see("bob", id).Article, "quoting", l)
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann"}},
		team.Event{Verb: team.Assign, Terms: team.Terms{Hidden: 0.4, Seed: 3}, Deal: map[string][]string{"ann": {id}}})
	doc := c.see("ann", id)
	hidden := workspace.Hidden(doc, "ann")
	shown := map[articles.Span]bool{}
	for _, q := range doc.Layer.Quotes {
		if shown[q.Span] = true; q.Speaker == "" {
			t.Errorf("%s is said by nobody", q.In(doc.Text))
		}
	}
	if len(shown) < 10 || len(shown) > 50 {
		t.Fatalf("%d of 60 quotes are shown", len(shown))
	}
	for q, by := range said {
		all := !slices.ContainsFunc(by, func(s articles.Span) bool { return !hidden(review.Target{Kind: annotate.OfMention, Span: s}) })
		if all && shown[q] {
			t.Errorf("%s is shown, and none of who says it", q.In(doc.Text))
		}
		if hidden(review.Target{Kind: annotate.OfQuote, Span: q}) == shown[q] {
			t.Errorf("%s: shown %v, and told to be so as well", q.In(doc.Text), shown[q])
		}
	}
}

// Blame says the rule by which a claim was found that somebody decided on, though byline finds it by another since another program was asked.
func TestBlameKnowsWhatWasShown(t *testing.T) {
	t.Parallel()
	w, a := desk(t, "ann")
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	quote := review.Target{Kind: annotate.OfQuote, Span: doc.Layer.Quotes[0].Span}
	for _, verb := range []annotate.Verb{annotate.Confirm, annotate.Reject} { // which tells the layer, and which does not
		if _, _, err := w.Edit(ctx, a, review.Edit{Verb: verb, Targets: []review.Target{quote}}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			program string
			words   []string
		}{{"", nil}, {"years", []string{"said", "Bob Hale"}}, {"ant", []string{"1999"}}, {"years", []string{"said", "Bob Hale"}}} {
			if c.program != "" {
				doc = suggest(t, w, a, c.program, suggestion(c.program, annotate.Person, c.words...))
				if now := doc.Machine.Quotes[0].Origin.Rule; now == "cue-then-name" {
					t.Fatalf("after %s the rule is %s as before", c.program, now)
				}
			} else if doc, err = w.Open(ctx, a.ID); err != nil {
				t.Fatal(err)
			}
			bs := workspace.Blame(ctx, w, doc)
			if len(bs) != 1 || bs[0].Verb != verb || bs[0].Rule != "cue-then-name" {
				t.Errorf("%s, after %q: %+v", verb, c.program, bs)
			}
		}
		suggest(t, w, a, "years", nil)
		suggest(t, w, a, "ant", nil)
	}
}

// A program that found nothing is remembered, and changes nothing: neither what is suggested nor whose suggestions an article has.
func TestFoundNothing(t *testing.T) {
	t.Parallel()
	w, a := desk(t, "ann")
	before, err := w.Open(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	doc := suggest(t, w, a, "blank", &annotate.Layer{Engine: "blank 1.0"})
	if !reflect.DeepEqual(doc.Layer, before.Layer) || workspace.MakersOf(ctx, w, a.ID) != "" {
		t.Errorf("%s, by %q", told(doc), workspace.MakersOf(ctx, w, a.ID))
	}
	if got := besides(w, doc, annotate.OfMention, wordsOf("Bob Hale")); len(got) != 2 || got[1] != "nothing: blank 1.0" {
		t.Errorf("told %q", got)
	}
	by, err := w.Library.SuggestedBy(ctx)
	if err != nil || !slices.Equal(by[a.ID], []string{"blank"}) {
		t.Errorf("annotated by %q, %v", by[a.ID], err)
	}
	doc = suggest(t, w, a, "blank", nil)
	if got := besides(w, doc, annotate.OfMention, wordsOf("Bob Hale")); len(got) > 0 {
		t.Errorf("taken away, it is told as %q", got)
	}
}

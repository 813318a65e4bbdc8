package reader_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/eval"
	"byline/annotate/eval/corpus"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui/app"
	"byline/ui/reader"
	"byline/ui/session"
	"byline/ui/uitest"
)

// An annotator corrects an article to the end by keys, knows the gold and all keys, and makes no
// mistakes. What the gold does not judge, pronouns above all, is right.
type annotator struct {
	uitest.Steps
	session *session.Session
	names   map[articles.Span]annotate.Type
	refers  map[articles.Span]bool // of names: pronouns and common nouns
	gold    *annotate.Layer
	keys    int
	plain   bool // each claim by itself
}

// desk opens the article of d in a reader.
func desk(t *testing.T, d *eval.Doc, e *engine.Engine, o reader.Options) *annotator {
	t.Helper()
	w := &ledger{workspace: workspace{layer: e.Annotate(d.Text, d.Blocks)}, ids: review.IDs{Random: rand.NewChaCha8([32]byte{})}}
	w.now = review.Apply(d.Text, w.layer, nil)
	lib := &single{article: &articles.Article{ID: "a", Title: d.Name, Text: d.Text, Blocks: d.Blocks}}
	s := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: w}, o)
	m, err := app.New(app.Options{}, s)
	if err != nil {
		t.Fatal(err)
	}
	a := &annotator{Steps: uitest.Steps{T: t, Model: m}, session: reader.SessionOf(s), gold: &d.Gold, names: map[articles.Span]annotate.Type{}, refers: map[articles.Span]bool{}}
	for _, x := range d.Gold.Entities {
		for _, mention := range x.Mentions {
			a.names[mention.Span], a.refers[mention.Span] = x.Type, mention.Form != annotate.Name
		}
	}
	a.Send(tea.WindowSizeMsg{Width: 100, Height: 30})
	a.Run(s.Open(reader.Request{ID: "a", Offset: -1}))
	return a
}

// A single is a library of one article.
type single struct {
	stock
	article *articles.Article
}

func (l *single) Article(context.Context, string) (*articles.Article, error) { return l.article, nil }

func (l *single) Entry(_ context.Context, id string) (library.Entry, error) {
	return library.Entry{ID: id}, nil
}

// press presses keys, one by one, and counts them.
func (a *annotator) press(keys ...string) {
	for _, k := range keys {
		a.Press(k)
		a.keys++
	}
}

// correct goes through all that is unreviewed, and returns how many claims were reviewed.
func (a *annotator) correct() (claims int) {
	a.press("a")
	for n := 0; ; n++ {
		c, ok := a.session.Current()
		reviewed, all := a.session.Claims().Reviewed(false)
		switch {
		case reviewed == all:
			return all
		case !ok || n > 2*all:
			a.T.Fatalf("%d of %d reviewed, and no way on:\n%s", reviewed, all, a.View())
		case !a.session.Unreviewed(c):
			a.press("a")
		default:
			a.judge(c)
		}
	}
}

// judge decides on the claim under the cursor.
func (a *annotator) judge(c session.Claim) {
	typ, named := a.names[c.Span]
	to := a.ends(c)
	switch {
	case a.right(c):
		a.confirm(c)
	case to.Empty():
		a.press("x")
	case len(a.moves(c.Span, to)) > 0:
		a.press(a.moves(c.Span, to)...)
	case session.IsQuote(c):
		a.attribute(c)
	case named && typ == annotate.Person:
		a.press("p")
	case typ == annotate.Organization:
		a.press("o")
	default:
		a.press("#", map[annotate.Type]string{annotate.Place: "3", annotate.Other: "4"}[typ])
	}
}

// ends returns the words of the gold that c should have, empty for none: its own, or others near
// that have no claim. What is further off is another claim.
func (a *annotator) ends(c session.Claim) articles.Span {
	const near = 8
	if session.IsQuote(c) {
		q := a.quoteOn(c)
		if q == nil || len(a.moves(c.Span, q.Span)) > near {
			return articles.Span{}
		}
		return q.Span
	}
	if a.names[c.Span] != "" {
		return c.Span
	}
	for _, g := range slices.SortedFunc(maps.Keys(a.names), articles.Span.Compare) {
		if g.Overlaps(c.Span) && a.session.Claims().FindMention(g) < 0 {
			return g
		}
	}
	return articles.Span{}
}

// moves returns the keys that move the ends of a claim on at to those of to, word by word. There
// are none where only the marks of a quote differ.
func (a *annotator) moves(at, to articles.Span) (keys []string) {
	words := func(from, to int) int {
		return len(a.session.Text().Words(articles.Span{Start: from, End: max(from, to)}))
	}
	keys = append(keys, slices.Repeat([]string{"<"}, words(to.Start, at.Start))...)
	keys = append(keys, slices.Repeat([]string{"("}, words(at.Start, to.Start))...)
	keys = append(keys, slices.Repeat([]string{">"}, words(at.End, to.End))...)
	return append(keys, slices.Repeat([]string{")"}, words(to.End, at.End))...)
}

// add tags the people and organizations of the gold that nobody has tagged, and returns how many.
func (a *annotator) add() (added int) {
	missing := func(s articles.Span) bool {
		at := a.session.Claims().FindMention(s)
		return at < 0 || a.session.Claims().Type(a.session.Claims().List[at]) != a.names[s]
	}
	for _, g := range slices.SortedFunc(maps.Keys(a.names), articles.Span.Compare) {
		key := map[annotate.Type]string{annotate.Person: "P", annotate.Organization: "O"}[a.names[g]]
		if key == "" || !missing(g) || a.refers[g] {
			continue
		}
		a.press("/")
		for _, r := range g.In(a.session.Article().Text) {
			if r == ' ' {
				a.press("space")
			} else {
				a.press(string(r))
			}
		}
		a.press("enter")
		for range 9 {
			if _, hits, at := a.session.Found(); len(hits) == 0 || hits[at].Overlaps(g) {
				break
			}
			a.press("n")
		}
		if a.press(key, "esc"); missing(g) {
			a.T.Fatalf("%q is not added:\n%s", g.In(a.session.Article().Text), a.View())
		}
		added++
	}
	return added
}

// missed returns how many quotes of the gold nobody found.
func (a *annotator) missed() (n int) {
	cs := a.session.Claims()
	for _, g := range a.gold.Quotes {
		if !slices.ContainsFunc(cs.Layer.Quotes, func(q *annotate.Quote) bool { return q.State != annotate.Rejected && q.Overlaps(g.Span) }) {
			n++
		}
	}
	return n
}

// confirm confirms c, with all that look like it where these are right and it saves a key.
func (a *annotator) confirm(c session.Claim) {
	cs := a.session.Claims()
	_, own := cs.State(c)
	var same, sure []session.Claim
	for _, o := range cs.List {
		_, origin := cs.State(o)
		if !a.session.Unreviewed(o) || o.Kind() != c.Kind() || cs.Type(o) != cs.Type(c) {
			continue
		}
		if o.Entity == c.Entity && !session.IsQuote(c) {
			same = append(same, o)
		}
		if origin.Score >= own.Score && (!session.IsQuote(o) || origin.Rule == own.Rule) {
			sure = append(sure, o)
		}
	}
	digit, most := "", 2
	for i, list := range slices.DeleteFunc([][]session.Claim{same, sure}, func(l []session.Claim) bool { return len(l) < 2 }) {
		if len(list) > most && !slices.ContainsFunc(list, func(o session.Claim) bool { return !a.right(o) }) {
			digit, most = string(rune('1'+i)), len(list)
		}
	}
	if digit == "" || a.plain {
		a.press("y")
		return
	}
	a.press("Y", digit)
}

// right reports whether the gold has c, or does not judge it.
func (a *annotator) right(c session.Claim) bool {
	cs := a.session.Claims()
	if session.IsQuote(c) {
		q := a.quoteOn(c)
		return q != nil && a.same(c.Span, q.Span) && (q.Speaker == "" || slices.Contains(cs.Speakers(c.Index), a.entityOf(q.Speaker)) || a.entityOf(q.Speaker) < 0)
	}
	typ, named := a.names[c.Span]
	if cs.Form(c) != annotate.Name && !named {
		return true
	}
	return typ == cs.Type(c)
}

// same reports whether two spans have the same words, whatever their marks.
func (a *annotator) same(one, two articles.Span) bool {
	text := a.session.Text()
	return slices.Equal(text.Words(one), text.Words(two))
}

// quoteOn returns the quote of the gold that overlaps c, nil for none.
func (a *annotator) quoteOn(c session.Claim) *annotate.Quote {
	for _, q := range a.gold.Quotes {
		if q.Overlaps(c.Span) {
			return q
		}
	}
	return nil
}

// entityOf returns the entity of the layer that has a mention of one of the gold, −1 for none.
func (a *annotator) entityOf(id string) int {
	e := a.gold.Entity(id)
	if e == nil {
		return -1
	}
	for _, m := range e.Mentions {
		if at := a.session.Claims().FindMention(m.Span); at >= 0 {
			return a.session.Claims().List[at].Entity
		}
	}
	return -1
}

// attribute gives the quote under the cursor its speaker, by the digit that the list has.
func (a *annotator) attribute(c session.Claim) {
	e := a.session.Start(session.Action{Name: "speaker"})
	want := a.entityOf(a.quoteOn(c).Speaker)
	i := slices.IndexFunc(e.Asks.Choices, func(ch session.Choice) bool { return ch.Entity == want })
	a.press("@")
	if i < 9 {
		a.press(string(rune('1' + i)))
		return
	}
	for range i {
		a.press("down")
	}
	a.press("enter")
}

// TestKeysAClaim has an annotator who makes no mistakes correct three articles to the end: what the
// machine found is confirmed, changed or rejected, and the names that it missed are added; missed
// quotes are not. Going on after every decision, and confirming all that look alike, make it less
// than a key a claim.
func TestKeysAClaim(t *testing.T) {
	t.Parallel()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range []struct {
		name  string
		plain bool
		most  float64
	}{{"each claim by itself", true, 1.5}, {"alike together, going on", false, 1.0}} {
		keys, claims, missed := 0, 0, 0
		for _, name := range []string{"21-politics", "27-local", "30-broadsheet"} {
			for d, err := range corpus.File(filepath.Join("../../annotate/eval/testdata/open", name+".txtar"), "") {
				if err != nil {
					t.Fatal(err)
				}
				a := desk(t, d, e, reader.Options{GoOn: !way.plain})
				a.plain = way.plain
				claims += a.correct() + a.add()
				keys, missed = keys+a.keys, missed+a.missed()
			}
		}
		perClaim := float64(keys) / float64(claims)
		t.Logf("%s: %d claims, %d keys, %.2f keys a claim; %d quotes missed", way.name, claims, keys, perClaim, missed)
		if perClaim > way.most {
			t.Errorf("%s: %.2f keys a claim, more than %.1f", way.name, perClaim, way.most)
		}
	}
}

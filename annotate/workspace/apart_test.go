package workspace_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles"
)

var saying = regexp.MustCompile(`“[^”]*,” said (\p{Lu}\pL+)`)

// quoting returns the engine of find with the quotes that a name follows.
func quoting(calls *int) workspace.Engine {
	names := find("large-1", calls).(fake)
	return fake{names.version, func(text string, blocks []articles.Block) *annotate.Layer {
		l := names.annotate(text, blocks)
		for _, at := range saying.FindAllStringSubmatchIndex(text, -1) {
			q := &annotate.Quote{Span: articles.Span{Start: at[0], End: at[2] - len(" said ")}, Type: annotate.Direct, Origin: annotate.Origin{Stage: "quotes", Rule: "x", Score: .5}}
			for e, m := range l.Mentions() {
				if m.Start == at[2] {
					q.Speaker, q.SpeakerMention = e.ID, m.Span
				}
			}
			l.Quotes = append(l.Quotes, q)
		}
		return l
	}, names.part}
}

// A pair is a library of a team and one in which ann works alone: what is sealed is the same to her in both.
type pair struct {
	*crew
	alone *crew
	ids   []string
}

func newPair(t *testing.T, texts ...string) *pair {
	p := &pair{crew: &crew{newFixture(t), t, map[string]*workspace.Workspace{}}, alone: &crew{newFixture(t), t, map[string]*workspace.Workspace{}}}
	for _, c := range []*crew{p.crew, p.alone} {
		all := workspace.New(c.library, quoting(&c.calls), workspace.Options{})
		for _, name := range []string{"ann", "bob", "carl", "eve"} {
			c.of[name] = workspace.For(all, workspace.Member{Who: name})
		}
		p.ids = nil
		for i, text := range texts {
			a := story(fmt.Sprintf("story %d", i), text)
			a.Date = articles.Day(2026, time.January, 1+(i*5)%7)
			added, err := all.Add(ctx, a)
			p.must(err)
			p.ids = append(p.ids, added.ID)
		}
	}
	return p
}

// seal assigns articles blind to ann and bob.
func (p *pair) seal(ids ...string) {
	p.record(team.Event{Verb: team.Create, Articles: ids}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}},
		team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": ids, "bob": ids}})
}

// edit has somebody decide in both libraries, or in that of the team alone.
func (p *pair) edit(who, id string, both bool, e review.Edit) {
	p.t.Helper()
	for _, c := range []*crew{p.crew, p.alone} {
		if c == p.alone && !both {
			continue
		}
		_, _, err := c.of[who].Edit(ctx, c.see(who, id).Article, e)
		p.must(err)
	}
}

// on returns what an edit is of: the first place of words in an article, as a name or as a quote.
func (p *pair) on(id, words string) []review.Target {
	kind := annotate.OfMention
	if strings.HasPrefix(words, "“") {
		kind = annotate.OfQuote
	}
	return []review.Target{{Kind: kind, Span: spanOf(p.t, p.see("ann", id).Text, words)}}
}

// asks are queries of which each asks for something that is decided.
var asks = []string{"org:*", "person:Halden", "weapon:*", "label:weapon", "label:weapon story", "label:*", "name:Halden", "name:Fer*", "story org:Halden", "Halden OR Marta", "sold -person:Halden",
	"said:sold", "said:*", "by:Quill", "by:Ferris", "by:nobody", "by:weapon:*", "quotes:1..", "quotes:0", "by:Halden said:glad", "weapon:Ferris OR org:Halden", "people:3.."}

// answers returns what the people, quotes and searches of a library tell somebody, with limits.
func (c *crew) answers(who string) (out []string) {
	c.t.Helper()
	w := c.of[who]
	c.must(w.Flush(ctx))
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	persons := workspace.PersonsOf(w)
	all, err := persons.All(ctx)
	c.must(err)
	for _, p := range all {
		say("%s %q: %d articles, %d mentions, %d quotes", p.ID, p.Name, p.Articles, p.Mentions, p.Quotes)
		one, err := persons.Person(ctx, p.ID)
		c.must(err)
		if one.Articles != p.Articles || one.Mentions != p.Mentions || one.Quotes != p.Quotes {
			c.t.Errorf("%s: %+v is not %+v of the list", who, one, p)
		}
		for _, s := range one.Spellings {
			say("- %q of %s: %d, %d", s.Text, s.Of, s.Articles, s.Mentions)
		}
		for _, limit := range []int{1, 3} {
			places, err := persons.PersonArticles(ctx, p.ID, limit)
			c.must(err)
			for _, x := range places {
				say("- %d in %s at %d", x.Count, x.Entry.Title, x.Offset)
			}
		}
		quotes, err := persons.Quotes(ctx, p.ID)
		c.must(err)
		for _, q := range quotes {
			say("- said %q in %s", q.Text, q.Entry.Title)
		}
	}
	f := w.Finder()
	for _, ask := range asks {
		e, _, err := f.Parse(ctx, ask, nil)
		if wrong, ok := errors.AsType[*query.Error](err); ok && strings.Contains(ask, "weapon:") {
			say("%s: %s", ask, wrong.Field)
			continue // nobody has this label
		}
		c.must(err)
		found, err := f.Find(ctx, e)
		c.must(err)
		for _, x := range found {
			say("%s has %s", ask, x.Title)
		}
		for _, limit := range []int{1, 3} {
			hits, err := f.Hits(ctx, e, limit)
			c.must(err)
			for _, h := range hits {
				say("%s, %d: %s %d %s", ask, limit, h.Entry.Title, h.Offset, h.Snippet)
			}
			c.must(f.EachQuote(ctx, e, limit, func(q *db.QuoteHit, text string) error {
				say("%s, %d: %s in %s %q, %d", ask, limit, q.By(), q.Entry.Title, q.Text, len(text))
				return nil
			}))
		}
	}
	for _, begun := range []string{"name:", "org:", "person:H", "by:", "weapon:", "weapon:F", "name:Zeb"} {
		offered, err := f.Completions(ctx, begun)
		c.must(err)
		few, err := f.Values(ctx, query.AtEnd(begun, nil), 2)
		c.must(err)
		say("%s: %q, first %q", begun, offered, few)
	}
	labels, err := f.Labels(ctx)
	c.must(err)
	say("labels %q", labels)
	return out
}

// same requires that the answers to somebody are those to another who works elsewhere.
func (p *pair) same(when, who string, c *crew) {
	p.t.Helper()
	got, want := p.answers(who), c.answers("ann")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			p.t.Fatalf("%s: %s is told\n%s\nnot\n%s", when, who, strings.Join(got[min(i, len(got)):min(i+3, len(got))], "\n"), strings.Join(want[min(i, len(want)):min(i+3, len(want))], "\n"))
		}
	}
}

var apartTexts = []string{text, "Halden paid Marta Quill. “We were glad,” said Halden. Story of Orrin.", "Ferris met Halden. Story. “Nobody sold,” said Quill. Halden and Halden.",
	"Quill sold it. “I sold,” said Ferris. “So did I,” said Quill.", "A story of Marta. “Glad it is sold,” said Marta.", "Ferris and Orrin sold a story. Halden."}

// Where nothing is open, an annotator finds in people, quotes, searches and completions what they decided, in the order and up to the limits
// that it would have if they worked alone. Once it is open, they find what all decided.
func TestApart(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := newPair(t, apartTexts...)
		p.seal(p.ids[:4]...)
		decide := func(n int) {
			for range n {
				who, i := []string{"ann", "ann", "bob"}[r.IntN(3)], r.IntN(len(p.ids))
				words := []string{"Halden", "Quill", "Ferris", "sold", "“"}
				id := p.ids[i]
				e := review.Edit{Verb: []annotate.Verb{annotate.Confirm, annotate.Reject, annotate.Relabel, annotate.Relabel, annotate.Undo}[r.IntN(5)]}
				at := words[r.IntN(len(words))]
				if text := p.see("ann", id).Text; e.Verb == annotate.Undo {
					at = ""
				} else if at == "“" {
					quote := saying.FindStringSubmatchIndex(text)
					if quote == nil {
						continue
					}
					at = text[quote[0] : quote[2]-len(" said ")]
					if e.Verb == annotate.Relabel {
						e.Verb, e.To = annotate.Attribute, articles.Span{}
					}
				} else if !strings.Contains(text, at) {
					continue
				}
				if at != "" {
					e.Targets = p.on(id, at)
				}
				if e.Verb == annotate.Relabel {
					if e.Value = []string{"organization", "weapon"}[r.IntN(2)]; at == "sold" {
						e.Verb = annotate.Add
					}
				}
				p.edit(who, id, who == "ann" || i >= 4, e)
			}
		}
		when := func(s string) string { return fmt.Sprintf("seed %d, %s", seed, s) }
		for i := range 2 {
			decide(12)
			if i == 1 { // names that are merged count as one
				for _, c := range []*crew{p.crew, p.alone} {
					c.must(workspace.PersonsOf(c.of["ann"]).Merge(ctx, library.Person{ID: library.PersonID{Key: "quill", Type: annotate.Person}, Name: "Quill"},
						library.Person{ID: library.PersonID{Key: "marta quill", Type: annotate.Person}, Name: "Marta Quill"}))
				}
			}
			p.same(when("sealed"), "ann", p.alone)
		}
		for _, id := range p.ids[:4] {
			for _, who := range []string{"ann", "bob"} {
				p.must(p.decide(who, id, annotate.Done, "", "May"))
			}
		}
		if ann, eve := p.answers("ann"), p.answers("eve"); !slices.Equal(ann, eve) {
			t.Errorf("%s: ann is told\n%s\neve\n%s", when("open"), strings.Join(ann, "\n"), strings.Join(eve, "\n"))
		}
	}
}

// found answers questions about what is decided in the first of apartTexts, one a line.
func (c *crew) found(who string) map[string]string {
	c.t.Helper()
	w := c.of[who]
	c.must(w.Flush(ctx))
	persons, f := workspace.PersonsOf(w), w.Finder()
	named := func(key string, typ annotate.Type) string {
		p, err := persons.Person(ctx, library.PersonID{Key: key, Type: typ})
		c.must(err)
		if p.Articles == 0 {
			return "nobody"
		}
		places, err := persons.PersonArticles(ctx, p.ID, 10)
		c.must(err)
		quotes, err := persons.Quotes(ctx, p.ID)
		c.must(err)
		return fmt.Sprintf("%d articles, %d mentions, %d quotes; %d, %d", p.Articles, p.Mentions, p.Quotes, len(places), len(quotes))
	}
	search := func(text string) string {
		hits, err := f.Search(ctx, text, 10)
		if _, unknown := errors.AsType[*query.Error](err); unknown {
			return "no such field"
		}
		c.must(err)
		var out []string
		for _, h := range hits {
			out = append(out, h.Entry.Title)
		}
		return strings.Join(out, " ")
	}
	offered, err := f.Completions(ctx, "weapon:")
	c.must(err)
	return map[string]string{
		"halden, a company": named("halden", annotate.Organization), "halden": named("halden", annotate.Person), "ferris": named("ferris", annotate.Person),
		"org": search("org:Halden"), "label": search("weapon:Courier"), "named": search("person:Ferris sold"), "speaker": search("by:Halden"), "said": search("said:sold by:Quill"),
		"completions": strings.Join(offered, " "),
	}
}

// What an annotator decided on a sealed article is in each list of theirs, in no list of anybody else, and in everybody's once it is open. What
// they decide in one session, or in another process, is there in the next.
func TestApartOfEach(t *testing.T) {
	t.Parallel()
	p := newPair(t, apartTexts[0])
	id := p.ids[0]
	p.seal(id)
	bare := map[string]string{
		"halden, a company": "nobody", "halden": "1 articles, 3 mentions, 0 quotes; 1, 0", "ferris": "1 articles, 1 mentions, 0 quotes; 1, 0",
		"org": "", "label": "no such field", "named": "story 0", "speaker": "", "said": "story 0", "completions": "",
	}
	own := map[string]string{
		"halden, a company": "1 articles, 3 mentions, 1 quotes; 1, 1", "halden": "nobody", "ferris": "nobody",
		"org": "story 0", "label": "story 0", "named": "", "speaker": "story 0", "said": "", "completions": "weapon:Courier",
	}
	tells := func(when, who string, want map[string]string) {
		t.Helper()
		for q, got := range p.found(who) {
			if got != want[q] {
				t.Errorf("%s: %s is told of %s: %q, not %q", when, who, q, got, want[q])
			}
		}
	}
	others := func(when string) {
		t.Helper()
		for _, who := range []string{"bob", "carl", "eve"} {
			tells(when, who, bare)
		}
	}
	p.of["ann again"] = workspace.For(p.Workspace, workspace.Member{Who: "ann"})
	elsewhere := enter(t, p.path, "ann", "large-1")
	p.of["ann elsewhere"] = workspace.New(elsewhere.library, quoting(&p.calls), workspace.Options{Who: "ann"})
	p.of["ann who reads"] = workspace.For(p.Workspace, workspace.Member{Who: "ann", Reads: true})
	anns := []string{"ann", "ann again", "ann elsewhere", "ann who reads"}
	for _, who := range anns {
		tells("nobody decided", who, bare)
	}
	quote := saying.FindStringSubmatchIndex(apartTexts[0])
	p.edit("ann", id, false, review.Edit{Verb: annotate.Relabel, Value: "organization", Targets: p.on(id, "Halden")})
	p.edit("ann again", id, false, review.Edit{Verb: annotate.Reject, Targets: p.on(id, "Ferris")})
	p.edit("ann elsewhere", id, false, review.Edit{Verb: annotate.Relabel, Value: "weapon", Targets: p.on(id, "Courier")})
	p.edit("ann", id, false, review.Edit{Verb: annotate.Attribute, To: spanOf(t, apartTexts[0], "Halden"), Targets: p.on(id, apartTexts[0][quote[0]:quote[2]-len(" said ")])})
	for _, who := range anns {
		tells("ann decided", who, own)
	}
	others("ann decided")
	for _, view := range []library.View{library.ViewOf("bob"), library.Curated, library.Mine} {
		workspace.See(p.of["ann"], view)
		tells("in the view of "+view.String(), "ann", own)
	}
	workspace.See(p.of["ann"], library.Everyone)
	p.must(p.of["carl"].Library.Remove(ctx, id))
	if got := p.found("ann")["halden, a company"]; got != "nobody" {
		t.Errorf("in the trash there is %s", got)
	}
	p.must(p.of["carl"].Library.Restore(ctx, id))
	tells("back from the trash", "ann", own)
	p.must(p.decide("ann", id, annotate.Done, "", "May"))
	tells("ann is done", "ann", own)
	others("ann is done")
	p.must(p.decide("bob", id, annotate.Done, "", "May"))
	for _, who := range append(anns, "bob", "carl", "eve") {
		tells("open", who, own)
	}
	p.record(team.Event{Verb: team.Reopen, Articles: p.ids})
	p.edit("bob", id, false, review.Edit{Verb: annotate.Undo})
	tells("opened again", "eve", own)
}

// What is hidden from an annotator is in none of their people, quotes and searches while the article is sealed, whether they decided anything
// in it or not; from nobody else is it hidden.
func TestHiddenIsInNoListOfOnes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("nothing runs at the same time here, and it takes long under the race detector")
	}
	const people = 60
	name := func(i int) string { return fmt.Sprintf("Ferris%c%c", 'a'+i%26, 'a'+i/26) }
	words := []string{}
	for i := range people {
		words = append(words, fmt.Sprintf("“we sold %d,” said %s.", i, name(i)))
	}
	c := newPair(t, strings.Join(words, " "))
	id := c.ids[0]
	c.see("bob", id)
	c.must(c.of["bob"].Flush(ctx))
	ids := []string{id}
	c.record(team.Event{Verb: team.Create, Articles: ids}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}},
		team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true, Hidden: .4, Seed: 5}, Deal: map[string][]string{"ann": ids, "bob": ids}})
	lists := func(who string) (names, quotes, found int) {
		persons := workspace.PersonsOf(c.of[who])
		all, err := persons.All(ctx)
		c.must(err)
		for _, p := range all {
			names++
			quotes += p.Quotes
		}
		f := c.of[who].Finder()
		for i := range people {
			e, _, err := f.Parse(ctx, "name:"+name(i), nil)
			c.must(err)
			hits, err := f.Find(ctx, e)
			c.must(err)
			found += len(hits)
		}
		return names, quotes, found
	}
	for _, decided := range []bool{false, true} {
		for _, who := range []string{"ann", "bob"} {
			l := c.see(who, id).Layer
			names, quotes, found := lists(who)
			if len(l.Entities) > people*4/5 || names != len(l.Entities) || found != len(l.Entities) || quotes != len(l.Quotes) {
				t.Errorf("decided %v: %s reads of %d people and %d quotes, and lists have %d, %d; searches find %d", decided, who, len(l.Entities), len(l.Quotes), names, quotes, found)
			}
		}
		if names, quotes, found := lists("carl"); names != people || quotes != people || found != people {
			t.Errorf("decided %v: carl is told of %d, %d, %d", decided, names, quotes, found)
		}
		doc := c.see("ann", id)
		first := review.Target{Kind: annotate.OfMention, Span: doc.Layer.Entities[0].Mentions[0].Span}
		_, _, err := c.of["ann"].Edit(ctx, doc.Article, review.Edit{Verb: annotate.Confirm, Targets: []review.Target{first}})
		c.must(err)
	}
}

package workspace_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles"
)

// A reasoning engine finds one layer in every text, and says why as byline does.
type reasoning struct {
	fake
	whys *engine.Engine
}

func (r reasoning) Why(text string, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason {
	return r.whys.Why(text, l, k, s)
}

// A scene is a text made at random, with a layer of it and what another program says of the same words.
type scene struct {
	text          strings.Builder
	layer, others annotate.Layer
}

// say appends words to the text, and returns where they are.
func (s *scene) say(words string) articles.Span {
	start := s.text.Len()
	s.text.WriteString(words + " ")
	return articles.Span{Start: start, End: start + len(words)}
}

// newScene makes people up who have long and short names, titles and pronouns, and what they say.
func newScene(r *rand.Rand) *scene {
	s := &scene{layer: annotate.Layer{}, others: annotate.Layer{Engine: "other"}}
	outside := annotate.Origin{Stage: "other", Rule: annotate.Asked, Score: .5}
	for i := range 8 {
		first, last := fmt.Sprintf("Ada%c", 'a'+i), fmt.Sprintf("Berg%c", 'a'+i)
		e := annotate.Entity{ID: fmt.Sprint("e", i+1), Type: annotate.Person, Name: first + " " + last, Origin: annotate.Origin{Stage: "people", Rule: "surname", Score: .9}}
		theirs := annotate.Entity{ID: e.ID, Type: annotate.Person, Name: e.Name, Origin: outside}
		for k := range 1 + r.IntN(4) {
			m := annotate.Mention{Type: annotate.Person, Form: annotate.Name, Origin: annotate.Origin{Stage: "names", Rule: "model", Score: .9}}
			if i > 0 && r.IntN(4) == 0 {
				m.Title = s.say(fmt.Sprintf("Berg%c", 'a'+r.IntN(i)))
			}
			switch n := r.IntN(4); {
			case k == 0 || n == 0:
				m.Span = s.say(e.Name)
			case n == 1:
				m.Span = s.say(last)
			case n == 2:
				m.Span, m.Form = s.say(fmt.Sprintf("her%c", 'a'+r.IntN(4))), annotate.Pronoun
			default:
				m.Span, m.Form = s.say("envoy "+last), annotate.Nominal
			}
			e.Mentions = append(e.Mentions, m)
			if r.IntN(3) == 0 {
				m.Origin, m.Title = outside, articles.Span{}
				theirs.Mentions = append(theirs.Mentions, m)
			}
			if r.IntN(2) == 0 {
				cue := s.say([]string{"said", "said " + last}[r.IntN(2)])
				q := &annotate.Quote{Type: annotate.Direct, Speaker: e.ID, SpeakerMention: m.Span, Cue: cue, Origin: annotate.Origin{Stage: "quotes", Rule: "cue-then-name", Score: .9}}
				if i > 0 && r.IntN(3) == 0 {
					q.Also = []string{fmt.Sprint("e", 1+r.IntN(i))}
				}
				q.Span = s.say(fmt.Sprintf("“%d %d.”", i, k))
				s.layer.Quotes = append(s.layer.Quotes, q)
			}
		}
		s.layer.Entities = append(s.layer.Entities, e)
		if len(theirs.Mentions) > 0 {
			s.others.Entities = append(s.others.Entities, theirs)
		}
	}
	return s
}

// listed is what the lists say of the words of a name that is shown.
var listed = regexp.MustCompile(`^“.*” is listed as `)

// toldOf returns the strings of a document beside its text, by where they are: those of its layer, of the reasons for it, and of exports.
func (c *crew) toldOf(who string, doc *workspace.Document) map[string][]string {
	c.t.Helper()
	told := map[string][]string{}
	add := func(where string, words ...string) { told[where] = append(told[where], words...) }
	hides := workspace.Hidden(doc, who)
	for cl := range doc.Machine.Claims() { // also where nothing is shown
		hidden := hides(review.Target{Kind: cl.Kind, Span: cl.Span})
		for _, r := range c.of[who].Why(ctx, doc.Article, doc.Layer, cl.Kind, cl.Span) {
			says := slices.DeleteFunc(append([]string{r.Of, r.Says, r.Origin.Stage}, r.Notes...), func(x string) bool { return !hidden && listed.MatchString(x) })
			add("w", append(says, wordsIn(doc.Text, r.Words...)...)...)
		}
	}
	layers := map[string]*annotate.Layer{"layer": doc.Layer}
	var err error
	_, layers["log --at"], err = c.of[who].At(ctx, doc.ID, time.Now())
	c.must(err)
	for where, l := range layers {
		for e, m := range l.Mentions() {
			add(where, append(wordsIn(doc.Text, m.Span, m.Title), e.Name)...)
		}
		for _, q := range l.Quotes {
			add(where, wordsIn(doc.Text, q.SpeakerMention, q.Cue)...)
		}
	}
	var b bytes.Buffer
	c.must(formats.Named("json").WriteOne(&b, format.Options{}, &doc.Document))
	var out map[string]any
	c.must(json.Unmarshal(b.Bytes(), &out))
	delete(out, "text")
	add("export", leaves(out)...)
	return told
}

func wordsIn(text string, at ...articles.Span) (out []string) {
	for _, s := range at {
		out = append(out, s.In(text))
	}
	return out
}

// leaves returns the strings in a JSON value.
func leaves(x any) (out []string) {
	switch x := x.(type) {
	case string:
		out = append(out, x)
	case []any:
		for _, y := range x {
			out = append(out, leaves(y)...)
		}
	case map[string]any:
		for _, y := range x {
			out = append(out, leaves(y)...)
		}
	}
	return out
}

// Outside its text, an annotator is told no words that are hidden from them, but where they are part of what is shown.
func TestNothingTellsWhatIsHidden(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("nothing runs at the same time here, and it takes long under the race detector")
	}
	whys, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, hid, left := rand.New(rand.NewPCG(1, 2)), 0, 0
	for trial := range 6 {
		c := newCrew(t, workspace.Options{}, "ann", "carl")
		s := newScene(r)
		e := reasoning{fake{"random-1", func(string, []articles.Block) *annotate.Layer { l := s.layer; return &l }, nil}, whys}
		for who := range c.of {
			c.of[who] = workspace.For(workspace.New(c.library, e, workspace.Options{Who: who}), workspace.Member{Who: who})
		}
		id := c.add(t, story("a", strings.TrimSpace(s.text.String())))
		if trial%2 == 1 {
			suggest(t, c.of["carl"], c.see("carl", id).Article, "other", &s.others)
		}
		c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann"}},
			team.Event{Verb: team.Assign, Terms: team.Terms{Hidden: .1 + .6*r.Float64(), Seed: uint64(trial)}, Deal: map[string][]string{"ann": {id}}})
		doc := c.see("ann", id)
		hidden, shown := agreesOnHidden(t, doc)
		hid, left = hid+len(hidden), left+len(shown)
		for where, all := range c.toldOf("ann", doc) {
			for _, words := range all {
				for _, h := range hidden {
					if !withinShown(words, h, shown) {
						t.Errorf("trial %d, %s: %q is hidden, and told in %q", trial, where, h, words)
					}
				}
			}
		}
	}
	if hid < 25 || left < 50 {
		t.Errorf("%d words were hidden and %d shown", hid, left)
	}
}

// agreesOnHidden requires that what a document says is hidden from ann is what it does not show, and returns the words that are hidden everywhere, and shown.
func agreesOnHidden(t *testing.T, doc *workspace.Document) (hidden, shown []string) {
	t.Helper()
	has := map[review.Target]bool{}
	for c := range doc.Layer.Claims() {
		if has[review.Target{Kind: c.Kind, Span: c.Span}] = true; c.Kind == annotate.OfMention {
			shown = append(shown, c.In(doc.Text))
		}
	}
	is := workspace.Hidden(doc, "ann")
	for c := range doc.Machine.Claims() {
		at := review.Target{Kind: c.Kind, Span: c.Span}
		if is(at) == has[at] {
			t.Errorf("%s: shown %v, and hidden %v", c.In(doc.Text), has[at], is(at))
		}
		if c.Kind == annotate.OfMention && is(at) && !slices.Contains(shown, c.In(doc.Text)) {
			hidden = append(hidden, c.In(doc.Text))
		}
	}
	for _, e := range doc.Layer.Entities {
		if all := doc.Machine.Entity(e.ID); all != nil && len(all.Mentions) > len(e.Mentions) && !slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.Form == annotate.Name }) {
			t.Errorf("of %s no name is left", all.Name)
		}
	}
	return hidden, shown
}

// withinShown reports whether words have h nowhere but as part of something longer that is shown.
func withinShown(words, h string, shown []string) bool {
	for _, longer := range shown {
		if strings.Contains(longer, h) {
			words = strings.ReplaceAll(words, longer, "")
		}
	}
	return !regexp.MustCompile(`\b` + regexp.QuoteMeta(h) + `\b`).MatchString(words)
}

// What is hidden is also hidden in earlier versions of an article and at earlier times, and blame does not say by which rule it was suggested.
func TestHiddenInVersionsAndBlame(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl")
	words := "Adaa met Adab, and Adac met Adad. Adae, Adaf, Adag and Adah met nobody."
	id := c.add(t, story("a", words))
	c.add(t, story("a", words+" It was late.")) // its source changed
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann"}},
		team.Event{Verb: team.Assign, Terms: team.Terms{Hidden: .5, Seed: 3}, Deal: map[string][]string{"ann": {id}}})
	doc := c.see("ann", id)
	hidden := workspace.Hidden(doc, "ann")
	named := func(l *annotate.Layer) (out []string) {
		for e := range l.Mentions() {
			out = append(out, e.Name)
		}
		return out
	}
	shown := named(doc.Layer)
	if len(shown) < 2 || len(shown) > 6 {
		t.Fatalf("shown are %q", shown)
	}
	_, was, err := c.of["ann"].Version(ctx, id, 1)
	c.must(err)
	_, then, err := c.of["ann"].At(ctx, id, time.UnixMilli(0))
	c.must(err)
	_, now, err := c.of["ann"].At(ctx, id, time.Now())
	c.must(err)
	for what, l := range map[string]*annotate.Layer{"version 1": was, "at first": then, "now": now} {
		if got := named(l); !slices.Equal(got, shown) {
			t.Errorf("%s: %q are suggested, want %q", what, got, shown)
		}
	}
	for m := range doc.Machine.Claims() {
		if !hidden(review.Target{Kind: m.Kind, Span: m.Span}) {
			continue
		}
		c.must(c.decide("bob", id, annotate.Confirm, m.In(doc.Text), ""))
		for who, known := range map[string]bool{"ann": false, "bob": true} {
			bs := workspace.Blame(ctx, c.of[who], c.see(who, id))
			if len(bs) != 1 || (bs[0].Rule != "") != known {
				t.Errorf("blame tells %s %+v", who, bs)
			}
		}
		return
	}
}

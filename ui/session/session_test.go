package session_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/ui/session"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	for _, step := range []struct {
		name  session.Name
		at    string
		round int
		none  session.Reason
	}{
		{"previous", "Quill", -1, 0}, {"next", "Marta Quill", 1, 0}, {"next-mention", "she", 0, 0}, {"next-mention", "Quill", 0, 0},
		{"next-mention", "Marta Quill", 1, 0}, {"previous-mention", "Quill", -1, 0}, {"next", "Marta Quill", 1, 0},
		{"next", "Orrin Bay Courier", 0, 0}, {"next-mention", "Orrin Bay Courier", 0, session.NoSame},
		{"previous-quote", "“not the paper.”", -1, 0}, {"next-quote", "“We sold the press,”", 1, 0}, {"previous-quote", "“not the paper.”", -1, 0},
		{"least-certain", "“We sold the press,”", 0, 0},
	} {
		if e := do(t, s, step.name); at(s) != step.at || e.None != step.none || e.Round != step.round {
			t.Errorf("%s: at %q, not %q; reason %d, not %d; round %d, not %d", step.name, at(s), step.at, e.None, step.none, e.Round, step.round)
		}
	}
	if e, err := s.Do(t.Context(), session.Action{Name: "fly"}); err != nil || e.None != session.Unknown {
		t.Errorf("%+v, %v", e, err)
	}
}

// The beginning is not passed: what is there and unreviewed comes first, and then what is behind it.
func TestFirstUnreviewedFromTheBeginning(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	if e := do(t, s, "next-quote", "top", "next-unreviewed"); at(s) != "Marta Quill" || !e.Here || !e.Moved {
		t.Errorf("at %q: %+v", at(s), e)
	}
	if e := do(t, s, "next-unreviewed"); at(s) != "Orrin Bay Courier" || e.Here {
		t.Errorf("at %q: %+v", at(s), e)
	}
	if do(t, s, "top", "confirm-next"); at(s) != "Orrin Bay Courier" {
		t.Errorf("after a decision at %q", at(s))
	}
	if e := do(t, s, "top", "next-unreviewed"); at(s) != "Orrin Bay Courier" || e.Here {
		t.Errorf("past what is reviewed at %q: %+v", at(s), e)
	}
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	e := do(t, s, "next", "confirm")
	if e.Edited.Verb != annotate.Confirm || !strings.HasPrefix(e.Said, "Confirmed ") || !e.Read {
		t.Errorf("%+v", e)
	}
	if st, _ := s.Claims().State(s.Claims().List[s.Cursor()]); st != annotate.Confirmed {
		t.Errorf("state %d", st)
	}
	if e := do(t, s, "next", "reject-next"); !e.Moved || at(s) != "Halden Media" {
		t.Errorf("at %q after %+v", at(s), e)
	}
	do(t, s, "again") // the rejection
	if got := l.log(); !slices.Equal(got, []string{"confirm Marta Quill", "reject Orrin Bay Courier", "reject Halden Media"}) {
		t.Errorf("%q", got)
	}
	do(t, s, "undo", "undo", "undo")
	if c := s.Claims().Counts; c.Reviewed != 0 {
		t.Errorf("%+v", c)
	}
}

// A type goes to all names of what has it, and the session can say to which, if they are written another way.
func TestTypesTakeNamesAlong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		do   []session.Name
		want []string
	}{
		{[]session.Name{session.Next, session.Organization}, []string{"Quill"}},
		{[]session.Name{session.Next, session.OrganizationHere}, nil},
		{[]session.Name{session.Next, session.Confirm}, nil},
		{[]session.Name{session.Next, session.Next, session.Person}, nil},
	} {
		s, _ := open(t)
		e := do(t, s, c.do...)
		if got := s.Claims().Along(story, &e.Edited); !slices.Equal(got, c.want) {
			t.Errorf("%v took %q along, not %q", c.do, got, c.want)
		}
	}
}

// A question is answered by one of its choices, or by words.
func TestQuestions(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	e := do(t, s, "next-quote", "speaker")
	if e.Asks == nil || e.Asks.Topic != session.AskSpeaker || len(e.Asks.Choices) != 5 {
		t.Fatalf("%+v", e.Asks)
	}
	for _, a := range []session.Action{e.Asks.Choices[1].Do, {Name: "speaker", Text: "ferris"}, {Name: "speaker", Text: "nobody"}, e.Asks.Typed("Zoe")} {
		if _, err := s.Do(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	var to []string
	for _, d := range l.all {
		to = append(to, d.To.Exact+d.Value)
	}
	if want := []string{"Tom Ferris" + "direct", "Tom Ferris" + "direct", "direct", "said by Zoe"}; !slices.Equal(to, want) {
		t.Errorf("%q, not %q", to, want)
	}
	if e, _ := s.Do(t.Context(), session.Action{Name: "speaker", Text: "nobody such"}); e.None != session.NobodyNamed || e.About != "nobody such" {
		t.Errorf("%+v", e)
	}
}

// A quote is given to several by their names, or by several choices of the question, in the order of
// the text.
func TestSeveralSpeakers(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	e := do(t, s, "next-quote", "speaker")
	cs := e.Asks.Choices
	for _, a := range []session.Action{
		e.Asks.Together([]session.Choice{cs[1], cs[0]}), e.Asks.Together([]session.Choice{cs[2]}), e.Asks.Together([]session.Choice{cs[4]}),
		e.Asks.Together([]session.Choice{cs[4], cs[1]}),
		{Name: "speaker", Text: "ferris and Halden Media"}, {Name: "speaker", Text: "Ferris, courier; halden"}, e.Asks.Typed("Tom Ferris and Marta Quill"),
	} {
		if _, err := s.Do(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	var to []string
	for _, d := range l.all {
		names := d.To.Exact
		for _, a := range d.Also {
			names += " + " + a.Exact
		}
		to = append(to, string(d.Verb)+" "+names)
	}
	want := []string{"attribute she + Tom Ferris", "attribute Halden Media", "attribute ", "attribute Tom Ferris",
		"attribute Tom Ferris + Halden Media", "attribute Tom Ferris + Orrin Bay Courier + Halden Media", "attribute Tom Ferris + Marta Quill"}
	if !slices.Equal(to, want) {
		t.Errorf("%q, not %q", to, want)
	}
	if got := s.Claims().SpeakerNames(s.Claims().List[s.Cursor()].Index); got != "Tom Ferris and Marta Quill" {
		t.Errorf("said by %q", got)
	}
	e = do(t, s, "speaker")
	if first := e.Asks.Choices[:2]; s.Claims().Layer.Entities[first[0].Entity].Name != "Tom Ferris" || s.Claims().Layer.Entities[first[1].Entity].Name != "Marta Quill" {
		t.Errorf("those who say it are not offered first: %+v", first)
	}
	if e, _ := s.Do(t.Context(), session.Action{Name: "speaker", Text: "Ferris and Zoe"}); e.None != session.NobodyNamed || e.About != "Zoe" {
		t.Errorf("%+v", e)
	}
}

// What shows is what is kept: a decision that cannot be written changes nothing, and those
// that were made after it are dropped.
func TestWhatCannotBeWrittenIsNotShown(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	l.full = true
	s.Start(session.Action{Name: "confirm"})
	s.Start(session.Action{Name: "reject"})
	e := s.Take(s.Work()(t.Context()))
	if !errors.Is(e.Err, errFull) || !e.Unsaved || e.Read || e.Edited.Verb != "" {
		t.Errorf("%+v", e)
	}
	if w := s.Work(); w != nil || s.Moving() || !s.Settled() {
		t.Error("the second decision is still queued")
	}
	if c := s.Claims().Counts; c.Reviewed != 0 {
		t.Errorf("%d reviewed", c.Reviewed)
	}
	l.full = false
	if e := do(t, s, "reject"); e.Edited.Verb != annotate.Reject || s.Claims().Counts.Reviewed != 1 {
		t.Errorf("%+v", e)
	}
}

// A decision shows when the workspace has it, not before.
func TestNothingShowsBeforeItIsKept(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	l.before = func() {
		if s.Claims().Counts.Reviewed != 0 {
			t.Error("shown before it is written")
		}
	}
	do(t, s, "confirm")
	if s.Claims().Counts.Reviewed != 1 {
		t.Error("not shown")
	}
}

// Cancelling gives up what is read, not what was decided.
func TestCancelling(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Do(ctx, session.Action{Name: "history"}); !errors.Is(err, context.Canceled) {
		t.Errorf("history: %v", err)
	}
	if err := session.New(l, session.Options{}).Open(ctx, article()); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	if _, err := s.Do(ctx, session.Action{Name: "confirm"}); err != nil {
		t.Errorf("confirm: %v", err)
	}
	if got := l.log(); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// One who leaves has their decisions written, in their order: the one on its way first.
func TestFinish(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	for _, name := range []session.Name{"confirm", "next", "reject", "next", "organization"} {
		s.Start(session.Action{Name: name})
	}
	ctx, cancel := context.WithCancel(t.Context())
	running := s.Work()
	finish := s.Finish()
	cancel()
	done := make(chan error)
	go func() { done <- finish(ctx) }()
	late := running(ctx)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := l.log(); !slices.Equal(got, []string{"confirm Marta Quill", "reject Orrin Bay Courier", "relabel Halden Media"}) {
		t.Errorf("%q", got)
	}
	if e := s.Take(late); e.Read {
		t.Error("a session that is left takes answers")
	}
}

func TestFinishStopsAtAFailure(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	l.full = true
	do(t, s, "next")
	s.Start(session.Action{Name: "confirm"})
	s.Start(session.Action{Name: "reject"})
	running := s.Work()
	finish := s.Finish()
	running(t.Context())
	l.full = false
	if err := finish(t.Context()); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
	if got := l.log(); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestFindAndJumps(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	e, err := s.Do(t.Context(), session.Action{Name: session.Find, Text: "quill"})
	if err != nil || e.Show == nil || e.Show.Start != 6 || !e.Moved {
		t.Fatalf("%+v, %v", e, err)
	}
	if e := do(t, s, "find-next"); e.Show.Span != span("Quill", 1) {
		t.Errorf("%+v", e.Show)
	}
	if e, _ := s.Do(t.Context(), session.Action{Name: session.Find, Text: "QUILL"}); e.None != session.NotInText || e.About != "QUILL" {
		t.Errorf("%+v", e)
	}
	s.See(session.View{Span: articles.Span{End: len(story)}, Here: articles.Span{Start: 40, End: 40}})
	if e, _ := s.Do(t.Context(), session.Action{Name: "set-mark", Text: "here"}); e.Marked != "here" {
		t.Errorf("%+v", e)
	}
	do(t, s, "top")
	if e := do(t, s, "jump-back"); e.Show == nil || e.Show.Start != 40 {
		t.Errorf("%+v", e)
	}
	if e, _ := s.Do(t.Context(), session.Action{Name: "go-to-mark", Text: "nowhere"}); e.None != session.NoMark {
		t.Errorf("%+v", e)
	}
}

// Every row of the table has a name of its own and help, and no two ask for one key.
func TestTable(t *testing.T) {
	t.Parallel()
	names, keys := map[session.Name]bool{}, map[string]session.Name{}
	for _, r := range session.Actions(nil, [2]string{"ship", "ö"}) {
		if names[r.Name] || r.Help == "" {
			t.Errorf("%s is double or has no help", r.Name)
		}
		names[r.Name] = true
		for _, k := range append(r.LineKeys(), r.Keys...) {
			if other := keys[k]; other != "" && other != r.Name {
				t.Errorf("%q is %s and %s", k, other, r.Name)
			}
			keys[k] = r.Name
		}
	}
}

func TestRebinding(t *testing.T) {
	t.Parallel()
	for _, r := range session.Actions(map[session.Name][]string{"confirm": {"y", "+"}}) {
		switch r.Name {
		case "confirm":
			if !slices.Equal(r.Keys, []string{"y", "+"}) {
				t.Errorf("%q", r.Keys)
			}
		case "confirm-next", "next":
			if ks := r.LineKeys(); len(ks) != 0 {
				t.Errorf("%s keeps %q", r.Name, ks)
			}
		}
	}
}

// What corrects names and quotes writes these decisions.
func TestCorrections(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		to   session.Name // brings the cursor there
		do   session.Action
		want string // the decisions of the last step
	}{
		{"next", session.Action{Name: "organization"}, "relabel Marta Quill → [organization]"},
		{"next", session.Action{Name: "label-ship"}, "relabel Marta Quill → [ship]"},
		{"next", session.Action{Name: "label", Text: " A  Ship "}, "relabel Marta Quill → [a ship]"},
		{"next", session.Action{Name: "person", Span: span("Ferris & Sons", 0)}, "add Ferris & Sons → [person]"},
		{"next", session.Action{Name: "merge", Text: "ferris"}, "merge Marta Quill → Tom Ferris[person]"},
		{"next", session.Action{Name: "split"}, "split Marta Quill → []"},
		{"next", session.Action{Name: "rename", Text: "M. Quill"}, "rename Marta Quill → [M. Quill]"},
		{"next", session.Action{Name: "note", Text: "ask her"}, "note Marta Quill → [ask her]"},
		{"next", session.Action{Name: "question"}, "tag Marta Quill → [question]"},
		{"next", session.Action{Name: "end-later"}, "respan Marta Quill → Marta Quill, who[person]"},
		{"next", session.Action{Name: "start-later"}, "respan Marta Quill → Quill[person]"},
		{"next-quote", session.Action{Name: "end-earlier"}, "respan “We sold the press,” → “We sold the[direct]"},
		{"next-quote", session.Action{Name: "cue", Span: span("said", 0)}, "cue “We sold the press,” → said[direct]"},
		{"next", session.Action{Name: "cue", Span: span("said", 0)}, "cue “We sold the press,” → said[direct]"},
		{"next", session.Action{Name: "everywhere", Text: "person"}, "relabel Marta Quill → [person]"},
	} {
		s, l := open(t)
		do(t, s, c.to)
		if e, err := s.Do(t.Context(), c.do); err != nil || e.Edited.Verb == "" {
			t.Errorf("%+v: %+v, %v", c.do, e, err)
			continue
		}
		d := l.all[len(l.all)-1]
		if got := string(d.Verb) + " " + d.Target.Exact + " → " + d.To.Exact + "[" + d.Value + "]"; got != c.want {
			t.Errorf("%s: %s, not %s", c.do.Name, got, c.want)
		}
	}
}

// Words of two paragraphs are no person, organization or place; they may be a quote, or have a label
// of the user's own.
func TestAcrossParagraphs(t *testing.T) {
	t.Parallel()
	at := strings.Index(story, "\n\n")
	words := articles.Span{Start: at - 3, End: at + 5}
	for _, a := range []session.Action{{Name: "person"}, {Name: "organization"}, {Name: "person-here"}, {Name: "label", Text: "Place"}} {
		s, l := open(t)
		a.Span = words
		if e, err := s.Do(t.Context(), a); err != nil || e.None != session.AcrossParagraphs || e.About != words.In(story) || e.Selected.Used || len(l.log()) > 0 {
			t.Errorf("%s: %+v, %v", a.Name, e, err)
		}
	}
	for _, a := range []session.Action{{Name: "quote"}, {Name: "label", Text: "claim"}} {
		s, l := open(t)
		a.Span = words
		if e, err := s.Do(t.Context(), a); err != nil || e.None != 0 || len(l.log()) != 1 {
			t.Errorf("%s: %+v, %v", a.Name, e, err)
		}
	}
}

// Choices say what they are about.
func TestChoices(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	for _, c := range []struct {
		name    session.Name
		topic   session.Topic
		choices int
	}{
		{"merge", session.AskMerge, 1}, {"label", session.AskType, 4}, {"everywhere", session.AskEverywhere, 5}, {"alike", session.AskAlike, 2},
		{"note", session.AskNote, 0}, {"rename", session.AskName, 0}, {"set-mark", session.AskMark, 0},
	} {
		e := do(t, s, c.name)
		if e.Asks == nil || e.Asks.Topic != c.topic || len(e.Asks.Choices) != c.choices {
			t.Errorf("%s asks %+v", c.name, e.Asks)
		}
	}
	e := do(t, s, "alike")
	if _, err := s.Do(t.Context(), e.Asks.Choices[0].Do); err != nil {
		t.Fatal(err)
	}
	if got := l.log(); !slices.Equal(got, []string{"confirm Marta Quill", "confirm she", "confirm Quill"}) || at(s) != "Orrin Bay Courier" {
		t.Errorf("%q, then at %q", got, at(s))
	}
	if e := do(t, s, "history"); len(e.Asks.Choices) != 1 || e.Asks.Choices[0].Event.Who != "ann" {
		t.Errorf("%+v", e.Asks)
	}
	for name, none := range map[session.Name]session.Reason{"orphans": session.NothingLost, "outline": session.NoHeadings, "links": session.NoLinks, "start-earlier": 0} {
		if e := do(t, s, name); e.None != none {
			t.Errorf("%s: reason %d, not %d", name, e.None, none)
		}
	}
}

// An article is shown with its claims where nobody knows what lost its place, and that is
// reported.
func TestLostDecisionsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	l := newLedger()
	l.gone = errFull
	s := session.New(l, session.Options{})
	s.Show(article())
	if e := s.Take(s.Read()(t.Context())); !errors.Is(e.Err, errFull) || !e.Read || e.Unsaved || !s.Whole() {
		t.Errorf("%+v, whole: %t", e, s.Whole())
	}
	if err := session.New(l, session.Options{}).Open(t.Context(), article()); err != nil {
		t.Errorf("the article does not open: %v", err)
	}
}

// A look for what was decided elsewhere that fails is reported and drops no decision; an
// article that has another text by now stays as it is.
func TestLooksThatFail(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	for _, c := range []struct{ fails, want error }{{errFull, errFull}, {fmt.Errorf("a: %w", library.ErrChanged), nil}} {
		l.fails = c.fails
		s.Again()
		s.Start(session.Action{Name: "confirm"})
		if e := s.Take(s.Work()(t.Context())); !errors.Is(e.Err, c.want) || e.Unsaved || e.Read {
			t.Errorf("%v: %+v", c.fails, e)
		}
		w := s.Work()
		if w == nil {
			t.Fatal("the decision after the look is dropped")
		}
		s.Take(w(t.Context()))
	}
	if got := l.log(); len(got) == 0 || got[0] != "confirm Marta Quill" {
		t.Errorf("%q", got)
	}
}

// What is to be tagged is asked for before its label: the question says what it is about, and there is
// none where there is nothing to tag.
func TestLabelIsOfSomething(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	if e := do(t, s, "label"); e.Asks != nil || e.None != session.NoWords {
		t.Errorf("with nothing under the cursor it asks %+v, says %v", e.Asks, e.None)
	}
	do(t, s, "next")
	c, ok := s.Current()
	if !ok {
		t.Fatal("no name")
	}
	if e := do(t, s, "label"); e.Asks == nil || e.Asks.Spot != c.Span || e.Asks.Words != c.In(s.Article().Text) {
		t.Errorf("on a name it asks %+v", e.Asks)
	}
	text := s.Article().Text
	words := articles.Span{Start: 0, End: strings.IndexByte(text, ' ')}
	if e, err := s.Do(t.Context(), session.Action{Name: "label", Span: words}); err != nil || e.Asks == nil || e.Asks.Words != words.In(text) {
		t.Errorf("on selected words it asks %+v, %v", e.Asks, err)
	}
}

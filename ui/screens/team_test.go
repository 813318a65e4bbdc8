package screens_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/ui"
	"byline/ui/config"
	lib "byline/ui/library"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// A pair is two annotators of one library, and whoever coordinates them.
type pair struct {
	t             *testing.T
	ann, bob, bea *workspace.Workspace
	ids           []string
}

// teamText has names that the engine of these tests finds, and a quote.
const teamText = "山田 of 山社 and 山口 met 山本 and 山川.\n\nHe said “we sold the press” and left.\n"

// newPair has articles assigned to ann and bob, blind, with a tenth, or none, of the suggestions hidden.
func newPair(t *testing.T, terms team.Terms) *pair {
	t.Helper()
	p := &pair{t: t}
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), crowd{}, workspace.Options{Who: "bea"})
	p.must(err)
	t.Cleanup(func() { p.must(w.Close(t.Context())) })
	for _, title := range []string{"Alder", "Birch", "Cedar"} {
		a := &articles.Article{Title: title, Source: title, Format: articles.Plain, Text: title + ". " + teamText}
		added, err := w.Add(t.Context(), a)
		p.must(err)
		p.ids = append(p.ids, added.ID)
	}
	p.bea, p.ann, p.bob = w, workspace.For(w, workspace.Member{Who: "ann"}), workspace.For(w, workspace.Member{Who: "bob"})
	p.must(workspace.TeamOf(w).Record(t.Context(),
		team.Event{Verb: team.Create, Set: "May", Articles: p.ids}, team.Event{Verb: team.Join, Set: "May", Members: []string{"ann", "bob"}},
		team.Event{Verb: team.Guide, Set: "May", Value: "# Rules\n\nMark every **press**.\n\n- ships\n- `boats`\n\n> No ferries.\n"}, team.Event{Verb: team.SetLabels, Set: "May", Labels: []team.Label{{Name: "weapon", Key: "1"}, {Name: "ship", Key: "y"}}},
		team.Event{Verb: team.Assign, Set: "May", Terms: terms, Deal: map[string][]string{"ann": p.ids, "bob": p.ids}}))
	return p
}

func (p *pair) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// bobDecides has bob decide in many ways, with words that nobody else uses.
func (p *pair) bobDecides(id string) {
	p.t.Helper()
	a, err := p.bob.Library.Article(p.t.Context(), id)
	p.must(err)
	at := func(k annotate.Kind, words string) []review.Target {
		i := strings.Index(a.Text, words)
		return []review.Target{{Kind: k, Span: articles.Span{Start: i, End: i + len(words)}}}
	}
	name, quote := at(annotate.OfMention, "山田"), at(annotate.OfQuote, "“we sold the press”")
	for _, e := range []review.Edit{
		{Verb: annotate.Relabel, Targets: name, Value: "zebra"}, {Verb: annotate.Rename, Targets: name, Value: "Zebra Xylo"}, {Verb: annotate.Note, Targets: name, Value: "zebra note"},
		{Verb: annotate.Tag, Targets: at(annotate.OfPassage, "sold the press"), Value: "zebratag"}, {Verb: annotate.Add, Targets: at(annotate.OfMention, "press"), Value: "zebra"},
		{Verb: annotate.Add, Targets: quote, Value: "direct"}, {Verb: annotate.Attribute, Targets: quote, To: name[0].Span},
	} {
		_, _, err := p.bob.Edit(p.t.Context(), a, e)
		p.must(err)
	}
}

// finish marks an article as done for somebody.
func (p *pair) finish(w *workspace.Workspace, id string) {
	p.t.Helper()
	a, err := w.Library.Article(p.t.Context(), id)
	p.must(err)
	_, _, err = w.Edit(p.t.Context(), a, review.Edit{Verb: annotate.Done, Value: "May"})
	p.must(err)
}

// screen starts the screens of somebody.
func (p *pair) screen(w *workspace.Workspace, o screens.Options) uitest.Steps {
	p.t.Helper()
	o.Fetcher = &pages.Fetcher{Workspace: w}
	o.Config, _ = config.Load("")
	_, m, err := screens.New(p.t.Context(), o)
	p.must(err)
	s := uitest.Steps{T: p.t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})
	s.Run(m.Init())
	return s
}

// Of a blind article no screen shows its other annotator a byte of what bob decided, whatever key is pressed, until both are done.
func TestBlindScreens(t *testing.T) {
	if testing.Short() {
		t.Skip("presses every key")
	}
	t.Setenv("PATH", "") // no browser, no clipboard
	t.Chdir(t.TempDir())
	p := newPair(t, team.Terms{Each: 2, Overlap: 1, Blind: true})
	for _, id := range p.ids {
		p.bobDecides(id)
		_, err := p.bob.Library.Retag(t.Context(), id, []string{"zebra-wrong"}, nil)
		p.must(err)
	}
	p.must(p.bob.Flush(t.Context()))
	told := func(s uitest.Steps) bool { return strings.Contains(strings.ToLower(ansi.Strip(s.View())), "zebra") }
	starts := map[string]string{"library": "", "name": "enter tab", "panel": "enter tab s f f f", "history": "enter B", "notes": "enter `", "people": "W", "team": "alt+t"}
	left := []string{"D", "E", "ctrl+c", "Q", "ctrl+z", "ctrl+r"}
	for what, keys := range starts {
		s := p.screen(p.ann, screens.Options{})
		s.Press(keys)
		for _, key := range slices.DeleteFunc(keysOfScreens(), func(k string) bool { return slices.Contains(left, k) }) {
			for _, press := range []string{key, "down", "esc"} {
				if s.Press(press); told(s) {
					t.Fatalf("%s: %s shows what bob decided:\n%s", what, key, ansi.Strip(s.View()))
				}
			}
			if at := front(s.Model); at == "library.Screen" && keys != "" {
				s.Press(keys)
			}
		}
	}
	for _, query := range []string{"zebra:*", "name:xylo", "by:xylo", "label:zebra", "by-annotator:bob", "tag:zebra-wrong", "tag:*"} {
		s := p.screen(p.ann, screens.Options{})
		s.Press("f")
		s.Type(query)
		if s.Press("enter"); strings.Contains(strings.ReplaceAll(strings.ToLower(ansi.Strip(s.View())), query, ""), "xylo") {
			t.Errorf("%s finds what bob decided:\n%s", query, ansi.Strip(s.View()))
		}
	}
	// The same library shows it to bob, and to ann once both are done.
	s := p.screen(p.bob, screens.Options{})
	s.Press("enter tab")
	if !told(s) {
		t.Fatalf("bob does not see what he decided, so the test looks at nothing:\n%s", ansi.Strip(s.View()))
	}
	for _, id := range p.ids {
		p.finish(p.ann, id)
		p.finish(p.bob, id)
	}
	s = p.screen(p.ann, screens.Options{})
	if !strings.Contains(ansi.Strip(s.View()), "#zebra-wrong") {
		t.Errorf("both are done, and ann does not see bob's tag:\n%s", ansi.Strip(s.View()))
	}
	if s.Press("enter B"); !told(s) {
		t.Errorf("both are done, and ann does not see what bob decided:\n%s", ansi.Strip(s.View()))
	}
}

// D finishes an assigned article, and the next one of the list comes by itself; again it is not done.
func TestFinishAssigned(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	done := func(want int) {
		t.Helper()
		progress, err := workspace.TeamOf(p.bea).Progress(t.Context())
		p.must(err)
		if progress[0].Who != "ann" || progress[0].Done != want || progress[1].Done != 0 {
			t.Errorf("ann is done with %d articles, want %d: %+v", progress[0].Done, want, progress)
		}
	}
	s := p.screen(p.ann, screens.Options{})
	s.Press("alt+a")
	shows(t, s, "assigned:me -done-by:me", "Alder", "Birch", "Cedar")
	s.Press("j enter") // the newest is first
	shows(t, s, "byline › Birch", "alt+g guidelines")
	s.Press("D")
	shows(t, s, "byline › Birch", "Nothing is reviewed yet; D again marks it as done")
	done(0)
	s.Press("D")
	shows(t, s, "byline › Alder", "Done, 5 left as suggested; the next of 2 articles assigned to you; u takes it back") // not Cedar, which is before it in the list
	done(1)
	s.Press("u")
	shows(t, s, "byline › Birch", "Not done any more")
	done(0)
	s.Press("u")
	shows(t, s, "Nothing to undo")
	s.Press("tab y u") // decides, and takes that back
	s.Press("D D")
	shows(t, s, "byline › Alder")
	s.Press("tab y D")
	shows(t, s, "byline › Cedar", "Done, 4 left as suggested; the next of 1 article")
	s.Press("tab y u u")
	shows(t, s, "byline › Cedar", "Nothing to undo") // u was for what was decided since
	done(2)
	s.Press("D D")
	shows(t, s, "byline › Cedar", "Done, 5 left as suggested, and so is all that is assigned to you: 3 articles; u takes it back")
	done(3)
	s.Press("u")
	done(2)
	if e, err := p.ann.Finder().Entry(t.Context(), p.ids[2]); err != nil || e.Status != library.Reading {
		t.Errorf("taken back, and the list says %s, %v", e.Status, err)
	}
	s.Press("D")
	done(3)
	s.Press("D")
	done(2)
	for i, id := range p.ids {
		e, err := p.bob.Library.Entry(t.Context(), id)
		if p.must(err); e.Status != "unread" {
			t.Errorf("article %d is %s for bob", i, e.Status)
		}
	}
}

// In several sets an article is done in all of them, and one u takes all of it back. What everybody was done with stays done.
// Labels of the set stand in the footer of selected words as well, and what is said at the end of a review is what its key does.
func TestSetInTheFooterAndAtTheEnd(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1, Blind: true})
	s := p.screen(p.ann, screens.Options{})
	s.Press("enter v")
	lines := strings.Split(ansi.Strip(s.View()), "\n")
	if foot := lines[len(lines)-1]; !strings.Contains(foot, "1 weapon") {
		t.Errorf("words are selected: %s", foot)
	}
	s.Press("esc ? c o u n t")
	if got := ansi.Strip(s.View()); !strings.Contains(got, "2 … 9 ") {
		t.Errorf("a digit that tags is said to repeat a key:\n%s", got)
	}
	s.Press("esc esc tab #")
	if got := ansi.Strip(s.View()); !strings.Contains(got, "1 weapon") {
		t.Errorf("a label has another digit in the list:\n%s", got)
	}
	if s.Press("1"); !strings.Contains(ansi.Strip(s.View()), "weapon · 山田") {
		t.Errorf("its digit chose another one:\n%s", ansi.Strip(s.View()))
	}
	s.Press("u g a")
	for range 12 {
		if s.Press("y"); strings.Contains(ansi.Strip(s.View()), "reviewed; D") {
			break
		}
	}
	if got := ansi.Strip(s.View()); !strings.Contains(got, "reviewed; D marks the article as done and goes on") || strings.Contains(got, "ctrl+j opens") {
		t.Errorf("all is reviewed:\n%s", got)
	}
}

func TestTakeBackDone(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	p.must(workspace.TeamOf(p.bea).Record(t.Context(), team.Event{Verb: team.Create, Set: "June", Articles: p.ids[:2]}, team.Event{Verb: team.Join, Set: "June", Members: []string{"ann"}},
		team.Event{Verb: team.Assign, Set: "June", Deal: map[string][]string{"ann": p.ids[:2]}}))
	s := p.screen(p.ann, screens.Options{})
	s.Press("j enter")
	shows(t, s, "byline › Birch")
	s.Press("tab y D")
	shows(t, s, "byline › Alder")
	s.Press("u")
	shows(t, s, "byline › Birch", "Not done any more")
	d, err := workspace.TeamOf(p.ann).Duty(t.Context(), p.ids[1])
	p.must(err)
	if len(d.Sets) != 2 || d.Sets[0].Done || d.Sets[1].Done {
		t.Errorf("%+v", d.Sets)
	}

	blind := newPair(t, team.Terms{Each: 2, Overlap: 1, Blind: true})
	blind.finish(blind.bob, blind.ids[2])
	s = blind.screen(blind.ann, screens.Options{})
	s.Press("enter")
	shows(t, s, "byline › Cedar")
	s.Press("tab y D")
	shows(t, s, "byline › Birch", "assigned to you; it stays done, as all are who had it")
	unseen(t, s, "takes it back")
	s.Press("u")
	shows(t, s, "byline › Birch", "it stays done")
	s.Press("q up enter")
	shows(t, s, "byline › Cedar", " done · ", "tab next")
	unseen(t, s, "y confirm", "x reject", "D ")
}

// Where nothing more is decided, the header says so, keys that decide are not offered, and the way back is, if there is one; in
// another's reading nothing changes how far whoever looks has come.
func TestDoneIsSaid(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1, Blind: true})
	p.finish(p.ann, p.ids[2])
	s := p.screen(p.ann, screens.Options{})
	s.Press("enter")
	shows(t, s, "byline › Cedar", " done · only yours · ", "D done or not")
	s.Press("tab x")
	shows(t, s, "you are done with this article", "D takes back that you are")
	s.Send(tea.WindowSizeMsg{Width: 40, Height: 12})
	shows(t, s, " done · ")
	unseen(t, s, "only")
	s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})

	open := newPair(t, team.Terms{Each: 2, Overlap: 1})
	open.finish(open.bob, open.ids[0])
	status := func() (out []library.Status) {
		t.Helper()
		workspace.See(open.ann, library.Mine)
		entries, err := open.ann.Finder().Entries(t.Context())
		open.must(err)
		for _, e := range entries {
			out = append(out, e.Status)
		}
		return out
	}
	before := status()
	workspace.See(open.ann, library.ViewOf("bob"))
	s = open.screen(open.ann, screens.Options{})
	for range open.ids {
		s.Press("enter")
		shows(t, s, " by bob · ")
		s.Press("D")
		shows(t, s, "Only bob marks this reading as done; alt+v shows another")
		s.Press("G tab y q down")
	}
	if now := status(); !slices.Equal(now, before) {
		t.Errorf("%q, and %q before", now, before)
	}
	workspace.See(open.ann, library.Curated)
	s.Press("enter D")
	shows(t, s, "This is the curated reading, not yours")
}

// A key chooses whose decisions are shown, and the header says so; guidelines are on a key, labels of the set on theirs.
func TestViewOfTheReader(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	p.bobDecides(p.ids[2])
	s := p.screen(p.ann, screens.Options{})
	s.Press("enter tab")
	shows(t, s, "zebra", "1 weapon")
	s.Press("alt+v")
	shows(t, s, "Whose decisions to show", "everybody", "mine", "bob", "curated")
	s.Press("down enter")
	shows(t, s, " mine · ", "0 of ")
	unseen(t, s, "zebra", "another program")
	s.Press("alt+v down enter")
	shows(t, s, " by bob · ")
	unseen(t, s, "another program")
	s.Press("alt+v down enter")
	unseen(t, s, "another program")
	s.Press("alt+v up enter")
	unseen(t, s, "another program")
	s.Press("tab tab enter")
	shows(t, s, "somebody else's reading")
	s.Press("alt+g")
	shows(t, s, "Guidelines", "Rules", "═════", "Mark every press.", "• ships", "• boats", "│ No ferries.")
	s.Press("esc alt+v up up enter tab 1")
	shows(t, s, "weapon")
	s.Press("q alt+t")
	shows(t, s, "Team", "May", "ann", "bob", "0 of 3 done")
	s.Press("down enter")
	shows(t, s, `set:"May" assigned:"ann"`, "Alder")
}

// Whoever reads what is taken back from them is told so, as well as that others are shown by that.
// The header says whose reading is shown however long their name is and however little room there is.
func TestLongNameOfAView(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	p.bob = workspace.For(p.bea, workspace.Member{Who: "Bartholomew Quillfeather"})
	p.bobDecides(p.ids[2])
	workspace.See(p.ann, library.ViewOf("Bartholomew Quillfeather"))
	s := p.screen(p.ann, screens.Options{})
	s.Press("enter")
	for _, width := range []int{40, 44, 80} {
		for _, keys := range []string{"", "/ p r e s s enter"} {
			s.Send(tea.WindowSizeMsg{Width: width, Height: 12})
			s.Press(keys)
			if head, _, _ := strings.Cut(ansi.Strip(s.View()), "\n"); !strings.Contains(head, "by Barth") {
				t.Errorf("%d, %q: %q", width, keys, head)
			}
		}
	}
}

func TestTakenBackWhileRead(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{true, false} {
		for _, what := range []team.Event{{Verb: team.Withdraw, Members: []string{"ann", "bob"}}, {Verb: team.Exclude}, {Verb: team.Retire}} {
			p := newPair(t, team.Terms{Each: 2, Overlap: 1, Blind: blind})
			p.bobDecides(p.ids[2])
			s := p.screen(p.ann, screens.Options{})
			s.Press("enter")
			shows(t, s, "byline › Cedar")
			if what.Set = "May"; what.Verb == team.Exclude {
				what.Articles = p.ids
			}
			p.must(workspace.TeamOf(p.bea).Record(t.Context(), what))
			s.Send(ui.ChangedMsg{Elsewhere: true})
			shows(t, s, "Taken back: the article is not assigned to you any more")
			if blind {
				shows(t, s, "and what others decided is shown")
			} else {
				unseen(t, s, "and what others decided is shown")
			}
			s.Press("D")
			shows(t, s, "Done for you; it is not assigned to you any more")
		}
	}
}

// The library says whose reading articles are opened with, counts that reading, and has it chosen by the key of the reader.
func TestViewOfTheLibrary(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	p.bobDecides(p.ids[2])
	p.finish(p.bob, p.ids[1])
	sign := map[library.View]string{library.Everyone: "●", library.Mine: "●", library.ViewOf("bob"): "◐", library.Curated: "●"}
	for view, want := range map[library.View]string{library.Everyone: "3 unread ", library.ViewOf("bob"): "bob’s reading ", library.Mine: "your reading ", library.Curated: "   curated reading "} {
		workspace.See(p.ann, view)
		for _, width := range []int{60, 80, 110} {
			s := p.screen(p.ann, screens.Options{})
			s.Send(tea.WindowSizeMsg{Width: width, Height: 20})
			shows(t, s, "3 articles", want, sign[view]+" Cedar")
		}
	}
	workspace.See(p.ann, library.Everyone)
	s := p.screen(p.ann, screens.Options{})
	s.Press("alt+v")
	shows(t, s, "Whose decisions to show and count", "everybody", "mine", "bob", "curated")
	s.Press("down down enter")
	shows(t, s, "bob’s reading", "◐ Cedar", "✓ Birch", "● Alder", "1 unread")
	s.Press("D")
	shows(t, s, "bob’s reading: only they mark articles here; alt+v chooses another")
	s.Press("tab")
	shows(t, s, "● Alder")
	unseen(t, s, "Cedar")
	s.Press("alt+v up enter")
	shows(t, s, "3 articles", "your reading", "● Cedar", "● Birch")
	s.Press("tab tab tab enter alt+v up enter q")
	shows(t, s, "3 articles")
	unseen(t, s, "your reading")
}

// Whatever list or review an article is marked as done from, the log says so, and progress counts it.
func TestDoneFromAnywhere(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	done := func(want int, when string) {
		t.Helper()
		list, err := workspace.TeamOf(p.ann).Progress(t.Context())
		p.must(err)
		for _, of := range list {
			if of.Who == "ann" && of.Done != want {
				t.Fatalf("%s, %d articles are done, not %d", when, of.Done, want)
			}
		}
	}
	s := p.screen(p.ann, screens.Options{Review: p.ids})
	s.Press("D")
	shows(t, s, "Nothing is reviewed yet; D again marks it as done")
	done(0, "after the first D in “byline review”")
	s.Press("D")
	done(1, "after D in “byline review”")
	s.Press("D D")
	done(2, "after another D")
	s = p.screen(p.ann, screens.Options{})
	s.Press("tab tab tab tab D")
	shows(t, s, "Not done any more: ")
	done(1, "after D in the list on one that is done")
	s.Press("D")
	shows(t, s, "Nothing is reviewed yet; D again marks it as done")
	done(1, "after the first D in the list")
	s.Press("D")
	list := 0
	for _, id := range p.ids {
		d, err := workspace.TeamOf(p.ann).Duty(t.Context(), id)
		p.must(err)
		e, err := p.ann.Library.Entry(t.Context(), id)
		p.must(err)
		if d.Done() != (e.Status == library.Done) {
			t.Errorf("%s: the list says %s, and the log done: %v", e.Title, e.Status, d.Done())
		}
		if d.Done() {
			list++
		}
	}
	done(list, "after D in the list")
	s.Press("u")
	done(list-1, "after undo in the list")
	s.Press("D")
	done(list, "after D in the list on one about which it was asked")
	s = p.screen(p.ann, screens.Options{})
	s.Press("R")
	s.Press("D D")
	done(3, "after D in the review from the library")
}

// In the list, as in the reader, it is asked once where an article is assigned and nothing is reviewed, and nowhere else.
func TestDoneInTheListAsks(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	s := p.screen(p.ann, screens.Options{})
	const ask, done = "Nothing is reviewed yet", "Marked as done: "
	press := func(keys, want, not string) {
		t.Helper()
		s.Press(keys)
		shows(t, s, want)
		unseen(t, s, not)
	}
	press("D", ask, done)
	press("j D", ask, done) // of another article
	press("D", done+"Birch", ask)
	press("D", "Not done any more: Birch", done)
	press("D", done+"Birch", ask) // once
	a, err := p.ann.Library.Article(t.Context(), p.ids[0])
	p.must(err)
	i := strings.Index(a.Text, "山田")
	_, _, err = p.ann.Edit(t.Context(), a, review.Edit{Verb: annotate.Confirm, Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: i, End: i + len("山田")}}}})
	p.must(err)
	s.Send(ui.ChangedMsg{ID: p.ids[0]})
	press("j D", done+"Alder", ask)
	s = p.screen(p.bea, screens.Options{}) // to whom nothing is assigned
	press("D", done+"Cedar", ask)
	press("D", "Marked as unread: Cedar", ask)
	blind := newPair(t, team.Terms{Each: 2, Overlap: 1, Blind: true})
	blind.finish(blind.ann, blind.ids[2])
	blind.finish(blind.bob, blind.ids[2])
	s = blind.screen(blind.ann, screens.Options{})
	press("D", "It stays done, as all could see the others", done)
}

// To whoever is elsewhere the screens tell times in UTC, and say so; at the computer, in its zone.
func TestTimesElsewhere(t *testing.T) {
	t.Parallel()
	for _, away := range []bool{false, true} {
		p := newPair(t, team.Terms{Each: 2, Overlap: 1})
		s := p.screen(workspace.For(p.bea, workspace.Member{Who: "ann", Away: away}), screens.Options{})
		s.Press("enter tab y")
		for _, keys := range []string{"B", "esc shift+tab w", "esc alt+i"} { // history, explanation, the article itself
			s.Press(keys)
			if got := ansi.Strip(s.View()); strings.Contains(got, " UTC") != away || !regexp.MustCompile(`\d\d:\d\d`).MatchString(got) {
				t.Errorf("away %v, %s:\n%s", away, keys, got)
			}
		}
	}
}

// A list of a set says to whom each article is assigned and who is done, by signs below short names; where there is no room for columns, in
// the line below the title. Of a sealed article as well: that somebody is done tells nothing of what they decided.
func TestHandsOfASet(t *testing.T) {
	t.Parallel()
	s, w := open(t, crowd{}, writeFile(t, "alder.md", alder), writeFile(t, "birch.md", birch))
	of := map[string]string{}
	for _, e := range must(w.Library.Entries(t.Context())) {
		of[e.Title] = e.ID
	}
	people := []string{"ann", "anna lee", "anna lim", "bob", "carl", "dora", "eve"}
	deal := map[string][]string{}
	for _, who := range people {
		deal[who] = []string{of["Alder"]}
	}
	deal["bob"] = append(deal["bob"], of["Birch"])
	err := workspace.TeamOf(w).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{of["Alder"], of["Birch"]}},
		team.Event{Verb: team.Assign, Set: "May", Terms: team.Terms{Blind: true}, Deal: deal},
		team.Event{Verb: team.Create, Set: "June", Articles: []string{of["Birch"]}}, team.Event{Verb: team.Assign, Set: "June", Deal: map[string][]string{"zoe": {of["Birch"]}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"anna lim", "bob"} {
		if err := workspace.TeamOf(workspace.For(w, workspace.Member{Who: who})).SetStatus(t.Context(), of["Alder"], library.Done); err != nil {
			t.Fatal(err)
		}
	}
	rows := func(width int, query string, wants ...string) {
		t.Helper()
		s.Send(tea.WindowSizeMsg{Width: width, Height: 24})
		s.Send(lib.FindMsg{Query: query})
		view := ansi.Strip(s.View())
		for _, want := range wants {
			if !strings.Contains(view, want) {
				t.Errorf("%d cells, %s: no %q in\n%s", width, query, want, view)
			}
		}
		for _, l := range strings.Split(view, "\n") {
			if ansi.StringWidth(l) > width {
				t.Errorf("%d cells of %d: %q", ansi.StringWidth(l), width, l)
			}
		}
	}
	rows(80, "set:May", " ann  ann1 ann2 bob  carl dora eve", " ○    ○    ✓    ✓    ○    ○    ○ ", "● Birch                                                     ○                ")
	rows(80, "assigned:zoe", " bob zoe", " ○   ○  ")
	rows(60, "set:May", "Alder", "ann ○  ann1 ○  ann2 ✓  bob ✓  carl ○  dora ○  eve ○", "   bob ○")
	for _, x := range []struct {
		width int
		wants []string
	}{
		{120, []string{" ann  ann1 ann2 bob  carl dora eve", "● Birch"}}, {80, []string{" ann  ann1 ann2 bob  carl dora eve", "                                                     ○                "}}, {60, []string{"   bob ○"}},
	} {
		rows(x.width, "set:May", "Alder", "2 articles")
		s.Press("/ b i r")
		shows(t, s, append(x.wants, "1 of 2 articles")...)
		unseen(t, s, "Alder")
		s.Press("enter")
		shows(t, s, append(x.wants, "search set:May / bir  1 of 2 articles")...)
		s.Press("esc")
		shows(t, s, "Alder", "Birch", "search set:May  2 articles")
		s.Press("/ z z z enter")
		shows(t, s, "No matching articles.", "esc   show all that were found")
		s.Press("/ esc esc esc")
		unseen(t, s, "search set")
	}
	rows(80, "Alder", "Alder")
	if view := ansi.Strip(s.View()); strings.Contains(view, "carl") {
		t.Errorf("a search for words asks for no team\n%s", view)
	}
}

// However small the window is, no figure of the team's list is cut, and the whole line of whoever is under the cursor is below it.
func TestTeamInASmallWindow(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2})
	p.must(workspace.TeamOf(p.bea).Record(t.Context(), team.Event{Verb: team.Join, Set: "May", Members: []string{"christina-maria"}, Value: team.Curator}))
	p.bobDecides(p.ids[0])
	p.finish(p.bob, p.ids[0])
	p.finish(p.bob, p.ids[1])
	for _, x := range []struct {
		width, height int
		ann, bob      []string
	}{
		{40, 12, []string{"ann              0 of 3 done", "bob              2 of 3 done", "christina-maria  none"}, []string{"bob: annotator · 2 of 3 done", "of 16 reviewed"}},
		{60, 16, []string{"ann              0 of 3 done", "bob              2 of 3 done", "christina-maria  nothing assigned"}, []string{"bob", "of 16 reviewed"}},
		{80, 24, []string{"ann              annotator · 0 of 3 done · 0 of 15 reviewed", "bob              annotator · 2 of 3 done", "christina-maria  curator, nothing assigned"}, []string{"of 16 reviewed"}},
	} {
		s := p.screen(p.bea, screens.Options{})
		s.Send(tea.WindowSizeMsg{Width: x.width, Height: x.height})
		s.Press("alt+t")
		shows(t, s, append(x.ann, "May", "3 articles", "list their articles")...)
		s.Press("down down")
		shows(t, s, append(x.bob, "May", "list their articles")...)
		if view := ansi.Strip(s.View()); strings.Contains(view, "done…") || strings.Contains(view, "reviewed…") || strings.Contains(view, "revie…") {
			t.Errorf("%d × %d:\n%s", x.width, x.height, view)
		}
	}
}

// The list shows the tags of the view, from when it is chosen on; somebody else's are theirs to take off.
func TestTagsOfAView(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	for _, id := range p.ids {
		_, err := p.bob.Library.Retag(t.Context(), id, []string{"short"}, nil)
		p.must(err)
	}
	s := p.screen(p.ann, screens.Options{})
	s.Press("t")
	s.Type(", sea")
	s.Press("enter")
	shows(t, s, "Cedar  #sea #short", "Birch  #short", "Alder  #short")
	s.Press("enter alt+v down enter q")
	shows(t, s, "Cedar  #sea")
	if strings.Contains(ansi.Strip(s.View()), "#short") {
		t.Errorf("in her own view ann sees bob's tags:\n%s", ansi.Strip(s.View()))
	}
	s.Press("#")
	if strings.Contains(ansi.Strip(s.View()), "short") {
		t.Errorf("in her own view ann chooses among bob's tags:\n%s", ansi.Strip(s.View()))
	}
	s.Press("esc enter alt+v up enter t ctrl+u enter")
	shows(t, s, "#short stays: bob’s tag; only bob can take it off")
	s.Press("q")
	shows(t, s, "Cedar  #short", "Birch  #short")
}

// The library says once what is assigned to whoever begins, and to whom nothing is; the rows of people name their sets where there are several.
func TestAssignedIsSaid(t *testing.T) {
	t.Parallel()
	p := newPair(t, team.Terms{Each: 2, Overlap: 1})
	s := p.screen(p.ann, screens.Options{})
	shows(t, s, "3 articles assigned to you and not done; alt+a lists them")
	newbie := p.screen(workspace.For(p.bea, workspace.Member{Who: "newbie"}), screens.Options{})
	unseen(t, newbie, "assigned to you")
	newbie.Press("alt+a")
	shows(t, newbie, "Nothing is assigned to “newbie” that is not done.", "--who NAME", "alt+t")
	newbie.Press("alt+t b o b")
	shows(t, newbie, "bob")
	unseen(t, newbie, "May · annotator")
	p.must(workspace.TeamOf(p.bea).Record(t.Context(), team.Event{Verb: team.Create, Set: "June", Articles: p.ids[:1]}, team.Event{Verb: team.Join, Set: "June", Members: []string{"bob"}}))
	newbie.Press("esc alt+t b o b")
	shows(t, newbie, "June · annotator", "May · annotator")
}

package screens_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/articles/load"
	"byline/ui/config"
	"byline/ui/linear"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// A desk is a library that people annotate, and the curator's screens.
type desk struct {
	t testing.TB
	uitest.Steps
	w  *workspace.Workspace
	of map[string]*articles.Article // by title
}

// annotated returns a library with articles of these texts.
func annotated(t testing.TB, texts ...string) *desk {
	t.Helper()
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), crowd{}, workspace.Options{Who: "root"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(context.Background()) })
	d := &desk{t: t, w: w, of: map[string]*articles.Article{}}
	for _, text := range texts {
		a, err := load.Bytes(t.Context(), "-", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		added, err := w.Add(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := w.Open(t.Context(), added.ID)
		if err != nil {
			t.Fatal(err)
		}
		d.of[doc.Title] = doc.Article
	}
	return d
}

// does has somebody decide on an article.
func (d *desk) does(who, title string, edits ...review.Edit) {
	d.t.Helper()
	for _, e := range edits {
		if _, _, err := workspace.For(d.w, workspace.Member{Who: who}).Edit(d.t.Context(), d.of[title], e); err != nil {
			d.t.Fatal(err)
		}
	}
}

// finishes has people mark an article as done.
func (d *desk) finishes(title string, who ...string) {
	d.t.Helper()
	for _, name := range who {
		d.does(name, title, review.Edit{Verb: annotate.Done})
	}
}

// on returns what a name in an article is about.
func (d *desk) on(title, words string) []review.Target {
	at := strings.Index(d.of[title].Text, words)
	return []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + len(words)}}}
}

// begin begins the adjudication that "byline team adjudicate" begins, on a window of that size.
func (d *desk) begin(width, height int) {
	d.t.Helper()
	d.beginWith(screens.Adjudication{}, width, height)
}

// beginWith is begin for some articles.
func (d *desk) beginWith(of screens.Adjudication, width, height int) {
	d.t.Helper()
	settings, _ := config.Load("")
	_, m, err := screens.New(d.t.Context(), screens.Options{Fetcher: &pages.Fetcher{Workspace: workspace.For(d.w, workspace.Member{Who: "cy"})}, Config: settings, Adjudicate: &of})
	if err != nil {
		d.t.Fatal(err)
	}
	d.Steps = uitest.Steps{T: d.t, Model: m, Slow: d.Slow}
	d.Send(tea.WindowSizeMsg{Width: width, Height: height})
	d.Run(m.Init())
}

// curated writes the curated reading of an article: its names with their types.
func (d *desk) curated(title string) string {
	d.t.Helper()
	doc, err := d.w.Open(d.t.Context(), d.of[title].ID)
	if err != nil {
		d.t.Fatal(err)
	}
	one, _, err := curation.Document(doc, "")
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for e, m := range one.Layer.Mentions() {
		if m.State != annotate.Rejected {
			out = append(out, m.In(doc.Text)+" "+string(e.Type))
		}
	}
	return strings.Join(out, ", ")
}

const (
	alder = "# Alder\n\n山田一 met 山口社. Then 山本 and 山中社 left.\n"
	birch = "# Birch\n\n山木一 met 山森社.\n"
)

// disputed returns two articles on which ann and bob differ, in four questions and one. One is about a place, which their set has
// a label for.
func disputed(t *testing.T) *desk {
	d := annotated(t, alder, birch)
	if err := workspace.TeamOf(d.w).Record(t.Context(), team.Event{Verb: team.Create, Set: "Places", Articles: []string{d.of["Alder"].ID, d.of["Birch"].ID}},
		team.Event{Verb: team.SetLabels, Set: "Places", Labels: []team.Label{{Name: "place", Key: "z"}}}); err != nil {
		t.Fatal(err)
	}
	d.does("ann", "Alder", review.Edit{Verb: annotate.Relabel, Value: "organization", Targets: d.on("Alder", "山田一")},
		review.Edit{Verb: annotate.Note, Value: "a firm?", Targets: d.on("Alder", "山田一")})
	d.does("bob", "Alder", review.Edit{Verb: annotate.Reject, Targets: d.on("Alder", "山口社")},
		review.Edit{Verb: annotate.Respan, Targets: d.on("Alder", "山本"), To: articles.Span{Start: strings.Index(d.of["Alder"].Text, "Then"), End: strings.Index(d.of["Alder"].Text, "山本") + len("山本")}},
		review.Edit{Verb: annotate.Merge, Targets: d.on("Alder", "山中社"), To: d.on("Alder", "山田一")[0].Span})
	d.does("bob", "Birch", review.Edit{Verb: annotate.Relabel, Value: "place", Targets: d.on("Birch", "山木一")})
	d.finishes("Alder", "ann", "bob")
	d.finishes("Birch", "ann", "bob")
	return d
}

func TestAdjudicate(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(100, 24)
	shows(t, d.Steps, "byline › Birch", "1 of 1 · What is “山木一”?", "1 open · article 1 of 2", "1  ann      person", "2  bob      place", "0  neither  not a name")
	d.Press("2")
	shows(t, d.Steps, "byline › Alder", "1 of 4 · What is “山田一”?", "4 open · article 2 of 2", "ann noted: a firm?", "1  ann      organization", "2  bob      person")
	if got := d.curated("Birch"); got != "山木一 place, 山森社 organization" {
		t.Errorf("Birch: %s", got)
	}
	d.Press("1")
	shows(t, d.Steps, "2 of 4 · Is “山口社” a name?", "As ann: organization")
	d.Press("0")
	shows(t, d.Steps, "3 of 4 · Which words are the name at “Then 山本”?", "1  ann      “山本”, place", "2  bob      “Then 山本”, place")
	d.Press("p") // something else: a person, on the words under the cursor
	shows(t, d.Steps, "4 of 4 · Who or what is “山中社”?", "1  ann      not named before: person", "2  bob      the same as 山田一")
	d.Press("u")
	shows(t, d.Steps, "3 of 4")
	d.Press("s s")
	shows(t, d.Steps, "3 questions answered, with 7 keys (2.33 a question)", "2 questions skipped and still open")
	d.Press("q")
}

// Undo goes back to the article before, and one key takes an annotator for all that is open.
func TestAdjudicateUndoAndRest(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(80, 24)
	d.Press("2")
	shows(t, d.Steps, "byline › Alder", "1 of 4")
	d.Press("u")
	shows(t, d.Steps, "byline › Birch", "1 of 1 · What is “山木一”?", "1 open")
	d.Press("1")
	d.Press("Y")
	shows(t, d.Steps, "For the rest of this article, 4 questions, take", "1 ann", "2 bob")
	d.Press("2")
	shows(t, d.Steps, "5 questions answered, with 5 keys (1.00 a question)", "All 4 questions answered in “Alder”")
	doc, err := d.w.Open(t.Context(), d.of["Alder"].ID)
	if err != nil {
		t.Fatal(err)
	}
	got, want := d.curated("Alder"), ""
	for e, m := range doc.Who("bob").Layer.Mentions() {
		if m.State != annotate.Rejected {
			want += ", " + m.In(doc.Text) + " " + string(e.Type)
		}
	}
	if ", "+got != want {
		t.Errorf("curated %s, bob has %s", got, want)
	}
	d.begin(80, 24)
	shows(t, d.Steps, "Nothing is open: the annotators agree, or all is decided.", "byline export --all --curated")
}

// At the summary the last answer can be taken back; other keys say that no question is open, and are not counted.
func TestAdjudicateUndoAtTheEnd(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(80, 24)
	d.Press("2 1 1 1 1")
	shows(t, d.Steps, "5 questions answered, with 5 keys (1.00 a question)", "u takes the last decision back, r goes back through the questions.")
	for _, key := range strings.Fields("1 0 9 s Y ctrl+j D") {
		d.Press(key)
		shows(t, d.Steps, "5 questions answered, with 5 keys", "No question is open; u takes the last decision back")
	}
	d.Press("u")
	shows(t, d.Steps, "byline › Alder", "4 of 4", "1 open")
	if got := d.curated("Alder"); !strings.Contains(got, "山中社") {
		t.Error(got)
	}
	d.Press("u")
	shows(t, d.Steps, "3 of 4", "2 open")
	d.Press("2 2")
	shows(t, d.Steps, "5 questions answered, with 9 keys (1.80 a question)")
	d.Press("z")
	shows(t, d.Steps, "with 9 keys")
	d.Press("u s")
	shows(t, d.Steps, "4 questions answered, with 11 keys", "1 question skipped and still open")
}

// Undo goes on after a restart, over all articles, and what is settled can be gone through and answered otherwise.
func TestAdjudicateAgain(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(100, 24)
	d.Press("2 Y 2")
	shows(t, d.Steps, "5 questions answered")

	d.begin(100, 24)
	shows(t, d.Steps, "Nothing is open", "u takes the last decision back, r goes back through the questions.")
	d.Press("u")
	shows(t, d.Steps, "byline › Alder", "1 of 4 · What is", "4 open", "Undone: the answers to 4 questions")
	d.Press("u")
	shows(t, d.Steps, "byline › Birch", "1 open", "Undone, and open again: What is “山木一”?")
	d.Press("u")
	shows(t, d.Steps, "byline › Birch", "Nothing to undo")
	d.Press("2 1 0 3 p 2")
	shows(t, d.Steps, "5 questions answered")

	d.begin(100, 24)
	d.Press("r")
	shows(t, d.Steps, "byline › Alder", "4 of 4, answered", "1  ann      not named before", "2  bob      ✓ the same as 山田一")
	d.Press("r")
	shows(t, d.Steps, "3 of 4, answered", "0  neither  ✓ “Then 山本”, person  (0: not a name)")
	d.Press("r")
	shows(t, d.Steps, "2 of 4, answered", "2  bob      ✓ not marked")
	d.Press("r")
	shows(t, d.Steps, "1 of 4, answered", "1  ann      ✓ organization")
	d.Press("r")
	shows(t, d.Steps, "byline › Birch", "1 of 1, answered", "2  bob      ✓ place")
	d.Press("r")
	shows(t, d.Steps, "byline › Birch", "This is the first question of all")

	d.beginWith(screens.Adjudication{Articles: []string{d.of["Alder"].ID}}, 100, 24)
	shows(t, d.Steps, "byline › Alder", "1 of 4, answered", "1  ann      ✓ organization", "0 open")
	d.Press("2")
	shows(t, d.Steps, "2 of 4, answered", "As bob: person")
	d.Press("s")
	shows(t, d.Steps, "3 of 4, answered")
	d.Press("r r")
	shows(t, d.Steps, "1 of 4, answered", "2  bob      ✓ person")
	d.Press("u")
	shows(t, d.Steps, "1 of 4, answered", "1  ann      ✓ organization")
	d.Press("u")
	shows(t, d.Steps, "4 of 4 · Who or what", "1 open")
	d.Press("s")
	shows(t, d.Steps, "1 question skipped and still open")
}

// After a restart, undo takes back what was decided last, wherever: not what was decided before on the article in front.
func TestAdjudicateUndoesTheLastOfAll(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(100, 24)
	d.Press("s 1 r r") // one on Alder, and then the one of Birch
	shows(t, d.Steps, "byline › Birch", "1 of 1 · What is")
	d.Press("2")
	d.begin(100, 24)
	shows(t, d.Steps, "byline › Alder", "2 of 4", "3 open")
	d.Press("u")
	shows(t, d.Steps, "byline › Birch", "1 of 1 · What is", "1 open")
	d.Press("1")
	w := workspace.For(d.w, workspace.Member{Who: "cy"})
	p := screens.AdjudicateByLines(w, screens.Adjudication{}, linear.Services{Library: w.Finder(), Keeper: w.Library})
	if out := p.Start(t.Context()); !strings.HasPrefix(out[strings.Index(out, "\n")+1:], "Alder") {
		t.Error(out)
	}
	for _, want := range []string{"Birch, annotated by", "Alder, annotated by"} {
		if out := p.Do(t.Context(), "u"); !strings.HasPrefix(out, want) || !strings.Contains(out, "Undone, and open again: What is") {
			t.Errorf("not %s: %s", want, out)
		}
	}
	if out := p.Do(t.Context(), "u"); out != "Nothing to undo." {
		t.Error(out)
	}
}

// What questions were settled on is found meanwhile: their rows, and all keys, are there before.
func TestAdjudicateWhileItIsFound(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(100, 24)
	d.Press("2 1 0 3 p 2")
	slow := &uitest.Slow{Of: "adjudicate.settle."}
	comes := func(want ...string) {
		t.Helper()
		if len(slow.Held) != 1 {
			t.Fatalf("%d commands look for it, not one", len(slow.Held))
		}
		cmd := slow.Held[0]
		slow.Held = nil
		d.Run(func() tea.Msg { return cmd() })
		shows(t, d.Steps, want...)
	}
	d.Slow = slow
	d.begin(100, 24)
	d.Press("r") // to the article before
	shows(t, d.Steps, "byline › Alder", "4 of 4, answered", "2  bob      the same as 山田一", "0  neither  ✓ …")
	d.Press("r") // and on, while it is looked for
	shows(t, d.Steps, "3 of 4, answered", "0  neither  ✓ …")
	comes("3 of 4, answered", "0  neither  ✓ “Then 山本”, person")
	d.Press("r")
	shows(t, d.Steps, "2 of 4, answered", "2  bob      ✓ not marked") // it is known of all questions of the article

	d.beginWith(screens.Adjudication{Articles: []string{d.of["Alder"].ID}}, 100, 24)
	shows(t, d.Steps, "byline › Alder", "1 of 4, answered", "1  ann      organization", "0  neither  ✓ …")
	d.Press("2") // decided meanwhile: what comes is of before
	shows(t, d.Steps, "2 of 4, answered", "As bob: person", "0  neither  ✓ …")
	comes("2 of 4, answered", "0  neither  ✓ …")
	d.Press("r")
	comes("1 of 4, answered", "2  bob      ✓ person")
	d.Press("u")
	shows(t, d.Steps, "1 of 4, answered", "0  neither  ✓ …")
	d.Press("u") // the question is open again, and has no such row
	shows(t, d.Steps, "4 of 4 · Who or what", "0  neither  not the same as any other")
	comes("4 of 4 · Who or what", "1 open")
	if len(slow.Held) > 0 {
		t.Error("it is looked for although the question is open")
	}
}

// Whoever leaves is told what they answered and what is open.
func TestAdjudicateAndLeave(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	settings, _ := config.Load("")
	_, m, err := screens.New(t.Context(), screens.Options{Fetcher: &pages.Fetcher{Workspace: workspace.For(d.w, workspace.Member{Who: "cy"})}, Config: settings})
	if err != nil {
		t.Fatal(err)
	}
	d.Steps = uitest.Steps{T: t, Model: m}
	d.Send(tea.WindowSizeMsg{Width: 100, Height: 24})
	d.Run(m.Init())
	for _, x := range [][2]string{{"A q", "0 questions answered, 1 still open in what you went through"}, {"A s 1 q", "1 question answered, 4 still open in what you went through"}, {"A 2 Y 1 q", "4 questions answered"}} {
		d.Press(x[0])
		shows(t, d.Steps, "2 articles", x[1])
	}
}

// What another curator decided is not taken back.
func TestAdjudicateUndoesOnesOwn(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(100, 24)
	d.Press("2")
	w := workspace.For(d.w, workspace.Member{Who: "dee"})
	p := screens.AdjudicateByLines(w, screens.Adjudication{}, linear.Services{Library: w.Finder(), Keeper: w.Library})
	p.Start(t.Context())
	if out := p.Do(t.Context(), "u"); out != "Nothing to undo." {
		t.Error(out)
	}
	p.Do(t.Context(), "Y ann")
	w = workspace.For(d.w, workspace.Member{Who: "cy"})
	p = screens.AdjudicateByLines(w, screens.Adjudication{}, linear.Services{Library: w.Finder(), Keeper: w.Library})
	if out := p.Start(t.Context()); !strings.Contains(out, "Nothing is open") || p.Done() {
		t.Error(out)
	}
	if out := p.Do(t.Context(), "u"); !strings.HasPrefix(out, "Birch, annotated by ann and bob. 0 open · article 1 of 2.\nUndone, and open again: What is “山木一”?\nQuestion 1 of 1: ") {
		t.Error(out)
	}
}

// Who is no curator of a set that has curators is told so at once, and may look but not answer.
func TestAdjudicateAsNoCurator(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	if err := workspace.TeamOf(workspace.For(d.w, workspace.Member{Who: "dora"})).Record(t.Context(),
		team.Event{Verb: team.Create, Set: "May", Articles: []string{d.of["Alder"].ID}}, team.Event{Verb: team.Join, Set: "May", Members: []string{"zoe", "dora"}, Value: team.Curator}); err != nil {
		t.Fatal(err)
	}
	const want = "Only the curators of May decide here: dora, zoe"
	d.begin(80, 24)
	d.Press("s")
	shows(t, d.Steps, "1 of 4", want, "1  ann      organization", "0  neither")
	for _, key := range strings.Fields("1 0 Y p x u") {
		d.Press(key)
		shows(t, d.Steps, "1 of 4", want)
		if n := strings.Count(d.View(), want); n != 2 {
			t.Errorf("%s: said in %d places\n%s", key, n, d.View())
		}
	}
	d.Press("s")
	shows(t, d.Steps, "2 of 4", want)
	w := workspace.For(d.w, workspace.Member{Who: "cy"})
	p := screens.AdjudicateByLines(w, screens.Adjudication{Articles: []string{d.of["Alder"].ID}}, linear.Services{Library: w.Finder(), Keeper: w.Library})
	if out := p.Start(t.Context()); !strings.Contains(out, want+".\n") {
		t.Error(out)
	}
	for _, key := range []string{"1", "0", "Y bob", "u"} {
		if out := p.Do(t.Context(), key); out != want+"." {
			t.Errorf("%s: %s", key, out)
		}
	}
	if out := p.Do(t.Context(), "p"); !strings.Contains(out, "error: only the curators of May decide here: dora, zoe") {
		t.Error(out)
	}
	for _, who := range []string{"dora", "zoe"} {
		w := workspace.For(d.w, workspace.Member{Who: who})
		p := screens.AdjudicateByLines(w, screens.Adjudication{Articles: []string{d.of["Alder"].ID}}, linear.Services{Library: w.Finder(), Keeper: w.Library})
		if out := p.Start(t.Context()); strings.Contains(out, "curators") {
			t.Error(out)
		}
	}
}

// An article that somebody removes in the middle is said to be gone, and the next one follows.
func TestAdjudicateWhatIsRemoved(t *testing.T) {
	t.Parallel()
	const gone = "the article was removed from the library"
	remove := func(d *desk, title string) {
		t.Helper()
		if err := d.w.Library.Remove(t.Context(), d.of[title].ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{"1", "0", "p", "x"} { // on the article in front
		d := disputed(t)
		d.begin(100, 24)
		shows(t, d.Steps, "byline › Birch")
		remove(d, "Birch")
		d.Press(key)
		shows(t, d.Steps, "“Birch”: "+gone, "byline › Alder", "1 of 4")
		d.Press("1")
		shows(t, d.Steps, "2 of 4")
	}
	d := disputed(t) // on the next one, and then on the last decision's
	d.begin(100, 24)
	remove(d, "Alder")
	d.Press("2")
	shows(t, d.Steps, "“Alder”: "+gone, "1 question answered, with 1 key")
	remove(d, "Birch")
	d.Press("u")
	shows(t, d.Steps, "“Birch”: "+gone, "1 question answered, with 1 key")
	d.Press("u")
	shows(t, d.Steps, "Nothing to undo")

	for _, key := range []string{"1", "0", "p", "u", "Y bob"} {
		d := disputed(t)
		p := screens.AdjudicateByLines(d.w, screens.Adjudication{}, linear.Services{Library: d.w.Finder(), Keeper: d.w.Library})
		p.Start(t.Context())
		remove(d, "Birch")
		if out := p.Do(t.Context(), key); !strings.HasPrefix(out, "error: “Birch”: "+gone+"; the next one follows.\nAlder, annotated by") {
			t.Errorf("%s: %s", key, out)
		}
		p.Do(t.Context(), "1")
		remove(d, "Alder")
		if out := p.Do(t.Context(), "1"); !strings.HasPrefix(out, "error: “Alder”: "+gone) || !strings.Contains(out, "1 question answered") || !p.Done() {
			t.Errorf("%s: %s", key, out)
		}
	}
}

// Where there is nothing to settle the screen says what to do, and the list's key leads there.
func TestNothingToAdjudicate(t *testing.T) {
	t.Parallel()
	for want, done := range map[string]map[string][]string{
		"Nobody has marked an article as done in a set.":            nil,
		"Only ann has marked articles as done.":                     {"Alder": {"ann"}},
		"No two annotators have marked the same article as done.":   {"Alder": {"ann"}, "Birch": {"bob"}},
		"Nothing is open: the annotators agree, or all is decided.": {"Alder": {"ann", "bob"}},
	} {
		d := annotated(t, alder, birch)
		for title, who := range done {
			d.finishes(title, who...)
		}
		d.begin(80, 24)
		shows(t, d.Steps, want, "q quit")
		for _, key := range strings.Fields("1 0 u s r Y ctrl+j D") {
			d.Press(key)
			shows(t, d.Steps, want, "No question is open; q leaves")
		}
		var out strings.Builder
		p := screens.AdjudicateByLines(d.w, screens.Adjudication{}, linear.Services{Library: d.w.Finder(), Keeper: d.w.Library})
		if err := linear.Run(t.Context(), p, strings.NewReader("?\n1\nu\ns\n"), &out); err != nil || !strings.Contains(out.String(), want) || strings.Contains(out.String(), "> ") {
			t.Errorf("line by line: %v\n%s", err, out.String())
		}
	}
}

// The reader below keeps its keys: a list, a note that goes back, a merge.
func TestAdjudicateWithTheReadersKeys(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	d.begin(100, 30)
	d.Press("s , l o o k enter")
	shows(t, d.Steps, "byline › Alder", "1 of 4")
	d.Press("Y esc 9")
	shows(t, d.Steps, "There are 2 answers here; 0 takes neither", "1 of 4")
	d.Press("s s s r")
	shows(t, d.Steps, "3 of 4")
	d.Press("s m")
	shows(t, d.Steps, "Merge", "Who or what is “山中社”?")
	d.Press("esc ?")
	shows(t, d.Steps, "ADJUDICATE", "Take the answer in row 1")
}

// Nothing is cut off or too wide, however small the window is and however many annotated.
func TestAdjudicationFits(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	for i := range 10 {
		who := string(rune('c'+i)) + "arl the annotator with a long name"
		d.finishes("Birch", who)
	}
	for _, size := range [][2]int{{40, 12}, {80, 24}, {140, 45}, {20, 6}, {10, 3}} {
		d.begin(size[0], size[1])
		lines := strings.Split(d.View(), "\n")
		if len(lines) != size[1] {
			t.Errorf("%d lines of %d", len(lines), size[1])
		}
		for _, l := range lines {
			if w := ansi.StringWidth(l); w > size[0] {
				t.Errorf("%d cells of %d: %q", w, size[0], l)
			}
		}
		if size[0] >= 80 {
			shows(t, d.Steps, "1  ann", "0  none")
		}
	}
}

// A list has everybody's answers, also of more annotators than there are digits; whoever is chosen, it is theirs that is taken.
func TestAdjudicateByTheList(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	for i := range 10 {
		who := fmt.Sprintf("carl%02d", i)
		if i == 9 {
			d.does(who, "Birch", review.Edit{Verb: annotate.Relabel, Value: "ship", Targets: d.on("Birch", "山木一")})
		}
		d.finishes("Birch", who)
	}
	d.begin(80, 12)
	shows(t, d.Steps, "1  ann +9      person", "2  bob         place", "=  carl09      ship", "0  none")
	d.begin(80, 10)
	shows(t, d.Steps, "1  ann +9      person", "… and 2 answers: = lists all", "0  none")
	d.begin(80, 30)
	shows(t, d.Steps, "1 of 1 · What is “山木一”?", "9  carl06      person", "=  carl07      person", "=  carl09      ship")
	d.Press("= c a r l 0 9")
	shows(t, d.Steps, "What is “山木一”?", "carl09", "take the answer")
	d.Press("enter")
	shows(t, d.Steps, "byline › Alder")
	if got := d.curated("Birch"); got != "山木一 ship, 山森社 organization" {
		t.Error(got)
	}
}

// A list of annotators stays open while one of them changes something. What is chosen then is not taken for other questions.
func TestAdjudicateAnew(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{"Y", "="} {
		d := disputed(t)
		d.begin(100, 30)
		d.Press("s")
		shows(t, d.Steps, "1 of 4 · What is “山田一”?")
		before := d.curated("Alder")
		d.Press(keys)
		d.does("bob", "Alder", review.Edit{Verb: annotate.Relabel, Value: "ship", Targets: d.on("Alder", "山田一")})
		d.Press("2")
		shows(t, d.Steps, "an annotator changed something since this was asked", "1 of 4 · What is “山田一”?", "2  bob      ship", "4 open")
		if got := d.curated("Alder"); got != before {
			t.Errorf("%s: %s, before %s", keys, got, before)
		}
		d.Press("2")
		shows(t, d.Steps, "As bob: ship", "2 of 4")
	}
	d := disputed(t)
	p := screens.AdjudicateByLines(d.w, screens.Adjudication{}, linear.Services{Library: d.w.Finder(), Keeper: d.w.Library})
	p.Start(t.Context())
	d.does("bob", "Birch", review.Edit{Verb: annotate.Relabel, Value: "ship", Targets: d.on("Birch", "山木一")})
	if out := p.Do(t.Context(), "2"); !strings.HasPrefix(out, "An annotator changed something since this was asked; nothing is taken. The questions are:\nBirch, annotated by ann and bob.") || !strings.Contains(out, "2, bob: ship\n") {
		t.Error(out)
	}
	if out := p.Do(t.Context(), "2"); !strings.HasPrefix(out, "As bob: ship.") {
		t.Error(out)
	}
}

// later is an engine that finds what crowd does, under another name.
type later struct{ crowd }

func (later) Version() string { return "crowd-2" }

// Where annotators had the suggestions of another engine, the screen says so above the answers, and the lines before the first question.
func TestAdjudicateOtherEngines(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	was := crowd{}.Version()
	d.w = workspace.New(d.w.Library, later{}, workspace.Options{Who: "root"})
	want := fmt.Sprintf("Annotate again: engines differ (ann: %s, bob: %[1]s; here: crowd-2)", was)
	d.begin(100, 24)
	shows(t, d.Steps, "1 of 1 · What is “山木一”?", want, "1  ann      person", "2  bob      place", "0  neither")
	d.Press("2")
	shows(t, d.Steps, "1 of 4", want, "ann noted: a firm?")
	d.begin(60, 14)
	shows(t, d.Steps, "Annotate again: engines differ (ann")
	p := screens.AdjudicateByLines(d.w, screens.Adjudication{}, linear.Services{Library: d.w.Finder(), Keeper: d.w.Library})
	if out := p.Start(t.Context()); !strings.Contains(out, want+": what annotators left as suggested, and so what they agree on, may be otherwise elsewhere.\n") {
		t.Error(out)
	}
}

// BenchmarkAdjudicate is the time from a key that answers a question to the screen with the next: an article of 2,000 disputes, and one of
// 10 MB.
func BenchmarkAdjudicate(b *testing.B) {
	for _, x := range []struct {
		name            string
		disputes, bytes int
	}{{"2000disputes", 2000, 400 << 10}, {"10MB", 200, 10 << 20}} {
		b.Run(x.name, func(b *testing.B) {
			d := annotated(b, crowdedBy(x.disputes, x.bytes))
			title := "Everybody"
			var ts []review.Target
			text := d.of[title].Text
			for i := range x.disputes {
				ts = append(ts, d.on(title, fmt.Sprintf("Zq%dx", i))...)
			}
			if len(ts) != x.disputes || len(text) < x.bytes {
				b.Fatal(len(ts), len(text))
			}
			d.does("ann", title, review.Edit{Verb: annotate.Add, Value: "person", Here: true, Targets: ts})
			d.does("bob", title, review.Edit{Verb: annotate.Add, Value: "organization", Here: true, Targets: ts})
			d.finishes(title, "ann", "bob")
			d.begin(110, 32)
			shows(b, d.Steps, fmt.Sprintf("1 of %d", x.disputes))
			left := x.disputes
			for b.Loop() {
				if left == 1 { // the last ends the round
					b.StopTimer()
					d.Press("Y")
					b.StartTimer()
				}
				left--
				d.Press("1")
				d.View()
			}
		})
	}
}

// crowdedBy returns a text with so many names to dispute among those that the engine finds, so many bytes long.
func crowdedBy(names, bytes int) string {
	var b strings.Builder
	b.WriteString("# Everybody\n\n")
	for i := 0; i < names || b.Len() < bytes; i++ {
		who := fmt.Sprintf("Zq%dx", i)
		if i >= names {
			who = "somebody"
		}
		fmt.Fprintf(&b, "Then %s met 山%d in town and they talked about what had been said before, as people do in the evening when the work is done and it is late, %s.\n\n", who, i%997, strings.Repeat("so on and on ", 8))
	}
	return b.String()
}

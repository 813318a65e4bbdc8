package reader_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/annotate/review"
	"byline/ui/app"
	"byline/ui/reader"
	"byline/ui/uitest"
)

// never waits until shows is on the screen, and fails where the workspace was asked
// anything.
func (b *bench) never(keys, shows string) *bench {
	b.t.Helper()
	before, _ := b.step()
	b.at(keys, shows)
	if after, said := b.step(); after != before {
		b.t.Errorf("%q decided: %s", keys, said)
	}
	return b
}

// gone waits until words are not on the screen.
func gone(t *testing.T, s *uitest.Screen, words string) {
	t.Helper()
	s.Until(t, "no "+words, func() bool { return !strings.Contains(s.Text(), words) })
}

// A key on a claim that was scrolled away brings it back; only the next one acts.
func TestNoDecisionOutOfView(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, did string }{
		{"x", "reject  Marta Quill"}, {"\r", "confirm  Marta Quill"}, {"y", "confirm  Marta Quill"}, {"o", "relabel organization Marta Quill"},
		{"S", "split  Marta Quill"}, {"<", ""}, {"m", ""}, {"*", ""}, {"#", ""}, {",", ""}, {"i", ""}, {"w", ""}, {"c", ""},
	} {
		t.Run(c.key, func(t *testing.T) {
			t.Parallel()
			s, d := start(t, 40, 8)
			s.Wait(t, "┇") // marks are there
			s.Type("\t")
			s.Wait(t, "▸")
			s.Type("jjjj")
			gone(t, s, "▸")
			s.Type(c.key)
			s.Wait(t, "was out of view")
			s.Wait(t, "▸")
			if l := d.log(); len(l) > 0 {
				t.Fatalf("decided out of view: %q", l)
			}
			s.Type(c.key)
			if c.did != "" {
				s.Until(t, c.did, func() bool { l := d.log(); return len(l) == 1 && l[0] == c.did })
			}
		})
	}
}

// What was found is what the next key is about: the name on it, else its words.
func TestFoundWordsAreActedOn(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "Marta Quill · mention 1 of 3")
	b.at("/monday\r", "found: Monday").at("c", "opied what was found")
	b.never("x", "Nothing under the cursor")
	b.costs(1, "o", "add [Monday] → [] organization")
	b.at("/ferris\r", "person · Tom Ferris").costs(1, "x", "reject [Tom Ferris]")
	b.at("/sale\r", "found: sale").at("v", "selected: sale").at("\x1b", "found: sale")
	b.at("/press,\r", "found: press · in direct quote 1 of 2") // a quote around the words
	b.costs(1, "p", "add [press] → [] person")
	b.at("/paper\r", "found: paper · in direct quote 2 of 2").costs(1, "x", "reject [“not the paper.”]")
}

func TestFindRemembersWhereItBegan(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "Marta Quill · mention 1 of 3")
	b.at("/sad", "found: sad").at("\x1b", "Marta Quill · mention 1 of 3")
	b.at("/zebra\r", "“zebra” not found").at("", "Marta Quill · mention 1 of 3") // z, ze … were
	b.at("/quill\r", "“quill” 1 of 2").at("n", "“quill” 2 of 2")
	b.at("n", "Continued from the top").at("N", "Continued from the end")
}

// With words selected, a decision is on these or on nothing.
func TestDecisionsOnTheSelection(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "Marta Quill · mention 1 of 3")
	b.at("vll", "selected: ran")
	for _, key := range []string{"\r", "x", "X", "m", "@", "~", "<", "S", "R", "i"} {
		b.never(key, "is selected and not tagged")
		b.at("l", "selected: the").at("h", "selected: ran")
	}
	b.at("ll", "selected: Orrin").at("LL", "selected: Orrin Bay Courier")
	b.costs(1, "x", "reject [Orrin Bay Courier]")
	b.at("\x1b", "organization · Orrin Bay Courier")
}

// Esc clears what there is to clear, and never leaves.
func TestEscapeStays(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{})
	b.at("\x1b", "Nothing to clear; q leaves").at("\t", "mention 1 of 3")
	b.Type("\x1b")
	gone(t, b.Screen, "mention 1 of 3")
	b.at("\x1b", "Nothing to clear; q leaves").at("\t", "mention 1 of 3")
}

// Every way to go on goes round, and says so and what is left.
func TestStepsGoRound(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("G", "Marta Quill · mention 3 of 3")
	b.at("a", "Continued from the top — 8 left to review").at("g", "Marta Quill · mention 1 of 3")
	b.at("{", "Continued from the end").at("}", "Continued from the top")
	b.at("AAAAA", "person · Tom Ferris").at("A", "Marta Quill · mention 3 of 3").at("A", "Continued from the least certain — 8 left to review")

	b = decides(t, reader.Options{}).at("G", "Marta Quill · mention 3 of 3")
	b.at("y", "Continued from the top — 7 left to review · Confirmed “Quill”")
	b.at("yyyyyy", "person · Tom Ferris")
}

// At the end of a review it says so, and a key marks the article as done.
func TestEndOfReview(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("a", "Marta Quill · mention 1 of 3")
	b.at("yyyyyyy", "7 of 8 reviewed").at("y", "All 8 reviewed; D marks the article as done · Confirmed “Quill”")
	b.at("a", "Everything is reviewed; D marks the article as done")
	b.at("u", "7 of 8 reviewed").at("x", "All 8 reviewed; D marks the article as done · Rejected “Quill”")
}

// Rows of entities do not unfold under the cursor.
func TestPanelUnfoldsByKey(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3")
	b.at("s", "space mark").at("jj", "▸ ○ Tom Ferris").at("k", "▸ ○ Marta Quill")
	b.at("\x1b[C", "  ○ she").at("j", "▸   ○ Marta Quill").at("jj", "▸   ○ Quill")
	b.costs(1, "x", "reject [Quill]")
	b.Wait(t, "Rejected “Quill” · 1 of 3 mentions")
	b.Wait(t, "▸   ✗ Quill") // the cursor stays on the form
	b.at("h", "▸ ◐ Marta Quill")
	gone(t, b.Screen, "✗ Quill")
	b.costs(1, "x", "reject [Marta Quill] → [] person; reject [she]")
	b.Wait(t, "Rejected “Marta Quill”, 2 mentions")
}

// Who tags the rows of a list one after the other stays in it.
func TestPanelStaysInItsList(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("s", "▸ ○ Marta Quill")
	b.costs(1, "o", "relabel [Marta Quill] → [] organization")
	b.Wait(t, "▸ ○ Tom Ferris")
	b.Wait(t, "person · Tom Ferris")
	b.costs(1, ".", "relabel [Tom Ferris] → [] organization")
	b.Wait(t, "ORGS 4")
	b.never("x", "Nothing under the cursor") // the list is empty
}

func TestPanelSaysWhichRow(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("s", "1 of 2")
	b.costs(1, "~", "tag [Marta Quill]") // before the cursor is anywhere
	b.at("j", "2 of 2")
	b.at("F", "Filter the panel:").at("quill\r", "filter: quill").at("", "1 of 1")
	b.costs(1, "x", "reject [Marta Quill]") // the row that is shown
}

// A decision in the panel is on the row that it shows, whichever list it turned to.
func TestPanelTurnsWithTheCursor(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3").at("s", "space mark").at("\t", "▸ ○ Orrin Bay Courier")
	b.Wait(t, "organization · Orrin Bay Courier")
	b.costs(1, "p", "relabel [Orrin Bay Courier]")
}

// The panel's list says nothing about what a step stops at: places are stepped through when
// that is asked for, and counted then.
func TestPlacesAreStepsOnDemand(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3").at("#", "Tag")
	b.costs(6, "place\r", "relabel [Marta Quill] → [] place")
	b.Wait(t, "1 of 6 reviewed")
	b.at("f", "1 of 6 reviewed")
	b.at("I", "Places and other names included: 1 of 8 reviewed").at("gaa", "1 of 8 reviewed with places")
	b.at("I", "Places and other names left out: 1 of 6 reviewed")
}

// With the setting or by its key, every decision goes on.
func TestGoOnAfterEveryDecision(t *testing.T) {
	t.Parallel()
	for _, o := range []reader.Options{{GoOn: true}, {}} {
		b := decides(t, o)
		if !o.GoOn {
			b.at("\x07", "Every decision now goes on to the next unreviewed; ctrl+g turns that off")
		}
		b.at("a", "Marta Quill · mention 1 of 3").at("", "0 of 8 reviewed, going on")
		b.costs(1, "\r", "confirm [Marta Quill]")
		b.Wait(t, "organization · Orrin Bay Courier")
		b.costs(1, "p", "relabel [Orrin Bay Courier] → [] person")
		b.Wait(t, "organization · Halden Media")
		b.costs(2, "*\r", "[Halden Media]")
		b.Wait(t, "direct quote 1 of 2")
		b.costs(2, "@2", "attribute [“We sold the press,”]")
		b.Wait(t, "Marta Quill · mention 2 of 3")
		b.costs(1, ">", "respan [she]") // may have to go on
		b.Wait(t, "mention 2 of 3")
		b.costs(1, "x", "reject [she said]")
		b.Wait(t, "direct quote 2 of 2")
		b.Wait(t, "Rejected “she said”")
		b.at("\x07", "The cursor stays after a decision")
		b.costs(1, "x", "reject [“not the paper.”]")
		b.Wait(t, "direct quote 2 of 2")
	}
}

func TestCentre(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 40, 9)
	s.Wait(t, "┇") // marks are there
	s.Type("\t")
	s.Wait(t, "▸")
	s.Type("\x05\x05")
	gone(t, s, "Marta Quill, who")
	s.Type("\x19")
	s.Wait(t, "Courier for")
	s.Type("}}zz")
	s.Until(t, "the quote in the middle", func() bool { _, y, ok := s.Find("▸"); return ok && y == 4 })
}

// The footer names a shorter way where the same is decided again and again.
func TestShortcutsInTheFooter(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("a", "Marta Quill · mention 1 of 3")
	b.at("y", "Orrin Bay Courier · mention 1 of 1")
	foot := func() string { l := strings.Split(strings.TrimRight(b.Text(), "\n"), "\n"); return l[len(l)-1] }
	b.Type("\x0c") // does nothing, and takes the toast away
	b.Until(t, "no shortcut yet", func() bool { return strings.Contains(foot(), "tab next") && !strings.Contains(foot(), "all alike") })
	b.at("yyy\x0c", "Y all alike")
	b.at("}\x0c", "tab next")

	b = decides(t, reader.Options{}).at("a", "Marta Quill · mention 1 of 3")
	b.at("#ship\r", "ship · Marta Quill").at("\t#ship\r", "ship · Orrin Bay Courier").at("\t\x0c", ". repeat")
	b.costs(1, ".", "relabel [Halden Media] → [] ship")
}

func TestSearchesAreRemembered(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("/", "Find:").at("quill\r", "“quill” 1 of 2").at("/sale\r", "“sale” 1 of 1")
	b.at("/", "Find:").at("sad", "“sad” 1 of 1")
	b.at("\x1b[A", "“sale” 1 of 1").at("\x1b[A", "“quill” 1 of 2").at("\x1b[A", "“quill” 1 of 2")
	b.at("\x1b[B", "“sale” 1 of 1").at("\x1b[B", "“sad” 1 of 1").at("\x1b[A\x1b[A\r", "“quill” 1 of 2")
	b.at("/", "Find:").at("\x1b[A", "“quill” 1 of 2") // the latest of all
}

// Marks are letters, as in vim: M a sets one, ' a goes there.
func TestMarksTakeALetter(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 40, 8)
	s.Type("Ma")
	s.Wait(t, "Mark a set")
	s.Type("G")
	gone(t, s, "Marta Quill, who")
	s.Type("'")
	s.Wait(t, "Go to mark (a):")
	s.Type("a")
	s.Wait(t, "Marta Quill, who")
	s.Type("'b")
	s.Wait(t, "No mark b: M sets one")
}

// A keeper notes how much of the article is read.
type keeper struct {
	stock
	mu   sync.Mutex
	read float64
}

func (k *keeper) SetPosition(_ context.Context, _ string, _ library.Position, read float64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.read = read
	return nil
}

func (k *keeper) share() float64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.read
}

// The library is told what the header says: an article that fits is read when it is opened, a jump
// to the end is not the way there. Who has reviewed all has read all; that the library knows itself.
func TestReadIsWhatTheLibraryHears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		height      int
		keys, shows string
		least, most float64
	}{
		{24, "", "100% read", 1, 1}, {5, "", "43% read", .4, .5}, {5, "G", "76% read", .7, .9}, {5, "ayyyyyyyy", "100% read", .7, 1},
	} {
		k := &keeper{stock: stock{pos: library.Position{Cursor: -1}}}
		d := &ledger{workspace: workspace{layer: layer()}, ids: review.IDs{Random: rand.NewChaCha8([32]byte{})}}
		d.now = review.Apply(story, d.layer, nil)
		r := reader.New(context.Background(), reader.Services{Library: k, Keeper: k, Workspace: d}, reader.Options{})
		m, err := app.New(app.Options{Start: func() tea.Cmd { return r.Open(reader.Request{ID: "a", Offset: -1}) }}, r)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := uitest.Start(t, m, 82, c.height)
		s.Wait(t, "of 8 reviewed")
		s.Type(c.keys)
		s.Wait(t, c.shows)
		s.Until(t, "the library hears of it", func() bool { return k.share() >= c.least && k.share() <= c.most })
	}
}

// What was found is named wherever the search goes, also where that moves the text.
func TestFoundIsNamedAfterScrolling(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 30, 13)
	s.Type("/an\r")
	for _, k := range []struct{ key, want string }{
		{"", "found: ran"}, {"n", "found: answer"}, {"n", "found: ran"}, {"N", "found: answer"}, {"N", "found: ran"},
	} {
		s.Type(k.key)
		s.Wait(t, k.want+" ─")
	}
}

// Words of several lines are selected line by line.
func TestLinesAreSelected(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "Marta Quill · mention 1 of 3")
	b.at("vll", "selected: ran")
	b.at("\x1b[1;2B", "selected: ran the Orrin Bay Courier for thirty years, sold its press on Monday to Halden ─")
	b.at("J", "sold its press on Monday to Halden Media. “We") // into the quote
	b.at("K", "sold its press on Monday to")
	b.at("\x1b[1;2A", "selected: ran the Orrin")
	b.at("\x1b", "Marta Quill · mention 1 of 3")
	b.at("vjjj", "selected: Tom").at("JJ", "did not answer him. ─")
}

package reader_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui/app"
	"byline/ui/reader"
	"byline/ui/uitest"
)

// A ledger is a workspace that keeps a log of decisions and applies it.
type ledger struct {
	workspace
	ids review.IDs
	all []annotate.Decision
	now review.Result

	broken  bool  // it has no layer any more
	refuses error // of every decision; nil for none
}

func (l *ledger) Layer(context.Context, *articles.Article) (*annotate.Layer, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now.Layer, nil
}

func (l *ledger) Edit(_ context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.refuses != nil {
		return nil, "", l.refuses
	}
	now := time.Date(2026, 3, 9, 17, 0, len(l.all), 0, time.UTC)
	w := review.Writer{Signature: review.Signature{Who: "ann", Now: now, NewID: func() string { return l.ids.Next(now) }}, Text: a.Text, Shown: &l.now}
	ds := w.Write(c)
	said := l.now.Say(ds)
	l.all = append(l.all, ds...)
	l.now = review.Apply(a.Text, l.layer, l.all)
	return l.now.Layer, said, nil
}

// step returns how many steps the log has, and the last in words:
// "merge [Quill] → [Tom Ferris]; …".
func (l *ledger) step() (int, string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, d := range l.all {
		if d.Step == l.all[len(l.all)-1].Step {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s [%s] → [%s] %s", d.Verb, d.Target.Exact, d.To.Exact, d.Value)))
		}
	}
	return len(l.now.Steps.All), strings.Join(out, "; ")
}

// A bench is a reader with a ledger.
type bench struct {
	*uitest.Screen
	*ledger
	t *testing.T
}

// decides runs the reader on the story with a workspace that decides.
func decides(t *testing.T, o reader.Options) *bench {
	t.Helper()
	d := &ledger{workspace: workspace{layer: layer()}, ids: review.IDs{Random: rand.NewChaCha8([32]byte{})}}
	d.now = review.Apply(story, d.layer, nil)
	lib := &stock{pos: library.Position{Cursor: -1}}
	o.Panel = true
	r := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: d}, o)
	m, err := app.New(app.Options{Start: func() tea.Cmd { return r.Open(reader.Request{ID: "a", Offset: -1}) }}, r)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 120, 36)
	s.Wait(t, "of 8 reviewed")
	return &bench{s, d, t}
}

// at types keys that move and waits for what they lead to.
func (b *bench) at(keys, shows string) *bench {
	b.t.Helper()
	b.Type(keys)
	b.Wait(b.t, shows)
	return b
}

// costs types keys, n of them, and waits for one new step that says what is wanted.
func (b *bench) costs(n int, keys, want string) {
	b.t.Helper()
	if got := len([]rune(keys)); got != n {
		b.t.Errorf("%q are %d keys, not %d", keys, got, n)
	}
	before, _ := b.step()
	b.Type(keys)
	b.Until(b.t, want, func() bool { n, said := b.step(); return n > before && strings.Contains(said, want) })
	if after, _ := b.step(); after != before+1 {
		b.t.Errorf("%q made %d steps, not one", keys, after-before)
	}
}

func TestEndsMoveAsFastAsOneTypes(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3")
	b.Type(">>>>\r")
	b.Until(t, "four words more", func() bool {
		_, said := b.step()
		return strings.Contains(said, "→ [Marta Quill, who ran the Orrin]")
	})
	if n, _ := b.step(); n != 4 {
		t.Errorf("%d steps, not 4", n)
	}
	b.Type("uuuu")
	b.costs(1, "(", "respan [Marta Quill] → [Quill] person")
	b.costs(1, "<", "respan [Quill] → [Marta Quill] person")
}

func TestNoWordMore(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3")
	b.at("<", "No word to add or drop here")
	b.at("(", "Quill · mention 1 of 3 · confirmed").at("(", "No word to add or drop here")
	if n, said := b.step(); n != 1 {
		t.Errorf("%d steps, the last %s", n, said)
	}
}

func TestLeastCertainGoesUp(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("A", "direct quote 2 of 2")
	b.at("A", "direct quote 1 of 2").at("A", "Marta Quill · mention 1 of 3").at("A", "Orrin Bay Courier")
	b.at("AAAAA", "direct quote 2 of 2")
	b.costs(1, "y", "confirm [“not the paper.”]")
	b.Wait(t, "direct quote 1 of 2")
}

func TestRemarksShow(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3")
	b.costs(1, "~", "tag [Marta Quill] → [] question")
	b.Wait(t, "suggested, 90% · ⚑ flagged")
	b.Wait(t, "⚑ 3") // in the panel
	b.Wait(t, "▸⚑Marta Quill")
	b.costs(1, "~", "tag [Marta Quill] → [] question")
	b.Until(t, "no flag", func() bool { return !strings.Contains(b.Text(), "⚑") })
	b.at("}", "direct quote 1 of 2")
	b.costs(4, ",ok\r", "note [“We sold the press,”] → [] ok")
	b.Wait(t, "suggested, 80% · ✎ ok")
	b.Wait(t, "▸✎“We sold")
}

func TestTheLastDecisionAgain(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3")
	b.costs(1, ">", "respan [Marta Quill] → [Marta Quill, who]")
	b.costs(1, ".", "respan [Marta Quill, who] → [Marta Quill, who ran]")
	b.at("\t", "Orrin Bay Courier")
	b.costs(2, "m1", "merge [Orrin Bay Courier] → [Halden Media]")
	b.at("}", "direct quote 1 of 2")
	b.costs(2, "@0", "attribute [“We sold the press,”] → []")
	b.at("}", "direct quote 2 of 2")
	b.costs(1, ".", "attribute [“not the paper.”] → []")
}

func TestEverywhereLeavesLongerNames(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3").at("l", "mention 2 of 3").at("l", "mention 3 of 3")
	b.at("*", "“Quill”: 1 occurrence, 1 tagged")
	b.costs(1, "3", "relabel [Quill] → [] place")
	b.Wait(t, "place · Quill · mention 1 of 1")
}

func TestMarkedMentionsStayTogether(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("]", "▸ ○ Marta Quill")
	b.at("sj", "▸ ○ Tom Ferris").at("k\x1b[C", "○ she").at("jj", "▸   ○ she")
	b.costs(3, "  S", "split [she] → []; split [Quill] → [she]") // 1 key a mention, 1 for all
	b.Wait(t, "person · Quill · mention 1 of 2")
	b.Wait(t, "PEOPLE 3")
}

func TestAlikeThenTheRest(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("\t", "mention 1 of 3").at("Y", "3 mentions of Marta Quill")
	x, y, _ := b.Find("Marta Quill, who")
	b.Until(t, "marks on what is about to be confirmed", func() bool { return b.Cell(x, y).Style.Bg != nil })
	b.costs(1, "1", "confirm [Marta Quill] → [] person; confirm [she] → [] person; confirm [Quill] → [] person")
	b.Wait(t, "organization · Orrin Bay Courier · mention 1 of 1 · suggested")
	b.Until(t, "no marks", func() bool { return b.Cell(x, y).Style.Bg == nil })
	b.Type("u")
	b.Wait(t, "0 of 8 reviewed")
}

func TestSpeakerByTyping(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("}", "direct quote 1 of 2")
	b.costs(10, "@ferris &\r", "attribute [“We sold the press,”] → [Ferris &]")
	b.costs(5, "@zoe\r", "note [“We sold the press,”] → [] said by zoe")
	b.Type("@Courier")
	b.Wait(t, "“Courier”")
	b.costs(2, "\t\r", "attribute [“We sold the press,”] → [Courier]")
}

func TestMarkingSeveralRows(t *testing.T) {
	t.Parallel()
	b := decides(t, reader.Options{}).at("f]", "▸ ○ Orrin Bay Courier")
	b.at("s", "space mark")
	b.costs(3, "  m", "merge [Halden Media] → [Orrin Bay Courier]")
	b.Wait(t, "ORGS 1")
	b.costs(1, "p", "relabel [Orrin Bay Courier] → [] person; relabel [Halden Media] → [] person") // the type of all
}

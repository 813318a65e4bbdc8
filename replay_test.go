package main_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/names"
	"byline/annotate/review"
	"byline/annotate/segment"
	"byline/articles"
	"byline/articles/plain"
	"byline/ui/session"
	"byline/ui/uitest"
)

// TestReplay has a scripted expert tag the 60 names of an article in the real program
// on a terminal, as fast as the program takes keys: 40 keys, then SIGKILL, then the rest
// after a new start. The export has exactly the names of the gold. With -v it prints keys
// and time, and what the same task takes SLATE by its documentation (Kummerfeld 2019):
// a key for each word on the way to a name and in it, one to begin the mark, one for its label.
func TestReplay(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	a, gold := goldOf(t, "testdata/replay.txt")
	own, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	e := &expert{article: a, gold: gold, machine: own.Annotate(a.Text, a.Blocks)}
	e.apply()
	e.work()

	dir := t.TempDir()
	bin := build(t)
	file := filepath.Join(dir, "replay.txt")
	if err := os.WriteFile(file, []byte(a.Text), 0o600); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(dir, "library.db")
	p := start(t, bin, "--library", library, file)
	before := reviewed(t, p)
	half := 40
	for e.keys[half] == "a" { // which goes on after the key before
		half++
	}
	begun := time.Now()
	e.play(t, p, 0, half)
	p.Kill()
	took := time.Since(begun)

	p = start(t, bin, "--library", library, file)
	if n := reviewed(t, p); before != 0 || n != e.reviewed[half-1] {
		t.Fatalf("%d reviewed after SIGKILL, not %d", n, e.reviewed[half-1])
	}
	begun = time.Now()
	p.Type("ga")
	e.play(t, p, half, len(e.keys))
	p.Kill()
	took += time.Since(begun)

	if got := tagged(t, bin, library); !slices.Equal(got, e.wanted()) {
		t.Errorf("the export has\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(e.wanted(), "\n"))
	}
	t.Logf("%d words, %d names: %d keys (%v), replayed in %d ms; SLATE, counted: %d keys; SIGKILL after %d keys lost nothing",
		a.Words(), len(gold), len(e.keys), e.share, took.Milliseconds(), e.slate(), half)
}

// play types the keys from one to another, a few at a time: many at once would be a pasted text.
func (e *expert) play(t *testing.T, p *uitest.Process, from, to int) {
	t.Helper()
	const few = 4
	for ; from < to; from += few {
		next := min(from+few, to)
		p.Type(strings.Join(e.keys[from:next], ""))
		p.Until(t, fmt.Sprintf("%d of the keys", next), func() bool { return shown(p) >= e.reviewed[next-1] })
	}
}

var goldMark = regexp.MustCompile(`\[([PO]):([^\]]*)\]`)

// goldOf reads a text in which people stand as [P:Ann Lee], organizations as [O:Halden].
func goldOf(t *testing.T, name string) (*articles.Article, map[articles.Span]annotate.Type) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	gold := map[articles.Span]annotate.Type{}
	var b strings.Builder
	at := 0
	for _, m := range goldMark.FindAllSubmatchIndex(data, -1) {
		b.Write(data[at:m[0]])
		s := articles.Span{Start: b.Len(), End: b.Len() + m[5] - m[4]}
		gold[s] = map[byte]annotate.Type{'P': annotate.Person, 'O': annotate.Organization}[data[m[2]]]
		b.Write(data[m[4]:m[5]])
		at = m[1]
	}
	b.Write(data[at:])
	a := plain.Import([]byte(b.String()))
	if strings.TrimSpace(a.Text) != strings.TrimSpace(b.String()) {
		t.Fatalf("the article's text is not that of %s", name)
	}
	return a, gold
}

// An expert knows what the gold says, and the keys.
type expert struct {
	article *articles.Article
	machine *annotate.Layer
	gold    map[articles.Span]annotate.Type

	log      []annotate.Decision
	shown    review.Result
	keys     []string
	reviewed []int // claims reviewed after each key
	share    map[string]int
	ids      int
}

func (e *expert) apply() { e.shown = review.Apply(e.article.Text, e.machine, e.log) }

func (e *expert) press(verb string, keys ...string) {
	if e.share == nil {
		e.share = map[string]int{}
	}
	e.share[verb] += len(keys)
	e.keys = append(e.keys, keys...)
	for range keys {
		e.reviewed = append(e.reviewed, e.shown.Layer.Counts().Reviewed)
	}
}

// decide writes a change and presses its keys, of which the first decides.
func (e *expert) decide(c review.Edit, verb string, keys ...string) {
	e.ids++
	pen := review.Writer{Text: e.article.Text, Shown: &e.shown, Signature: review.Signature{
		Who: "expert", Now: time.Unix(int64(e.ids), 0), NewID: func() string { e.ids++; return fmt.Sprintf("%08d", e.ids) }}}
	e.log = append(e.log, pen.Write(c)...)
	e.apply()
	e.press(verb, keys...)
}

// work judges what the machine found in the order of the text, then adds what it missed.
func (e *expert) work() {
	e.press("go", "a")
	for at := -1; ; {
		t, ok := review.Next(e.shown.Layer, at)
		if !ok {
			break
		}
		e.judge(t)
		at = t.Start
	}
	e.press("go", "g")
	text := segment.Split(e.article.Text, e.article.Blocks)
	end := 0
	for _, c := range names.Candidates(text) {
		var taken bool
		if c, taken = e.around(c); taken || c.Start < end {
			continue
		}
		end = c.End
		e.press("next candidate", "C")
		if typ, ok := e.gold[c]; ok {
			e.decide(review.Edit{Verb: annotate.Add, Value: string(typ), Targets: []review.Target{{Kind: annotate.OfMention, Span: c}}}, "add", key(typ))
		}
	}
}

func key(typ annotate.Type) string {
	if typ == annotate.Person {
		return "p"
	}
	return "o"
}

// judge decides on a claim.
func (e *expert) judge(t review.Target) {
	targets := []review.Target{t}
	switch want, right := e.gold[t.Span]; {
	case t.Kind == annotate.OfQuote, right && want == e.typeAt(t.Span):
		e.decide(review.Edit{Verb: annotate.Confirm, Targets: targets}, "confirm", "y")
	case right:
		e.decide(review.Edit{Verb: annotate.Relabel, Value: string(want), Targets: targets}, "retype", key(want), "a")
	default:
		if whole := e.beganAt(t.Span); !whole.Empty() {
			e.endLater(t.Span, whole)
			return
		}
		e.decide(review.Edit{Verb: annotate.Reject, Targets: targets}, "reject", "X")
	}
}

// beganAt returns the name of which s is the beginning only; empty if there is none.
func (e *expert) beganAt(s articles.Span) articles.Span {
	for g := range e.gold {
		if g.Start == s.Start && g.End > s.End {
			return g
		}
	}
	return articles.Span{}
}

// endLater moves the end of the name at s word by word to that of whole, gives it its type, and goes on.
func (e *expert) endLater(s, whole articles.Span) {
	text := session.Text{Article: e.article}
	for s.End < whole.End {
		to := articles.Span{Start: s.Start, End: text.WordFrom(s.End, 1).End}
		e.decide(review.Edit{Verb: annotate.Respan, Targets: []review.Target{{Kind: annotate.OfMention, Span: s}}, To: to}, "move the end", ">")
		s = to
	}
	if typ := e.gold[whole]; e.typeAt(s) != typ {
		e.decide(review.Edit{Verb: annotate.Relabel, Value: string(typ), Targets: []review.Target{{Kind: annotate.OfMention, Span: s}}}, "retype", key(typ))
	}
	e.press("go", "a")
}

func named(typ annotate.Type) bool {
	return typ == annotate.Person || typ == annotate.Organization
}

// typeAt returns the type of the mention at s, "" where there is none that counts.
func (e *expert) typeAt(s articles.Span) annotate.Type {
	for _, x := range e.shown.Layer.Entities {
		for _, m := range x.Mentions {
			if m.Span == s && m.State != annotate.Rejected {
				return x.Type
			}
		}
	}
	return ""
}

// around returns whether a mention that is shown, rejected or not, has the first or last
// byte of c, and c, or the whole of a mention that stands aside there.
func (e *expert) around(c articles.Span) (whole articles.Span, taken bool) {
	whole = c
	for _, x := range e.shown.Layer.Entities {
		for _, m := range x.Mentions {
			switch {
			case !m.Has(c.Start) && !m.Has(c.End-1):
			case x.Type.Aside():
				whole = m.Span
			default:
				taken = true
			}
		}
	}
	return whole, taken
}

// wanted lists the gold as tagged does.
func (e *expert) wanted() []string {
	var out []string
	for s, typ := range e.gold {
		out = append(out, fmt.Sprintf("%s %s", typ, s.In(e.article.Text)))
	}
	slices.Sort(out)
	return out
}

// slate counts the keys of SLATE: on to the name by words, over it, and two.
func (e *expert) slate() int {
	keys, at := 0, 0
	for _, s := range slices.SortedFunc(maps.Keys(e.gold), articles.Span.Compare) {
		keys += len(strings.Fields(e.article.Text[at:s.Start])) + len(strings.Fields(s.In(e.article.Text))) - 1 + 2
		at = s.End
	}
	return keys
}

// tagged lists the people and organizations that the export of library has.
func tagged(t *testing.T, bin, library string) []string {
	t.Helper()
	data, err := exec.Command(bin, "--library", library, "export", "--all", "--format", "jsonl").Output()
	if err != nil {
		t.Fatal(err)
	}
	var j struct {
		Entities []struct {
			Type     annotate.Type
			Mentions []struct{ Text, Form string }
		}
	}
	if err := json.Unmarshal(data, &j); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range j.Entities {
		for _, m := range x.Mentions {
			if named(x.Type) && m.Form == string(annotate.Name) {
				out = append(out, fmt.Sprintf("%s %s", x.Type, m.Text))
			}
		}
	}
	slices.Sort(out)
	return out
}

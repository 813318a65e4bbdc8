package reader_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/reader"
	"byline/ui/uitest"
)

const story = `Marta Quill, who ran the Orrin Bay Courier for thirty years, sold its press on Monday to Halden Media.

“We sold the press,” she said, “not the paper.”

Tom Ferris, of Ferris & Sons, called the sale sad. Quill did not answer him.`

// span returns the n-th place of words in the story, counted from 0.
func span(words string, n int) articles.Span {
	from := 0
	for ; n > 0; n-- {
		from += strings.Index(story[from:], words) + len(words)
	}
	i := from + strings.Index(story[from:], words)
	return articles.Span{Start: i, End: i + len(words)}
}

func mention(typ annotate.Type, form annotate.Form, words string, n int) annotate.Mention {
	return annotate.Mention{Span: span(words, n), Form: form, Type: typ, Origin: annotate.Origin{Stage: "names", Score: .9}}
}

func layer() *annotate.Layer {
	p, o := annotate.Person, annotate.Organization
	return &annotate.Layer{
		Entities: []annotate.Entity{
			{ID: "e1", Type: p, Name: "Marta Quill", Mentions: []annotate.Mention{
				mention(p, annotate.Name, "Marta Quill", 0), mention(p, annotate.Pronoun, "she", 0), mention(p, annotate.Name, "Quill", 1)}},
			{ID: "e2", Type: o, Name: "Orrin Bay Courier", Mentions: []annotate.Mention{mention(o, annotate.Name, "Orrin Bay Courier", 0)}},
			{ID: "e3", Type: o, Name: "Halden Media", Mentions: []annotate.Mention{mention(o, annotate.Name, "Halden Media", 0)}},
			{ID: "e4", Type: p, Name: "Tom Ferris", Mentions: []annotate.Mention{mention(p, annotate.Name, "Tom Ferris", 0)}},
		},
		Quotes: []*annotate.Quote{
			{Span: span("“We sold the press,”", 0), Type: annotate.Direct, Speaker: "e1", SpeakerMention: span("she", 0), Cue: span("said", 0), Origin: annotate.Origin{Stage: "quotes", Score: .8}},
			{Span: span("“not the paper.”", 0), Type: annotate.Direct, Speaker: "e1", Origin: annotate.Origin{Stage: "quotes", Score: .5}},
		},
	}
}

// stock holds the one story, workspace its layer.
type stock struct{ pos library.Position }

func (l *stock) Article(context.Context, string) (*articles.Article, error) {
	a := &articles.Article{ID: "a", Title: "The Press at Orrin Bay", Site: "Northern Wire", Format: articles.Plain, Text: story}
	off := 0
	for p := range strings.SplitSeq(story, "\n\n") {
		a.Blocks = append(a.Blocks, articles.Block{Span: articles.Span{Start: off, End: off + len(p)}})
		off += len(p) + 2
	}
	return a, nil
}
func (l *stock) Entry(_ context.Context, id string) (library.Entry, error) {
	return library.Entry{ID: id, Words: 45}, nil
}
func (l *stock) MarkOpened(context.Context, string) error                   { return nil }
func (l *stock) Position(context.Context, string) (library.Position, error) { return l.pos, nil }
func (l *stock) SetPosition(_ context.Context, _ string, p library.Position, _ float64) error {
	l.pos = p
	return nil
}
func (l *stock) SetStatus(context.Context, string, library.Status) error { return nil }

type workspace struct {
	past    []review.Event // what was decided; nil: one event
	mu      sync.Mutex
	layer   *annotate.Layer
	asked   []string
	orphans []annotate.Decision
}

func (d *workspace) Glance(context.Context, *articles.Article, articles.Span) *annotate.Layer {
	return d.layer
}
func (d *workspace) Who() string { return "ann" }
func (d *workspace) Layer(context.Context, *articles.Article) (*annotate.Layer, error) {
	return d.layer, nil
}
func (d *workspace) Edit(_ context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	words := []string{}
	for _, t := range c.Targets {
		words = append(words, t.In(a.Text))
	}
	asked := strings.TrimSpace(fmt.Sprint(c.Verb, " ", c.Value, " ", strings.Join(words, "|")))
	if !c.To.Empty() {
		asked += " → " + c.To.In(a.Text)
	}
	for _, also := range c.Also {
		asked += " + " + also.In(a.Text)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, asked)
	return d.layer, asked, nil
}

// log returns what the workspace was asked so far.
func (d *workspace) log() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.asked)
}

func (d *workspace) History(context.Context, *articles.Article) ([]review.Event, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.past != nil {
		return d.past, nil
	}
	return []review.Event{{Who: "ann", Did: "Confirmed “Halden Media”", Span: span("Halden Media", 0)}}, nil
}

func (d *workspace) Orphans(context.Context, *articles.Article) ([]annotate.Decision, error) {
	return d.orphans, nil
}

// start runs the reader on the story.
func start(t *testing.T, width, height int) (*uitest.Screen, *workspace) {
	t.Helper()
	d := &workspace{layer: layer()}
	lib := &stock{pos: library.Position{Cursor: -1}}
	r := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: d}, reader.Options{Panel: true})
	m, err := app.New(app.Options{Start: func() tea.Cmd { return r.Open(reader.Request{ID: "a", Offset: -1}) }}, r)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, width, height)
	sign := "of 8 reviewed"
	if width < 80 {
		sign = "Marta Quill"
	}
	s.Wait(t, sign)
	return s, d
}

func TestSteppingThroughClaims(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 110, 24)
	for _, want := range []string{
		"person · Marta Quill · mention 1 of 3", "organization · Orrin Bay Courier", "organization · Halden Media",
		"direct quote 1 of 2 · Marta Quill", "person · Marta Quill · mention 2 of 3", "direct quote 2 of 2",
		"person · Tom Ferris", "person · Marta Quill · mention 3 of 3",
	} {
		s.Type("\t")
		s.Wait(t, want)
	}
	s.Type("\t")
	s.Wait(t, "Continued from the top")
	s.Wait(t, "mention 1 of 3")
	s.Type("h")
	s.Wait(t, "Continued from the end")
	s.Wait(t, "mention 3 of 3")
	s.Type("h")
	s.Wait(t, "mention 2 of 3")
}

func TestDecisionsReachTheWorkspace(t *testing.T) {
	t.Parallel()
	s, d := start(t, 80, 24)
	for _, k := range []struct{ keys, did string }{
		{"\t\r", "confirm  Marta Quill"},
		{"\tx", "reject  Orrin Bay Courier"},
		{"\tp", "relabel person Halden Media"},
		{"\t\r", "confirm  “We sold the press,”"},
		{"u", "undo"},
		{"vlo", "add organization"},
	} {
		s.Type(k.keys)
		s.Wait(t, k.did)
	}
	if len(d.asked) != 6 {
		t.Errorf("the workspace was asked %q", d.asked)
	}
}

func TestDecisionsMadeElsewhereAreShown(t *testing.T) {
	t.Parallel()
	d := &workspace{layer: layer()}
	lib := &stock{pos: library.Position{Cursor: -1}}
	r := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: d}, reader.Options{Panel: true})
	m, err := app.New(app.Options{Start: func() tea.Cmd { return r.Open(reader.Request{ID: "a", Offset: -1}) }}, r)
	if err != nil {
		t.Fatal(err)
	}
	s, p := uitest.Start(t, m, 110, 24)
	s.Wait(t, "0 of 8 reviewed")
	other := layer()
	other.Entities[0].Mentions[0].State = annotate.Confirmed
	d.layer = other
	p.Send(ui.ChangedMsg{})
	s.Wait(t, "1 of 8 reviewed")
}

func TestWhy(t *testing.T) {
	t.Parallel()
	lib := &stock{pos: library.Position{Cursor: -1}}
	why := func(_ context.Context, _ *articles.Article, _ *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason {
		return []annotate.Reason{
			{Of: "the " + string(k), Says: "A title stands before it.", Origin: annotate.Origin{Stage: "names", Rule: "honorific", Score: 0.97}, Words: []articles.Span{s}, Notes: []string{"twice in the article"}},
			{Of: "the person", Origin: annotate.Origin{Human: true, Stage: "ann"}},
			{Of: "stands", Says: "person Marta Quill, 97% — byline model-1", Beside: true},
			{Of: "nothing", Says: "spacy 3.8", Beside: true},
		}
	}
	r := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: &workspace{layer: layer()}, Why: why}, reader.Options{Panel: true})
	m, err := app.New(app.Options{Start: func() tea.Cmd { return r.Open(reader.Request{ID: "a", Offset: -1}) }}, r)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 110, 24)
	s.Wait(t, "of 8 reviewed")
	s.Type("\tw")
	for _, want := range []string{
		"Why “Marta Quill”", "the mention  A title stands before it.", "evidence     “Marta Quill”",
		"twice in the article", "confidence   97% (names: honorific)", "the person   set by ann",
		"stands       person Marta Quill, 97% — byline model-1", "nothing      spacy 3.8",
	} {
		s.Wait(t, want)
	}
	s.Type("q")
	s.Wait(t, "reviewed")
}

func TestNothingUnderTheCursor(t *testing.T) {
	t.Parallel()
	s, d := start(t, 80, 24)
	s.Type("x")
	s.Wait(t, "Nothing under the cursor")
	s.Type("y")
	s.Wait(t, "person · Marta Quill · mention 1 of 3")
	if len(d.asked) > 0 {
		t.Errorf("the workspace was asked %q", d.asked)
	}
}

func TestOrphansAreListed(t *testing.T) {
	t.Parallel()
	s, d := start(t, 100, 24)
	s.Type("\x14")
	s.Wait(t, "No decision has lost its place")
	d.orphans = []annotate.Decision{
		{Verb: annotate.Confirm, Who: "anna", Target: annotate.Anchor{Exact: "Lost Words"}},
		{Verb: annotate.Relabel, Value: "place", Who: "anna", Target: annotate.Anchor{Exact: "Lost Harbour"}},
		{Verb: annotate.Attribute, Who: "anna", Target: annotate.Anchor{Exact: "“We lost,”"}, To: annotate.Anchor{Exact: "Mara Venn"}},
	}
	s.Type("\x14")
	s.Wait(t, "confirmed · “Lost Words”")
	s.Wait(t, "tagged as place · “Lost Harbour”")
	s.Wait(t, "attributed to Mara Venn · “We lost,”")
	s.Type("\r")
	s.Wait(t, "Lost its place: confirmed · “Lost Words”")
}

func TestPanelBesideAndAlone(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 110, 20)
	s.Wait(t, "PEOPLE 2")
	s.Type("]")
	s.Wait(t, "▸ ○ Marta Quill")
	s.Wait(t, "1 of 2")
	s.Type("]")
	s.Wait(t, "▸ ○ Tom Ferris")
	s.Type("]")
	s.Wait(t, "Continued from the top")
	s.Wait(t, "▸ ○ Marta Quill")
	s.Type("ff")
	s.Wait(t, "“We sold the press,”")

	s, _ = start(t, 60, 20)
	if strings.Contains(s.Text(), "PEOPLE") {
		t.Error("the panel stands beside the text at 60 columns")
	}
	s.Type("s")
	s.Wait(t, "PEOPLE 2")
	s.Type("j\r")
	s.Wait(t, "who ran")
}

func TestFind(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 100, 24)
	s.Type("/")
	s.Wait(t, "Find:")
	s.Type("quill")
	s.Wait(t, "“quill” 1 of 2")
	s.Type("\rn")
	s.Wait(t, "“quill” 2 of 2")
	s.Type("/zebra")
	s.Wait(t, "“zebra” not found")
}

func TestHelpAndPaletteListEveryAction(t *testing.T) {
	t.Parallel()
	if clashes := ui.Clashes([]ui.Scope{{Name: "reader", Bindings: reader.Bindings()}, {Name: "app", Bindings: app.Bindings()}}); len(clashes) > 0 {
		t.Error(clashes)
	}
	s, _ := start(t, 100, 30)
	s.Type("?")
	s.Wait(t, "type to find")
	s.Type("suspend")
	s.Wait(t, "ctrl+z")
	s.Type("\x1b")
	s.Until(t, "the help is gone", func() bool { return !strings.Contains(s.Text(), "type to find") })
	s.Type(":")
	s.Wait(t, "Commands")
	s.Type("zen mode")
	s.Wait(t, "1 of")
}

func TestClickSelectsInTextAndPanel(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 110, 20)
	x, y, ok := s.Find("Tom Ferris, of")
	if !ok {
		t.Fatal(s.Text())
	}
	s.Click(x+2, y)
	s.Wait(t, "person · Tom Ferris")
	x, y, _ = s.Find("○ Marta Quill")
	s.Click(x+2, y)
	s.Wait(t, "person · Marta Quill · mention 1 of 3")
}

func TestDragSelectsWholeWords(t *testing.T) {
	t.Parallel()
	s, d := start(t, 110, 20)
	x, y, ok := s.Find("Ferris & Sons")
	if !ok {
		t.Fatal(s.Text())
	}
	s.Type(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<32;%d;%dM\x1b[<0;%d;%dm", x+2, y+1, x+11, y+1, x+11, y+1))
	s.Wait(t, "selected: Ferris & Sons")
	s.Type("o")
	s.Wait(t, "add organization Ferris & Sons")
	if len(d.asked) != 1 {
		t.Errorf("%q", d.asked)
	}
}

func TestWheelScrolls(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 60, 8)
	s.Type("\x1b[<65;5;5M")
	s.Until(t, "the first line is gone", func() bool { return !strings.Contains(s.Text(), "who ran the") })
}

func TestPlaceIsKeptOverResizeAndTheme(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 110, 9)
	s.Type("jjj")
	s.Wait(t, "End of the article")
	s.Type("T")
	s.Wait(t, "Theme: light")
	s.Wait(t, "Tom Ferris")
}

// The name under the cursor stays on a screen that becomes smaller; where it was scrolled away, the
// text stays where it is.
func TestCursorStaysInViewOverResize(t *testing.T) {
	t.Parallel()
	p := steps(t, 80, 24)
	p.Press("tab tab tab tab tab tab")
	for _, width := range []int{40, 30, 24} {
		p.Send(tea.WindowSizeMsg{Width: width, Height: 8})
		if got := ansi.Strip(p.View()); !strings.Contains(got, "▸") {
			t.Errorf("%d columns wide:\n%s", width, got)
		}
	}
	p.Press("g")
	p.Send(tea.WindowSizeMsg{Width: 50, Height: 9})
	if got := ansi.Strip(p.View()); !strings.Contains(got, "Marta Quill") {
		t.Errorf("the text moved:\n%s", got)
	}
}

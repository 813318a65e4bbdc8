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
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/ui/app"
	"byline/ui/config"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// people is how many people the crowded article names.
const people = 300

// crowd annotates an article in which every word that begins with 山 is a person of its own.
type crowd struct{}

func (crowd) Version() string { return "crowd" }
func (crowd) Release()        {}

func (c crowd) AnnotateContext(_ context.Context, text string, _ []articles.Block) (*annotate.Layer, error) {
	return c.AnnotatePart(text, nil, articles.Span{End: len(text)}), nil
}

func (crowd) AnnotatePart(text string, _ []articles.Block, in articles.Span) *annotate.Layer {
	l := &annotate.Layer{}
	for at := 0; at < len(text); {
		i := strings.Index(text[at:], "山")
		if i < 0 {
			break
		}
		s := articles.Span{Start: at + i, End: at + i + strings.IndexAny(text[at+i:]+" ", " .,\n")}
		at = s.End
		if s.Start < in.Start || s.End > in.End {
			continue
		}
		typ := []annotate.Type{annotate.Person, annotate.Organization, annotate.Place}[len(l.Entities)%3]
		l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", len(l.Entities)), Type: typ, Name: s.In(text), Mentions: []annotate.Mention{
			{Span: s, Type: typ, Form: annotate.Name, Origin: annotate.Origin{Stage: "names", Score: float64(s.Start%100) / 100}}}})
	}
	for at := 0; ; {
		i := strings.Index(text[at:], "“")
		if i < 0 {
			return l
		}
		s := articles.Span{Start: at + i, End: at + i + strings.Index(text[at+i:], "”") + len("”")}
		at = s.End
		if len(l.Entities) > 0 {
			l.Quotes = append(l.Quotes, &annotate.Quote{Span: s, Type: annotate.Direct, Speaker: "e0", Origin: annotate.Origin{Stage: "quotes", Score: .7}})
		}
	}
}

// crowded is an article with wide letters, clusters, headings, lists, a table and links.
func crowded() string {
	var b strings.Builder
	b.WriteString("# 東京の港 The 👩‍🔬 harbour of नमस्ते\n\n")
	for i := range people {
		fmt.Fprintf(&b, "The mayor, 山田%d of 山%d社, said “we 港 sold the 👩‍🔬 press” to [a court](https://example.org/%d).\n\n", i, i, i)
		if i%50 == 0 {
			fmt.Fprintf(&b, "## Heading %d 山の\n\n- one 山口%d\n- two\n\n| a 東京 | b | c |\n|---|---|---|\n| 山本%d | wide words in a cell | 3 |\n\n```\ncode 東京\n```\n\n", i, i, i)
		}
	}
	return b.String()
}

// open starts the screens on a new library with the texts, by name of a file, in it.
func open(t *testing.T, e workspace.Engine, names ...string) (uitest.Steps, *workspace.Workspace) {
	t.Helper()
	ctx := context.Background()
	w, err := workspace.Open(ctx, filepath.Join(t.TempDir(), "library.db"), e, workspace.Options{Who: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(ctx) })
	settings, _ := config.Load("")
	_, m, err := screens.New(ctx, screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings, Names: names})
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})
	s.Run(m.Init())
	return s, w
}

// sizes are the sizes of a terminal that screens are drawn at: every one of the small ones.
func sizes() [][2]int {
	var out [][2]int
	widths := []int{45, 60, 75, 76, 79, 80, 99, 100, 110, 140, 200, 300}
	heights := []int{9, 10, 11, 16, 24, 32, 50, 100}
	for w := 1; w <= 24; w++ {
		for h := 1 + w%2; h <= 8; h += 2 {
			out = append(out, [2]int{w, h})
		}
		out = append(out, [2]int{w, heights[w%len(heights)]})
	}
	for i, w := range widths {
		out = append(out, [2]int{w, 1 + i%4}, [2]int{w, 5 + i%4}, [2]int{w, heights[i%len(heights)]}, [2]int{w, heights[(i+5)%len(heights)]})
	}
	return out
}

// draws checks that the model fills every size exactly. The sizes follow each other as in a storm
// of resizing.
func draws(t *testing.T, s uitest.Steps, what string) {
	t.Helper()
	for _, z := range sizes() {
		s.Send(tea.WindowSizeMsg{Width: z[0], Height: z[1]})
		lines := strings.Split(s.View(), "\n")
		if len(lines) != z[1] {
			t.Fatalf("%s at %d × %d has %d lines", what, z[0], z[1], len(lines))
		}
		for y, l := range lines {
			if n := ansi.WcWidth.StringWidth(l); n > z[0] {
				t.Fatalf("%s at %d × %d: line %d has %d cells\n%s", what, z[0], z[1], y, n, ansi.Strip(strings.Join(lines, "\n")))
			}
		}
	}
	s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})
}

// TestEverySize draws every screen, and everything that lies over one, at every size.
func TestEverySize(t *testing.T) {
	t.Parallel()
	file := writeFile(t, "crowd.md", crowded())
	for what, keys := range map[string]string{
		"library": "q", "library help": "q ?", "library filter": "q / a", "library search": "q f h", "library empty": "q / x x x x",
		"palette": ":", "palette narrowed": ": m e r", "help": "?", "help narrowed": "? s i g n",
		"text": "", "claim": "tab tab", "quote": "} }", "panel": "s", "quotes in the panel": "s f f", "filter of the panel": "s F 4",
		"selection": "v l L", "labels": ";", "zen": "z", "find": "/ p r e s s", "found": "/ p r e s s enter n",
		"speaker": "} @", "merge": "tab m", "everywhere": "tab *", "alike": "tab Y", "kind": "tab #", "note": "tab ,", "rename": "tab R",
		"why": "tab w", "details": "tab i", "history": "tab enter B", "headings": "H", "links": "L", "export": "e", "export to": "e enter", "tags": "t",
		"toast": "g g", "people": "W", "filter of people": "W / 山", "merging people": "W m", "person": "tab W", "trash": "q ctrl+t", "review": "q R", "review of a claim": "q R tab", "summary": "q R q",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s, _ := open(t, crowd{}, file)
			s.Press(keys)
			draws(t, s, what)
			if _, ok := s.Model.(*app.Model); !ok {
				t.Fatal("another model")
			}
		})
	}
}

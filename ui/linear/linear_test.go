package linear

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
)

var update = flag.Bool("update", false, "rewrite the answers in testdata")

const story = `The Ferry at Low Tide

Ines Calder runs the ferry to Holm Island. “We sail at seven,” Calder said.

Her company, Holm Lines, has two boats.
“They are old,” said Petr Anson of the harbour office.`

// workspace is a library of two articles with layers made by hand, and a log of one step.
type workspace struct {
	layer  *annotate.Layer
	before *annotate.Layer
	status library.Status
	wrote  string
	pos    library.Position
	tags   []string
	gone   bool // the first article is removed
	copied string

	pictures []articles.Picture
}

func newWorkspace() *workspace {
	return &workspace{layer: &annotate.Layer{
		Entities: []annotate.Entity{
			entity("e1", annotate.Person, "Ines Calder", span("Ines Calder", 0), span("Calder", 1)),
			entity("e2", annotate.Organization, "Holm Lines", span("Holm Lines", 0)),
			entity("e4", annotate.Place, "Holm Island", span("Holm Island", 0)),
			entity("e3", annotate.Person, "Petr Anson", span("Petr Anson", 0)),
		},
		Quotes: []*annotate.Quote{
			{Span: span("“We sail at seven,”", 0), Type: annotate.Direct, Speaker: "e1"},
			{Span: span("“They are old,”", 0), Type: annotate.Direct},
		},
	}}
}

// span returns where the story has words for the nth time, from 0.
func span(words string, n int) articles.Span {
	at := articles.Span{}
	for from := 0; n >= 0; n-- {
		i := from + strings.Index(story[from:], words)
		at = articles.Span{Start: i, End: i + len(words)}
		from = at.End
	}
	return at
}

func entity(id string, t annotate.Type, name string, at ...articles.Span) annotate.Entity {
	e := annotate.Entity{ID: id, Type: t, Name: name}
	for _, s := range at {
		e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: t})
	}
	return e
}

func (d *workspace) Entries(context.Context) ([]library.Entry, error) {
	all := []library.Entry{
		{ID: "1", Title: "The Ferry at Low Tide", Words: 700, Status: library.Unread, Tags: d.tags,
			Counts: annotate.Counts{People: 2, Organizations: 1, Quotes: 2}, Making: library.Making{Annotated: true}},
		{ID: "2", Title: "Gone\x1b]0;owned\a", Words: 10, Status: library.Done},
	}
	if d.gone {
		all = all[1:]
	}
	return all, nil
}

func (d *workspace) Position(context.Context, string) (library.Position, error) { return d.pos, nil }

func (d *workspace) SetPosition(_ context.Context, _ string, p library.Position, _ float64) error {
	d.pos = p
	return nil
}

// Retag has one tag that is bob's.
func (d *workspace) Retag(_ context.Context, _ string, on, off []string) (library.Retagged, error) {
	was := slices.Clone(d.tags)
	made := library.Retagged{Undo: func(context.Context) error {
		d.tags = was
		return nil
	}}
	for _, t := range off {
		if t == "looks-wrong" {
			made.Others = append(made.Others, library.Tag{Text: t, Who: "bob"})
		} else {
			d.tags = slices.DeleteFunc(slices.Clone(d.tags), func(x string) bool { return x == t })
		}
	}
	d.tags = append(slices.Clone(d.tags), on...)
	made.Changed = !slices.Equal(d.tags, was)
	return made, nil
}

func (d *workspace) Remove(context.Context, string) error {
	d.gone = true
	return nil
}

func (d *workspace) Trash(context.Context) ([]library.Entry, error) {
	if !d.gone {
		return nil, nil
	}
	return []library.Entry{{ID: "2", Title: "Gone", Status: library.Done}}, nil
}

func (d *workspace) Restore(context.Context, string) error {
	d.gone = false
	return nil
}

func (d *workspace) History(context.Context, *articles.Article) ([]review.Event, error) {
	return []review.Event{{Who: "ann", Did: "Confirmed “Quill”", At: time.Date(2026, 3, 1, 9, 0, 0, 0, time.Local)}}, nil
}

func (d *workspace) Orphans(context.Context, *articles.Article) ([]annotate.Decision, error) {
	return []annotate.Decision{{Verb: annotate.Reject, Who: "ann", Target: annotate.Anchor{Exact: "Old Words"}}}, nil
}

func (d *workspace) Search(_ context.Context, query string, _ int) ([]library.Hit, error) {
	all, _ := d.Entries(context.Background())
	if query != "ferry" {
		return nil, nil
	}
	all[0].Tags = nil // as of what is found in a library
	return []library.Hit{{Entry: all[0], Snippet: "runs the ferry to Holm"}}, nil
}

func (d *workspace) Article(_ context.Context, id string) (*articles.Article, error) {
	if id != "1" {
		return nil, fmt.Errorf("article %s: %w", id, fs.ErrNotExist)
	}
	a := &articles.Article{ID: "1", Title: "The Ferry at Low Tide", Author: "Jo Marsh", Text: story}
	off := 0
	for part := range strings.SplitSeq(story, "\n\n") {
		s := articles.Span{Start: off, End: off + len(part)}
		a.Blocks = append(a.Blocks, articles.Block{Span: s})
		off = s.End + 2
	}
	a.Inline = []articles.Inline{{Span: span("Holm Island", 0), Kind: articles.Link, Target: "https://example.org/holm"}}
	a.Blocks[0].Kind, a.Blocks[0].Level = articles.Heading, 1
	a.Pictures = d.pictures
	return a, nil
}

func (d *workspace) SetStatus(_ context.Context, _ string, s library.Status) error {
	d.status = s
	return nil
}

func (d *workspace) MarkOpened(ctx context.Context, id string) error {
	if d.status == library.Done {
		return nil
	}
	return d.SetStatus(ctx, id, library.Reading)
}

func (d *workspace) Entry(_ context.Context, id string) (library.Entry, error) {
	return library.Entry{ID: id, Status: d.status, Tags: d.tags}, nil
}

func (d *workspace) Layer(context.Context, *articles.Article) (*annotate.Layer, error) {
	return d.layer, nil
}

// Decide knows as much of decisions as the transcripts need.
func (d *workspace) Edit(_ context.Context, _ *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	if c.Verb == annotate.Undo {
		if d.before == nil {
			return nil, "", errors.New("Nothing to undo")
		}
		d.layer, d.before = d.before, nil
		return d.layer, "Undone.", nil
	}
	if c.Verb == annotate.Redo {
		return nil, "", errors.New("Nothing to do again")
	}
	l := &annotate.Layer{Quotes: slices.Clone(d.layer.Quotes)}
	for _, e := range d.layer.Entities {
		e.Mentions = slices.Clone(e.Mentions)
		l.Entities = append(l.Entities, e)
	}
	did := change(l, c)
	d.before, d.layer = d.layer, l
	return l, did, nil
}

func change(l *annotate.Layer, c review.Edit) string {
	at := c.Targets[0].Span
	states := map[annotate.Verb]annotate.State{annotate.Confirm: annotate.Confirmed, annotate.Reject: annotate.Rejected}
	for i, was := range l.Quotes {
		if q := *was; q.Span == at {
			l.Quotes[i] = &q
			q.State = states[c.Verb]
			for _, e := range l.Entities {
				if c.Verb == annotate.Attribute && slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.Span == c.To }) {
					q.Speaker, q.Also, q.State = e.ID, nil, annotate.Confirmed
				}
			}
			for _, e := range l.Entities {
				if slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return slices.Contains(c.Also, m.Span) }) {
					q.AddSpeaker(e.ID, articles.Span{})
				}
			}
			return fmt.Sprintf("%s: quote", c.Verb)
		}
	}
	for i := range l.Entities {
		for j := range l.Entities[i].Mentions {
			if m := &l.Entities[i].Mentions[j]; m.Span == at {
				m.State = states[c.Verb]
				if c.Verb == annotate.Relabel {
					l.Entities[i].Type, m.State = annotate.Type(c.Value), annotate.Confirmed
				}
				return fmt.Sprintf("%s: %s", c.Verb, at.In(story))
			}
		}
	}
	e := entity("e9", annotate.Type(c.Value), at.In(story), at)
	e.Mentions[0].State = annotate.Confirmed
	l.Entities = append(l.Entities, e)
	return fmt.Sprintf("%s: %s, here only: %t", c.Verb, e.Name, c.Here)
}

func (d *workspace) services() Services {
	return Services{
		Library: d, Keeper: d, Shelf: d, Crowd: crowd{}, Workspace: d,
		Elsewhere: func(context.Context, string, *annotate.Entity) ([]library.Place, error) {
			return []library.Place{{Entry: library.Entry{ID: "1", Title: "The Ferry at Low Tide"}, Offset: span("Petr Anson", 0).Start, Count: 1}}, nil
		},
		Why: func(_ context.Context, _ *articles.Article, _ *annotate.Layer, _ annotate.Kind, s articles.Span) []annotate.Reason {
			return []annotate.Reason{{Of: "the name", Says: "A title stands before it.", Words: []articles.Span{s}, Origin: annotate.Origin{Stage: "names", Rule: "honorific", Score: .97}}}
		},
		Desktop: Desktop{
			Copy: func(text string) string { d.copied = text; return "the clipboard" },
			Open: func(string) error { return nil },
		},
		Add: func(_ context.Context, path string) (string, error) { return "Added " + path, nil },
		Export: func(_ context.Context, _ *articles.Article, to string) (int, error) {
			d.wrote = to
			return 0, nil
		},
		Voice: Voice{Hint: func(err error) string {
			if errors.Is(err, fs.ErrNotExist) {
				return "check the name"
			}
			return ""
		}},
	}
}

// TestTranscripts speaks the lines after "> " of each file of testdata and compares
// the answers. -update rewrites them.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := transcript(newWorkspace(), string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(want) && !*update {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func transcript(d *workspace, text string) string {
	s := New(d.services())
	var b strings.Builder
	b.WriteString(s.Start(context.Background()) + "\n")
	for line := range strings.Lines(text) {
		if command, ok := strings.CutPrefix(line, ">"); ok && !strings.HasPrefix(command, " — ") { // the help has a line of ">"
			command = strings.TrimSpace(command)
			fmt.Fprintf(&b, "> %s\n%s\n", command, s.Do(context.Background(), command))
		}
	}
	return b.String()
}

// A picture is read with the paragraph that it follows or whose words stand for it.
func TestPicturesAreRead(t *testing.T) {
	t.Parallel()
	d := newWorkspace()
	behind := span("Tide\n", 0).End - 1
	d.pictures = []articles.Picture{
		{Span: articles.Span{Start: behind, End: behind}, Alt: "Two boats\x1b[31m at the pier"},
		{Span: span("They are old", 0), Address: "https://example.org/pictures/boats.jpg"}, {Span: span("Petr Anson", 0)},
	}
	got := transcript(d, ">1\n>on\n>on\n")
	for _, want := range []string{
		"[heading 1] The Ferry at Low Tide\n[picture] Two boats�[31m at the pier\n", "Anson of the harbour office.\n[picture] boats.jpg\n[picture]\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "[picture]"); n != 3 {
		t.Errorf("%d pictures in\n%s", n, got)
	}
}

// Every command of the tables is one character or a word of its own, and helps.
func TestCommands(t *testing.T) {
	t.Parallel()
	for _, table := range [][]command{libraryCommands, articleCommands(Services{})} {
		seen := map[string]bool{}
		for _, c := range table {
			if c.word == "" || c.help == "" {
				t.Errorf("command %q has no word or no help", c.name)
			}
			for _, k := range append(c.keys, c.word) {
				if seen[k] {
					t.Errorf("%q is double", k)
				}
				seen[k] = true
			}
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"": "on|", "\t": "next|", "\x1b[Z": "previous|", "+": "next|", ".": "again|", "page-down": "on|", "p": "person|", "p Ann Lee": "person|Ann Lee", "person": "person|",
		"@Ann Lee": "speaker|Ann Lee", "@ Ann": "speaker|Ann", "/sail": "find|sail", "/ sail at": "find|sail at",
		"12": "go|12", "?": "help|", "confirm": "confirm|", "pann": "", "y now": "", "é": "", "\xff": "",
	} {
		c, rest, ok := find(articleCommands(Services{}), line)
		got := c.word + "|" + rest
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %t; want %q", line, got, ok, want)
		}
	}
}

// Run answers every line and ends with the input, and prints nothing but lines of
// text: no escape, whatever a title holds.
func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	err := Run(context.Background(), New(newWorkspace().services()), strings.NewReader("1\n+\nx\nq\n"), &out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Paragraph 1 of 3.", "[person] Ines Calder", "[person, rejected]"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 {
		t.Errorf("a control character at %d of %q", i, out.String())
	}
}

func FuzzDo(f *testing.F) {
	f.Add("1\n.\np Holm Island\nu\n/sail\n}\n@Petr\ns\n3\ni\nq\n")
	f.Add("#\x7f0\n1\n#\x7f0\n")
	f.Add("1\n/\xe2\x80\n@\xff\no \xc3\n")
	f.Add("1\nA\np Y\n*000000000000000000000000")
	f.Fuzz(func(t *testing.T, lines string) {
		if len(lines) > 500 {
			return
		}
		s := New(newWorkspace().services())
		s.Start(context.Background())
		for line := range strings.SplitSeq(lines, "\n") {
			answer := s.Do(context.Background(), line)
			if strings.ContainsAny(answer, "\x1b\x07\r\x7f") {
				t.Errorf("%q answers %q", line, answer)
			}
		}
	})
}

// No line is wider than the terminal but a word that is, and nothing is lost: with blanks in place
// of the breaks it is what it was.
func TestWrapped(t *testing.T) {
	t.Parallel()
	const answer = "Paragraph 2 of 3.\nInes Calder runs the ferry to Holm Island — “We sail at seven,” Calder said, half-asleep.\n\nhttps://example.org/a-long-address-without-blanks and 東京の新聞 東京の新聞 東京の新聞"
	for width, most := range map[int]int{0: usualWidth, 20: 49, 49: 49, 60: 60, 1: 49} {
		got := wrapped(answer, width)
		for line := range strings.SplitSeq(got, "\n") {
			if w := ansi.StringWidth(line); w > most || strings.HasPrefix(line, " ") {
				t.Errorf("width %d: a line of %d cells: %q", width, w, line)
			}
		}
		if a, b := strings.Fields(got), strings.Fields(answer); !slices.Equal(a, b) {
			t.Errorf("width %d: %q", width, got)
		}
	}
	if got := wrapped("one two three", 7); got != "one two\nthree" {
		t.Errorf("%q", got)
	}
	if got := wrapped("half-asleep men", 6); got != "half-asleep\nmen" {
		t.Errorf("a hyphen breaks: %q", got)
	}
}

// The width is asked for before each answer, so that a window may change.
func TestRunWraps(t *testing.T) {
	t.Parallel()
	width := 70
	s := newWorkspace().services()
	s.Width = func() int { width -= 20; return width }
	var out bytes.Buffer
	if err := Run(t.Context(), New(s), strings.NewReader("1\n"), &out); err != nil {
		t.Fatal(err)
	}
	greeting, article, _ := strings.Cut(out.String(), "\nlibrary> ")
	for text, most := range map[string]int{greeting: 50, article: 30} {
		for line := range strings.SplitSeq(text, "\n") {
			if w := ansi.StringWidth(line); w > most {
				t.Errorf("%d cells of %d: %q", w, most, line)
			}
		}
	}
}

// A tag of somebody else's stays, which is said, and what else was changed can be undone.
func TestOthersTags(t *testing.T) {
	t.Parallel()
	d := newWorkspace()
	d.tags = []string{"looks-wrong", "press"}
	got := transcript(d, ">t 1 press\n>u\n>t 1 sea\n>1\n>t\n>q\n>u\n>u\n>/\n")
	for _, want := range []string{
		"> t 1 press\n#looks-wrong stays: bob’s tag; only bob can take it off.\n> u\nNothing more to undo.\n",
		"> t 1 sea\nTags: #sea. #looks-wrong stays: bob’s tag; only bob can take it off; u undoes it.\n",
		"> t\nTags: none. #looks-wrong stays: bob’s tag; only bob can take it off; in the library, u undoes it.\n",
		"> u\nTags: #looks-wrong #sea.\n> u\nTags: #looks-wrong #press.\n",
		"unread, 2 people, 1 organization, 2 quotes, #looks-wrong, #press\n2. Gone",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// What a search found is asked for its tags, so that they can be taken off, and come back.
func TestTagsOfWhatWasFound(t *testing.T) {
	t.Parallel()
	for tags, want := range map[string]string{"sea": "Tags: #sea; u undoes it.", "sea, press": "Tags: #sea #press; u undoes it.", "": "Tags: none; u undoes it."} {
		d := newWorkspace()
		d.tags = []string{"press"}
		got := transcript(d, ">f ferry\n>t 1 "+tags+"\n>u\n>/\n")
		if !strings.Contains(got, want+"\n> u\nTags: #press.\n") || !strings.Contains(got, "2 quotes, #press\n") {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

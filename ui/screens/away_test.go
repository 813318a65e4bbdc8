package screens_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/workspace"
	"byline/articles"
	"byline/ui"
	"byline/ui/config"
	"byline/ui/library"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// A spy is the program, with the messages and screens that it came to.
type spy struct {
	tea.Model
	kinds []string // of messages
	shown strings.Builder
}

func (s *spy) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	s.kinds = append(s.kinds, fmt.Sprintf("%T", msg))
	_, cmd := s.Model.Update(msg)
	if k, letter := msg.(tea.KeyPressMsg); !letter || k.Text == "" {
		s.shown.WriteString(ansi.Strip(s.View().Content))
	}
	return s, cmd
}

// distance is a library with one article on a computer that has something to lose.
type distance struct {
	*workspace.Workspace
	id     string
	pasted []string // what whoever runs the server is told
}

// distant makes the computer one on which every program leaves a trace, and returns a library on it.
func distant(t *testing.T, reads bool) (d *distance, traces func() []string) {
	t.Helper()
	bin, home := t.TempDir(), t.TempDir()
	for _, name := range []string{"xdg-open", "open", "sh", "vim", "xclip", "xsel", "wl-copy"} {
		script := fmt.Sprintf("#!/bin/bash\n: > %q\n", filepath.Join(home, "ran "+name))
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(home, "secret.txt"), []byte("The password of the server is hunter2.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	called := make(chan string, 100)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			called <- "called " + c.LocalAddr().String()
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close() })
	for name, value := range map[string]string{
		"PATH": bin, "HOME": home, "TMPDIR": home, "EDITOR": "vim", "VISUAL": "vim", "DISPLAY": ":0", "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home,
	} {
		t.Setenv(name, value)
	}
	t.Chdir(home)
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), crowd{}, workspace.Options{Who: "operator"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(t.Context()) })
	text := "The mayor, 山田, said “we sold it”. 山本 sold the press."
	a := &articles.Article{ID: articles.TextID(text), Title: "Port", Source: filepath.Join(home, "secret.txt"), Format: articles.HTML, Text: text}
	a.Blocks = []articles.Block{{Span: articles.Span{End: len(text)}}}
	a.Inline = []articles.Inline{{Span: articles.Span{End: 9}, Kind: articles.Link, Target: "http://" + l.Addr().String() + "/page"}}
	a.Pictures = []articles.Picture{{Address: "http://" + l.Addr().String() + "/picture.png"}, {Address: "secret.txt"}}
	added, err := w.Add(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	traces = func() (found []string) {
		for _, entry := range must(os.ReadDir(home)) {
			if entry.Name() != "secret.txt" {
				found = append(found, entry.Name())
			}
		}
		for len(called) > 0 {
			found = append(found, <-called)
		}
		return found
	}
	return &distance{workspace.For(w, workspace.Member{Who: "ann", Reads: reads}), added.ID, nil}, traces
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// begin begins a session of somebody who is away.
func (d *distance) begin(t *testing.T) (uitest.Steps, *spy) {
	t.Helper()
	settings, _ := config.Load("")
	_, m, err := screens.New(t.Context(), screens.Options{
		Config: settings, Environ: []string{"TERM=xterm-kitty"}, Commands: filepath.Join(os.Getenv("HOME"), "commands"),
		Away: &screens.Away{Workspace: d.Workspace, Size: func() (int, int) { return 110, 32 },
			Log: func(_ string, about ...any) { d.pasted = append(d.pasted, fmt.Sprint(about[1], " ", about[3])) }},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &spy{Model: m}
	s := uitest.Steps{T: t, Model: p}
	s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})
	s.Run(m.Init())
	if !strings.Contains(s.View(), "Port") {
		t.Fatalf("the library is not listed\n%s", ansi.Strip(s.View()))
	}
	return s, p
}

// Nothing that somebody who is away can do, on any screen, reaches a file, a program or the network of the computer.
func TestNobodyGetsOut(t *testing.T) {
	d, traces := distant(t, false)
	actions := 0
	for _, scope := range screens.Scopes() {
		for _, b := range scope.Bindings {
			actions++
			s, p := d.begin(t)
			switch scope.Name {
			case "reader":
				s.Send(library.OpenMsg{ID: d.id, Offset: -1})
			case "people":
				s.Send(library.PeopleMsg{})
			case "person":
				s.Send(library.PeopleMsg{})
				s.Press("enter")
			case "trash":
				s.Press("ctrl+t")
			}
			s.Send(ui.ActMsg{Action: b.Action})
			for _, typed := range []string{"/etc/passwd", "secret.txt", "y"} {
				s.Type(typed)
				s.Press("tab enter")
			}
			s.Press("esc esc esc")
			for _, kind := range []string{"tea.execMsg", "tea.SuspendMsg"} {
				if slices.Contains(p.kinds, kind) {
					t.Errorf("%s: %s", b.Action, kind)
				}
			}
			if shown := p.shown.String(); strings.Contains(shown, "root:") || strings.Contains(shown, "hunter2") {
				t.Errorf("%s: shows a file of the computer", b.Action)
			}
			if found := traces(); len(found) > 0 {
				t.Fatalf("%s: left %q", b.Action, found)
			}
		}
	}
	if actions < 100 {
		t.Errorf("only %d actions were tried", actions)
	}
	if es, err := d.Library.Entries(t.Context()); err != nil || len(es) != 1 {
		t.Errorf("the library has %d articles, %v", len(es), err)
	}
}

// What does not work says why in a line, and what can be given goes to the terminal of the person.
func TestWhatOneWhoIsAwayIsTold(t *testing.T) {
	d, _ := distant(t, false)
	for _, x := range []struct {
		reader bool
		keys   string
		want   string
	}{
		{false, "a", "No files or addresses over SSH; paste the text into the list instead"},
		{false, "ctrl+r", "Feeds are not fetched over SSH"},
		{false, "delete", "over SSH no article is removed or restored"},
		{false, "ctrl+z", "There is no shell to go back to here; ctrl+c"},
		{true, "!", "There is no shell over SSH"},
		{true, "E", "No editor over SSH"},
		{true, ": a s k space a n o t h e r enter", "No program is asked over SSH"},
		{true, "e enter", "ssh HOST export " + d.id[:4]},
	} {
		s, p := d.begin(t)
		if x.reader {
			s.Send(library.OpenMsg{ID: d.id, Offset: -1})
		}
		s.Press(x.keys)
		if !strings.Contains(p.shown.String(), x.want) {
			t.Errorf("%s: no %q\n%s", x.keys, x.want, ansi.Strip(s.View()))
		}
	}
	s, p := d.begin(t)
	s.Send(tea.PasteMsg{Content: "/etc/passwd"})
	s.Send(tea.PasteMsg{Content: "http://127.0.0.1/"})
	if strings.Contains(p.shown.String(), "root:") || strings.Count(p.shown.String(), "No files or addresses") == 0 {
		t.Errorf("a pasted path\n%s", ansi.Strip(s.View()))
	}
	s.Send(tea.PasteMsg{Content: "A story\n\n山口 wrote it."})
	if !strings.Contains(p.shown.String(), "Added: A story") {
		t.Errorf("a pasted text\n%s", ansi.Strip(s.View()))
	}
}

// Texts that are pasted are added, however short they are and however a terminal sends their lines; paths and addresses are not.
func TestPastesOfOneWhoIsAway(t *testing.T) {
	d, _ := distant(t, false)
	for text, want := range map[string]string{
		"It is over, said 山田. Ann Lee said nothing.":                        "Added: It is over",
		"Line one by 山田.\r\rLine two said Ann Lee.":                         "Added: Line one by",
		"# The ferry\r\n\r\nIt sank.\r\n\r\n- 山田\r\n- Ann\r\n":              "Added: The ferry",
		"/home/ann/my article.txt":                                          "No files or addresses",
		"C:\\texts\\my article.txt":                                         "No files or addresses",
		"https://example.org/a story":                                       "No files or addresses",
		"story.txt":                                                         "No files or addresses",
		strings.Repeat("山田 said so. ", mostPastedBytes/14):                  "more than 1 MB",
		strings.Repeat("One word and another one.\r", 2*mostPastedBytes/25): "more than 1 MB",
	} {
		s, p := d.begin(t)
		s.Send(tea.PasteMsg{Content: text})
		if !strings.Contains(p.shown.String(), want) {
			t.Errorf("%.40q: no %q\n%s", text, want, ansi.Strip(s.View()))
		}
	}
}

const mostPastedBytes = 1 << 20

// What was removed is not brought back by pasting it, whoever does; what was deleted for good is new then. Whoever runs the server
// learns who pasted what.
func TestPastesOfWhatIsInTheTrash(t *testing.T) {
	d, _ := distant(t, false)
	for _, text := range []string{"One story, said 山田.\n\nIt ends.", "Mayor 山田 resigns\n\nHe said so.", strings.Repeat("A long story of 山田.\n\n", 10_000)} {
		s, p := d.begin(t)
		s.Send(tea.PasteMsg{Content: text})
		es := must(d.Library.Entries(t.Context()))
		if len(es) != 2 || !strings.Contains(p.shown.String(), "Added: ") {
			t.Fatalf("%d articles\n%s", len(es), ansi.Strip(s.View()))
		}
		id := es[0].ID
		if err := d.Library.Remove(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		s, p = d.begin(t)
		s.Send(tea.PasteMsg{Content: text})
		if got := p.shown.String(); !strings.Contains(got, "it is in the trash") || !strings.Contains(got, "whoever runs the server can restore it") {
			t.Errorf("not told of the trash\n%s", ansi.Strip(s.View()))
		}
		if es := must(d.Library.Entries(t.Context())); len(es) != 1 {
			t.Errorf("%d articles", len(es))
		}
		if err := d.Library.Purge(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		s, p = d.begin(t)
		s.Send(tea.PasteMsg{Content: text})
		if !strings.Contains(p.shown.String(), "Added: ") {
			t.Errorf("not added anew\n%s", ansi.Strip(s.View()))
		}
		if len(d.pasted) != 2 || d.pasted[0] != fmt.Sprint(id, " ", len(strings.TrimSpace(text))) {
			t.Errorf("told of %q", d.pasted)
		}
		d.pasted = nil
		if err := d.Library.Remove(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
}

// Who only reads is told so, and changes nothing.
func TestOneWhoIsAwayAndReads(t *testing.T) {
	d, _ := distant(t, true)
	s, p := d.begin(t)
	s.Send(library.OpenMsg{ID: d.id, Offset: -1})
	s.Press("tab x")
	first := p.shown.String()
	s, p = d.begin(t)
	s.Send(tea.PasteMsg{Content: "A story\n\n山口 wrote it."})
	for _, want := range []string{"You may only read here: nothing was added", "not saved"} {
		if !strings.Contains(first+p.shown.String(), want) {
			t.Errorf("nothing says %q\n%s", want, ansi.Strip(s.View()))
		}
	}
	s, p = d.begin(t)
	s.Send(library.OpenMsg{ID: d.id, Offset: -1})
	s.Press("tab ,")
	if !strings.Contains(p.shown.String(), "nothing is noted") || strings.Contains(p.shown.String(), "Note on") {
		t.Errorf("a note is asked for\n%s", ansi.Strip(s.View()))
	}
	doc, err := d.Open(t.Context(), d.id)
	if err != nil || len(doc.Log) > 0 {
		t.Errorf("%d decisions, %v", len(doc.Log), err)
	}
	if es, err := d.Library.Entries(t.Context()); err != nil || len(es) != 1 || es[0].Status != "unread" {
		t.Errorf("%+v, %v", es, err)
	}
}

// Only what is given as reach touches the computer: functions that name files, programs or the network are methods of
// machine, which only here makes, or are called by these alone.
func TestOneWayOut(t *testing.T) {
	t.Parallel()
	may := []string{
		"machine", "job", "limited", "commandLog", // their methods
		"here", "Copy", "OpenLink", "sourceFile", "writeReport", "printed", // functions
	}
	fset := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	machines := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := f.Name.Name
			if f.Recv != nil {
				name = receiver(f)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					if id, ok := n.Type.(*ast.Ident); ok && id.Name == "machine" {
						if machines++; f.Name.Name != "here" {
							t.Errorf("%s makes a machine", f.Name.Name)
						}
					}
				case *ast.SelectorExpr:
					of, ok := n.X.(*ast.Ident)
					if !ok || slices.Contains(may, name) {
						return true
					}
					whole := of.Name + "." + n.Sel.Name
					if slices.Contains([]string{"os", "exec", "clipboard", "sources", "feeds", "net", "http"}, of.Name) || n.Sel.Name == "Fetcher" && name != "New" ||
						slices.Contains([]string{"load.File", "load.Head", "load.Reader", "export.Document", "export.WriteFile", "config.ExpandHome", "pictures.Read"}, whole) {
						t.Errorf("%s: %s uses %s", fset.Position(n.Pos()), f.Name.Name, whole)
					}
				}
				return true
			})
		}
	}
	if machines != 1 {
		t.Errorf("%d machines are made", machines)
	}
}

// receiver returns the name of the type of a method.
func receiver(f *ast.FuncDecl) string {
	typ := f.Recv.List[0].Type
	if p, ok := typ.(*ast.StarExpr); ok {
		typ = p.X
	}
	id, _ := typ.(*ast.Ident)
	return id.Name
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"

	"byline/annotate"
	"byline/articles"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/config"
	"byline/ui/detail"
	"byline/ui/library"
	"byline/ui/reader"
)

// A desktop is what the screens of one run share.
type desktop struct {
	*shelf
	ctx    context.Context // of the program, from which the screens take theirs
	config config.Config
	lib    *library.Screen
}

// interactive opens the library, or what s names, on the terminal.
func (p *program) interactive(ctx context.Context, s start) error {
	sh, err := openShelf(ctx, s.library, s.config, 0)
	if err != nil {
		return err
	}
	defer sh.Close()
	d := &desktop{shelf: sh, ctx: ctx, config: s.config, lib: library.New(ctx, sh, sh, s.config.Date)}
	d.lib.Preview(sh.annotated)
	d.lib.Help(sh)
	screens, begin, err := d.begin(ctx, p.in, s.names)
	if err != nil {
		return err
	}
	spare()
	crash := &crash{}
	m, err := app.New(app.Options{
		Theme: s.config.Theme, Keys: boundKeys(s.config), NoMouse: !s.config.Mouse, Copy: copyBeside,
		Report: crash.note, Notice: notice(s.problems, sh), Start: begin, Wire: d.wire,
	}, screens...)
	if err != nil {
		return wrongUsage("%s", err)
	}
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(s.config.FPS), tea.WithOutput(p.out)}
	if isTerminal(p.in) {
		opts = append(opts, tea.WithInput(p.in))
	}
	screen := newBeat(s.config.FPS).program(m, opts...)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go sh.watch(ctx, func() { screen.Send(ui.ChangedMsg{}) })
	_, err = screen.Run()
	if path := crash.write(); path != "" {
		return withHint(fmt.Errorf("byline stopped by a fault of its own; nothing that was saved is lost"), "a report is in %s", path)
	}
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) {
		return context.Canceled
	}
	return err
}

// begin returns the first screens, and what they start with: the library, and over
// it the one article that is named.
func (d *desktop) begin(ctx context.Context, in io.Reader, names []string) ([]ui.Screen, func() tea.Cmd, error) {
	if len(names) != 1 || isDir(names[0]) || load.Several(names[0]) {
		return []ui.Screen{d.lib}, func() tea.Cmd {
			return tea.Batch(d.samples(), d.addAll(names))
		}, nil
	}
	req := reader.Request{Offset: -1}
	if name := names[0]; name == "-" {
		a, err := load.Reader(ctx, in, "-")
		if err != nil {
			return nil, nil, err
		}
		req.Preview = func() (*articles.Article, error) { return a, nil }
		req.Fetch = func(ctx context.Context) (*articles.Article, error) { return d.keep(ctx, a) }
	} else if isURL(name) {
		req.Fetch = func(ctx context.Context) (*articles.Article, error) { return d.fetched(ctx, name) }
	} else {
		req.Preview = func() (*articles.Article, error) { a, _, err := load.Head(ctx, name); return a, err }
		req.Fetch = func(ctx context.Context) (*articles.Article, error) {
			a, err := load.File(ctx, name)
			if err != nil {
				return nil, err
			}
			return d.keep(ctx, a)
		}
	}
	r := d.reader()
	return []ui.Screen{d.lib, r}, func() tea.Cmd { return tea.Batch(r.Open(req), d.lib.Load()) }, nil
}

// keep puts an article into the library and returns it as it is there.
func (d *desktop) keep(ctx context.Context, a *articles.Article) (*articles.Article, error) {
	tidy(a) // of the file's bytes
	added, err := d.Add(ctx, a)
	if err != nil {
		return nil, err
	}
	e, err := d.Entry(ctx, added.ID)
	if err != nil {
		return nil, err
	}
	return d.Reuse(ctx, e, a)
}

// fetched returns the article at an address, which the library has then.
func (d *desktop) fetched(ctx context.Context, url string) (*articles.Article, error) {
	page, err := d.download(ctx, url)
	if err != nil {
		return nil, err
	}
	added, err := d.addDownload(ctx, page)
	if err != nil {
		return nil, err
	}
	return d.Article(ctx, added.ID)
}

// samples puts the sample stories into a library that never had anything.
func (d *desktop) samples() tea.Cmd {
	return func() tea.Msg {
		if err := d.shelf.furnish(context.Background()); err != nil {
			return ui.ErrMsg{Err: err, Hint: "the library opens without the sample stories"}
		}
		return ui.ChangedMsg{}
	}
}

// reader returns a new reader of the library's articles.
func (d *desktop) reader() *reader.Screen {
	c := d.config
	labels := make([]reader.Label, len(c.Labels))
	for i, l := range c.Labels {
		labels[i] = reader.Label{Name: l.Name, Key: l.Key}
	}
	return reader.New(d.ctx, reader.Services{
		Library: d, Keeper: d, Workspace: table{d.desk}, Detail: d.detail, Export: d.export, Open: openOutside, Tags: d.tags, Versions: d.versions, Why: d.why,
	}, reader.Options{
		Measure: c.Measure, Panel: c.Panel.Open, PanelLeft: c.Panel.Side == "left", PanelWidth: c.Panel.Width,
		NoBars: !c.QuoteBars, Zen: c.Zen, Labels: labels,
	})
}

// wire answers what one screen asks of another.
func (d *desktop) wire(msg tea.Msg) (app.Answer, bool) {
	switch msg := msg.(type) {
	case library.OpenMsg:
		return d.open(msg), true
	case library.TextMsg:
		return app.Answer{Cmd: d.addText(msg.Text)}, true
	case library.SyncMsg:
		return app.Answer{Cmd: d.syncFeeds()}, true
	case library.ReviewMsg:
		r := reader.NewQueue(d.ctx, reader.QueueServices{Open: d.annotated, Reader: d.reader, Now: time.Now, Save: d.saveCount}, msg.IDs)
		return app.Answer{Screen: r, Cmd: r.Start()}, true
	case library.AddMsg:
		return app.Answer{Cmd: d.addAll([]string{msg.Path})}, true
	}
	return app.Answer{}, false
}

// saveCount writes what a review came to into a file that is not there yet.
func (d *desktop) saveCount(to string, data []byte) tea.Cmd {
	return func() tea.Msg {
		path, err := expand(to)
		if err == nil {
			err = writeFile(path, data, false)
		}
		return exported(err, to)
	}
}

// addAll adds files and folders to the library, and says how many.
func (d *desktop) addAll(names []string) tea.Cmd {
	if len(names) == 0 {
		return nil
	}
	return func() tea.Msg {
		added, failed := 0, []error{}
		for _, name := range names {
			if isURL(name) {
				n, err := d.addAddress(context.Background(), name)
				if added += n; err != nil {
					failed = append(failed, err)
				}
				continue
			}
			path, err := expand(name)
			if err != nil {
				failed = append(failed, err)
				continue
			}
			n, errs := d.addPath(context.Background(), path)
			added += n
			failed = append(failed, errs...)
		}
		say := ui.Tell(countArticles(added) + " read into the library")
		if len(failed) > 0 {
			say = ui.Fail(failed[0], fmt.Sprintf("%d read, %d not", added, len(failed)))
		}
		return tea.BatchMsg{say, ui.Send(ui.ChangedMsg{}), d.annotateRest()}
	}
}

func (d *desktop) addPath(ctx context.Context, path string) (added int, failed []error) {
	add := func(path string) {
		for a, err := range load.Each(ctx, path) {
			if err == nil {
				_, err = d.Add(ctx, a)
			}
			if err != nil {
				failed = append(failed, err)
				continue
			}
			added++
		}
	}
	if !isDir(path) {
		add(path)
		return added, failed
	}
	for file, err := range load.Walk(path) {
		if err != nil {
			failed = append(failed, err)
			continue
		}
		add(file)
	}
	return added, failed
}

// annotateRest annotates what was added and tells the library.
func (d *desktop) annotateRest() tea.Cmd {
	return func() tea.Msg {
		if err := d.desk.AnnotateAll(context.Background(), nil); err != nil {
			return ui.ErrMsg{Err: err, Hint: "articles are annotated when they are opened"}
		}
		return ui.ChangedMsg{}
	}
}

// detail returns the screen about an entity.
func (d *desktop) detail(s reader.Subject) ui.Screen {
	e := &s.Layer.Entities[s.Entity]
	return detail.New(d.ctx, detail.Subject{
		Article: s.Article, Layer: s.Layer, Entity: s.Entity, Go: s.Go,
		Open:      func(id string, off int) tea.Cmd { return ui.Send(library.OpenMsg{ID: id, Offset: off}) },
		Elsewhere: func(ctx context.Context) (detail.Others, error) { return d.others(ctx, s.Article.ID, e) },
	})
}

// others returns what the library has of an entity in other articles than its own.
func (d *desktop) others(ctx context.Context, id string, e *annotate.Entity) (detail.Others, error) {
	var out detail.Others
	places, err := d.desk.Elsewhere(ctx, id, e)
	if err != nil {
		return out, err
	}
	said, err := d.desk.Said(ctx, id, e)
	for _, p := range places {
		out.Places = append(out.Places, detail.Place(p))
	}
	for _, q := range said {
		out.Sayings = append(out.Sayings, detail.Saying{Entry: q.Entry, Span: q.Span, Text: q.Text})
	}
	return out, err
}

// why says what a claim rests on.
func (s *shelf) why(a *articles.Article, l *annotate.Layer, k annotate.Kind, at articles.Span) []annotate.Reason {
	return s.engine.Why(a.Text, l, k, at)
}

func (d *desktop) tags(id string) tea.Cmd {
	return func() tea.Msg {
		e, err := d.Entry(context.Background(), id)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		return d.lib.AskTags(e)()
	}
}

// boundKeys returns the keys that the settings give to actions.
func boundKeys(c config.Config) map[ui.Action][]string {
	keys := make(map[ui.Action][]string, len(c.Keys))
	for name, ks := range c.Keys {
		keys[ui.Action(name)] = ks
	}
	return keys
}

// notice returns what to tell first.
func notice(problems []config.Problem, s *shelf) string {
	switch {
	case len(problems) == 1:
		return problems[0].String()
	case len(problems) > 1:
		return fmt.Sprintf("%s (and %d more: byline config show)", problems[0], len(problems)-1)
	case s.ReadOnly():
		return "the library can be read only: nothing that you decide will be kept"
	}
	return ""
}

// copyBeside copies to the clipboard of the desktop, where there is one, and names
// what did it.
func copyBeside(text string) string {
	if clipboard.Unsupported || os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" && runtime.GOOS == "linux" {
		return ""
	}
	if clipboard.WriteAll(text) != nil {
		return ""
	}
	return "the desktop's clipboard"
}

// openOutside opens a link in the program that the desktop has for it.
func openOutside(url string) error {
	opener := "xdg-open"
	if runtime.GOOS == "darwin" {
		opener = "open"
	}
	path, err := exec.LookPath(opener)
	if err != nil {
		return fmt.Errorf("open %s: there is no %s here", url, opener)
	}
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "mailto:") {
		return fmt.Errorf("open %s: neither a page nor a mail address", url)
	}
	return exec.Command(path, url).Start()
}

// A crash remembers a panic until the terminal is restored.
type crash struct{ report string }

func (c *crash) note(cause any) { c.report = fmt.Sprintf("%v\n\n%s", cause, debug.Stack()) }

// write puts the report into a temporary file and returns its name; empty
// where there was no panic.
func (c *crash) write() string {
	if c.report == "" {
		return ""
	}
	f, err := os.CreateTemp("", "byline-"+time.Now().Format("2006-01-02")+"-*.txt")
	if err != nil {
		return ""
	}
	defer f.Close()
	fmt.Fprintf(f, "byline %s\n\n%s", version(), c.report)
	return f.Name()
}

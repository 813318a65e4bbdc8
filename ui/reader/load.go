package reader

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/textview"
)

// Answers to the reader. Each carries the number of the opening it is for.
type (
	fetchedMsg struct {
		ticket
		article *articles.Article
		pos     library.Position
		entry   library.Entry
		preview bool
	}
	layerMsg struct {
		ticket
		scene *scene
		whole bool   // not a glance at what is on the screen
		done  bool   // of a job: the next may start
		moved bool   // of a job that keys waited for
		on    bool   // to the next claim to review
		toast string // of a decision: what it did
		err   error
	}
	renderedMsg struct {
		ticket
		rendered textview.Rendered
	}
	savedMsg struct{ ticket }
	bareMsg  struct {
		ticket
		err error
	}
	failedMsg struct {
		ticket
		err error
	}
)

// A ticket says which reader asked, and in which opening.
type ticket struct {
	to     *Screen
	number int
}

func (s *Screen) ticket() ticket { return ticket{s, s.load.number} }

// preview shows the beginning of a file while the whole is fetched.
func (s *Screen) preview() tea.Cmd {
	if s.req.Preview == nil {
		return nil
	}
	t, make := s.ticket(), s.req.Preview
	return func() tea.Msg {
		a, err := make()
		if err != nil {
			return nil // the whole will fail too, and say why
		}
		return fetchedMsg{ticket: t, article: a, pos: library.Position{Cursor: -1}, preview: true, entry: library.Entry{Words: a.Words()}}
	}
}

func (s *Screen) fetch() tea.Cmd {
	t, req, lib := s.ticket(), s.req, s.svc.Library
	return func() tea.Msg {
		ctx := context.Background()
		read := req.Fetch
		if read == nil {
			read = func(ctx context.Context) (*articles.Article, error) { return lib.Article(ctx, req.ID) }
		}
		a, err := read(ctx)
		if err != nil {
			return failedMsg{t, err}
		}
		e, err := lib.Entry(ctx, a.ID)
		if err != nil {
			return failedMsg{t, err}
		}
		pos, err := lib.Position(ctx, e.ID)
		if err != nil {
			return failedMsg{t, err}
		}
		if req.Offset >= 0 {
			pos = library.Position{Top: req.Offset, Cursor: req.Offset}
		}
		return fetchedMsg{ticket: t, article: a, pos: pos, entry: e}
	}
}

// hint names a way out of the errors that people meet.
func hint(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is the name spelt right?"
	case errors.Is(err, fs.ErrPermission):
		return "you may not read it; chmod +r helps its owner"
	}
	return "{app.back} goes back"
}

// answered takes in what a command of the reader brought.
func (s *Screen) answered(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case fetchedMsg:
		if msg.ticket == s.ticket() && !(msg.preview && s.article != nil && !s.load.preview) {
			return s.show(msg)
		}
	case layerMsg:
		if msg.ticket == s.ticket() {
			return s.layered(msg)
		}
	case renderedMsg:
		if msg.ticket == s.ticket() {
			s.text.Store(msg.rendered)
		}
	case foundMsg:
		if msg.ticket == s.ticket() {
			return s.found.take(s, msg)
		}
	case failedMsg:
		if msg.ticket == s.ticket() {
			s.load.failed = s.article == nil
			return ui.Fail(msg.err, hint(msg.err))
		}
	case bareMsg:
		if msg.ticket == s.ticket() {
			s.load.bare = true
			return ui.Fail(msg.err, "the article can be read, not corrected")
		}
	case savedMsg:
		if msg.to == s {
			s.load.saving = false
			return s.save()
		}
	case labelMsg:
		if msg.to == s {
			return s.label(msg.typ, false)
		}
	case decideMsg:
		if msg.to == s {
			return s.put(job{change: msg.change, on: msg.on})
		}
	case previewMsg:
		if msg.to == s {
			s.showPreview(msg.targets)
		}
	case goMsg:
		if msg.to == s {
			return s.arrive(msg.off)
		}
	}
	return nil
}

// arrive jumps to a byte of the text, and to the claim that begins there.
func (s *Screen) arrive(off int) tea.Cmd {
	cmd := s.jump(off, textview.Top)
	if at := s.scene.at(off, s.visible); at >= 0 && s.scene.claims[at].Start == off {
		return tea.Batch(cmd, s.choose(at))
	}
	return cmd
}

// show puts an article on the screen and asks for its marks.
func (s *Screen) show(msg fetchedMsg) tea.Cmd {
	first := s.article == nil
	s.article, s.load.preview, s.entry = msg.article, msg.preview, msg.entry
	s.text.SetDoc(textview.Doc{
		Text: msg.article.Text, Blocks: msg.article.Blocks, Inline: msg.article.Inline,
		Rich: msg.article.Format != articles.Plain,
	})
	s.relayout()
	if first || s.text.Top() == 0 {
		s.goTo(msg.pos)
	}
	if msg.preview {
		return s.glance()
	}
	return tea.Batch(s.glance(), s.layers(), s.opened(), s.findAgain())
}

// findAgain looks for what led here from a search in all texts.
func (s *Screen) findAgain() tea.Cmd {
	for word := range strings.FieldsSeq(s.req.Query) {
		if word = strings.Trim(word, `"*`); word != "" && word[0] != '-' {
			s.found.from = s.text.Top()
			return s.search(word)
		}
	}
	return nil
}

// goTo shows a stored position.
func (s *Screen) goTo(pos library.Position) {
	n := len(s.article.Text)
	if pos.Top > 0 && pos.Top < n {
		place := textview.Top
		if s.req.Offset >= 0 {
			place = textview.Middle
		}
		s.text.ScrollTo(pos.Top, place)
	}
	if pos.Cursor >= 0 && pos.Cursor < n {
		s.cur.span = articles.Span{Start: pos.Cursor, End: pos.Cursor + 1}
	}
	if c := s.req.Claim; !c.Empty() {
		s.cur = cursor{at: -1, kind: c.Kind, span: c.Span}
		s.text.ScrollTo(c.Start, textview.Middle)
	}
	s.load.saved = s.position()
}

// opened says that the article is being read.
func (s *Screen) opened() tea.Cmd {
	k, id := s.svc.Keeper, s.article.ID
	return func() tea.Msg {
		if err := k.MarkOpened(context.Background(), id); err != nil {
			return nil // a library that cannot be written still reads
		}
		return ui.ChangedMsg{ID: id}
	}
}

// glance annotates what is on the screen, until the whole layer is there.
func (s *Screen) glance() tea.Cmd {
	if s.load.layer {
		return nil
	}
	t, d, a, span := s.ticket(), s.svc.Desk, s.article, s.text.Visible()
	return func() tea.Msg { return layerMsg{ticket: t, scene: newScene(d.Glance(a, span))} }
}

// layers asks for the whole layer with the log applied.
func (s *Screen) layers() tea.Cmd {
	t, d, a := s.ticket(), s.svc.Desk, s.article
	return func() tea.Msg {
		l, err := d.Layer(context.Background(), a)
		if err != nil {
			return bareMsg{t, err}
		}
		msg := layerMsg{ticket: t, scene: newScene(l), whole: true}
		if lost, err := d.Orphans(context.Background(), a); err == nil && len(lost) > 0 {
			msg.toast = fmt.Sprintf("the source has changed: %d of your decisions lost their place; {reader.orphans} lists them", len(lost))
		}
		return msg
	}
}

// layered puts a layer on the text; a glance never replaces the whole.
func (s *Screen) layered(msg layerMsg) tea.Cmd {
	var cmds []tea.Cmd
	if msg.done {
		s.load.busy = false
		cmds = append(cmds, s.work())
	}
	if msg.moved {
		s.load.moving = max(0, s.load.moving-1) // an error forgets them all
	}
	if msg.err != nil {
		s.load.queue, s.load.moving = nil, 0
		return tea.Batch(append(cmds, ui.Fail(msg.err, "not saved, nothing changed"))...)
	}
	if msg.scene != nil && (msg.whole || !s.load.layer) {
		if msg.whole && !s.load.layer {
			s.load.layer = true
			cmds = append(cmds, s.work())
		}
		s.scene, s.panel.marked, s.panel.grab = msg.scene, nil, 0
		s.refind()
		s.remark()
	}
	if msg.toast != "" {
		cmds = append(cmds, ui.Tell(msg.toast))
	}
	if msg.on {
		cmds = append(cmds, s.goOn(articles.Span{}))
	}
	if msg.done && msg.scene != nil {
		cmds = append(cmds, ui.Send(ui.ChangedMsg{ID: s.article.ID}))
	}
	return tea.Batch(cmds...)
}

// refind finds the current claim in a new scene: the same span, else what now
// stands where it began.
func (s *Screen) refind() {
	s.cur.at = -1
	if s.cur.span.Empty() {
		s.panel.refresh(s.scene, s.article.Text)
		return
	}
	if s.cur.kind != "" {
		s.cur.at = s.scene.find(s.cur.kind, s.cur.span)
	}
	if s.cur.at < 0 {
		s.cur.at = s.scene.at(s.cur.span.Start, s.steppable)
	}
	if s.cur.at >= 0 {
		if !s.load.busy { // else the span is what the desk is asked for
			s.point(s.cur.at)
		}
		s.panel.follow(s.scene, s.article.Text, s.scene.claims[s.cur.at])
		return
	}
	s.panel.refresh(s.scene, s.article.Text)
}

// ahead renders what a scroll would show next, off the update loop.
func (s *Screen) ahead() tea.Cmd {
	if s.article == nil {
		return nil
	}
	f := s.text.Prefetch()
	if f == nil {
		return nil
	}
	t := s.ticket()
	return func() tea.Msg { return renderedMsg{t, f()} }
}

// position returns where the reader is.
func (s *Screen) position() library.Position {
	p := library.Position{Top: s.text.Top(), Cursor: -1}
	if s.cur.at >= 0 {
		p.Cursor = s.cur.span.Start
	}
	return p
}

// share returns how much of the text is above the screen; all of it at the end.
func (s *Screen) share() float64 {
	if s.text.AtEnd() || len(s.article.Text) == 0 {
		return 1
	}
	return float64(s.text.Top()) / float64(len(s.article.Text))
}

// save stores where the reader is, one write at a time.
func (s *Screen) save() tea.Cmd {
	if s.article == nil || s.load.preview || s.load.saving || s.position() == s.load.saved {
		return nil
	}
	s.load.saving, s.load.saved = true, s.position()
	t, k, id, p, share := s.ticket(), s.svc.Keeper, s.article.ID, s.position(), s.share()
	return func() tea.Msg {
		// A place that could not be stored is no reason to stop a reader.
		_ = k.SetPosition(context.Background(), id, p, share)
		return savedMsg{t}
	}
}

// Close stores the place and tells the library.
func (s *Screen) Close() tea.Cmd {
	if s.article == nil {
		return nil
	}
	return tea.Sequence(s.save(), ui.Send(ui.ChangedMsg{ID: s.article.ID}))
}

package reader

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader/display"
	"byline/ui/session"
	"byline/ui/textview"
)

// Answers to the reader. Each carries the number of the opening it is for.
type (
	fetchedMsg struct {
		ticket
		article *articles.Article
		pos     library.Position
		entry   library.Entry // without an ID: the article is a preview
	}
	answerMsg struct {
		ticket
		session.Answer
		scene *display.Scene // of its claims; nil where it has none
		layer bool           // it is that of the whole layer
	}
	renderedMsg struct {
		ticket
		rendered textview.Rendered
	}
	savedMsg  struct{ ticket }
	failedMsg struct {
		ticket
		err error
	}
	// reopenMsg asks for the article again, whose source was edited.
	reopenMsg struct {
		ticket
		id string
	}
)

// preview reports whether the article is only the beginning of the one that is on its way.
func (m fetchedMsg) preview() bool { return m.entry.ID == "" }

// A ticket says which reader asked, and in which opening.
type ticket struct {
	to     *Screen
	number int
}

func (t ticket) from() ticket { return t }

func (s *Screen) ticket() ticket { return ticket{s, s.load.number} }

// opening brings an article to the screen.
type opening struct{ *Screen }

// preview shows the beginning of a file while the whole is fetched.
func (s opening) preview(read func() (*articles.Article, error)) tea.Cmd {
	if read == nil {
		return nil
	}
	t := s.ticket()
	return func() tea.Msg {
		a, err := read()
		if err != nil {
			return nil // the whole will fail too, and say why
		}
		return fetchedMsg{ticket: t, article: a, pos: library.Position{Cursor: -1}, entry: library.Entry{Words: a.Words()}}
	}
}

func (s opening) fetch(req Request) tea.Cmd {
	t, ctx, lib := s.ticket(), s.life.Context(), s.svc.Library
	read := req.Fetch
	if read == nil {
		read = func(ctx context.Context) (*articles.Article, error) { return lib.Article(ctx, req.ID) }
	}
	return func() tea.Msg {
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
		return "no permission to read it; its owner can chmod +r"
	}
	return "{app.back} goes back"
}

// orphansHint is hint for the list of decisions that lost their place.
func orphansHint(err error) string {
	if errors.Is(err, library.ErrIllegible) {
		return `"byline check" says which, and what can be done`
	}
	return "{reader.orphans} tries again to list decisions that lost their place"
}

// answered takes what a command of the reader returned. Answers to an opening before this
// one are dropped.
func (s *Screen) answered(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case savedMsg:
		if msg.to == s {
			s.load.saving = false
			return s.save()
		}
	case doMsg:
		if msg.to == s {
			return s.act(msg.action)
		}
	case previewMsg:
		if msg.to == s {
			s.ShowPreview(msg.targets)
		}
	case interface{ from() ticket }:
		if msg.from() == s.ticket() {
			return s.opened(msg)
		}
	}
	return nil
}

// opened takes an answer of this opening.
func (s *Screen) opened(msg any) tea.Cmd {
	switch msg := msg.(type) {
	case fetchedMsg:
		if !msg.preview() || s.session.Article() == nil || s.load.preview {
			return opening{s}.open(msg)
		}
	case answerMsg:
		return s.take(msg)
	case renderedMsg:
		s.Text.Store(msg.rendered)
	case plateMsg:
		return pictures{s}.send(msg)
	case placedMsg:
		return pictures{s}.placed(msg)
	case dutyMsg:
		return team{s}.take(msg)
	case reopenMsg:
		return shell{s}.reopen(msg.id)
	case failedMsg:
		s.load.failed = s.session.Article() == nil
		return ui.Fail(msg.err, hint(msg.err))
	}
	return nil
}

// open puts an article on the screen and asks for its marks.
func (s opening) open(msg fetchedMsg) tea.Cmd {
	old, lost := s.session.Article(), s.put(msg.article)
	s.load.preview, s.entry = msg.preview(), msg.entry
	s.Text.SetDoc(textview.Doc{
		Text: msg.article.Text, Blocks: msg.article.Blocks, Inline: msg.article.Inline,
		Rich: msg.article.Format != articles.Plain, Pictures: pictures(s).all(msg.article),
	})
	s.MarkTitle(msg.article)
	if old != nil {
		s.Replace(old, s.bars)
	}
	s.Relayout()
	if old == nil || s.Text.Top() == 0 {
		s.goTo(msg.pos)
	}
	begin := pictures(s).begin()
	if msg.preview() {
		return tea.Batch(s.glance(), begin)
	}
	s.seen = seen{}
	s.seen.add(articles.Span{End: int(s.entry.Progress * float64(len(msg.article.Text)))}, msg.article.Text)
	return tea.Batch(s.glance(), s.layer(), s.markOpened(), s.findAgain(), s.save(), lost, begin, s.ahead(), team(s).ask())
}

// put gives the session an article, in place of the preview of it where there is one. The
// command reports the decisions on words that the article does not have.
func (s opening) put(a *articles.Article) tea.Cmd {
	if s.session.Article() == nil || !s.load.preview {
		s.session.Show(a)
		return nil
	}
	if e := s.session.Replace(a); e.Err != nil {
		return ui.Fail(e.Err, "not saved, nothing changed")
	}
	return nil
}

// findAgain looks for what led here from a search in all texts.
func (s opening) findAgain() tea.Cmd {
	for word := range strings.FieldsSeq(s.req.Query) {
		if word = strings.Trim(word, `"*`); word != "" && word[0] != '-' {
			s.See()
			s.session.Start(session.Action{Name: session.Find}) // from here
			return s.show(s.session.Search(word))
		}
	}
	return nil
}

// goTo shows a stored position.
func (s opening) goTo(pos library.Position) {
	n := len(s.session.Article().Text)
	if pos.Top > 0 && pos.Top < n {
		place := textview.Top
		if s.req.Offset >= 0 {
			place = textview.Middle
		}
		s.Text.ScrollTo(pos.Top, place)
	}
	if pos.Cursor >= 0 && pos.Cursor < n {
		s.session.Aim(review.Target{Span: articles.Span{Start: pos.Cursor, End: pos.Cursor + 1}})
	}
	if c := s.req.Claim; !c.Empty() {
		s.session.Aim(c)
		s.Text.ScrollTo(c.Start, textview.Middle)
	}
	s.load.saved = s.position()
}

// markOpened says that the article is being read.
func (s opening) markOpened() tea.Cmd {
	k, id, ctx := s.svc.Keeper, s.session.Article().ID, s.life.Writing()
	return func() tea.Msg {
		if err := k.MarkOpened(ctx, id); err != nil {
			return nil // a library that cannot be written still reads
		}
		return ui.ChangedMsg{ID: id}
	}
}

// glance annotates what is on the screen, until the whole layer is there.
func (s *Screen) glance() tea.Cmd {
	if s.session.Whole() {
		return nil
	}
	w, a, span := s.svc.Workspace, s.session.Article(), s.Text.Visible()
	return s.run(s.session.Glance(func(ctx context.Context) *annotate.Layer { return w.Glance(ctx, a, span) }))
}

// layer asks for the whole layer with the log applied.
func (s *Screen) layer() tea.Cmd {
	read := s.run(s.session.Read())
	return func() tea.Msg {
		msg := read().(answerMsg)
		msg.layer = true
		return msg
	}
}

// unsaved says that nothing was stored, unless the guide does.
func unsaved(s *Screen, err error) tea.Cmd {
	if g, ok := s.guide.(interface{ Failed(error) tea.Cmd }); ok {
		if cmd := g.Failed(err); cmd != nil {
			return cmd
		}
	}
	if errors.Is(err, library.ErrDone) {
		return ui.Fail(err, "{reader.done} takes back that you are")
	}
	return ui.Fail(err, "not saved, nothing changed")
}

// take shows what an answer of the session's changed.
func (s *Screen) take(msg answerMsg) tea.Cmd {
	s.See()
	done := allReviewed(s)
	e := s.session.Take(msg.Answer)
	cmds := []tea.Cmd{s.work()}
	switch {
	case e.Unsaved:
		s.Duty.Coming = 0
		return tea.Batch(append(cmds, unsaved(s, e.Err))...)
	case e.Err != nil && msg.layer && !e.Read:
		s.load.bare = true
		return tea.Batch(append(cmds, ui.Fail(e.Err, "the article can be read but not corrected"))...)
	case e.Err != nil && !e.Read:
		return tea.Batch(append(cmds, ui.Fail(e.Err, hint(e.Err)))...)
	case e.Err != nil:
		cmds = append(cmds, ui.Fail(e.Err, orphansHint(e.Err)))
	}
	if e.Read {
		s.SetScene(msg.scene)
		cmds = append(cmds, s.save()) // what is reviewed is read
	}
	if s.guide != nil {
		e.Course = session.Course{} // it goes on elsewhere
	}
	cmds = append(cmds, s.show(e), team{s}.told(e, toastOf(s, e, done)), team{s}.after(e.Edited.Verb))
	if e.Edited.Verb != "" && s.guide != nil {
		cmds = append(cmds, s.guide.Decided(e.Edited))
	}
	if e.Read && (e.Edited.Verb != "" || e.Abroad) {
		cmds = append(cmds, ui.Send(ui.ChangedMsg{ID: s.session.Article().ID}))
	}
	return tea.Batch(cmds...)
}

// allReviewed reports whether every claim of the article is reviewed.
func allReviewed(s *Screen) bool {
	reviewed, all := s.session.Claims().Reviewed(s.session.Modes().Asides)
	return s.session.Whole() && all > 0 && reviewed == all
}

// toastOf says what an answer brought; done says that all was reviewed before.
func toastOf(s *Screen, e session.Effect, done bool) string {
	words := readWords(e)
	if more := s.session.Text().Reaches(&e.Edited); more != "" {
		words += " · " + ofReader.ReplaceAllString(more, "{"+prefix+"$1}")
	}
	switch {
	case !e.Abroad:
	case s.Duty.Viewed: // which was said
		s.Duty.Viewed, words = false, ""
	case len(s.Duty.Asked) > 0: // it may be as what the article is to whoever reads it is another
		s.Duty.Later, words = words, ""
	}
	if e.Edited.Verb == "" {
		return words
	}
	parts := []string{s.say[0], words, alongWords(s.session.Claims().Along(s.session.Article().Text, &e.Edited)), s.say[1]}
	s.say = saying{}
	if allReviewed(s) && !done && (s.guide == nil || !s.guide.Finishes()) {
		_, all := s.session.Claims().Reviewed(s.session.Modes().Asides)
		parts[0] = fmt.Sprintf("All %d reviewed; {reader.done} marks the article as done", all)
		switch {
		case team{s}.goesOn():
			parts[0] += " and goes on"
		case s.listed():
			parts[0] += ", {reader.next-article} opens the next"
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

// readWords says what another layer brought, or a decision did.
func readWords(e session.Effect) string {
	switch {
	case e.Abroad:
		return "Updated: another program changed decisions"
	case e.Lost > 0:
		return fmt.Sprintf("The source has changed: %s lost their place; {reader.orphans} lists them", plural(e.Lost, "decision"))
	}
	return e.Said
}

// ahead renders what a scroll would show next, off the update loop.
func (s *Screen) ahead() tea.Cmd {
	if s.session.Article() == nil {
		return nil
	}
	draw := pictures{s}.draw()
	f := s.Text.Prefetch()
	if f == nil {
		return draw
	}
	t := s.ticket()
	return tea.Batch(draw, func() tea.Msg { return renderedMsg{t, f()} })
}

// position returns where the reader is.
func (s *Screen) position() library.Position {
	p := library.Position{Top: s.Text.Top(), Cursor: -1}
	if c, ok := s.session.Current(); ok {
		p.Cursor = c.Start
	}
	return p
}

// save stores where the reader is and how much they have read, one write at a time.
func (s *Screen) save() tea.Cmd {
	if s.session.Article() == nil || s.load.preview {
		return nil
	}
	now, seen := s.position(), read(s)
	if s.load.saving || now == s.load.saved && seen <= s.entry.Progress {
		return nil
	}
	s.load.saving, s.load.saved, s.entry.Progress = true, now, max(seen, s.entry.Progress)
	t, k, id, ctx := s.ticket(), s.svc.Keeper, s.session.Article().ID, s.life.Writing()
	return func() tea.Msg {
		// A place that could not be stored is no reason to stop a reader.
		_ = k.SetPosition(ctx, id, now, seen)
		return savedMsg{t}
	}
}

// Close gives up what the screen asked for, does the decisions that are on their way,
// stores the place and tells the library.
func (s *Screen) Close() tea.Cmd {
	defer s.life.End()
	a := s.session.Article()
	if a == nil {
		return nil
	}
	forget := pictures{s}.forget()
	save, finish, ctx := s.save(), s.session.Finish(), s.life.Writing()
	return tea.Sequence(func() tea.Msg {
		if err := finish(ctx); err != nil {
			return ui.ErrMsg{Err: err, Hint: "not saved, nothing changed"}
		}
		return nil
	}, save, ui.Send(ui.ChangedMsg{ID: a.ID}), forget)
}

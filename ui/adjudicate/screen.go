// Package adjudicate is the screen on which somebody settles what annotators answered differently: one key a question.
//
// It lies around a reader of the article as its curator sees it, with all the keys of the reader. Below the text it asks a
// question, with a row for what each annotator says. A digit takes that annotator's answer, 0 takes none of them, and
// whatever is decided otherwise on the words answers it as well. The next question comes by itself once the decision is on the
// disk, and after the last one the next article. [Lines] is the same line by line.
package adjudicate

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/ui"
	"byline/ui/reader"
	"byline/ui/theme"
)

// An Article may have something to settle.
type Article struct {
	ID, Title string
	Done      []string // who marked it as done
}

// A Desk brings articles with what their annotators differ on.
type Desk interface {
	// Open returns an article as the library has it now.
	Open(ctx context.Context, id string) (*adjudicate.Sitting, error)
	// Now returns what Open, or a decision of the reader, brought last, without asking the library.
	Now(id string) *adjudicate.Sitting
	// Barred returns why nothing can be decided on that article; nil if it can.
	Barred(id string) error
	// Mixed says by what engines that article was suggested to its annotators; empty if that is the one of here.
	Mixed(id string) string
	// Last returns that of the articles on which whoever decides here decided last, and has not taken it back; empty for none.
	Last(ctx context.Context, ids ...string) (string, error)
}

// Services are what the screen works with.
type Services struct {
	Desk
	// Articles returns what may be settled, in the order to go through.
	Articles func(context.Context) ([]Article, error)
	Named    bool                  // these were named: they are opened even if nothing is open in them
	Reader   func() *reader.Screen // whose decisions are those of a curator
	Leave    tea.Cmd               // leads out; nil for back to the screen below
	Out      string                // where Leave leads, for the footer; empty for "go back"
	Words    func(string) string   // says what the program says in those of whoever reads it; nil leaves it
}

// Screen asks the questions of articles one after the other.
type Screen struct {
	life   ui.Life
	svc    Services
	round  round
	reader *reader.Screen
	state  state
	news   [4]tea.Msg // the latest of each kind, for readers to come
	size   tea.WindowSizeMsg
	keys   map[ui.Action][]string
	theme  *theme.Theme
	method ansi.Method
}

// state says what the screen waits for.
type state struct {
	looking bool // for the next article with an open question
	finding bool // what questions were settled on
	coming  bool // the article is not on the screen yet
	undo    bool // the last decision on it is to be taken back then
	ended   bool // nothing is left
	err     error
}

type (
	// listedMsg brings the articles.
	listedMsg struct {
		to       *Screen
		articles []Article
		err      error
	}
	// foundMsg brings the next article with an open question; no sitting if there is none.
	foundMsg struct {
		to      *Screen
		at      int
		sitting *adjudicate.Sitting
		err     error
		back    bool // it is one before, of which the last question is asked
		some    bool // one of those that were looked at has questions, open or not
	}
	// settledMsg brings what the questions of a sitting were settled on.
	settledMsg struct {
		to *Screen
		outcomes
	}
	// restMsg takes an annotator who was chosen from a list.
	restMsg struct {
		to   *Screen
		edit review.Edit
	}
)

// New returns the screen; Start begins.
func New(ctx context.Context, svc Services) *Screen {
	s := &Screen{life: ui.NewLife(ctx), svc: svc, state: state{looking: true}, round: round{unit: "key", words: svc.Words, passed: map[string]map[int]bool{}}}
	s.theme, _ = theme.Named("", true)
	return s
}

// Start asks for the articles.
func (s *Screen) Start() tea.Cmd {
	list, ctx := s.svc.Articles, s.life.Context()
	return func() tea.Msg {
		all, err := list(ctx)
		return listedMsg{s, all, err}
	}
}

// Title implements [ui.Screen].
func (s *Screen) Title() string { return "adjudication" }

// Ready implements [ui.Busy]: keys wait for the question that they are about.
func (s *Screen) Ready() bool {
	return s.state.ended || s.reader == nil && !s.state.undo || !s.state.looking && !s.state.coming && reader.Settled(s.reader)
}

// Pressed implements [ui.Counter]. At the end only a key that goes back counts: see handleEnd.
func (s *Screen) Pressed() {
	if !s.state.ended {
		s.round.keys++
	}
}

// Close implements [ui.Closer].
func (s *Screen) Close() tea.Cmd {
	s.life.End()
	var said tea.Cmd
	if words := s.round.parting(); words != "" {
		said = ui.Tell(words)
	}
	if s.reader == nil {
		return said
	}
	return tea.Sequence(s.reader.Close(), ui.Send(ui.ChangedMsg{}), said)
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd { return tea.Batch(update(s, msg), settle(s)) }

// settle finds, meanwhile, what the current question was settled on, if it was and that is not known: an article is compared with the
// reading of each of its annotators for that.
func settle(s *Screen) tea.Cmd {
	find := s.round.settle()
	if find == nil || s.state.finding {
		return nil
	}
	s.state.finding = true
	return func() tea.Msg { return settledMsg{s, find()} }
}

func update(s *Screen, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listedMsg, foundMsg, settledMsg, restMsg:
		return answered(s, msg)
	case ui.KeysMsg:
		s.news[0], s.keys = msg, msg.Keys
	case ui.ThemeMsg:
		s.news[1], s.theme = msg, msg.Theme
	case ui.WidthMsg:
		s.news[2], s.method = msg, msg.Method
	case tea.WindowSizeMsg:
		s.size = msg
		s.news[3] = msg
	case tea.MouseMsg:
		return s.mouse(msg)
	}
	if s.reader == nil {
		return nil
	}
	return tea.Batch(s.reader.Update(s.sized(msg)), s.arrived())
}

// answered takes the answer to what a screen asked for, if it was s.
func answered(s *Screen, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listedMsg:
		if msg.to == s {
			return s.listed(msg)
		}
	case foundMsg:
		if msg.to == s {
			return s.found(msg)
		}
	case settledMsg:
		if msg.to == s {
			s.state.finding, s.round.outcome = false, msg.outcomes
		}
	case restMsg:
		if msg.to == s && s.reader != nil {
			return reader.Decide(s.reader, msg.edit)
		}
	}
	return nil
}

// sized takes the lines of the question off the height that a reader has.
func (s *Screen) sized(msg tea.Msg) tea.Msg {
	if w, ok := msg.(tea.WindowSizeMsg); ok {
		w.Height = max(1, w.Height-s.rows(w.Height-1))
		return w
	}
	return msg
}

// mouse passes on what was done to the text; the rows are for keys.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.reader == nil || s.state.ended || msg.Mouse().Y >= s.size.Height-1-s.rows(s.size.Height-1) {
		return nil
	}
	return s.reader.Update(msg)
}

// listed takes the articles.
func (s *Screen) listed(msg listedMsg) tea.Cmd {
	s.state.err = msg.err
	if msg.err != nil {
		s.state.looking, s.state.ended = false, true
		return ui.Fail(msg.err, "{app.back} goes back")
	}
	s.round.articles = msg.articles
	return s.look(0)
}

// look looks for the next article with an open question, from the one with index from on.
func (s *Screen) look(from int) tea.Cmd {
	s.state.looking = true
	all, named, desk, ctx := s.round.articles, s.svc.Named, s.svc.Desk, s.life.Context()
	return func() tea.Msg {
		var failed error
		some := false
		for i := from; i < len(all); i++ {
			if len(all[i].Done) < 2 {
				continue
			}
			sitting, err := desk.Open(ctx, all[i].ID)
			some = some || err == nil && len(sitting.Questions) > 0
			switch {
			case ctx.Err() != nil:
				return nil
			case err != nil:
				failed = fmt.Errorf("“%s”: %w", all[i].Title, err)
			case len(sitting.Open()) > 0 || named && len(sitting.Questions) > 0:
				return foundMsg{s, i, sitting, failed, false, some}
			}
		}
		return foundMsg{s, len(all), nil, failed, false, some}
	}
}

// found opens the article that was found, or ends.
func (s *Screen) found(msg foundMsg) tea.Cmd {
	s.state.looking = false
	s.round.some = s.round.some || msg.some
	var failed tea.Cmd
	if msg.err != nil {
		failed = ui.Fail(msg.err, "the article is skipped")
	}
	switch {
	case (msg.back || s.state.undo) && msg.sitting == nil && msg.err == nil:
		return none(s, msg)
	case msg.err != nil && s.state.undo:
		return lost(s, msg)
	case msg.sitting == nil:
		s.state.ended = true
		return tea.Batch(failed, s.shut())
	case s.state.undo && s.reader != nil && msg.at == s.round.at:
		s.state.undo = false
		return reader.Decide(s.reader, review.Edit{Verb: annotate.Undo})
	}
	return tea.Batch(failed, s.open(msg.at, msg.sitting, msg.back))
}

// Failed implements [reader.Rescuer]: an article that was removed is left for the next.
func (s *Screen) Failed(err error) tea.Cmd {
	switch {
	case errors.Is(err, adjudicate.ErrGone):
		s.round.drop()
		return tea.Batch(ui.Fail(fmt.Errorf("“%s”: %w", s.round.sitting.Article.Title, err), "the next one follows"), s.look(s.round.at+1))
	case errors.Is(err, adjudicate.ErrAskedAnew):
		return tea.Batch(ui.Fail(err, "the questions are asked anew"), s.look(s.round.at))
	case s.svc.Barred(s.round.sitting.Article.ID) != nil:
		return bar(s)
	}
	return nil
}

// bar says why nothing can be decided here; nil if it can.
func bar(s *Screen) tea.Cmd {
	if err := s.svc.Barred(s.round.sitting.Article.ID); err != nil {
		return ui.Tell(barredWords(err))
	}
	return nil
}

// shut closes the reader.
func (s *Screen) shut() tea.Cmd {
	if s.reader == nil {
		return nil
	}
	old := s.reader
	s.reader = nil
	return old.Close()
}

// open puts an article in front, at its first question that is open, or at its last one.
func (s *Screen) open(at int, sitting *adjudicate.Sitting, atEnd bool) tea.Cmd {
	gone := s.shut()
	s.round.begin(at, sitting, atEnd || s.state.undo)
	s.state.coming = true
	r := s.svc.Reader()
	reader.Lead(r, s)
	s.reader = r
	cmds := []tea.Cmd{gone}
	for _, msg := range s.news {
		if msg != nil {
			cmds = append(cmds, r.Update(s.sized(msg)))
		}
	}
	req := reader.Request{ID: sitting.Article.ID, Offset: -1}
	if q := s.round.question(); q != nil {
		req.Claim = sitting.Claim(q)
	}
	return tea.Batch(append(cmds, r.Open(req))...)
}

// arrived shows the question as soon as its article is there.
func (s *Screen) arrived() tea.Cmd {
	if !s.state.coming || s.reader == nil || !reader.Settled(s.reader) {
		return nil
	}
	s.state.coming = false
	if s.state.undo {
		s.state.undo = false
		return reader.Decide(s.reader, review.Edit{Verb: annotate.Undo})
	}
	return s.point()
}

// point shows the words in dispute.
func (s *Screen) point() tea.Cmd {
	q := s.round.question()
	if q == nil || s.reader == nil {
		return nil
	}
	return reader.Point(s.reader, s.round.sitting.Claim(q))
}

// Finishes implements [reader.Guide].
func (s *Screen) Finishes() bool { return true }

// Decided implements [reader.Guide]: it goes on from a question that a decision answered, or to its next mention if others are left, and
// to a question that is open again.
func (s *Screen) Decided(e review.Edit) tea.Cmd {
	now := s.svc.Now(s.round.sitting.Article.ID)
	if now == nil {
		return nil
	}
	revisited, was := s.round.answered(), s.round.sitting
	again := s.round.note(e, now)
	switch {
	case again, e.Verb == annotate.Undo, s.round.less(was), revisited && s.round.answered() && s.round.forward():
		return s.point()
	case s.round.answered():
		return s.next()
	}
	return nil
}

// next goes to the next open question, here or in the next article.
func (s *Screen) next() tea.Cmd {
	if s.round.next() {
		return s.point()
	}
	say := ui.Tell(s.round.farewell())
	return tea.Batch(say, s.look(s.round.at+1))
}

// skip passes by the question.
func (s *Screen) skip() tea.Cmd {
	if s.round.answered() && s.round.forward() {
		return s.point()
	}
	s.round.pass(s.round.q)
	return s.next()
}

// skipArticle passes by what is left of the article.
func (s *Screen) skipArticle() tea.Cmd {
	for _, q := range s.round.sitting.Open() {
		s.round.pass(q)
	}
	return s.next()
}

// take answers the question as an annotator does.
func (s *Screen) take(who string) tea.Cmd {
	if s.round.question() == nil {
		return ui.Tell("There is no question here")
	}
	if cmd := bar(s); cmd != nil {
		return cmd
	}
	return reader.Decide(s.reader, review.Edit{Verb: review.Take, Take: review.Taking{Who: who, Questions: s.round.asked(s.round.q)}})
}

// rest asks whose reading is taken for all that is open.
func (s *Screen) rest() tea.Cmd {
	open := s.round.sitting.Open()
	if len(open) == 0 {
		return ui.Tell("Nothing is open in this article")
	}
	if cmd := bar(s); cmd != nil {
		return cmd
	}
	ask := ui.ChooseMsg{Title: fmt.Sprintf("For the rest of this article, %s, take", plural(len(open), "question")), Enter: "take"}
	if s.size.Width < leastLead {
		ask.Title = fmt.Sprintf("For %s, take", plural(len(open), "question"))
	}
	ask.Choices = choicesOf(s, open, func(i int) string { return s.round.alike(i, open) })
	return ui.Send(ask)
}

package library

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/library/catalog"
)

// A change is a change of the library that can be undone.
type change struct {
	id     string
	say    string                                            // the toast after doing it
	back   string                                            // the toast after undoing it
	do     func(context.Context) (instead string, err error) // what is said instead of say, if anything
	undo   func(context.Context) error
	listed bool // it adds an article to the list or removes one
}

// history is the changes made on this screen, which can be undone one by one.
type history struct {
	keeper  Keeper
	changes []change               // the latest comes last
	then    func(*listing) tea.Cmd // run once what was changed is listed; nil for nothing
	warned  string                 // the article of which was said last that nothing is reviewed
}

// do makes a change, reports it and reloads the lists.
func (h *history) do(o origin, c change) tea.Cmd {
	ctx := o.life.Writing()
	done := o.answer(ctx, func() tea.Cmd {
		h.changes = append(h.changes, c)
		return nil
	})
	return func() tea.Msg {
		instead, err := c.do(ctx)
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "nothing changed"}
		}
		return tea.BatchMsg{ui.Tell(cmp.Or(instead, c.say)), tea.Sequence(ui.Send(done), ui.Send(c.changedMsg()))}
	}
}

// plainly makes what a change does of what has nothing to say.
func plainly(do func(context.Context) error) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) { return "", do(ctx) }
}

// undo undoes the last change; called again, the one before it.
func (h *history) undo(o origin) tea.Cmd {
	last := len(h.changes) - 1
	if last < 0 {
		return ui.Tell("Nothing more to undo")
	}
	c := h.changes[last]
	h.changes = h.changes[:last]
	ctx := o.life.Writing()
	failed := o.answer(ctx, func() tea.Cmd {
		h.changes = append(h.changes, c)
		return nil
	})
	undone := o.answer(ctx, func() tea.Cmd {
		if c.listed {
			h.then = goTo(c.id)
		}
		return nil
	})
	return func() tea.Msg {
		if err := c.undo(ctx); err != nil {
			return tea.BatchMsg{ui.Fail(err, "nothing changed; {library.undo} tries again"), ui.Send(failed)}
		}
		return tea.BatchMsg{ui.Tell(c.back), tea.Sequence(ui.Send(undone), ui.Send(c.changedMsg()))}
	}
}

// goTo returns what moves the cursor to an article.
func goTo(id string) func(*listing) tea.Cmd {
	return func(l *listing) tea.Cmd {
		l.goToFirst([]string{id})
		return nil
	}
}

// changedMsg returns a message with the entry that changed, or no ID if an article was added or
// removed.
func (c *change) changedMsg() ui.ChangedMsg {
	if c.listed {
		return ui.ChangedMsg{}
	}
	return ui.ChangedMsg{ID: c.id}
}

// forget drops the changes of articles that were deleted for good.
func (h *history) forget(ids []string) {
	h.changes = slices.DeleteFunc(h.changes, func(c change) bool { return slices.Contains(ids, c.id) })
}

// mark marks an article as done, or as unread if it is done. One that is assigned to whoever looks is done in its sets, or not done any
// more; as in the reader, once it is asked where nothing is reviewed.
func (h *history) mark(o origin, e library.Entry) tea.Cmd {
	if v := viewOf(h.keeper); v.Others() {
		return ui.Tell(whoseReading(v) + ": only they mark articles here; {library.view} chooses another")
	}
	of, ok := h.keeper.(interface {
		Duty(ctx context.Context, id string) (library.Duty, error)
	})
	if !ok {
		return h.markAs(o, e, next(e.Status))
	}
	ctx := o.life.Writing()
	return func() tea.Msg {
		d, err := of.Duty(ctx, e.ID)
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "nothing changed"}
		}
		return o.answer(ctx, func() tea.Cmd { return h.markDuty(o, e, &d) })
	}
}

// markDuty is mark for an article of which it is known what it is to whoever looks.
func (h *history) markDuty(o origin, e library.Entry, d *library.Duty) tea.Cmd {
	switch {
	case len(d.Sets) == 0:
		return h.markAs(o, e, next(e.Status))
	case d.Stays:
		return ui.Tell("It stays done, as all could see the others; a curator may reopen it")
	case d.Done():
		return h.markAs(o, e, library.Reading)
	case e.Counts.Reviewed == 0 && (e.Counts.Claims > 0 || !e.Annotated) && h.warned != e.ID:
		h.warned = e.ID
		return ui.Tell("Nothing is reviewed yet; {library.done} again marks it as done")
	}
	return h.markAs(o, e, library.Done)
}

// next returns the status that an article has once it was marked that nobody assigned.
func next(st library.Status) library.Status {
	if st == library.Done {
		return library.Unread
	}
	return library.Done
}

// markAs gives an article a status.
func (h *history) markAs(o origin, e library.Entry, st library.Status) tea.Cmd {
	k := h.keeper
	say := map[library.Status]string{library.Done: "Marked as done: ", library.Unread: "Marked as unread: ", library.Reading: "Not done any more: "}[st]
	set := func(st library.Status) func(context.Context) error {
		return func(ctx context.Context) error { return k.SetStatus(ctx, e.ID, st) }
	}
	return h.do(o, change{
		id: e.ID, say: say + catalog.Title(&e), back: "Marked as " + string(e.Status) + " again: " + catalog.Title(&e), do: plainly(set(st)), undo: set(e.Status),
	})
}

func (h *history) remove(o origin, e library.Entry) tea.Cmd {
	k := h.keeper
	return h.do(o, change{
		id: e.ID, say: "Moved to the trash ({library.undo} restores it, {library.trash} shows the trash): " + catalog.Title(&e), back: "Restored: " + catalog.Title(&e), listed: true,
		do:   plainly(func(ctx context.Context) error { return k.Remove(ctx, e.ID) }),
		undo: func(ctx context.Context) error { return k.Restore(ctx, e.ID) },
	})
}

// AskTags prompts for the tags of the article with that ID.
func (s *Screen) AskTags(id string) tea.Cmd {
	return askTags(s, s.origin(), library.Entry{ID: id})
}

func askTags(s *Screen, o origin, e library.Entry) tea.Cmd {
	ctx := o.life.Context()
	return func() tea.Msg {
		e, err := s.store.Entry(ctx, e.ID) // what a search found has no tags
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		return ui.AskMsg{
			Prompt: "Tags (comma-separated):", Initial: clean.Line(strings.Join(e.Tags, ", ")),
			Done: func(text string) tea.Cmd { return s.history.do(o, s.history.retag(&e, splitTags(text))) },
		}
	}
}

// retag returns the change that has e show other tags.
func (h *history) retag(e *library.Entry, tags []string) change {
	say, of := "Tags removed", ": "+catalog.Title(e)
	if len(tags) > 0 {
		say = "Tagged #" + strings.Join(tags, " #")
	}
	on, off := library.TagChanges(e.Tags, tags)
	var made library.Retagged
	return change{
		id: e.ID, say: say + of, back: "Tags restored: " + catalog.Title(e),
		do: func(ctx context.Context) (instead string, err error) {
			if made, err = h.keeper.Retag(ctx, e.ID, on, off); err != nil || len(made.Others) == 0 {
				return "", err
			}
			if !made.Changed {
				return "", errors.New(made.Stays())
			}
			return say + ". " + made.Stays() + of, nil // before the title, which may be long
		},
		undo: func(ctx context.Context) error { return made.Undo(ctx) },
	}
}

// splitTags returns the tags in a line, without blanks, commas and the # that some people put
// before them.
func splitTags(text string) []string {
	tags := strings.Split(text, ",")
	for i := range tags {
		tags[i] = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(tags[i]), "#"))
	}
	return slices.DeleteFunc(tags, func(t string) bool { return t == "" })
}

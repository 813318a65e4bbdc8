package library

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
)

// A deed is a change of the library that can be taken back.
type deed struct {
	id   string
	say  string // what was done
	back string // what is said when it is taken back
	do   func(context.Context) error
	undo func(context.Context) error
	many bool // which articles there are is another
}

// past is what was done here, to be taken back one by one.
type past struct {
	deeds []deed // the last one last
	want  string // ID of the article that was brought back, until it is there
}

// deedMsg says that a deed is done, or undone.
type deedMsg struct {
	to     *Screen
	deed   deed
	undone bool
}

func (p *past) take(msg deedMsg) {
	if !msg.undone {
		p.deeds = append(p.deeds, msg.deed)
		return
	}
	if msg.deed.many {
		p.want = msg.deed.id
	}
}

// do does d, says so and has the lists read again.
func (s *Screen) do(d deed) tea.Cmd {
	return func() tea.Msg {
		if err := d.do(context.Background()); err != nil {
			return ui.ErrMsg{Err: err, Hint: "nothing was changed"}
		}
		return tea.BatchMsg{ui.Tell(d.say), tea.Sequence(ui.Send(deedMsg{s, d, false}), ui.Send(d.news()))}
	}
}

// undo takes the last deed back, and the one before it the next time.
func (s *Screen) undo() tea.Cmd {
	last := len(s.past.deeds) - 1
	if last < 0 {
		return ui.Tell("nothing more to take back")
	}
	d := s.past.deeds[last]
	s.past.deeds = s.past.deeds[:last]
	return func() tea.Msg {
		if err := d.undo(context.Background()); err != nil {
			return tea.BatchMsg{ui.Fail(err, "nothing was changed; {library.undo} tries again"), ui.Send(deedMsg{s, d, false})}
		}
		return tea.BatchMsg{ui.Tell(d.back), tea.Sequence(ui.Send(deedMsg{s, d, true}), ui.Send(d.news()))}
	}
}

// news names the article whose entry is another, or none where one came or went.
func (d *deed) news() ui.ChangedMsg {
	if d.many {
		return ui.ChangedMsg{}
	}
	return ui.ChangedMsg{ID: d.id}
}

// mark makes an article done, or unread where it is done.
func (s *Screen) mark(e library.Entry) tea.Cmd {
	k := s.keeper
	st, say := library.Done, "done: "
	if e.Status == library.Done {
		st, say = library.Unread, "unread again: "
	}
	set := func(st library.Status) func(context.Context) error {
		return func(ctx context.Context) error { return k.SetStatus(ctx, e.ID, st) }
	}
	return s.do(deed{
		id: e.ID, say: say + title(&e), back: string(e.Status) + " again: " + title(&e), do: set(st), undo: set(e.Status),
	})
}

func (s *Screen) remove(e library.Entry) tea.Cmd {
	k := s.keeper
	return s.do(deed{
		id: e.ID, say: "removed, u brings it back: " + title(&e), back: "back again: " + title(&e), many: true,
		do:   func(ctx context.Context) error { return k.Remove(ctx, e.ID) },
		undo: func(ctx context.Context) error { return k.Restore(ctx, e.ID) },
	})
}

// AskTags asks for the tags of e.
func (s *Screen) AskTags(e library.Entry) tea.Cmd {
	k := s.keeper
	set := func(tags []string) func(context.Context) error {
		return func(ctx context.Context) error { return k.SetTags(ctx, e.ID, tags) }
	}
	return ui.Send(ui.AskMsg{
		Prompt: "tags, with commas between:", Initial: clean.Line(strings.Join(e.Tags, ", ")),
		Done: func(text string) tea.Cmd {
			tags := split(text)
			say := "no tags: "
			if len(tags) > 0 {
				say = "tagged #" + strings.Join(tags, " #") + ": "
			}
			return s.do(deed{
				id: e.ID, say: say + title(&e), back: "tags as before: " + title(&e), do: set(tags), undo: set(e.Tags),
			})
		},
	})
}

// split returns the tags in a line, without blanks, commas and the # that some write
// before them.
func split(text string) []string {
	tags := strings.Split(text, ",")
	for i := range tags {
		tags[i] = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(tags[i]), "#"))
	}
	return slices.DeleteFunc(tags, func(t string) bool { return t == "" })
}

func (s *Screen) askAdd() tea.Cmd {
	return ui.Send(ui.AskMsg{Prompt: "add file, folder or address:", Path: true, Done: func(path string) tea.Cmd {
		if path = strings.Trim(strings.TrimSpace(path), `"'`); path == "" {
			return ui.Tell("nothing added: no path given")
		}
		return ui.Send(AddMsg{path})
	}})
}

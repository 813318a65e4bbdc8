package library

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
)

// offers are what a query that is being typed may become.
type offers struct {
	all   []string // whole queries, the likeliest first
	taken int      // of all, from 1; 0 while none is in the field
}

type (
	offersMsg struct {
		to   *Screen
		text string
		all  []string
	}
	// A searchMsg asks a query.
	searchMsg struct {
		to    *Screen
		query string
	}
)

// offer asks for what text may become.
func (s *Screen) offer(text string) tea.Cmd {
	*s.typing.offers = offers{}
	asker := s.asker
	return func() tea.Msg {
		all, err := asker.Completions(context.Background(), text)
		if err != nil {
			return nil // one types on without help
		}
		return offersMsg{s, text, all}
	}
}

// complete puts the first offer into the field, and the next one each time again. What the
// offers are of stays what was typed.
func (s *Screen) complete() tea.Cmd {
	t := s.typing
	if t.offers == nil || len(t.offers.all) == 0 {
		return nil
	}
	o := *t.offers
	text := o.all[o.taken%len(o.all)]
	o.taken++
	t.field.SetValue(text)
	t.field.CursorEnd()
	cmd := s.seekWords(text)
	if strings.HasSuffix(text, ":") {
		return tea.Batch(cmd, s.offer(text)) // the name of a field; now its values
	}
	*t.offers = o
	return cmd
}

// offered returns the ends of the offers, to be shown while one types; nil for none.
func (s *Screen) offered() []string {
	if s.typing == nil || s.typing.offers == nil {
		return nil
	}
	o := s.typing.offers
	var out []string
	for i := range min(len(o.all), 12) {
		text := o.all[(max(0, o.taken-1)+i)%len(o.all)]
		out = append(out, clean.Line(lastTerm(text)))
	}
	if out != nil {
		out[0] = s.key(complete) + " " + out[0]
	}
	return out
}

// lastTerm returns what stands behind the last blank outside quotes.
func lastTerm(text string) string {
	from, quoted := 0, false
	for i, c := range []byte(text) {
		if c == '"' {
			quoted = !quoted
		}
		if c == ' ' && !quoted {
			from = i + 1
		}
	}
	return text[from:]
}

// askName saves the query in the field under a name.
func (s *Screen) askName() tea.Cmd {
	query := strings.TrimSpace(s.typing.field.Value())
	if s.asker == nil || query == "" {
		return ui.Tell("type a query first")
	}
	return ui.Send(ui.AskMsg{Prompt: "save this search as:", Done: func(name string) tea.Cmd {
		name = strings.Trim(strings.ReplaceAll(strings.TrimSpace(name), " ", "-"), "@")
		if name == "" {
			return ui.Tell("not saved: no name given")
		}
		return s.saveSearch(library.SavedSearch{Name: name, Query: query}, "saved as @"+name+"; {library.saved} lists the saved searches")
	}})
}

func (s *Screen) saveSearch(x library.SavedSearch, say string) tea.Cmd {
	asker := s.asker
	return func() tea.Msg {
		if err := asker.SaveSearch(context.Background(), x); err != nil {
			return ui.ErrMsg{Err: err, Hint: "the search is not saved"}
		}
		return ui.ToastMsg{Text: say}
	}
}

// chooseSaved lists the saved searches.
func (s *Screen) chooseSaved() tea.Cmd {
	if s.asker == nil {
		return ui.Tell("no searches are saved here")
	}
	asker := s.asker
	return func() tea.Msg {
		all, err := asker.SavedSearches(context.Background())
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		if len(all) == 0 {
			return ui.ToastMsg{Text: "no search is saved; while you type one, ctrl+s saves it"}
		}
		m := ui.ChooseMsg{Title: "saved searches"}
		for _, x := range all {
			m.Choices = append(m.Choices, ui.Choice{Label: clean.Line(x.Name), Detail: clean.Line(x.Query), Do: ui.Send(searchMsg{s, x.Query})})
		}
		for _, x := range all {
			m.Choices = append(m.Choices, ui.Choice{Label: "forget " + clean.Line(x.Name), Do: s.saveSearch(library.SavedSearch{Name: x.Name}, "forgotten: @"+x.Name)})
		}
		return m
	}
}

// ask shows what a query finds.
func (s *Screen) ask(query string) tea.Cmd {
	s.typing = nil
	return s.seekWords(query)
}

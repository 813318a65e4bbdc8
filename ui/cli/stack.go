package cli

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/reader"
)

// mostStacked is how many articles are reviewed together.
const mostStacked = 1000

// stack gathers what nobody reviewed in the articles with these IDs.
func (d *desktop) stack(ids []string) tea.Cmd {
	return func() tea.Msg {
		var items []reader.Item
		for _, id := range ids[:min(len(ids), mostStacked)] {
			_, l, err := d.annotated(context.Background(), id)
			if err != nil {
				return ui.ErrMsg{Err: err, Hint: "the others can be reviewed without it"}
			}
			items = append(items, reader.Items(id, l)...)
		}
		if len(items) == 0 {
			return ui.ToastMsg{Text: "all of these articles are reviewed"}
		}
		return reader.StackMsg{Stack: reader.NewStack(items, time.Now)}
	}
}

// writeNew writes a file that is not there yet.
func writeNew(to string, body []byte) error {
	path, err := expand(to)
	if err != nil {
		return err
	}
	return writeFile(path, body, false)
}

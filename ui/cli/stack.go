package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write %s: it is there already", to)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", to, bare(err))
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Close())
}

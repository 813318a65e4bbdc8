package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/theme"
)

func list(t *testing.T, msg ui.ChooseMsg) *chooser {
	t.Helper()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	return newChooser(msg, th)
}

// box draws an overlay in a window of width × height cells.
func box(o overlay, width, height int) string {
	return ansi.Strip(o.draw(look{width, height, ansi.WcWidth}))
}

func numbered(n int) []ui.Choice {
	out := make([]ui.Choice, n)
	for i := range out {
		out[i] = ui.Choice{Label: fmt.Sprint("line ", i), Do: ui.Tell(fmt.Sprint("took ", i))}
	}
	return out
}

// A list starts on the current choice, and comes back to it when what was typed is gone.
func TestListStartsOnTheCurrent(t *testing.T) {
	t.Parallel()
	c := list(t, ui.ChooseMsg{Choices: numbered(500), At: 321})
	if got := box(c, 60, 14); !strings.Contains(got, "› line 321 ") {
		t.Errorf("not on the current line\n%s", got)
	}
	c.typeKey(tea.KeyPressMsg{Code: '7', Text: "7"})
	if got := box(c, 60, 14); !strings.Contains(got, "› line 7 ") {
		t.Errorf("not on the best match\n%s", got)
	}
	c.typeKey(tea.KeyPressMsg{Code: tea.KeyBackspace})
	if got := box(c, 60, 14); !strings.Contains(got, "› line 321 ") {
		t.Errorf("not back on the current line\n%s", got)
	}
	if got := box(list(t, ui.ChooseMsg{Choices: numbered(3), At: 99}), 60, 14); !strings.Contains(got, "› line 2 ") {
		t.Errorf("not on the last line\n%s", got)
	}
}

// A list says which of its lines are shown where there are more, how many what is typed leaves, and no
// figure else; its title is whole where the window has room.
func TestListCountsWhatIsNotShown(t *testing.T) {
	t.Parallel()
	title := "Attribute “" + strings.Repeat("word ", 8) + "” to"
	c := list(t, ui.ChooseMsg{Title: title, Choices: numbered(30), About: &ui.Spot{}})
	for _, step := range []struct{ typed, want string }{{"", title}, {"", " 1–5 of 30 "}, {"7", " 1 of 30 "}, {"x", " 0 of 30 "}} {
		for _, r := range step.typed {
			c.typeKey(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		if got := box(c, 110, 10); !strings.Contains(got, step.want) {
			t.Errorf("%q: no %q\n%s", step.typed, step.want, got)
		}
	}
	if got := box(list(t, ui.ChooseMsg{Title: "Delete it for good?", Choices: numbered(2)}), 60, 20); strings.Contains(got, " of ") {
		t.Errorf("two lines, both shown, are counted\n%s", got)
	}
}

// Other keys than Enter do other things with the line under the cursor, of what is found, and the
// footer has them.
func TestWaysOfAList(t *testing.T) {
	t.Parallel()
	m := &Model{}
	c := list(t, ui.ChooseMsg{Choices: numbered(9), Enter: "open", Ways: []ui.Way{
		{Key: "ctrl+y", Short: "copy", Do: func(at int) tea.Cmd { return ui.Tell(fmt.Sprint("copied ", at)) }},
		{Key: "ctrl+g", Short: "show", Do: func(at int) tea.Cmd { return ui.Tell(fmt.Sprint("shown ", at)) }},
	}})
	m.over = c
	var foot []string
	for _, k := range footKeys([]ui.Scope{c.scope(m)}) {
		foot = append(foot, k.key+" "+k.binding.Short)
	}
	if got := strings.Join(foot, ", "); got != "⏎ open, ctrl+y copy, ctrl+g show, esc close" {
		t.Errorf("the footer has %s", got)
	}
	c.typeKey(tea.KeyPressMsg{Code: '4', Text: "4"})
	cmd, _, known := ui.Route(tea.KeyPressMsg{Code: 'g', Mod: tea.ModCtrl}, []ui.Scope{c.scope(m)})
	if !known || cmd == nil || cmd() != tea.Msg(ui.ToastMsg{Text: "shown 4"}) || m.over != nil {
		t.Error("ctrl+g does not show the line and close the list")
	}
	c.field.Set("no such line")
	c.filter()
	if cmd, _, _ := ui.Route(tea.KeyPressMsg{Code: 'g', Mod: tea.ModCtrl}, []ui.Scope{c.scope(m)}); cmd != nil {
		t.Error("something is done with no line")
	}
}

// Details are not cut where the labels leave room, and labels keep half of the line.
func TestDetailsTakeTheRoomThereIs(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("harbour ", 20)
	for _, c := range []struct{ label, detail, want string }{
		{"nobody", "who is named in the article, or no one at all", "nobody  who is named in the article, or no one at all"},
		{long, "person", "harbour harbou… person"},
		{long, long, "… harbour"},
	} {
		got := box(list(t, ui.ChooseMsg{Choices: []ui.Choice{{Label: c.label, Detail: c.detail}}}), 64, 20)
		if flat := strings.Join(strings.Fields(got), " "); !strings.Contains(flat, strings.Join(strings.Fields(c.want), " ")) {
			t.Errorf("no %q\n%s", c.want, got)
		}
	}
}

// What explains a choice is wrapped, also where there is little room, and ends in … where it does
// not end.
func TestExplanationsAreWrapped(t *testing.T) {
	t.Parallel()
	file := strings.Repeat("{\"id\": 1}\n", 30)
	msg := ui.ChooseMsg{Title: "Export as", Choices: []ui.Choice{
		{Label: "json", Detail: "one object", More: "Leaves out: 12 cues, 3 notes of people who looked at it.\n\n" + file}, {Label: "csv", More: "all"}}}
	for _, z := range [][2]int{{30, 12}, {40, 12}, {80, 24}, {200, 50}} {
		got := box(list(t, msg), z[0], z[1])
		flat := strings.Join(strings.Fields(strings.ReplaceAll(got, "│", " ")), " ")
		if !strings.Contains(flat, "Leaves out: 12 cues, 3") || !strings.Contains(flat, "› json") || !strings.Contains(flat, "…") {
			t.Errorf("%v\n%s", z, got)
		}
	}
}

// The right side of every box is straight, however the terminal counts the cells of clusters.
func TestBordersAreStraight(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	const text = "the 👩‍🔬 of 東京 and नमस्ते, e\u0301, 👍🏽 and more"
	boxes := map[string]overlay{
		"list":  list(t, ui.ChooseMsg{Title: text, Choices: []ui.Choice{{Label: text, Detail: text, More: text}, {Label: "harbour"}}}),
		"card":  newCard(ui.CardMsg{Title: text, Rows: []ui.Row{{Head: "👩‍🔬", Text: text}, {Head: "b", Text: "c"}}}, th),
		"pager": newPager(ui.PagerMsg{Title: text, Note: "3 lines", Text: text + "\n" + text + "\nharbour"}, th),
		"wait":  &wait{WaitMsg: ui.WaitMsg{Title: text, Text: text}, theme: th},
	}
	for what, o := range boxes {
		for _, m := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
			for _, width := range []int{40, 60, 100} {
				var all []int
				for line := range strings.SplitSeq(ansi.Strip(o.draw(look{width, 20, m})), "\n") {
					all = append(all, m.StringWidth(line))
				}
				if slices.Min(all) != slices.Max(all) || slices.Max(all) > width {
					t.Errorf("%s in %d cells, method %v: lines of %v cells\n%s", what, width, m, all, ansi.Strip(o.draw(look{width, 20, m})))
				}
			}
		}
	}
}

// Where details do not fit, shorter forms of all stand in the list, and the whole of the one under the cursor below it.
func TestBriefDetails(t *testing.T) {
	t.Parallel()
	row := func(name string, done, all int) ui.Choice {
		short := fmt.Sprintf("%d of %d done", done, all)
		return ui.Choice{Label: name, Detail: fmt.Sprintf("annotator · %s · 4 begun · 1115 of 2300 reviewed", short), Briefs: []string{short + " · 1115 of 2300 reviewed", short}}
	}
	msg := ui.ChooseMsg{Title: "Team", Aligned: true, Choices: []ui.Choice{row("ann", 3, 60), row("christina-maria", 115, 120), row("東京 ann", 0, 7)}}
	for _, x := range []struct {
		width, height int
		want          []string
	}{
		{40, 11, []string{"ann              3 of 60 done", "christina-maria  115 of 120 done", "東京 ann         0 of 7 done", "ann: annotator · 3 of 60 done · 4", "begun · 1115 of 2300 reviewed"}},
		{60, 15, []string{"ann              3 of 60 done", "christina-maria  115 of 120 done", "ann: annotator · 3 of 60 done · 4 begun · 1115 of"}},
		{72, 20, []string{"ann              3 of 60 done · 1115 of 2300 reviewed", "christina-maria  115 of 120 done · 1115 of 2300 reviewed"}},
		{100, 30, []string{"ann              annotator · 3 of 60 done · 4 begun · 1115 of 2300 reviewed", "christina-maria  annotator · 115 of 120 done · 4 begun · 1115 of 2300 reviewed"}},
	} {
		got := box(list(t, msg), x.width, x.height)
		for _, want := range x.want {
			if !strings.Contains(got, want) {
				t.Errorf("%d × %d: no %q\n%s", x.width, x.height, want, got)
			}
		}
		if n := len(strings.Split(got, "\n")); n > x.height || strings.Contains(got, "…") {
			t.Errorf("%d × %d: %d lines\n%s", x.width, x.height, n, got)
		}
	}
}

// A list is as wide as what is in it, within bounds.
func TestListsAreAsWideAsNeeded(t *testing.T) {
	t.Parallel()
	wide := []ui.Choice{{Label: strings.Repeat("w", 90), Detail: "ctrl+x"}}
	for _, c := range []struct {
		choices []ui.Choice
		spot    *ui.Spot
		window  int
		want    int // cells with the border and the blanks beside it
	}{
		{numbered(3), nil, 300, 80}, {numbered(3), nil, 60, 56}, {wide, nil, 300, 107}, {wide, nil, 100, 96}, {wide, &ui.Spot{}, 300, 76}, {numbered(3), &ui.Spot{}, 300, 56},
	} {
		line, _, _ := strings.Cut(box(list(t, ui.ChooseMsg{Choices: c.choices, About: c.spot}), c.window, 30), "\n")
		if n := ansi.StringWidth(line); n != c.want {
			t.Errorf("%d cells in a window of %d, want %d", n, c.window, c.want)
		}
	}
}

// A card that is too long says so, and its footer has the keys that scroll it.
func TestCardScrolls(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	m := &Model{}
	c := newCard(ui.CardMsg{Title: "Why", Rows: []ui.Row{{Head: "name", Text: strings.Repeat("the article names somebody in full ", 20)}, {Head: "last", Text: "the end"}}}, th)
	m.over = c
	if got := box(c, 100, 40); strings.Contains(got, "↑↓") || !strings.Contains(got, "the end") || len(c.foot()) != 1 {
		t.Errorf("a card that fits is said to scroll\n%s", got)
	}
	if got := box(c, 40, 11); !strings.Contains(got, "↑↓ 1–7 of ") || strings.Contains(got, "the end") || len(c.foot()) != 3 {
		t.Errorf("nothing says that there is more\n%s", got)
	}
	c.rows[1].Head = "other speaker" // the longest of an explanation
	box(c, 40, 11)
	for range 100 {
		c.at.by(1)
	}
	if got := box(c, 40, 11); !strings.Contains(got, "other speaker  the end") {
		t.Errorf("the end is not reached\n%s", got)
	}
}

// The choice of nothing, whose key is 0, is on the screen however short the list is and wherever the
// cursor is, once, and the cursor is never hidden behind it.
func TestChoiceOfNothingStaysInView(t *testing.T) {
	t.Parallel()
	choices := numbered(16)
	for i := range 9 {
		choices[i].Key = fmt.Sprint(i + 1)
	}
	choices[9].Key, choices[9].Label = "0", "no one"
	for _, height := range []int{6, 7, 9, 11, 30} {
		c := list(t, ui.ChooseMsg{Choices: choices})
		for at := range choices {
			got := box(c, 80, height)
			if n := strings.Count(got, "no one"); n > 1 || n == 0 && at <= 9 {
				t.Errorf("%d lines, cursor on %d: “no one” is there %d times\n%s", height, at, n, got)
			}
			if want := "› " + fmt.Sprintf("%-2s", choices[at].Key) + choices[at].Label + " "; !strings.Contains(got, want) {
				t.Errorf("%d lines: no %q\n%s", height, want, got)
			}
			c.moveBy(1)
		}
		for range choices {
			c.moveBy(-1)
			box(c, 80, height)
		}
		if got := box(c, 80, height); !strings.Contains(got, "› 1 line 0") || !strings.Contains(got, "no one") {
			t.Errorf("%d lines, back at the first\n%s", height, got)
		}
	}
	c := list(t, ui.ChooseMsg{Choices: choices})
	box(c, 80, 9)
	if got := c.choiceAt(c.rows - 1); got != 9 {
		t.Errorf("a click on the last line chooses %d", got)
	}
	c.field.Set("line")
	c.filter()
	if got := box(c, 80, 9); strings.Contains(got, "no one") {
		t.Errorf("“no one” is no line\n%s", got)
	}
}

// Details that are aligned begin in one column, whatever is before them.
func TestDetailsAreAligned(t *testing.T) {
	t.Parallel()
	choices := []ui.Choice{{Label: "✎ ask her", Detail: "“the harbour”"}, {Label: "highlighted", Detail: "“a theft”"}, {Label: "✎ 東京 " + strings.Repeat("long ", 30), Detail: "“quay”"}}
	for _, width := range []int{40, 80, 200} {
		got := box(list(t, ui.ChooseMsg{Choices: choices, Aligned: true}), width, 12)
		at := map[int]bool{}
		for line := range strings.SplitSeq(got, "\n") {
			if i := strings.Index(line, "“"); i >= 0 {
				at[ansi.WcWidth.StringWidth(line[:i])] = true
			}
		}
		if len(at) != 1 {
			t.Errorf("at %d details begin in columns %v\n%s", width, at, got)
		}
	}
}

package changes_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/compare"
	"byline/annotate/engine"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/changes"
	"byline/ui/uitest"
)

func TestChanges(t *testing.T) {
	t.Parallel()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	const was = "Nothing happened at first.\n\n“We go,” said Ann Lee on Monday.\n\n“No,” said Bo Green."
	const now = "Nothing happened at first.\n\n“We go home,” said Ann Lee on Tuesday.\x1b[31m"
	start := func(was, now string) *uitest.Screen {
		d := compare.Versions(was, e.Annotate(was, nil), now, e.Annotate(now, nil))
		m, err := app.New(app.Options{}, changes.New(changes.Subject{
			Title: "A strike", From: "version 1", To: "version 2", Was: was, Now: now, Difference: d,
			Go: func(off int) tea.Cmd { return ui.Tell(fmt.Sprint("go ", off)) },
		}))
		if err != nil {
			t.Fatal(err)
		}
		s, _ := uitest.Start(t, m, 90, 24)
		return s
	}
	s := start(was, now)
	for _, want := range []string{
		"byline › A strike", "version 1 → version 2", "− Bo Green  person, 1 → 0", "~ Ann Lee: “We go,” go home,”", "− Bo Green: “No,”",
		"“We go,” go home,” said Ann Lee on Monday. Tuesday.",
	} {
		s.Wait(t, want)
	}
	s.Type("\r")
	s.Wait(t, "Not in the newer version")
	s.Type("j\r")
	s.Wait(t, "go 28")
	s.Type("G\r")
	s.Type("k\r")
	s.Wait(t, "go 28")
	start(was, was).Wait(t, "No changes in the text.")
}

// Of a name that is too long the name is cut, and not how often it is there.
func TestFiguresOfChangesAreWhole(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Bo Green", "Kvale Bank of Greater Northern Holm and the Outer Islands", "東京港湾労働組合連合会東京港湾労働組合連合会"} {
		for _, width := range []int{30, 40, 60, 90} {
			m, err := app.New(app.Options{}, changes.New(changes.Subject{Title: "A strike", From: "version 1", To: "version 2", Difference: &compare.Difference{
				Names: []compare.Name{{Op: compare.Gone, Name: name, Type: "organization", Was: 115, Now: 0}}}}))
			if err != nil {
				t.Fatal(err)
			}
			s, _ := uitest.Start(t, m, width, 12)
			s.Wait(t, "115 → 0")
			s.Wait(t, string([]rune(name)[:4]))
		}
	}
}

// The versions keep their numbers where there is no room for their dates.
func TestVersionsAreNamed(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]string{100: "version 1 of 2026-03-09 10:12 → version 2 of 2026-03-10 08:30", 80: "  version 1 → version 2", 30: ""} {
		m, err := app.New(app.Options{}, changes.New(changes.Subject{
			Title: "A strike", From: "version 1 of 2026-03-09 10:12", To: "version 2 of 2026-03-10 08:30", Difference: &compare.Difference{},
		}))
		if err != nil {
			t.Fatal(err)
		}
		s, _ := uitest.Start(t, m, width, 10)
		s.Until(t, fmt.Sprintf("%q at %d cells", want, width), func() bool { // the first frame may be of another width
			text := s.Text()
			return strings.Contains(text, "A strike") && strings.Contains(text, want) && (want != "" || !strings.Contains(text, "version"))
		})
	}
}

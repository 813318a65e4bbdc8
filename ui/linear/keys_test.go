//go:build !fuzz

package linear

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"byline/annotate/library"
	"byline/ui/app"
	catalog "byline/ui/library"
	"byline/ui/reader"
	"byline/ui/session"
)

// A key means the same on the screen and line by line: for what is on one of them alone as
// well, and for the program's own keys.
func TestNoKeyHasTwoMeanings(t *testing.T) {
	t.Parallel()
	means := map[string]string{}
	for _, b := range slices.Concat(reader.Bindings(), app.Bindings()) {
		for _, k := range b.Keys {
			_, name, _ := strings.Cut(string(b.Action), ".")
			means[k] = name
		}
	}
	means["q"] = "quit" // of the article, as on the screen
	for _, c := range articleCommands(Services{}) {
		for _, k := range c.keys {
			if on, ok := means[k]; ok && on != c.name && k != number {
				t.Errorf("%q is %s on the screen and %s here", k, on, c.name)
			}
		}
	}
}

// The library's keys are those of its screen too, as far as both have the command.
func TestLibraryKeys(t *testing.T) {
	t.Parallel()
	means := map[string]string{}
	for _, b := range slices.Concat(catalog.Bindings(), app.Bindings()) {
		for _, k := range b.Keys {
			_, name, _ := strings.Cut(string(b.Action), ".")
			means[k] = name
		}
	}
	same := map[string]string{"filter": "list", "saved": "search", "back": "quit"}
	for _, c := range libraryCommands {
		for _, k := range c.keys {
			on, ok := means[k]
			if ok && on != c.name && same[on] != c.name && k != number {
				t.Errorf("%q is %s on the screen and %s here", k, on, c.name)
			}
		}
	}
}

// A command is found by its synonyms, and no word means two commands.
func TestSynonyms(t *testing.T) {
	t.Parallel()
	table := articleCommands(Services{})
	means := map[string]string{}
	synonyms := 0
	for _, c := range table {
		synonyms += len(c.also)
		words := append([]string{c.name, c.word}, c.also...)
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			if other, ok := means[w]; ok && other != c.name {
				t.Errorf("%q is %s and %s", w, other, c.name)
			}
			means[w] = c.name
		}
		for _, w := range c.also {
			if found, _, _ := find(table, w); found.name != c.name {
				t.Errorf("%q is %q, not %q", w, found.name, c.name)
			}
		}
	}
	if synonyms == 0 {
		t.Error("no command has a synonym")
	}
}

// The keys of the settings reach the lines.
func TestKeysOfTheSettings(t *testing.T) {
	t.Parallel()
	table := articleCommands(Services{Keys: map[session.Name][]string{"confirm": {"y", "enter"}}, Labels: [][2]string{{"ship", "Z"}}})
	for line, want := range map[string]string{"y": "confirm", "=": "confirm", "Z": "label-ship", "confirm-next": "confirm-next"} {
		if c, _, _ := find(table, line); c.name != want {
			t.Errorf("%q is %q, not %q", line, c.name, want)
		}
	}
}

// What a key does is the same as well: D takes back to reading, and * alone asks before it
// decides.
func TestKeysDoTheSame(t *testing.T) {
	t.Parallel()
	d := newWorkspace()
	p := New(d.services(), "1")
	p.Start(t.Context())
	if said := p.Do(t.Context(), "D"); d.status == library.Done || said != "Nothing is reviewed yet; D again marks it as done." {
		t.Errorf("%s: %q", d.status, said)
	}
	for i, want := range []library.Status{library.Done, library.Reading, library.Done} {
		if p.Do(t.Context(), "D"); d.status != want {
			t.Errorf("after %d times D: %s", i+1, d.status)
		}
	}
	was := d.layer
	p.Do(t.Context(), "+")
	if asks := p.Do(t.Context(), "*"); d.layer != was || !strings.Contains(asks, "1. ") {
		t.Errorf("* alone decides, or does not ask: %q", asks)
	}
	if said := p.Do(t.Context(), "1"); d.layer == was || !strings.Contains(said, "Ines Calder") {
		t.Errorf("the answer decides nothing: %q", said)
	}
}

// An article that is done when it is opened is taken back first, in whatever way it is opened.
func TestDoneIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	d := newWorkspace()
	d.status = library.Done
	p := New(d.services(), "1")
	p.Start(t.Context())
	if p.Do(t.Context(), "D"); d.status != library.Reading {
		t.Errorf("%s", d.status)
	}
}

// Every action that an answer names in braces has a key to put there.
func TestNamesInAnswers(t *testing.T) {
	t.Parallel()
	p := New(Services{})
	all := slices.Collect(maps.Values(wanted))
	for r := session.NoClaim; r <= session.NoNotes; r++ {
		all = append(all, r.Words(true))
	}
	for _, words := range all {
		for _, name := range braced.FindAllString(words, -1) {
			if p.spelled(name) == name {
				t.Errorf("%s of %q is no command", name, words)
			}
		}
	}
}

// Whatever the reason why a command does nothing, the answer says so.
func TestEveryReasonIsSaid(t *testing.T) {
	t.Parallel()
	for r := session.NoClaim; r <= session.NothingLost; r++ {
		if said := noneWords(session.Effect{None: r, About: "Ann Lee"}); said == "" || strings.Contains(said, "%!") {
			t.Errorf("reason %d is answered %q", r, said)
		}
	}
}

// Where there is no name to take a label, it says which label that is.
func TestNothingToTag(t *testing.T) {
	t.Parallel()
	for about, want := range map[string]string{
		"war crime":    "Only a name takes the label “war crime”: go to one, {next}, or tag the words first, {person} WORDS.",
		"place":        "Only a name takes the label “place”: go to one, {next}, or tag the words first, {person} WORDS.",
		"organization": "Go to a name first, or add the words: {organization} WORDS.",
		"person":       "Go to a name first, or add the words: {person} WORDS.",
		"100% sure":    "Only a name takes the label “100% sure”: go to one, {next}, or tag the words first, {person} WORDS.",
	} {
		for _, why := range []session.Reason{session.QuoteHasNoType, session.NoWords} {
			if said := noneWords(session.Effect{None: why, About: about}); said != want {
				t.Errorf("%d, %s: %s", why, about, said)
			}
		}
	}
}

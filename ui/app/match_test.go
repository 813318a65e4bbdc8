package app

import (
	"slices"
	"strings"
	"testing"

	"byline/ui"
	"byline/ui/theme"
)

// find types into a list of "name=other name|detail" and returns the names that are listed, the
// best first.
func find(t *testing.T, typed string, lines ...string) []string {
	t.Helper()
	var choices []ui.Choice
	for _, l := range lines {
		rest, detail, _ := strings.Cut(l, "|")
		name, also, _ := strings.Cut(rest, "=")
		choices = append(choices, ui.Choice{Label: name, Also: []string{also}, Detail: detail})
	}
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	c := newChooser(ui.ChooseMsg{Choices: choices}, th)
	c.field.Set(typed)
	c.filter()
	var out []string
	for _, i := range c.found {
		out = append(out, c.Choices[i].Label)
	}
	return out
}

func TestTheBestIsFirst(t *testing.T) {
	t.Parallel()
	formats := []string{"jsonl", "conllu", "xmi|UIMA, with the metadata", "brat=ann|text beside it", "conll", "json", "markdown=md", "texts=txt"}
	names := []string{"Halden Media|organization", "The Daily Hal|organization", "Jean-Jacques Muyembe|person", "Hal|person", "Zoë Müller|person", "Ferris & Sons|organization", "Tom Ferris|person"}
	for _, c := range []struct {
		typed string
		of    []string
		want  string // the names listed, with bars between
	}{
		{"json", formats, "json|jsonl"},
		{"conll", formats, "conll|conllu"},
		{"md", formats, "markdown"},
		{"txt", formats, "texts"},
		{"ann", formats, "brat"},
		{"text", formats, "texts|brat"},
		{"hal", names, "Hal|Halden Media|The Daily Hal"},
		{"muy", names, "Jean-Jacques Muyembe"},
		{"jjm", names, "Jean-Jacques Muyembe"},
		{"zoe mu", names, "Zoë Müller"},
		{"ferris", names, "Ferris & Sons|Tom Ferris"},
		{"ferris &", names, "Ferris & Sons"},
		{"dia", names, "Halden Media"},
		{"tdh", names, "The Daily Hal"},
		{"person", names, "Jean-Jacques Muyembe|Hal|Zoë Müller|Tom Ferris"},
		{"xyz", names, ""},
		{"&&", names, ""},
		{"", names[:2], "Halden Media|The Daily Hal"},
	} {
		if got := find(t, c.typed, c.of...); strings.Join(got, "|") != c.want {
			t.Errorf("%q finds %q, want %q", c.typed, got, c.want)
		}
	}
}

// A name longer than what is typed is no match because its letters are somewhere in it.
func TestLettersFarApartAreNoMatch(t *testing.T) {
	t.Parallel()
	got := find(t, "speaker", "next words with a capital that are not marked", "skip a page, then the rest of it", "who says this quote=speaker")
	if !slices.Equal(got, []string{"who says this quote"}) {
		t.Errorf("%q", got)
	}
}

package reader_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/review"
)

// costs are the tasks of an annotator with the cursor at the claim: the keys that each
// takes, and how many it may take.
var costs = []struct {
	task string
	to   string // keys that bring the cursor to the claim; not counted
	keys string
	most int
	did  string // what the workspace was asked
}{
	{"confirm, and on to the next", "\t", "y", 1, "confirm  Marta Quill"},
	{"reject", "\t", "x", 1, "reject  Marta Quill"},
	{"reject, and on to the next", "\t", "X", 1, "reject  Marta Quill"},
	{"change the type", "\t", "o", 1, "relabel organization Marta Quill"},
	{"change the type only here", "\t", "O", 1, "relabel organization Marta Quill"},
	{"begin a word earlier", "\t\t", "<", 1, "respan  Orrin Bay Courier → the Orrin Bay Courier"},
	{"begin a word later", "\t\t", "(", 1, "respan  Orrin Bay Courier → Bay Courier"},
	{"end a word later", "\t\t", ">", 1, "respan  Orrin Bay Courier → Orrin Bay Courier for"},
	{"end a word earlier", "\t\t", ")", 1, "respan  Orrin Bay Courier → Orrin Bay"},
	{"a quote ends a word earlier", "}", ")", 1, "respan  “We sold the press,” → “We sold the"},
	{"add a name of three words by hand", "\tvl", "LLo", 3, "add organization"},
	{"add an unmarked name with a capital", "", "Cp", 2, "add person Ferris & Sons"},
	{"the same on all occurrences", "\t", "*\r", 2, "add person Marta Quill"},
	{"quote to its speaker, who is the likeliest", "}", "@\r", 2, "attribute  “We sold the press,” → she"},
	{"quote to another speaker", "}", "@2", 2, "attribute  “We sold the press,” → Tom Ferris"},
	{"quote to two speakers, the likeliest and another", "}", "@+2", 3, "attribute  “We sold the press,” → she + Tom Ferris"},
	{"quote to nobody", "}", "@0", 2, "attribute  “We sold the press,”"},
	{"a new quote with its speaker", "\tvLLLLLLL", "\"1", 3, "attribute  Marta Quill, who ran the Orrin Bay Courier for → "},
	{"a new quote with a speaker found by typing", "\tvLLLLLLL", "\"h\r", 3, "attribute  Marta Quill, who ran the Orrin Bay Courier for → Halden Media"},
	{"the type of a quote", "}", "\"2", 2, "relabel mixed “We sold the press,”"},
	{"the type of a quote, like that of a name", "}", "#3", 2, "relabel indirect “We sold the press,”"},
	{"delete a quote", "}", "x", 1, "reject  “We sold the press,”"},
	{"an end of a quote to the next quotation mark", "}", "$", 1, "respan  “We sold the press,” → “We sold the press,” she said, “not the paper.”"},
	{"one speaker more", "}", "@+2", 3, "attribute  “We sold the press,” → she + Tom Ferris"},
	{"the reporting verb, by a list", "}", "&1", 2, "cue  “We sold the press,” → said"},
	{"a note on any words", "\tvLLL", ",a\r", 3, "note a Marta Quill, who ran the"},
	{"highlight any words", "\tvLLL", "_", 1, "tag highlight Marta Quill, who ran the"},
	{"the cue of a quote", "}vl", "&", 1, "cue  “We sold the press,” → "},
	{"merge two entities", "\t", "m1", 2, "merge  Marta Quill → Tom Ferris"},
	{"split off a name", "\t", "S", 1, "split  Marta Quill"},
	{"undo", "\tx", "u", 1, "undo"},
	{"redo", "\txu", "U", 1, "redo"},
	{"the last decision on another", "\to\t\t", ".", 1, "relabel organization Halden Media"},
	{"a question mark", "\t", "~", 1, "tag question Marta Quill"},
	{"confirm all that look alike", "\t", "Y1", 2, "confirm  Marta Quill|she|Quill"},
	{"merge marked rows", "s", "  m", 3, "merge  Tom Ferris → Marta Quill"},
	{"rename", "\t", "R!\r", 3, "rename Marta Quill! Marta Quill"},
	{"a kind of your own", "\t", "#ship\r", 6, "relabel ship Marta Quill"},
	{"note", "\t", ",a\r", 3, "note a Marta Quill"},
}

// TestCosts holds what correcting costs in keys, and that it is decided.
func TestCosts(t *testing.T) {
	t.Parallel()
	for _, c := range costs {
		t.Run(c.task, func(t *testing.T) {
			s, d := start(t, 110, 30)
			if n := utf8.RuneCountInString(c.keys); n > c.most {
				t.Errorf("%d keys, may be %d", n, c.most)
			}
			s.Type(c.to)
			if strings.Contains(c.to, "x") || strings.Contains(c.to, "o") {
				s.Until(t, "the first decision", func() bool { return len(d.log()) > 0 })
			}
			s.Type(c.keys)
			s.Until(t, c.did, func() bool { l := d.log(); return len(l) > 0 && strings.HasPrefix(l[len(l)-1], c.did) })
		})
	}
}

// TestHints goes to a word by three keys, and adds it as a name.
func TestHints(t *testing.T) {
	t.Parallel()
	s, d := start(t, 110, 24)
	s.Type(";")
	s.Wait(t, "leave")
	line := func(words string) string {
		for l := range strings.Lines(s.Text()) {
			if strings.Contains(l, words) {
				return l
			}
		}
		return ""
	}
	s.Until(t, "labels", func() bool { return line("rta") != "" })
	word := strings.Fields(line("nday"))
	label := ""
	for _, w := range word {
		if strings.HasSuffix(w, "nday") {
			label = w[:2]
		}
	}
	s.Type(label)
	s.Wait(t, "selected: Monday")
	s.Type("p")
	s.Until(t, "the name", func() bool { l := d.log(); return len(l) == 1 && l[0] == "add person Monday" })
}

func TestCountBeforeAKey(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 110, 24)
	s.Type("3")
	s.Wait(t, "3× — next key repeats")
	s.Type("\t")
	s.Wait(t, "organization · Halden Media")
	s.Type("2\t\t")
	s.Wait(t, "direct quote 2 of 2")
}

// TestDragMerges drags a row of the panel onto another.
func TestDragMerges(t *testing.T) {
	t.Parallel()
	s, d := start(t, 110, 24)
	_, y, ok := s.Find("○ Tom Ferris")
	_, to, also := s.Find("○ Marta Quill")
	if !ok || !also {
		t.Fatal(s.Text())
	}
	const x = 88
	s.Type(fmt.Sprintf("\x1b[<0;%d;%dM", x, y+1))
	s.Wait(t, "person · Tom Ferris")
	s.Type(fmt.Sprintf("\x1b[<32;%d;%dM", x, to+1))
	s.Wait(t, "Release to merge Tom Ferris with Marta Quill")
	s.Type(fmt.Sprintf("\x1b[<0;%d;%dm", x, to+1))
	s.Until(t, "the merge", func() bool { l := d.log(); return len(l) == 1 && l[0] == "merge  Tom Ferris → Marta Quill" })
}

func TestLeastCertainFirst(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 110, 24)
	s.Type("A")
	s.Wait(t, "direct quote 2 of 2")
	s.Wait(t, "Least certain: 50%")
}

func TestHistory(t *testing.T) {
	t.Parallel()
	s, _ := start(t, 110, 24)
	s.Type("B")
	s.Wait(t, "Confirmed “Halden Media”")
	s.Wait(t, "ann, ")
}

// Notes, highlights and flags are named in the list as on the screen, not as they are stored.
func TestHistoryOfNotes(t *testing.T) {
	t.Parallel()
	s, d := start(t, 110, 40)
	d.mu.Lock()
	for _, e := range []review.Event{
		{Verb: annotate.Tag, About: annotate.Highlight}, {Verb: annotate.Erase, About: annotate.Highlight}, {Verb: annotate.Tag, About: "question"},
		{Verb: annotate.Tag, About: "claim"}, {Verb: annotate.Erase, About: "ask her"}, {Verb: annotate.Erase}, {Verb: annotate.Note, About: "ask her"},
		{Verb: annotate.Relabel, About: "place"},
	} {
		e.Who, e.Words = "ann", "Halden Media"
		d.past = append(d.past, e)
	}
	d.mu.Unlock()
	s.Type("B")
	for _, want := range []string{"· highlighted", "· removed the highlight", "· flagged", "· tagged “claim”", "· removed the note", "· removed all notes", "· tagged as place"} {
		s.Wait(t, want+" · “Halden Media”")
	}
	s.Wait(t, "✎ note on “Halden Media”: ask her")
	s.Type("\x06")
	s.Wait(t, "show quotes")
	s.Type("\x06")
	s.Wait(t, "show all")
	if got := s.Text(); !strings.Contains(got, "removed all notes") || strings.Contains(got, "tagged as place") {
		t.Errorf("of the notes and flags are listed:\n%s", got)
	}
}

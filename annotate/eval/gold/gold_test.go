package gold

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"byline/annotate"
)

const head = `-- about --
manner: wire
marks: american
title: Press at Orrin Bay sold
-- entities --
quill    person        Marta Quill
ferris   person        Tom Ferris
orrin    place         Orrin Bay
-- text --
`

const story = head + `Press at [orrin|Orrin Bay] sold

{quill|“We sold the press,”} [quill~|she] <said>, {quill|“for {!|‘the dog’}.

“It was hers.”}

[quill|Marta Quill] <said> {quill indirect|that [ferris|Tom Ferris] had called it {ferris mixed|“a café”}}.

{-|Who, then?}
`

func TestParse(t *testing.T) {
	t.Parallel()
	a, err := Parse("a.txtar", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range a.Layer.Entities {
		fmt.Fprintf(&b, "%s %s %s:", e.ID, e.Type, e.Name)
		for _, m := range e.Mentions {
			fmt.Fprintf(&b, " %s=%s", m.Form, m.In(a.Text))
		}
		b.WriteByte('\n')
	}
	for _, q := range a.Layer.Quotes {
		fmt.Fprintf(&b, "%s %s %q %q\n", q.Type, q.Speaker, q.In(a.Text), q.Cue.In(a.Text))
	}
	for _, s := range a.NonQuotes {
		fmt.Fprintf(&b, "none %s\n", s.In(a.Text))
	}
	want := `orrin place Orrin Bay: name=Orrin Bay
quill person Marta Quill: pronoun=she name=Marta Quill
ferris person Tom Ferris: name=Tom Ferris
direct quill "“We sold the press,”" "said"
direct quill "“for ‘the dog’.\n\n“It was hers.”" "said"
indirect quill "that Tom Ferris had called it “a café”" "said"
mixed ferris "“a café”" ""
direct  "Who, then?" ""
none ‘the dog’
`
	if got := b.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if a.Manner != "wire" || a.Marks != "american" || a.Title != "Press at Orrin Bay sold" || strings.ContainsAny(a.Text, "[]{}<>|~") {
		t.Errorf("%+v", a)
	}
	if a.Layer.Quotes[0].Type != annotate.Direct || len(a.Notes) != 0 {
		t.Error(a.Notes)
	}
}

// Each text has one mistake; the error names the line and the reason. The text starts on line 10.
func TestErrors(t *testing.T) {
	t.Parallel()
	whole := "[quill|Quill] [ferris|Ferris] [orrin|Orrin]\n"
	for _, c := range []struct{ text, want string }{
		{whole + "[smith|Smith] spoke", `:11: [smith|Smith]: no entity "smith" is declared`},
		{whole + "\n{smith|“No.”}", `:12: {smith|“No.”}: no entity "smith" is declared`},
		{whole + "{quill aside|“No.”}", `:11: {quill aside|“No.”}: unknown type "aside"`},
		{whole + "{quill|“No.” he said", ":11: {quill is not closed"},
		{whole + "{quill|“[quill|No}] now”", ":11: } cannot close [quill, opened in line 11"},
		{whole + "No] more", ":11: ] closes nothing"},
		{whole + "[quill|Marta [ferris|Tom]]", ":11: [ inside of [quill"},
		{whole + "He had “no idea.", ":11: “ stands outside of any"},
		{whole + "He had 'no idea'.", ":11: ' stands outside of any"},
		{whole + "{quill|“No “idea” here.”}", ":11: “ is in the midst of"},
		{whole + "{quill|No idea.}", ":11: {quill|No idea.} has no quotation marks"},
		{whole + "{quill mixed|no idea}", ":11: {quill mixed|no idea} begins or ends without"},
		{whole + "{quill|“No idea,} she said", ":11: {quill|“No idea,} begins or ends without"},
		{whole + "{!|the dog}", ":11: {!|the dog}: {!|…} takes no type"},
		{whole + "{quill|“No.” }", ":11: {quill|“No.” } is empty, or begins"},
		{whole + "a | b", ":11: | stands for nothing"},
		{whole + "{“No.”}", ":11: { has no |"},
		{"[quill|Quill] [orrin|Orrin]", `:7: entity "ferris" is declared and nowhere`},
	} {
		_, err := Parse("a.txtar", []byte(head+c.text+"\n"))
		var es Errors
		if !errors.As(err, &es) || !strings.Contains(err.Error(), "a.txtar"+c.want) {
			t.Errorf("%q: got %v, want %s", c.text, err, c.want)
		}
	}
}

func TestHeadErrors(t *testing.T) {
	t.Parallel()
	_, err := Parse("b", []byte("-- about --\nmanner: wire\nmood: bad\nmarks: french\n-- entities --\nq person Quill\nq person Quill\nr animal Rex\ns\n-- more --\n-- text --\n[q|Quill] rock 'n' roll, the '90s, Quill’s dogs' tails\n"))
	for _, want := range []string{"b:2: about has no \"title\"", "b:3: \"mood: bad\"", "b:2: marks are", "b:7: key \"q\"", "b:8: unknown type \"animal\"", "b:9: \"s\" is no entity", "b:10: unknown section \"more\""} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	a, err := Parse("c", []byte(head+"[quill|Quill] [ferris|Ferris] [orrin|Orrin]\n\nQuill spoke; Quills did not.\n"))
	if err != nil || len(a.Notes) != 1 || a.Notes[0].Line != 12 {
		t.Errorf("%v %v", err, a)
	}
}

// Parsing ends for any bytes, and yields valid layers.
func FuzzParse(f *testing.F) {
	f.Add(story)
	f.Add(head + "{quill|“[quill|x]”} '")
	f.Fuzz(func(t *testing.T, data string) {
		a, err := Parse("f", []byte(data))
		if err != nil {
			return
		}
		if err := a.Layer.Check(a.Text); err != nil {
			t.Error(err)
		}
	})
}

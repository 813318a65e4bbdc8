package review

import (
	"fmt"
	"strings"
	"testing"

	"byline/annotate"
)

// noted writes the remarks of a layer, one line each.
func noted(text string, l *annotate.Layer) string {
	var b strings.Builder
	for _, r := range l.Remarks {
		fmt.Fprintf(&b, "%s %q: %s tag=%t\n", r.Kind, r.Span.In(text), r.Text, r.Tag)
	}
	return b.String()
}

// Any words can be noted and highlighted, and that changes no claim. Notes are replaced, removed,
// undone, and found again in a text that has changed.
func TestPassages(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	before := show(story, s.shown.Layer)
	passage := Target{annotate.OfPassage, at(story, "who ran the Orrin Bay Courier", 0)}
	want := func(lines ...string) {
		t.Helper()
		all := ""
		for _, l := range lines {
			all += "passage \"who ran the Orrin Bay Courier\": " + l + "\n"
		}
		if got := noted(s.text, s.shown.Layer); got != all {
			t.Errorf("noted\n%s, not\n%s", got, all)
		}
	}
	note := Edit{Verb: annotate.Note, Targets: []Target{passage}, Value: "since when?"}
	s.do(note)
	s.do(Edit{Verb: annotate.Tag, Targets: []Target{passage}, Value: annotate.Highlight})
	want("since when? tag=false", "highlight tag=true")
	if got := show(story, s.shown.Layer); got != before {
		t.Errorf("the claims are\n%s, not\n%s", got, before)
	}
	note.Was, note.Value = "since when?", "since 1998"
	if n := s.do(note); n != 2 {
		t.Errorf("a note is replaced by %d decisions", n)
	}
	want("highlight tag=true", "since 1998 tag=false")
	s.do(Edit{Verb: annotate.Undo})
	want("since when? tag=false", "highlight tag=true")
	note.Was, note.Value = "since when?", ""
	s.do(note)
	want("highlight tag=true")
	s.do(Edit{Verb: annotate.Erase, Targets: []Target{passage}})
	want()
	if got := told(story, Blame(story, s.log, s.machine)); got != "" {
		t.Errorf("blamed for what was removed:\n%s", got)
	}
	s.do(Edit{Verb: annotate.Undo})
	want("highlight tag=true")
	s.text = "MARCH. " + strings.Replace(story, "Marta Quill, who", "Marta Quill,\nwho", 1)
	s.machine = &annotate.Layer{}
	s.apply()
	want("highlight tag=true")
}

// A decision that only a claim can have is none on a passage.
func TestPassageIsNoClaim(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	before := show(story, s.shown.Layer)
	for _, v := range []annotate.Verb{annotate.Confirm, annotate.Add, annotate.Relabel, annotate.Merge, annotate.Attribute, annotate.Split, annotate.Rename} {
		s.log = nil
		s.do(Edit{Verb: v, Targets: []Target{{annotate.OfPassage, at(story, "who ran", 0)}}, To: at(story, "Quill", 1), Value: "person", Here: true})
		if len(s.shown.Conflicts) != 1 || show(story, s.shown.Layer) != before {
			t.Errorf("%s: %v, the claims are\n%s", v, s.shown.Conflicts, show(story, s.shown.Layer))
		}
	}
}

// A note stays with a name or quote whose ends move.
func TestNotesFollowEnds(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	for _, c := range []struct {
		kind     annotate.Kind
		from, to string
	}{{annotate.OfMention, "Tom Ferris", "Tom Ferris, of Ferris & Sons"}, {annotate.OfQuote, "“We sold the press,”", "“We sold"}} {
		target := []Target{{c.kind, at(story, c.from, 0)}}
		s.do(Edit{Verb: annotate.Note, Targets: target, Value: "ask"})
		s.do(Edit{Verb: annotate.Respan, Targets: target, To: at(story, c.to, 0)})
		if got, want := noted(story, s.shown.Layer), fmt.Sprintf("%s %q: ask tag=false\n", c.kind, c.to); !strings.HasSuffix(got, want) {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

package review

import (
	"strings"
	"testing"

	"byline/annotate"
)

const joint = `Ames spoke on Monday. Tom Biden and Ames said they were “not done.” Quill agreed.`

// jointly returns a layer of joint in which Biden and Ames say the quote.
func jointly() *annotate.Layer {
	p := annotate.Person
	return &annotate.Layer{Engine: "test-1",
		Entities: []annotate.Entity{
			{ID: "e1", Type: p, Name: "Ames", Mentions: []annotate.Mention{
				found(p, annotate.Name, at(joint, "Ames", 0)), found(p, annotate.Name, at(joint, "Ames", 1))}},
			{ID: "e2", Type: p, Name: "Tom Biden", Mentions: []annotate.Mention{found(p, annotate.Name, at(joint, "Tom Biden", 0))}},
			{ID: "e3", Type: p, Name: "Quill", Mentions: []annotate.Mention{found(p, annotate.Name, at(joint, "Quill", 0))}},
		},
		Quotes: []annotate.Quote{{Span: at(joint, "“not done.”", 0), Type: annotate.Mixed, Speaker: "e2", Also: []string{"e1"},
			SpeakerMention: at(joint, "Tom Biden", 0), Cue: at(joint, "said", 0)}},
	}
}

// speakersOf returns the names of the speakers of the only quote of l, and the words that name the first.
func speakersOf(l *annotate.Layer, text string) string {
	var names []string
	for _, id := range l.Quotes[0].Speakers() {
		names = append(names, l.Entity(id).Name)
	}
	return strings.Join(names, " and ") + " at " + l.Quotes[0].SpeakerMention.In(text)
}

// The speakers of a quote follow what people do to the entities.
func TestSpeakersFollowEntities(t *testing.T) {
	t.Parallel()
	about := func(v annotate.Verb, words string, n int) Edit {
		return Edit{Verb: v, Targets: []Target{{annotate.OfMention, at(joint, words, n)}}}
	}
	to := func(e Edit, words string, n int) Edit {
		e.To = at(joint, words, n)
		return e
	}
	rename := about(annotate.Rename, "Ames", 0)
	rename.Value = "Peter Ames"
	for _, c := range []struct {
		Edit
		want string
	}{
		{Edit{}, "Tom Biden and Ames at Tom Biden"},
		{rename, "Tom Biden and Peter Ames at Tom Biden"},
		{to(about(annotate.Merge, "Ames", 0), "Tom Biden", 0), "Tom Biden at Tom Biden"},
		{to(about(annotate.Merge, "Tom Biden", 0), "Ames", 0), "Tom Biden at Tom Biden"},
		{to(about(annotate.Merge, "Ames", 0), "Quill", 0), "Tom Biden and Quill at Tom Biden"},
		{to(about(annotate.Split, "Ames", 1), "Quill", 0), "Tom Biden and Quill at Tom Biden"},
		{to(about(annotate.Split, "Ames", 0), "Quill", 0), "Tom Biden and Ames at Tom Biden"},
		{to(about(annotate.Split, "Tom Biden", 0), "Quill", 0), "Quill and Ames at Tom Biden"},
		{to(about(annotate.Respan, "Ames", 1), "Ames said", 0), "Tom Biden and Ames at Tom Biden"},
		{to(about(annotate.Respan, "Tom Biden", 0), "Biden", 0), "Biden and Ames at Biden"},
	} {
		s := sit(t, joint, jointly())
		if c.Verb != "" && s.do(c.Edit) == 0 {
			t.Errorf("%s decides nothing", c.Verb)
		}
		if got := speakersOf(s.shown.Layer, joint); got != c.want {
			t.Errorf("%s %v: said by %s, want %s", c.Verb, c.Targets, got, c.want)
		}
	}
}

// A further speaker takes the place of a first who is no longer there, and goes if it is not.
func TestCarrySpeakers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ to, want string }{
		{strings.Replace(joint, "Tom Biden", "He", 1), "Ames at "},
		{strings.ReplaceAll(joint, "Ames", "he"), "Tom Biden at Tom Biden"},
		{"Now: " + joint, "Tom Biden and Ames at Tom Biden"},
	} {
		l, _ := Carry(jointly(), joint, c.to)
		if err := l.Check(c.to); err != nil {
			t.Fatal(err)
		}
		if got := speakersOf(l, c.to); got != c.want {
			t.Errorf("%s: said by %q, want %q", c.to, got, c.want)
		}
	}
}

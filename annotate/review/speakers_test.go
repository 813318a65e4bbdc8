package review

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
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
		Quotes: []*annotate.Quote{{Span: at(joint, "“not done.”", 0), Type: annotate.Mixed, Speaker: "e2", Also: []string{"e1"},
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

// attribution is the edit that gives the quote of joint these speakers.
func attribution(to articles.Span, also ...articles.Span) Edit {
	return Edit{Verb: annotate.Attribute, Targets: []Target{{annotate.OfQuote, at(joint, "“not done.”", 0)}}, To: to, Also: also}
}

func TestAttributeToSeveral(t *testing.T) {
	t.Parallel()
	biden, ames, quill := at(joint, "Tom Biden", 0), at(joint, "Ames", 1), at(joint, "Quill", 0)
	for _, c := range []struct {
		Edit
		want, told string
	}{
		{attribution(quill), "Quill at Quill", "Attributed to Quill: quote “not done.”"},
		{attribution(quill, ames), "Quill and Ames at Quill", "Attributed to Quill and Ames: quote “not done.”"},
		{attribution(ames, biden, quill), "Ames and Tom Biden and Quill at Ames", "Attributed to Ames, Tom Biden and Quill: quote “not done.”"},
		{attribution(ames, at(joint, "Ames", 0)), "Ames at Ames", "Attributed to Ames and Ames: quote “not done.”"},
		{attribution(biden, at(joint, "Monday", 0)), "Tom Biden and Monday at Tom Biden", "Attributed to Tom Biden and Monday: quote “not done.”"},
		{attribution(articles.Span{}, ames), " at ", "Left unattributed: quote “not done.”"},
	} {
		s := sit(t, joint, jointly())
		if s.do(c.Edit) != 1 {
			t.Fatalf("%d decisions", len(s.log))
		}
		if got := speakersOf(s.shown.Layer, joint); got != c.want {
			t.Errorf("said by %s, want %s", got, c.want)
		}
		if told := s.shown.Say(s.log); told != c.told {
			t.Errorf("told as %q, want %q", told, c.told)
		}
		s.do(Edit{Verb: annotate.Undo})
		if got := speakersOf(s.shown.Layer, joint); got != "Tom Biden and Ames at Tom Biden" {
			t.Errorf("undone: said by %s", got)
		}
	}
}

// What a person says of the speakers holds in a text that has changed, as long as it names all of
// them.
func TestSpeakersAnchored(t *testing.T) {
	t.Parallel()
	s := sit(t, joint, jointly())
	s.do(attribution(at(joint, "Quill", 0), at(joint, "Ames", 1)))
	was := s.log[0].Also[0]
	edited := "Before all that, " + joint
	moved := Anchoring{}.Anchored(edited, s.log)
	if s.log[0].Also[0] != was || moved[0].Also[0].Start != was.Start+len("Before all that, ") {
		t.Errorf("%v was anchored as %v", was, moved[0].Also[0])
	}
	if got := speakersOf(Apply(edited, &annotate.Layer{}, s.log).Layer, edited); got != "Quill and Ames at Quill" {
		t.Errorf("said by %s", got)
	}
	if r := Apply(strings.ReplaceAll(joint, "Ames", "somebody"), &annotate.Layer{}, s.log); len(r.Orphans) != 1 {
		t.Errorf("%d orphans without Ames", len(r.Orphans))
	}

	var b bytes.Buffer
	if err := WriteLog(&b, &articles.Article{ID: "a", Text: "“Ä”\n\n" + joint}, s.log); err != nil {
		t.Fatal(err)
	}
	if want := `"undone":false,"also":[{"start":41,"end":45,"text":"Ames",`; !strings.Contains(b.String(), want) {
		t.Errorf("%s lacks %s", b.String(), want)
	}
}

// Two people disagree about the speakers if they name others, in whatever order.
func TestMergeSpeakers(t *testing.T) {
	t.Parallel()
	biden, ames, quill := at(joint, "Tom Biden", 0), at(joint, "Ames", 1), at(joint, "Quill", 0)
	for _, c := range []struct {
		ann, bo Edit
		clashes int
	}{
		{attribution(quill, ames), attribution(quill, ames), 0},
		{attribution(quill, ames), attribution(at(joint, "Ames", 0), quill), 0},
		{attribution(quill, ames), attribution(quill), 1},
		{attribution(quill, ames), attribution(quill, biden), 1},
		{attribution(quill, ames), attribution(articles.Span{}), 1},
	} {
		ann, bo := sit(t, joint, jointly()), sit(t, joint, jointly()).apart("bo", 9)
		ann.do(c.ann)
		bo.do(c.bo)
		m := Merger{joint, jointly()}.Merge(ann.log, bo.log)
		if len(m.Clashes) != c.clashes {
			t.Errorf("%v and %v: %v", c.ann, c.bo, m.Clashes)
		}
	}
}

// A log without further speakers is written as it always was, and an old line is read.
func TestCodecOfSpeakers(t *testing.T) {
	t.Parallel()
	s := sit(t, joint, jointly())
	s.do(attribution(at(joint, "Quill", 0)))
	line, err := Encode(s.log[0])
	if err != nil || bytes.Contains(line, []byte("also")) {
		t.Errorf("%s, %v", line, err)
	}
	s.do(attribution(at(joint, "Quill", 0), at(joint, "Ames", 1)))
	if line, err = Encode(s.log[1]); err != nil || !bytes.Contains(line, []byte(`,"also":[{"start":36,"end":40,"exact":"Ames",`)) {
		t.Errorf("%s, %v", line, err)
	}
	if back, err := Decode(line); err != nil || !reflect.DeepEqual(back, s.log[1]) {
		t.Errorf("%+v, %v", back, err)
	}
}

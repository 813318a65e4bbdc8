package formats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// voices returns a document of quotes of which each has another way to say who speaks.
func voices() *format.Document {
	const text = "Ada Lee, 😀 mayor, met Tom Quill.\n“One,” Lee said.\n“Two,” the mayor said.\n“Three,” someone said.\n“Four.”\n“Five,” she and Quill said.\n" +
		"“Six,” said the pair.\n“Seven.”\n“Eight,” said Bo Hale and Quill.\n“Nine,” said Hale.\n“Ten, says the mayor, is more.”\n“Eleven,” the\nmayor said.\n“Twelve,” says Quill.\n“Thirteen.”"
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		if i < 0 {
			panic(words)
		}
		return articles.Span{Start: i, End: i + len(words)}
	}
	within := func(line, words string) articles.Span {
		i := at(line).Start + strings.Index(line, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	l := &annotate.Layer{}
	entity := func(state annotate.State, spans ...articles.Span) {
		e := annotate.Entity{ID: fmt.Sprint("e", len(l.Entities)+1), Type: annotate.Person, Name: spans[0].In(text)}
		for _, s := range spans {
			e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: e.Type, State: state, Origin: annotate.Origin{Human: state == annotate.Confirmed, Score: 0.5}})
		}
		l.Entities = append(l.Entities, e)
	}
	entity(annotate.Confirmed, at("Ada Lee"), within("” Lee said", "Lee"), within("” she and", "she"))
	entity(annotate.Proposed, at("Tom Quill"), within("she and Quill", "Quill"), within("Hale and Quill", "Quill"), within("says Quill", "Quill"))
	entity(annotate.Rejected, at("Bo Hale"), within("said Hale", "Hale"))
	for _, c := range []struct {
		words string
		cue   articles.Span
		named articles.Span
		who   []string
	}{
		{"“One,”", within("Lee said.", "said"), within("” Lee said", "Lee"), []string{"e1"}},                    // a mention
		{"“Two,”", within("mayor said.", "said"), at("the mayor"), []string{"e1"}},                              // words that are none, of somebody
		{"“Three,”", articles.Span{}, at("someone"), nil},                                                       // and of nobody
		{"“Four.”", articles.Span{}, articles.Span{}, []string{"e1"}},                                           // not named there
		{"“Five,”", within("Quill said.", "said"), within("” she and", "she"), []string{"e1", "e2"}},            // several, the first by a mention
		{"“Six,”", within("said the pair", "said"), at("the pair"), []string{"e2", "e1"}},                       // by words that are none
		{"“Seven.”", articles.Span{}, articles.Span{}, []string{"e2", "e1"}},                                    // not at all
		{"“Eight,”", articles.Span{}, at("Bo Hale"), []string{"e3", "e2"}},                                      // the first is rejected
		{"“Nine,”", articles.Span{}, within("said Hale", "Hale"), []string{"e3"}},                               // the only one is
		{"“Ten, says the mayor, is more.”", articles.Span{}, within("says the mayor", "mayor"), []string{"e1"}}, // inside
		{"“Eleven,”", articles.Span{}, at("the\nmayor"), []string{"e2"}},                                        // over the end of a line
		{"“Twelve,”", articles.Span{}, within("says Quill", "Quill"), []string{"e1"}},                           // by a mention of another
		{"“Thirteen.”", articles.Span{}, articles.Span{}, nil},                                                  // nobody
	} {
		q := &annotate.Quote{Span: at(c.words), Type: annotate.Direct, SpeakerMention: c.named, Cue: c.cue, Origin: annotate.Origin{Score: 0.5}}
		if len(c.who) > 0 {
			q.Speaker, q.Also = c.who[0], slices.Clip(c.who[1:])
		}
		if len(q.Also) == 0 {
			q.Also = nil
		}
		l.Quotes = append(l.Quotes, q)
	}
	return &format.Document{Article: &articles.Article{ID: "voices", Title: "Voices", Text: text, Blocks: standoff.Paragraphs(text)}, Layer: l}
}

// voicesOf lists the quotes of d with who says them, and the place where the first of these is named.
func voicesOf(d *format.Document) []string {
	var out []string
	for _, q := range d.Layer.Quotes {
		speakers := standoff.Speakers(d.Layer, q, d.Text)
		line := strings.Join(strings.Fields(q.In(d.Text)), " ")
		for _, s := range speakers {
			line += " " + s.Name
		}
		if s := standoff.SpeakerPlace(q, speakers); !s.Empty() {
			line += fmt.Sprintf(" named %q at %d", s.In(d.Text), s.Start)
		}
		out = append(out, line)
	}
	return out
}

// names removes the places from lines of voicesOf.
func names(lines []string) []string {
	var out []string
	for _, l := range lines {
		l, _, _ = strings.Cut(l, " named ")
		out = append(out, l)
	}
	return out
}

// Words that name a speaker come back as they are or are counted, and none are made up: in every format, and through two.
func TestVoices(t *testing.T) {
	t.Parallel()
	d := voices()
	if err := d.Layer.Check(d.Text); err != nil {
		t.Fatal(err)
	}
	want := voicesOf(d)
	through := func(d *format.Document, f *format.Format) (*format.Document, *format.Loss) {
		loss := &format.Loss{}
		files, names := formattest.Write(t, f, format.Options{Loss: loss}, d)
		return files.Read(t, f, loss, names, d)[0], loss
	}
	places := len(strings.Split(strings.Join(want, "\n"), " named ")) - 1
	var all []*format.Format
	for _, f := range Readable() {
		if f.NewWriter != nil {
			all = append(all, f)
		}
	}
	for _, one := range all {
		back, loss := through(d, one)
		got := voicesOf(back)
		switch told := strings.Join(loss.Lines(), "\n"); {
		case strings.Contains(told, fmt.Sprintf("%d quotes: the format has only names", len(want))):
			continue
		case strings.Contains(told, fmt.Sprintf("%d places where speakers are named", places)):
			if !slices.Equal(got, names(want)) {
				t.Errorf("%s:\n%s", one.Name, strings.Join(got, "\n"))
			}
			continue
		case !slices.Equal(got, want):
			t.Errorf("%s: %s\n%s", one.Name, told, strings.Join(got, "\n"))
		}
		for _, other := range all {
			second, loss := through(back, other)
			if strings.Contains(strings.Join(loss.Lines(), "\n"), "quotes: the format has only names") {
				continue
			}
			third, _ := through(second, one)
			expect := want
			if strings.Contains(strings.Join(loss.Lines(), "\n"), "places where speakers are named") {
				expect = names(want)
			}
			if got := voicesOf(third); !slices.Equal(got, expect) {
				t.Errorf("%s → %s → %s:\n%s", one.Name, other.Name, one.Name, strings.Join(got, "\n"))
			}
		}
	}
}

// Formats that have a place for it say which engine made the suggestions, so that what another engine joined is not taken
// for what people did.
func TestEngine(t *testing.T) {
	t.Parallel()
	for _, f := range Readable() {
		if f.NewWriter == nil {
			continue
		}
		d := formattest.Story()
		files, names := formattest.Write(t, f, format.Options{}, d)
		got := files.Read(t, f, nil, names, d)[0].Layer.Engine
		want := d.Layer.Engine
		if slices.Contains([]string{"json", "jsonl", "csv", "tsv", "brat", "conll", "iob1", "bioes", "conllu", "refi", "webanno"}, f.Name) {
			want = "" // no place
		}
		if got != want {
			t.Errorf("%s: %q, not %q", f.Name, got, want)
		}
	}
}

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

// choir returns a document in which two, three and no people say a quote.
func choir() *format.Document {
	const text = "Ada Lee and Tom Quill said they were “not done.” Bo Hale left.\n\n“We stay,” said Hale, Lee and Quill.\n\n“Who is there?”"
	at := func(words string, n int) articles.Span {
		i := 0
		for ; n > 0; n-- {
			i += strings.Index(text[i:], words) + len(words)
		}
		i += strings.Index(text[i:], words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	l := &annotate.Layer{}
	for i, spans := range [][]articles.Span{{at("Ada Lee", 0), at("Lee", 1)}, {at("Tom Quill", 0), at("Quill", 1)}, {at("Bo Hale", 0), at("Hale", 1)}} {
		e := annotate.Entity{ID: fmt.Sprint("e", i+1), Type: annotate.Person, Name: spans[0].In(text)}
		for _, s := range spans {
			e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: e.Type, Origin: annotate.Origin{Score: 0.5}})
		}
		l.Entities = append(l.Entities, e)
	}
	l.Quotes = []*annotate.Quote{
		{Span: at("“not done.”", 0), Type: annotate.Mixed, Speaker: "e1", Also: []string{"e2"}, SpeakerMention: at("Ada Lee", 0), Cue: at("said", 0)},
		{Span: at("“We stay,”", 0), Type: annotate.Direct, Speaker: "e3", Also: []string{"e1", "e2"}, SpeakerMention: at("Hale", 1), Cue: at("said", 1)},
		{Span: at("“Who is there?”", 0), Type: annotate.Direct},
	}
	return &format.Document{Article: &articles.Article{ID: "choir", Title: "Choir", Text: text, Blocks: standoff.Paragraphs(text)}, Layer: l}
}

// said returns each quote of d with the names of its speakers.
func said(d *format.Document) []string {
	var out []string
	for _, q := range d.Layer.Quotes {
		var names []string
		for _, id := range q.Speakers() {
			names = append(names, d.Layer.Entity(id).Name)
		}
		out = append(out, strings.Join(strings.Fields(q.In(d.Text)), " ")+" "+annotate.JoinNames(names))
	}
	return out
}

// All speakers of a quote are read back in their order, of every format that holds quotes.
func TestSpeakers(t *testing.T) {
	t.Parallel()
	d := choir()
	if err := d.Layer.Check(d.Text); err != nil {
		t.Fatal(err)
	}
	for _, f := range Readable() {
		if f.NewWriter == nil {
			continue
		}
		loss := &format.Loss{}
		files, names := formattest.Write(t, f, format.Options{Loss: loss}, d)
		back := files.Read(t, f, loss, names, d)[0]
		if len(back.Layer.Quotes) == 0 && slices.Contains(loss.Lines(), "3 quotes: the format has only names") {
			continue
		}
		if got, want := said(back), said(d); !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", f.Name, got, want)
		}
	}
}

// A speaker whose mentions were all rejected is left out, and the next is the first.
func TestRejectedSpeaker(t *testing.T) {
	t.Parallel()
	d := choir()
	for i := range d.Layer.Entities[0].Mentions {
		d.Layer.Entities[0].Mentions[i].State = annotate.Rejected
	}
	for _, name := range []string{"json", "brat", "csv", "tei", "xmi", "w3c", "hypothesis", "webanno", "conllu", "refi", "labelstudio"} {
		f := Named(name)
		files, names := formattest.Write(t, f, format.Options{}, d)
		back := files.Read(t, f, nil, names, d)[0]
		if got := said(back)[0]; !strings.HasSuffix(got, "” Tom Quill") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

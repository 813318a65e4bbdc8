package review

import (
	"testing"

	"byline/annotate"
	"byline/articles"
)

func TestCarry(t *testing.T) {
	t.Parallel()
	const from = "Zoë 😀 Quill , who left Halden , said : “no.”\r\nThe end"
	layer := func() *annotate.Layer {
		return &annotate.Layer{
			Entities: []annotate.Entity{
				{ID: "e1", Type: annotate.Person, Name: "Zoë Quill", Mentions: []annotate.Mention{{Span: span(from, "Zoë 😀 Quill")}}},
				{ID: "e2", Type: annotate.Organization, Name: "Halden", Mentions: []annotate.Mention{{Span: span(from, "Halden")}}},
			},
			Quotes:  []*annotate.Quote{{Span: span(from, "“no.”"), Type: annotate.Direct, Speaker: "e1", Cue: span(from, "said")}},
			Remarks: []annotate.Remark{{Kind: annotate.OfMention, Span: span(from, "Halden"), Text: "which?"}},
		}
	}
	for _, c := range []struct {
		name, to             string
		who, org, quote, cue string
		lost                 int
	}{
		{"other blanks", "Zoë 😀 Quill, who left Halden, said: “no.”\nThe end", "Zoë 😀 Quill", "Halden", "“no.”", "said", 0},
		{"cleaned", "Zoë \ufffd Quill, who left Halden, said: “no.” The end", "Zoë \ufffd Quill", "Halden", "“no.”", "said", 0},
		{"edited", "Yesterday Zoë 😀 Quill, who has left Halden, said: “no.” The end", "Zoë 😀 Quill", "Halden", "“no.”", "said", 0},
		{"shortened", "Zoë 😀 Quill, said: “no.” The end", "Zoë 😀 Quill", "", "“no.”", "said", 2},
	} {
		l, lost := Carry(layer(), from, c.to)
		if lost != c.lost {
			t.Errorf("%s: %d lost, not %d", c.name, lost, c.lost)
		}
		if err := l.Check(c.to); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := map[string]string{}
		for _, e := range l.Entities {
			got[e.ID] = e.Mentions[0].In(c.to)
		}
		q := l.Quotes[0]
		if got["e1"] != c.who || got["e2"] != c.org || q.In(c.to) != c.quote || q.Cue.In(c.to) != c.cue || q.Speaker != "e1" {
			t.Errorf("%s: %q, %+v", c.name, got, q)
		}
	}
}

func span(text, words string) articles.Span {
	for i := range text {
		if len(text)-i >= len(words) && text[i:i+len(words)] == words {
			return articles.Span{Start: i, End: i + len(words)}
		}
	}
	panic(words)
}

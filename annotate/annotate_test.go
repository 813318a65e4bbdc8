package annotate_test

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// layer returns a layer of three people and a quote by some of them.
func layer(speaker string, also ...string) *annotate.Layer {
	l := &annotate.Layer{Quotes: []*annotate.Quote{{Span: articles.Span{Start: 0, End: 1}, Speaker: speaker, Also: also}}}
	for _, id := range []string{"e1", "e2", "e3"} {
		l.Entities = append(l.Entities, annotate.Entity{ID: id})
	}
	return l
}

func TestCheckSpeakers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		*annotate.Layer
		want string
	}{
		{layer(""), ""},
		{layer("e1"), ""},
		{layer("e2", "e1", "e3"), ""},
		{layer("e9"), `no speaker "e9"`},
		{layer("e1", "e9"), `no speaker "e9"`},
		{layer("e1", "e1"), `speaker "e1" twice`},
		{layer("e1", "e2", "e2"), `speaker "e2" twice`},
		{layer("", "e2"), "without a first"},
	} {
		if err := c.Check("text"); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.Quotes[0].Speakers(), err, c.want)
		}
	}
}

func TestMapSpeakers(t *testing.T) {
	t.Parallel()
	who := articles.Span{Start: 2, End: 3}
	for _, c := range []struct {
		speakers string
		now      map[string]string
		want     string
		mention  articles.Span
	}{
		{"", nil, "", who},
		{"e1", map[string]string{"e1": "e3"}, "e3", who},
		{"e1 e2 e3", map[string]string{"e1": "e3", "e2": "e1", "e3": "e2"}, "e3 e1 e2", who},
		{"e1 e2", map[string]string{"e1": "e1", "e2": "e1"}, "e1", who},
		{"e1 e2 e3", map[string]string{"e1": "e1", "e3": "e2"}, "e1 e2", who},
		{"e1 e2", map[string]string{"e2": "e2"}, "e2", articles.Span{}},
		{"e1 e2", nil, "", who},
	} {
		q := annotate.Quote{SpeakerMention: who}
		if ids := strings.Fields(c.speakers); len(ids) > 0 {
			q.Speaker, q.Also = ids[0], ids[1:]
		}
		q.MapSpeakers(func(id string) string { return c.now[id] })
		if got := strings.Join(q.Speakers(), " "); got != c.want || q.SpeakerMention != c.mention {
			t.Errorf("%s by %v: %s, named at %v", c.speakers, c.now, got, q.SpeakerMention)
		}
		if q.Also != nil && len(q.Also) == 0 {
			t.Errorf("%s: an empty list, not nil", c.speakers)
		}
	}
}

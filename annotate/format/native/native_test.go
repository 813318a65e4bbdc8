package native

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
	"byline/articles"
)

func TestJSONSaysWhatItIs(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := writeJSON(&b, formattest.Story(), format.Options{}); err != nil {
		t.Fatal(err)
	}
	var j struct {
		Text     string
		Entities []struct{ ID, Origin string }
		Quotes   []struct {
			Start, End int
			Text       string
			Speaker    *string
			Speakers   []string
			Cue        *struct{ Text string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &j); err != nil {
		t.Fatal(err)
	}
	if len(j.Entities) != 4 || j.Entities[0].Origin != "human" || j.Entities[1].Origin != "machine" {
		t.Errorf("%+v", j.Entities)
	}
	if len(j.Quotes) != 3 || j.Quotes[1].Speaker != nil || len(j.Quotes[1].Speakers) != 0 || !slices.Equal(j.Quotes[2].Speakers, []string{"e1", "e5", "e4"}) || *j.Quotes[0].Speaker != "e1" || j.Quotes[1].Cue != nil || j.Quotes[0].Cue.Text != "said" {
		t.Errorf("%+v", j.Quotes)
	}
	for _, q := range j.Quotes {
		if got := string([]rune(j.Text)[q.Start:q.End]); got != q.Text {
			t.Errorf("%q at the offsets of %q", got, q.Text)
		}
	}
}

func TestJSONLines(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := writeJSONL(&b, formattest.Story(), format.Options{}); err != nil || bytes.Count(b.Bytes(), []byte("\n")) != 1 {
		t.Errorf("not one line: %v %s", err, b.Bytes())
	}
	b.Reset()
	if err := writeJSON(&b, &format.Document{Article: &articles.Article{}, Layer: &annotate.Layer{}}, format.Options{}); err != nil || !strings.Contains(b.String(), `"entities":[]`) {
		t.Errorf("%v %s", err, b.String())
	}
}

// A line that says what a part is made of is no article; one that begins with the name of its author is.
func TestBylineOfAnArticle(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		`{"byline": {"part": 1, "of": 1, "articles": 0, "damaged": 0}}`: 0,
		`{"byline": "By Ann Lee", "title": "Ferry", "text": "No."}`:     1,
		`{"byline": {"name": "Ann Lee"}, "text": "No."}`:                1,
		`{"byline": 1, "text": "No."}`:                                  1,
	} {
		n := 0
		for d, err := range JSONL.Read(format.Input{Reader: strings.NewReader(in), Name: "a.jsonl"}) {
			if err != nil || d.Article.Text != "No." {
				t.Errorf("%s: %v, %v", in, d, err)
			}
			n++
		}
		if n != want {
			t.Errorf("%s: %d articles, not %d", in, n, want)
		}
	}
}

// carried returns the part of an article and its layer that byline's JSON holds.
func carried(a *articles.Article, l *annotate.Layer) (*articles.Article, *annotate.Layer) {
	b := &articles.Article{ID: a.ID, Title: a.Title, Source: a.Source, Format: articles.Plain, Text: a.Text, Blocks: standoff.Paragraphs(a.Text)}
	out := &annotate.Layer{}
	kept := map[string]bool{"": true}
	simple := func(o annotate.Origin, s annotate.State) (annotate.Origin, annotate.State) {
		if o.Human || s == annotate.Confirmed {
			return annotate.Origin{Human: true, Score: 1}, annotate.Confirmed
		}
		if _, score := standoff.By(s, o).Who(); score != nil {
			return annotate.Origin{Score: *score}, annotate.Proposed
		}
		return annotate.Origin{}, annotate.Proposed
	}
	for _, e := range l.Entities {
		e.Mentions = slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool { return !standoff.Alive(m) })
		if len(e.Mentions) == 0 {
			continue
		}
		kept[e.ID] = true
		human := e.Origin.Human
		for i := range e.Mentions {
			m := &e.Mentions[i]
			m.Origin, m.State = simple(m.Origin, m.State)
			m.Title = articles.Span{}
			human = human || m.Origin.Human
		}
		e.Origin, _ = simple(annotate.Origin{Human: human, Score: e.Origin.Score}, annotate.Proposed)
		out.Entities = append(out.Entities, e)
	}
	for _, all := range l.Quotes {
		if all.State == annotate.Rejected {
			continue
		}
		q := *all
		q.Origin, q.State = simple(q.Origin, q.State)
		q.MapSpeakers(func(id string) string {
			if kept[id] {
				return id
			}
			return ""
		})
		out.Quotes = append(out.Quotes, &q)
	}
	return b, out
}

// An export is read back unchanged.
func TestImportOfExport(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		d := formattest.Random(seed)
		if err := d.Layer.Check(d.Text); err != nil {
			t.Fatal(err)
		}
		wantA, wantL := carried(d.Article, d.Layer)
		for _, write := range []func(io.Writer, *format.Document, format.Options) error{writeJSON, writeJSONL} {
			var b bytes.Buffer
			if err := write(&b, d, format.Options{}); err != nil {
				t.Fatal(err)
			}
			gotA, gotL, err := Read(b.Bytes())
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, b.Bytes())
			}
			if !reflect.DeepEqual(gotA, wantA) || !reflect.DeepEqual(gotL, wantL) {
				t.Fatalf("seed %d:\n%+v\nnot\n%+v", seed, gotL, wantL)
			}
			var again bytes.Buffer
			if err := write(&again, &format.Document{Article: gotA, Layer: gotL}, format.Options{}); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
				t.Fatalf("seed %d: written again, not the same: %v", seed, err)
			}
		}
	}
}

func TestReadJSONErrors(t *testing.T) {
	t.Parallel()
	const good = `{"id":"a","title":"","source":"","text":"Zoë 😀 said no",
 "entities":[{"id":"e1","type":"person","name":"Zoë","origin":"machine","score":0.5,
  "mentions":[{"start":0,"end":3,"text":"Zoë","form":"name","origin":"machine","score":0.5}]}],
 "quotes":[{"start":11,"end":13,"text":"no","type":"direct","speaker":"e1","speaker_mention":null,"cue":null,"origin":"human","score":1,"speakers":["e1"],"new":7}]}`
	if _, l, err := Read([]byte(good)); err != nil || l.Quotes[0].Start != 15 {
		t.Fatal(err, l)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"start":0,"end":3`, `"start":0,"end":4`, "entities[0].mentions[0].text"},
		{`"start":0,"end":3`, `"start":3,"end":0`, "entities[0].mentions[0]: from 3 to 0"},
		{`"start":0,"end":3`, `"start":0,"end":900000000000`, "entities[0].mentions[0]: from"},
		{`"start":0,"end":3`, `"start":-1,"end":3`, "entities[0].mentions[0]: from"},
		{`"form":"name"`, `"form":"verb"`, "entities[0].mentions[0].form"},
		{`"speaker":"e1"`, `"speaker":"e9"`, "quotes[0].speaker"},
		{`"speakers":["e1"]`, `"speakers":["e9"]`, "quotes[0].speakers[0]: there is no"},
		{`"speakers":["e1"]`, `"speakers":["e1","e1"]`, "quotes[0].speakers[1]: "},
		{`"speakers":["e1"]`, `"speakers":"e1"`, "line 4: quotes.speakers"},
		{`"speaker":"e1"`, `"speaker":"e2"`, "quotes[0].speaker: "},
		{`"type":"direct"`, `"type":"shouted"`, "quotes[0].type"},
		{`"origin":"human"`, `"origin":"god"`, "quotes[0].origin"},
		{`"score":1`, `"score":-1`, "quotes[0].score"},
		{`"id":"e1","type":"person"`, `"id":"e1","type":""`, "entities[0].type"},
		{`"id":"e1","type"`, `"id":"","type"`, "entities[0].id"},
		{`"score":0.5,
`, `"score":"much",
`, "line 2: entities.score"},
		{`"quotes":[`, `"quotes":[}`, "line 4"},
		{`"new":7}]}`, `"new":7}`, "line 4: it ends too early"},
		{`"new":7}]}`, `"new":7}]} {}`, "line 4: more follows"},
		{`"cue":null`, `"cue":{"start":1,"end":2,"text":"x"}`, "quotes[0].cue.text"},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		if bad == good {
			t.Fatalf("no %q", c.old)
		}
		_, _, err := Read([]byte(bad))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.new, err, c.want)
		}
	}
}

// A file may have the first speaker of a quote alone, all of them, or both.
func TestReadSpeakers(t *testing.T) {
	t.Parallel()
	const file = `{"id":"a","title":"","source":"","text":"Ann, Bo: no",
 "entities":[{"id":"e1","type":"person","name":"Ann","origin":"human","score":1,"mentions":[{"start":0,"end":3,"text":"Ann","form":"name","origin":"human","score":1}]},
  {"id":"e2","type":"person","name":"Bo","origin":"human","score":1,"mentions":[{"start":5,"end":7,"text":"Bo","form":"name","origin":"human","score":1}]}],
 "quotes":[{"start":9,"end":11,"text":"no","type":"direct",%s"origin":"human","score":1}]}`
	for _, c := range []struct{ has, want string }{
		{`"speaker":"e2",`, "e2"},
		{`"speaker":"e2","speakers":[],`, "e2"},
		{`"speaker":null,"speakers":[],`, ""},
		{`"speakers":["e2","e1"],`, "e2 e1"},
		{`"speaker":"e1","speakers":["e1","e2"],`, "e1 e2"},
	} {
		_, l, err := Read(fmt.Appendf(nil, file, c.has))
		if err != nil {
			t.Fatal(c.has, err)
		}
		if got := strings.Join(l.Quotes[0].Speakers(), " "); got != c.want {
			t.Errorf("%s: %q", c.has, got)
		}
	}
	if _, _, err := Read(fmt.Appendf(nil, file, `"speaker":"e1","speakers":["e2","e1"],`)); err == nil || !strings.Contains(err.Error(), "quotes[0].speakers[0]") {
		t.Errorf("two first speakers: %v", err)
	}
}

func BenchmarkReadJSON(b *testing.B) {
	d := formattest.Big(1)
	var out bytes.Buffer
	if err := writeJSON(&out, d, format.Options{}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := Read(out.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}

// Notes and who decided are kept of a document that has no log; what people rejected is counted.
func TestWithoutLog(t *testing.T) {
	t.Parallel()
	d := &format.Document{Article: &articles.Article{ID: "a", Text: "Ann left."}, Who: "ben", Layer: &annotate.Layer{
		Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Ann", Mentions: []annotate.Mention{{Span: articles.Span{End: 3}, Form: annotate.Name, State: annotate.Confirmed}}},
			{ID: "e2", Type: annotate.Place, Name: "left", Mentions: []annotate.Mention{{Span: articles.Span{Start: 4, End: 8}, Form: annotate.Name, State: annotate.Rejected}}}},
		Remarks: []annotate.Remark{{Kind: annotate.OfMention, Span: articles.Span{End: 3}, Who: "ben", Text: "who?"}}}}
	loss := &format.Loss{}
	files, names := formattest.Write(t, &JSONL, format.Options{Loss: loss}, d)
	back := files.Read(t, &JSONL, nil, names)[0]
	if back.Who != "ben" || back.Log != nil || len(back.Layer.Remarks) != 1 || back.Layer.Remarks[0].Text != "who?" || loss.Total() != 1 {
		t.Errorf("%+v, remarks %+v, lost %q", back, back.Layer.Remarks, loss.Lines())
	}
}

// A claim without an origin is said to have none.
func TestOriginMissing(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"text":"Ann left.","entities":[{"id":"e1","type":"person","name":"Ann","mentions":[]}],"quotes":[]}`:                                                                "entities[0].origin is missing; write machine or human",
		`{"text":"Ann left.","entities":[{"id":"e1","type":"person","name":"Ann","origin":"human","mentions":[{"start":0,"end":3,"text":"Ann","form":"name"}]}],"quotes":[]}`: "entities[0].mentions[0].origin is missing; write machine or human",
		`{"text":"Ann left.","entities":[],"quotes":[{"start":0,"end":3,"text":"Ann","type":"direct","score":0.5}]}`:                                                          "quotes[0].origin is missing; write machine or human",
		`{"text":"Ann left.","entities":[],"quotes":[{"start":0,"end":3,"text":"Ann","type":"direct","origin":"me"}]}`:                                                        `quotes[0].origin: "me" is neither machine nor human`,
	} {
		if _, _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nnot %s", err, want)
		}
	}
}

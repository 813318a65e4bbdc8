package tasks

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

// Output of tools that byline does not write itself: older forms, other keys, offsets in UTF-16.
func TestForeignTools(t *testing.T) {
	t.Parallel()
	const text = "Zoë 😀 Smith left Halden."
	for name, c := range map[string]struct {
		format *format.Format
		file   string
		want   []string
		lost   int
	}{
		"a spaCy Doc": {&Prodigy, `{"text":"` + text + `","ents":[{"start":0,"end":11,"label":"PERSON"}],"spans":{"sc":[{"start":17,"end":23,"label":"ORG"}]},"tokens":[]}`,
			[]string{"mention 0-15 person", "mention 21-27 organization"}, 0},
		"a task that was ignored": {&Prodigy, `{"text":"` + text + `","spans":[{"start":0,"end":11,"label":"PERSON"}],"answer":"ignore"}`, nil, 1},
		"Prodigy, one span after the other": {&Prodigy, `{"text":"` + text + `","spans":[{"start":0,"end":11,"label":"PER"}],"meta":{"score":0.5},"answer":"accept"}` + "\n" +
			`{"text":"` + text + `","spans":[{"start":17,"end":23,"label":"ORG"}],"meta":{"score":0.4},"answer":"accept"}` + "\n" + `{"text":"` + text + `","options":[{"id":1,"text":"news"}],"accept":[1],"answer":"accept"}`,
			[]string{"mention 0-15 person", "mention 21-27 organization"}, 1},
		"a spaCy Doc over several lines": {&Prodigy, "{\n \"text\": \"" + text + "\",\n \"ents\": [\n  {\"start\": 0, \"end\": 11, \"label\": \"PERSON\"}\n ],\n \"tokens\": []\n}", []string{"mention 0-15 person"}, 0},
		"doccano, a sequence":            {&Doccano, `{"id":1,"data":"` + text + `","label":[[17,23,"ORG"]]}`, []string{"mention 21-27 organization"}, 0},
		"Label Studio, UTF-16 and an accepted suggestion": {&LabelStudio, `[{"id":3,"data":{"text":"` + text + `"},"predictions":[{"result":[
			{"id":"a","type":"labels","value":{"start":18,"end":24,"text":"Halden","labels":["Company"]}}]}],"annotations":[{"completed_by":2,"result":[
			{"id":"a","type":"labels","value":{"start":18,"end":24,"text":"Halden","labels":["Company"]}},
			{"id":"b","type":"labels","value":{"start":0,"end":12,"text":"Zoë 😀 Smith","labels":["PER"]}},{"id":"c","type":"choices"}]}]}]`,
			[]string{"mention 0-15 person", "mention 21-27 organization"}, 3},
		"Label Studio, the text under another key, numbers of predictions": {&LabelStudio, `[{"id":3,"data":{"article":"` + text + `","title":"T"},"predictions":[17],"annotations":[{"completed_by":{"email":"ann@desk.example"},"result":[
			{"type":"labels","value":{"start":17.0,"end":"23","text":"Halden","labels":["ORG","Company"]}}]}]}]`,
			[]string{"mention 21-27 organization"}, 2},
		"Label Studio, JSON-MIN": {&LabelStudio, `[{"id":3,"text":"` + text + `","label":[{"start":17,"end":23,"text":"Halden","labels":["ORG"]}],"annotator":2}]`, []string{"mention 21-27 organization"}, 0},
		"Label Studio, marks on a web page": {&LabelStudio, `[{"id":3,"data":{"text":"` + text + `"},"annotations":[{"result":[
			{"type":"hypertextlabels","value":{"start":"/p[1]/text()[1]","end":"/p[1]/text()[1]","hypertextlabels":["ORG"]}},{"type":"labels","value":{"start":17,"end":23,"labels":["ORG"]}}]}]}]`,
			[]string{"mention 21-27 organization"}, 1},
		"doccano, labels by number":     {&Doccano, `{"id":1,"text":"` + text + `","annotations":[{"label":7,"start_offset":17,"end_offset":23,"user":1}]}`, []string{"mention 21-27 7"}, 0},
		"doccano, entities as lists":    {&Doccano, `{"text":"` + text + `","entities":[[17,23,"ORG"],[0,"x"]]}`, []string{"mention 21-27 organization"}, 1},
		"doccano, its relations":        {&Doccano, `{"text":"` + text + `","entities":[{"id":0,"start_offset":17,"end_offset":23,"label":"ORG"}],"relations":[]}`, []string{"mention 21-27 organization"}, 0},
		"doccano, classes and comments": {&Doccano, `{"text":"` + text + `","label":["sport"],"Comments":["who?"]}`, nil, 2},
		"doccano, fields of others":     {&Doccano, `{"id":1,"text":"` + text + `","cats":["sport"],"meta":{"page":2},"empty":[],"byline":"Ann Lee","label":[[17,23,"ORG"]]}`, []string{"mention 21-27 organization"}, 3},
		"doccano, relations between any IDs": {&Doccano, `{"text":"` + text + `","entities":[{"id":"T1","start_offset":17,"end_offset":23,"label":"ORG"},{"id":"T2","start_offset":0,"end_offset":11,"label":"ORG"}],"relations":[{"from_id":"T1","to_id":"T2","type":"Coref"},7]}`,
			[]string{"mention 0-15 organization", "mention 21-27 organization"}, 1},
		"doccano, one object for a list": {&Doccano, `{"text":"` + text + `","entities":{"start_offset":17,"end_offset":23,"label":"ORG"},"relations":"none","Comments":"who?"}`, []string{"mention 21-27 organization"}, 2},
		"Prodigy, spans of other types": {&Prodigy, `{"text":"` + text + `","spans":[{"start":"x","end":11,"label":"PER"},{"id":3,"start":17.0,"end":"23","label":"ORG"},null,7],"meta":"wire 4","cats":{"A":1},"tokens":5}`,
			[]string{"mention 21-27 organization"}, 5},
		"Prodigy, groups of other types": {&Prodigy, `{"text":"` + text + `","ents":"none","spans":{"sc":[{"start":17,"end":23,"label":"ORG"},"x"],"other":7},"relations":[1],"tokens":[]}`,
			[]string{"mention 21-27 organization"}, 4},
		"Label Studio, JSON-MIN with fields": {&LabelStudio, `[{"id":3,"text":"` + text + `","sentiment":"good","stars":4,"label":[{"start":17,"end":23,"text":"Halden","labels":["ORG"]}],"annotator":2,"lead_time":3.5}]`, []string{"mention 21-27 organization"}, 2},
		"Label Studio, fields of the data": {&LabelStudio, `[{"id":3,"data":{"text":"` + text + `","desk":"north","page":null},"meta":{"batch":7},"annotations":[{"result":[{"type":"labels","value":{"start":17,"end":23,"labels":["ORG"]}}]}]}]`,
			[]string{"mention 21-27 organization"}, 2},
		"Label Studio, offsets of a page": {&LabelStudio, `[{"id":3,"data":{"text":"` + text + `"},"annotations":[{"result":[
			{"type":"hypertextlabels","value":{"start":"/text()[1]","end":"/text()[1]","startOffset":18,"endOffset":24,"globalOffsets":{"start":18,"end":24},"text":"Halden","hypertextlabels":["ORG"]}}]}]}]`,
			[]string{"mention 21-27 organization"}, 1},
		"Prodigy, a title of digits": {&Prodigy, `{"text":"` + text + `","spans":[{"start":17,"end":23,"label":"ORG"}],"meta":{"title":5,"article":77},"answer":"accept"}`, []string{"mention 21-27 organization"}, 0},
	} {
		loss := &format.Loss{}
		files := formattest.Folder{"a": []byte(c.file)}
		d := files.Read(t, c.format, loss, []string{"a"})[0]
		if got := formattest.Claims(d); !slices.Equal(got, c.want) || loss.Total() != c.lost {
			t.Errorf("%s: %q, lost %q", name, got, loss.Lines())
		}
	}
}

// One annotator who skips a task undoes nothing of another's, and each one's work has a name.
func TestAnnotatorsOfATask(t *testing.T) {
	t.Parallel()
	const file = `[{"id":3,"data":{"text":"Ann Lee left Halden."},"predictions":[{"result":[{"id":"a","type":"labels","value":{"start":0,"end":7,"text":"Ann Lee","labels":["PER"]}}]}],
		"annotations":[{"completed_by":"ann@desk.example","result":[{"id":"a","type":"labels","value":{"start":0,"end":7,"text":"Ann Lee","labels":["PER"]}}]},
		{"completed_by":{"id":4,"first_name":"Ben","last_name":"Ode"},"was_cancelled":true,"result":[{"id":"a","type":"labels","value":{"start":0,"end":7,"text":"Ann Lee","labels":["PER"]}}]},
		{"completed_by":7,"result":[{"id":"b","type":"labels","value":{"start":13,"end":19,"text":"Halden","labels":["LOC"]}}]}]}]`
	loss := &format.Loss{}
	var got []string
	for _, d := range (formattest.Folder{"a": []byte(file)}).Read(t, &LabelStudio, loss, []string{"a"}) {
		for e, m := range d.Layer.Mentions() {
			got = append(got, fmt.Sprintf("%s: %s %s %v", d.Who, m.In(d.Text), e.Type, m.State == annotate.Confirmed))
		}
	}
	want := []string{"ann@desk.example: Ann Lee person true", "annotator 7: Ann Lee person false", "annotator 7: Halden place true"}
	if !slices.Equal(got, want) || loss.Total() != 1 {
		t.Errorf("%q, lost %q", got, loss.Lines())
	}
}

// A region of a person that has the ID of a suggestion is that suggestion, as they left it; one in the same place
// with the same label confirms it. IDs that are used twice cost nothing.
func TestChangedSuggestions(t *testing.T) {
	t.Parallel()
	const suggested = `{"id":"a","type":"labels","score":0.6,"value":{"start":0,"end":3,"text":"Ann","labels":["ORG"]}}`
	region := func(id, label string, start, end int) string {
		return fmt.Sprintf(`{"id":%q,"type":"labels","value":{"start":%d,"end":%d,"labels":[%q]}}`, id, start, end, label)
	}
	for name, c := range map[string]struct {
		made []string
		want []string
		lost int
	}{
		"confirmed":                     {[]string{region("a", "ORG", 0, 3)}, []string{"Ann organization true"}, 0},
		"another label":                 {[]string{region("a", "PER", 0, 3)}, []string{"Ann person true"}, 1},
		"longer":                        {[]string{region("a", "ORG", 0, 7)}, []string{"Ann Lee organization true"}, 1},
		"found again":                   {[]string{region("x", "ORG", 0, 3)}, []string{"Ann organization true"}, 0},
		"beside it":                     {[]string{region("x", "PER", 0, 3)}, []string{"Ann organization false", "Ann person true"}, 0},
		"an ID twice":                   {[]string{region("x", "PER", 0, 7), region("x", "LOC", 13, 19)}, []string{"Ann Lee person true", "Ann organization false", "Halden place true"}, 0},
		"a suggestion's ID, used twice": {[]string{region("a", "PER", 0, 7), region("a", "LOC", 13, 19)}, []string{"Ann Lee person true", "Halden place true"}, 1},
	} {
		file := `[{"id":3,"data":{"text":"Ann Lee left Halden."},"predictions":[{"result":[` + suggested + `]}],"annotations":[{"completed_by":4,"result":[` + strings.Join(c.made, ",") + `]}]}]`
		loss := &format.Loss{}
		d := (formattest.Folder{"a": []byte(file)}).Read(t, &LabelStudio, loss, []string{"a"})[0]
		var got []string
		for e, m := range d.Layer.Mentions() {
			got = append(got, fmt.Sprintf("%s %s %v", m.In(d.Text), e.Type, m.State == annotate.Confirmed))
		}
		if !slices.Equal(got, c.want) || loss.Total() != c.lost {
			t.Errorf("%s: %q, lost %q", name, got, loss.Lines())
		}
	}
}

// Both ends of a relation are in the result or the task that has it.
func TestEndsOfRelations(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		files, names := formattest.Write(t, &LabelStudio, format.Options{}, formattest.Random(seed))
		var ts []studioTask
		if err := json.Unmarshal(files[names[0]], &ts); err != nil {
			t.Fatal(err)
		}
		for _, r := range append(ts[0].Annotations, ts[0].Predictions...) {
			in := map[string]bool{}
			for _, g := range r.Result {
				if in[g.ID] && g.ID != "" {
					t.Fatalf("seed %d: %s is twice in a result", seed, g.ID)
				}
				in[g.ID] = true
			}
			for _, g := range r.Result {
				if g.Type == "relation" && (!in[g.FromID] || !in[g.ToID]) {
					t.Fatalf("seed %d: a relation from %s to %s of %v", seed, g.FromID, g.ToID, in)
				}
			}
		}
	}
}

// Tokens with their blanks are the text, and what spans and relations refer to is in the task.
func TestProdigyTokens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		d := formattest.Random(seed)
		files, names := formattest.Write(t, &Prodigy, format.Options{}, d)
		for line := range strings.Lines(string(files[names[0]])) {
			var task struct {
				taskJSON
				Spans []spacySpan `json:"spans"`
			}
			if err := json.Unmarshal([]byte(line), &task); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for i, k := range task.Tokens {
				if k.ID != i {
					t.Fatalf("seed %d: token %d has the ID %d", seed, i, k.ID)
				}
				b.WriteString(k.Text)
				if k.Blank {
					b.WriteByte(' ')
				}
			}
			if b.String() != d.Text {
				t.Fatalf("seed %d: tokens make\n%q, not\n%q", seed, b.String(), d.Text)
			}
			in := map[word]bool{}
			for _, s := range task.Spans {
				in[s.ID] = true
				if first, last := task.Tokens[s.TokenStart], task.Tokens[s.TokenEnd]; first.Start != int(s.Start) || last.End != int(s.End) {
					t.Fatalf("seed %d: %+v is from %+v to %+v", seed, s, first, last)
				}
			}
			for _, r := range task.Relations {
				if !in[r.HeadSpan.ID] || !in[r.ChildSpan.ID] {
					t.Fatalf("seed %d: %+v ends outside of the task", seed, r)
				}
			}
		}
	}
}

// The lists of a text and its entities with which spaCy is trained, in one list or one a line.
func TestTrainingLists(t *testing.T) {
	t.Parallel()
	const one, two = `["Ann met Bo.",{"entities":[[0,3,"PERSON"],["x",1]]}]`, `["Halden fell.",{"entities":[[0,6,"GPE"]],"cats":{"a":1}}]`
	for name, file := range map[string]string{"a list": "[" + one + "," + two + "]", "lines": one + "\n" + two + "\n"} {
		loss := &format.Loss{}
		ds := (formattest.Folder{"a.json": []byte(file)}).Read(t, &Prodigy, loss, []string{"a.json"})
		if len(ds) != 2 || !isProdigy([]byte(file)) || loss.Total() != 2 {
			t.Fatalf("%s: %d documents, lost %q", name, len(ds), loss.Lines())
		}
		if got := append(formattest.Claims(ds[0]), formattest.Claims(ds[1])...); !slices.Equal(got, []string{"mention 0-3 person", "mention 0-6 place"}) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

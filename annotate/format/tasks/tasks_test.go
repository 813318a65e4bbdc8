package tasks

import (
	"slices"
	"testing"

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
		"doccano, a sequence":     {&Doccano, `{"id":1,"data":"` + text + `","label":[[17,23,"ORG"]]}`, []string{"mention 21-27 organization"}, 0},
		"Label Studio, UTF-16 and an accepted suggestion": {&LabelStudio, `[{"id":3,"data":{"text":"` + text + `"},"predictions":[{"result":[
			{"id":"a","type":"labels","value":{"start":18,"end":24,"text":"Halden","labels":["Company"]}}]}],"annotations":[{"completed_by":2,"result":[
			{"id":"a","type":"labels","value":{"start":18,"end":24,"text":"Halden","labels":["Company"]}},
			{"id":"b","type":"labels","value":{"start":0,"end":12,"text":"Zoë 😀 Smith","labels":["PER"]}},{"id":"c","type":"choices"}]}]}]`,
			[]string{"mention 0-15 person", "mention 21-27 organization"}, 3},
	} {
		loss := &format.Loss{}
		files := formattest.Folder{"a": []byte(c.file)}
		d := files.Read(t, c.format, loss, []string{"a"})[0]
		if got := formattest.Claims(d); !slices.Equal(got, c.want) || loss.Total() != c.lost {
			t.Errorf("%s: %q, lost %q", name, got, loss.Lines())
		}
	}
}

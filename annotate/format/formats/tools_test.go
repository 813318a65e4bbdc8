package formats

import (
	"slices"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

// What tools write that byline does not: older forms, other keys, offsets in UTF-16.
func TestForeignTools(t *testing.T) {
	const text = "Zoë 😀 Smith left Halden."
	for name, c := range map[string]struct {
		format, file string
		want         []string
		lost         int
	}{
		"a spaCy Doc": {"prodigy", `{"text":"` + text + `","ents":[{"start":0,"end":11,"label":"PERSON"}],"spans":{"sc":[{"start":17,"end":23,"label":"ORG"}]},"tokens":[]}`,
			[]string{"mention 0-15 person", "mention 21-27 organization"}, 0},
		"a task that was ignored": {"prodigy", `{"text":"` + text + `","spans":[{"start":0,"end":11,"label":"PERSON"}],"answer":"ignore"}`, nil, 1},
		"doccano, a sequence":     {"doccano", `{"id":1,"data":"` + text + `","label":[[17,23,"ORG"]]}`, []string{"mention 21-27 organization"}, 0},
		"Label Studio, UTF-16 and an accepted suggestion": {"labelstudio", `[{"id":3,"data":{"text":"` + text + `"},"predictions":[{"result":[
			{"id":"a","type":"labels","value":{"start":18,"end":24,"text":"Halden","labels":["Company"]}}]}],"annotations":[{"completed_by":2,"result":[
			{"id":"a","type":"labels","value":{"start":18,"end":24,"text":"Halden","labels":["Company"]}},
			{"id":"b","type":"labels","value":{"start":0,"end":12,"text":"Zoë 😀 Smith","labels":["PER"]}},{"id":"c","type":"choices"}]}]}]`,
			[]string{"mention 0-15 person", "mention 21-27 organization"}, 3},
	} {
		loss := &format.Loss{}
		files := formattest.Folder{"a": []byte(c.file)}
		d := files.Read(t, Named(c.format), loss, []string{"a"})[0]
		if got := formattest.Claims(d); !slices.Equal(got, c.want) || loss.Total() != c.lost {
			t.Errorf("%s: %q, lost %q", name, got, loss.Lines())
		}
	}
}

func FuzzReaders(f *testing.F) {
	for i := range All {
		if All[i].Read == nil {
			continue
		}
		f.Add(i, []byte(`{"text":"Ann left.","spans":[{"start":0,"end":3,"label":"PER"}],"label":[[0,3,"X"]],"data":{"text":"Ann"}}`))
		f.Add(i, []byte("1\tAnn\t_\tX\t_\t_\t0\troot\t_\tEntity=(e1-person-1-name)\n"))
		f.Add(i, []byte("T1\tPER 0 3\tAnn\n"))
	}
	f.Fuzz(func(t *testing.T, i int, data []byte) {
		if i < 0 || i >= len(All) || All[i].Read == nil {
			return
		}
		formattest.ReadAny(t, &All[i], data)
	})
}

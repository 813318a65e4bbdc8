package formats

import (
	"os"
	"path/filepath"
	"testing"

	"byline/annotate/format"
)

// A file of a format is taken for that format and for no other.
func TestSniff(t *testing.T) {
	for i := range All {
		f := &All[i]
		data, err := os.ReadFile(filepath.Join("testdata", "story-"+f.Name+f.Extension))
		if err != nil || f.Sniff == nil {
			continue
		}
		head := data[:min(len(data), format.SniffBytes)]
		for k := range All {
			g := &All[k]
			if g.Sniff != nil && g.Sniff(head) != (i == k) {
				t.Errorf("a file of %s: taken for %s: %v", f.Name, g.Name, g.Sniff(head))
			}
		}
	}
	for name, head := range map[string]string{
		"spaCy's Doc":            `{"text": "Ann left.", "ents": [{"start": 0, "end": 3, "label": "PERSON"}], "tokens": [{"id": 0, "start": 0, "end": 3}]}`,
		"a Prodigy task":         `{"text":"Ann left.","_input_hash":1,"_task_hash":2,"spans":[{"start":0,"end":3,"label":"PERSON"}],"answer":"accept"}`,
		"doccano, a sequence":    `{"id": 7, "text": "Ann left.", "label": [[0, 3, "PER"]]}`,
		"doccano, nothing in it": `{"id": 7, "text": "Ann left.", "label": []}`,
	} {
		want := "prodigy"
		if name[0] == 'd' {
			want = "doccano"
		}
		for k := range All {
			if g := &All[k]; g.Sniff != nil && g.Sniff([]byte(head)) != (g.Name == want) {
				t.Errorf("%s: taken for %s: %v", name, g.Name, g.Sniff([]byte(head)))
			}
		}
	}
}

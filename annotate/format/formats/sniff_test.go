package formats

import (
	"os"
	"testing"

	"byline/annotate/format"
)

// nameOf returns the name of a format, or "none".
func nameOf(f *format.Format) string {
	if f == nil {
		return "none"
	}
	return f.Name
}

// A file of a format is recognized as that format and no other, whatever its name.
func TestSniff(t *testing.T) {
	t.Parallel()
	for i := range All {
		f := &All[i]
		data, err := os.ReadFile(golden(f))
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
		for _, name := range []string{"-", "a" + f.Extension, "a.txt"} {
			if got := Sniff(name, head); got != f {
				t.Errorf("a file of %s named %s: taken for %s", f.Name, name, nameOf(got))
			}
		}
	}
}

// Variants that other programs write and byline does not.
func TestSniffForeign(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ want, head string }{
		"spaCy's Doc":                         {"prodigy", `{"text": "Ann left.", "ents": [{"start": 0, "end": 3, "label": "PERSON"}], "tokens": [{"id": 0, "start": 0, "end": 3}]}`},
		"a Prodigy task":                      {"prodigy", `{"text":"Ann left.","_input_hash":1,"_task_hash":2,"spans":[{"start":0,"end":3,"label":"PERSON"}],"answer":"accept"}`},
		"doccano, a sequence":                 {"doccano", `{"id": 7, "text": "Ann left.", "label": [[0, 3, "PER"]]}`},
		"doccano, entities as lists":          {"doccano", `{"text": "Ann left.", "entities": [[0, 3, "PER"]]}`},
		"doccano, a list":                     {"doccano", `[{"id": 7, "text": "Ann left.", "label": [[0, 3, "PER"]]}]`},
		"doccano, labels by number":           {"doccano", `{"id": 7, "text": "Ann left.", "annotations": [{"label": 7, "start_offset": 0, "end_offset": 3, "user": 1}]}`},
		"doccano, relations":                  {"doccano", `{"text": "Ann left.", "entities": [{"id": 0, "start_offset": 0, "end_offset": 3, "label": "PER"}], "relations": []}`},
		"Label Studio, JSON-MIN":              {"labelstudio", `[{"id": 7, "text": "Ann left.", "label": [{"start": 0, "end": 3, "text": "Ann", "labels": ["PER"]}], "annotator": 1}]`},
		"Label Studio, predictions by number": {"labelstudio", `[{"id": 7, "annotations": [], "predictions": [17], "data": {"article": "Ann left."}}]`},
		"doccano, nothing in it":              {"doccano", `{"id": 7, "text": "Ann left.", "label": []}`},
	} {
		for k := range All {
			if g := &All[k]; g.Sniff != nil && g.Sniff([]byte(c.head)) != (g.Name == c.want) {
				t.Errorf("%s: taken for %s: %v", name, g.Name, g.Sniff([]byte(c.head)))
			}
		}
	}
}

// The name decides if the start of a file is ambiguous.
func TestSniffNames(t *testing.T) {
	t.Parallel()
	const tagged, table = "Ann B-PER\nleft O\n", "kind,article,start,end,type\n"
	const both = `{"total":1,"rows":[{"user":"acct:a@b","uri":"x","text":"see "http://www.w3.org/ns/anno.jsonld"}]}` // looks like two formats
	for _, c := range []struct{ name, head, want string }{
		{"a.iob1", "", "iob1"},       // the start of IOB1 is ambiguous
		{"a.iob1", tagged, "conll"},  // the start counts more than the name
		{"a.conll", tagged, "conll"}, // both agree
		{"a.tsv", table, "csv"},      // a misleading name
		{"a.csv", "\ufeff" + table, "csv"},
		{"a.txt", "\ufeff" + `{"id":"a","title":"","source":""`, "json"},
		{"a.jsonld", both, "w3c"},
		{"a.hypothesis.json", both, "hypothesis"},
		{"a.txt", both, "w3c"},
		{"a.csv", "name,price\nx,1\n", "none"}, // a table of something else
		{"a.ann", "", "brat"},                  // nothing is marked yet
		{"a.ann", "E1\tBirth:T2\n", "brat"},
		{"a.md", "# Ann left", "none"}, // written, never read
		{"a.txt", "Ann left.", "none"},
	} {
		if got := nameOf(Sniff(c.name, []byte(c.head))); got != c.want {
			t.Errorf("%s that begins %q: %s, want %s", c.name, c.head, got, c.want)
		}
	}
}

func TestOfFile(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.json": "json", "a.cas.json": "casjson", "A.CAS.JSON": "casjson", "dir.json/a.md": "markdown", "a.tei.xml": "tei", "a.xml": "none", "json": "none", "": "none",
	} {
		if got := nameOf(OfFile(name)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

package corpus

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// write writes lines as a gzipped file in a folder of dir.
func write(t *testing.T, dir, name string, lines ...string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(strings.Join(lines, "\n") + "\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// Offsets are code points; a token that is mostly outside a name is open.
func TestNewsroom(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	line := `{"text": "Zoë Quill left anti-EU Ørsted A/S.", "entities": [` +
		`{"type": "PER", "mentions": [{"start": 0, "end": 9}]}, ` +
		`{"type": "ORG", "mentions": [{"start": 20, "end": 22}, {"start": 23, "end": 33}]}]}`
	write(t, dir, "newsroom/news.jsonl.gz", line)
	docs, err := Read(dir, Source{Name: "news", Newsroom: true}, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := docs[0].Sentences[0]
	got := fmt.Sprint(s.Words, s.Labels)
	if want := "[Zoë Quill left anti-EU Ørsted A / S .] [1 2 0 -2 3 4 4 4 0]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A text in tokens keeps them.
func TestNewsroomTokens(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "newsroom/news.jsonl.gz", `{"text": "The U.S.-led force\nleft Orrin", "entities": [{"type": "LOC", "mentions": [{"start": 24, "end": 29}]}]}`)
	docs, err := Read(dir, Source{Name: "news", Newsroom: true, Tokens: true}, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []Sentence{{[]string{"The", "U.S.-led", "force"}, []int8{0, 0, 0}}, {[]string{"left", "Orrin"}, []int8{0, loc}}}
	if !reflect.DeepEqual(docs[0].Sentences, want) {
		t.Errorf("%v", docs[0].Sentences)
	}
}

// Every tenth document is kept out, and nothing else.
func TestKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var lines []string
	for i := range 25 {
		lines = append(lines, fmt.Sprintf(`{"text": "Article %d"}`, i+1))
	}
	write(t, dir, "newsroom/news.jsonl.gz", lines...)
	numbers := func(src Source) (all []string) {
		src.Name, src.Newsroom = "news", true
		docs, err := Read(dir, src, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			all = append(all, d.Sentences[0].Words[1])
		}
		return all
	}
	if got := numbers(Source{Kept: true}); !reflect.DeepEqual(got, []string{"10", "20"}) {
		t.Errorf("kept out: %v", got)
	}
	if got := numbers(Source{}); len(got) != 23 {
		t.Errorf("to train on: %v", got)
	}
	if got := numbers(Source{Whole: true}); len(got) != 25 {
		t.Errorf("all of it: %v", got)
	}
}

// Labels against known organizations are opened, but not those of longer names.
func TestMask(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := "name\ttype\tkind\tcountry\taliases\tacronyms\tnote\tsource"
	write(t, dir, "knowledge/orgs_known.tsv.gz", head,
		"Orrin Times\tORG\tmedia\t\tThe Orrin Times\tOTX\t\t", "Halden\tORG\tcompany\t\t\t\talso a place\t")
	write(t, dir, "knowledge/forms_ambiguous.tsv.gz", "form", "Marlow")
	o, err := ReadOrganizations(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words  string
		labels []int8
		want   []int8
	}{
		{"the Orrin Times said", []int8{0, loc, loc + 1, 0}, []int8{0, Any, Any, 0}},
		{"the Orrin Times said", []int8{0, Org, Org + 1, 0}, []int8{0, Org, Org + 1, 0}},
		{"the OTX said", []int8{0, 0, 0}, []int8{0, Any, 0}},
		{"Orrin Times Square opens", []int8{loc, loc + 1, loc + 1, 0}, []int8{loc, loc + 1, loc + 1, 0}},
		{"Daily Orrin Times Square", []int8{0, 0, 0, 0}, []int8{0, 0, 0, 0}},
		{"in Halden now", []int8{0, loc, 0}, []int8{0, loc, 0}},
	} {
		d := Doc{Sentences: []Sentence{{strings.Fields(c.words), append([]int8(nil), c.labels...)}}}
		o.Mask(&d)
		if got := d.Sentences[0].Labels; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %v: %v, want %v", c.words, c.labels, got, c.want)
		}
	}
}

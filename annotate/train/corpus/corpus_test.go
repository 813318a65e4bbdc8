package corpus

import (
	"compress/gzip"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const gold = `-DOCSTART-	O

Marta	B-PER
Quill	I-PER
left	O
Orrin-on-Sea	B-LOC
.	O

Muslims	B-ORG
prayed	O

-DOCSTART-	O

She	O
`

func read(t *testing.T, src Source) []Doc {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "ner"), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(dir, "ner", src.Name+".iob2.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(gold)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	docs, err := Read(dir, src, 1)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestRead(t *testing.T) {
	t.Parallel()
	docs := read(t, Source{Name: "gold"})
	if len(docs) != 2 || len(docs[0].Sentences) != 2 {
		t.Fatalf("%+v", docs)
	}
	if got := docs[0].Sentences[0].Labels; !reflect.DeepEqual(got, []int8{Per, Per + 1, outside, loc, outside}) {
		t.Errorf("labels %v", got)
	}
	if got := docs[0].Sentences[1].Labels[0]; got != Misc {
		t.Errorf("the label of a people is %d", got)
	}
	if got := read(t, Source{Name: "gold", NoMisc: true})[0].Sentences[1].Labels; !reflect.DeepEqual(got, []int8{Unsaid, Unsaid}) {
		t.Errorf("without other names: labels %v", got)
	}
	if got := len(read(t, Source{Name: "gold", Single: true})); got != 3 {
		t.Errorf("%d documents of a sentence each", got)
	}
	if _, err := Read(t.TempDir(), Source{Name: "none"}, 1); err == nil {
		t.Error("a file that is not there is read")
	}
}

// Copies have a label for each word, and valid sequences of labels.
func TestWays(t *testing.T) {
	t.Parallel()
	docs := read(t, Source{Name: "gold"})
	for _, w := range Variants {
		for seed := range uint64(20) {
			d := w.Write(docs[0], rand.New(rand.NewPCG(seed, 1)))
			for _, s := range d.Sentences {
				check(t, w.Name, s)
			}
		}
	}
	if got := strings.Join(splitHyphens(docs[0].Sentences[0]).Words, " "); got != "Marta Quill left Orrin - on - Sea ." {
		t.Errorf("other tokens: %s", got)
	}
}

func check(t *testing.T, way string, s Sentence) {
	t.Helper()
	if len(s.Words) != len(s.Labels) {
		t.Fatalf("%s: %d words, %d labels", way, len(s.Words), len(s.Labels))
	}
	last := int8(outside)
	for i, l := range s.Labels {
		if l > 0 && l%2 == 0 && last != l && last != l-1 {
			t.Errorf("%s: %q: label %d after %d", way, s.Words[i], l, last)
		}
		last = l
	}
}

package formats

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/native"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// What each format makes of the story is in testdata.
func TestGolden(t *testing.T) {
	for i := range All {
		e := &All[i]
		if e.NewWriter == nil {
			continue
		}
		var b bytes.Buffer
		if err := e.WriteOne(&b, format.Options{}, formattest.Story()); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", "story-"+e.Name+e.Extension)
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s is not as in testdata:\n%s", e.Name, b.Bytes())
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	for seed := range uint64(4) {
		var b bytes.Buffer
		if err := native.JSON.WriteOne(&b, format.Options{}, formattest.Random(seed)); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte(`{"text":"\ud800","entities":[{"id":"e","type":"x","origin":"human","mentions":[{"start":0,"end":1,"text":"\ud800","form":"name","origin":"human"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, l, err := native.Read(data)
		if err != nil {
			return
		}
		if err := l.Check(a.Text); err != nil {
			t.Fatal(err)
		}
		for i := range All {
			if All[i].NewWriter == nil {
				continue
			}
			var b bytes.Buffer
			if err := All[i].WriteOne(&b, format.Options{}, &format.Document{Article: a, Layer: l}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// BenchmarkExport writes 100,000 mentions.
func BenchmarkExport(b *testing.B) {
	d := formattest.Big(5)
	if err := d.Layer.Check(d.Text); err != nil {
		b.Fatal(err)
	}
	for i := range All {
		e := &All[i]
		if e.NewWriter == nil {
			continue
		}
		b.Run(e.Name, func(b *testing.B) {
			b.SetBytes(int64(len(d.Text)))
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := e.WriteOne(&out, format.Options{}, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

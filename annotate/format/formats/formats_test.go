package formats

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/native"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// golden is the file of testdata with a format's output for the story.
func golden(f *format.Format) string { return filepath.Join("testdata", "story-"+f.Name+f.Extension) }

// Each format's output for the story is in testdata.
func TestGolden(t *testing.T) {
	t.Parallel()
	for _, f := range Writable() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := f.WriteOne(&b, format.Options{}, formattest.Story()); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(golden(f), b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden(f))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("not as in testdata:\n%s", b.Bytes())
			}
		})
	}
}

// Every row of the table is complete, and no two have the same name.
func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for i := range All {
		f := &All[i]
		if f.Name == "" || f.Name != strings.ToLower(f.Name) || seen[f.Name] || Named(f.Name) != f {
			t.Errorf("%q is no name, or one of two formats", f.Name)
		}
		seen[f.Name] = true
		if f.Extension == "" || f.Extension[0] != '.' || f.Extension != strings.ToLower(f.Extension) {
			t.Errorf("%s: %q is no extension", f.Name, f.Extension)
		}
		if f.About == "" || strings.Contains(f.About, "\n") || f.NewWriter == nil && f.Read == nil {
			t.Errorf("%s says nothing of itself, or is neither read nor written", f.Name)
		}
	}
	if Named("no such format") != nil {
		t.Error("a name that no format has")
	}
}

// FuzzWriters writes whatever is read from byline's JSON in every format.
func FuzzWriters(f *testing.F) {
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
		for _, x := range Writable() {
			var b bytes.Buffer
			if err := x.WriteOne(&b, format.Options{}, &format.Document{Article: a, Layer: l}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzReaders reads anything in every format.
func FuzzReaders(f *testing.F) {
	for i := range Readable() {
		f.Add(i, []byte(`{"text":"Ann left.","spans":[{"start":0,"end":3,"label":"PER"}],"label":[[0,3,"X"]],"data":{"text":"Ann"}}`))
		f.Add(i, []byte("1\tAnn\t_\tX\t_\t_\t0\troot\t_\tEntity=(e1-person-1-name)\n"))
		f.Add(i, []byte("T1\tPER 0 3\tAnn\n"))
	}
	f.Fuzz(func(t *testing.T, i int, data []byte) {
		if all := Readable(); i >= 0 && i < len(all) {
			formattest.ReadAny(t, all[i], data)
		}
	})
}

// BenchmarkExport writes 100,000 mentions.
func BenchmarkExport(b *testing.B) {
	d := formattest.Big(5)
	if err := d.Layer.Check(d.Text); err != nil {
		b.Fatal(err)
	}
	for _, f := range Writable() {
		b.Run(f.Name, func(b *testing.B) {
			b.SetBytes(int64(len(d.Text)))
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := f.WriteOne(&out, format.Options{}, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

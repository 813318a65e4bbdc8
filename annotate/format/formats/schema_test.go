package formats

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

// tries returns documents that try what schemas allow: those of all tests of formats, and random ones.
func tries(random uint64) []*format.Document {
	ds := []*format.Document{formattest.Story(), formattest.Hard(), published(), choir()}
	for seed := range random {
		ds = append(ds, formattest.Random(seed))
	}
	return ds
}

// TEI and REFI are valid by the schemas of what is written, which lie beside the readers.
func TestSchemas(t *testing.T) {
	t.Parallel()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed: Debian has it in libxml2-utils")
	}
	for _, c := range []struct {
		format, schema string
		flag           string
		of             func(*testing.T, []byte) []byte
	}{
		{"tei", "tei.rng", "--relaxng", func(_ *testing.T, data []byte) []byte { return data }},
		{"refi", "refi.xsd", "--schema", projectOf},
	} {
		dir := t.TempDir()
		args := []string{"--noout", c.flag, filepath.Join("testdata", "readers", c.schema)}
		for i, d := range tries(100) {
			var b bytes.Buffer
			if err := Named(c.format).WriteOne(&b, format.Options{}, d); err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(dir, strconv.Itoa(i)+".xml")
			if err := os.WriteFile(name, c.of(t, b.Bytes()), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
		}
		if out, err := exec.CommandContext(t.Context(), xmllint, args...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.3000s", c.format, err, out)
		}
	}
}

// projectOf returns the description of a project in its archive.
func projectOf(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("project.qde")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

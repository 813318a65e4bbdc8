package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
)

func made(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	t.Parallel()
	z, err := Open(made(t, map[string]string{"a/b.txt": "one", "../../etc/passwd": "two", `c\d.txt`: "three", "bomb": strings.Repeat("0", maxFile+1)}))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a/b.txt": "one", "/a/./b.txt": "one", "etc/passwd": "two", "c/d.txt": "three"} {
		if data, err := z.Read(name); err != nil || string(data) != want {
			t.Errorf("%s: %q %v", name, data, err)
		}
	}
	if _, err := z.Read("nothing"); !errors.Is(err, ErrMissing) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := z.Read("bomb"); err == nil || !strings.Contains(err.Error(), "it becomes more than 64 MB") {
		t.Errorf("a bomb: %v", err)
	}
	z.left = 2
	if _, err := z.Read("c/d.txt"); err == nil || !strings.Contains(err.Error(), "become more than 256 MB") {
		t.Errorf("too much together: %v", err)
	}
	if _, err := Open([]byte("PK\x03\x04 nothing")); err == nil {
		t.Error("no archive is one")
	}
}

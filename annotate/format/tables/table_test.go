package tables

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// No cell can be run as a formula, and all other cells are unchanged except for line ends.
func TestTable(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := New(&b, ';')
	w.Row("=1+1", "+1", "-1", "@x", "\tx", "\rx")
	w.Row("a=1", "1-1", "", "a;b", "two\nlines", `"`)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "'=1+1;'+1;'-1;'@x;'\tx;\"'x\"\r\na=1;1-1;;\"a;b\";\"two\r\nlines\";\"\"\"\"\r\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	row := []string{"=1"}
	if w.Row(row...); row[0] != "=1" {
		t.Errorf("the caller's row became %q", row)
	}
	failing, pipe := io.Pipe()
	failing.CloseWithError(errors.New("cable pulled"))
	w = New(pipe, ',')
	w.Row("a")
	if err := w.Close(); err == nil || err.Error() != "cable pulled" {
		t.Error(err)
	}
}

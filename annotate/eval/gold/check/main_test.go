package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("01-a.txtar", "-- about --\nmanner: wire\nmarks: british\ntitle: A\n-- entities --\nq person Quill\n-- text --\n[q|Quill]: {q|‘No.’}\n\nQuill left.\n")
	var out, errs strings.Builder
	if status := run([]string{dir}, &out, &errs); status != 0 || !strings.Contains(out.String(), "1 files") || !strings.Contains(errs.String(), "note: ") {
		t.Errorf("status %d\n%s%s", status, &out, &errs)
	}
	write("02-b.txtar", "-- text --\n[q|Quill]\n")
	errs.Reset()
	if status := run([]string{dir}, &out, &errs); status != 1 || !strings.Contains(errs.String(), "02-b.txtar:2: ") {
		t.Errorf("status %d\n%s", status, &errs)
	}
	if status := run(nil, &out, &errs); status != 2 {
		t.Errorf("status %d without files", status)
	}
}

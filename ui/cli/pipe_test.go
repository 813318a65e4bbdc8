package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// If nobody reads the output any more (byline list | head), the program ends with status 1 and
// prints nothing about it.
func TestStatusOfAClosedPipe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	library := filepath.Join(dir, "library.db")
	story := filepath.Join(dir, "story.txt")
	if err := os.WriteFile(story, []byte("The Ferry\n\nInes Calder said no.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if status := Main([]string{"--library", library, "add", story}, nil, &out, &errs); status != 0 {
		t.Fatalf("status %d: %s", status, errs.String())
	}
	for _, args := range []string{"list", "list --format json", "export --all --format jsonl", "search ferry", "quotes", "annotate " + story} {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		read.Close()
		errs.Reset()
		status := Main(append([]string{"--library", library}, strings.Fields(args)...), nil, write, &errs)
		write.Close()
		if status != 1 || errs.Len() > 0 {
			t.Errorf("%s into a closed pipe: status %d, not 1; said %q", args, status, errs.String())
		}
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRun annotates a story with names that no list and no model knows, one that is both a
// person's and a firm's, and one in lower case: run fails unless the layer equals the gold at the
// end.
func TestRun(t *testing.T) {
	t.Parallel()
	const story = `-- about --
manner: local
marks: american
title: The mill
-- entities --
quill  person  Marta Quill
firm   organization  Quill
eex    organization  eex mill
-- text --
The mill

[quill|Marta Quill] ran the [eex|eex mill]. Shares of [firm|Quill] fell. [quill|Marta Quill] left.
`
	file := filepath.Join(t.TempDir(), "a.txtar")
	if err := os.WriteFile(file, []byte(story), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	if code := run([]string{file}, &out, &errs); code != 0 {
		t.Fatalf("status %d: %s", code, &errs)
	}
	for _, want := range []string{"with suggestions        1 articles      4 mentions", "without suggestions", "KPE ", "  add "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
}

package main_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPartsKilledAtRandom kills a run over a corpus by SIGKILL at random moments, again and again: there is never
// half a part, and in the end --resume has made the parts that a run without a kill makes.
func TestPartsKilledAtRandom(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir, bin := t.TempDir(), build(t)
	in := filepath.Join(dir, "in.jsonl")
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, "{\"id\": \"%d\", \"text\": \"%s\"}\n", i, strings.Repeat(fmt.Sprintf("“We open %d gates,” said Marta Quill of Ostrava Rail. ", i), 40))
	}
	if err := os.WriteFile(in, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	const of = 3
	args := func(part int, out string) []string {
		return []string{"annotate", "--from", "jsonl", "--shard", fmt.Sprintf("%d/%d", part, of), "--resume", "-o", filepath.Join(dir, out), in}
	}
	r := rand.New(rand.NewPCG(3, 4))
	killed := 0
	for k := range *kills {
		c := exec.Command(bin, args(1+k%of, "killed")...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.IntN(300)) * time.Millisecond)
		_ = c.Process.Kill() // it may have ended
		if c.Wait() != nil {
			killed++
		}
	}
	for part := 1; part <= of; part++ {
		for _, out := range []string{"killed", "whole"} {
			if said, err := exec.Command(bin, args(part, out)...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, said)
			}
		}
		name := fmt.Sprintf("part-%05d-of-%05d.jsonl", part, of)
		got, err := os.ReadFile(filepath.Join(dir, "killed", name))
		want, err2 := os.ReadFile(filepath.Join(dir, "whole", name))
		if err != nil || err2 != nil || !bytes.Equal(got, want) {
			t.Errorf("part %d is another after kills: %v, %v", part, err, err2)
		}
	}
	t.Logf("%d of %d runs were killed before their end", killed, *kills)
}

package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestKilledAndStartedAgain makes decisions in the real program on a terminal, kills
// it by SIGKILL as soon as each shows, and finds every one after the next start.
func TestKilledAndStartedAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	file := filepath.Join(dir, "story.txt")
	text := "The mill closes\n\nAnna Berg ran the mill. Ole Lund helped her. Ida Holm paid both. Siv Moe left early.\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(dir, "library.db")
	for i := 1; i <= 4; i++ {
		p := start(t, bin, "--library", library, file)
		p.Wait(t, fmt.Sprintf(" %d of 4 reviewed", i-1))
		p.Type("a")
		p.Wait(t, "suggested")
		p.Type("\r")
		p.Wait(t, fmt.Sprintf(" %d of 4 reviewed", i))
		p.Kill()
	}
	out, err := exec.Command(bin, "--library", library, "export", "--all", "--format", "jsonl").Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Entities []struct {
			Mentions []struct{ Text, Origin string }
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	human := 0
	for _, e := range got.Entities {
		for _, m := range e.Mentions {
			if strings.EqualFold(m.Origin, "human") {
				human++
			}
		}
	}
	if human != 4 {
		t.Errorf("%d of 4 decisions are there\n%s", human, out)
	}
}

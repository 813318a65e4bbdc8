package main_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"byline/ui/uitest"
)

var kills = flag.Int("kills", 12, "kill the program `N` times in TestKilledAtRandom")

// TestKilledAtRandom makes two hundred decisions as fast as keys can be typed, over
// and over, and kills the program by SIGKILL at random moments: what the screen has shown
// as decided is there after the next start.
func TestKilledAtRandom(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	r := rand.New(rand.NewPCG(1, 2))
	lost, decided, all := 0, 0, 0
	library := ""
	for k := range *kills {
		if decided == 0 || decided > 180 {
			library = filepath.Join(dir, fmt.Sprint(k, ".db"))
			decided = 0
		}
		p := start(t, bin, "--library", library, stack(t, dir))
		found := reviewed(t, p)
		if found < decided {
			lost++
			t.Errorf("start %d: the screen had shown %d decisions, %d are there", k, decided, found)
		}
		keys := 1 + r.IntN(25)
		for i := range keys {
			p.Type([]string{"y", "x", "y", "y"}[i%4])
			time.Sleep(time.Duration(6+r.IntN(9)) * time.Millisecond) // faster would be a pasted text
		}
		time.Sleep(time.Duration(r.IntN(12)) * time.Millisecond)
		p.Kill()
		all += shown(p) - found
		decided = max(found, shown(p))
	}
	if all < *kills { // a busy computer reaches few, an idle one ten a start
		t.Errorf("%d decisions in %d starts", all, *kills)
	}
	t.Logf("%d kills, %d decisions, %d starts had lost something", *kills, all, lost)
}

// stack writes an article that names 240 people, one after the other, and returns its path.
func stack(t *testing.T, dir string) string {
	first := strings.Fields("Anna Peter Maria James Helen Robert Laura Thomas Susan Martin Alice Edward")
	last := strings.Fields("Berg Lund Holm Moe Dahl Strand Vik Hagen Solberg Nilsen Larsen Hansen Olsen Pedersen Eriksen Johansen Andersen Karlsen Jensen Halvorsen")
	var b strings.Builder
	b.WriteString("Who came to the fair\n\n")
	for _, l := range last {
		for _, f := range first {
			fmt.Fprintf(&b, "%s %s came. ", f, l)
		}
		b.WriteString("\n\n")
	}
	file := filepath.Join(dir, "stack.txt")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

var count = regexp.MustCompile(`(\d+) of \d+ reviewed`)

// reviewed waits for the reader and returns how many claims it shows as reviewed.
func reviewed(t *testing.T, p *uitest.Process) int {
	t.Helper()
	p.Until(t, "the number of reviewed claims", func() bool { return count.MatchString(p.Text()) })
	return shown(p)
}

// shown returns the number of reviewed claims on the screen, 0 where there is none.
func shown(p *uitest.Process) int {
	m := count.FindStringSubmatch(p.Text())
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

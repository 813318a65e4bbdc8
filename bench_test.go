package main_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"byline/ui/uitest"
)

// The benchmarks here run whole programs on a pseudo-terminal of 100×40 cells:
// byline, and beside it the readers that are installed. Each figure is the median
// over b.N runs of the program.
//
//	go test -run '^$' -bench Program -benchtime 5x .

const (
	firstMark = "FIRSTPAINTMARK"
	lastMark  = "LASTLINEMARK"
)

var sizes = []struct {
	name  string
	bytes int
}{{"10KB", 10_000}, {"1MB", 1_000_000}, {"10MB", 10_000_000}}

func BenchmarkProgram(b *testing.B) {
	dir := b.TempDir()
	byline := build(b)
	for _, size := range sizes {
		file := filepath.Join(dir, size.name+".md")
		if err := os.WriteFile(file, newsArticle(size.bytes), 0o600); err != nil {
			b.Fatal(err)
		}
		b.Run("byline/"+size.name, func(b *testing.B) {
			measure(b, func() *exec.Cmd {
				c := exec.Command(byline, "--library", filepath.Join(b.TempDir(), "l.db"), file)
				c.Env = append(os.Environ(), "XDG_CONFIG_HOME="+dir, "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8")
				return c
			}, keys{down: "j", end: "G", quit: "q"})
		})
		for _, peer := range [][]string{{"less", file}, {"glow", "-p", file}} {
			if path, err := exec.LookPath(peer[0]); err == nil {
				b.Run(peer[0]+"/"+size.name, func(b *testing.B) {
					measure(b, func() *exec.Cmd {
						c := exec.Command(path, peer[1:]...)
						c.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "LESS=-R", "PAGER=less -r")
						return c
					}, keys{down: "j", end: "G", quit: "q"})
				})
			}
		}
	}
}

type keys struct{ down, end, quit string }

// measure runs a program b.N times and reports the medians, in milliseconds: exec
// to the first words on the screen, key to first byte (50th and 95th percentile
// of 40 keys), the key to the end to the last words, a resize to the first byte;
// and its resident memory and the peak of that in MB.
func measure(b *testing.B, cmd func() *exec.Cmd, k keys) {
	figures := map[string][]float64{}
	note := func(unit string, v float64) { figures[unit] = append(figures[unit], v) }
	for b.Loop() {
		w := watch(b, cmd())
		note("ms-first-text", ms(w.until(b, firstMark)))
		w.quiet(time.Second)
		var lat []float64
		for range 40 {
			lat = append(lat, ms(w.press(b, k.down)))
			w.quiet(30 * time.Millisecond)
		}
		slices.Sort(lat)
		note("ms-key-p50", lat[len(lat)/2])
		note("ms-key-p95", lat[len(lat)*95/100])
		w.press(b, k.end)
		note("ms-end", ms(w.until(b, lastMark)))
		w.quiet(300 * time.Millisecond)
		note("ms-resize", ms(w.answer(b, func() { pty.Setsize(w.tty, &pty.Winsize{Cols: 80, Rows: 40}) })))
		note("MB-resident", w.memory(b, "VmRSS:"))
		note("MB-peak", w.memory(b, "VmHWM:"))
		w.end()
	}
	b.ReportMetric(0, "ns/op")
	for unit, vs := range figures {
		slices.Sort(vs)
		b.ReportMetric(vs[len(vs)/2], unit)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// A watched program is one on a pseudo-terminal whose output is timed as it comes.
type watched struct {
	cmd     *exec.Cmd
	tty     *os.File
	screen  *uitest.Screen // answers the program's questions
	started time.Time

	mu    sync.Mutex
	last  time.Time
	count int    // bytes so far
	text  []byte // since the last until, blanks and sequences left out
}

func watch(b *testing.B, cmd *exec.Cmd) *watched {
	w := &watched{cmd: cmd, screen: uitest.NewScreen(100, 40), started: time.Now()}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 100, Rows: 40})
	if err != nil {
		b.Fatal(err)
	}
	w.tty = tty
	go w.read()
	go io.Copy(tty, w.screen)
	return w
}

func (w *watched) read() {
	buf := make([]byte, 1<<16)
	for {
		n, err := w.tty.Read(buf)
		if err != nil {
			return
		}
		w.mu.Lock()
		w.last = time.Now()
		w.count += n
		w.text = append(w.text, buf[:n]...)
		w.mu.Unlock()
		w.screen.Write(buf[:n])
	}
}

// until returns how long after w.started mark was written.
func (w *watched) until(b *testing.B, mark string) time.Duration {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Microsecond) {
		w.mu.Lock()
		found, at := bytes.Contains(w.text, []byte(mark)), w.last
		w.mu.Unlock()
		if found {
			return at.Sub(w.started)
		}
	}
	b.Fatalf("%s never shows %s\n%s", w.cmd.Path, mark, w.screen.Text())
	return 0
}

// quiet waits until nothing was written for d.
func (w *watched) quiet(d time.Duration) {
	for {
		w.mu.Lock()
		idle := time.Since(w.last)
		w.mu.Unlock()
		if idle >= d {
			return
		}
		time.Sleep(d - idle)
	}
}

// press sends a key and returns how long the first byte after it took.
func (w *watched) press(b *testing.B, key string) time.Duration {
	return w.answer(b, func() { io.WriteString(w.tty, key) })
}

// answer returns how long after do the next byte takes.
func (w *watched) answer(b *testing.B, do func()) time.Duration {
	w.mu.Lock()
	was, from := w.count, time.Now()
	w.text, w.started = w.text[:0], from
	w.mu.Unlock()
	do()
	for deadline := from.Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Microsecond) {
		w.mu.Lock()
		more, at := w.count > was, w.last
		w.mu.Unlock()
		if more {
			return at.Sub(from)
		}
	}
	b.Fatalf("%s does not answer\n%s", w.cmd.Path, w.screen.Text())
	return 0
}

// memory returns a line of the process's status in MB: the resident memory, or its peak.
func (w *watched) memory(b *testing.B, line string) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.cmd.Process.Pid))
	if err != nil {
		b.Skip("no /proc here")
	}
	_, rest, _ := strings.Cut(string(status), line)
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kb / 1024
}

func (w *watched) end() {
	w.cmd.Process.Kill()
	w.cmd.Wait()
	w.tty.Close()
}

// newsArticle makes a news-like Markdown article of about n bytes, the same every
// time, with marks in its first paragraph and on its last line.
func newsArticle(n int) []byte {
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	person := func() string {
		return pick("Maria", "James", "Aisha", "Tomás", "Zoë", "Robert", "Elena", "Kwame", "Priya", "Søren") + " " +
			pick("García", "O'Neill", "Chen", "van der Berg", "Okafor", "Kowalski", "Haddad", "Müller", "Nakamura", "Petrov")
	}
	body := func() string {
		return pick("the Harbour Authority", "Northwind Bank", "the Ministry of Works", "Acme Energy plc", "the Teachers' Union", "Port Council")
	}
	thing := func() string {
		return pick("budget", "inquiry", "pipeline", "strike", "merger", "school", "flood", "tariff")
	}
	sentence := func() string {
		switch r.IntN(4) {
		case 0:
			return fmt.Sprintf("“The %s will not be delayed beyond %d March,” %s, a spokesperson for %s, said on Tuesday.", thing(), 2+r.IntN(26), person(), body())
		case 1:
			return fmt.Sprintf("A paper from %s says that the %s had cost $%d million, according to [documents](https://example.org/%d).", body(), thing(), 1+r.IntN(900), r.IntN(9999))
		case 2:
			return fmt.Sprintf("%s *questioned* the %s in a letter to %s, adding that “every %s deserves a **second** look.”", person(), thing(), body(), thing())
		}
		return fmt.Sprintf("Residents have waited %d years for a %s, and the %s is not there.", 2+r.IntN(40), thing(), thing())
	}
	b := bytes.NewBufferString("# The " + thing() + " that nobody audited\n\n*By Jane Roe, 4 March 2026*\n\n" + firstMark + " ")
	for i := 1; b.Len() < n; i++ {
		if i%12 == 0 {
			fmt.Fprintf(b, "## The %s, part %d\n\n", thing(), i)
		}
		for range 2 + r.IntN(4) {
			b.WriteString(sentence() + " ")
		}
		b.WriteString("\n\n")
		if i%20 == 0 {
			b.WriteString("> " + sentence() + "\n\n")
		}
		if i%33 == 0 {
			for range 4 {
				b.WriteString("- " + sentence() + "\n")
			}
			b.WriteString("\n")
		}
	}
	b.WriteString(lastMark + "\n")
	return b.Bytes()
}

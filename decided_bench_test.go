package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkDecided runs the program on articles with many decisions behind them, and reports what single keys
// cost: milliseconds of processor time until all is quiet again, of all its threads; and what the next start does behind the screen.
//
//	go test -run '^$' -bench Decided -benchtime 1x -timeout 30m .
func BenchmarkDecided(b *testing.B) {
	byline := build(b)
	for _, mentions := range []int{10_000, 100_000} {
		b.Run(strconv.Itoa(mentions), func(b *testing.B) {
			dir := b.TempDir()
			library := filepath.Join(dir, "l.db")
			writeTagged(b, filepath.Join(dir, "in"), mentions)
			env := append(os.Environ(), "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir, "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8")
			in := exec.Command(byline, "--library", library, "import", filepath.Join(dir, "in"))
			in.Env = env
			if out, err := in.CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			b.ReportMetric(ms(in.ProcessState.UserTime()+in.ProcessState.SystemTime()), "ms-import")
			for b.Loop() {
				c := exec.Command(byline, "--library", library)
				c.Env = env
				pressAll(b, c)
				again := exec.Command(byline, "--library", library)
				again.Env = env
				w := watch(b, again)
				w.until(b, "tagged")
				w.rest(b)
				b.ReportMetric(w.cpu(b), "ms-start-again")
				b.ReportMetric(w.memory(b, "VmHWM:"), "MB-peak-again")
				w.end()
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkLong decides eight times each on an article of 10 MB, once it is annotated, and reports the medians of what keys cost, like
// [BenchmarkDecided].
//
//	go test -run '^$' -bench Long -benchtime 1x .
func BenchmarkLong(b *testing.B) {
	byline, dir := build(b), b.TempDir()
	file := filepath.Join(dir, "long.md")
	if err := os.WriteFile(file, newsArticle(10_000_000), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c := exec.Command(byline, "--library", filepath.Join(b.TempDir(), "l.db"), file)
		c.Env = append(os.Environ(), "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir, "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8")
		w := watch(b, c)
		w.until(b, firstMark)
		w.rest(b)
		for _, k := range []struct{ name, key string }{{"reject", "x"}, {"confirm", "y"}} {
			var nexts, costs []float64
			for range 8 {
				next, _ := w.cost(b, "\t")
				cost, _ := w.cost(b, k.key)
				nexts, costs = append(nexts, next), append(costs, cost)
			}
			slices.Sort(nexts)
			slices.Sort(costs)
			b.ReportMetric(nexts[4], "ms-next")
			b.ReportMetric(costs[4], "ms-"+k.name)
		}
		b.ReportMetric(w.memory(b, "VmRSS:"), "MB-resident")
		w.end()
	}
	b.ReportMetric(0, "ns/op")
}

// pressAll opens the first article of the library, waits until nothing is done behind it, and presses keys in it: the first
// decision of the session, and ten times each a few others, of which it reports the medians.
func pressAll(b *testing.B, c *exec.Cmd) {
	w := watch(b, c)
	w.until(b, "tagged")
	w.quiet(time.Second)
	w.press(b, "\r")
	w.rest(b)
	b.ReportMetric(w.cpu(b), "ms-open")
	first, _ := w.cost(b, "x")
	b.ReportMetric(first, "ms-first")
	costs := map[string][]float64{}
	for range 10 {
		for _, k := range []struct{ name, key string }{{"next", "\t"}, {"reject", "x"}, {"next", "\t"}, {"confirm", "y"}, {"undo", "u"}, {"down", "j"}} {
			cpu, first := w.cost(b, k.key)
			b.Logf("%s %.1f ms, first byte %.1f ms", k.name, cpu, first)
			costs[k.name] = append(costs[k.name], cpu)
		}
	}
	for name, all := range costs {
		slices.Sort(all)
		b.ReportMetric(all[len(all)/2], "ms-"+name)
	}
	b.ReportMetric(w.memory(b, "VmRSS:"), "MB-resident")
	b.ReportMetric(w.memory(b, "VmHWM:"), "MB-peak")
	from := time.Now()
	w.press(b, "x")
	w.tty.Write([]byte("qq"))
	w.cmd.Wait()
	b.ReportMetric(ms(time.Since(from)), "ms-quit")
	w.tty.Close()
}

// rest waits until the program takes no more processor time to speak of.
func (w *watched) rest(b *testing.B) {
	for last, now := -20.0, 0.0; now-last >= 20; last, now = now, w.cpu(b) {
		time.Sleep(2 * time.Second)
	}
}

// cost presses a key and returns how much processor time the program takes until it is quiet, and how long its first byte
// takes, in milliseconds.
func (w *watched) cost(b *testing.B, key string) (cpu, first float64) {
	before := w.cpu(b)
	first = ms(w.press(b, key))
	for last := -1.0; ; time.Sleep(150 * time.Millisecond) {
		w.quiet(300 * time.Millisecond)
		if now := w.cpu(b); now-last < 4 {
			return now - before, first
		} else {
			last = now
		}
	}
}

// cpu returns the processor time of all threads so far, in milliseconds.
func (w *watched) cpu(b *testing.B) float64 {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", w.cmd.Process.Pid))
	if err != nil || len(tasks) == 0 {
		b.Skip("no /proc here")
	}
	sum := 0.0
	for _, t := range tasks {
		if stat, err := os.ReadFile(t); err == nil {
			ns, _ := strconv.ParseFloat(strings.Fields(string(stat))[0], 64)
			sum += ns / 1e6
		}
	}
	return sum
}

// writeTagged writes an article of sentences with a name each, every name in five of them, and tags of people on all of
// them, as brat has them.
func writeTagged(b *testing.B, dir string, mentions int) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	names := make([]string, max(1, mentions/5))
	for i := range names {
		names[i] = capitalized(i)
	}
	var text, tags strings.Builder
	for i := range mentions {
		name := names[i%len(names)]
		fmt.Fprintf(&tags, "T%d\tPerson %d %d\t%s\n", i+1, text.Len(), text.Len()+len(name), name)
		text.WriteString(name + " said that the harbour is closed.\n")
	}
	for name, s := range map[string]string{"tagged.txt": text.String(), "tagged.ann": tags.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(s), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// capitalized returns the i-th of many words that look like names.
func capitalized(i int) string {
	const letters = "aeioulnrstm"
	word := []byte{"BDFGHKLMNPRST"[i%13]}
	for i /= 13; ; i /= len(letters) {
		word = append(word, letters[i%len(letters)], "lnrst"[len(word)%5])
		if i < len(letters) && len(word) > 4 {
			return string(slices.Concat(word, []byte("a")))
		}
	}
}

package main_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// BenchmarkSessions serves people who read at the same time, each of whom presses two keys a second: milliseconds from a key to the
// first byte that answers it, memory of the server in all and for each session, and its CPU time as a share of one core.
// The clients run beside it on the same cores.
//
//	go test -run '^$' -bench Sessions -benchtime 1x .
func BenchmarkSessions(b *testing.B) {
	for _, n := range []int{1, 10, 40} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { measureSessions(b, n) })
	}
}

func measureSessions(b *testing.B, n int) {
	const each, keys = 10, 40 // sessions of a person; keys of a session
	var people []string
	for i := range (n + each - 1) / each {
		people = append(people, fmt.Sprint("person", i))
	}
	var texts []string
	for i := range 10 {
		texts = append(texts, fmt.Sprintf("Story %d\n\n%s", i, newsArticle(6000)))
	}
	for b.Loop() {
		h := serving(b, people, texts)
		before := h.status(b, "VmRSS:")
		var all []*typist
		for i := range n {
			all = append(all, newTypist(b, h.as(b, people[i/each])))
		}
		var first, lat []float64
		for _, t := range all {
			first = append(first, ms(t.wait(b)))
		}
		began, used := time.Now(), h.processor(b)
		var typing sync.WaitGroup
		for _, t := range all {
			typing.Go(func() { t.read(b, keys) })
		}
		typing.Wait()
		wall := time.Since(began).Seconds()
		for _, t := range all {
			lat = append(lat, t.took...)
		}
		slices.Sort(lat)
		slices.Sort(first)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(first[len(first)-1], "ms-last-first-screen")
		b.ReportMetric(lat[len(lat)/2], "ms-key-p50")
		b.ReportMetric(lat[len(lat)*95/100], "ms-key-p95")
		b.ReportMetric(100*(h.processor(b)-used)/wall, "%core")
		b.ReportMetric(before, "MB-idle")
		after := h.status(b, "VmRSS:")
		b.ReportMetric(after, "MB")
		b.ReportMetric((after-before)/float64(n), "MB/session")
		b.ReportMetric(h.status(b, "Threads:"), "threads")
		h.cmd.Process.Kill()
		<-h.over
	}
}

// status returns a figure of the server's process: megabytes, or a number.
func (h *host) status(b testing.TB, name string) float64 {
	b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h.cmd.Process.Pid))
	if err != nil {
		b.Skip("no /proc here")
	}
	_, line, _ := strings.Cut(string(data), name)
	fields := strings.Fields(line)
	n, err := strconv.ParseFloat(fields[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	if len(fields) > 1 && fields[1] == "kB" {
		n /= 1000
	}
	return n
}

// processor returns the seconds of CPU that the server took.
func (h *host) processor(b *testing.B) float64 {
	b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", h.cmd.Process.Pid))
	if err != nil {
		b.Skip("no /proc here")
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(rest)
	user, err1 := strconv.ParseFloat(fields[11], 64)
	system, err2 := strconv.ParseFloat(fields[12], 64)
	if err1 != nil || err2 != nil {
		b.Fatal(rest)
	}
	const ticks = 100 // a second, on Linux
	return (user + system) / ticks
}

// A typist is a client that presses keys and notes when something comes back.
type typist struct {
	in    io.WriteCloser
	came  chan time.Time
	began time.Time
	took  []float64 // milliseconds
}

func newTypist(b *testing.B, c *gossh.Client) *typist {
	b.Helper()
	s, err := c.NewSession()
	if err != nil {
		b.Fatal(err)
	}
	if err := s.RequestPty("xterm-256color", 40, 100, gossh.TerminalModes{}); err != nil {
		b.Fatal(err)
	}
	t := &typist{came: make(chan time.Time, 1), began: time.Now()}
	s.Stdout = t
	if t.in, err = s.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		b.Fatal(err)
	}
	return t
}

// Write notes that something came.
func (t *typist) Write(p []byte) (int, error) {
	select {
	case t.came <- time.Now():
	default:
	}
	return len(p), nil
}

// wait waits for the first screen and opens an article.
func (t *typist) wait(b *testing.B) time.Duration {
	b.Helper()
	first := (<-t.came).Sub(t.began)
	t.quiet(500 * time.Millisecond)
	for range rand.IntN(10) {
		fmt.Fprint(t.in, "j")
	}
	fmt.Fprint(t.in, "\r")
	return first
}

// quiet waits until nothing has come for some time.
func (t *typist) quiet(long time.Duration) {
	for {
		select {
		case <-t.came:
		case <-time.After(long):
			return
		}
	}
}

// read presses keys, one every half second or so.
func (t *typist) read(b *testing.B, keys int) {
	t.quiet(time.Second)
	for i := range keys {
		time.Sleep(time.Duration(300+rand.IntN(400)) * time.Millisecond)
		for len(t.came) > 0 {
			<-t.came
		}
		pressed := time.Now()
		if _, err := fmt.Fprint(t.in, []string{"\t", "j", "j", "\t"}[i%4]); err != nil {
			b.Error(err)
			return
		}
		select {
		case at := <-t.came:
			t.took = append(t.took, ms(at.Sub(pressed)))
		case <-time.After(10 * time.Second):
			b.Error("a key is not answered")
			return
		}
	}
}

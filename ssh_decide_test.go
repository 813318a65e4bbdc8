package main_test

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

var (
	deciders = flag.Int("deciders", 8, "sessions that decide at the same time")
	sameName = flag.Bool("same-name", false, "all decide about the first name of an article")
	deciding = flag.Duration("deciding", 4*time.Second, "how long they do")
)

// A clerk decides line by line: one note a second, each of its own words.
type clerk struct {
	in      io.WriteCloser
	answers *bufio.Scanner
	close   func()
	sent    []string
}

// newClerk opens one of the first articles of the list, on its first name.
func newClerk(t *testing.T, c *gossh.Client, article int) *clerk {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	in, err := s.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start("linear"); err != nil {
		t.Fatal(err)
	}
	k := &clerk{in: in, answers: bufio.NewScanner(out), close: func() { in.Close(); _ = s.Wait() }}
	fmt.Fprintf(in, "%d\n+\n", article+1)
	return k
}

// note goes on to the next name or quote, makes a note on it, and waits for the answer, which says so.
func (k *clerk) note(text string) error {
	if !*sameName {
		fmt.Fprint(k.in, "+\n")
	}
	fmt.Fprintf(k.in, ", %s\n", text)
	for k.answers.Scan() {
		switch line := k.answers.Text(); {
		case strings.Contains(line, "error"):
			return fmt.Errorf("%s: %s", text, line)
		case strings.Contains(line, text):
			k.sent = append(k.sent, text)
			return nil
		}
	}
	return fmt.Errorf("%s: no answer: %v", text, k.answers.Err())
}

// goroutines ends the server and returns how many goroutines it had.
func (h *host) goroutines(t *testing.T) int {
	t.Helper()
	if err := h.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	<-h.over
	return len(regexp.MustCompile(`(?m)^goroutine \d+ `).FindAllString(h.logged(), -1))
}

// Many sessions decide once a second on the same three articles: no decision is lost, nobody gets an error, and afterwards the server
// has no more memory and goroutines than after one session.
//
//	go test -run ManyDecide -v . -args -deciders 40 -deciding 60s
//	go test -run ManyDecide -v . -args -deciders 40 -deciding 60s -same-name
func TestManyDecide(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	people := []string{"ann", "bob", "cy", "dora", "eve"} // eve looks on
	var texts []string
	for i := range 3 {
		texts = append(texts, fmt.Sprintf("Story %d\n\n%s", i, newsArticle(6000)))
	}
	rest := func(h *host) { // what is kept for a while goes
		for _, who := range people {
			c := h.as(t, who)
			out, errs, err := ask(t, c, "list")
			if c.Close(); err != nil || strings.Count(out, "\n") != 3 {
				t.Errorf("%v: %s%s", err, out, errs)
			}
		}
	}
	idle := serving(t, people, texts)
	first := idle.as(t, "ann")
	one := newClerk(t, first, 0)
	if err := one.note("first"); err != nil {
		t.Fatal(err)
	}
	one.close()
	first.Close()
	rest(idle)
	h := serving(t, people, texts)
	rest(h)
	before := h.status(t, "VmRSS:")
	var clients []*gossh.Client
	var all []*clerk
	for i := range *deciders {
		c := h.as(t, people[i%(len(people)-1)])
		clients = append(clients, c)
		all = append(all, newClerk(t, c, i%3))
	}
	looks := h.as(t, "eve")
	clients = append(clients, looks)
	far := screen(t, looks, 100, 30)
	far.Wait(t, "Story")
	far.Type("\r")
	errs := make([]error, len(all))
	var working sync.WaitGroup
	end := time.Now().Add(*deciding)
	for i, k := range all {
		working.Go(func() {
			time.Sleep(time.Duration(rand.IntN(1000)) * time.Millisecond)
			for n := 0; errs[i] == nil && time.Now().Before(end); n++ {
				next := time.Now().Add(time.Second)
				errs[i] = k.note(fmt.Sprintf("s%dn%d.", i, n))
				time.Sleep(time.Until(next))
			}
		})
	}
	working.Wait()
	busy := h.status(t, "VmRSS:")
	sent := map[string]bool{}
	for i, k := range all {
		if errs[i] != nil {
			t.Error(errs[i])
		}
		for _, text := range k.sent {
			sent[text] = true
		}
		k.close()
	}
	far.session.Close()
	kept := 0
	for i := range 3 {
		out, errs, err := ask(t, clients[1], fmt.Sprintf("log 'Story %d'", i))
		if err != nil {
			t.Fatalf("%v\n%s", err, errs)
		}
		for _, m := range regexp.MustCompile(`"value":"(s\d+n\d+\.)"`).FindAllStringSubmatch(out, -1) {
			if kept++; !sent[m[1]] {
				t.Errorf("%s was not sent, or is there twice", m[1])
			}
			delete(sent, m[1])
		}
	}
	if len(sent) > 0 {
		t.Errorf("lost: %d decisions", len(sent))
	}
	for _, c := range clients {
		c.Close()
	}
	rest(h)
	time.Sleep(2 * time.Second)
	after := h.status(t, "VmRSS:")
	log := h.logged()
	base, n := idle.goroutines(t), h.goroutines(t)
	t.Logf("%d decisions by %d sessions; %.0f MB before, %.0f MB during, %.0f MB after; %d goroutines, %d after one session", kept, len(all), before, busy, after, n, base)
	if n > base+len(people) {
		t.Errorf("%d goroutines are left, %d after one session: %q", n, base, regexp.MustCompile(`(?m)^created by .*$`).FindAllString(h.logged(), -1))
	}
	if after > busy+10 || strings.Contains(log, "level=ERROR") || strings.Contains(log, "panic") {
		t.Errorf("%.0f MB after, %.0f MB during\n%s", after, busy, log)
	}
}

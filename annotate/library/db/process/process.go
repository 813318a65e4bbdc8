// Package process tells whether a process that left its mark still runs. A mark names the process by what the system gives to no
// other: its number and when it was started, on which computer and since which start of that.
package process

import (
	"os"
	"strconv"
	"strings"
	"sync"
)

// A State is what can be said of a process.
type State uint8

// The states of a process.
const (
	Unknown   State = iota // nobody left a mark, or not one that can be read
	Running                // here
	Elsewhere              // on another computer, or in another container: only that can tell
	Ended                  // killed, or left without a word
)

// A mark is who a process is.
type mark struct {
	host string
	boot string // which start of the computer and, on Linux, which container; empty where times say it
	pid  int
	at   string // when the process was started, in the system's own unit; empty where nothing tells
}

// Mark returns the mark of this process, one line.
var Mark = sync.OnceValue(func() string {
	host, _ := os.Hostname()
	at, _ := started(os.Getpid())
	return mark{host, boot(), os.Getpid(), at}.String()
})

func (m mark) String() string {
	return strings.Join([]string{field(m.host), field(m.boot), strconv.Itoa(m.pid), field(m.at)}, " ")
}

// field returns text as a part of a mark.
func field(text string) string {
	if text = strings.Join(strings.Fields(text), "_"); text == "" {
		return "-"
	}
	return text
}

// parse is the reverse of [mark.String].
func parse(text string) (m mark, ok bool) {
	f := strings.Fields(text)
	if len(f) != 4 {
		return m, false
	}
	pid, err := strconv.Atoi(f[2])
	return mark{f[0], f[1], pid, f[3]}, err == nil && pid > 0
}

// Of returns the state of the process that left a mark.
func Of(text string) State {
	if text == Mark() {
		return Running
	}
	m, ok := parse(text)
	own, _ := parse(Mark())
	switch {
	case !ok:
		return Unknown
	case m.host != own.host:
		return Elsewhere
	case m.boot != own.boot:
		return otherBoot(m.boot, own.boot)
	}
	switch at, runs := started(m.pid); {
	case !runs || field(at) != m.at:
		return Ended
	default:
		return Running
	}
}

// otherBoot returns the state of a process that is not of this start of the computer, or not of this container.
func otherBoot(its, own string) State {
	its, _, _ = strings.Cut(its, "/")
	own, _, _ = strings.Cut(own, "/")
	if its == own {
		return Elsewhere
	}
	return Ended
}

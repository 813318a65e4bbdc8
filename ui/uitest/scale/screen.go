package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"byline/ui/uitest"
)

// A tour is a program whose library screen is measured.
type tour struct {
	*uitest.Process
	cmd   *exec.Cmd
	start time.Time
}

// screen measures the library screen of a program.
func screen(program, library string) error {
	home, err := os.MkdirTemp("", "byline-scale")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	cmd := exec.Command(program, "--library", library)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+home, "XDG_STATE_HOME="+home, "XDG_CONFIG_HOME="+home,
		"TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "BYLINE_LIBRARY=", "BYLINE_THEME=")
	t := tour{cmd: cmd, start: time.Now()}
	if t.Process, err = uitest.Run(cmd, 100, 40); err != nil {
		return err
	}
	defer t.Kill()
	return t.measure()
}

func (t *tour) measure() error {
	listed := func(text string) bool {
		return strings.Contains(text, " articles · ") && strings.Contains(text, " 1/")
	}
	if err := t.until("start to list", listed); err != nil {
		return err
	}
	t.start = time.Now()
	t.Type("j") // waits until the list is whole
	if err := t.until("key after it", func(text string) bool { return strings.Contains(text, " 2/") }); err != nil {
		return err
	}
	t.memory()
	for _, step := range []struct{ keys, name, shows string }{
		{"G", "to the end", ""}, {"g", "to the start", " 1/"}, {"/", "filter", "filter"}, {"f", "letter", "of "}, {"e", "letter", ""}, {"r", "letter", ""}, {"r", "letter", ""},
		{"\x1b", "no filter", " articles · "}, {"s", "sort by title", "by title"}, {"s", "sort by date", "by date"}, {"R", "review", "review 1 of"},
	} {
		before := t.Text()
		t.start = time.Now()
		t.Type(step.keys)
		err := t.until(step.name, func(text string) bool { return text != before && strings.Contains(text, step.shows) })
		if err != nil {
			return err
		}
		time.Sleep(300 * time.Millisecond) // what comes later comes
	}
	t.memory()
	return nil
}

// longest is how long a step may take.
const longest = 2 * time.Minute

// until waits until the screen is as it should, and prints how long that took.
func (t *tour) until(name string, ok func(string) bool) error {
	for time.Since(t.start) < longest {
		if ok(t.Text()) {
			fmt.Printf("%8.1f ms  %s\n", float64(time.Since(t.start).Microseconds())/1000, name)
			return nil
		}
		time.Sleep(time.Millisecond)
	}
	return fmt.Errorf("%s: not on the screen after %v:\n%s", name, longest, t.Text())
}

// memory prints how much memory the program has and had.
func (t *tour) memory() {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(t.cmd.Process.Pid) + "/status")
	if err != nil {
		return // no such thing on this system
	}
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") {
			fmt.Println("         ", strings.Join(strings.Fields(line), " "))
		}
	}
}

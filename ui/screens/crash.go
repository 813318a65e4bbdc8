package screens

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"byline/articles/clean"
	"byline/ui/hints"
)

// A crash holds the report of the first panic until the terminal is restored. It is safe for
// concurrent use.
type crash struct {
	mu     sync.Mutex
	cause  any
	report string
}

// note notes a panic, in the goroutine that panics.
func (c *crash) note(cause any) {
	stack := debug.Stack()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report == "" {
		c.cause, c.report = cause, fmt.Sprintf("%v\n\n%s", cause, stack)
	}
}

// errFault tells somebody of a panic.
var errFault = errors.New("a fault in byline ended it; every decision that was shown is kept")

// text returns the report; empty if there was no panic.
func (c *crash) text(version string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report == "" {
		return ""
	}
	return fmt.Sprintf("byline %s\n\n%s", version, c.report)
}

// crashed writes the report to a file and returns what to tell the user; nil if there was no panic.
func (s machine) crashed(c *crash) error {
	report := c.text(s.Options.Version)
	if report == "" {
		return nil
	}
	path, err := writeReport(report)
	if err != nil {
		return hints.With(errFault, "no report could be written (%v): %s", err, clean.Line(fmt.Sprint(c.cause)))
	}
	return hints.With(errFault, "a report is in %s", path)
}

// writeReport writes a report to a temporary file and returns its name.
func writeReport(report string) (string, error) {
	f, err := os.CreateTemp("", "byline-"+time.Now().Format("2006-01-02")+"-*.txt")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(report)
	return f.Name(), errors.Join(err, f.Close())
}

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

// err writes the report to a file and returns what to tell the user; nil if there was no panic.
func (c *crash) err(version string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report == "" {
		return nil
	}
	fault := errors.New("a fault in byline ended it; every decision that was shown is kept")
	path, err := c.write(version)
	if err != nil {
		return hints.With(fault, "no report could be written (%v): %s", err, clean.Line(fmt.Sprint(c.cause)))
	}
	return hints.With(fault, "a report is in %s", path)
}

// write writes the report to a temporary file and returns its name.
func (c *crash) write(version string) (string, error) {
	f, err := os.CreateTemp("", "byline-"+time.Now().Format("2006-01-02")+"-*.txt")
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintf(f, "byline %s\n\n%s", version, c.report)
	return f.Name(), errors.Join(err, f.Close())
}

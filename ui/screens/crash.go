package screens

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"
)

// A crash holds the report of a panic until the terminal is restored.
type crash struct{ report string }

func (c *crash) note(cause any) { c.report = fmt.Sprintf("%v\n\n%s", cause, debug.Stack()) }

// write writes the report to a temporary file and returns its name; empty if there was no panic.
func (c *crash) write(version string) string {
	if c.report == "" {
		return ""
	}
	f, err := os.CreateTemp("", "byline-"+time.Now().Format("2006-01-02")+"-*.txt")
	if err != nil {
		return ""
	}
	defer f.Close()
	fmt.Fprintf(f, "byline %s\n\n%s", version, c.report)
	return f.Name()
}

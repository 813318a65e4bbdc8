package ui

import (
	"fmt"
	"time"
)

// Articles returns a number of articles in words: "1 article", "12 articles".
func Articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}

// Minute returns a time to the minute, as it is here; "never" for the zero time.
func Minute(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04")
}

package library

import (
	"fmt"
	"strconv"

	"byline/annotate/library"
)

// formatMinutes formats a reading time in at most three cells, in hours if it is long.
func formatMinutes(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(min(n/60, 99)) + "h"
}

// readingTime says how long an article takes to read.
func readingTime(n int) string {
	if n < 1000 {
		return formatMinutes(n) + " min"
	}
	return strconv.Itoa(n/60) + " h"
}

// count formats n, or an ellipsis until the article is annotated.
func count(e *library.Entry, n int) string {
	if !e.Annotated {
		return "…"
	}
	return strconv.Itoa(n)
}

// percent formats a share. Only the whole is 100%, and only nothing is a dash.
func percent(share float64) string {
	switch {
	case share <= 0:
		return "–"
	case share >= 1:
		return "100%"
	}
	return fmt.Sprintf("%d%%", min(99, max(1, int(share*100+.5))))
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

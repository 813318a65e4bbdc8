package web

import (
	"bytes"
	"regexp"
)

// The start of pages, and of fragments of pages, after any comments.
var (
	page     = regexp.MustCompile(`(?i)^(?:<\?xml[^>]*>|<!--(?:.|\n)*?-->|\s+)*<(?:!doctype\s+html|html|head|body)[\s>]`)
	fragment = regexp.MustCompile(`(?i)^(?:<!--(?:.|\n)*?-->|\s+)*<(?:article|main|section|div|p|h[1-6]|meta|title|ul|ol|table|blockquote)[\s>]`)
)

// IsPage reports whether data, in any encoding that extends ASCII, starts like a whole page.
func IsPage(data []byte) bool { return startsWith(page, data) }

// IsFragment reports whether data starts with an element of the body of a page.
func IsFragment(data []byte) bool { return startsWith(fragment, data) }

func startsWith(what *regexp.Regexp, data []byte) bool {
	data = data[:min(len(data), 4<<10)]
	return what.Match(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff"))))
}

// Package report writes documents for people: who is named, who said what, and the text
// with both marked, in Markdown, for Obsidian, and as a web page. It escapes everything
// that comes from outside, so that it reads as it did and nothing of it becomes markup.
package report

import (
	"byline/annotate/format"
)

// HTML is a report as a web page.
var HTML = format.Format{Name: "html", Extension: ".html", About: "report for a browser: people, quotes by speaker, the marked text", Apart: true,
	Passages:  true,
	NewWriter: format.Each(writeHTML)}

// Markdown is a report in Markdown.
var Markdown = format.Format{Name: "markdown", Extension: ".md", About: "for reading: people, quotes, the marked text",
	Passages:  true,
	NewWriter: format.Between("", "\n---\n\n", "", writeMarkdown)}

// Obsidian is a note for Obsidian, an editor of linked Markdown files.
var Obsidian = format.Format{Name: "obsidian", Extension: ".md", About: "Obsidian note: names link to notes, quotes are blocks with IDs", Apart: true,
	Passages:  true,
	NewWriter: format.Each(writeObsidian)}

package library_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"byline/annotate/library"
	"byline/articles"
)

// What is known of an article is listed, and nothing else.
func TestFacts(t *testing.T) {
	t.Parallel()
	day := articles.Day(2026, 11, 2)
	a := &articles.Article{Title: "The press is sold", Site: "Halden Courier", Date: day, Source: "/home/ann/press.html", Format: articles.HTML, Text: "It is.",
		Credits: articles.Credits{Authors: []string{"Ann Lee", "Bo Gray"}, Agencies: []string{"Coast Press"}, URL: "https://example.org/press", Section: "Business", Language: "en", Updated: articles.ParseDate("2026-11-02T01:30+01:00")}}
	e := &library.Entry{Words: 500, Version: 2, Added: time.Date(2026, 11, 3, 9, 5, 0, 0, time.Local), Tags: []string{"todo"}}
	got := ""
	for _, f := range library.Facts(a, e, time.Local) {
		got += fmt.Sprintf("%s: %s\n", f.Name, f.Text)
	}
	want := `Site: Halden Courier
Address: https://example.org/press
Authors: Ann Lee, Bo Gray
Agencies: Coast Press
Section: Business
Published: 2 November 2026
Updated: 2 November 2026, 01:30 +01:00
Language: en
Length: 500 words, 2 minutes
Format: html
Added: 3 November 2026, 09:05
From: /home/ann/press.html
Version: 2, V shows what changed
Tags: todo
`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	var names []string
	for _, f := range library.Facts(&articles.Article{Format: articles.Plain, Source: "-"}, &library.Entry{Words: 1, Version: 1}, time.Local) {
		names = append(names, f.Name)
	}
	if s := strings.Join(names, " "); s != "Length Format From" {
		t.Errorf("of an article of which nothing is known: %s", s)
	}
}

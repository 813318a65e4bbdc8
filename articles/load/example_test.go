package load_test

import (
	"context"
	"fmt"
	"strings"

	"byline/articles/corpus"
	"byline/articles/load"
)

func ExampleBytes() {
	a, err := load.Bytes(context.Background(), "sale.html", []byte(
		"<!doctype html><html><head><title>The sale</title></head><body><article><p>Marta Quill sold the press.</p></article></body></html>"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Format, a.Title, len(a.Blocks))
	fmt.Println(a.Text)
	// Output:
	// html The sale 2
	// The sale
	//
	// Marta Quill sold the press.
}

func ExampleEachIn() {
	const box = `From a@example.org Mon Mar  9 10:30:00 2026
From: Ann Lee <a@example.org>
Subject: The sale

Marta Quill sold the press.

From b@example.org Mon Mar  9 10:40:00 2026
From: Bo Gray <b@example.org>
Subject: The ferry

The ferry sails.
`
	for a, err := range load.EachIn(context.Background(), strings.NewReader(box), "box") {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s by %s: %s\n", a.Title, a.Author, a.Text)
	}
	// Output:
	// The sale by Ann Lee: Marta Quill sold the press.
	// The ferry by Bo Gray: The ferry sails.
}

func ExampleRecords() {
	table := strings.NewReader("nr,body\n7,Marta Quill sold the press.\n8,\n")
	for it := range load.Records(context.Background(), table, "a.csv", "csv", corpus.Columns{ID: "nr"}) {
		a, err := it.Load()
		fmt.Println(it.Place, a.ID, a.Text, err)
	}
	// Output:
	// a.csv:2 7 Marta Quill sold the press. <nil>
	// a.csv:3 8  <nil>
}

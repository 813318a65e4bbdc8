package db_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles"
)

func ExampleOpen() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	lib, err := db.Open(ctx, filepath.Join(dir, "library.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer lib.Close()

	added, err := lib.Add(ctx, &articles.Article{Title: "The Ferry", Source: "ferry.txt", Text: "The ferry sails at six."})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added.Outcome, added.ID, "version", added.Version)
	added, err = lib.Add(ctx, &articles.Article{Title: "The Ferry", Source: "ferry.txt", Text: "The ferry sails at seven."})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added.Outcome == db.Changed, added.ID, "version", added.Version)

	e, err := query.Parse("sails -tag:todo", query.Options{})
	if err != nil {
		log.Fatal(err)
	}
	hits, err := lib.Hits(ctx, e, 10)
	if err != nil {
		log.Fatal(err)
	}
	for _, h := range hits {
		fmt.Println(h.Entry.Title, "—", h.Snippet)
	}
	// Output:
	// added bf6b84230ceb1746 version 1
	// true bf6b84230ceb1746 version 2
	// The Ferry — The ferry sails at seven.
}

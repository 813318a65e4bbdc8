package workspace_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// An article is added and annotated; a person decides that Halden is an organization; everyone who
// opens it afterwards sees that.
func Example() {
	dir, err := os.MkdirTemp("", "byline")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	w, err := workspace.Open(ctx, filepath.Join(dir, "library.db"), find("capitals-1", new(int)), workspace.Options{Who: "ann"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer w.Close(ctx)
	const text = "Marta Quill sold the press to Halden."
	added, err := w.Add(ctx, &articles.Article{ID: articles.TextID(text), Title: "The press", Source: "press.txt", Format: articles.Plain, Text: text})
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := w.Open(ctx, added.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := strings.Index(text, "Halden")
	halden := review.Target{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + len("Halden")}}
	_, said, err := w.Edit(ctx, doc.Article, review.Edit{Verb: annotate.Relabel, Value: "organization", Targets: []review.Target{halden}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(said)
	if doc, err = w.Open(ctx, added.ID); err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range doc.Layer.Entities {
		fmt.Println(e.Name, e.Type)
	}
	// Output:
	// Tagged “Halden” as organization
	// Marta Quill person
	// Halden organization
}

// Two people work in one library at the same time, in one process.
func ExampleFor() {
	dir, err := os.MkdirTemp("", "byline")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	w, err := workspace.Open(ctx, filepath.Join(dir, "library.db"), find("capitals-1", new(int)), workspace.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer w.Close(ctx)
	for _, m := range []workspace.Member{{Who: "ann"}, {Who: "bob", Reads: true}} {
		one := workspace.For(w, m)
		fmt.Println(workspace.Signer(one), "only reads:", one.Library.ReadOnly())
		_ = one.Close(ctx) // the library stays open
	}
	// Output:
	// ann only reads: false
	// bob only reads: true
}

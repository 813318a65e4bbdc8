package markdown_test

import (
	"context"
	"fmt"

	"byline/articles/markdown"
)

func ExampleImport() {
	a, err := markdown.Import(context.Background(), []byte("# The sale\n\n[Marta Quill](https://example.org/quill) sold [the press](https://example.org).\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Text)
	for _, in := range a.Inline {
		fmt.Printf("%q %s\n", in.In(a.Text), in.Target)
	}
	// Output:
	// The sale
	//
	// Marta Quill sold the press.
	// "Marta Quill" https://example.org/quill
	// "the press" https://example.org
}

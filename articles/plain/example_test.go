package plain_test

import (
	"fmt"

	"byline/articles/plain"
)

func ExampleImport() {
	a := plain.Import([]byte("The sale\n\nMarta Quill sold the press.\nShe kept the paper.\n"))
	fmt.Println(a.Title)
	for _, b := range a.Blocks {
		fmt.Printf("%d–%d %q\n", b.Start, b.End, b.In(a.Text))
	}
	// Output:
	// The sale
	// 0–8 "The sale"
	// 10–57 "Marta Quill sold the press.\nShe kept the paper."
}

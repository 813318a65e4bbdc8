package builder_test

import (
	"fmt"

	"byline/articles"
	"byline/articles/builder"
)

func Example() {
	b := builder.New(&articles.Article{}, 0)
	var title, text builder.Words
	title.WriteString(" The sale ")
	b.Add(&title, articles.Block{Kind: articles.Heading, Level: 1})
	text.WriteString("Marta Quill")
	text.Style(0, articles.Strong, "")
	text.WriteString(" sold the press.")
	b.Add(&text, articles.Block{})
	a := b.Done()
	fmt.Printf("%q\n", a.Text)
	fmt.Println(a.Inline[0].In(a.Text))
	// Output:
	// "The sale\n\nMarta Quill sold the press."
	// Marta Quill
}

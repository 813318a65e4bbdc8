package engine_test

import (
	"fmt"

	"byline/annotate/engine"
)

func ExampleEngine_Annotate() {
	e, err := engine.Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	const text = "Marta Quill sold the press on Monday. “We sold the press,” she said, “not the paper.”"
	l := e.Annotate(text, nil)
	for i := range l.Entities {
		x := &l.Entities[i]
		fmt.Printf("%s: %s, %d mentions\n", x.Type, x.Name, len(x.Mentions))
	}
	for _, q := range l.Quotes {
		fmt.Printf("%s, %s: %s\n", l.Entity(q.Speaker).Name, q.Type, q.In(text))
	}
	// Output:
	// person: Marta Quill, 2 mentions
	// Marta Quill, direct: “We sold the press,”
	// Marta Quill, direct: “not the paper.”
}

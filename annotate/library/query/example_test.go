package query_test

import (
	"fmt"

	"byline/annotate/library/query"
)

func ExampleParse() {
	e, err := query.Parse(`by:"Ann Lee" said:strike -tag:todo`, query.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	e.Terms(func(t *query.Term) { fmt.Println(t.Field, t.Text, "of", t.Same[0].Text) })
	fmt.Println("asks for quotes:", e.Quotes())

	_, err = query.Parse("wepon:orrin", query.Options{Labels: []string{"weapon"}})
	fmt.Println(err)
	// Output:
	// said strike of Ann Lee
	// asks for quotes: true
	// there is no field wepon:; do you mean weapon:?
}

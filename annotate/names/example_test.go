package names_test

import (
	"fmt"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/segment"
)

// Titles are cut from the names that the tagger found, and kept; a name with an ampersand is one
// organization.
func ExampleFind() {
	d := segment.Split("Mr. Ferris left Quill & Sons.", nil)
	for _, m := range names.Find(d, capitals{}) {
		fmt.Printf("%s %q, title %q\n", m.Type, m.In(d.Text), m.Title.In(d.Text))
	}
	// Output:
	// person "Ferris", title "Mr."
	// organization "Quill & Sons", title ""
}

// Capitals is a tagger that takes each run of capitalized words for a person.
type capitals struct{}

func (capitals) Tag(d *annotate.Doc) []names.Name {
	var found []names.Name
	for t := 0; t < len(d.Tokens); t++ {
		first := t
		for t < len(d.Tokens) && 'A' <= d.Word(t)[0] && d.Word(t)[0] <= 'Z' {
			t++
		}
		if first < t {
			found = append(found, names.Name{Range: annotate.Range{First: first, End: t}, Type: annotate.Person, Score: 0.5})
		}
	}
	return found
}

func (capitals) Version() string { return "capitals-1" }

func (capitals) Rule() annotate.Rule {
	return annotate.Rule{Name: "capitals", Says: "It has a capital."}
}

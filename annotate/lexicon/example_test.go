package lexicon_test

import (
	"fmt"

	"byline/annotate/lexicon"
)

// A phrase is looked up word by word, without joining its words.
func ExampleKey() {
	key := lexicon.Key(0).Add("New")
	fmt.Println(key.Class()&lexicon.Opens != 0)
	key = key.Add("York")
	fmt.Println(key.Class()&lexicon.Region != 0)
	// Output:
	// true
	// true
}

func ExampleFirstName() {
	male, female := lexicon.FirstName("Marta")
	fmt.Println(male, female)
	// Output: 0 1
}

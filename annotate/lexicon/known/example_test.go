package known_test

import (
	"fmt"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// Phrases are looked up token by token, from the first token's facts on.
func Example() {
	tokens := []string{"Save", "the", "Children", "warned"}
	longest := known.Word(tokens[0]).Longest()
	key := lexicon.Key(0).Token(tokens[0])
	for n := 2; n <= min(longest, len(tokens)); n++ {
		key = key.Token(tokens[n-1])
		facts := known.Of(key)
		if facts&known.Types != 0 {
			fmt.Println(tokens[:n], facts.Kind(), facts.Certain())
		}
		if n == 2 {
			longest = facts.Longest()
		}
	}
	// Output: [Save the Children] society true
}

// Acronyms are looked up as they are written, but without dots.
func ExampleWord() {
	for _, word := range []string{"WHO", "who", "W.F.P.", "CAN", "can"} {
		facts := known.Word(word)
		fmt.Println(word, facts.Has(known.Organization))
	}
	// Output:
	// WHO true
	// who false
	// W.F.P. true
	// CAN true
	// can false
}

// The forms of one entity have the same owner.
func ExampleOwner() {
	long := lexicon.Key(0).Token("British").Token("Broadcasting").Token("Corporation")
	fmt.Println(known.Owner(long) == known.WordOwner("BBC"))
	// Output: true
}

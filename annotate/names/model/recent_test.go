package model

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"byline/annotate/names"
	"byline/annotate/segment"
)

// What one text leaves to the next changes nothing: a model that has tagged others finds in a text what a fresh one finds, also
// while others are tagged, and a word that another had the place of is looked up.
func TestTextsLeaveNothingBehind(t *testing.T) {
	texts := []string{
		"Ann Lee of the Halden Port Authority met Bo Gray in Lund.",
		"ann lee of the halden port authority met bo gray in lund.",
		"Lee said Gray, of Halden, left. " + strings.Repeat("The Orrin Bay Council voted; Zoë Müller did not. ", 40),
		"", "—", "A.",
	}
	tag := func(m *Model, text string) []names.Name {
		return m.Tag(segment.Split(text, nil))
	}
	shared, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	shared.count(fastFrom) // as after many texts
	var want [][]names.Name
	for _, text := range texts {
		fresh, err := Open(file)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, tag(fresh, text))
	}
	if len(want[0]) == 0 || reflect.DeepEqual(want[0], want[1]) {
		t.Fatalf("%v, %v", want[0], want[1])
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 3 {
				for i, text := range texts {
					if got := tag(shared, text); !reflect.DeepEqual(got, want[i]) {
						t.Errorf("%.40q: %v, not %v", text, got, want[i])
					}
				}
			}
		})
	}
	all.Wait()

	recent := new(recentWords)
	var halden, lund, got word
	shared.look(&halden, "Halden", nil)
	shared.look(&lund, "Lund", nil)
	recent.keep(&halden, "Halden")
	if recent.find(&got, "Lund", hash("Halden")) { // as if both had one hash
		t.Errorf("another word has what is known of Halden: %+v", got)
	}
	if !recent.find(&got, "Halden", hash("Halden")) || got != halden || got == lund {
		t.Errorf("%+v, not %+v", got, halden)
	}
}

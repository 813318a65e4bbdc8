package linear

import (
	"strings"
	"testing"

	"byline/ui/reader"
)

// otherwise are the keys that mean another thing here than on the reader's screen. The
// list may only shrink: the package comment promises that there are none.
var otherwise = map[string]string{
	"y": "confirm-next / confirm", "Y": "alike / confirm-next", ".": "again / next", ",": "note / previous", "t": "tags / label",
	"#": "label / go", "&": "cue / open", "(": "start-later / jump-back", ")": "end-earlier / jump-forth", "b": "page-up / back",
}

// A key that the reader's screen has means the same here.
func TestKeysMeanTheSame(t *testing.T) {
	onScreen := map[string]string{}
	for _, b := range reader.Bindings() {
		_, action, _ := strings.Cut(string(b.Action), ".")
		for _, key := range b.Keys {
			onScreen[key] = action
		}
	}
	for _, c := range articleCommands {
		there := onScreen[c.key]
		known, listed := otherwise[c.key]
		switch both := there + " / " + c.word; {
		case there == "" || there == c.word:
			if listed {
				t.Errorf("%s means the same by now: take it off the list", c.key)
			}
		case known != both:
			t.Errorf("%q: on the screen and here: %s", c.key, both)
		}
	}
}

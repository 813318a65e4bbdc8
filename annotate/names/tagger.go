package names

import "byline/annotate"

// A Tagger finds where names are in a text and of what type. What [Find] does with them is the
// same for every tagger.
type Tagger interface {
	// Tag returns the names in d, in order and without overlap. The same d gives the same
	// names. Several documents may be tagged at once.
	Tag(d *annotate.Doc) []Name
	// Version names the tagger. It changes whenever the same text may get other names: layers
	// are stored by it, and a layer of another version is not served.
	Version() string
	// Rule is the rule that the origins of its mentions name, with what it goes by.
	Rule() annotate.Rule
}

// A Releaser is a tagger that can give back memory, and gets it again when it needs it.
type Releaser interface{ Release() }

// A Name is a name as a tagger finds it: its tokens, its type, and the probability that both
// are right.
type Name struct {
	annotate.Range
	Type  annotate.Type
	Score float64
}

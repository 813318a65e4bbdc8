package names

import "byline/annotate"

// A Tagger says where names are in a text and what they are of. What [Find] does with
// them needs no training and is the same for every tagger.
type Tagger interface {
	// Tag returns the names in d, in order and without overlap. The same d gives the same
	// names, whatever else is tagged at the same time.
	Tag(d *annotate.Doc) []Name
	// Version names the tagger, and changes whenever the same text may get other names:
	// layers are stored by it, and one that another version made is not served.
	Version() string
	// Rule is what the origins of its mentions name, with what it goes by.
	Rule() annotate.Rule
}

// A Releaser is a tagger that can give back memory which it gets again when it needs it.
type Releaser interface{ Release() }

// A Name is a name as a tagger finds it: its tokens, what it is of, and the probability
// that both are right.
type Name struct {
	annotate.Range
	Type  annotate.Type
	Score float64
}

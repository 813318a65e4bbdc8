package names

import (
	"slices"

	"byline/annotate"
)

// A Tagger finds where names are in a text and of what type. [Find] treats the names of every
// tagger the same way.
type Tagger interface {
	// Tag returns the names in d, sorted and without overlap. The same d gives the same names. Tag
	// must be safe for concurrent use.
	Tag(d *annotate.Doc) []Name
	// Version identifies the tagger. It changes whenever the same text may get other names: layers
	// are stored by it, and a layer of another version is not served.
	Version() string
	// Rule is the rule in the origins of its mentions, with an explanation.
	Rule() annotate.Rule
}

// A Releaser is a tagger that can free memory, and allocates it again when needed.
type Releaser interface{ Release() }

// A Name is a name as a tagger finds it: its tokens, its type, and the probability that both
// are right. Shares may be left out.
type Name struct {
	annotate.Range
	Type   annotate.Type
	Score  float64
	Shares Shares
}

// as returns n as a name of type t, as surely as it is a name.
func (n Name) as(t annotate.Type) Name {
	name := 1 - n.Shares[4]
	n.Type, n.Shares = t, Shares{4: n.Shares[4]}
	n.Shares[slices.Index(types[:], t)] = name
	return n
}

// types are the types in the order of Shares.
var types = [4]annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}

// Shares are the probabilities that a span is of each of the four types, in the order person,
// organization, place, other, and last that it is no name.
type Shares = [5]float32

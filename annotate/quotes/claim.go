package quotes

import (
	"byline/annotate/quotes/grammar"
	"byline/articles"
)

// A claim is who is said to speak a quotation, or words without marks.
type claim struct {
	grammar.Attribution
	span articles.Span // of words without marks; of a quotation, unused
	rule *rule
	gap  int  // tokens between the cue and the quotation
	skip bool // the quotation is no speech
}

// by returns the claim that who speaks, without a cue.
func by(who grammar.Subject) claim { return claim{Attribution: grammar.Attribution{Who: who}} }

// found reports whether a rule decided.
func (c *claim) found() bool { return c.rule != nil }

// attributed reports whether a rule found who speaks, be it nobody who is known.
func (c *claim) attributed() bool { return c.rule != nil && c.rule != &nobody }

// from reports whether one of the rules with these names made the claim.
func (c *claim) from(names ...string) bool {
	for _, n := range names {
		if c.rule.name == n {
			return true
		}
	}
	return false
}

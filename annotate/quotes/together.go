package quotes

import (
	"byline/annotate"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
)

// A joint finds who speaks together.
type joint struct{ *surroundings }

// together finds all who speak by the claim c where names are joined, Biden and Ames said; said Ann Lee,
// Tom Ferris and Halden. The first is the speaker, and the others are its companions. Of “Ames and
// others” Ames speaks alone.
func (an joint) together(c *claim) {
	who := c.Who
	if who.Empty() || who.B == 0 || who.Form == annotate.Pronoun {
		return
	}
	before := an.allBefore(who.A)
	named := who.Entity >= 0 && who.Form == annotate.Name
	switch {
	case len(before) > 0 && (named || who.Entity < 0):
		c.Who = an.Subject(before[len(before)-1])
		for k := len(before) - 2; k >= 0; k-- {
			c.also = append(c.also, before[k].Entity)
		}
		if named {
			c.also = append(c.also, who.Entity)
		}
	case named:
		also, end := an.joinedBehind(who.B)
		if c.Cue.Start < who.Start && !an.verbAt(end) || end < len(an.d.Tokens) && an.d.Tokens[end].Start == c.Cue.Start {
			c.also = also
		}
	}
}

// allBefore returns the names that are joined to the one or the noun whose first token is t, the last
// first; none where these do not start a clause.
func (an joint) allBefore(t int) []*grammar.Name {
	var names []*grammar.Name
	for n := an.joinedBefore(t); n != nil && len(names) < mostTogether; n = an.joinedBefore(n.A) {
		names = append(names, n)
	}
	if len(names) > 0 && an.startsClause(names[len(names)-1].A) {
		return names
	}
	return nil
}

// verbAt reports whether token t is the verb of another sentence: said Lee, and Ferris left.
func (an joint) verbAt(t int) bool {
	return t < len(an.d.Tokens) && an.Word(t) && !words.Of.Has(an.Low(t)) && !words.Fronting.Has(an.Low(t)) && !an.Upper(t)
}

// joinedBefore returns the name of a person or organization that "and" or a comma of a list joins to the
// name or noun whose first token is t, over its titles; nil for none.
func (an joint) joinedBefore(t int) *grammar.Name {
	k := an.beforeTitles(t)
	if an.Is(k, ",") && an.SpeakerNoun(k-1) { // "Lee and his wife, Ida Moss,"
		k = an.beforeTitles(k)
	}
	if an.In(k, "his", "her", "their") {
		k--
	}
	and := an.In(k, "and", "nor")
	if and && an.Is(k-1, ",") {
		k--
	}
	if !and && (!an.Is(k, ",") || an.listEnd(t) < 0) {
		return nil
	}
	n := an.NameAt(k - 1)
	if n == nil || n.Possessive || n.B != k || an.Marked(k-1) || !isSpeaker(&an.es[n.Entity]) {
		return nil
	}
	return n
}

// beforeTitles returns the token before the titles and roles that are before token t.
func (an joint) beforeTitles(t int) int {
	k := t - 1
	for k >= 0 && t-k <= roleWords && an.Word(k) && an.NameAt(k) == nil && !an.In(k, "and", "Neither") && (an.Upper(k) || an.SpeakerNoun(k)) {
		k--
	}
	return k
}

// listEnd returns the token of the "and" that ends the list in which the name at token t is, −1 where
// it is in none: “Lee, Ferris and Quill”.
func (an joint) listEnd(t int) int {
	for k := t; k < min(len(an.d.Tokens), t+listTokens); k++ {
		switch {
		case an.Is(k, "and"):
			return k
		case an.NameAt(k) == nil && !an.Is(k, ",") && !an.Upper(k) && !an.SpeakerNoun(k):
			return -1
		}
	}
	return -1
}

// startsClause reports whether the name at token t, with its titles, is where a clause starts: what is
// before it joins it to nothing.
func (an joint) startsClause(t int) bool {
	k := an.beforeTitles(t)
	if k < 0 || an.Ends(k) || an.Marked(k) || an.SentenceOf(k) != an.SentenceOf(t) {
		return true
	}
	return an.In(k, ",", ":", "Neither", "neither", "that", "but", "while", "as", "the", "The", "—", "–") && !words.Aiming.Has(an.Low(k))
}

// joinedBehind returns the entities of the names that are joined to the name before token k, “Lee, Ferris
// and Quill”, and the token behind them.
func (an joint) joinedBehind(k int) (found []int, end int) {
	for len(found) < mostTogether {
		and := an.Is(k, "and") || an.Is(k, ",") && an.Is(k+1, "and")
		if !and && !an.Is(k, ",") {
			break
		}
		for an.In(k, ",", "and") {
			k++
		}
		who, ok := an.SubjectFrom(k, min(len(an.d.Tokens), k+grammar.Reach))
		if !ok || who.Entity < 0 || who.Form != annotate.Name || !isSpeaker(&an.es[who.Entity]) || an.Marked(who.A) {
			break
		}
		found = append(found, who.Entity)
		if k = who.B; and {
			return found, k
		}
	}
	return nil, k
}

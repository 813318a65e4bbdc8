package engine

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
)

// speakers turns places and other things that speak in qs into organizations. A place that is in
// the lists stays one: "Moscow said".
func speakers(es []annotate.Entity, qs []annotate.Quote) []annotate.Entity {
	speaks := map[string]bool{}
	for i := range qs {
		if !qs[i].Cue.Empty() {
			for _, id := range qs[i].Speakers() {
				speaks[id] = true
			}
		}
	}
	out := slices.Clone(es)
	for i := range out {
		e := &out[i]
		if !speaks[e.ID] || e.Type != annotate.Other && e.Type != annotate.Place || listed(e.Name) {
			continue
		}
		e.Type, e.Mentions = annotate.Organization, slices.Clone(e.Mentions)
		for k := range e.Mentions {
			e.Mentions[k].Type = e.Type
		}
	}
	return out
}

// listed reports whether name is in the lists as a place or a people.
func listed(name string) bool {
	var k lexicon.Key
	for w := range strings.FieldsSeq(name) {
		k = k.Add(w)
	}
	return k.Class()&(lexicon.City|lexicon.Region|lexicon.Country|lexicon.Demonym) != 0
}

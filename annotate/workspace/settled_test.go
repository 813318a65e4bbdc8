package workspace

import (
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// What curators decided on the same words is no conflict any more; two decisions with one ID are, and two curators who differ.
func TestSettledClashes(t *testing.T) {
	t.Parallel()
	on := func(id, who, layer string, start int) annotate.Decision {
		return annotate.Decision{ID: id, Who: who, Layer: layer, Verb: annotate.Relabel, Kind: annotate.OfMention, Target: annotate.Anchor{Span: articles.Span{Start: start, End: start + 4}}}
	}
	d := &Document{}
	d.wholePlaced = []annotate.Decision{on("3", "dora", annotate.Curated, 0)}
	got := d.open([]review.Clash{
		{First: on("1", "ann", "", 0), Second: on("2", "ben", "", 0)},
		{First: on("1", "ann", "", 0), Second: on("1", "ben", "", 0)},
		{First: on("4", "ann", "", 9), Second: on("5", "ben", "", 9)},
		{First: on("3", "dora", annotate.Curated, 0), Second: on("6", "cara", annotate.Curated, 0)},
	})
	if len(got) != 3 || got[0].Second.ID != "1" || got[1].First.ID != "4" || got[2].First.Who != "dora" {
		t.Errorf("%+v", got)
	}
}

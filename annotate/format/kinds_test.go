package format

import (
	"slices"
	"testing"

	"byline/annotate"
	"byline/articles"
)

func span(start, end int) articles.Span { return articles.Span{Start: start, End: end} }

// kinds returns the entities and quotes of a document.
func kinds(d *Document) (out []string) {
	for _, e := range d.Layer.Entities {
		out = append(out, e.ID)
	}
	for _, q := range d.Layer.Quotes {
		out = append(out, "quote by "+q.Speaker)
	}
	return out
}

func TestKinds(t *testing.T) {
	t.Parallel()
	entity := func(id string, typ annotate.Type, ms ...annotate.Mention) annotate.Entity {
		return annotate.Entity{ID: id, Type: typ, Name: id, Mentions: ms}
	}
	found := func(at int) annotate.Mention { return annotate.Mention{Span: span(at, at+1)} }
	rejected, confirmed := found(9), found(7)
	rejected.State, confirmed.State = annotate.Rejected, annotate.Confirmed
	d := &Document{Article: &articles.Article{Text: "a b c d e f"}, Layer: &annotate.Layer{
		Entities: []annotate.Entity{
			entity("e1", annotate.Person, found(0)), entity("e2", annotate.Place, found(2), found(4)), entity("e3", annotate.Place, found(6), confirmed),
			entity("e4", annotate.Other, rejected), entity("e5", annotate.Other, found(8)), entity("e6", "ship", found(10)),
		},
		Quotes:  []*annotate.Quote{{Span: span(0, 5), Speaker: "e1"}},
		Remarks: []annotate.Remark{{Kind: annotate.OfMention, Span: span(8, 9), Text: "check"}},
	}}
	only, left := d.Reviewed()
	if got, want := kinds(only), []string{"e1", "e3", "e4", "e5", "e6", "quote by e1"}; !slices.Equal(got, want) || left != 3 {
		t.Errorf("%q, %d left out", got, left)
	}
	for _, c := range []struct {
		kinds Kinds
		want  []string
	}{
		{nil, []string{"e1", "e2", "e3", "e4", "e5", "e6", "quote by e1"}},
		{Kinds{"person", Quotes}, []string{"e1", "quote by e1"}},
		{Kinds{"ship", Quotes}, []string{"e1", "e6", "quote by e1"}},
		{Kinds{Quotes}, []string{"e1", "quote by e1"}},
		{Kinds{"place"}, []string{"e2", "e3"}},
	} {
		if got := kinds(c.kinds.Of(d)); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, not %q", c.kinds, got, c.want)
		}
	}
	if len(kinds(d)) != 7 || d.Layer.Quotes[0].Speaker != "e1" {
		t.Error("the document was changed")
	}
}

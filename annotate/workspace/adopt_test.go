package workspace_test

import (
	"testing"

	"byline/annotate"
	"byline/annotate/format"
)

// Imported decisions come before those made here: whoever decided here has the last word, whenever
// the import happens.
func TestImportComesBeforeWhatWasDecidedHere(t *testing.T) {
	t.Parallel()
	r := newFixture(t) // as ann
	s := r.open(t, r.add(t, story("a", text)))
	s, _ = r.change(t, s, annotate.Confirm, "Marta Quill", "")
	id := s.Article.ID

	theirs := &annotate.Layer{Entities: []annotate.Entity{
		entityOf("e1", "organization", "Marta Quill"), entityOf("e2", "organization", "Courier")}}
	in, err := r.ImportReading(ctx, id, "ben", &format.Document{Article: s.Article, Layer: theirs})
	if err != nil || in.New == 0 {
		t.Fatalf("%+v, %v", in, err)
	}
	s = r.open(t, id)
	expect(t, s, "Marta Quill person +", "Courier organization +")
	expect(t, enter(t, r.path, "ann", "large-1").open(t, id), "Marta Quill person +", "Courier organization +")
}

// entityOf returns an entity that somebody marked by hand.
func entityOf(id string, typ annotate.Type, words string) annotate.Entity {
	o := annotate.Origin{Human: true, Score: 1}
	return annotate.Entity{ID: id, Type: typ, Name: words, Origin: o, Mentions: []annotate.Mention{
		{Span: span(text, words), Form: annotate.Name, Type: typ, State: annotate.Confirmed, Origin: o}}}
}

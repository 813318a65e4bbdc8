package review

import (
	"testing"

	"byline/annotate"
)

// Where people gave as many mentions of an entity one type as another, the latest
// decision holds for the entity, and with it for the mentions nobody looked at; those
// that were decided otherwise leave it.
func TestLatestOfEqualsDecides(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.do(s.typed(annotate.Relabel, "she", annotate.Organization, false))
	s.has("e1 person Marta Quill: +Marta Quill,", "e4 organization Quill: +she, Quill, Quill,")
}

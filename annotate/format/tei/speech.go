package tei

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"byline/annotate/format/standoff"
)

// notText are the elements whose words are no part of the text: what stands above and below that of a page, and
// what somebody says of the text.
var notText = []string{"fw", "span", "interp"}

// unreadElements are elements that mark something that is no name and no speech.
var unreadElements = []string{"span", "interp", "date", "time", "num", "measure", "term"}

// countUnread counts an element that marks something which a layer does not hold, by its name.
func (r *reader) countUnread(e *xml.StartElement) {
	switch name := e.Name.Local; {
	case slices.Contains(unreadElements, name):
		r.Loss.Add(1, fmt.Sprintf("elements %s: only names and speech are read", name))
	case name == "q" && attributeOf(e, "who") == "":
		r.Loss.Add(1, "elements q of which nobody is said to be the speaker")
	}
}

// endSpeaker makes the name before a speech of a play the speaker of that. The speech begins behind it.
func (r *reader) endSpeaker(b *standoff.Annotation) {
	p := &b.Pieces[0]
	words := string(r.text.Bytes()[min(p.Start, p.End):p.End])
	words = strings.TrimRight(words, " .:")
	p.End = p.Start + len(words)
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.stack[i].Name.Local != "sp" {
			continue
		}
		who := targetsOf(attributeOf(&r.stack[i], "who"))
		if len(who) == 0 {
			who = []string{"speaker " + strings.ToLower(words)}
		}
		r.refs[b.ID] = who[0]
		if len(r.open) > 0 {
			speech := r.Annotation(r.open[len(r.open)-1])
			speech.Pieces[0].Start = r.text.Len()
			r.spoken[speech.ID] = spoken{who, []string{b.ID}}
		}
		return
	}
}

package theme

// The signs of a claim's state in lists.
const (
	SignSuggested = "○"
	SignDoubtful  = "?" // suggested, and probably wrong
	SignSome      = "◐" // some of its mentions are decided
	SignConfirmed = "●"
	SignRejected  = "✗"
)

// The signs of the margin.
const (
	BarSuggested         = "┇" // of a quote in marks
	BarSuggestedIndirect = "┊" // of a quote without
	BarConfirmed         = "┃"
	BarConfirmedIndirect = "│"
	BarEdited            = "║"
	SignHere             = "▸" // the current claim starts here
	SignQuestion         = "⚑"
	SignNote             = "✎"
)

// A Sign is how something shows on the screen.
type Sign struct {
	Group string // where it is: "In the text"
	Shown string // a word or sign
	Look  Look
	Means string
}

// Signs lists what the marks and signs of the reader mean, group by group.
func (t *Theme) Signs() []Sign {
	bar := Look{Fg: t.Color.Quote}
	flag := Look{Fg: t.Color.Bad, Bold: true}
	const text, margin, lists = "In the text", "Left of the text", "In the lists"
	return []Sign{
		{text, "suggested", t.Mark(Person, Suggested), "found by the program, not reviewed: a broken line"},
		{text, "confirmed", t.Mark(Person, Confirmed), "confirmed by a person: a whole line, bold"},
		{text, "edited", t.Mark(Person, Edited), "added or changed by a person: a wavy line"},
		{text, "rejected", t.Mark(Person, Rejected), "rejected by a person: struck out"},
		{text, "person", t.Mark(Person, Suggested), "a person: a fine line"},
		{text, "organization", t.Mark(Organization, Suggested), "an organization: a strong line"},
		{text, "place", t.Mark(Place, Suggested), "a place: a fine line, slanted"},
		{text, "other", t.Mark(Other, Suggested), "another name: a strong line, slanted"},
		{text, "label", t.Mark(Own, Suggested), "a label of your own: a wavy line"},
		{text, "quote", t.Spoken(false), "the words of a quote, with a bar left of them"},
		{text, "cursor", t.Cursor(), "the current name"},
		{text, "same", t.Same(), "the same person or organization elsewhere"},
		{text, "found", t.Found(false), "what a search found"},
		{text, "found", t.Found(true), "the one that the search is at"},
		{text, "selected", t.Selected(), "selected words"},
		{margin, BarSuggested + " " + BarSuggestedIndirect, bar, "a suggested quote: in quotation marks, or without"},
		{margin, BarConfirmed + " " + BarConfirmedIndirect, bar, "a confirmed quote: in quotation marks, or without"},
		{margin, BarEdited, bar, "an edited quote"},
		{margin, SignRejected, t.Mark(Person, Rejected).letters(), "a rejected quote"},
		{margin, SignHere, bar, "where the current claim starts"},
		{margin, SignQuestion, flag, "a claim in doubt, or with a tag"},
		{margin, SignNote, bar, "a claim with a note"},
		{lists, SignSuggested, Look{}, "suggested"},
		{lists, SignDoubtful, Look{}, "suggested, but unlikely"},
		{lists, SignSome, Look{}, "reviewed in some places"},
		{lists, SignConfirmed, Look{}, "confirmed"},
		{lists, SignRejected, Look{}, "rejected"},
	}
}

// letters returns l without what makes sense on words only.
func (l Look) letters() Look { return Look{Fg: l.Fg, Faint: l.Faint} }

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
	Brief string // what it means in a word, if it is one of the few that are shown where there is no room for all
}

// Signs lists what the marks and signs of the reader mean, group by group.
func (t *Theme) Signs() []Sign {
	bar := Look{Fg: t.Color.Quote}
	flag := Look{Fg: t.Color.Bad, Bold: true}
	const text, margin, lists = "In the text", "Left of the text", "In the lists"
	return []Sign{
		{text, "suggested", t.Mark(Person, Suggested), "suggested, unreviewed: broken underline", "suggested"},
		{text, "confirmed", t.Mark(Person, Confirmed), "confirmed: solid underline, bold", "confirmed"},
		{text, "edited", t.Mark(Person, Edited), "added or edited by a person: wavy underline", ""},
		{text, "rejected", t.Mark(Person, Rejected), "rejected: struck through", "rejected"},
		{text, "person", t.Mark(Person, Suggested), "person: thin underline", ""},
		{text, "organization", t.Mark(Organization, Suggested), "organization: thick underline", ""},
		{text, "place", t.Mark(Place, Suggested), "place: thin underline, italic", ""},
		{text, "other", t.Mark(Other, Suggested), "other name: thick underline, italic", ""},
		{text, "label", t.Mark(Own, Suggested), "your own label: wavy underline", ""},
		{text, "quote", t.Spoken(false), "quote, with a bar at its left", ""},
		{text, "highlight", t.Highlighted(), "highlighted, or with a note", ""},
		{text, "cursor", t.Cursor(), "name under the cursor", ""},
		{text, "same", t.Same(), "same person or organization elsewhere", ""},
		{text, "found", t.Found(false), "search match", ""},
		{text, "found", t.Found(true), "current search match", ""},
		{text, "selected", t.Selected(), "selected words", ""},
		{margin, BarSuggested + " " + BarSuggestedIndirect, bar, "suggested quote: in quotation marks, or without", "quote"},
		{margin, BarConfirmed + " " + BarConfirmedIndirect, bar, "confirmed quote: in quotation marks, or without", ""},
		{margin, BarEdited, bar, "edited quote", ""},
		{margin, SignRejected, t.Mark(Person, Rejected).letters(), "rejected quote", ""},
		{margin, SignHere, bar, "start of the current name or quote", "current"},
		{margin, SignQuestion, flag, "flagged or tagged", ""},
		{margin, SignNote, bar, "has a note", ""},
		{lists, SignSuggested, Look{}, "suggested", ""},
		{lists, SignDoubtful, Look{}, "suggested, low confidence", ""},
		{lists, SignSome, Look{}, "partly reviewed", ""},
		{lists, SignConfirmed, Look{}, "confirmed", ""},
		{lists, SignRejected, Look{}, "rejected", ""},
	}
}

// letters returns l without what makes sense on words only.
func (l Look) letters() Look { return Look{Fg: l.Fg, Faint: l.Faint} }

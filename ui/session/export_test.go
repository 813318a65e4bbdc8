package session

// LastValue returns the value of the edit that was queued last.
func LastValue(s *Session) string { return s.jobs.waiting[len(s.jobs.waiting)-1].edit.Value }

// Reasons that only the package and its tests name.
const (
	NoMark      = noMark
	NoNoteHere  = noNoteHere
	NoQuote     = noQuote
	NoQuoteType = noQuoteType
	NoSame      = noSame
	NobodyNamed = nobodyNamed
)

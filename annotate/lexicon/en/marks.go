package en

// Quotation marks, as sets of runes for [strings.ContainsRune], [strings.Trim] and the like.
// The stages differ in what they expect at the ends of a quotation: a straight mark may open
// and close, German closes with “ and opens with „, old typewriters open with a backtick.
const (
	// Opening marks begin a quotation.
	Opening = "\"'“‘«‹「『"
	// OpeningLow are those and the low one.
	OpeningLow = Opening + "„"
	// OpeningAny are those and the backtick.
	OpeningAny = OpeningLow + "`"
	// Closing marks end a quotation.
	Closing = "\"'”’»›」』"
	// ClosingAny are those, and the opening ones that close in German.
	ClosingAny = Closing + "“‘"
	// Ends are the marks at either end of a quotation.
	Ends = ClosingAny + "«‹„「『"
)

// IsMark reports whether r is a quotation mark or may be one.
func IsMark(r rune) bool {
	switch r {
	case '"', '\'', '`', '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '「', '」', '『', '』', '＂':
		return true
	}
	return false
}

// IsDouble reports whether r is a double mark of those that package quotes pairs.
func IsDouble(r rune) bool {
	switch r {
	case '"', '＂', '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』':
		return true
	}
	return false
}

// IsSingle reports whether r is a single mark, and so may be an apostrophe.
func IsSingle(r rune) bool {
	switch r {
	case '\'', '`', '‘', '’', '‚', '‛', '‹', '›':
		return true
	}
	return false
}

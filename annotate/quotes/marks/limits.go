package marks

// The numbers of this package. Most marks need none: what is next to a mark says which way it
// works. These decide what is left. TestLimits fails when one is changed.
const (
	// Single marks are the outer ones of an article, as in Britain, if they open more than
	// twice as often as double ones: an article of the other kind may have some quotations
	// inside quotations, which open with single marks, but not that many.
	britishFactor = 2

	// How many marks closesLater looks at. It keeps a text of nothing but marks linear; a
	// paragraph of an article has fewer.
	marksAhead = 64

	// Of a word whose last letter is left out, goin’, at least four letters are there. Words of
	// three that end so, "the bin", are as often whole.
	elidedLetters = 4

	// Feet with inches: 6'11. There are at most eleven inches.
	inchDigits = 2

	// The digits of a year whose century is left out: '68, '90s.
	decadeDigits = 2

	// A label of a transcript, "MAYOR ANN LEE:", has at most this many bytes with its colon.
	labelBytes = 48

	// A quotation that nothing closes ends before the words that attribute it, if those are
	// at most four words and the verb: “We sold it, Mr. Tom J. Ferris said.
	attributionWords = 5

	// That verb is more often one of saying than "argued" and "answered", by its weight in
	// cues.txt: “The ferry, Quill confirmed. is read to the end.
	attributionWeight = 0.06

	// A dot after up to three letters is an abbreviation's: "Mr.", "Sen.".
	abbreviationLetters = 3
)

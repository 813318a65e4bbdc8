package quotes

// The scores of what is reported or set apart without marks: the probability that both the quote, by
// half of what both cover, and its speaker are right. How far words in marks can be trusted is learned
// (trust.go).
//
// By rule: its quotes in the open half of our gold of which the speaker is found, or nobody is
// named (right of found), added to a guess that weighs as much as twenty cases. The guess comes
// from LitBank and the training part of GUM (both CC BY 4.0) and from testdata/articles. A test
// holds the scores as they were measured: to change one, measure again.
const (
	reportedScore    = 0.92
	trailingScore    = 0.86
	partedScore      = 0.72
	byAccountScore   = 0.92
	transcribedScore = 0.96
	setOffScore      = 0.82
	postedScore      = 0.85
	unsignedScore    = 0.60

	// Where words were found that speak but not whom they mean, "the union", five are wrong in
	// nine.
	unresolvedFactor = 0.45

	// Words that mean nobody named, "a police officer", are wrong less often, but cannot be
	// checked against a name.
	unnamedFactor = 0.8

	// A mark that nobody closed costs two fifths: where the quote ends is a guess.
	unclosedFactor = 0.6

	// Single marks are a little less sure than double ones: some are apostrophes.
	singleFactor = 0.98
)

// scores are the scores by rule.
var scores = map[string]float64{
	reported.name: reportedScore, trailing.name: trailingScore, parted.name: partedScore, byAccount.name: byAccountScore,
	transcribed.name: transcribedScore, setOff.name: setOffScore, posted.name: postedScore, unsigned.name: unsignedScore,
}

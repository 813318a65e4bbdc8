package quotes

// The numbers of this package, but for the scores (scores.go).
//
// The rules look at what is near a quotation, and each number says how near, how long or how
// short. They are judgments of how articles are written, and not measured one by one; the comment
// says what is within, or what lies beyond. A count of tokens includes punctuation, a count of
// words does not.
//
// Each number has a test that fails when it is changed, most of them a case of testdata/limits
// that is named after it; see TestMutants.

// How far the rules look around a quotation.
const (
	// Twice the most that a phrase may have: a subject with what hangs on it, and a predicate.
	surroundingTokens = 60

	// After “…,” said, the subject is at most twelve tokens away, over a role whose bearer it is.
	invertedTokens = 12

	// “We sold it” said Halden Media: where no comma is before it, a verb with an organization
	// for its subject attributes only if it is mostly one of saying,
	organizationWeight = 0.2

	// and one after its subject if it is often one.
	runOnWeight = 0.1

	// The comma of an attribution that ends the sentence around marked words is less than ten
	// tokens before its end: The “mess” would be over by May, the mayor of Orrin has said.
	sentenceTail = 10

	// "— Marta Quill, editor of the Orrin Bay Courier": a signature is a line of its own.
	signatureTokens = 15

	// Marked words up to fourteen tokens after their cue are what it introduces: told the
	// Courier late on Monday that “…”.
	cueGap = 14

	// With more than three in between, a comma or colon must introduce them. That also tells a
	// full quotation from some words.
	introducedGap = 3

	// "Called it in front of the whole board “a mess”": a verb that takes a noun or verdict is
	// at most ten tokens before it.
	namingGap = 10

	// A verb that takes full quotations only, or reports a thought, is at most three before.
	voiceGap = 3

	// A passive that nobody is the agent of attributes only near the start of a sentence: "The
	// staff was told “…”", not "Quill said that the staff was told “…”".
	passiveTokens = 4

	// "In the words of", "as Quill put it" and a word for what is said are at most this many
	// tokens before the marks.
	wordingTokens = 15

	// An owner is at most four tokens before what he or she says: "Quill’s rather long and
	// angry answer",
	ownerTokens = 4

	// and what is said is among the four tokens after the owner.
	ownedTokens = 4

	// "Was all Quill would say": the verb is among the four tokens after its subject.
	wouldTokens = 4

	// At most eight names are joined to one that speaks,
	mostTogether = 8

	// each with at most four words of titles: "Deputy Prime Minister Ann Lee".
	roleWords = 4

	// From a name of a list to its "and" are at most twenty tokens.
	listTokens = 20

	// "A spokesman said": with more words he or she is somebody's.
	bareSpokesman = 2

	// "The letter" was told of in one of the four sentences before.
	authorSentences = 4

	// Who "adds" something speaks at most two sentences after who spoke before.
	onwardSentences = 2

	// "A resident, who asked to be called only by her first name, gave it as Lee": the name is among the
	// twelve tokens behind.
	givingTokens = 12

	// "Is how Quill put it." has more than three tokens after the marks.
	predicatedTokens = 3

	// "Marta Quill, of the Orrin Bay Courier:" is a line of its own, not a sentence.
	speakerLineTokens = 15

	// A sentence with a colon has at least two tokens before it: "She replied:".
	introTokens = 3

	// The shortest past of a verb after a quotation: "added". "Fred" and "Reed" are none.
	verbBytes = 5

	// Between two marked parts of one sentence at most fifteen tokens: “a mess” and, what was
	// worse, “a shame”.
	sameSentenceTokens = 15

	// Up to three titles and nicknames are passed over to the quotation before.
	passedOver = 4

	// A question has at least three tokens with its mark: "And now?"
	questionTokens = 3

	// and at most sixty, or it is a paragraph that ends with one.
	longestQuestion = 60

	// Who was asked spoke among the four quotations before the question,
	turnsBack = 4

	// of which two next to each other are at most two paragraphs apart.
	turnParagraphs = 2

	// A quotation of up to 24 tokens is a turn of a talk, a longer one a statement.
	turnTokens = 24

	// Inside a quotation a verb of saying is at most four tokens before the inner marks.
	ledInTokens = 4
)

// What is between the marks.
const (
	// At the start of a sentence four words with a verb are a full quotation,
	fullWords = 4

	// and so are six that start with a capital.
	fullCapital = 6

	// After a cue three words are, with a capital and a verb: She said “We are late”,
	fullAfterCue = 3

	// if at most one token is in between, or they end a sentence.
	adjacentGap = 1

	// A paragraph in capitals has three blanks, or it is an abbreviation or label,
	shoutedBlanks = 3

	// and at most one small letter in eight capitals: "McDONALD SAID".
	shoutedCapitals = 8

	// Marked words of a headline that a quotation below repeats are at most twelve.
	echoWords = 12

	// That quotation is among the next ninety-nine.
	echoQuotations = 100
)

// Points of the candidates for a pronoun; who has most is meant. Only the order matters: whom its
// own sentence starts with, whom the one before starts with, who spoke before, who was named last,
// and whom the sentence before those two starts with.
const (
	// The subject of the pronoun's sentence has three points, that of the one before two, and
	// that of the one before that one.
	topicPoints = 3.0
	topicFading = 1.0

	// Whom "he" means that a sentence starts with has more than whom it names: the text is about him.
	meantPoints = 0.5

	// Who says what a sentence reports has a little more than whom it starts with.
	toldPoints = 0.5

	// Whose gender is known has a little more than whom a pronoun only does not exclude.
	knownPoints = 0.4

	// "He" is among the first ten tokens of a sentence, over an opening phrase: "At the age of seven he".
	openingTokens = 10

	// Of a rare first name the gender is often another.
	rareCost = 0.7

	// Who spoke before speaks again, if nobody else was named since. Each other speaker in
	// between takes some away, up to two of them.
	speakerPoints = 1.8
	speakerFading = 0.4
	speakersBack  = 2

	// The name just before the pronoun, and a little less for each one farther back. That of an
	// owner is less likely, and that of somebody spoken to much less.
	nameTop        = 1.5
	nameFading     = 0.1
	possessiveCost = 0.2
	aimedCost      = 0.6

	// A name that nothing speaks for is better than none.
	leastPoints = 0.01

	// Names are looked for in this sentence and the seven before.
	nameSentences = 7

	// The speaker before is that of one of the six quotations before,
	quotationsBack = 6

	// in this paragraph or the two before.
	paragraphsBack = 2
)

// Blocks, posts and labels.
const (
	// A block quote that nobody signs is speech, and no motto, from forty bytes on.
	unsignedBytes = 40

	// A handle has at most eight tokens before it on its line: "Dr. Ann Lee @annlee",
	handleTokens = 8

	// and is, with what follows it on a line of its own, at most six: "@annlee on 3 May".
	handleTail = 6

	// What somebody writes has at least ten bytes,
	writtenBytes = 10

	// and three words, or it is the line of a date.
	writtenBlanks = 2

	// A label with its time is in the first 64 bytes of its paragraph.
	labelBytes = 64

	// The name in it has at most five words: "Member for Orrin Bay North".
	labelWords = 5

	// A time has at least a digit, a mark and a blank: "[3 ".
	stampBytes = 3

	// An article has turns if it has two labels that are ones by themselves. Among more, what
	// alone would not be one is a label too.
	leastTurns = 2

	// A talk has labels in capitals if at least half of them are.
	capsShare = 2

	// Labels in capitals are a talk even if there is one in seven paragraphs only: answers are
	// long.
	capsSpacing = 7

	// Names in lower case with a colon are also headings. They are a talk if at least half of them
	// change the speaker,
	turnShare = 2

	// a third are people,
	personShare = 3

	// and one in three paragraphs has one.
	namedSpacing = 3

	// Whom an interview is with is named before it starts: a mention there counts as five.
	introWeight = 4
)

package grammar

// The numbers of this package.
//
// There is no parser here. What a parser would read off a tree is read off the words that are
// near, and each number says how near: for how many tokens a phrase, a group of verbs or what
// hangs on a noun may go on before it is more likely something else. They are judgments of how
// articles are written, and not measured one by one; the comment says what is within, or what
// lies beyond. A count of tokens includes punctuation; a name that ends in Bytes counts the bytes
// of a word.
//
// Each number has a test that fails when it is changed, most of them a case of
// ../testdata/limits that is named after it; see TestMutants.

// Phrases and what hangs on them.
const (
	// A group has a plural of five letters or more: "clubs", not "this".
	groupBytes = 5

	// Reach is the most tokens that a phrase, an aside or what hangs on one may have. What is
	// longer is a clause of its own, or a list.
	Reach = 30

	// The core of a phrase, "the state-owned Halden Media's former chief economist Ann Lee",
	// has at most this many tokens: what is longer is a list.
	coreTokens = 14

	// Up to three roles are between an owner and the name they belong to: "Quill lawyer Ann
	// Lee".
	ownRoleTokens = 3

	// The role that a phrase ends with is one of the five words after the name of a body that
	// starts it, "Orrin Bay girls team coach"; farther away, the noun is another phrase's.
	bodyRoleTokens = 5

	// "With" is at most fourteen tokens before the verb whose subject follows it: "with Ann Lee of
	// the old harbour office saying".
	withTokens = 14

	// A person is at most sixteen tokens before the end of what hangs on him or her.
	hostTokens = 16

	// A role goes on for up to three words before its bearer: "deputy incident manager, Ann Lee".
	roleOnTokens = 5

	// Between a role and the comma before its bearer at most ten tokens: "the mayor of the old
	// harbour town of Orrin Bay, Ann Lee".
	roleTailTokens = 10

	// That bearer has at most eight tokens with titles, "former state senator Dr. Ann Lee";
	// more is a list or a clause.
	bearerTokens = 8

	// Whom somebody speaks for is at most six tokens with an article and words of its own: "for
	// the state-owned Halden Media".
	hungTokens = 6

	// The article of a noun is at most seven tokens before it: "the old grey small dim wet cold
	// baker".
	modifiers = 7

	// A subject is at most three phrases up from what hangs on it: "residents of the streets
	// behind the harbour in Orrin". Four in a row seldom hang on one another.
	climbs = 3

	// At most six adverbs and auxiliaries between a subject and its verb: "has since then also
	// often"; more are a chain that adverbs alone do not make.
	adverbs = 6

	// A nickname between a first and a last name has at most three words in its marks: "Marcia
	// “The Old Fox” Price" has five tokens.
	nicknameTokens = 5

	// The comma before a title is at most five tokens before the name: ", deputy prime minister
	// Lee".
	titleTokens = 5

	// "By" follows a passive within four tokens: "was told on Monday by Lee".
	agentTokens = 5

	// In "quoted … as saying" the first word is fewer than twelve tokens before the last.
	quotedTokens = 12

	// Between somebody unnamed who starts a sentence and the verb are at most eight tokens: "A
	// woman in a red coat with gold buttons yelled".
	starterTokens = 8

	// The second of a pair, "Marta Quill and Lee say", has more than two tokens before it in its
	// text. "Quill and Lee say" is no pair where a text starts.
	pairTokens = 2
)

// Groups of verbs.
const (
	// An auxiliary or a joining "and" is at most three tokens before its verb, over adverbs:
	// "was once again told".
	verbGroupTokens = 3

	// At most five asides are between a subject and its verb: "Lee, 58, the mayor (Labour), said".
	asides = 5

	// A cue is at most eleven tokens after the start of what hangs on its subject.
	predicateTokens = 12

	// Of that, up to seven tokens are near: there also a verb that is seldom a cue counts, and
	// so does one with nothing that hangs in between.
	nearTokens = 7

	// "Liked to say": the base form is two tokens after the start of the predicate.
	habitTokens = 2

	// Two words between a name and its verb may be part of what the name was cut from: "in the
	// Halden shop ad said".
	appendedTokens = 2

	// The weight of a cue, see cues.txt, below which it is more often no cue. "Claimed" and
	// "insisted" are below, "argued" and "replied" above.
	rareWeight = 0.05

	// The weight above which a cue hardly ever is anything else: "said", "added", "stated".
	commonWeight = 0.2
)

// Clauses.
const (
	// More tokens are no sentence but a table or a list, and are looked at in pieces.
	sentenceTokens = 200

	// A clause has at least three tokens: "it was sold".
	clauseTokens = 3

	// "That" opens a clause within eight tokens of its cue, over an addressee or "in a letter
	// to the board".
	complementTokens = 9

	// The verb of a quotation reports a clause as well if "that" is at most two tokens after it:
	// not “…,” she wrote in a memo that was leaked.
	thatTokens = 2

	// After "said" and without "that" five tokens are a clause, if it has no verb that is known.
	bareClauseTokens = 5

	// What two dashes enclose has less than fourteen tokens with the first of them.
	asideTokens = 14

	// The subject of a subordinate clause is at most two tokens after where it starts: "While Mr. Quill
	// said".
	subordinator = 3

	// A relative pronoun is at most four tokens before its verb: "who has long since said".
	relativeTokens = 4

	// "The press, Quill said, was sold.": more than three tokens come after the verb, or what
	// follows is no half of a clause.
	parentTokens = 4

	// Of these at least two are words of the clause: "was sold".
	parentTail = 2

	// "When the press was sold, Quill said, nobody came": a subordinate clause of more than
	// twelve tokens before the attribution is whole, and is no first half.
	subordinateTokens = 12

	// A sentence that ends with "Quill said" has at least four tokens before its comma.
	trailedTokens = 4

	// From the verb of such an attribution at most fourteen tokens are left of the sentence:
	// "Quill said on Monday in a letter to the board."
	trailTokens = 14

	// With a preposition at its start a clause has at least nine tokens, "In May the press was
	// sold to Halden"; what is shorter is an opening phrase: "In the spring, Quill said".
	frontedTokens = 9

	// With a conjunction at its start it has at least twelve.
	frontedClause = 12

	// A sentence that ends with "said Ann Lee" has at least five tokens before the verb,
	namedTokens = 5

	// and a headline three: "Press sold, says Lee".
	headlineClause = 3

	// An account has at least four tokens: "the press was sold".
	accountTokens = 4

	// After the apposition of who gives it more than three tokens follow, with the stop.
	sourceTail = 3

	// An apposition of who gives it, "According to Lee, a professor at Orrin,", has fewer than
	// fourteen tokens.
	sourceTokens = 14
)

// What is known of the people and bodies in an article.
const (
	// At most eight nouns are kept of an entity: the first are the ones that introduce it.
	maxRoles = 8

	// Roles are up to three words before a name: "former state senator Ann Lee".
	roleTokens = 3

	// Of "the old harbour mayor, Ann Lee," the article is at most four tokens before the noun.
	apposedTokens = 4

	// The noun of an apposition or predicate is fewer than eight tokens after its comma or verb:
	// "Lee, a tall old rather quiet baker".
	appositionTokens = 8

	// NamesBack is how many names are gone back over to find whom a noun or pronoun means.
	// Farther back, an article would name its people again.
	NamesBack = 40

	// Of these the eight nearest tell who was named lately.
	recentNames = 8

	// The organization that an article is about is the one most of the 320 names before are of.
	leadingNames = 320

	// "The company" and "the firm" have no more than two words. "The weather office" is one of
	// its own kind, and need not be an organization that was named.
	bareTokens = 2

	// Whom a noun means is told by what the two sentences before start with.
	topicSentences = 2

	// Two people together start this sentence or one of the two before.
	pairSentences = 2

	// "An official" is remembered for 120 tokens: then "the official" is again whoever the
	// article calls so.
	unnamedTokens = 120

	// The article of "a senior White House official" is at most five tokens before its noun.
	articleTokens = 5

	// Bearers of a role are looked for among the first hundred entities, which are in the order
	// of their first mention. It keeps a text of nothing but labels linear.
	bearers = 100

	// Bearers of a handle are looked for among the first two hundred.
	handled = 200
)

// What pronouns tell of the gender of people.
const (
	// Two pronouns tell it, of which a common first name says another only three.
	heardPronouns = 2

	// Where there are some of both kinds, one is four times as many.
	heardShare = 4
)

// Forms of words.
const (
	// A dot after a word of up to four bytes may be an abbreviation's: "Del.", "Sens.".
	abbreviationBytes = 4

	// The shortest cue is "say". This is only a bound on work: shorter words, which are half of a
	// text, are not looked up.
	cueBytes = 3

	// A dateline starts with a place in capitals of at least three letters: "RIO", not "US".
	datelineBytes = 3

	// Its dash follows within thirteen tokens.
	datelineTokens = 14

	// The shortest past of a verb: "added". "Need", "shed" and "bred" are none.
	pastBytes = 5

	// The shortest adverb: "sadly". "Only" and "July" are none.
	adverbBytes = 5

	// The shortest participle that starts a clause after a comma: "doing". "King" is none.
	participleBytes = 5

	// A noun that the lexicon does not have is a person's if more than three letters are before
	// its ending: "gilder" may be one, "water" and "paper" are none.
	personStem = 3

	// A demonym has more than two letters before its ending: "Danish" but not "fish".
	demonymStem = 2

	// A country has the first four letters of where its people are from: "Norwegian", "Norway".
	countryBytes = 4

	// A handle has at least two letters after its sign.
	handleBytes = 3

	// A name that a handle contains has at least four letters: of "@wholesale" it is not
	// "WHO".
	handleNameBytes = 4
)

// Headlines.
const (
	// A headline has at most 24 tokens.
	headlineTokens = 24

	// It is in capitals if those outnumber the other words, short ones aside, four to one.
	capitalsFactor = 4
)

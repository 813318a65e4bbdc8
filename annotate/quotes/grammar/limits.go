package grammar

// The numbers of this package.
//
// There is no parser here. What a parser would read off a tree is read off the words that are
// near, and each number says how near: for how many tokens a phrase, a group of verbs or what
// hangs on a noun may go on before it is more likely something else. Most were set where the
// gold articles turned from gain to loss; the reason says what lies on the other side. A count
// of tokens includes punctuation. Where a name ends in Bytes, what is measured is the form of a
// word, and ASCII is meant.
//
// Every number has a case in the tests that fails when it is changed by one.

// Phrases and what hangs on them.
const (
	// Reach is the most tokens that a phrase, an aside or what hangs on one may have. What is
	// longer is a clause of its own: sentences of agencies have some 25 words.
	Reach = 30

	// The core of a phrase, "the state-owned Halden Media's former chief economist Ann Lee",
	// has at most this many tokens: what is longer is a list.
	coreTokens = 14

	// Up to three roles between an owner and the name it introduces: "Quill campaign
	// spokesman Ann Lee".
	ownRoleTokens = 3

	// Up to five tokens between the name of a body and the role it ends with, "Orrin Bay
	// under-18 girls team coach"; farther away, the noun is another phrase's.
	bodyRoleTokens = 5

	// Between a role and the comma before its bearer at most ten tokens: "the mayor of the old
	// harbour town of Orrin Bay, Ann Lee".
	roleTailTokens = 10

	// That bearer has at most eight tokens with titles, "former state senator Dr. Ann Lee";
	// more is a list or a clause.
	bearerTokens = 8

	// What somebody speaks for starts with at most six words of its own: "for the state-owned
	// and loss-making Halden Media".
	hungTokens = 6

	// A noun goes back over at most seven modifiers: "the first and still only elected black
	// councillor".
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

	// A title is at most five words before a name: ", deputy prime minister and chancellor Lee".
	titleTokens = 5

	// "By" follows a passive within four tokens: "was told on Monday by Lee".
	agentTokens = 5

	// "Quoted … as saying" takes in at most ten tokens.
	quotedTokens = 12

	// Somebody unnamed starts a sentence at most eight tokens before the verb: "A woman in a
	// long red coat with gold buttons yelled".
	starterTokens = 8

	// The start of a text has no pair of names whose first is one word, "Lee and Quill say": it
	// is as likely one name that was cut.
	pairTokens = 2
)

// Groups of verbs.
const (
	// An auxiliary or a joining "and" is at most three tokens before its verb, over adverbs:
	// "was once again told".
	verbGroupTokens = 3

	// At most five asides between a subject and its verb: "Lee, 58, the mayor (Labour), who".
	asides = 5

	// A cue is at most eleven tokens after the start of what hangs on its subject.
	predicateTokens = 12

	// Of that, up to seven tokens are near: there also a verb that is seldom a cue counts, and
	// so does one with nothing that hangs in between.
	nearTokens = 7

	// "Liked to say": the base form is two tokens after the start of the predicate.
	habitTokens = 2

	// One word between a name and its verb may be part of what the name was cut from: "in the
	// Halden ad said" has one.
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

	// A relative pronoun is at most four tokens before its verb: "who has long since said".
	relativeTokens = 4

	// "The press, Quill said, was sold": four tokens or more from the verb, or what follows is
	// only an aside.
	parentTokens = 4

	// Of these at least two are a clause's: "was sold".
	parentTail = 2

	// "When the press was sold, Quill said, nobody came": a subordinate clause of more than
	// twelve tokens before the attribution is whole, and is no first half.
	subordinateTokens = 12

	// A sentence that ends with "Quill said" has at least four tokens before its comma.
	trailedTokens = 4

	// After the verb of such an attribution at most fourteen tokens are left: "on Monday in a
	// letter to the board".
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

	// The apposition of who gives it has at most fourteen tokens.
	sourceTokens = 14
)

// What is known of the people and bodies in an article.
const (
	// A role is kept of an entity at most this many times over: the first are the ones that
	// introduce it.
	maxRoles = 8

	// Roles are up to three words before a name: "former state senator Ann Lee".
	roleTokens = 3

	// Of "the old harbour mayor, Ann Lee," the article is at most four tokens before the noun.
	apposedTokens = 4

	// The noun of an apposition or predicate is at most seven tokens after the name: "Lee, a
	// tall and rather quiet printer".
	appositionTokens = 8

	// Names gone back over to find whom a noun or pronoun means, 40 of them: a page. Farther
	// back an article names its people again.
	NamesBack = 40

	// Of these the eight nearest tell who was named lately: two or three paragraphs.
	recentNames = 8

	// Names that tell which organization the article is about.
	leadingNames = 320

	// "The company" and "the firm" have no more than two words. "The weather office" is one of
	// its own kind, and need not be an organization that was named.
	bareTokens = 2

	// Whom a noun means is told by what the two sentences before start with.
	topicSentences = 2

	// Two people together start this sentence or one of the two before.
	pairSentences = 2

	// "An official" is remembered for 120 tokens, some five sentences: then "the official" is
	// again whoever the article calls so.
	unnamedTokens = 120

	// The article of "a senior White House official" is at most five tokens before its noun.
	articleTokens = 5

	// Bearers of a role are looked for among the first hundred entities, which are in the order
	// of their first mention. It keeps a text of nothing but labels linear.
	bearers = 100

	// Bearers of a handle are looked for among the first two hundred.
	handled = 200
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

	// A person's noun has at least four letters before its ending: "typist", "miner" is known.
	// "Paper" and "river" are none.
	personStem = 3

	// A demonym has at least three letters before its ending: "Swedish" but not "fish".
	demonymStem = 2

	// A handle has at least two letters: "@a" may be an address.
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

package names

import (
	"byline/annotate"
	"byline/annotate/lexicon"
)

// A rule says what a chunk names, or nothing where it does not know.

type rule struct {
	name  string
	score float64 // precision with exact span and type, measured
	sure  bool    // takes part in the first pass, whose verdicts are remembered
	apply func(*run, *chunk) kind
}

// titleInMarks is the index of the rule that workTitle is.

const titleInMarks = 0

// rules are the rules in the order in which they are tried. Scores are shares of 60,000

// names that the rules found in annotated Wikipedia articles, news and other texts; they

// are lower than on news alone, since those texts mark nationalities and works in

// different ways or not at all.

var rules = [...]rule{
	{"title-in-marks", 0.71, true, nil},
	{"dateline", 0.50, true, dateline}, // two in the clean data, so a guess
	{"honorific", 0.78, true, honorific},
	{"known", 0.60, true, known},
	{"legal-form", 0.80, true, legalForm},
	{"partners", 0.71, true, partners},
	{"country", 0.71, true, country},
	{"long-form", 0.87, true, longForm},
	{"institution-of", 0.75, true, institutionOf},
	{"event-or-law", 0.58, true, eventOrLaw},
	{"institution", 0.72, true, institution},
	{"geography", 0.85, true, geography},
	{"first-name", 0.87, true, firstName},
	{"team", 0.56, true, team},
	{"branch", 0.42, true, branch},
	{"listed-organization", 0.77, true, listedOrganization},
	{"role-before", 0.88, true, roleBefore},
	{"role-after", 0.45, true, roleAfter},
	{"city", 0.82, true, city},
	{"source", 0.55, true, source},
	{"seen-elsewhere", 0.73, false, seenElsewhere},
	{"in-a-place", 0.67, true, inPlace},
	{"country-or-name", 0.82, false, countryOrName},
	{"speaks", 0.66, true, speaks},
	{"acronym", 0.55, true, acronym},
	{"place-of-place", 0.70, false, placeOfPlace},
	{"surname-last", 0.45, true, surnameLast},
	{"ruled", 0.44, false, ruledBy},
	{"surname", 0.52, false, surname},
	{"definite", 0.75, false, definite},
	{"capitals-together", 0.22, false, together},
}

func (r *run) single(c *chunk) bool { return c.End-c.First == 1 }

func (r *run) at(i int) *word { return &r.words[i] }

// whole returns what the lists know of all of c.

func (r *run) whole(c *chunk) (trigger, lexicon.Class) {
	k := r.key(c.Range)
	return triggers()[k] & knownAny, k.Class()
}

// key returns the key of the tokens in g.

func (r *run) key(g annotate.Range) lexicon.Key {
	k := r.words[g.First].key
	for i := g.First + 1; i < g.End; i++ {
		if r.isPossessive(i) {
			k = k.Join("'s")
		} else {
			k = k.Add(r.d.Word(i))
		}
	}
	return k
}

// before and after return the words beside c in its sentence; r.edge at its ends.

func (r *run) before(c *chunk, n int) *word {
	i := c.First - n
	if c.title.First < c.title.End {
		i = c.title.First - n
	}
	if i < c.first {
		return &r.edge
	}
	return &r.words[i]
}

func (r *run) after(c *chunk, n int) *word {
	if i := c.End + n - 1; i < c.end {
		return &r.words[i]
	}
	return &r.edge
}

// text returns the token n places behind c, or nothing at the end of the sentence.

func (r *run) text(c *chunk, n int) string {
	if i := c.End + n - 1; i < c.end {
		return r.d.Word(i)
	}
	return ""
}

func (r *run) textBefore(c *chunk, n int) string {
	if i := c.First - n; i >= c.first {
		return r.d.Word(i)
	}
	return ""
}

// honorific: "Mr. Quill", "Senator Ann Quill".

// known: a name that every newsroom knows.

// legalForm: "Halden Media Inc."

// country: "Kenya", "Kenyan".

// countryOrName: "Jordan", where nothing in the article makes it a person's.

// parts returns what is known of the first part of token i, which has a hyphen:

// "Kenyan-Ugandan".

// institutionOf: "Ministry of Fisheries".

// eventOrLaw: "Treaty of Orrin", "Orrin Cup".

// institution: "Orrin Police", "Foreign Ministry".

// geography: "Orrin River", "Lake Orrin", "Northern Kenya".

// firstName: "Marta Quill", "J. R. Quill", "Marta van der Quill".

// article reports whether an article stands before c, as it seldom does before people.

// unlike reports whether token i does not look like a part of a person's name.

// listedOrganization: a university, agency, party or club.

// roleBefore: "the actor Marta Quill", "spokesman Quill".

// roleAfter: "Quill, a spokeswoman", "Quill, the actor".

// city: "Nairobi".

// source: "news agency Orrinpress", "according to Orrinpress".

// mixed reports whether c is one word with a capital behind its first letters: "IMDb".

// speaks: "Quill said", "said Quill".

// acronym: "OBC".

// coded reports whether a digit stands before a letter in token i: "H5N1".

// headlineWord reports whether c stands among other words in capitals.

// placeOfPlace: "Orrin, Kenya".

// surnameLast: "Zbrnko Quill" with a surname of the lists.

// inPlace: "in Orrin", "the village of Orrin", "Orrin province".

// surname: a first name alone, or a surname that something belongs to.

// common reports whether token i is a word that ends or starts the names of things.

// together: two capitalised words or three that nothing is known of.

// unlikely returns what capitalised words are that are no person.

// ruledBy: "the Quill government", "the Quill family".

// definite: "the Orrins won": people take no article.

// longForm: "Orrin Bay Courier (OBC)".

// team: "Nairobi Rockets", "the Orrin Red Foxes".

// branch: "Halden Media Kenya".

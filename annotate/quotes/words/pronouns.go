package words

// Subject returns what a pronoun that can speak in an article tells of who does.
func Subject(w string) (Gender, bool) { g, ok := subjects[w]; return g, ok }

// Object returns what a pronoun after "by" tells of who is meant.
func Object(w string) (Gender, bool) { g, ok := objects[w]; return g, ok }

// Owner returns what a possessive pronoun tells of who owns.
func Owner(w string) (Gender, bool) { g, ok := owners[w]; return g, ok }

// Title returns the gender that title w, in small letters and without a dot, tells of who
// bears it.
func Title(w string) Gender { return titles[w] }

var (
	subjects = map[string]Gender{"he": Male, "she": Female, "they": Plural, "it": Thing, "i": Unknown, "we": Plural, "you": Unknown}
	objects  = map[string]Gender{"him": Male, "her": Female, "them": Plural}
	owners   = map[string]Gender{"his": Male, "her": Female, "its": Thing, "their": Plural}
)

var titles = map[string]Gender{
	"mr": Male, "mister": Male, "sir": Male, "lord": Male, "king": Male, "prince": Male, "father": Male, "brother": Male,
	"mrs": Female, "ms": Female, "miss": Female, "lady": Female, "dame": Female, "queen": Female, "princess": Female,
	"madam": Female, "madame": Female, "sister": Female, "baroness": Female, "duke": Male, "duchess": Female,
	"congressman": Male, "congresswoman": Female, "councilman": Male, "councilwoman": Female, "chairman": Male,
	"chairwoman": Female, "spokesman": Male, "spokeswoman": Female, "actor": Male, "actress": Female,
}

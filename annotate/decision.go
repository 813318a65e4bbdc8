package annotate

import (
	"time"

	"byline/articles"
)

// A Verb says what a person decided.
type Verb string

// The verbs of the log. Undo takes back a whole step; nothing is removed.
const (
	Confirm   Verb = "confirm"
	Reject    Verb = "reject"
	Relabel   Verb = "relabel"   // Value is the new type
	Respan    Verb = "respan"    // To is the new span
	Add       Verb = "add"       // Value is the type; of a quote, its QuoteType
	Merge     Verb = "merge"     // To is a mention of the entity that takes in the target's
	Split     Verb = "split"     // the target becomes an entity of its own
	Rename    Verb = "rename"    // Value is the name of the target's entity
	Attribute Verb = "attribute" // To is a mention of the speaker, Also of further ones; empty: nobody
	Cue       Verb = "cue"       // To is the verb that introduces the quote; empty: none
	Note      Verb = "note"      // Value is the note
	Tag       Verb = "tag"       // Value is a label of the user's own
	Erase     Verb = "erase"     // Value is a note or tag that the target loses; empty: all
	Drop      Verb = "drop"      // Value is the ID of a decision whose words are gone: it is listed no more
	Undo      Verb = "undo"      // Value is the Step taken back
	Redo      Verb = "redo"      // Value is the Step done again
	Done      Verb = "done"      // who decided has finished the article; Value is the set that it was assigned in, empty for none
	Reopen    Verb = "reopen"    // takes Done back for the set in Value
)

// Curated is the Layer of decisions that settle what annotators answered differently.
const Curated = "curated"

// A Kind says what a decision is about.
type Kind string

// The kinds of targets.
const (
	OfMention Kind = "mention"
	OfQuote   Kind = "quote"
	OfPassage Kind = "passage" // any words; people note and tag them, the engine never does
)

// Highlight is the tag of a passage that somebody highlighted.
const Highlight = "highlight"

// An Anchor is a span that can be found again when its text has changed: its
// bytes, its words, and up to 32 bytes of text before and after.
type Anchor struct {
	articles.Span
	Exact  string
	Prefix string
	Suffix string
}

// AnchorBytes is the most context, in bytes, that an anchor keeps on a side.
const AnchorBytes = 32

// A Decision is one entry of the log. Decisions of one keypress share a Step
// and are undone together.
type Decision struct {
	ID     string // unique over machines and time; sorts by the time it was made
	Step   string // ID of the first decision of the same keypress
	At     time.Time
	Who    string
	Layer  string // whose reading it belongs to: empty for the own of Who, or [Curated]
	Verb   Verb
	Kind   Kind
	Target Anchor
	To     Anchor   // of respan, merge and attribute
	Also   []Anchor // of attribute: mentions of further speakers, in order
	Value  string
	Engine string  // what had proposed the target, of done what the article had in all; empty if nothing had
	Score  float64 // the proposal's score
	Shown  *Sight  // what else was shown of the target, which holds from now on; nil if nothing, or not known
}

// A Sight is what somebody saw of the target of a decision that the decision itself does not say: who confirms a quote
// confirms its speakers, too. It holds against machines only: what people decide about it goes before it.
type Sight struct {
	Of    []Referent // of a mention its entity, then that of To; of a quote its speakers, of attribute those at To and Also
	Named Anchor     // of a quote, the words that name its first speaker; of attribute to nobody, those that say who speaks
	Cue   Anchor     // of a quote
	Type  QuoteType  // of a quote
	Form  Form       // of a mention, where its words do not tell; empty where they do
	Over  string     // tells the machine's layer beneath; empty where that is not known
}

// A Referent is an entity as it was shown, known by one of its mentions.
type Referent struct {
	Anchor             // empty: the target, or To, or of a quote what names the speaker, is such a mention
	Name      string   // of the entity, where it is not the words of the mention
	Named     bool     // a person named it
	Suggested bool     // nobody had decided on the mention
	Namesake  bool     // another entity of its type had that name
	Type      Type     // of the entity, where the decision does not say it
	Steps     []string // that made it this entity; where one of them is undone, nothing is known of it
}

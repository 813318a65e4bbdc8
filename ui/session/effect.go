package session

import (
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// An Effect says what an action did, or why it did nothing. The front end finds the
// words: the session speaks to nobody.
type Effect struct {
	Decided
	Course
	Reading
	Moved  bool      // another claim is under the cursor
	Show   *Place    // a place of the text to show
	At     Alignment // where on the screen to show it
	Marked string    // the name that the place has now
	Turned Name      // the action that turned something on or off
	Asks   *Question // what to ask; the answer is an action
	Selected
	None  Reason // why there is nothing to do; 0 where something was done
	About string // the words that None is about
	Later Work   // has to be run and its answer taken
	Err   error  // what could not be done; with Read, what is not known of the layer
}

// Selected is what became of the selected words.
type Selected struct {
	Used    bool          // they are done with
	Widened bool          // a quote took in the quotation marks around them
	Picked  articles.Span // words to select: a passage that somebody noted
}

func (s Selected) and(next Selected) Selected {
	s.Used, s.Widened = s.Used || next.Used, s.Widened || next.Widened
	if !next.Picked.Empty() {
		s.Picked = next.Picked
	}
	return s
}

// A Course says how a step came where it did.
type Course struct {
	Least bool // of those that nobody reviewed it is the least certain
	Round int  // 1 where it went on at the other end after the last, −1 after the first
	Here  bool // it stayed: the claim to go to is the current one
	Left  int  // with Round: how many are unreviewed, where the step goes to these; else 0
}

// Reading is what became of a layer.
type Reading struct {
	Read   bool // there is another
	Abroad bool // it was decided by somebody else meanwhile
	Lost   int  // decisions that have no place in the text, where it was read
}

// Decided is what became of a decision.
type Decided struct {
	Edited  review.Edit // what is on the disk now; no Verb for nothing
	Said    string      // what that did, as the workspace says it
	Unsaved bool        // it failed: nothing changed, and Err says why
}

// and returns e followed by what came later.
func (e Effect) and(next Effect) Effect {
	e.Moved = e.Moved || next.Moved
	if next.Moved {
		e.Course = next.Course
	}
	e.Selected = e.Selected.and(next.Selected)
	e.Read, e.Abroad = e.Read || next.Read, e.Abroad || next.Abroad
	if next.Marked != "" {
		e.Marked = next.Marked
	}
	if next.Turned != "" {
		e.Turned = next.Turned
	}
	if next.Lost > 0 {
		e.Lost = next.Lost
	}
	if next.Show != nil {
		e.Show, e.At = next.Show, next.At
	}
	if next.Edited.Verb != "" {
		e.Edited, e.Said = next.Edited, next.Said
	}
	if next.Asks != nil {
		e.Asks = next.Asks
	}
	if next.None != 0 {
		e.None, e.About = next.None, next.About
	}
	if e.Err == nil {
		e.Err, e.Unsaved = next.Err, next.Unsaved
	}
	e.Later = next.Later
	return e
}

// An Alignment says where on a screen a place is shown.
type Alignment uint8

// The alignments.
const (
	AtTop   Alignment = iota
	AtEnd             // of the text, at the bottom
	Nearest           // as near as it can be without scrolling more than needed
)

// A Place is a stretch of an article.
type Place struct {
	ID string // of the article
	articles.Span
}

// A Reason says why there was nothing to do.
type Reason uint8

// The reasons.
const (
	_                Reason = iota
	Unknown                 // no such action
	NoClaim                 // nothing is under the cursor
	NoName                  // it is no name
	noQuote                 // it is no quote
	NoWords                 // nothing is selected and no name is under the cursor
	NotMarked               // About is selected, and is no name or quote
	OutOfView               // the cursor is on About, which was not in view
	QuoteHasNoType          // it is a quote, which has no type to give
	NoNext                  // no other name or quote; line by line none after this
	NoPrevious              // no other; line by line none before
	NoNextQuote             // no other quote; line by line none after this
	NoPreviousQuote         // no other; line by line none before
	nothingHere             // there is no name or quote at all
	noSame                  // no other mention of the same
	noUnreviewed            // line by line: nothing unreviewed from here on
	allReviewed             // nothing unreviewed at all
	stillReading            // the whole layer is not there yet
	nothingToRepeat         // nothing was decided yet
	noWordMore              // an end cannot move by a word
	overHeading             // an end would move out of a headline, or into one
	AcrossParagraphs        // About is selected and is of two paragraphs, which no name is
	InLongerName            // About is everywhere part of a longer name
	nothingAlike            // nothing unreviewed looks like it
	nobodyElse              // nobody and nothing else is named
	nobodyNamed             // nobody has the name About
	severalNamed            // several have it: About
	NotInText               // the text does not have About
	nothingFound            // nothing was looked for yet
	NoHeadings              // the article has none
	NoLinks                 // the article has none
	noMark                  // no mark has the name About
	noJump                  // no jump to go back from
	noJumpBack              // no jump to go forth to
	nothingDecided          // nothing was decided on the article
	NothingLost             // every decision has its place
	noQuoteWords            // no words are selected for a quote, and none is under the cursor
	noQuoteType             // About is no type of quotes
	noMarkBeyond            // no quotation mark to move an end to
	noPassage               // nothing to highlight
	noNoteHere              // nothing is noted on it
	FirstNote               // after the last note comes the first
	LastNote                // before the first note comes the last
	NoNotes                 // nothing is noted in the article
)

// A Topic says what a question is about.
type Topic uint8

// The topics. Those from AskNote on take words for an answer, the others one of their
// choices.
const (
	_             Topic = iota
	AskSpeaker          // who says the quote
	AskQuoteType        // what kind of quote it is
	AskCue              // which verb leads it in
	AskMerge            // whom the name is the same as
	AskType             // what the name or the selected words are; new words make a new type
	AskEverywhere       // what all places of the words are
	AskAlike            // which claims to confirm with this one
	Headings            // where to go
	Links               // what to open, copy or show
	History             // which decision to go to
	Notes               // which note or highlight to go to
	Lost                // which decision that lost its place
	LostOne             // what to do with it
	AskNote
	AskName
	AskFind
	AskMark   // a name for a mark
	AskGoMark // the name of a mark to go to
)

// A Question is what an action needs to know.
type Question struct {
	Topic
	Spot    articles.Span // what it is about, in the text; empty for nothing
	Words   string        // what it is about, in words
	Places  int           // of AskEverywhere: where the words are
	Named   int           // of these, how many are mentions
	Choices []Choice
	Now     int    // the choice that is nearest to where the reader is
	Reply   Action // what a typed answer asks for, once it is put into Text
}

// Typed returns the action that a typed answer asks for.
func (q *Question) Typed(text string) Action {
	a := q.Reply
	a.Text = text
	return a
}

// Together returns the action that takes several choices of AskSpeaker: the quote is said by all of
// them, in the order of the text.
func (q *Question) Together(cs []Choice) Action {
	a := cs[0].Do
	var said []articles.Span
	for _, c := range cs {
		if c.Entity >= 0 {
			said = append(said, c.Do.Edit.To)
		}
	}
	slices.SortFunc(said, articles.Span.Compare)
	if len(said) > 0 {
		a.Edit.To, a.Edit.Also = said[0], said[1:]
	}
	return a
}

// A Choice is one answer to a question.
type Choice struct {
	Do      Action
	Entity  int               // index into Layer.Entities; −1 for none
	Type    annotate.Type     // of the entity, or that it gives
	Span    articles.Span     // words of the text that it shows
	Link    string            // of Links: the address; empty for a footnote, which Do goes to
	Count   int               // of AskAlike: how many claims
	Rule    string            // of AskAlike: the rule that made these quotes
	Score   float64           // of AskAlike: the least
	Now     bool              // it is so already
	Likely  Likelihood        // of AskSpeaker
	Remarks []annotate.Remark // of Notes
	About   []review.Target   // what taking it decides on
	Event   *review.Event
	Lost    *annotate.Decision
}

package session

// A saying is what is said of a reason: on the screen, and line by line where that is another thing. A name in
// braces stands for the key of an action, %s for what the reason is about.
type saying struct{ screen, line string }

// sayings are the words of the reasons.
var sayings = map[Reason]saying{
	NoClaim:          {"Nothing under the cursor: {next} goes to the next name or quote", "Go to a name or quote first: {next} goes to the next"},
	NoName:           {"Go to a name first: {next}", "Go to a name first: {next} goes to the next"},
	noQuote:          {"Go to a quote first: {next-quote}", "Go to a quote first: {next-quote} goes to the next"},
	QuoteHasNoType:   {"A quote has no label; to tag a name in it, select it: {select}", "Go to a name first, or add the words: {person} WORDS"},
	NotMarked:        {"“%s” is selected and not tagged: {person} or {organization} tags it, {select.drop} drops the selection", "“%s” is not tagged: {person} or {organization} tags it"},
	OutOfView:        {"“%s” was out of view: press again", "“%s” is elsewhere in the article: repeat the command to act on it"},
	NoNext:           {"No other name or quote in this article", "No more names or quotes below"},
	NoPrevious:       {"No other name or quote in this article", "No more names or quotes above"},
	NoNextQuote:      {"No other quote in this article", "No more quotes below"},
	NoPreviousQuote:  {"No other quote in this article", "No more quotes above"},
	nothingHere:      {screen: "No names or quotes in this article"},
	noSame:           {"No other mention", "No more mentions that way"},
	allReviewed:      {"Everything is reviewed; {done} marks the article as done", "Everything is reviewed"},
	stillReading:     {"Still reading the article", "The article is still being annotated"},
	nothingToRepeat:  {screen: "No decision to repeat yet"},
	noWordMore:       {screen: "No word to add or drop here"},
	overHeading:      {screen: "A headline ends here: a quote is in it or in the text"},
	AcrossParagraphs: {screen: "“%s” is in two paragraphs; a name is in one"},
	InLongerName:     {screen: "“%s” only occurs inside longer names"},
	nothingAlike:     {screen: "No similar unreviewed ones"},
	nobodyElse:       {screen: "No other names to merge with"},
	nobodyNamed:      {"No one here is named %s", "No one here is named “%s”; {person} %[1]s tags a person"},
	severalNamed:     {screen: "Which one: %s?"},
	NotInText:        {screen: "“%s” not found"},
	nothingFound:     {"No search yet: {find} finds", "No search yet: {find} WORDS finds"},
	NoHeadings:       {screen: "No headings in this article"},
	NoLinks:          {screen: "No links in this article"},
	noMark:           {"No mark %s: {set-mark} sets one", "No mark %s; {go-to-mark} lists the marks"},
	noJump:           {screen: "No earlier jump"},
	noJumpBack:       {screen: "No later jump"},
	nothingDecided:   {screen: "No decisions on this article yet"},
	noQuoteWords:     {"Select the words of the quote first: {select}, then {quote}", "Add the words: {quote} WORDS"},
	noQuoteType:      {screen: "“%s” is no type of quote: direct, mixed or indirect"},
	noMarkBeyond:     {screen: "No other quotation mark near"},
	noPassage:        {"Select words first: {select}, then {highlight}", "Add the words: {highlight} WORDS"},
	noNoteHere:       {"No note or highlight here: {next-note} goes to the next", "No note or highlight here; {notes} lists them"},
	FirstNote:        {screen: "Back to the first note or highlight"},
	LastNote:         {screen: "On to the last note or highlight"},
	NoNotes:          {"No notes or highlights in this article: {note} adds a note", "No notes or highlights in this article"},
	NothingLost:      {screen: "No decision has lost its place"},
	noUnreviewed:     {screen: "No more unreviewed below; {top} goes to the beginning"},
}

// Words says why there was nothing to do, without a full stop, with %s for what that is about; lines is for who
// reads line by line.
func (r Reason) Words(lines bool) string {
	if lines && sayings[r].line != "" {
		return sayings[r].line
	}
	return sayings[r].screen
}

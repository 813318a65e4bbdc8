package session

// The names that front ends refer to. Those that are only in the table have no constant.
const (
	// The screen does these, or the lines, or both, in their own way.
	Down           Name = "down"
	Up             Name = "up"
	PageDown       Name = "page-down"
	PageUp         Name = "page-up"
	HalfDown       Name = "half-down"
	HalfUp         Name = "half-up"
	NextEntity     Name = "next-entity"
	PreviousEntity Name = "previous-entity"
	Candidate      Name = "candidate"
	Select         Name = "select"
	Hints          Name = "hints"
	Panel          Name = "panel"
	Tab            Name = "tab"
	Filter         Name = "filter"
	Details        Name = "details"
	About          Name = "article"
	People         Name = "people"
	Why            Name = "why"
	Zen            Name = "zen"
	Centre         Name = "centre"
	Copy           Name = "copy"
	Export         Name = "export"
	Done           Name = "done"
	Views          Name = "views"
	Guidelines     Name = "guidelines"
	Tags           Name = "tags"
	Versions       Name = "versions"
	Clear          Name = "clear"
	Repeat         Name = "repeat"
	Go             Name = "go"
	Open           Name = "open"
	Help           Name = "help"
	Quit           Name = "quit"

	// The session does these.
	Next             Name = "next"
	Previous         Name = "previous"
	NextMention      Name = "next-mention"
	PreviousMention  Name = "previous-mention"
	NextQuote        Name = "next-quote"
	PreviousQuote    Name = "previous-quote"
	NextUnreviewed   Name = "next-unreviewed"
	Confirm          Name = "confirm"
	ConfirmNext      Name = "confirm-next"
	Reject           Name = "reject"
	RejectNext       Name = "reject-next"
	Person           Name = "person"
	Organization     Name = "organization"
	PersonHere       Name = "person-here"
	OrganizationHere Name = "organization-here"
	Cue              Name = "cue"
	Quote            Name = "quote"
	Note             Name = "note"
	Highlight        Name = "highlight"
	NextNote         Name = "next-note"
	PreviousNote     Name = "previous-note"
	RemoveNote       Name = "remove-note"
	Merge            Name = "merge"
	Split            Name = "split"
	Everywhere       Name = "everywhere"
	Label            Name = "label"
	Undo             Name = "undo"
	GoOn             Name = "go-on"
	Top              Name = "top"
	End              Name = "end"
	Find             Name = "find"
	GoToMark         Name = "go-to-mark"
	JumpBack         Name = "jump-back"
)

// The screen does these: they lead to other articles, or out of the program.
const (
	NextArticle     Name = "next-article"
	PreviousArticle Name = "previous-article"
	Browse          Name = "browse"
	Picture         Name = "picture"
	Pipe            Name = "pipe"
	EditSource      Name = "edit-source"
	Suggest         Name = "suggest"
)

// An Ending is how far somebody has come with marking an article as done.
type Ending struct {
	Asked  []bool // for each time that it was asked what the article is to them and not answered yet: whether it is to be done then
	Coming int    // decisions by which it is done, or is not any more, that are on their way; then that is its status, and the next article comes
	Left   int    // of its claims, those that were not reviewed when it was marked as done
	Warned bool   // that nothing in it is reviewed
	Viewed bool   // another view was chosen, and what it shows is not there yet
	Later  string // to be said if the article is to them what it was
	Lost   bool   // it was taken back from them while they read it
	Before string // ID of the article that was done, for which this one came; undo goes back to it until something else is decided
}

package screens

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/format"
	"byline/annotate/workspace"
	"byline/articles/pictures"
	"byline/ui/library"
	"byline/ui/picture"
	"byline/ui/reader"
)

// A reach is what the screens do beyond the library and the terminal: files, other programs, the network, what is of all who use
// the library. It is given once, by [here] or by [away]; nothing else in this package does such things but the methods
// of [machine], and only here makes one.
type reach struct {
	intake
	outlet
	outside  reader.Outside           // links, the shell, an editor
	copy     func(text string) string // to a clipboard beside the terminal's; nil for none
	open     func(url string) error   // a link outside; nil for none
	pictures picture.Source
	keeper   func(workspace.Finder) library.Keeper
	complete func(ctx context.Context, id string) error // an article of which there is only a summary; nil for never
	tour     tea.Cmd
	crashed  func(*crash) error // what to tell of a fault
}

// An intake brings articles into the library.
type intake interface {
	// request returns the request for the one article that was named at the start; nil where there is none.
	request(names []string) (*reader.Request, error)
	// begin does what is to be done when the list is shown first, with what was named at the start.
	begin(names []string) tea.Cmd
	// add adds what was typed: a file, a folder, an address.
	add(library.AddMsg) tea.Cmd
	// sync fetches the feeds.
	sync() tea.Cmd
	// together brings the library together with those of others.
	together() tea.Cmd
	// samples brings back the sample stories.
	samples() tea.Cmd
}

// An outlet takes what is written for other programs.
type outlet interface {
	// save writes an article in a format.
	save(f *format.Format, doc *format.Document) tea.Cmd
	// saveCount writes the figures of a review.
	saveCount(to string, data []byte) tea.Cmd
}

// A machine is the computer that this runs on, for the person who sits at it.
type machine struct{ *Screens }

// here returns all that the computer has.
func here(s *Screens) reach {
	m := machine{s}
	s.commands.read()
	return reach{
		intake: m, outlet: m, outside: m, copy: Copy, open: OpenLink, pictures: m.pictures(),
		keeper:   func(f workspace.Finder) library.Keeper { return f },
		complete: s.Fetcher.Complete, tour: m.tour, crashed: m.crashed,
	}
}

// begin implements [intake].
func (s machine) begin(names []string) tea.Cmd {
	return tea.Batch(s.addSamples(), s.addAll(names), s.catchUp())
}

// pictures returns what shows the pictures of articles. Nothing is fetched but what a person asks for, and nothing
// from a private network, since the addresses are those of articles.
func (s machine) pictures() picture.Source {
	how := s.Config.Pictures
	return picture.Source{
		Terminal: picture.NewTerminal(s.Environ, how != "auto"), Hidden: how == "off",
		Read: pictures.Read, Fetch: s.Fetcher.Picture,
	}
}

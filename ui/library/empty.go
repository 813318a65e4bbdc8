package library

import (
	"strings"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
)

// A hint is a key and what it does about an empty list.
type hint struct{ key, what string }

// emptyText draws why the list is empty and what to do.
func (p *page) emptyText(width, height int) []string {
	why, ways := p.whyEmpty()
	var text []string
	if why != "" {
		text = append(text, p.look.theme.Strong.Render(why), "")
	}
	wide := 0
	for _, h := range ways {
		wide = max(wide, columns.Width(h.key, p.look.method))
	}
	for _, h := range ways {
		line := p.look.theme.Key.Render(columns.Right(h.key, wide, p.look.method)) + "   " + p.look.theme.Muted.Render(h.what)
		if wide > width/2 { // the keys need all the room they can get
			line = p.look.theme.Key.Render(columns.Fit(h.key, wide, p.look.method)) + "  " + p.look.theme.Muted.Render(h.what)
			if columns.Width(line, p.look.method) >= width {
				line = p.look.theme.Key.Render(h.key)
			}
		}
		text = append(text, line)
	}
	block := 0
	for _, l := range text {
		block = max(block, columns.Width(l, p.look.method))
	}
	left := columns.Blank(max(1, (width-block)/2))
	lines := make([]string, 0, height)
	for range max(0, (height-len(text))/3) {
		lines = append(lines, columns.Blank(width))
	}
	for _, l := range text {
		lines = append(lines, columns.Fit(left+l, width, p.look.method))
	}
	for len(lines) < height {
		lines = append(lines, columns.Blank(width))
	}
	return lines[:max(0, height)]
}

// whyEmpty returns why the list is empty, and what to do.
func (p *page) whyEmpty() (string, []hint) {
	switch {
	case p.state == filling:
		return "Adding sample stories…", []hint{{"", "and finding the names and quotes in them; this happens once"}}
	case p.search.on:
		return p.whyNothingFound()
	case p.state == failed && p.catalog.Total() == 0:
		return "The library could not be read.", []hint{{p.key(reloadAll), "try again"}}
	case p.trash && p.catalog.Total() == 0:
		return "The trash is empty.", []hint{{p.key(leaveTrash), "back to the library"}}
	case p.catalog.Total() == 0:
		return "The library is empty.", p.waysToFill()
	case p.catalog.FilterText() != "":
		return "No matching articles.", []hint{{p.key(clearSelection), "show all"}, {p.key(startSearch), "search the texts"}}
	}
	return "No matching articles.", []hint{{p.key(nextStatus), "next status"}, {p.key(clearSelection), "show all"}}
}

// waysToFill returns what brings articles into an empty library.
func (p *page) waysToFill() []hint {
	if addsTexts(p.keeper) {
		return []hint{{"", "paste a text to add it"}}
	}
	ways := []hint{{p.key(addArticle), "add a file, a folder, a page or a feed"}, {"byline FILE", "in the shell: add a file and open it"}}
	if p.catalog.Removed > 0 {
		ways = append(ways, hint{p.key(showTrash), "show the trash, with " + ui.Articles(p.catalog.Removed)})
	}
	return append(ways, hint{p.look.keyOf("app.palette", ":") + " samples", "bring back the sample stories"})
}

// whyNothingFound returns why a search has no hits, and what to do.
func (p *page) whyNothingFound() (string, []hint) {
	switch {
	case p.search.query == "", p.typing != nil && p.search.unfinished():
		return "Search all texts, names and quotes", []hint{
			{`harbour "sea wall" -storm`, "words, phrase, exclude"}, {"harb*", "prefix"},
			{`person:lee org:halden`, "people, organizations"}, {`by:"Ann Lee" said:strike`, "quotes by a speaker"},
			{"date:2026-01.. source:example.org", "date and publication"}, {"tag:todo reviewed:<50%", "tags and progress"},
			{"(a OR b) added:7d", p.key(complete) + " completes, " + p.key(saveQuery) + " saves"},
		}
	case p.search.hits.FilterText() != "":
		return "No matching articles.", []hint{{p.key(clearSelection), "show all that were found"}}
	case p.search.query != p.search.answered:
		return "", nil // not loaded yet
	case p.search.wrong != "":
		return "Invalid query: " + p.search.wrong, nil
	case p.search.query == assignedToMe:
		return p.whyNothingAssigned()
	}
	return "No matches.", []hint{{"⌫", "fewer words match more"}, {p.key(clearSelection), "back to the list"}}
}

// whyNothingAssigned says to whom nothing is assigned that is not done: a name with a typing error has nothing either.
func (p *page) whyNothingAssigned() (string, []hint) {
	ways := []hint{{p.key(showTeam), "the team, and how far it has come"}, {p.key(clearSelection), "back to the list"}}
	is, ok := p.keeper.(interface{ Signer() string })
	if !ok {
		return "Nothing is assigned to you that is not done.", ways
	}
	if !addsTexts(p.keeper) {
		ways = append(ways, hint{"--who NAME", "in the shell: if that is not you"})
	}
	return "Nothing is assigned to “" + clean.Line(is.Signer()) + "” that is not done.", ways
}

// withWelcome makes room for a line for who is here for the first time: there are only sample
// stories, and none was opened yet.
func (s *Screen) withWelcome(f layout) layout {
	all := &s.list.catalog
	if f.height < 8 || s.typing != nil || s.list.search.on || s.trash.shown() || all.Len() == 0 || all.Len() < all.Total() {
		return f
	}
	for i := range all.Len() {
		if e := all.At(i); !e.Opened.IsZero() || !strings.HasPrefix(e.Source, "sample:") {
			return f
		}
	}
	f.foot, f.welcome = f.foot+1, 1
	return f
}

// welcomeLine says what byline does and which keys to press, in the longest words that fit.
func (p *page) welcomeLine() string {
	read, tour := ui.KeyName(p.key(openArticle)), p.look.keyOf("app.tour", "f2")
	th, m := p.look.theme, p.look.method
	keys := th.Key.Render(read) + " reads a story, " + th.Key.Render(tour) + " takes the tour"
	for _, what := range []string{" byline finds the people, organizations and quotes in articles. ", " byline finds names and quotes. ", " "} {
		if columns.Width(what+keys, m) <= p.width {
			return columns.Fit(what+keys, p.width, m)
		}
	}
	return columns.Fit(" "+keys, p.width, m)
}

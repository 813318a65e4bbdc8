package screens_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles/fetch"
	"byline/ui/config"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// site serves two pages, of which one links to the other, to a missing one and to a mail address. It
// counts what is asked of it.
func site(t *testing.T) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	asked := &atomic.Int32{}
	body := strings.Repeat("<p>Nobody was at the harbour on the day that the mill closed its doors for good, and nobody came.</p>", 12)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/first":
			fmt.Fprintf(w, `<html><head><title>First page</title></head><body><article><h1>First page</h1><p>See <a href="/second">the second page</a>, <a href="/gone">a lost page</a> and <a href="mailto:a@example.org">write</a>.</p>%s</article></body></html>`, body)
		case "/second":
			fmt.Fprintf(w, `<html><head><title>Second page</title></head><body><article><h1>Second page</h1>%s</article></body></html>`, body)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	return srv, asked
}

// openOn starts the screens on names, with a client that fetches.
func openOn(t *testing.T, w *workspace.Workspace, names ...string) uitest.Steps {
	t.Helper()
	settings, _ := config.Load("")
	f := &pages.Fetcher{Workspace: w, Client: &fetch.Client{Agent: "test"}}
	_, m, err := screens.New(t.Context(), screens.Options{Fetcher: f, Config: settings, Names: names})
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 100, Height: 24})
	s.Run(m.Init())
	return s
}

// TestFollowLinks follows a link of a page to another of the same site, and comes back.
func TestFollowLinks(t *testing.T) {
	t.Parallel()
	srv, asked := site(t)
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	s := openOn(t, w, srv.URL+"/first")
	shows(t, s, "byline › First page")
	if n := asked.Load(); n != 1 {
		t.Fatalf("%d requests before any link is followed", n)
	}
	s.Press("L")
	shows(t, s, "the second page", srv.URL+"/second", "⏎ follow", "ctrl+o browser")
	if n := asked.Load(); n != 1 {
		t.Errorf("a list of links asked for %d pages", n-1)
	}
	s.Press("enter")
	shows(t, s, "byline › Second page", "ctrl+o goes back")
	s.Press("backspace")
	shows(t, s, "byline › First page")
	s.Press("L")
	s.Type("lost")
	s.Press("enter")
	shows(t, s, "byline › First page", "✗", "404")
	s.Press("L")
	s.Type("write")
	s.Press("enter")
	shows(t, s, "Not a web page: mailto:a@example.org")
}

// TestFollowUnderTheCursor follows the link that is selected, with ctrl+], and the one that is shown from
// the list, with Enter.
func TestFollowUnderTheCursor(t *testing.T) {
	t.Parallel()
	srv, _ := site(t)
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	s := openOn(t, w, srv.URL+"/first")
	s.Press("/")
	s.Type("second")
	s.Press("enter v ctrl+]")
	shows(t, s, "byline › Second page")
	s.Press("backspace esc esc L")
	s.Type("second")
	s.Press("ctrl+g")
	shows(t, s, "ctrl+] follow link")
	s.Press("enter")
	shows(t, s, "byline › Second page")
	s.Press("backspace")
	shows(t, s, "byline › First page")
}

// TestLinkOnAName says with which key the link under a name is followed: Enter is about the name.
func TestLinkOnAName(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, writeFile(t, "a.md", "# Title\n\nSee [山田](https://example.org/x) and 山口.\n"))
	for _, width := range []int{80, 110} {
		s.Send(tea.WindowSizeMsg{Width: width, Height: 24})
		s.Press("g")
		if got := footer(s.View()); !strings.Contains(got, "⏎ confirm  ctrl+] follow link") {
			t.Errorf("on a name that is a link: %q", got)
		}
		s.Press("l tab")
		if got := footer(s.View()); !strings.Contains(got, "⏎ confirm") || strings.Contains(got, "follow") {
			t.Errorf("on a name that is none: %q", got)
		}
	}
}

// TestLinksIntoThePrivateNetwork are refused where they come from a file: nobody named the address.
func TestLinksIntoThePrivateNetwork(t *testing.T) {
	t.Parallel()
	srv, asked := site(t)
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	s := openOn(t, w, writeFile(t, "a.md", "# Title\n\nSee [the page]("+srv.URL+"/first).\n"))
	s.Press("L enter")
	if got := ansi.Strip(s.View()); !strings.Contains(got, "✗") || !strings.Contains(got, "network") || asked.Load() != 0 {
		t.Errorf("asked %d times, says %q", asked.Load(), got)
	}
	if got := ansi.Strip(s.View()); !strings.Contains(got, "byline › Title") {
		t.Errorf("left the article:\n%s", got)
	}
}

// TestFollowWithoutNetwork opens the copy that the library has, and says so.
func TestFollowWithoutNetwork(t *testing.T) {
	t.Parallel()
	srv, _ := site(t)
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	openOn(t, w, srv.URL+"/second")
	s := openOn(t, w, srv.URL+"/first")
	srv.Close()
	s.Press("L enter")
	shows(t, s, "byline › Second page", "This is the copy in the library: fetch")
}

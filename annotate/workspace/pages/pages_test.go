package pages

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/fetch"
)

const page = `<html><head><title>The ferry</title></head><body><article><h1>The ferry</h1><p>` +
	`Ines Calder runs the ferry to Holm Island, and has done so for twenty years, in all weathers and for all who ask. ` +
	`“We sail at seven,” she said, “and we do not wait.” The council wants the boat to wait for the last bus.</p></article></body></html>`

const feedXML = `<rss version="2.0"><channel><title>Wire</title><item><title>A</title><link>https://wire.example.org/a</link></item></channel></rss>`

// fetcher serves a site and returns a fetcher on a new library, and a count of how often the page
// was sent.
func fetcher(t *testing.T) (f *Fetcher, url string, sent *int) {
	t.Helper()
	lib, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	sent = new(int)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/feed":
			w.Write([]byte(feedXML))
		case r.URL.Path != "/ferry":
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == `"1"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			*sent++
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write([]byte(page))
		}
	}))
	t.Cleanup(site.Close)
	return &Fetcher{Workspace: workspace.New(lib, nil, workspace.Options{}), Client: &fetch.Client{Agent: "test"}}, site.URL, sent
}

// A page is stored with its article, fetched again only if it has changed, and can be parsed again
// without the network.
func TestFetcher(t *testing.T) {
	t.Parallel()
	f, url, sent := fetcher(t)
	a, err := f.Article(t.Context(), url+"/ferry")
	if err != nil || a.Title != "The ferry" || !strings.Contains(a.Text, "We sail at seven") {
		t.Fatalf("%+v, %v", a, err)
	}
	d, err := f.Download(t.Context(), url+"/ferry")
	if err != nil || d.Article != nil || *sent != 1 {
		t.Fatalf("sent %d times, %v", *sent, err)
	}
	added, err := f.Add(t.Context(), &d)
	if err != nil || added.ID != a.ID || added.Outcome != db.Same || d.Title != "The ferry" {
		t.Errorf("%+v, %q, %v", added, d.Title, err)
	}
	e, err := f.Workspace.Library.Entry(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if added, title, err := Reread(t.Context(), f.Workspace.Library, &e); err != nil || added.Outcome != db.Same || title != "The ferry" {
		t.Errorf("read again: %+v, %q, %v", added, title, err)
	}
	if added, _, err := Reread(t.Context(), f.Workspace.Library, &library.Entry{ID: "none", Version: 1}); err != nil || added.Outcome != db.Same {
		t.Errorf("what was never fetched: %+v, %v", added, err)
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	f, url, _ := fetcher(t)
	if _, err := f.Article(t.Context(), url+"/feed"); !errors.Is(err, ErrFeed) {
		t.Errorf("a feed: %v", err)
	}
	if _, err := f.Article(t.Context(), url+"/none"); err == nil || errors.Is(err, ErrFeed) {
		t.Errorf("nothing: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Article(ctx, url+"/ferry"); !errors.Is(err, context.Canceled) {
		t.Errorf("left: %v", err)
	}
}

func TestPartial(t *testing.T) {
	t.Parallel()
	long := &articles.Article{Text: strings.Repeat("word ", fewWords)}
	for name, c := range map[string]struct {
		d    Download
		want string
	}{
		"no page":   {Download{Article: long}, ""},
		"whole":     {Download{Article: long, Page: db.Page{Body: []byte("<html>")}}, ""},
		"few words": {Download{Article: &articles.Article{Text: "Log in."}, Page: db.Page{Body: []byte("<html>")}}, "only 2 words"},
		"warned":    {Download{Article: &articles.Article{Text: "Log in.", Warnings: []string{"it is for subscribers"}}, Page: db.Page{Body: []byte("<html>")}}, ""},
	} {
		if got := c.d.Partial(); !strings.Contains(got, c.want) || got != "" && c.want == "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

package feeds

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles/feed"
	"byline/articles/fetch"
)

const wire = `<rss version="2.0"><channel><title>The Wire</title>
<item><title>A strike</title><guid>1</guid><link>https://wire.example.org/1</link><description>The ferry stays in harbour.</description></item>
<item><title>A vote</title><guid>2</guid><link>https://wire.example.org/2</link><description>The council votes on Monday.</description></item>
</channel></rss>`

// follower serves a site with a feed and returns a follower on a new library.
func follower(t *testing.T) (Follower, string) {
	t.Helper()
	lib, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			w.Write([]byte(wire))
		case "/":
			w.Write([]byte(`<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>`))
		case "/plain":
			w.Write([]byte(`<html><body>No feed.</body></html>`))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(site.Close)
	return Follower{&pages.Fetcher{Workspace: workspace.New(lib, nil, workspace.Options{}), Client: &fetch.Client{Agent: "test"}}}, site.URL
}

// A page that links to a feed is enough; the items are added once, the oldest first.
func TestFollow(t *testing.T) {
	t.Parallel()
	f, url := follower(t)
	x, n, err := f.Follow(t.Context(), url+"/")
	if err != nil || x.URL != url+"/feed" || x.Title != "The Wire" || !n.Followed || !x.Typed {
		t.Fatalf("%+v, %+v, %v", x, n, err)
	}
	var titles []string
	for _, a := range n.Articles {
		titles = append(titles, a.Title)
	}
	if !slices.Equal(titles, []string{"A vote", "A strike"}) {
		t.Errorf("%q", titles)
	}
	if _, n, err := f.Follow(t.Context(), url+"/feed"); err != nil || n.Followed || len(n.Articles) > 0 {
		t.Errorf("followed again: %+v, %v", n, err)
	}
	if _, _, err := f.Follow(t.Context(), url+"/plain"); !errors.Is(err, feed.ErrNoFeed) {
		t.Errorf("no feed: %v", err)
	}
}

// A feed that fails does not stop the others, and the library records why.
func TestSync(t *testing.T) {
	t.Parallel()
	f, url := follower(t)
	lib := f.Workspace.Library
	for _, path := range []string{"/feed", "/gone"} {
		if _, err := lib.AddFeed(t.Context(), db.Feed{URL: url + path, Title: path, Typed: true}); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	came, failed := map[string]int{}, map[string]error{}
	sync := func(urls ...string) {
		t.Helper()
		clear(came)
		clear(failed)
		if err := f.Sync(t.Context(), urls, func(x db.Feed, n News, err error) {
			mu.Lock()
			defer mu.Unlock()
			if came[x.URL] = len(n.Articles); err != nil {
				failed[x.URL] = err
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
	sync()
	if came[url+"/feed"] != 2 || failed[url+"/gone"] == nil || len(failed) != 1 {
		t.Errorf("%v, %v", came, failed)
	}
	all, err := lib.FollowedFeeds(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	for _, x := range all {
		if (x.Error != "") != (x.URL == url+"/gone") {
			t.Errorf("%s: %q", x.URL, x.Error)
		}
	}
	sync(url + "/other")
	if !errors.Is(failed[url+"/other"], db.ErrNoFeed) || len(came) != 1 {
		t.Errorf("%v, %v", came, failed)
	}
}

func TestSameHost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://a.example.org/x", "https://a.example.org/feed", true},
		{"https://a.example.org/x", "https://b.example.org/feed", false},
		{"https://a.example.org", "https://a.example.org:8080/feed", false},
		{"https://a.example.org", "http://192.168.0.1/feed", false},
	} {
		if got := sameHost(c.a, c.b); got != c.same {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}

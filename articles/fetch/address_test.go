package fetch

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"https://example.org/a": "https://example.org/a", " HTTP://example.org/a b ": "http://example.org/a%20b", "http:// example.org/": "http://example.org/",
		"www.example.org": "https://www.example.org", "www.example.org/x": "https://www.example.org/x", "example.org/feed": "https://example.org/feed",
		"example.co.uk:8080/x": "https://example.co.uk:8080/x", "u:secret@example.org/x": "https://u:secret@example.org/x",
		"story.html": "", "articles/story.html": "", "my.notes/today.txt": "", "example.org": "", "-": "", "": "", "/tmp/a.b/c": "", "../a.com/x": "", "ftp://example.org/a": "", "www.": "",
	} {
		if got, ok := Address(name); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v, want %q", name, got, ok, want)
		}
	}
	for address, want := range map[string]string{
		"http://u:secret@example.org/a?b#c": "http://example.org/a?b#c", "http://example.org/a@b": "http://example.org/a@b", "http://u:sec%ret@example.org/": "http://example.org/", "http://u@example.org": "http://example.org",
		"http://example.org/a?id=7&Access_Token=SECRET&x=%20y": "http://example.org/a?id=7&x=%20y", "https://example.org/a?token=S": "https://example.org/a",
		"https://example.org/a?X-Amz-Signature=S&b": "https://example.org/a?b", "https://example.org/#access_token=S&x=1": "https://example.org/", "https://example.org/?%74oken=S": "https://example.org/",
		"https://example.org/?key=7&session=12&tokens=3&token": "https://example.org/?key=7&session=12&tokens=3&token", "https://example.org/a?": "https://example.org/a?",
	} {
		if got := WithoutSecrets(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

// A site that sets a cookie and leads back, and a page that leads to another, are followed; a page that only loads itself again later is not.
func TestFollowed(t *testing.T) {
	t.Parallel()
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/cookie":
			if c, err := r.Cookie("seen"); err != nil || c.Value != "1" {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
				http.Redirect(w, r, "/cookie", http.StatusFound)
				return
			}
			w.Write([]byte("<p>the story, in " + r.Header.Get("Accept-Language")))
		case "/refresh":
			w.Write([]byte("<meta http-equiv=Refresh content=\"0; url='/cookie'\">"))
		case "/later":
			w.Write([]byte("<meta http-equiv=refresh content='600; url=/cookie'><p>today"))
		case "/circle":
			w.Write([]byte("<meta http-equiv=refresh content='0; url=/circle?again=" + r.URL.Query().Get("again") + "1'>"))
		case "/away":
			w.Write([]byte("<meta http-equiv=refresh content='0; url=file:///etc/passwd'>"))
		case "/closed":
			if _, password, _ := r.BasicAuth(); password != "secret" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			w.Write([]byte("<p>inside"))
		}
	})
	secret := strings.Replace(at, "http://", "http://u:secret@", 1)
	for address, want := range map[string]string{
		at + "/cookie": "<p>the story, in de, en;q=0.5", at + "/refresh": "<p>the story, in de, en;q=0.5", at + "/later": "today", at + "/circle": "more than 10 redirects", at + "/away": "only http and https",
		secret + "/closed": "<p>inside", strings.Replace(secret, "secret", "wrong", 1) + "/closed": "fetch " + at + "/closed: 401",
	} {
		p, err := (&Client{Languages: "de, en;q=0.5"}).Get(context.Background(), Request{URL: address, Trusted: true})
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = p.URL + string(p.Body)
		}
		if !strings.Contains(got, want) || strings.Contains(got, "secret") {
			t.Errorf("%s: %q, not %q", address, got, want)
		}
	}
}

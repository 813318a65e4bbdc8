package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(t *testing.T, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestGet(t *testing.T) {
	t.Parallel()
	asked := 0
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch {
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/story", http.StatusFound)
		case r.Header.Get("If-None-Match") == `"7"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
			w.Header().Set("ETag", `"7"`)
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write([]byte("<p>" + r.UserAgent()))
			z.Close()
		}
	})
	c := &Client{Agent: "byline/1"}
	p, err := c.Get(context.Background(), Request{URL: at + "/moved", Trusted: true})
	if err != nil {
		t.Fatal(err)
	}
	if string(p.Body) != "<p>byline/1" || p.URL != at+"/story" || p.Type != "text/html" || p.Charset != "iso-8859-1" || p.ETag != `"7"` {
		t.Errorf("%+v %s", p, p.Body)
	}
	if _, err := c.Get(context.Background(), Request{URL: at + "/story", Trusted: true, ETag: p.ETag}); !errors.Is(err, ErrNotModified) {
		t.Errorf("asked again: %v", err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 64 {
				z.Write(bytes.Repeat([]byte("a"), 1<<20))
			}
			z.Close()
		}
	})
	for _, c := range []struct {
		url     string
		trusted bool
		says    string
	}{
		{at + "/round", true, "more than 10 redirects"},
		{at + "/file", true, "only http and https addresses can be fetched"},
		{at + "/gone", true, "fetch " + at + "/gone: 410 gone"},
		{at + "/bomb", true, "it is larger than 32 MB"},
		{at + "/", false, "the address is inside a private network"},
		{strings.Replace(at, "127.0.0.1", "localhost", 1), false, "the address is inside a private network"},
		{"file:///etc/passwd", true, "only http and https"},
		{"ftp://example.org/a", true, "only http and https"},
		{"http://%zz", true, "not an address"},
		{"https://nobody.invalid/", true, "the name nobody.invalid is not known"},
	} {
		client := &Client{} // without the pause between two requests
		if _, err := client.Get(context.Background(), Request{URL: c.url, Trusted: c.trusted}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, not %q", c.url, err, c.says)
		}
	}
}

// An answer that breaks the protocol is said without the words of a library, nor its own.
func TestBrokenAnswers(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{
		"HTTP/1.1 302 Found\r\nLocation: /x\x1b]0;t\x07\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: http://%zz/\r\n\r\n",
		"HTTP/1.1 200 OK\r\nno header\r\n\r\n", "hello\r\n\r\n",
	} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				_, _ = c.Read(make([]byte, 4096))
				_, _ = c.Write([]byte(answer))
				c.Close()
			}
		}()
		_, err = (&Client{}).Get(t.Context(), Request{URL: "http://" + l.Addr().String() + "/", Trusted: true})
		if err == nil || !strings.HasSuffix(err.Error(), "the answer is not as the web's protocol asks for") {
			t.Errorf("%q: %v", answer, err)
		}
		l.Close()
	}
}

func TestPublic(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "::1": false, "fe80::1": false, "fd00::1": false, "::ffff:127.0.0.1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "fec0::1": false, "::": false,
	} {
		if got := isPublic(net.ParseIP(ip)); got != want {
			t.Errorf("%s: %v", ip, got)
		}
	}
}

// After a Retry-After, the request is repeated at that time.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	n := 0
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 1 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		w.Write([]byte("text"))
	})
	p, err := (&Client{}).Get(context.Background(), Request{URL: at, Trusted: true})
	if err != nil || string(p.Body) != "text" || n != 2 {
		t.Errorf("%v, asked %d times", err, n)
	}
}

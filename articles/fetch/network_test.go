package fetch

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// serveAt serves at an address of this computer.
func serveAt(t *testing.T, ip string, h http.HandlerFunc) string {
	l, err := net.Listen("tcp", ip+":0")
	if err != nil {
		t.Skip(err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// A public address must not lead into a private network, by a redirect or a page that leads on; a private one may. In this test
// 127.0.0.1 counts as public.
func TestLedAway(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 100)
	private := serveAt(t, "127.0.0.2", func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		if r.URL.Path == "/on" {
			http.Redirect(w, r, "/inside", http.StatusFound)
			return
		}
		if r.URL.Path == "/cloud" { // where machines of a cloud ask for their secrets
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
			return
		}
		w.Write([]byte("inside"))
	})
	var public string
	public = serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		if from := r.Referer(); from != "" {
			t.Errorf("Referer: %s", from)
		}
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, private+"/inside", http.StatusFound)
		case "/twice":
			http.Redirect(w, r, public+"/redirect?token=SECRET", http.StatusFound)
		case "/refresh":
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte(`<meta http-equiv=refresh content="0; url=` + private + `/inside">`))
		}
	})
	counts := func(ip net.IP) bool { return ip.Equal(net.IPv4(127, 0, 0, 1)) }
	for _, path := range []string{"/redirect", "/twice", "/refresh"} {
		for _, trusted := range []bool{true, false} {
			_, err := (&Client{public: counts}).Get(t.Context(), Request{URL: public + path, Trusted: trusted})
			if _, led := errors.AsType[*LedAwayError](err); err == nil || led != trusted || !strings.Contains(err.Error(), "inside a private network") {
				t.Errorf("%s, trusted %v: %v", path, trusted, err)
			}
			if len(asked) > 0 {
				t.Fatalf("%s, trusted %v: asked for %s", path, trusted, <-asked)
			}
		}
		if p, err := (&Client{public: counts, AllowPrivate: true}).Get(t.Context(), Request{URL: public + path, Trusted: true}); err != nil || string(p.Body) != "inside" {
			t.Errorf("%s, allowed: %v", path, err)
		}
		<-asked
	}
	if p, err := (&Client{public: counts}).Get(t.Context(), Request{URL: private + "/on", Trusted: true}); err != nil || string(p.Body) != "inside" {
		t.Errorf("from a private address: %v", err)
	}
	_, err := (&Client{public: counts}).Get(t.Context(), Request{URL: private + "/cloud", Trusted: true})
	if _, led := errors.AsType[*LedAwayError](err); !led {
		t.Errorf("from a private address to a link-local one: %v", err)
	}
}

// A proxy resolves names by itself, so what a name stands for is looked up here before it is asked.
func TestLedAwayBehindProxy(t *testing.T) {
	asked := make(chan string, 100)
	proxy := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.String()
		if r.URL.Path == "/redirect" {
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
			return
		}
		w.Write([]byte("text"))
	})
	t.Setenv("HTTP_PROXY", proxy)
	_, err := (&Client{}).Get(t.Context(), Request{URL: "http://93.184.216.34/redirect", Trusted: true})
	if _, led := errors.AsType[*LedAwayError](err); !led || len(asked) != 1 {
		t.Errorf("%v, asked %d times", err, len(asked))
	}
	if p, err := (&Client{}).Get(t.Context(), Request{URL: "http://93.184.216.34/text", Trusted: true}); err != nil || string(p.Body) != "text" {
		t.Errorf("a public address through the proxy: %v", err)
	}
}

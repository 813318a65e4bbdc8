package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
	"syscall"
	"time"
)

var errPrivate = errors.New("the address is inside a private network")

// A LedAwayError says that an address leads into a private network from outside.
type LedAwayError struct{ Host string }

func (e *LedAwayError) Error() string {
	return "it leads to " + e.Host + ", inside a private network"
}

// A journey is one fetch with all its redirects: it decides which connections may be made.
//
// Where nobody typed the address, none into a private network may be. Where somebody did, the address itself may be private, and
// then it may lead anywhere; a public one must not lead into a private network, unless the client allows that. What counts is the
// address that a connection is made to; through a proxy, which resolves names by itself, what the name stands for here.
type journey struct {
	trusted, allowed bool
	public           func(net.IP) bool

	mu      sync.Mutex
	host    string // of the request under way
	led     bool   // it is not the first
	inside  bool   // the first was to a private network
	proxied bool   // the request under way goes through a proxy
}

// newJourney returns a journey and the client that makes it.
func (c *Client) newJourney(trusted bool) (*journey, *http.Client) {
	j := &journey{trusted: trusted, allowed: c.AllowPrivate, public: isPublic}
	if c.public != nil {
		j.public = c.public
	}
	d := &net.Dialer{Timeout: 10 * time.Second, Control: j.check}
	t := &http.Transport{
		DialContext:           d.DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
		DisableKeepAlives:     true,
	}
	if trusted {
		t.Proxy = j.proxy
	} // else none: a proxy would resolve the name unchecked
	jar, _ := cookiejar.New(nil) // never fails
	return j, &http.Client{Transport: t, Jar: jar, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		req.Header.Del("Referer") // the address before may hold what is nobody else's
		j.leadsTo(req.URL)
		switch {
		case len(via) >= maxRedirects:
			return fmt.Errorf("more than %d redirects", maxRedirects)
		case req.URL.Scheme != "http" && req.URL.Scheme != "https":
			return errScheme
		}
		return nil
	}}
}

// leadsTo notes that the next request was not asked for by a person.
func (j *journey) leadsTo(u *url.URL) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.host, j.led, j.proxied = u.Hostname(), true, false
}

// proxy returns the proxy for a request, and refuses one through it that would be refused without.
func (j *journey) proxy(req *http.Request) (*url.URL, error) {
	at, err := http.ProxyFromEnvironment(req)
	if at == nil || err != nil {
		return at, err
	}
	for _, ip := range addressesOf(req.Context(), req.URL.Hostname()) {
		if err := j.allow(ip); err != nil {
			return nil, err
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.proxied = true
	return at, nil
}

// addressesOf returns what a host stands for as far as is known here; behind a proxy that may be nothing.
func addressesOf(ctx context.Context, host string) []net.IP {
	ips, err := net.DefaultResolver.LookupIP(ctx, "ip", host)
	if err != nil {
		return nil
	}
	return ips
}

// check allows or refuses a connection.
func (j *journey) check(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	j.mu.Lock()
	proxied := j.proxied
	j.mu.Unlock()
	if proxied {
		return nil
	}
	return j.allow(net.ParseIP(host)) // nil is not public
}

// allow reports as an error why nothing at ip may be asked.
func (j *journey) allow(ip net.IP) error {
	if ip != nil && j.public(ip) {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case !j.trusted:
		return errPrivate
	case !j.led:
		j.inside = true
	case (!j.inside || ip.IsLinkLocalUnicast()) && !j.allowed: // a cloud tells its machines' secrets on such an address
		return &LedAwayError{j.host}
	}
	return nil
}

// inner are the private networks that [net.IP] does not know: carrier-grade NAT, protocol
// assignments, benchmarks, documentation, reserved, and IPv4 addresses written in IPv6 (RFC 6890,
// 6052, 3056, 4380).
var inner = parseNets("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2001:db8::/32", "2002::/16", "100::/64", "fec0::/10")

func parseNets(list ...string) []*net.IPNet {
	var out []*net.IPNet
	for _, s := range list {
		_, n, err := net.ParseCIDR(s)
		if err != nil {
			panic(err) // the list above is constant
		}
		out = append(out, n)
	}
	return out
}

// isPublic reports whether ip is a public address.
func isPublic(ip net.IP) bool {
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsMulticast() {
		return false
	}
	for _, n := range inner {
		if n.Contains(ip) {
			return false
		}
	}
	return true
}

// Package fetch gets pages from the web. It is the only part of the program that speaks
// HTTP, and it does so when somebody asks for an address, or for the items of a feed
// that they follow: one plain GET, without cookies, scripts or pictures.
//
// A request has a time limit, an answer a size limit, redirects are bounded. One host is
// asked one thing at a time, with a pause between two. An address that a person typed may
// lead anywhere; one that came from a page or a feed must not lead into the computer or
// the network that the program runs in: the address that a name resolves to is looked at
// when the connection is made, again for every redirect, so that no name can point
// elsewhere in between.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Limits of a fetch.
const (
	timeout      = 30 * time.Second // of a whole request with its redirects
	maxBytes     = 32 << 20         // of an answer, decompressed
	maxRedirects = 10
	pause        = time.Second // between two requests to one host
	mostPatience = 20 * time.Second
)

// What can be wrong with a page. Each comes wrapped with the address.
var (
	ErrNotModified = errors.New("it has not changed")
	errPrivate     = errors.New("the address is inside a private network")
	errTooLarge    = errors.New("it is larger than 32 MB")
	errScheme      = errors.New("only http and https addresses can be fetched")
)

// A Client fetches. The zero Client works, and so do many goroutines with one.
type Client struct {
	Agent string // names the program; "byline" if empty

	mu    sync.Mutex
	hosts map[string]*host
}

// A host is asked one thing at a time.
type host struct {
	mu   sync.Mutex
	next time.Time // before which nothing is asked
}

// A Request says what is fetched.
type Request struct {
	URL      string
	Trusted  bool   // a person typed the address: it may lead anywhere
	ETag     string // of what is there already; with Modified, for [ErrNotModified]
	Modified string
}

// A Page is an answer.
type Page struct {
	URL      string // after redirects
	Type     string // of the content, without parameters: "text/html"
	Charset  string // as the server says; may be empty
	ETag     string
	Modified string
	Body     []byte
	At       time.Time
}

// Get fetches a page. Its errors say in a line what could not be fetched and why.
func (c *Client) Get(ctx context.Context, r Request) (*Page, error) {
	p, err := c.get(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", r.URL, trimAddress(err))
	}
	return p, nil
}

func (c *Client) get(ctx context.Context, r Request) (*Page, error) {
	u, err := url.Parse(r.URL)
	switch {
	case err != nil:
		return nil, errors.New("that is no address")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, errScheme
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	h := c.host(u.Hostname())
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := sleep(ctx, time.Until(h.next)); err != nil {
		return nil, err
	}
	defer func() { h.next = latest(h.next, time.Now().Add(pause)) }()
	p, again, err := c.tryOnce(ctx, u, r)
	if again <= 0 || again > mostPatience {
		return p, err
	}
	if err := sleep(ctx, again); err != nil {
		return nil, err
	}
	if p, again, err = c.tryOnce(ctx, u, r); again > 0 {
		h.next = time.Now().Add(again)
	}
	return p, err
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (c *Client) host(name string) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hosts == nil {
		c.hosts = map[string]*host{}
	}
	h := c.hosts[name]
	if h == nil {
		h = &host{}
		c.hosts[name] = h
	}
	return h
}

// sleep waits for d, or for the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// tryOnce asks once. Again is how long the server wants to be left alone before it is asked
// again; 0 if it does not say so.
func (c *Client) tryOnce(ctx context.Context, u *url.URL, r Request) (p *Page, again time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, 0, err
	}
	agent := c.Agent
	if agent == "" {
		agent = "byline"
	}
	req.Header.Set("User-Agent", agent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/feed+json, application/rss+xml, application/atom+xml, application/xml;q=0.9, text/plain;q=0.8, application/pdf;q=0.8, */*;q=0.1")
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.Modified != "" {
		req.Header.Set("If-Modified-Since", r.Modified)
	}
	resp, err := newHTTPClient(r.Trusted).Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified:
		return nil, 0, ErrNotModified
	case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable:
		return nil, retryAfter(resp.Header.Get("Retry-After")), statusError(resp)
	case resp.StatusCode != http.StatusOK:
		return nil, 0, statusError(resp)
	case resp.ContentLength > maxBytes:
		return nil, 0, errTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBytes+1))
	if err != nil {
		return nil, 0, err
	}
	if len(body) > maxBytes {
		return nil, 0, errTooLarge
	}
	p = &Page{URL: resp.Request.URL.String(), ETag: resp.Header.Get("ETag"), Modified: resp.Header.Get("Last-Modified"), Body: body, At: time.Now().UTC()}
	kind, params, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")) // none is told by what it holds
	p.Type, p.Charset = kind, params["charset"]
	return p, 0, nil
}

// newHTTPClient returns a client whose connections are looked at, unless trusted.
func newHTTPClient(trusted bool) *http.Client {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
		DisableKeepAlives:     true,
	}
	d := &net.Dialer{Timeout: 10 * time.Second}
	if !trusted {
		t.Proxy = nil // a proxy would resolve the name where nobody looks
		d.Control = refusePrivate
	}
	t.DialContext = d.DialContext
	return &http.Client{Transport: t, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		switch {
		case len(via) >= maxRedirects:
			return fmt.Errorf("more than %d redirects", maxRedirects)
		case req.URL.Scheme != "http" && req.URL.Scheme != "https":
			return errScheme
		}
		return nil
	}}
}

// refusePrivate lets through connections to the internet only.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	name, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(name); ip == nil || !public(ip) {
		return errPrivate
	}
	return nil
}

// inner are the networks besides those that [net.IP] knows as private: carriers' own,
// protocol assignments, benchmarks, documentation, reserved, and ways of writing an IPv4
// address in IPv6 (RFC 6890, 6052, 3056, 4380).
var inner = parseNets("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2001:db8::/32", "2002::/16", "100::/64", "fec0::/10")

func parseNets(list ...string) []*net.IPNet {
	var out []*net.IPNet
	for _, s := range list {
		_, n, err := net.ParseCIDR(s)
		if err != nil {
			panic(err) // the list is above
		}
		out = append(out, n)
	}
	return out
}

// public reports whether ip is an address of the internet.
func public(ip net.IP) bool {
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

func statusError(resp *http.Response) error {
	return fmt.Errorf("%d %s", resp.StatusCode, strings.ToLower(http.StatusText(resp.StatusCode)))
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(s string) time.Duration {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return time.Duration(n)*time.Second + time.Millisecond
	}
	if t, err := http.ParseTime(s); err == nil {
		return time.Until(t)
	}
	return 0
}

// trimAddress leaves out of an error what the address in front of it says already.
func trimAddress(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		if ue.Timeout() {
			return fmt.Errorf("no answer within %d seconds", int(timeout.Seconds()))
		}
		err = ue.Err
	}
	var oe *net.OpError
	if errors.As(err, &oe) && !errors.Is(err, errPrivate) {
		var dns *net.DNSError
		if errors.As(err, &dns) {
			return fmt.Errorf("the name %s is not known", dns.Name)
		}
		return fmt.Errorf("no connection: %w", oe.Err)
	}
	if errors.Is(err, errPrivate) {
		return errPrivate
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer within %d seconds", int(timeout.Seconds()))
	}
	return err
}

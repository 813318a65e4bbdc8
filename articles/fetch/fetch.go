// Package fetch fetches pages from the web. It is the only part of the program that speaks HTTP,
// and it does so only when somebody asks for an address, for a picture of an article, or for the items of a feed
// they follow: one plain GET, without scripts. Cookies live as long as one fetch, for sites that set one and lead back to
// where one was; a page that leads to another at once is followed like a redirect.
//
// A request has a time limit, a response a size limit, and redirects are bounded. A host gets one
// request at a time, with a pause between two. An address that a person typed may point anywhere;
// one that came from a page or a feed must not point into the computer or the network that the
// program runs in: the resolved address is checked when the connection is made, again for every
// redirect, so that a name cannot change its target in between.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Limits of a fetch.
const (
	timeout      = 30 * time.Second // of a whole request including redirects
	maxBytes     = 32 << 20         // of a response, decompressed
	maxRedirects = 10
	pause        = time.Second // between two requests to one host
	mostPatience = 20 * time.Second
)

// Errors of fetching. Each comes wrapped with the address.
var (
	ErrNotModified = errors.New("it has not changed")
	errPrivate     = errors.New("the address is inside a private network")
	errTooLarge    = errors.New("it is larger than 32 MB")
	errScheme      = errors.New("only http and https addresses can be fetched")
)

// A Client fetches pages. The zero Client works, and is safe for concurrent use.
type Client struct {
	Agent     string // names the program; "byline" if empty
	Languages string // that pages should be in, as the header Accept-Language lists them; empty: whatever there is

	mu    sync.Mutex
	hosts map[string]*host
}

// A host gets one request at a time.
type host struct {
	mu   sync.Mutex
	next time.Time // earliest time of the next request
}

// A Request says what to fetch.
type Request struct {
	URL      string
	Trusted  bool   // a person typed the address: it may point anywhere
	ETag     string // of the stored copy; with Modified, for [ErrNotModified]
	Modified string
}

// A Page is a response.
type Page struct {
	URL      string // after redirects
	Type     string // of the content, without parameters: "text/html"
	Charset  string // according to the server; may be empty
	ETag     string
	Modified string
	Body     []byte
	At       time.Time
}

// Get fetches a page. Its errors say in one line what could not be fetched and why.
func (c *Client) Get(ctx context.Context, r Request) (*Page, error) {
	p, err := c.get(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", WithoutPassword(r.URL), trimAddress(err))
	}
	return p, nil
}

// An attempt is a request under way, with the cookies that it got.
type attempt struct {
	Request
	client *http.Client
}

func (c *Client) get(ctx context.Context, r Request) (*Page, error) {
	u, err := url.Parse(r.URL)
	switch {
	case err != nil:
		return nil, errors.New("not an address")
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
	t := attempt{r, newHTTPClient(r.Trusted)}
	p, again, err := c.follow(ctx, u, t)
	if again <= 0 || again > mostPatience {
		return p, err
	}
	if err := sleep(ctx, again); err != nil {
		return nil, err
	}
	if p, again, err = c.follow(ctx, u, t); again > 0 {
		h.next = time.Now().Add(again)
	}
	return p, err
}

// follow makes one attempt, and goes on where the page leads at once.
func (c *Client) follow(ctx context.Context, u *url.URL, t attempt) (p *Page, again time.Duration, err error) {
	for range maxRedirects {
		if p, again, err = c.tryOnce(ctx, u, t); err != nil {
			return p, again, err
		}
		next := refresh(p)
		if next == nil {
			return p, 0, nil
		}
		if next.Scheme != "http" && next.Scheme != "https" {
			return nil, 0, errScheme
		}
		u, t.ETag, t.Modified = next, "", ""
	}
	return nil, 0, fmt.Errorf("more than %d redirects", maxRedirects)
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

// sleep waits for d, or until ctx ends.
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

// tryOnce makes one attempt. Again is the delay that the server asks for before the next one, or
// 0.
func (c *Client) tryOnce(ctx context.Context, u *url.URL, r attempt) (p *Page, again time.Duration, err error) {
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
	if c.Languages != "" {
		req.Header.Set("Accept-Language", c.Languages)
	}
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.Modified != "" {
		req.Header.Set("If-Modified-Since", r.Modified)
	}
	resp, err := r.client.Do(req)
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
	p = &Page{URL: WithoutPassword(resp.Request.URL.String()), ETag: resp.Header.Get("ETag"), Modified: resp.Header.Get("Last-Modified"), Body: body, At: time.Now().UTC()}
	kind, params, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")) // if empty, the content decides
	p.Type, p.Charset = kind, params["charset"]
	return p, 0, nil
}

// newHTTPClient returns a client that checks its connections, unless trusted.
func newHTTPClient(trusted bool) *http.Client {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
		DisableKeepAlives:     true,
	}
	d := &net.Dialer{Timeout: 10 * time.Second}
	if !trusted {
		t.Proxy = nil // a proxy would resolve the name unchecked
		d.Control = refusePrivate
	}
	t.DialContext = d.DialContext
	jar, _ := cookiejar.New(nil) // never fails
	return &http.Client{Transport: t, Jar: jar, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		switch {
		case len(via) >= maxRedirects:
			return fmt.Errorf("more than %d redirects", maxRedirects)
		case req.URL.Scheme != "http" && req.URL.Scheme != "https":
			return errScheme
		}
		return nil
	}}
}

// refusePrivate allows connections to the public internet only.
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

// public reports whether ip is a public address.
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

// retryAfter parses the header Retry-After: seconds, or a date.
func retryAfter(s string) time.Duration {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return time.Duration(n)*time.Second + time.Millisecond
	}
	if t, err := http.ParseTime(s); err == nil {
		return time.Until(t)
	}
	return 0
}

// trimAddress removes from an error what the address in front of it already says.
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

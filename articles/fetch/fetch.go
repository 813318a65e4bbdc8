// Package fetch fetches pages from the web. It is the only part of the program that speaks HTTP,
// and it does so only when somebody asks for an address, for a picture of an article, or for the items of a feed
// they follow: one plain GET, without scripts. Cookies live as long as one fetch, for sites that set one and lead back to
// where one was; a page that leads to another at once is followed like a redirect.
//
// A request has a time limit, a response a size limit, and redirects are bounded. A host gets one
// request at a time, with a pause between two. An address that a person typed may point anywhere, but a public one must
// not lead into the computer or the network that the program runs in, and one that came from a page or a feed must not point
// there at all: the resolved address is checked when the connection is made, again for every redirect, so that a name cannot
// change its target in between. No request tells where it comes from.
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
	errTooLarge    = errors.New("it is larger than 32 MB")
	errScheme      = errors.New("only http and https addresses can be fetched")
)

// A Client fetches pages. The zero Client works, and is safe for concurrent use.
type Client struct {
	Agent     string // names the program; "byline" if empty
	Languages string // that pages should be in, as the header Accept-Language lists them; empty: whatever there is

	// AllowPrivate lets public addresses that a person typed lead into private networks.
	AllowPrivate bool
	public       func(net.IP) bool // isPublic if nil

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
		return nil, fmt.Errorf("fetch %s: %w", WithoutSecrets(r.URL), trimAddress(err))
	}
	return p, nil
}

// An attempt is a request under way, with the cookies that it got.
type attempt struct {
	Request
	*journey
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
	j, client := c.newJourney(r.Trusted)
	t := attempt{r, j, client}
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
		t.leadsTo(next)
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
	p = &Page{URL: WithoutSecrets(resp.Request.URL.String()), ETag: resp.Header.Get("ETag"), Modified: resp.Header.Get("Last-Modified"), Body: body, At: time.Now().UTC()}
	kind, params, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")) // if empty, the content decides
	p.Type, p.Charset = kind, params["charset"]
	return p, 0, nil
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
	if led, ok := errors.AsType[*LedAwayError](err); ok {
		return led
	}
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
	for _, broken := range []string{"malformed", "transport connection broken", "failed to parse Location"} { // package net/http has no types for these
		if strings.Contains(err.Error(), broken) {
			return errors.New("the answer is not as the web's protocol asks for")
		}
	}
	return err
}

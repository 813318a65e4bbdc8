package fetch

import (
	"bytes"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"
)

// Address returns the address that somebody means by a name, and whether it is one: blanks around it and in it do not count, and
// of what begins with "www." or a host of a domain that exists, with a path, the scheme may be missing.
func Address(name string) (address string, ok bool) {
	name = strings.ReplaceAll(strings.TrimSpace(name), " ", "%20")
	if scheme, rest, found := strings.Cut(name, "://"); found {
		scheme = strings.ToLower(scheme)
		return scheme + "://" + strings.TrimPrefix(rest, "%20"), scheme == "http" || scheme == "https"
	}
	host, _, path := strings.Cut(name, "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if h, port, err := net.SplitHostPort(host); err == nil && port != "" {
		host = h
	}
	www := strings.HasPrefix(strings.ToLower(host), "www.") && len(host) > len("www.")
	if !www && !path || !isHost.MatchString(host) {
		return name, false
	}
	_, icann := publicsuffix.PublicSuffix(strings.ToLower(host))
	return "https://" + name, www || icann
}

var isHost = regexp.MustCompile(`^[\pL\d](?:[\pL\d-]*[\pL\d])?(?:\.[\pL\d](?:[\pL\d-]*[\pL\d])?)+$`)

// WithoutSecrets returns an address without what lets whoever has it in: the user and password in it, and parameters that
// are keys by their names, such as "access_token" and "X-Amz-Signature".
func WithoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		if scheme, rest, ok := strings.Cut(address, "://"); ok {
			host, _, _ := strings.Cut(rest, "/")
			if at := strings.LastIndexByte(host, '@'); at >= 0 {
				return scheme + "://" + rest[at+1:]
			}
		}
		return address
	}
	query, fragment := withoutKeys(u.RawQuery), withoutKeys(u.EscapedFragment())
	if u.User == nil && query == u.RawQuery && fragment == u.EscapedFragment() {
		return address
	}
	u.User, u.RawQuery, u.ForceQuery = nil, query, false
	if fragment != u.EscapedFragment() {
		u.Fragment, u.RawFragment = "", ""
	}
	return u.String()
}

// withoutKeys returns the parameters of an address, or its fragment, without those that are keys.
func withoutKeys(parameters string) string {
	kept := ""
	for part := range strings.SplitSeq(parameters, "&") {
		name, _, given := strings.Cut(part, "=")
		if name, err := url.QueryUnescape(name); given && (err != nil || isKey.MatchString(name)) {
			continue
		}
		kept += "&" + part
	}
	if len(kept) == len(parameters)+1 {
		return parameters
	}
	return strings.TrimPrefix(kept, "&")
}

// isKey matches the names of parameters that are keys, and no others: "key" and "sid" name stories, too.
var isKey = regexp.MustCompile(`(?i)^(?:(?:access|auth|id|refresh|security|session|bearer)[_-]?token|token|jwt|auth|api[_-]?key|(?:client[_-]?)?secret|password|passwd|pwd|sig|signature|` +
	`(?:php|j)sessid|jsessionid|x-(?:amz|goog)-(?:signature|credential|security-token))$`)

// longestRefresh is the delay up to which a page that leads to another is not meant to be read; those that load themselves again
// wait for minutes.
const longestRefresh = 10 * time.Second

var refreshing = regexp.MustCompile(`(?i)^\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)`)

// refresh returns where a page leads at once by its meta element, nil if nowhere.
func refresh(p *Page) *url.URL {
	if p.Type != "" && !strings.Contains(p.Type, "html") {
		return nil
	}
	head := p.Body[:min(len(p.Body), 16<<10)]
	if !bytes.Contains(bytes.ToLower(head), []byte("refresh")) {
		return nil
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "body" {
				return nil
			}
			if u := leads(t, p.URL); u != nil {
				return u
			}
		}
	}
}

// leads returns where a tag of the page at from leads, nil for nowhere, or for the same page.
func leads(t html.Token, from string) *url.URL {
	equiv, content := "", ""
	for _, a := range t.Attr {
		switch a.Key {
		case "http-equiv":
			equiv = a.Val
		case "content":
			content = a.Val
		}
	}
	m := refreshing.FindStringSubmatch(content)
	if t.Data != "meta" || !strings.EqualFold(equiv, "refresh") || m == nil {
		return nil
	}
	base, err := url.Parse(from)
	if err != nil {
		return nil
	}
	u, err := base.Parse(strings.TrimSpace(m[2]))
	seconds, wrong := strconv.Atoi(m[1])
	if err != nil || wrong != nil || time.Duration(seconds)*time.Second > longestRefresh || u.String() == from {
		return nil
	}
	return u
}

package serve

import (
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Limits of connections.
const (
	mostPending     = 100 // connections that have not authenticated yet, in all
	mostPendingEach = 32  // from one address
	mostChannels    = 16  // of a connection
	mostAddresses   = 10_000
)

// Rates of one address: so many at once, and one more each.
var (
	connects = rate{60, time.Second}
	failures = rate{30, 20 * time.Second} // connections that did not authenticate
)

// A gate lets connections in, or closes them before anything is computed for them. It is safe for concurrent use.
type gate struct {
	log *slog.Logger
	now func() time.Time

	mu      sync.Mutex
	pending int
	from    map[netip.Prefix]*visits
	refused int       // since told
	told    time.Time // when refusals were logged last
}

// visits are what is known of an address.
type visits struct {
	pending            int
	connected, notBack bucket
}

func newGate(log *slog.Logger) *gate {
	return &gate{log: log, now: time.Now, from: map[netip.Prefix]*visits{}}
}

// A gated listener accepts the connections that a gate lets in.
type gated struct {
	net.Listener
	gate *gate
}

// Accept implements [net.Listener].
func (l gated) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if why := l.gate.admit(c.RemoteAddr()); why != "" {
			_ = c.Close()
			l.gate.note(why, c.RemoteAddr())
			continue
		}
		one := &conn{Conn: c, gate: l.gate}
		return one, nil
	}
}

// admit counts a connection from an address, or returns why it is refused.
func (g *gate) admit(addr net.Addr) (why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v, now := g.visits(addr), g.now()
	switch {
	case v.notBack.empty(failures, now):
		return "failed to authenticate too often"
	case g.pending >= mostPending:
		return "too many connections have not authenticated yet"
	case v.pending >= mostPendingEach:
		return "too many connections from this address have not authenticated yet"
	case !v.connected.take(connects, now):
		return "connects too often"
	}
	g.pending++
	v.pending++
	return ""
}

// left notes that a connection is no longer waiting to be authenticated.
func (g *gate) left(addr net.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pending--
	g.visits(addr).pending--
}

// failed notes that a connection ended before it was authenticated.
func (g *gate) failed(addr net.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.visits(addr).notBack.take(failures, g.now())
}

// visits returns what is known of an address: of a network of 64 bits, with version 6. The caller holds mu.
func (g *gate) visits(addr net.Addr) *visits {
	key := networkOf(addr)
	if v := g.from[key]; v != nil {
		return v
	}
	if len(g.from) >= mostAddresses {
		now := g.now()
		for k, v := range g.from {
			if v.pending == 0 && v.connected.full(connects, now) && v.notBack.full(failures, now) {
				delete(g.from, k)
			}
		}
	}
	v := &visits{}
	g.from[key] = v
	return v
}

// note logs that a connection was refused, at most once in ten seconds.
func (g *gate) note(why string, addr net.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	const seldom = 10 * time.Second
	if now := g.now(); now.Sub(g.told) >= seldom {
		g.log.Warn("connection refused", "why", why, "address", addr, "others", g.refused)
		g.refused, g.told = 0, now
		return
	}
	g.refused++
}

// networkOf returns what counts as one address.
func networkOf(addr net.Addr) netip.Prefix {
	ap, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return netip.Prefix{}
	}
	ip := ap.Addr().Unmap().WithZone("")
	bits := ip.BitLen()
	if ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits) // which fails for more bits than there are
	return p
}

// A rate lets so many through at once, and one more after each span of time.
type rate struct {
	most  float64
	every time.Duration
}

// A bucket counts what goes through at a rate. The zero bucket is full.
type bucket struct {
	taken float64
	at    time.Time
}

// fill brings the bucket up to date.
func (b *bucket) fill(r rate, now time.Time) {
	b.taken = max(0, b.taken-now.Sub(b.at).Seconds()/r.every.Seconds())
	b.at = now
}

func (b *bucket) take(r rate, now time.Time) bool {
	if b.empty(r, now) {
		return false
	}
	b.taken++
	return true
}

func (b *bucket) empty(r rate, now time.Time) bool {
	b.fill(r, now)
	return b.taken+1 > r.most
}

func (b *bucket) full(r rate, now time.Time) bool {
	b.fill(r, now)
	return b.taken == 0
}

// A conn is a connection that a gate let in.
type conn struct {
	net.Conn
	gate *gate

	mu       sync.Mutex
	known    bool // it has authenticated
	closed   bool
	channels int
	running  int         // sessions
	empty    *time.Timer // closes it while no session runs
}

// authenticated notes that its client has shown who it is.
func (c *conn) authenticated() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known || c.closed {
		return
	}
	c.known = true
	c.gate.left(c.RemoteAddr())
	c.wait()
}

// wait closes the connection after some time. The caller holds mu.
func (c *conn) wait() {
	if !c.closed {
		c.empty = time.AfterFunc(emptyTime, func() { _ = c.Close() })
	}
}

// Close implements [net.Conn].
func (c *conn) Close() error {
	c.mu.Lock()
	if !c.closed {
		c.closed = true
		if !c.known {
			c.gate.left(c.RemoteAddr())
		}
		if c.empty != nil {
			c.empty.Stop()
		}
	}
	c.mu.Unlock()
	return c.Conn.Close()
}

// open notes a channel, or returns false if there are too many.
func (c *conn) open() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.channels >= mostChannels {
		return false
	}
	c.channels++
	return true
}

func (c *conn) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.channels--
}

// begin and end count the sessions that run.
func (c *conn) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running++; c.empty != nil {
		c.empty.Stop()
	}
}

func (c *conn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running--; c.running == 0 {
		c.wait()
	}
}

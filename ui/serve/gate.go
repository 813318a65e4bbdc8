package serve

import (
	"log/slog"
	"maps"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Limits of connections.
const (
	mostPending     = 100 // connections that have not authenticated yet, in all
	mostPendingEach = 20  // from one address
	mostChannels    = 16  // of a connection
	mostAddresses   = 10_000
)

// A connection on which less has come after some time than a client says of the keys that it knows is closed: no client waits before it says that.
const (
	quietTime  = 6 * time.Second
	leastHello = 300 // bytes
)

// tellEvery is how often refused connections are logged.
const tellEvery = time.Minute

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
	refused map[string]int // since they were logged last, by why
	telling *time.Timer    // logs them; nil where none are to be
}

// visits are what is known of an address.
type visits struct {
	pending            int
	waiting            []*conn // of these that have not authenticated, the oldest first
	connected, notBack bucket
}

func newGate(log *slog.Logger) *gate {
	return &gate{log: log, now: time.Now, from: map[netip.Prefix]*visits{}, refused: map[string]int{}}
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
		return l.gate.hold(c), nil
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
	case v.pending >= mostPendingEach:
		return "too many connections from this address have not authenticated yet"
	case !v.connected.take(connects, now):
		return "connects too often"
	}
	if g.pending >= mostPending && !g.makeRoom(v) {
		return "too many connections have not authenticated yet"
	}
	g.pending++
	v.pending++
	return ""
}

// makeRoom closes the oldest connection of the address that has most which have not authenticated, for one of an address that has
// fewer, and reports whether it did. So those that say nothing keep nobody out, from however many addresses they are. The caller
// holds mu.
func (g *gate) makeRoom(v *visits) bool {
	var most *visits
	for _, o := range g.from {
		if len(o.waiting) > v.pending+1 && (most == nil || len(o.waiting) > len(most.waiting)) {
			most = o
		}
	}
	if most == nil {
		return false
	}
	c := most.waiting[0]
	most.waiting = most.waiting[1:]
	g.pending--
	most.pending--
	go func() { _ = c.Close() }()
	g.count("closed for others: it had not authenticated yet", c.RemoteAddr())
	return true
}

// hold returns a connection that was admitted. It is closed if nothing comes, or too little for keys to be exchanged.
func (g *gate) hold(c net.Conn) *conn {
	one := &conn{Conn: c, gate: g}
	one.quiet = time.AfterFunc(quietTime, func() {
		if one.got.Load() < leastHello {
			_ = one.Close()
		}
	})
	g.mu.Lock()
	defer g.mu.Unlock()
	v := g.visits(c.RemoteAddr())
	v.waiting = append(v.waiting, one)
	return one
}

// left notes that a connection is no longer waiting to be authenticated.
func (g *gate) left(c *conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v := g.visits(c.RemoteAddr())
	if i := slices.Index(v.waiting, c); i >= 0 { // else it made room for another
		v.waiting = slices.Delete(v.waiting, i, i+1)
		g.pending--
		v.pending--
	}
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

// note logs that a connection was refused: the first for a reason at once, and those of the minute after that in numbers.
func (g *gate) note(why string, addr net.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.count(why, addr)
}

// count is note for whoever holds mu.
func (g *gate) count(why string, addr net.Addr) {
	if n, told := g.refused[why]; told {
		g.refused[why] = n + 1
		return
	}
	g.refused[why] = 0
	g.log.Warn("connection refused", "why", why, "address", addr)
	if g.telling == nil {
		g.telling = time.AfterFunc(tellEvery, g.tell)
	}
}

// tell logs how many connections were refused since that was logged.
func (g *gate) tell() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.telling = nil
	for _, why := range slices.Sorted(maps.Keys(g.refused)) {
		n := g.refused[why]
		if n == 0 {
			delete(g.refused, why)
			continue
		}
		g.log.Warn("connections refused", "why", why, "number", n, "within", tellEvery)
		g.refused[why] = 0
		if g.telling == nil {
			g.telling = time.AfterFunc(tellEvery, g.tell)
		}
	}
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
	running  int             // sessions
	told     map[string]bool // of what the log was told
	empty    *time.Timer     // closes it while no session runs

	got   atomic.Int64 // bytes
	quiet *time.Timer  // closes it if nothing comes
}

// Read implements [net.Conn].
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.got.Add(int64(n))
	return n, err
}

// authenticated notes that its client has shown who it is.
func (c *conn) authenticated() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known || c.closed {
		return
	}
	c.known = true
	c.gate.left(c)
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
			c.gate.left(c)
		}
		if c.empty != nil {
			c.empty.Stop()
		}
		c.quiet.Stop()
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

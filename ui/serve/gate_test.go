package serve

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"
)

// A silent is a connection from an address on which nothing comes.
type silent struct {
	net.Conn
	from   net.Addr
	closed chan struct{}
}

func (s *silent) RemoteAddr() net.Addr { return s.from }
func (s *silent) Close() error         { close(s.closed); return nil }

// crowd has so many silent connections admitted from each of some addresses, and returns those that are held.
func crowd(g *gate, addresses, each int) (held []*silent) {
	for i := range addresses {
		for range each {
			at := &net.TCPAddr{IP: net.IPv4(198, 51, 100, byte(i)), Port: 1}
			if g.admit(at) == "" {
				s := &silent{from: at, closed: make(chan struct{})}
				g.hold(s)
				held = append(held, s)
			}
		}
	}
	return held
}

// However many addresses hold connections that say nothing, one more address comes in, in place of the oldest of the address that
// has most.
func TestSilenceKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ addresses, each int }{{10, 10}, {5, 20}, {50, 2}, {25, 4}} {
		var log bytes.Buffer
		g := newGate(slog.New(slog.NewTextHandler(&log, nil)))
		held := crowd(g, x.addresses, x.each)
		if len(held) != mostPending {
			t.Fatalf("%d are held", len(held))
		}
		if why := g.admit(&net.TCPAddr{IP: net.IPv4(203, 0, 113, 1), Port: 1}); why != "" {
			t.Errorf("%+v: nobody else comes in: %s", x, why)
		}
		closed := 0
		for deadline := time.Now().Add(patience); closed == 0 && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
			for _, s := range held {
				select {
				case <-s.closed:
					closed++
				default:
				}
			}
		}
		if closed != 1 || g.pending != mostPending || !strings.Contains(log.String(), "closed for others") {
			t.Errorf("%+v: %d closed, %d pending\n%s", x, closed, g.pending, log.String())
		}
	}
	g := newGate(slog.New(slog.DiscardHandler)) // one of each address: nobody has more than another
	crowd(g, mostPending, 1)
	if g.admit(&net.TCPAddr{IP: net.IPv4(203, 0, 113, 1), Port: 1}) == "" {
		t.Error("more are held than may be")
	}
}

// Refusals are logged: the first of each kind at once, then how many more there were.
func TestRefusalsAreCounted(t *testing.T) {
	t.Parallel()
	log := &logs{}
	g := newGate(slog.New(slog.NewTextHandler(log, nil)))
	for i := range 300 {
		g.note([]string{"connects too often", "failed to authenticate too often", "too many"}[i%3], &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: i})
	}
	if n := strings.Count(log.String(), "\n"); n != 3 {
		t.Errorf("%d lines at once\n%s", n, log)
	}
	g.tell()
	for _, want := range []string{`why="connects too often" number=99`, `why="failed to authenticate too often" number=99`, `why="too many" number=99`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("no %s\n%s", want, log)
		}
	}
	g.tell() // a minute without any
	g.note("too many", &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1)})
	if n := strings.Count(log.String(), "\n"); n != 7 {
		t.Errorf("%d lines in the end\n%s", n, log)
	}
}

// A connection on which nothing comes, or no more than a greeting, is closed long before the time to authenticate.
func TestSilentConnections(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for connections to be closed")
	}
	h := serveTo(t, Options{}, whoami)
	ended := make(chan string, 3)
	for _, said := range []string{"", "SSH-2.0-x\r\n", "SSH-2.0-" + strings.Repeat("y", 200)} {
		c, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		go func() {
			fmt.Fprint(c, said)
			begun := time.Now()
			_ = c.SetReadDeadline(begun.Add(handshakeTime + patience))
			_, _ = io.Copy(io.Discard, c)
			if took := time.Since(begun); took > quietTime+5*time.Second {
				ended <- fmt.Sprintf("%.20q: closed after %s", said, took)
				return
			}
			ended <- ""
		}()
	}
	for range 3 {
		if wrong := <-ended; wrong != "" {
			t.Error(wrong)
		}
	}
}

package serve

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Packets that are none, before and after the greeting: the connection ends, and the server goes on.
func TestHostilePackets(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, whoami)
	packet := func(n uint32, rest ...byte) []byte { return append(binary.BigEndian.AppendUint32(nil, n), rest...) }
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(r.IntN(256))
	}
	for name, data := range map[string][]byte{
		"nothing":                    nil,
		"a request for a page":       []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
		"a greeting without end":     []byte("SSH-2.0-" + strings.Repeat("x", 100_000)),
		"an old greeting":            []byte("SSH-1.5-old\r\n"),
		"a hostile greeting":         []byte("SSH-2.0-\x1b]0;x\a\x1b[2J\r\n"),
		"many lines before":          []byte(strings.Repeat("x\r\n", 10_000)),
		"a packet of 4 GB":           append([]byte("SSH-2.0-x\r\n"), packet(1<<32-1, 0)...),
		"a packet of nothing":        append([]byte("SSH-2.0-x\r\n"), packet(0, 0, 0, 0)...),
		"more padding than packet":   append([]byte("SSH-2.0-x\r\n"), packet(12, 255, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)...),
		"keys of nothing":            append([]byte("SSH-2.0-x\r\n"), packet(12, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0)...),
		"an authentication too soon": append([]byte("SSH-2.0-x\r\n"), packet(12, 4, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0)...),
		"noise":                      append([]byte("SSH-2.0-x\r\n"), noise...),
		"noise alone":                noise,
	} {
		c, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = c.Write(data) }()
		if name == "nothing" {
			c.Close()
			continue
		}
		_ = c.SetReadDeadline(time.Now().Add(handshakeTime + patience))
		if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the connection stays", name)
		}
		c.Close()
	}
	if out, _, err := output(t, h.as(t, "ann"), "x"); err != nil || out != "ann [\"x\"]\n" {
		t.Errorf("%q, %v", out, err)
	}
	clear := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return 'X'
		}
		return r
	}, h.log.String())
	if clear != h.log.String() || strings.Contains(clear, "panic") {
		t.Errorf("the log holds what moves a cursor, or a panic\n%q", h.log.String())
	}
}

// Ways to authenticate but by a key are not there, whatever is said.
func TestOtherWaysIn(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, whoami)
	ask := func(string, string, []string, []bool) ([]string, error) { return []string{"secret-word"}, nil }
	for name, way := range map[string]gossh.AuthMethod{"password": gossh.Password("secret-word"), "questions": gossh.KeyboardInteractive(ask)} {
		_, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "ann\x1b[2J/../../root", Auth: []gossh.AuthMethod{way}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if err == nil || !strings.Contains(err.Error(), "no supported methods remain") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "ann", HostKeyCallback: gossh.InsecureIgnoreHostKey()}); err == nil {
		t.Error("nothing at all lets in")
	}
	for range 3 { // the same key twice, a key of somebody else before one's own, and a name that is hostile
		stranger, _ := newKey(t)
		c, err := h.dial(t, "\x1b]0;x\a\n/etc/passwd", stranger, h.keys["ann"], h.keys["ann"])
		if err != nil {
			t.Fatal(err)
		}
		if out, _, err := output(t, c, "x"); err != nil || !strings.HasPrefix(out, "ann ") {
			t.Errorf("%q, %v", out, err)
		}
	}
	if log := h.log.String(); strings.Contains(log, "secret") || strings.Contains(log, "passwd") || strings.Contains(log, "\x1b") {
		t.Errorf("the log holds a secret or the name that somebody logs in with\n%s", log)
	}
}

// Requests of every size, on channels without end.
func TestHostileRequests(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, whoami)
	c := h.as(t, "ann")
	open := 0
	for range 1000 {
		if _, in, err := c.OpenChannel("session", nil); err == nil {
			open++
			go gossh.DiscardRequests(in)
		}
	}
	if open != mostChannels {
		t.Errorf("%d of 1,000 channels are open", open)
	}
	c.Close()
	c = h.as(t, "ann")
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	huge := strings.Repeat("x", 200_000)
	for _, payload := range [][]byte{nil, {0xff, 0xff, 0xff, 0xff}, gossh.Marshal(struct{ Name, Value string }{"COLORTERM", huge}), gossh.Marshal(struct{ Name, Value string }{huge, "x"})} {
		for _, kind := range []string{"env", "pty-req", "window-change", "exec", "shell", "subsystem", "signal", "x11-req", "auth-agent-req@openssh.com", "eow@openssh.com", "keepalive@openssh.com", "", "\x1b[2J"} {
			if kind == "exec" || kind == "shell" {
				continue // once
			}
			if ok, err := s.SendRequest(kind, true, payload); ok || err != nil {
				t.Errorf("%q with %.10q: %v, %v", kind, payload, ok, err)
			}
		}
	}
	for range 2000 {
		if ok, err := s.SendRequest("env", true, gossh.Marshal(struct{ Name, Value string }{"COLORTERM", "truecolor"})); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	if ok, err := s.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{strings.Repeat("x ", 100_000)})); !ok || err != nil {
		t.Errorf("a long command: %v, %v", ok, err)
	}
	if ok, _ := s.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{"x"})); ok {
		t.Error("a second command")
	}
	if _, _, err := c.SendRequest("tcpip-forward", true, []byte{1, 2, 3}); err != nil {
		t.Error(err)
	}
	// A command of a megabyte is no packet of SSH; whoever sends it is shown out.
	big := h.as(t, "bob")
	other, err := big.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Run(strings.Repeat("x", 1<<20)); err == nil {
		t.Error("a command of a megabyte runs")
	}
	if out, _, err := output(t, h.as(t, "carol"), "x"); err != nil || out != "carol [\"x\"]\n" {
		t.Errorf("%q, %v", out, err)
	}
	if strings.Contains(h.log.String(), "panic") {
		t.Error(h.log.String())
	}
}

// Clients that say a little every now and then, and never who they are, are gone after the time to authenticate.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for the time to authenticate")
	}
	h := serveTo(t, Options{}, whoami)
	var all []net.Conn
	for range 10 {
		c, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		all = append(all, c)
	}
	began := time.Now()
	for i := 0; time.Since(began) < handshakeTime+5*time.Second; i++ {
		for _, c := range all {
			_, _ = c.Write([]byte("SSH-2.0-slow client, byte by byte"[i%30 : i%30+1]))
		}
		time.Sleep(500 * time.Millisecond)
	}
	for _, c := range all {
		_ = c.SetReadDeadline(time.Now().Add(time.Second))
		if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("a slow client stays")
		}
	}
	if _, err := h.dial(t, "ann", h.keys["ann"]); err != nil {
		t.Error(err)
	}
}

// Whatever becomes of the file of people while the server runs, nobody comes in who was not in it, and those who were stay.
func TestDamagedPeople(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, waitFor)
	_, lines := begin(t, h.as(t, "ann"))
	whole, err := os.ReadFile(h.people)
	if err != nil {
		t.Fatal(err)
	}
	stranger, key := newKey(t)
	in := fmt.Sprintf("[[person]]\nname = \"eve\"\nkeys = [%q]\n", key)
	for name, data := range map[string]string{"nothing": "", "noise": "\x00\xff\x1b[2J", "cut short": string(whole[:len(whole)/2]), "a name that looks like another": string(whole) + strings.Replace(in, "eve", "аnn", 1),
		"a view for a name": string(whole) + strings.Replace(in, "eve", "all", 1), "a key twice": string(whole) + string(whole)} {
		if err := os.WriteFile(h.people, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := h.dial(t, "eve", stranger); err == nil {
			t.Errorf("%s: a stranger comes in", name)
		}
		if _, err := h.dial(t, "ann", h.keys["ann"]); err != nil {
			t.Errorf("%s: ann does not: %v", name, err)
		}
	}
	if err := os.WriteFile(h.people, append(whole, in...), 0o666); err != nil { // others may write it
		t.Fatal(err)
	}
	if err := os.Chmod(h.people, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := h.dial(t, "eve", stranger); err == nil {
		t.Error("a file that anybody may write lets in")
	}
	if err := os.Remove(h.people); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(h.people, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := h.dial(t, "ann", h.keys["ann"]); err != nil {
		t.Errorf("a folder in its place: %v", err)
	}
	if err := errors.Join(os.Remove(h.people), os.WriteFile(h.people+"~", append(whole, in...), 0o600), os.Rename(h.people+"~", h.people)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.dial(t, "eve", stranger); err != nil {
		t.Errorf("when the file is whole again: %v", err)
	}
	h.shutdown()
	if got := rest(lines); !strings.Contains(got, "the server ends") {
		t.Errorf("ann was shown out: %q", got)
	}
	if log := h.log.String(); strings.Contains(log, "\x1b") || strings.Contains(log, "AAAA") {
		t.Errorf("the log holds keys or what moves a cursor\n%s", log)
	}
}

// Who may only read from now on, or has another name, comes in again: a session keeps what it began with.
func TestRightsThatChange(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, waitFor)
	_, ann := begin(t, h.as(t, "ann"))
	_, bob := begin(t, h.as(t, "bob"))
	_, carol := begin(t, h.as(t, "carol"))
	data, err := os.ReadFile(h.people)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(strings.Replace(string(data), "name = \"ann\"\n", "name = \"ann\"\nrights = \"read\"\n", 1), `"bob"`, `"robert"`, 1)
	if err := os.WriteFile(h.people, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, lines := range []*bufio.Scanner{ann, bob} {
		if got := rest(lines); !strings.Contains(got, "your name or your rights in the file of people have changed: come in again") {
			t.Errorf("%q", got)
		}
	}
	h.shutdown()
	if got := rest(carol); !strings.Contains(got, "the server ends") {
		t.Errorf("%q", got)
	}
}

// Connections that come and go fast leave nothing behind.
func TestFastConnections(t *testing.T) {
	h := serveTo(t, Options{}, whoami)
	h.as(t, "ann").Close()
	base := runtime.NumGoroutine()
	refused := 0
	for range 200 {
		c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.keys["bob"])}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if err != nil {
			refused++
			continue
		}
		c.Close()
	}
	if refused == 0 {
		t.Error("an address may connect as fast as it can")
	}
	for deadline := time.Now().Add(patience); runtime.NumGoroutine() > base; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), base)
		}
	}
}

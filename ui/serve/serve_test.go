package serve

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// newKey returns a key and its line for a file of people.
func newKey(t *testing.T) (gossh.Signer, string) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer, strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer.PublicKey())))
}

// A hall is a server with people who may come in.
type hall struct {
	addr     string
	keys     map[string]gossh.Signer
	people   string // path
	log      *logs
	shutdown func()       // tells it to end
	ended    <-chan error // what Serve returned
}

// logs are what a server logged.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// serveTo serves run to ann, bob and carol.
func serveTo(t *testing.T, o Options, run Handler) *hall {
	t.Helper()
	h := &hall{keys: map[string]gossh.Signer{}, log: &logs{}}
	dir := t.TempDir()
	var file strings.Builder
	for _, name := range []string{"ann", "bob", "carol"} {
		key, line := newKey(t)
		h.keys[name] = key
		fmt.Fprintf(&file, "[[person]]\nname = %q\nkeys = [%q]\n", name, line)
	}
	h.people = filepath.Join(dir, "people.toml")
	if err := os.WriteFile(h.people, []byte(file.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if o.People, err = ReadPeople(h.people); err != nil {
		t.Fatal(err)
	}
	if o.HostKey = filepath.Join(dir, "state", "host"); o.Most == 0 {
		o.Most = 50
	}
	o.Log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.addr = l.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, o, run) }()
	h.shutdown, h.ended = stop, ended
	t.Cleanup(func() {
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(patience):
			t.Error("the server does not end")
		}
	})
	return h
}

// dial connects with somebody's key under a login name.
func (h *hall) dial(t *testing.T, login string, keys ...gossh.Signer) (*gossh.Client, error) {
	t.Helper()
	c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: login, Auth: []gossh.AuthMethod{gossh.PublicKeys(keys...)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: patience,
	})
	if err == nil {
		t.Cleanup(func() { c.Close() })
	}
	return c, err
}

// strange returns a key that is nobody's.
func (h *hall) strange(t *testing.T) gossh.Signer {
	key, _ := newKey(t)
	return key
}

// as returns a connection of one of those who may come in.
func (h *hall) as(t *testing.T, name string) *gossh.Client {
	t.Helper()
	c, err := h.dial(t, name, h.keys[name])
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// output runs a command and returns what it printed, and how it ended.
func output(t *testing.T, c *gossh.Client, command string) (out, errs string, err error) {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		return "", "", err
	}
	defer s.Close()
	var o, e bytes.Buffer
	s.Stdout, s.Stderr = &o, &e
	err = s.Run(command)
	return o.String(), e.String(), err
}

// whoami prints whose session it is, and its words.
func whoami(_ context.Context, s *Session) int {
	fmt.Fprintf(s.Out, "%s %q\n", s.Person.Name, s.Args)
	return 0
}

func TestWhoIsWho(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, whoami)
	for login, key := range map[string]string{"ann": "ann", "root": "bob", "ann@x": "carol"} {
		c, err := h.dial(t, login, h.keys[key])
		if err != nil {
			t.Fatal(err)
		}
		if out, _, err := output(t, c, "list"); err != nil || out != key+" [\"list\"]\n" {
			t.Errorf("%s with the key of %s: %q, %v", login, key, out, err)
		}
	}
	stranger, _ := newKey(t)
	if _, err := h.dial(t, "ann", stranger); err == nil {
		t.Error("a stranger came in as ann")
	}
	c, err := h.dial(t, "ann", stranger, h.keys["bob"]) // of several keys, the one that signed counts
	if err != nil {
		t.Fatal(err)
	}
	if out, _, _ := output(t, c, "x"); !strings.HasPrefix(out, "bob ") {
		t.Errorf("the second key is bob's: %q", out)
	}
	_, err = gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "ann", Auth: []gossh.AuthMethod{gossh.Password("secret-word")}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err == nil || strings.Contains(h.log.String(), "secret-word") {
		t.Errorf("a password: %v\n%s", err, h.log)
	}
}

func TestNothingElseIsGranted(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, whoami)
	c := h.as(t, "ann")
	if _, err := c.Dial("tcp", h.addr); err == nil {
		t.Error("a port of the server is reached")
	}
	if _, err := c.Dial("unix", "/run/socket"); err == nil {
		t.Error("a socket of the server is reached")
	}
	if _, err := c.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("the server listens for a client")
	}
	if _, err := c.ListenUnix(filepath.Join(t.TempDir(), "socket")); err == nil {
		t.Error("the server listens on a socket for a client")
	}
	for _, kind := range []string{"x11", "auth-agent@openssh.com", "tun@openssh.com", "forwarded-tcpip"} {
		if _, _, err := c.OpenChannel(kind, nil); err == nil {
			t.Errorf("a channel of type %s", kind)
		}
	}
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for name, payload := range map[string]any{
		"auth-agent-req@openssh.com": struct{ None bool }{},
		"x11-req": struct {
			Single          bool
			Protocol, Token string
			Screen          uint32
		}{true, "MIT-MAGIC-COOKIE-1", "00", 0},
		"subsystem": struct{ Name string }{"sftp"},
		"break":     struct{ Length uint32 }{10},
		"signal":    struct{ Name string }{"KILL"},
		"xon-xoff":  struct{ Can bool }{true},
	} {
		if ok, err := s.SendRequest(name, true, gossh.Marshal(payload)); ok || err != nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
	for _, v := range []string{"LD_PRELOAD", "PATH", "BYLINE_LIBRARY", "EDITOR", "HOME", "TERM"} {
		if s.Setenv(v, "x") == nil {
			t.Errorf("%s was set", v)
		}
	}
	for _, what := range []string{"port forwarding", "socket forwarding", "agent forwarding", "X11 forwarding", "a network device", "sftp, as scp does"} {
		if log := h.log.String(); strings.Count(log, "request refused") != 6 || strings.Count(log, what) != 1 || strings.Contains(log, "MIT-MAGIC") || strings.Contains(log, "socket/") {
			t.Errorf("%s is not told once:\n%s", what, log)
		}
	}
	if _, err := h.dial(t, "secret-login", h.strange(t), h.strange(t)); err == nil {
		t.Error("a strange key opens")
	}
	told := func() bool { return strings.Contains(h.log.String(), `why="no key of the file of people"`) }
	for deadline := time.Now().Add(patience); !told() && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
	}
	if log := h.log.String(); !told() || strings.Contains(log, "secret-login") {
		t.Errorf("a strange key is not told:\n%s", log)
	}
	if err := s.Setenv("NO_COLOR", "1"); err != nil {
		t.Error(err)
	}
	if s.Setenv("COLORTERM", "a\nb") == nil || s.Setenv("COLORTERM", strings.Repeat("x", 1000)) == nil {
		t.Error("COLORTERM may hold anything")
	}
}

// Terminals of any name and size.
func TestTerminals(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, func(ctx context.Context, s *Session) int {
		w, hh := s.Terminal.Size()
		fmt.Fprintf(s.Out, "%s %dx%d %q\n", s.Terminal.Name, w, hh, s.Environ)
		return 0
	})
	c := h.as(t, "ann")
	for _, x := range []struct {
		term          string
		columns, rows int
		want          string
	}{
		{"xterm-256color", 120, 40, "xterm-256color 120x40"},
		{"", 0, 0, "dumb 80x24"},
		{"dumb", 0, 30, "dumb 80x30"},
		{"\x1b]0;x\a\n", 100000, 100000, "dumb 640x93"},
		{strings.Repeat("x", 10_000), 1<<31 - 1, 1, "dumb 640x1"},
		{"../../etc/passwd", 1, 1, "dumb 1x1"},
		{"xterm\x00", 80, 24, "dumb 80x24"},
	} {
		s, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.RequestPty(x.term, x.rows, x.columns, gossh.TerminalModes{}); err != nil {
			t.Errorf("%.20q: %v", x.term, err)
			continue
		}
		out, err := s.Output("x")
		want := fmt.Sprintf("%s [\"TERM=%s\"]\r\n", x.want, strings.Fields(x.want)[0])
		if string(out) != want || err != nil {
			t.Errorf("%.20q: %q, %v, not %q", x.term, out, err, want)
		}
	}
}

// A storm of sizes: the last one counts, and nobody is kept waiting.
func TestResizes(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, func(ctx context.Context, s *Session) int {
		fmt.Fprintln(s.Out, "ready")
		for {
			select {
			case <-ctx.Done():
				return 1
			case <-s.Terminal.Resized:
				w, h := s.Terminal.Size()
				if fmt.Fprintf(s.Out, "%dx%d\n", w, h); w == 77 {
					return 0
				}
			}
		}
	})
	s, err := h.as(t, "ann").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	out, _ := s.StdoutPipe()
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		if err := s.WindowChange(10+i%50, 100+i%50); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.WindowChange(7, 77); err != nil {
		t.Fatal(err)
	}
	all, _ := io.ReadAll(out)
	if !strings.HasSuffix(string(all), "77x7\r\n") {
		t.Errorf("%q", all)
	}
	_ = s.WindowChange(8, 88) // after the end, which nobody waits for
}

func TestCommandsThatAreNone(t *testing.T) {
	t.Parallel()
	ran := make(chan []string, 10)
	h := serveTo(t, Options{}, func(_ context.Context, s *Session) int { ran <- s.Args; return 0 })
	c := h.as(t, "ann")
	for _, command := range []string{"list\nexport x", "list\x00", "list\rx", "'", `a \`, "\xff\xfe", strings.Repeat("x", 1<<15), "\x1b[2J"} {
		_, errs, err := output(t, c, command)
		if exit := (*gossh.ExitError)(nil); !errors.As(err, &exit) || exit.ExitStatus() != 1 || !strings.HasPrefix(errs, "byline: ") {
			t.Errorf("%.20q: %q, %v", command, errs, err)
		}
	}
	if len(ran) > 0 {
		t.Errorf("ran %q", <-ran)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{
		"":                           `[]`,
		"  list  ":                   `["list"]`,
		`quotes by:"Ann Lee"`:        `["quotes" "by:Ann Lee"]`,
		`quotes 'by:"Ann Lee"'`:      `["quotes" "by:\"Ann Lee\""]`,
		`a "" '' b`:                  `["a" "" "" "b"]`,
		`a\ b \$HOME "\$x" "\n" $x`:  `["a b" "$HOME" "$x" "\\n" "$x"]`,
		`list; rm -rf / | x && $(y)`: `["list;" "rm" "-rf" "/" "|" "x" "&&" "$(y)"]`,
		"a\tb":                       `["a" "b"]`,
		`'it'"'"'s'`:                 `["it's"]`,
	} {
		got, _, err := words(command)
		if s := fmt.Sprintf("%q", got); s != want || err != nil {
			t.Errorf("%s: %s, %v, not %s", command, s, err, want)
		}
	}
}

// A command that ends within quotation marks is told as it has to be typed.
func TestApostrophes(t *testing.T) {
	t.Parallel()
	const command, want = "people O'Brien", `ssh HOST "people 'O'\\''Brien'"`
	_, _, err := words(command)
	if got := typed(err, command); err == nil || !strings.HasSuffix(got.Error(), want) || strings.Contains(err.Error(), "Brien") {
		t.Errorf("%v: %v, not %s", err, got, want)
	}
}

func FuzzWords(f *testing.F) {
	f.Add(`quotes 'by:"Ann Lee"'`)
	f.Add("a\\\nb\x00")
	f.Fuzz(func(t *testing.T, command string) {
		got, _, err := words(command)
		for _, w := range got {
			if err != nil || len(w) > len(command) || strings.ContainsAny(w, "\n\r\x00\x1b") {
				t.Errorf("%q: %q, %v", command, got, err)
			}
		}
	})
}

// waitFor waits until a session's program is told to end.
func waitFor(ctx context.Context, s *Session) int {
	fmt.Fprintln(s.Out, "ready")
	<-ctx.Done()
	return 0
}

// begin begins the program in a session and waits until it runs. The lines are what it prints then.
func begin(t *testing.T, c *gossh.Client) (*gossh.Session, *bufio.Scanner) {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if lines.Scan(); lines.Text() != "ready" {
		t.Fatalf("%q, %v", lines.Text(), lines.Err())
	}
	return s, lines
}

// rest returns the other lines.
func rest(lines *bufio.Scanner) (out string) {
	for lines.Scan() {
		out += lines.Text() + "\n"
	}
	return out
}

func TestIdle(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{Idle: time.Second}, waitFor)
	_, lines := begin(t, h.as(t, "ann"))
	if got := rest(lines); !strings.Contains(got, "nothing was typed for a long time") || !strings.Contains(got, "Goodbye.") {
		t.Errorf("%q", got)
	}
}

func TestShutdown(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, waitFor)
	var all []*bufio.Scanner
	for _, name := range []string{"ann", "bob", "carol"} {
		_, lines := begin(t, h.as(t, name))
		all = append(all, lines)
	}
	h.shutdown()
	for _, lines := range all {
		if got := rest(lines); got != "byline: the server ends. Everything you decided is kept. Goodbye.\n" {
			t.Errorf("%q", got)
		}
	}
}

// noticed prints the notices that a session gets, until it ends.
func noticed(ctx context.Context, s *Session) int {
	fmt.Fprintln(s.Out, "ready")
	for {
		select {
		case <-ctx.Done():
			return 0
		case text := <-s.Notices:
			fmt.Fprintln(s.Out, text)
		}
	}
}

// Before a session ends it is said that it will, with the seconds that are left.
func TestNotices(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{Idle: 5 * time.Second, Grace: 2 * time.Second}, noticed)
	_, lines := begin(t, h.as(t, "ann"))
	got := rest(lines)
	if ok, _ := regexp.MatchString("^Nothing was typed for a long time: this session ends within [23] seconds, unless you press a key\nNothing was typed for a long time: this session ends within 1 second, unless you press a key\nbyline: nothing was typed for a long time. Everything you decided is kept. Goodbye.\n$", got); !ok {
		t.Errorf("%q", got)
	}
	_, other := begin(t, h.as(t, "bob"))
	began := time.Now()
	go h.shutdown()
	want := "The server ends in 2 seconds; everything you decided is kept\nThe server ends in 1 second; everything you decided is kept\nbyline: the server ends. Everything you decided is kept. Goodbye.\n"
	if got := rest(other); got != want || time.Since(began) < 1900*time.Millisecond {
		t.Errorf("after %s: %q", time.Since(began), got)
	}
}

// One who presses a key after the warning stays.
func TestIdleAgain(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{Idle: 2 * time.Second}, func(ctx context.Context, s *Session) int {
		fmt.Fprintln(s.Out, "ready")
		go io.Copy(io.Discard, s.In)
		return noticed(ctx, s)
	})
	s, err := h.as(t, "ann").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	in, _ := s.StdinPipe()
	out, _ := s.StdoutPipe()
	if err := errors.Join(s.RequestPty("xterm", 24, 80, nil), s.Shell()); err != nil {
		t.Fatal(err)
	}
	warnings := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), "unless you press a key") {
			if warnings++; warnings < 3 {
				_, _ = in.Write([]byte("j"))
			}
		}
	}
	if warnings < 3 || warnings > 4 { // two in the end, of which one may replace the other
		t.Errorf("%d warnings, with a key after each of the first two", warnings)
	}
}

func TestRemovedKey(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{Idle: time.Hour}, waitFor)
	_, lines := begin(t, h.as(t, "bob"))
	_, other := begin(t, h.as(t, "ann"))
	data, err := os.ReadFile(h.people)
	if err != nil {
		t.Fatal(err)
	}
	before, after, _ := strings.Cut(string(data), "[[person]]\nname = \"bob\"")
	_, after, _ = strings.Cut(after, "[[person]]")
	if err := os.WriteFile(h.people, []byte(before+"[[person]]"+after), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := rest(lines); !strings.Contains(got, "your key is no longer in the file of people") {
		t.Errorf("%q", got)
	}
	if _, err := h.dial(t, "bob", h.keys["bob"]); err == nil {
		t.Error("bob comes in again")
	}
	if err := os.WriteFile(h.people, []byte("[[person]\n"), 0o600); err != nil { // a file that is being written
		t.Fatal(err)
	}
	h.as(t, "ann")
	h.shutdown()
	if got := rest(other); !strings.Contains(got, "the server ends") {
		t.Errorf("ann: %q", got)
	}
	if log := h.log.String(); strings.Count(log, "expected end of table array") != 1 { // it may have been read before anything was in it, too
		t.Errorf("the fault of the file is not logged once:\n%s", log)
	}
}

func TestLimitsOfSessions(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{Most: 12}, waitFor)
	ann := h.as(t, "ann")
	for range mostEach {
		begin(t, ann)
	}
	if _, errs, err := output(t, ann, "list"); err == nil || !strings.Contains(errs, "you have 10 sessions") {
		t.Errorf("%q, %v", errs, err)
	}
	bob := h.as(t, "bob")
	begin(t, bob)
	begin(t, bob)
	if _, errs, err := output(t, h.as(t, "carol"), "list"); err == nil || !strings.Contains(errs, "all sessions there may be are in use (12)") {
		t.Errorf("%q, %v", errs, err)
	}
	for range mostChannels {
		_, _, _ = bob.OpenChannel("session", nil)
	}
	if _, _, err := bob.OpenChannel("session", nil); err == nil {
		t.Error("a connection has channels without end")
	}
}

// Connections that do nothing, from one address: few are held, the others are closed at once.
func TestConnectionsThatDoNothing(t *testing.T) {
	t.Parallel()
	g := newGate(slog.New(slog.DiscardHandler))
	at := time.Unix(0, 0)
	g.now = func() time.Time { return at }
	admitted := func(n int, from string) (in int) {
		for range n {
			if g.admit(&net.TCPAddr{IP: net.ParseIP(from), Port: 1}) == "" {
				in++
			}
		}
		return in
	}
	if in := admitted(1000, "192.0.2.1"); in != mostPendingEach {
		t.Errorf("%d of 1,000 connections that do nothing are held", in)
	}
	if in := admitted(1, "192.0.2.2"); in != 1 {
		t.Error("nobody else comes in")
	}
	for i := range 20 {
		admitted(1000, fmt.Sprintf("198.51.100.%d", i))
	}
	if g.pending != mostPending {
		t.Errorf("%d are held in all", g.pending)
	}
	for range 1000 { // networks of version 6, and one that fails
		g.failed(&net.TCPAddr{IP: net.ParseIP("2001:db8::1"), Port: 1})
	}
	g.pending = 0
	if admitted(1, "2001:db8::2") != 0 || admitted(1, "2001:db8:0:1::2") != 1 {
		t.Error("failures of a network")
	}
	at = at.Add(time.Hour)
	if admitted(1, "2001:db8::2") != 1 {
		t.Error("a network that failed is let in no more")
	}
	for i := range 3 * mostAddresses {
		g.failed(&net.TCPAddr{IP: net.IPv4(10, byte(i>>16), byte(i>>8), byte(i)), Port: 1})
		if at = at.Add(time.Second); len(g.from) > mostAddresses+1 {
			t.Fatalf("%d addresses are kept", len(g.from))
		}
	}
}

// Clients that vanish leave nothing behind, whatever they were doing.
func TestClientsThatVanish(t *testing.T) {
	h := serveTo(t, Options{Most: 100}, func(ctx context.Context, s *Session) int {
		fmt.Fprintln(s.Out, "ready")
		go io.Copy(io.Discard, s.In)
		for ctx.Err() == nil { // writes to one who does not read
			if _, err := s.Out.Write(make([]byte, 1<<16)); err != nil {
				<-ctx.Done()
			}
		}
		return 0
	})
	first, _ := begin(t, h.as(t, "carol"))
	first.Close()
	base := runtime.NumGoroutine()
	for i := range 30 {
		c, err := h.dial(t, "x", h.keys[[]string{"ann", "bob", "carol"}[i%3]])
		if err != nil {
			t.Fatal(err)
		}
		s, _ := begin(t, c)
		for range 10 {
			_ = s.WindowChange(10, 10)
		}
		if i%2 == 0 {
			s.Close() // the channel only
		}
		c.Close()
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		n := runtime.NumGoroutine()
		if n <= base {
			break
		}
		if time.Now().After(deadline) {
			b := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before\n%s", n, base, b[:runtime.Stack(b, true)])
		}
	}
}

func TestPanic(t *testing.T) {
	t.Parallel()
	h := serveTo(t, Options{}, func(context.Context, *Session) int { panic("oh") })
	if _, errs, err := output(t, h.as(t, "ann"), "list"); err == nil || !strings.Contains(errs, "a fault in byline") || strings.Contains(errs, "oh") {
		t.Errorf("%q, %v", errs, err)
	}
	if !strings.Contains(h.log.String(), "cause=oh") {
		t.Errorf("not logged: %s", h.log)
	}
}

func TestHostKey(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a", "host")
	if _, err := hostKey(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hostKey(path); err != nil {
		t.Fatal(err)
	}
	if again, _ := os.ReadFile(path); !bytes.Equal(again, first) {
		t.Error("another key is made")
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := hostKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others may read: %v", err)
	}
}

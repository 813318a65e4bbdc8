package main_test

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"byline/ui/uitest"
)

// A host is "byline serve", with people who may come in.
type host struct {
	addr string
	dir  string // with the private key of each, and the library
	bin  string
	cmd  *exec.Cmd

	mu   sync.Mutex
	log  strings.Builder
	over chan struct{} // closed when the program has ended
}

// keyFile makes a key, and returns the path of the private one and the line of the public one.
func keyFile(tb testing.TB, dir, name string) (path, line string) {
	tb.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(private, name)
	if err != nil {
		tb.Fatal(err)
	}
	path = filepath.Join(dir, "key-"+name)
	if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
		tb.Fatal(err)
	}
	key, err := gossh.NewPublicKey(public)
	if err != nil {
		tb.Fatal(err)
	}
	return path, strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key)))
}

const millStory = "The mill closes\n\nAnna Berg ran the mill. Ole Lund helped her. Ida Holm paid both. Siv Moe left early.\n"

// serving serves a library with the texts to people with these names.
func serving(tb testing.TB, people []string, texts []string, flags ...string) *host {
	tb.Helper()
	h := &host{dir: tb.TempDir(), bin: build(tb), over: make(chan struct{})}
	var file strings.Builder
	for _, name := range people {
		_, line := keyFile(tb, h.dir, name)
		fmt.Fprintf(&file, "[[person]]\nname = %q\nkeys = [%q]\n", name, line)
	}
	keyFile(tb, h.dir, "stranger")
	if err := errors.Join(os.MkdirAll(filepath.Join(h.dir, "byline"), 0o700), os.WriteFile(filepath.Join(h.dir, "byline", "users.toml"), []byte(file.String()), 0o600)); err != nil {
		tb.Fatal(err)
	}
	for i, text := range texts {
		path := filepath.Join(h.dir, fmt.Sprintf("story%d.txt", i))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
		if out, err := inHome(h.dir, h.bin, "add", path).CombinedOutput(); err != nil {
			tb.Fatalf("%v\n%s", err, out)
		}
	}
	h.cmd = inHome(h.dir, h.bin, append([]string{"serve", "--ssh", "127.0.0.1:0"}, flags...)...)
	errs, err := h.cmd.StderrPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	found := make(chan string, 1)
	go func() {
		defer close(h.over)
		address := regexp.MustCompile(`on (127\.0\.0\.1:\d+)`)
		for lines := bufio.NewScanner(errs); lines.Scan(); {
			h.mu.Lock()
			h.log.WriteString(lines.Text() + "\n")
			h.mu.Unlock()
			if m := address.FindStringSubmatch(lines.Text()); m != nil {
				select {
				case found <- m[1]:
				default:
				}
			}
		}
		_ = h.cmd.Wait()
	}()
	tb.Cleanup(func() { h.cmd.Process.Kill(); <-h.over })
	select {
	case h.addr = <-found:
	case <-h.over:
		tb.Fatalf("the server does not start\n%s", h.logged())
	case <-time.After(time.Minute):
		tb.Fatalf("the server does not start\n%s", h.logged())
	}
	return h
}

// logged returns what the server has logged.
func (h *host) logged() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.log.String()
}

// connect connects with somebody's key under a login name.
func (h *host) connect(tb testing.TB, login, key string) (*gossh.Client, error) {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(h.dir, "key-"+key))
	if err != nil {
		tb.Fatal(err)
	}
	signer, err := gossh.ParsePrivateKey(data)
	if err != nil {
		tb.Fatal(err)
	}
	c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: login, Auth: []gossh.AuthMethod{gossh.PublicKeys(signer)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: time.Minute,
	})
	if err == nil {
		tb.Cleanup(func() { c.Close() })
	}
	return c, err
}

// as connects as one who may come in.
func (h *host) as(tb testing.TB, name string) *gossh.Client {
	tb.Helper()
	c, err := h.connect(tb, name, name)
	if err != nil {
		tb.Fatalf("%v\n%s", err, h.logged())
	}
	return c
}

// A far screen is the screen of a session.
type farScreen struct {
	*uitest.Screen
	session *gossh.Session
}

// screen runs the program on a terminal of some size.
func screen(tb testing.TB, c *gossh.Client, width, height int, env ...string) farScreen {
	tb.Helper()
	return terminal(tb, c, "", width, height, env...)
}

// terminal runs a command on a terminal of some size, the program if it is empty.
func terminal(tb testing.TB, c *gossh.Client, command string, width, height int, env ...string) farScreen {
	tb.Helper()
	s, err := c.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; i+1 < len(env); i += 2 {
		if err := s.Setenv(env[i], env[i+1]); err != nil {
			tb.Fatal(err)
		}
	}
	if err := s.RequestPty("xterm-256color", height, width, gossh.TerminalModes{}); err != nil {
		tb.Fatal(err)
	}
	f := farScreen{uitest.NewScreen(width, height).Record(), s}
	s.Stdout = f
	in, err := s.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	go io.Copy(in, f) // ends with the session
	begin := s.Shell
	if command != "" {
		begin = func() error { return s.Start(command) }
	}
	if err := begin(); err != nil {
		tb.Fatal(err)
	}
	return f
}

// resize changes the size of the screen and tells the program.
func (f farScreen) resize(tb testing.TB, width, height int) {
	tb.Helper()
	f.Resize(width, height)
	if err := f.session.WindowChange(height, width); err != nil {
		tb.Fatal(err)
	}
}

// ask runs a command and returns what it prints.
func ask(tb testing.TB, c *gossh.Client, command string) (out, errs string, err error) {
	tb.Helper()
	s, err := c.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	defer s.Close()
	var o, e bytes.Buffer
	s.Stdout, s.Stderr = &o, &e
	err = s.Run(command)
	return o.String(), e.String(), err
}

// Two people work on one article: what one decides the other sees at once, each decision is signed by whose key it was, and
// nothing is lost when the server is told to end.
func TestServeTwoPeople(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	h := serving(t, []string{"ann", "bob"}, []string{millStory})
	if _, err := h.connect(t, "ann", "stranger"); err == nil {
		t.Error("a stranger came in")
	}
	bobs, err := h.connect(t, "ann", "bob") // the login name is not who decides
	if err != nil {
		t.Fatal(err)
	}
	ann, bob := screen(t, h.as(t, "ann"), 100, 30), screen(t, bobs, 90, 24)
	for _, s := range []farScreen{ann, bob} {
		s.Wait(t, "The mill closes")
		s.Type("\r")
		s.Wait(t, " 0 of 4 reviewed")
	}
	ann.Type("a")
	ann.Wait(t, "suggested")
	ann.Type("\r")
	for _, s := range []farScreen{ann, bob} {
		s.Wait(t, " 1 of 4 reviewed")
	}
	bob.Type("a")
	bob.Wait(t, "suggested")
	bob.Type("x")
	for _, s := range []farScreen{ann, bob} {
		s.Wait(t, " 2 of 4 reviewed")
	}
	for i := range 100 { // a storm of sizes while others decide
		ann.resize(t, 40+i%70, 12+i%30)
	}
	ann.resize(t, 100, 30)
	ann.Wait(t, " 2 of 4 reviewed")
	out, errs, err := ask(t, h.as(t, "ann"), "log mill")
	if err != nil || strings.Count(out, `"who":"ann"`) != 1 || strings.Count(out, `"who":"bob"`) != 1 {
		t.Errorf("%v\n%s%s", err, out, errs)
	}
	if out, _, err := ask(t, h.as(t, "bob"), "export mill --by ann -f jsonl"); err != nil || strings.Count(out, `"verb":"confirm"`) != 1 || strings.Contains(out, `"reject"`) {
		t.Errorf("the layer of ann: %v\n%s", err, out)
	}
	bob.Type("a")
	bob.Wait(t, "suggested")
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for _, s := range []farScreen{ann, bob} {
		s.Wait(t, "the server ends. Everything you decided is kept. Goodbye.")
	}
	select {
	case <-h.over:
	case <-time.After(time.Minute):
		t.Fatalf("the server does not end\n%s", h.logged())
	}
	if status := h.cmd.ProcessState.ExitCode(); status != 130 && status != 0 {
		t.Errorf("status %d\n%s", status, h.logged())
	}
	check, err := inHome(h.dir, h.bin, "check").CombinedOutput()
	log, err2 := inHome(h.dir, h.bin, "log", "mill").Output()
	if err != nil || err2 != nil || strings.Count(string(log), `"who"`) != 2 {
		t.Errorf("%v, %v\n%s\n%s", err, err2, check, log)
	}
}

// Who is typing a note when the server is told to end reads that it does, and the note is kept, on the screen and line by line; half a
// command is not carried out.
func TestServeEndsWhileTyping(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	h := serving(t, []string{"ann", "bob", "cy"}, []string{millStory}, "--grace", "4s")
	ann := screen(t, h.as(t, "ann"), 100, 30)
	ann.Wait(t, "The mill closes")
	ann.Type("\r")
	ann.Wait(t, " 0 of 4 reviewed")
	ann.Type("a")
	ann.Wait(t, "suggested")
	ann.Type(",")
	ann.Wait(t, "Note on")
	ann.Type("half a though")
	ann.Wait(t, "half a though")
	far := map[string]farScreen{}
	for who, keys := range map[string]string{"bob": "1\r+\r, is she the miller", "cy": "1\r+\rreject"} {
		s, err := h.as(t, who).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		f := farScreen{uitest.NewScreen(80, 40).Record(), s}
		s.Stdin, s.Stdout = f, f
		if err := errors.Join(s.RequestPty("dumb", 40, 80, nil), s.Shell()); err != nil {
			t.Fatal(err)
		}
		f.Wait(t, "q quits")
		f.Type(keys)
		f.Wait(t, "> "+keys[strings.LastIndex(keys, "\r")+1:])
		far[who] = f
	}
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ann.Wait(t, "The server ends in 4 seconds")
	far["bob"].Wait(t, "The server ends in 4 seconds")
	far["bob"].Wait(t, "> , is she the miller") // what was typed is there again
	for _, f := range []farScreen{ann, far["bob"], far["cy"]} {
		f.Wait(t, "the server ends. Everything you decided is kept. Goodbye.")
	}
	<-h.over
	log, err := inHome(h.dir, h.bin, "log", "mill").Output()
	if err != nil || strings.Count(string(log), `"verb":"note"`) != 2 || !strings.Contains(string(log), `"half a though"`) || !strings.Contains(string(log), `"is she the miller"`) || strings.Contains(string(log), "reject") {
		t.Errorf("%v\n%s", err, log)
	}
}

// A dumb terminal gets lines, and one that asks for no colours none.
func TestServeTerminals(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	h := serving(t, []string{"ann"}, []string{millStory})
	c := h.as(t, "ann")
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("dumb", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s.Stdin, s.Stdout = strings.NewReader("1\r+\r=\rq\rq\r"), &out
	if err := errors.Join(s.Shell(), s.Wait()); err != nil {
		t.Error(err)
	}
	// What is typed ahead is echoed at once, as on any terminal.
	if got := out.String(); strings.Contains(got, "\x1b") || !strings.Contains(got, "1\r\n") || !strings.Contains(got, "+\r\n") || !strings.Contains(got, "Confirmed “Anna Berg”") {
		t.Errorf("%q", got)
	}
	plain := screen(t, c, 100, 30, "NO_COLOR", "1")
	plain.Wait(t, "The mill closes")
	coloured := screen(t, c, 100, 30, "COLORTERM", "truecolor", "BYLINE_THEME", "dark")
	coloured.Wait(t, "The mill closes")
	colour := regexp.MustCompile(`\x1b\[[0-9;:]*(3[0-8]|4[0-8]|9[0-7])[;:m]`)
	if colour.Match(plain.Sent()) || !bytes.Contains(coloured.Sent(), []byte("8;2;")) {
		t.Errorf("NO_COLOR has colours, or COLORTERM none\n%q", plain.Sent())
	}
	for _, x := range []struct {
		term          string
		width, height int
	}{{"\x1b[2J\n", 100_000, 100_000}, {"", 0, 0}, {strings.Repeat("x", 9000), 1, 1}, {"xterm", 3, 2}, {"xterm-kitty", 500, 200}} {
		s, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.RequestPty(x.term, x.height, x.width, nil); err != nil {
			t.Fatal(err)
		}
		first, err := s.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		in, err := s.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Shell(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(first, make([]byte, 10)); err != nil {
			t.Errorf("%.10q %d×%d: %v", x.term, x.width, x.height, err)
		}
		_, _ = in.Write([]byte("\x03"))
		_, _ = io.Copy(io.Discard, first)
		_ = s.Close()
	}
}

// What is no text is not written to a terminal, and how it gets into a file is said; without one it comes as it is.
func TestServeArchives(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	h := serving(t, []string{"ann"}, []string{millStory})
	c := h.as(t, "ann")
	for _, f := range []string{"brat", "webanno", "refi", "parquet", "labelstudio"} {
		terminal(t, c, "export mill -f "+f, 100, 30).Wait(t, `without -t, add "> FILE`)
		out, errs, err := ask(t, c, "byline export mill -f "+f)
		if err != nil || !strings.HasPrefix(out, "PK\x03\x04") {
			t.Errorf("%s: %v, %.20q, %s", f, err, out, errs)
		}
	}
}

// A thousand connections that do nothing: few are held, and nobody is kept out when they are gone.
func TestServeConnectionsThatDoNothing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	h := serving(t, []string{"ann"}, []string{millStory})
	var all []net.Conn
	for range 1000 {
		c, err := net.Dial("tcp", h.addr)
		if err != nil {
			break // no room here
		}
		all = append(all, c)
	}
	held := 0
	for _, c := range all {
		_ = c.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		if n, _ := c.Read(make([]byte, 1)); n > 0 { // the greeting of a server that listens
			held++
		}
	}
	for _, c := range all {
		c.Close()
	}
	if len(all) < 900 || held > 40 {
		t.Errorf("%d of %d connections are held", held, len(all))
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		c, err := h.connect(t, "ann", "ann")
		if err == nil {
			if out, _, err := ask(t, c, "list"); err != nil || !strings.Contains(out, "The mill closes") {
				t.Errorf("%v: %s", err, out)
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%v\n%s", err, h.logged())
		}
	}
}

// With the clients that people have: the whole program, files by redirection, and nothing else that ssh can do.
func TestServeOpenSSH(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	if _, err := exec.LookPath("ssh"); err != nil {
		t.Skip("needs OpenSSH's client: there is no ssh here")
	}
	h := serving(t, []string{"ann"}, []string{millStory})
	_, port, _ := net.SplitHostPort(h.addr)
	ssh := func(program, key string, args ...string) *exec.Cmd {
		base := []string{"-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=" + filepath.Join(h.dir, "known"), "-o", "IdentitiesOnly=yes",
			"-o", "BatchMode=yes", "-o", "IdentityAgent=none", "-i", filepath.Join(h.dir, "key-"+key), map[string]string{"ssh": "-p"}[program] + map[string]string{"sftp": "-P", "scp": "-P"}[program], port}
		return inHome(h.dir, program, append(base, args...)...)
	}
	p := uitest.StartProcess(t, ssh("ssh", "ann", "127.0.0.1"), 100, 30)
	p.Wait(t, "The mill closes")
	p.Type("\r")
	p.Wait(t, " 0 of 4 reviewed")
	if err := p.SetSize(80, 20); err != nil {
		t.Fatal(err)
	}
	p.Type("a")
	p.Wait(t, "suggested")
	p.Type("\r")
	p.Wait(t, " 1 of 4 reviewed")
	p.Kill() // kill -9 of the client: the decision is kept, and the session ends
	p.Until(t, "the end of the session in the log", func() bool { return strings.Contains(h.logged(), "the connection is gone") })

	file := filepath.Join(h.dir, "out.json")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	export := ssh("ssh", "ann", "127.0.0.1", "export", "mill", "-f", "jsonl")
	export.Stdout = out
	if err := errors.Join(export.Run(), out.Close()); err != nil {
		t.Error(err)
	}
	if data, err := os.ReadFile(file); err != nil || strings.Count(string(data), `"verb":"confirm"`) != 1 {
		t.Errorf("%v\n%s", err, data)
	}
	for _, x := range []struct {
		cmd  *exec.Cmd
		says string
	}{
		{ssh("ssh", "stranger", "127.0.0.1", "list"), "Permission denied (publickey)"},
		{ssh("ssh", "ann", "127.0.0.1", "add", "/etc/passwd"), "add: not over SSH"},
		{ssh("ssh", "ann", "127.0.0.1", "export", "mill", "-o", "/tmp/x"), "no file is written over SSH"},
		{ssh("ssh", "ann", "127.0.0.1", "cat /etc/passwd"), "cat: no such command"},
		{ssh("ssh", "ann", "127.0.0.1", "list; cat /etc/passwd"), "list;: no such command"},
		{ssh("ssh", "ann", "-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1", "127.0.0.1"), "remote port forwarding failed"},
		{ssh("ssh", "ann", "-W", "127.0.0.1:"+port, "127.0.0.1"), "open failed"},
		{ssh("ssh", "ann", "-s", "127.0.0.1", "sftp"), "subsystem request failed"},
		{ssh("sftp", "ann", "127.0.0.1"), "onnection closed"},
		{ssh("scp", "ann", "127.0.0.1:/etc/passwd", filepath.Join(h.dir, "stolen")), "onnection closed"},
		{ssh("scp", "ann", "-O", "127.0.0.1:/etc/passwd", filepath.Join(h.dir, "stolen")), "no files are copied over SSH"},
		{ssh("scp", "ann", "-O", filepath.Join(h.dir, "stolen"), "127.0.0.1:/tmp/x"), "no files are copied over SSH"},
		{ssh("ssh", "ann", "127.0.0.1", "scp", "-t", "/tmp/x"), "no files are copied over SSH"},
	} {
		if _, err := exec.LookPath(filepath.Base(x.cmd.Path)); err != nil {
			continue
		}
		got, err := x.cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(got), x.says) || strings.Contains(string(got), "root:") {
			t.Errorf("%q: %v\n%s", x.cmd.Args[len(x.cmd.Args)-4:], err, got)
		}
	}
	if _, err := os.Stat(filepath.Join(h.dir, "stolen")); err == nil {
		t.Error("a file of the server was copied")
	}
	if log := h.logged(); strings.Contains(log, "passwd") || strings.Contains(log, "mill") || strings.Contains(log, "PRIVATE") {
		t.Errorf("the log holds what people typed or read\n%s", log)
	}
}

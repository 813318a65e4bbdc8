package cli

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/ui/serve"
	"byline/ui/uitest"
)

// A house serves a library in this process.
type house struct {
	addr string
	keys map[string]gossh.Signer
}

// open serves w to people with these names.
func openHouse(t *testing.T, w *workspace.Workspace, names ...string) house {
	t.Helper()
	dir := t.TempDir()
	h := house{keys: map[string]gossh.Signer{}}
	var file strings.Builder
	for _, name := range names {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		h.keys[name] = must(gossh.NewSignerFromKey(private))
		fmt.Fprintf(&file, "[[person]]\nname = %q\nkeys = [%q]\n", name, strings.TrimSpace(string(gossh.MarshalAuthorizedKey(h.keys[name].PublicKey()))))
	}
	path := filepath.Join(dir, "users.toml")
	if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	people, err := serve.ReadPeople(path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.addr = l.Addr().String()
	p := hostProgram(newProgram(nil, io.Discard, io.Discard))
	ctx, stop := context.WithCancel(t.Context())
	var over sync.WaitGroup
	over.Go(func() {
		err := serve.Serve(ctx, l, serve.Options{People: people, HostKey: filepath.Join(dir, "host"), Most: 50}, func(ctx context.Context, s *serve.Session) int {
			return p.Visit(ctx, w, s, func(what string, about ...any) { t.Error(what, about) })
		})
		if err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { stop(); over.Wait() })
	return h
}

// enter begins a session of somebody.
func (h house) enter(t *testing.T, name string) (*uitest.Screen, *gossh.Client) {
	t.Helper()
	c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.keys[name])}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm-256color", 30, 100, gossh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	screen := uitest.NewScreen(100, 30).Record()
	s.Stdout = screen
	in, err := s.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(in, screen)
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	return screen, c
}

// Clients that are killed while they read leave no goroutine of the screens behind.
func TestSessionsThatVanish(t *testing.T) {
	w, _ := visited(t)
	h := openHouse(t, w, "ann", "bob")
	screen, c := h.enter(t, "ann")
	screen.Wait(t, "Marta Quill")
	c.Close()
	serving := func() (all []string) {
		b := make([]byte, 8<<20)
		for one := range strings.SplitSeq(string(b[:runtime.Stack(b, true)]), "\n\n") {
			if strings.Contains(one, "bubbletea") || strings.Contains(one, "byline/ui/screens") || strings.Contains(one, "charm.land/ssh") || strings.Contains(one, "byline/ui/serve") {
				all = append(all, one)
			}
		}
		return all
	}
	const base = 4 // who wait for connections, and for the end
	for i := range 12 {
		screen, c := h.enter(t, []string{"ann", "bob"}[i%2])
		screen.Wait(t, "Marta Quill")
		screen.Type("\r")
		if i%3 > 0 {
			screen.Wait(t, " reviewed")
			screen.Type("a\t\r")
		}
		if n := len(serving()); n <= base {
			t.Fatalf("only %d goroutines serve a client: the test looks at nothing", n)
		}
		c.Close()
	}
	var left []string
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if left = serving(); len(left) <= base {
			return
		}
	}
	t.Errorf("%d goroutines are left\n%s", len(left), strings.Join(left, "\n\n"))
}

// Where an article is assigned blind, no byte of what one decides is on any screen of another, or in what their commands print, until
// both are done.
func TestSessionsAreBlind(t *testing.T) {
	w, id := visited(t)
	for _, args := range [][]string{{"team", "add", "May", "--all", "--members", "ann,bob"}, {"team", "assign", "May", "--each", "2", "--overlap", "100%", "--blind"}} {
		var out, errs bytes.Buffer
		if status := execute(t.Context(), newProgram(strings.NewReader(""), &out, &errs), append([]string{"--library", w.Library.Path()}, args...)); status != 0 {
			t.Fatalf("%q: %s", args, errs.String())
		}
	}
	h := openHouse(t, w, "ann", "bob")
	decide := func(e review.Edit) {
		t.Helper()
		ann := workspace.For(w, workspace.Member{Who: "ann"})
		doc, err := ann.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Targets) == 0 && e.Verb != annotate.Done {
			at := strings.Index(doc.Text, "Halden")
			e.Targets = []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + len("Halden")}}}
		}
		if _, _, err := ann.Edit(t.Context(), doc.Article, e); err != nil {
			t.Fatal(err)
		}
	}
	const secret, other = "Zebulon", "qwertzlabel"
	screen, c := h.enter(t, "bob")
	screen.Wait(t, "Marta Quill")
	screen.Type("\r")
	screen.Wait(t, " 0 of 3 reviewed")
	decide(review.Edit{Verb: annotate.Relabel, Value: other})
	decide(review.Edit{Verb: annotate.Note, Value: secret})
	decide(review.Edit{Verb: annotate.Rename, Value: secret})
	for _, keys := range []string{"a", "\t", "\t", "i", "\x1b", "w", "\x1b", "N", "\x1b", "V", "\x1b", "h", "\x1b", "q", "W", "q", "f" + secret + "\r", "\x1b\x1b", "?", "q", "\r", "e", "\r"} {
		screen.Type(keys)
		time.Sleep(20 * time.Millisecond) // a key each, as people press them
	}
	screen.Type("\x1b\x1b\x1b")
	printed := ""
	for _, command := range []string{"list --format json", "log " + id, "blame " + id, "export " + id, "export --by ann " + id, "export --view ann -f jsonl " + id, "people", "quotes", "search " + secret,
		"list --view curated", "team agree --format json", "diff " + id} {
		s, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		out, _ := s.CombinedOutput(command)
		if printed += string(out); strings.Contains(string(out), `"who":"ann","verb"`) || strings.Contains(string(out), `"human"`) {
			t.Errorf("%s: %s", command, out)
		}
		s.Close()
	}
	sent := string(screen.Sent())
	for _, word := range []string{"ebulon", other} {
		for _, text := range []string{strings.ReplaceAll(sent, "f"+secret, ""), printed} {
			if at := strings.Index(strings.ReplaceAll(text, secret+": no", ""), word); at >= 0 {
				t.Errorf("bob reads %q: %q", word, text[max(0, at-200):min(len(text), at+100)])
			}
		}
	}
}

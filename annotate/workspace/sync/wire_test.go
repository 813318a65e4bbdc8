package sync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// cut is a pipe that breaks after some bytes; left is how many, negative for never.
type cut struct {
	io.Writer
	left *int
}

func (c cut) Write(p []byte) (int, error) {
	if *c.left >= 0 && len(p) > *c.left {
		n, _ := c.Writer.Write(p[:*c.left])
		*c.left = 0
		return n, io.ErrClosedPipe
	}
	if *c.left >= 0 {
		*c.left -= len(p)
	}
	return c.Writer.Write(p)
}

// wired brings the library together with another over pipes, of which the way back breaks after some bytes.
func (d *desk) wired(t testing.TB, other *desk, left int) (Report, error) {
	t.Helper()
	d.told = nil
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	served := make(chan error, 1)
	go func() {
		err := Serve(t.Context(), toServer, cut{fromServer, &left}, func() { toServer.Close() }, func(ctx context.Context, library string, do func(context.Context, *Library) error) error {
			if library != "" {
				return fmt.Errorf("no library %s", library)
			}
			return do(ctx, other.Library)
		})
		fromServer.Close()
		toServer.Close()
		served <- err
	}()
	r, err := d.Client(t.Context(), "there", "", toClient, fromClient, func() { toClient.Close() })
	fromClient.Close()
	toClient.Close()
	if serving := <-served; err == nil && serving != nil && !errors.Is(serving, errBroken) {
		t.Error(serving)
	}
	return r, err
}

// Two libraries are brought together over a wire, with the events of a team, and then only what is new goes over it.
func TestWire(t *testing.T) {
	t.Parallel()
	ann, ben := newDesk(t, "ann"), newDesk(t, "ben")
	for _, d := range []*desk{ann, ben} {
		d.Team = workspace.TeamOf(d.Workspace)
	}
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ben.add(t, "https://example.org/b", "Two", "Two. "+story)
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	if err := workspace.TeamOf(ann.Workspace).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}}); err != nil {
		t.Fatal(err)
	}
	same := func(want string) {
		t.Helper()
		r, err := ann.wired(t, ben, -1)
		if err != nil || r.String() != want || len(ann.told) > 0 {
			t.Fatal(r.String(), err, ann.told)
		}
		if a, b := ann.export(t), ben.export(t); a != b {
			t.Fatal(difference(a, b))
		}
	}
	same("0 decisions came, 1 went out; 1 article is new; 1 article went out; 1 change to the team")
	same("Nothing new")
	ben.decide(t, id, annotate.Reject, "Ferris", "")
	r, err := ann.wired(t, ben, -1)
	if err != nil || r.String() != "1 decision of 1 person came, 0 went out" || len(r.Clashes) != 1 {
		t.Error(r.String(), err, r.Clashes)
	}
	ben.add(t, "https://example.org/a", "The Courier", "Later. "+story)
	same("0 decisions came, 0 went out; 1 article changed")
	if s, err := workspace.TeamOf(ben.Workspace).State(t.Context()); err != nil || s.Set("May") == nil {
		t.Error(s, err)
	}
}

// The trash and what was deleted for good are everybody's own over a wire too.
func TestWireRemoved(t *testing.T) {
	t.Parallel()
	ann, ben := newDesk(t, "ann"), newDesk(t, "ben")
	one := ann.add(t, "https://example.org/a", "One", story)
	two := ben.add(t, "https://example.org/b", "Two", "Two. "+story)
	for d, id := range map[*desk]string{ann: one, ben: two} {
		if err := d.Workspace.Library.Remove(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	sync := func(want string) {
		t.Helper()
		if r, err := ann.wired(t, ben, -1); err != nil || r.String() != want {
			t.Error(r.String(), err)
		}
	}
	sync("Nothing new")
	for d, id := range map[*desk]string{ann: one, ben: two} {
		if err := d.Workspace.Library.Restore(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	ann.All = true
	sync("0 decisions came, 0 went out; 1 article is new; 1 article went out")
	if err := errors.Join(ann.Workspace.Library.Remove(t.Context(), two), ann.Workspace.Library.Purge(t.Context(), two)); err != nil {
		t.Fatal(err)
	}
	ben.decide(t, two, annotate.Confirm, "Ferris", "")
	sync("Nothing new; 1 article that was deleted here for good stays away")
	ann.Restore = true
	sync("1 decision of 1 person came, 0 went out; 1 article is new")
}

// A connection that breaks after any number of bytes leaves nothing half done, and the next brings all together.
func TestWireBreaks(t *testing.T) {
	t.Parallel()
	step := 97
	if testing.Short() {
		step = 997
	}
	for left := 0; ; left += step {
		ann, ben := newDesk(t, "ann"), newDesk(t, "ben")
		id := ann.add(t, "https://example.org/a", "The Courier", story)
		ben.add(t, "https://example.org/b", "Two", "Two. "+story)
		ann.decide(t, id, annotate.Confirm, "Ferris", "")
		_, err := ann.wired(t, ben, left)
		if err == nil && left == 0 {
			t.Fatal("nothing was said, and nobody minds")
		}
		if _, err := ann.wired(t, ben, -1); err != nil {
			t.Fatal(left, err)
		}
		if a, b := ann.export(t), ben.export(t); a != b || len(a) < 1000 {
			t.Fatalf("after %d bytes: %s", left, difference(a, b))
		}
		if err == nil {
			return
		}
	}
}

// Whatever the order of decisions and connections, all have the same in the end.
func TestWireAnyOrder(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("decides a hundred times")
	}
	r := rand.New(rand.NewPCG(7, 7))
	desks := []*desk{newDesk(t, "ann"), newDesk(t, "ben"), newDesk(t, "cy")}
	desks[0].add(t, "https://example.org/all", "The Courier", story)
	desks[1].add(t, "https://example.org/one", "One", "One. "+story)
	desks[2].add(t, "https://example.org/two", "Two", "Two. "+story)
	for range 120 {
		i := r.IntN(3)
		if r.IntN(10) == 0 {
			if _, err := desks[i].wired(t, desks[(i+1+r.IntN(2))%3], -1); err != nil {
				t.Fatal(err)
			}
		}
		desks[i].decideAnything(t, r)
	}
	for range 2 {
		for _, pair := range [][2]int{{0, 1}, {1, 2}, {2, 0}} {
			if _, err := desks[pair[0]].wired(t, desks[pair[1]], -1); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := desks[0].export(t)
	for i, d := range desks {
		if got := d.export(t); got != want {
			t.Errorf("%d: %s", i, difference(got, want))
		}
	}
}

// What answers is not always a byline, and not always one of good will.
func TestWireHostile(t *testing.T) {
	t.Parallel()
	hello := `{"hello":{"byline":"sync","version":1,"known":"x","all":true}}` + "\n"
	for said, want := range map[string]string{
		"":                                  "there: no byline answered",
		"bash: byline: command not found\n": `there: it is no byline that answers: "bash: byline: command not found"`,
		"Welcome!\n\x1b[2J\n" + hello:       "there: the connection broke off; sync again",
		strings.Repeat("x\n", 200):          "there: it is no byline that answers",
		`{"error":"no library\u001b[2J here"}` + "\n":                                              "there: it says: no library",
		`{"hello":{"byline":"sync","version":9}}` + "\n":                                           "there: it speaks version 9 of this, and this byline version 1; update the older",
		hello + `{"ids":["../../etc/passwd"]}` + "\n":                                              `there: it names an article "../../etc/passwd", which none is called`,
		hello + "nonsense\n":                                                                       `there: it said what is no line of JSON: "nonsense"`,
		hello + `{"ids":["0123456789abcdef"]}` + "\n" + `{"end":{"touched":0,"log":0}}` + "\n{}\n": "there: it does not speak of article 0123456789abcdef, as it should",
		hello + `{"ids":["0123456789abcdef"]}` + "\n" + `{"end":{"touched":0,"log":0}}` + "\n" + `{"give":{"article":"0123456789abcdef","files":{"../x":"y"}}}` + "\n": `there: it gives a file "../x", which none is called`,
	} {
		ann := newDesk(t, "ann")
		_, err := ann.Client(t.Context(), "there", "", strings.NewReader(said), io.Discard, func() {})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q: %v", said, err)
		}
	}
	for _, said := range []string{"", "x\n", hello + "{}\n", hello + `{"have":[{"article":"../x"}]}` + "\n", hello + `{"have":[{"article":"0123456789abcdef","files":{"/etc/passwd":"x"}}]}` + "\n"} {
		ann := newDesk(t, "ann")
		var out strings.Builder
		err := Serve(t.Context(), strings.NewReader(said), &out, func() {}, func(ctx context.Context, _ string, do func(context.Context, *Library) error) error {
			return do(ctx, ann.Library)
		})
		if err == nil {
			t.Errorf("%q is served: %s", said, out.String())
		}
	}
}

// A host is nothing that ssh takes for an option, and nothing that a shell takes for anything else.
func TestHosts(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"example.org": "example.org ", "ann@example.org:~/team.db": "ann@example.org ~/team.db", "[::1]:x": "[::1] x", "ann@[fe80::1%eth0]": "ann@[fe80::1%eth0] ",
		"h:a b;c": "h a b;c", "-oProxyCommand=x": "", "": "", "a b": "", "a;b": "", "$(x)": "", "a@-b": "", "ann@": "", "a\nb": "", "[::1": ""} {
		host, library, err := splitHost(s)
		if got := host + " " + library; err == nil && got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q %v", s, got, err)
		}
	}
}

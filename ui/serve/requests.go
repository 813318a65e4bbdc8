package serve

import (
	"slices"
	"strings"
	"sync"

	gossh "golang.org/x/crypto/ssh"
)

// Requests are the requests of a channel, of which only those of its [Session] get through: a terminal and its size, some
// variables that say what the terminal can do, and the program or a command, once. All others are refused here.
type requests struct {
	gossh.NewChannel
	closed  chan struct{}                     // when the client has closed the channel
	refused func(kind string, payload []byte) // is told what is none of a session

	mu   sync.Mutex
	term *Terminal // nil while none was asked for
	env  []string  // "NAME=value"
	ran  bool      // the program or a command was asked for
}

func newRequests(ch gossh.NewChannel, refused func(string, []byte)) *requests {
	return &requests{NewChannel: ch, closed: make(chan struct{}), refused: refused}
}

// Accept implements [gossh.NewChannel].
func (r *requests) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, in, err := r.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	out := make(chan *gossh.Request)
	go func() {
		defer close(out)
		defer close(r.closed)
		for req := range in {
			ok, pass := r.take(req)
			if pass {
				out <- req
			} else if req.WantReply {
				_ = req.Reply(ok, nil)
			}
		}
	}()
	return ch, out, nil
}

// take takes a request: it is passed on, or answered here.
func (r *requests) take(req *gossh.Request) (ok, pass bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch req.Type {
	case "pty-req":
		return false, r.takeTerminal(req)
	case "window-change":
		return r.resize(req.Payload), false
	case "env":
		return r.setenv(req.Payload), false
	case "shell", "exec":
		pass = !r.ran
		r.ran = true
		return false, pass
	}
	r.refused(req.Type, req.Payload)
	return false, false
}

// A ptyRequest is the payload of RFC 4254, 6.2.
type ptyRequest struct {
	Term                         string
	Columns, Rows, Width, Height uint32
	Modes                        string
}

// takeTerminal takes the request for a terminal, with a size that can be drawn and no modes: there is no line to edit.
func (r *requests) takeTerminal(req *gossh.Request) bool {
	var p ptyRequest
	if r.ran || r.term != nil || gossh.Unmarshal(req.Payload, &p) != nil {
		return false
	}
	r.term = newTerminal(p.Term, p.Columns, p.Rows)
	width, height := r.term.Size()
	p = ptyRequest{Term: r.term.Name, Columns: uint32(width), Rows: uint32(height), Modes: "\x00"}
	req.Payload = gossh.Marshal(&p)
	return true
}

func (r *requests) resize(payload []byte) bool {
	var p struct{ Columns, Rows, Width, Height uint32 }
	if r.term == nil || gossh.Unmarshal(payload, &p) != nil {
		return false
	}
	r.term.resize(p.Columns, p.Rows)
	return true
}

// variables are those that a client may set; of bytes that any terminal shows, and not many.
var variables = []string{"NO_COLOR", "COLORTERM", "CLICOLOR", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "STY", "ZELLIJ", "BYLINE_THEME"}

const mostValue = 128

func (r *requests) setenv(payload []byte) bool {
	var p struct{ Name, Value string }
	if r.ran || gossh.Unmarshal(payload, &p) != nil || !slices.Contains(variables, p.Name) || len(p.Value) > mostValue || !plain(p.Value) {
		return false
	}
	r.env = append(slices.DeleteFunc(r.env, func(e string) bool { return strings.HasPrefix(e, p.Name+"=") }), p.Name+"="+p.Value)
	return true
}

// plain reports whether s is printable ASCII.
func plain(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// terminal returns the terminal of the channel; nil for none.
func (r *requests) terminal() *Terminal {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.term
}

// environ returns what the client said of its terminal.
func (r *requests) environ() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.env)
}

// Sizes of a terminal, in cells. One that says it has none gets the usual one.
const (
	mostColumns, mostRows   = 640, 240
	mostCells               = 500 * 120 // what is drawn of a larger one is as wide, and less high: a session holds some frames
	usualColumns, usualRows = 80, 24
)

// A Terminal is that of a client.
type Terminal struct {
	Name    string          // TERM: printable ASCII; "dumb" for none
	Resized <-chan struct{} // holds something when the size is another than it was

	mu            sync.Mutex
	width, height int
	resized       chan struct{}
}

func newTerminal(name string, columns, rows uint32) *Terminal {
	const mostName = 64
	if name == "" || len(name) > mostName || !plain(name) || strings.ContainsAny(name, " /=") {
		name = "dumb"
	}
	resized := make(chan struct{}, 1)
	t := &Terminal{Name: name, Resized: resized, resized: resized}
	t.width, t.height = sizeOf(columns, rows)
	return t
}

// sizeOf returns a size that can be drawn.
func sizeOf(columns, rows uint32) (width, height int) {
	within := func(n, usual, most uint32) int {
		if n == 0 {
			return int(usual)
		}
		return int(min(n, most))
	}
	width = within(columns, usualColumns, mostColumns)
	return width, min(within(rows, usualRows, mostRows), mostCells/width)
}

// Size returns the size in cells.
func (t *Terminal) Size() (width, height int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.width, t.height
}

// resize changes the size. Sizes that nobody has asked for yet are passed over.
func (t *Terminal) resize(columns, rows uint32) {
	t.mu.Lock()
	t.width, t.height = sizeOf(columns, rows)
	t.mu.Unlock()
	select {
	case t.resized <- struct{}{}:
	default:
	}
}

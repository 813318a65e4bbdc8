package serve

import (
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// Whatever a client asks for, the terminal has a size that can be drawn and a name that is one, and variables are those of terminals.
func FuzzRequests(f *testing.F) {
	f.Add("pty-req", gossh.Marshal(&ptyRequest{Term: "xterm", Columns: 100_000, Rows: 0, Modes: "\x00"}), "window-change", []byte{0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add("env", gossh.Marshal(struct{ Name, Value string }{"LD_PRELOAD", "x"}), "exec", gossh.Marshal(struct{ Command string }{"list"}))
	f.Add("pty-req", []byte{255, 255, 255, 255}, "env", gossh.Marshal(struct{ Name, Value string }{"COLORTERM", "\x1b[2J"}))
	f.Fuzz(func(t *testing.T, first string, payload []byte, second string, more []byte) {
		r := newRequests(nil, func(string, []byte) {})
		for _, req := range []*gossh.Request{{Type: first, Payload: payload}, {Type: second, Payload: more}} {
			if ok, pass := r.take(req); ok && pass {
				t.Errorf("%s is answered twice", req.Type)
			}
		}
		if term := r.terminal(); term != nil {
			if w, h := term.Size(); w < 1 || w > mostColumns || h < 1 || h > mostRows || w*h > mostCells || term.Name == "" || !plain(term.Name) {
				t.Errorf("%q %d×%d", term.Name, w, h)
			}
		}
		for _, e := range r.environ() {
			if !plain(e) || len(e) > mostValue+30 {
				t.Errorf("%q", e)
			}
		}
	})
}

package serve

import (
	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// refusals are the requests and channels of the protocol that are told in the log if somebody asks for them, in the words of whoever
// reads that. None is granted, nor is any other that [requests] does not take.
var refusals = map[string]string{
	"subsystem":                       "a subsystem",
	"auth-agent-req@openssh.com":      "agent forwarding",
	"auth-agent@openssh.com":          "agent forwarding",
	"x11-req":                         "X11 forwarding",
	"x11":                             "X11 forwarding",
	"tcpip-forward":                   "port forwarding",
	"direct-tcpip":                    "port forwarding",
	"forwarded-tcpip":                 "port forwarding",
	"streamlocal-forward@openssh.com": "socket forwarding",
	"direct-streamlocal@openssh.com":  "socket forwarding",
	"tun@openssh.com":                 "a network device",
}

// mostRefusals is how many refusals of a connection are told.
const mostRefusals = 8

// refused tells the log, once for each connection, what somebody asked for who has authenticated.
func (s *server) refused(sc ssh.Context, kind string, payload []byte) {
	what := refusals[kind]
	if name := (struct{ Name string }{}); kind == "subsystem" && gossh.Unmarshal(payload, &name) == nil && name.Name == "sftp" {
		what = "sftp, as scp does"
	}
	if what == "" || !connOf(sc).first(what) {
		return
	}
	who := ""
	if key, ok := sc.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey); ok {
		p, _ := s.person(key)
		who = p.Name
	}
	s.Log.Warn("request refused", "who", who, "address", sc.RemoteAddr(), "for", what)
}

// refuseAll has the server refuse, and tell, all channels but sessions, and all requests that are of none.
func (s *server) refuseAll(srv *ssh.Server) {
	srv.ChannelHandlers["default"] = func(_ *ssh.Server, _ *gossh.ServerConn, ch gossh.NewChannel, sc ssh.Context) {
		s.refused(sc, ch.ChannelType(), nil)
		_ = ch.Reject(gossh.UnknownChannelType, "unsupported channel type")
	}
	srv.RequestHandlers = map[string]ssh.RequestHandler{"default": func(sc ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
		s.refused(sc, req.Type, nil)
		return false, nil
	}}
}

// first reports whether something is told of the connection for the first time, and there is not too much of it.
func (c *conn) first(what string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told[what] || len(c.told) >= mostRefusals {
		return false
	}
	if c.told == nil {
		c.told = map[string]bool{}
	}
	c.told[what] = true
	return true
}

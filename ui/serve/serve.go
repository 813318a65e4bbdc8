// Package serve lets people use the program over SSH: it authenticates them by their keys, gives each session
// to a function that runs the program on it, and ends sessions in order. It alone knows SSH, and nothing of
// what the program does.
//
// # Who is who
//
// A file of people says which keys are whose; see [ReadPeople]. Nobody comes in by a password, and the name that
// somebody logs in with means nothing: a [Session] is of the person whose key signed.
//
// # What a session can ask for
//
// A terminal, and the program or one command. Everything else that SSH has (forwarding of ports, of the agent and of
// X11, subsystems such as SFTP, variables of the environment but for a few that say what the terminal can do, signals)
// is refused by [requests], before the library that speaks SSH sees it. A command is words: no shell reads it.
//
// # Limits
//
// A gate counts connections before anything is computed for them: how many have not authenticated yet, how often one
// address connects, and how often it failed. Then there are limits of sessions, in all, for each person and for each
// connection, and of the time without a key. Whoever is refused after they authenticated reads why.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// Options say how sessions are served. People, HostKey, Most and Idle are needed.
type Options struct {
	People  *People
	HostKey string        // path of the private key, which is made if there is none
	Most    int           // sessions at the same time
	Idle    time.Duration // without a key, after which a session ends; 0 for never
	Grace   time.Duration // for which sessions are warned before the server ends; 0 for not at all
	Log     *slog.Logger  // nil for none
	Program string        // the name of the program, with which a command may begin
	Names   []string      // of commands, which are logged; other words of a command are not

	// Ready is called with the fingerprint of the host key, which clients show when they see it first, once sessions can begin; may be nil.
	Ready func(fingerprint string)
}

// A Handler runs the program, or a command of it, on a session and returns its exit status. It ends soon after ctx,
// whose [context.Cause] says why.
type Handler func(ctx context.Context, s *Session) (status int)

// Reasons for which a session ends before its person ends it. Each is a sentence for that person.
var (
	errShutdown = errors.New("the server ends")
	errIdle     = errors.New("nothing was typed for a long time")
	errRemoved  = errors.New("your key is no longer in the file of people")
	errChanged  = errors.New("your name or your rights in the file of people have changed: come in again")
	errGone     = errors.New("the connection is gone") // which nobody reads
)

// What is said before a session ends, with how many seconds are left.
const (
	endsIn   = "The server ends in %s; everything you decided is kept"
	endsSoon = "The server ends in some seconds; everything you decided is kept"
	idleEnds = "Nothing was typed for a long time: this session ends within %s, unless you press a key"
)

// Times of a connection.
const (
	handshakeTime = 20 * time.Second // to authenticate
	emptyTime     = time.Minute      // without a session
	graceTime     = 6 * time.Second  // of a session that is told to end
	warnTime      = time.Minute      // before a session ends that is idle; at most half of the time until then
)

// A server is one run of [Serve].
type server struct {
	Options
	run      Handler
	gate     *gate
	sessions *sessions
}

// Serve serves sessions on l, which it closes, until ctx ends. Then no more are begun, those that run are warned and have
// the time of grace; each that still runs is told to end and has some seconds for it, and all connections are closed.
func Serve(ctx context.Context, l net.Listener, o Options, run Handler) error {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{Options: o, run: run, gate: newGate(o.Log), sessions: newSessions(o.Most)}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	srv, err := s.ssh(running)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if o.Ready != nil {
		o.Ready(gossh.FingerprintSHA256(srv.HostSigners[0].PublicKey()))
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(gated{l, s.gate}) }()
	select {
	case err := <-served:
		s.sessions.end(errShutdown)
		return err
	case <-ctx.Done():
	}
	s.Log.Info("ending", "sessions", s.sessions.count())
	_ = l.Close()                                              // none comes in any more
	for left := s.Grace; left > 0; left -= (s.Grace + 1) / 2 { // twice: a key takes the first notice away
		s.sessions.warn(errShutdown, fmt.Sprintf(endsIn, seconds(left)), (s.Grace+1)/2)
	}
	s.sessions.end(errShutdown)
	_ = srv.Close()
	return nil
}

// ssh returns the server of the protocol. Sessions end with ctx.
func (s *server) ssh(ctx context.Context) (*ssh.Server, error) {
	key, err := hostKey(s.HostKey)
	if err != nil {
		return nil, err
	}
	srv, err := wish.NewServer(key, wish.WithVersion("byline"), wish.WithPublicKeyAuth(s.knows))
	if err != nil {
		return nil, fmt.Errorf("read the host key %s: %w", s.HostKey, err)
	}
	srv.HandshakeTimeout = handshakeTime
	srv.ConnCallback = func(sc ssh.Context, c net.Conn) net.Conn {
		sc.SetValue(connKey{}, c)
		return c
	}
	srv.ConnectionFailedCallback = func(c net.Conn, err error) {
		s.gate.failed(c.RemoteAddr())
		if tried, ok := errors.AsType[*gossh.ServerAuthError](err); ok && len(tried.Errors) > 0 {
			s.gate.note("no key of the file of people", c.RemoteAddr())
		}
	}
	srv.ServerConfigCallback = func(sc ssh.Context) *gossh.ServerConfig {
		return &gossh.ServerConfig{MaxAuthTries: mostTries, AuthLogCallback: func(_ gossh.ConnMetadata, _ string, err error) {
			if err == nil {
				connOf(sc).authenticated()
			}
		}}
	}
	srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": func(srv *ssh.Server, c *gossh.ServerConn, ch gossh.NewChannel, sc ssh.Context) {
		s.channel(ctx, srv, c, ch, sc)
	}}
	s.refuseAll(srv)
	return srv, nil
}

// connKey is under which the context of a connection holds it.
type connKey struct{}

func connOf(sc ssh.Context) *conn { return sc.Value(connKey{}).(*conn) }

// mostTries is how many keys a client may try, as OpenSSH's server has it.
const mostTries = 6

// knows reports whether a key is somebody's. The name of the login is neither asked for nor logged: people type
// passwords there.
func (s *server) knows(c ssh.Context, key ssh.PublicKey) bool {
	_, ok := s.person(key)
	if ok {
		return true
	}
	s.Log.Debug("unknown key", "address", c.RemoteAddr(), "key", gossh.FingerprintSHA256(key))
	return false
}

// person returns whose key it is by the file of people as it is now.
func (s *server) person(key ssh.PublicKey) (Person, bool) {
	p, ok, err := s.People.find(key)
	if err != nil {
		s.Log.Error("the file of people cannot be read again; the people of before may still come in", "problem", err)
	}
	return p, ok
}

// channel serves a channel of type session. A connection may have some at the same time.
func (s *server) channel(ctx context.Context, srv *ssh.Server, c *gossh.ServerConn, ch gossh.NewChannel, sc ssh.Context) {
	at := connOf(sc)
	if !at.open() {
		if at.first("too many sessions") {
			s.Log.Warn("session refused", "address", sc.RemoteAddr(), "why", "too many on one connection")
		}
		_ = ch.Reject(gossh.ResourceShortage, "too many sessions on one connection")
		return
	}
	defer at.close()
	asked := newRequests(ch, func(kind string, payload []byte) { s.refused(sc, kind, payload) })
	one := &ssh.Server{PtyHandler: srv.PtyHandler, Handler: func(x ssh.Session) {
		at.begin()
		defer at.end()
		s.session(ctx, x, asked)
	}}
	ssh.DefaultSessionHandler(one, c, asked, sc)
}

// session runs the program on a session, in a goroutine of its own.
func (s *server) session(ctx context.Context, x ssh.Session, asked *requests) {
	who, known := s.person(x.PublicKey())
	if !known { // the key was removed since the connection authenticated
		s.Log.Warn("session refused", "address", x.RemoteAddr(), "key", gossh.FingerprintSHA256(x.PublicKey()), "why", errRemoved)
		refuse(x, asked, errRemoved)
		return
	}
	running, end := context.WithCancelCause(ctx)
	defer end(nil)
	number, err := s.sessions.begin(who.Name, end)
	if err != nil {
		s.Log.Warn("session refused", "who", who.Name, "address", x.RemoteAddr(), "why", err)
		refuse(x, asked, err)
		return
	}
	defer s.sessions.done(number)
	log := s.Log.With("session", number, "who", who.Name)
	one, err := newSession(who, x, asked, s.Program)
	if err != nil {
		log.Warn("session refused", "address", x.RemoteAddr(), "why", err)
		refuse(x, asked, typed(err, x.RawCommand()))
		return
	}
	s.sessions.begun(number, one.notify)
	log.Info("session begins", "address", x.RemoteAddr(), "key", gossh.FingerprintSHA256(x.PublicKey()), "for", one.what(s.Names))
	began := time.Now()
	stop := s.watch(running, x, asked, watched{one, who}, end)
	status := s.guarded(running, log, one)
	stop()
	why := context.Cause(running)
	if why != nil && !errors.Is(why, errGone) {
		one.say("byline: " + goodbye(why))
	}
	_ = x.Exit(status)
	log.Info("session ends", "status", status, "seconds", int(time.Since(began).Seconds()), "why", reason(why))
}

// guarded runs the program; a panic of its own goroutine ends the session only.
func (s *server) guarded(ctx context.Context, log *slog.Logger, one *Session) (status int) {
	defer func() {
		if cause := recover(); cause != nil {
			log.Error("panic", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			one.say("byline: a fault in byline ended this session; every decision that was shown is kept")
			status = 1
		}
	}()
	return s.run(ctx, one)
}

// A watched session is one of a person as the file of people had them when it began.
type watched struct {
	*Session
	who Person
}

// watch ends a session whose client is gone, that is idle, or whose key was removed or is somebody else's now, and closes the channel of one that
// does not end when it is told to. The caller calls stop when it has ended.
func (s *server) watch(ctx context.Context, x ssh.Session, asked *requests, one watched, end context.CancelCauseFunc) (stop func()) {
	over := make(chan struct{})
	go func() {
		tick := time.NewTicker(tickOf(s.Idle))
		defer tick.Stop()
		warned := 0
		for {
			select {
			case <-over:
				return
			case <-asked.closed:
				end(errGone)
				return
			case <-ctx.Done():
				select {
				case <-over:
				case <-time.After(graceTime):
					_ = x.Close() // which unblocks whoever writes to it
				}
				return
			case <-tick.C:
				if who, known := s.person(x.PublicKey()); !known {
					end(errRemoved)
				} else if who.Name != one.who.Name || who.Reads != one.who.Reads {
					end(errChanged)
				} else if left := s.Idle - one.idle(); s.Idle > 0 && left < 0 {
					end(errIdle)
				} else {
					warned = s.warnIdle(one.Session, left, warned)
				}
			}
		}
	}()
	return sync.OnceFunc(func() { close(over) })
}

// warnIdle tells somebody twice that their session ends if nothing is typed, and returns how often they were told. What it says stays true while
// it stands there.
func (s *server) warnIdle(one *Session, left time.Duration, warned int) int {
	soon := min(warnTime, s.Idle/2)
	due := 0
	switch {
	case s.Idle == 0:
	case left <= soon/4:
		due = 2
	case left <= soon:
		due = 1
	}
	if due > warned {
		one.notify(fmt.Sprintf(idleEnds, seconds(left)))
	}
	return due
}

// seconds says how long a time is, in whole seconds, rounded up.
func seconds(d time.Duration) string {
	if n := int((d + time.Second - 1) / time.Second); n > 1 {
		return fmt.Sprintf("%d seconds", n)
	}
	return "1 second"
}

// tickOf returns how often a session is looked at that may be idle for so long.
func tickOf(idle time.Duration) time.Duration {
	const often, seldom = 100 * time.Millisecond, 5 * time.Second
	if idle == 0 {
		return seldom
	}
	return min(seldom, max(often, idle/10))
}

// goodbye says why a session ended, to its person.
func goodbye(why error) string {
	if errors.Is(why, errShutdown) || errors.Is(why, context.Canceled) {
		why = errShutdown
	}
	return why.Error() + ". Everything you decided is kept. Goodbye."
}

// reason returns why a session ended, for the log.
func reason(why error) string {
	if why == nil {
		return "left"
	}
	return why.Error()
}

// refuse says why nothing is run.
func refuse(x ssh.Session, asked *requests, why error) {
	w := io.Writer(x.Stderr())
	if asked.terminal() != nil {
		w = x
	}
	fmt.Fprintf(w, "byline: %v\n", why)
	_ = x.Exit(1)
}

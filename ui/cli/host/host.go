// Package host is the command that serves a library to several people over SSH. Package serve is the server, and package
// cli what its visitors run: this one reads the flags, opens the library once for all, and listens.
package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/workspace"
	"byline/articles/load"
	"byline/ui/cli/command"
	"byline/ui/config"
	"byline/ui/hints"
	"byline/ui/serve"
)

// A Program is what visitors run.
type Program struct {
	// Open opens the library for all visitors.
	Open func(context.Context) (*workspace.Workspace, error)
	// Beside does what a library needs from time to time, until end is called.
	Beside func(context.Context, *workspace.Workspace, Log) (end func())
	Names  []string // of their commands
	// Visit runs the program, or a command, for a visitor who may only read or also decide, and returns the exit status.
	Visit func(ctx context.Context, w *workspace.Workspace, s *serve.Session, log Log) int
}

// A Log gets what whoever runs the server is to know of a visit.
// There are names and values about it.
type Log func(what string, about ...any)

// hosting holds the flags of serve.
type hosting struct {
	command.Env
	Program
	ssh, people, hostKey string
	reads, verbose       bool
	idle, grace          time.Duration
	most                 int
}

// Command returns the command "serve".
func Command(env command.Env, p Program) *cobra.Command {
	o := hosting{Env: env, Program: p}
	c := &cobra.Command{
		Use:   "serve --ssh ADDRESS",
		Short: "Let several people use this library over SSH",
		Long: `Serve the library over SSH to the people in a file, each known by their keys: "ssh -p PORT HOST"
is the whole program, "ssh -p PORT HOST export ARTICLE > FILE" a command of it. Everybody has
their own decisions, settings and place; what one decides the others see at once.

--users names the file (default: users.toml beside the settings):

  [[person]]
  name = "ann"                             # signs her decisions
  keys = ["ssh-ed25519 AAAA… ann@laptop"]  # a line of a file that ends in .pub, each
  rights = "annotate"                      # or "read": no decisions
  settings = "ann.toml"                    # optional: theme, keys, labels, as in yours

It is read again when it changes; a session whose key is gone ends. The name in "ssh
NAME@HOST" means nothing: the key says who it is.

Whoever comes in reaches nothing but the library: no file, program, clipboard, browser or
address of this computer. The host key is made at the first start. An address without a
host is of this computer only; what is reached from elsewhere must be named, as in
0.0.0.0:2222. The log goes to standard error, and holds no text and no key.`,
		Example: `  byline serve --ssh 127.0.0.1:2222
  byline serve --ssh 0.0.0.0:2222 --users team.toml --idle 1h
  ssh -p 2222 localhost`,
		Args: command.NoArguments,
		RunE: func(c *cobra.Command, _ []string) error { return o.run(c.Context()) },
	}
	f := c.Flags()
	f.StringVar(&o.ssh, "ssh", "", "`ADDRESS` and port to listen on, as in 127.0.0.1:2222")
	f.StringVar(&o.people, "users", "", "`FILE` that says who may come in (default: users.toml beside the settings)")
	f.StringVar(&o.hostKey, "host-key", "", "`FILE` with the private key of this host (default: made once, under XDG_STATE_HOME)")
	f.BoolVar(&o.reads, "read-only", false, "nobody decides anything")
	f.DurationVar(&o.idle, "idle", 30*time.Minute, "`TIME` without a key after which a session ends; 0 for never")
	f.DurationVar(&o.grace, "grace", 10*time.Second, "`TIME` for which sessions are warned before the server ends; 0 for none")
	f.IntVar(&o.most, "max", 50, "most `SESSIONS` at the same time")
	f.BoolVar(&o.verbose, "verbose", false, "log unknown keys too")
	return c
}

// check rejects wrong flags.
func (o *hosting) check() error {
	host, _, err := net.SplitHostPort(o.ssh)
	switch {
	case o.ssh == "":
		return command.WrongUsage("byline serve: add --ssh ADDRESS, as in --ssh 127.0.0.1:2222")
	case err != nil:
		return command.WrongUsage("--ssh %s: not an address with a port, such as 127.0.0.1:2222", o.ssh)
	case o.most < 1:
		return command.WrongUsage("--max %d: at least 1", o.most)
	case o.idle < 0 || o.idle > 0 && o.idle < time.Second:
		return command.WrongUsage("--idle %s: at least 1s, or 0 for never", o.idle)
	case o.grace < 0 || o.grace > time.Hour:
		return command.WrongUsage("--grace %s: at least 0, and at most 1h", o.grace)
	case host == "":
		o.ssh = "127.0.0.1" + o.ssh
	}
	return nil
}

// run serves until ctx ends.
func (o *hosting) run(ctx context.Context) error {
	if err := o.check(); err != nil {
		return err
	}
	people, err := o.readPeople()
	if err != nil {
		return err
	}
	if o.hostKey == "" {
		if o.hostKey, err = config.StatePath("ssh_host_ed25519_key"); err != nil {
			return err
		}
	}
	w, err := o.Open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	if !o.reads && w.Library.ReadOnly() {
		return hints.With(fmt.Errorf("serve %s: the library can only be read", w.Library.Path()), "add --read-only, or mend it")
	}
	l, err := net.Listen(network(o.ssh), o.ssh)
	if err != nil {
		return hints.With(fmt.Errorf("listen on %s: %w", o.ssh, inner(err)), "%s", whyNot(err))
	}
	log := o.logger()
	defer o.Beside(ctx, w, logTo(ctx, log))()
	return serve.Serve(ctx, l, serve.Options{
		People: people, HostKey: o.hostKey, Most: o.most, Idle: o.idle, Grace: o.grace, Log: log, Program: "byline", Names: o.Names, Ready: func(fingerprint string) { o.tell(l.Addr(), people, fingerprint) },
	}, func(ctx context.Context, s *serve.Session) int {
		s.Person.Reads = s.Person.Reads || o.reads
		return o.Visit(ctx, w, s, logTo(ctx, log.With("who", s.Person.Name)))
	})
}

// logTo writes into a log, faults as errors.
func logTo(ctx context.Context, log *slog.Logger) Log {
	return func(what string, about ...any) {
		level := slog.LevelInfo
		if what == "fault" {
			level = slog.LevelError
		}
		log.Log(ctx, level, what, about...)
	}
}

// network returns that of an address: a version of IP if it is of one, so that 0.0.0.0 is not all addresses of version 6 as well.
func network(address string) string {
	host, _, _ := net.SplitHostPort(address)
	switch ip, err := netip.ParseAddr(host); {
	case err != nil:
		return "tcp"
	case ip.Unmap().Is4():
		return "tcp4"
	}
	return "tcp6"
}

// whyNot says what to do where nothing can be listened on.
func whyNot(err error) string {
	_, unknown := errors.AsType[*net.DNSError](err)
	_, wrong := errors.AsType[*net.AddrError](err)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "another program has this port: use another"
	case errors.Is(err, syscall.EACCES):
		return "ports below 1024 are for the administrator: use another"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "this computer has no such address: 0.0.0.0 is all that it has"
	case unknown && wrongPort(err), wrong:
		return "a port is a number from 1 to 65535"
	case unknown:
		return "write an address of this computer, such as 127.0.0.1, or 0.0.0.0 for all that it has"
	}
	return ""
}

// wrongPort reports whether an error is about a port, for which the network has names as well.
func wrongPort(err error) bool { return strings.Contains(err.Error(), "port") }

// inner returns the cause of an error of the network, without the address.
func inner(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}

// readPeople reads who may come in.
func (o *hosting) readPeople() (*serve.People, error) {
	path := o.people
	if path == "" {
		settings, err := config.Path()
		if err != nil {
			return nil, err
		}
		path = filepath.Join(filepath.Dir(settings), "users.toml")
	}
	people, err := serve.ReadPeople(path)
	if err != nil {
		return nil, hints.With(load.WithoutPath(err), `"byline serve --help" shows what the file looks like`)
	}
	return people, nil
}

// logger returns the log of the server: standard error, where only text gets through.
func (o *hosting) logger() *slog.Logger {
	level := slog.LevelInfo
	if o.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(o.Errs, &slog.HandlerOptions{Level: level}))
}

// Settings reads the settings of a person at a path, which are there if the file of people names them.
func Settings(path string) (config.Config, []config.Problem) {
	c, problems := config.Load(path)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		problems = append(problems, config.Problem{Path: path, What: "the file of settings that the file of people names is not there", Fix: "make it, or leave the name out"})
	}
	return c, problems
}

// tell says where the library is served, and warns where anybody can knock.
func (o *hosting) tell(at net.Addr, people *serve.People, fingerprint string) {
	_, port, _ := net.SplitHostPort(at.String())
	fmt.Fprintf(o.Errs, "byline: serving the library to %s on %s; ctrl+c ends\n", peopleIn(people), at)
	for _, who := range people.All() {
		if who.Settings == "" {
			continue
		}
		_, problems := Settings(who.Settings)
		for _, p := range problems {
			fmt.Fprintf(o.Errs, "byline: settings of %s: %s\n", who.Name, p)
		}
	}
	fmt.Fprintf(o.Errs, "byline: come in with ssh -p %s HOST; the host key is %s\n", port, fingerprint)
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		fmt.Fprintln(o.Errs, "byline: warning: anybody who reaches this address can knock; only keys of the file open")
	}
}

func peopleIn(p *serve.People) string {
	if n := len(p.All()); n != 1 {
		return fmt.Sprintf("%d people", n)
	}
	return "1 person"
}

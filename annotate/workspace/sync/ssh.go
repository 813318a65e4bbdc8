package sync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// isHost matches what ssh is given for a host: a name or an address, with a user's name. Nothing of it can be an option, or means
// anything to a shell.
var isHost = regexp.MustCompile(`^([A-Za-z0-9_][A-Za-z0-9_.+-]*@)?(\[[0-9A-Fa-f:.%a-z]+\]|[A-Za-z0-9_][A-Za-z0-9_.-]*)$`)

// splitHost splits what follows "ssh:": a host, and the file of a library there, empty for the usual one.
func splitHost(s string) (host, library string, err error) {
	host, library, _ = strings.Cut(s, ":")
	if before, after, ok := strings.Cut(s, "]"); ok && strings.Contains(before, "[") {
		host, library = before+"]", strings.TrimPrefix(after, ":")
	}
	if !isHost.MatchString(host) {
		return "", "", fmt.Errorf("%.60q is no host; name one as for ssh: HOST or USER@HOST", host)
	}
	return host, library, nil
}

// SSH brings the library together with one on another machine, where it has ssh start "byline sync --stdio". The name of the library
// there goes over the wire: no shell sees it. What ssh and the other side print goes to errs.
func (l *Library) SSH(ctx context.Context, host, library string, errs io.Writer) (Report, error) {
	program, err := exec.LookPath("ssh")
	if err != nil {
		return Report{}, errors.New("ssh is not installed, or not on the PATH")
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	options := []string{"-T", "--"}
	if l.Alone {
		options = []string{"-T", "-o", "BatchMode=yes", "--"}
	}
	c := exec.CommandContext(ctx, program, append(options, strings.NewReplacer("[", "", "]", "").Replace(host), "byline sync --stdio")...)
	c.Stderr, c.WaitDelay = errs, 10*time.Second
	in, err := c.StdinPipe()
	if err != nil {
		return Report{}, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return Report{}, err
	}
	if err := c.Start(); err != nil {
		return Report{}, fmt.Errorf("run ssh: %w", err)
	}
	r, err := l.Client(ctx, host, library, out, in, func() { out.Close() })
	in.Close()
	if err != nil { // if it does not end by itself
		defer time.AfterFunc(2*time.Second, stop).Stop()
	}
	wait := c.Wait()
	var exit *exec.ExitError
	if err != nil && errors.As(wait, &exit) {
		switch exit.ExitCode() {
		case 127:
			err = fmt.Errorf("%s: there is no byline on the PATH of that machine", host)
		case 255:
			err = fmt.Errorf("%s: ssh could not connect; try \"ssh %s\"", host, host)
		}
	}
	return r, err
}

package cli

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// sshPrograms are what a server and a client of OpenSSH need; a server is often where only its owner looks.
func sshPrograms() (sshd, ssh, keygen string, ok bool) {
	for _, p := range []struct {
		name string
		to   *string
	}{{"sshd", &sshd}, {"ssh", &ssh}, {"ssh-keygen", &keygen}} {
		for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/usr/local/sbin") {
			if info, err := os.Stat(filepath.Join(dir, p.name)); err == nil && info.Mode()&0o111 != 0 {
				*p.to = filepath.Join(dir, p.name)
				break
			}
		}
		if *p.to == "" {
			return "", "", "", false
		}
	}
	return sshd, ssh, keygen, true
}

// sshServer starts a server of OpenSSH on 127.0.0.1, of whoever tests, and puts an ssh on the PATH that knows it as "there". Commands
// that it starts have the PATH, the home and the library of the script. With an argument that is what it starts, whatever a client asks for.
func sshServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: sshd [COMMAND]")
	}
	sshd, ssh, keygen, ok := sshPrograms()
	if !ok {
		ts.Fatalf("OpenSSH is not installed; ask for the condition sshd first")
	}
	if os.Getuid() == 0 { // a server of root's wants it, whatever it is to do
		ts.Check(os.MkdirAll("/run/sshd", 0o755))
	}
	dir := ts.MkAbs("ssh")
	ts.Check(os.MkdirAll(filepath.Join(dir, "bin"), 0o700))
	file := func(name, data string, mode os.FileMode) string {
		p := filepath.Join(dir, name)
		ts.Check(os.WriteFile(p, []byte(data), mode))
		return p
	}
	for _, key := range []string{"host", "client"} {
		if out, err := exec.Command(keygen, "-q", "-t", "ed25519", "-N", "", "-f", filepath.Join(dir, key)).CombinedOutput(); err != nil {
			ts.Fatalf("ssh-keygen: %v: %s", err, out)
		}
	}
	public, err := os.ReadFile(filepath.Join(dir, "client.pub"))
	ts.Check(err)
	if len(args) > 0 {
		public = fmt.Appendf(nil, "command=%q,restrict %s", args[0], public)
	}
	keys := file("keys", string(public), 0o600)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	port := l.Addr().(*net.TCPAddr).Port
	ts.Check(l.Close())
	var set []string
	for _, name := range []string{"PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "BYLINE_LIBRARY"} {
		set = append(set, fmt.Sprintf("%q", name+"="+ts.Getenv(name)))
	}
	settings := file("sshd_config", fmt.Sprintf(`ListenAddress 127.0.0.1
Port %d
HostKey %s/host
AuthorizedKeysFile %s
StrictModes no
UsePAM no
PasswordAuthentication no
PidFile none
SetEnv %s
`, port, dir, keys, strings.Join(set, " ")), 0o600)
	server := exec.Command(sshd, "-D", "-e", "-f", settings)
	log, err := os.Create(filepath.Join(dir, "log"))
	ts.Check(err)
	server.Stderr = log
	ts.Check(server.Start())
	ts.Defer(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
		log.Close()
	})
	waitForPort(ts, port)
	client := file("ssh_config", fmt.Sprintf(`Host there
HostName 127.0.0.1
Port %d
IdentityFile %s/client
IdentitiesOnly yes
StrictHostKeyChecking no
UserKnownHostsFile /dev/null
LogLevel ERROR
BatchMode yes
`, port, dir), 0o600)
	file("bin/ssh", fmt.Sprintf("#!/bin/sh\nexec %s -F %s \"$@\"\n", ssh, client), 0o700)
	ts.Setenv("PATH", filepath.Join(dir, "bin")+string(filepath.ListSeparator)+ts.Getenv("PATH"))
}

// waitForPort waits until something listens.
func waitForPort(ts *testscript.TestScript, port int) {
	for end := time.Now().Add(time.Minute); ; {
		c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			c.Close()
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("sshd does not listen: %v", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// condition knows whether there is an OpenSSH.
func condition(name string) (bool, error) {
	if name != "sshd" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	_, _, _, ok := sshPrograms()
	return ok, nil
}

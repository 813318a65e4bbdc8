package host

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An address of one version of IP is listened on with that alone.
func TestNetwork(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"0.0.0.0:0": "tcp4", "127.0.0.1:0": "tcp4", "[::]:0": "tcp6", "[::1]:0": "tcp6", "[::ffff:127.0.0.1]:0": "tcp4", "localhost:0": "tcp", ":0": "tcp", "0.0.0.0.:0": "tcp",
	} {
		if got := network(address); got != want {
			t.Errorf("%s: %s, not %s", address, got, want)
		}
	}
	l, err := net.Listen(network("0.0.0.0:0"), "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if at := l.Addr().String(); !strings.HasPrefix(at, "0.0.0.0:") {
		t.Errorf("listens on %s", at)
	}
}

// Where nothing can be listened on, it is said what to do about that.
func TestWhyNot(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for address, want := range map[string]string{
		taken.Addr().String(): "another program has this port", "127.0.0.1:99999": "from 1 to 65535", "127.0.0.1:x y": "from 1 to 65535", "host.invalid:2222": "an address of this computer",
		"192.0.2.1:2222": "no such address",
	} {
		l, err := net.Listen(network(address), address)
		if err == nil {
			l.Close()
			t.Errorf("%s can be listened on", address)
			continue
		}
		if got := whyNot(err); !strings.Contains(got, want) {
			t.Errorf("%s: %v: %q, not %q", address, err, got, want)
		}
	}
}

// Settings of a person that are not there are a mistake in the file of people.
func TestSettings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "nope.toml"): "is not there", write("good.toml", "measure = 60\n"): "", write("bad.toml", "measure = 9000\n"): "measure", write("odd.toml", "none = 1\n"): "none",
	} {
		_, problems := Settings(path)
		if len(problems) != len(want[:min(1, len(want))]) || len(problems) > 0 && !strings.Contains(problems[0].String(), want) {
			t.Errorf("%s: %v, not %q", path, problems, want)
		}
	}
}

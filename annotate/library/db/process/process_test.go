package process

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestMain is the other process: it says its mark, and waits to be killed.
func TestMain(m *testing.M) {
	if os.Getenv("SAY_MARK") != "" {
		os.Stdout.WriteString(Mark() + "\n")
		bufio.NewReader(os.Stdin).ReadByte()
		return
	}
	os.Exit(m.Run())
}

// A process runs until it is killed, whether or not its parent has asked about its end, and another one that has its number
// is not it.
func TestKilled(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SAY_MARK=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	its := strings.TrimSpace(said)
	if Of(its) != Running {
		t.Errorf("a process that runs is %d by %q", Of(its), its)
	}
	m, ok := parse(its)
	if !ok || m.pid != cmd.Process.Pid {
		t.Fatalf("%q is no mark of process %d", its, cmd.Process.Pid)
	}
	if m.at != "-" { // where the system tells
		m.at += "1"
		if Of(m.String()) != Ended {
			t.Error("another process with its number passes for it")
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err == nil {
		t.Fatal("it goes on talking")
	}
	for start := time.Now(); Of(its) != Ended; time.Sleep(time.Millisecond) {
		if time.Since(start) > 10*time.Second {
			t.Fatalf("a process that was killed is %d", Of(its))
		}
	}
	if _ = cmd.Wait(); Of(its) != Ended {
		t.Errorf("a process that was killed and asked about is %d", Of(its))
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	own, _ := parse(Mark())
	other, before, container := own, own, own
	other.host += "2"
	before.boot = "0123/" + before.boot
	id, _, _ := strings.Cut(own.boot, "/")
	container.boot = id + "/pid:[1]"
	for name, c := range map[string]struct {
		mark string
		want State
	}{
		"this process":      {Mark(), Running},
		"nobody":            {"", Unknown},
		"no mark":           {"a b c d", Unknown},
		"no process":        {own.host + " " + own.boot + " 0 1", Unknown},
		"too little":        {own.host + " 12 1", Unknown},
		"another computer":  {other.String(), Elsewhere},
		"before a restart":  {before.String(), Ended},
		"another container": {container.String(), Elsewhere},
	} {
		if got := Of(c.mark); got != c.want {
			t.Errorf("%s: %d, not %d: %q", name, got, c.want, c.mark)
		}
	}
	if field("my\u00a0host \n") != "my_host" || field("") != "-" {
		t.Error("a name of a computer breaks the mark")
	}
}

package annotator

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A process that a program started, and that left its process group, ends with it.
func TestStrays(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip("there is no setsid")
	}
	c := exec.Command("sh", "-c", "setsid sleep 600 & echo $!; wait")
	apart(c)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	pid, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	runs := func() string {
		words, _ := os.ReadFile("/proc/" + strings.TrimSpace(pid) + "/cmdline")
		return strings.ReplaceAll(string(words), "\x00", " ")
	}
	for end := time.Now().Add(time.Minute); runs() != "sleep 600 "; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%q runs", runs())
		}
	}
	killAll(c)
	_ = c.Wait() // it was killed
	for end := time.Now().Add(time.Minute); runs() != ""; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%q outlives the program", runs())
		}
	}
}

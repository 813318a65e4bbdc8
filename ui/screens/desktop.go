package screens

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/atotto/clipboard"
)

// Copy puts a text on the clipboard of the desktop, where there is one, and names what did
// it; else it returns "".
func Copy(text string) string {
	if clipboard.Unsupported || os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" && runtime.GOOS == "linux" {
		return ""
	}
	if clipboard.WriteAll(text) != nil {
		return ""
	}
	return "the desktop's clipboard"
}

// OpenLink opens a link in the program that the desktop has for it.
func OpenLink(url string) error {
	opener := "xdg-open"
	if runtime.GOOS == "darwin" {
		opener = "open"
	}
	path, err := exec.LookPath(opener)
	if err != nil {
		return fmt.Errorf("open %s: there is no %s here", url, opener)
	}
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "mailto:") {
		return fmt.Errorf("open %s: neither a page nor a mail address", url)
	}
	return exec.Command(path, url).Start()
}

// A crash remembers a panic until the terminal is restored.
type crash struct{ report string }

func (c *crash) note(cause any) { c.report = fmt.Sprintf("%v\n\n%s", cause, debug.Stack()) }

// write puts the report into a temporary file and returns its name; empty
// where there was no panic.
func (c *crash) write(version string) string {
	if c.report == "" {
		return ""
	}
	f, err := os.CreateTemp("", "byline-"+time.Now().Format("2006-01-02")+"-*.txt")
	if err != nil {
		return ""
	}
	defer f.Close()
	fmt.Fprintf(f, "byline %s\n\n%s", version, c.report)
	return f.Name()
}

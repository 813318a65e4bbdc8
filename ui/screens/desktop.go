package screens

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/atotto/clipboard"
)

// Copy puts a text on the desktop's clipboard, if there is one, and returns its name for a toast;
// else "".
func Copy(text string) string {
	if clipboard.Unsupported || os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" && runtime.GOOS == "linux" {
		return ""
	}
	if clipboard.WriteAll(text) != nil {
		return ""
	}
	return "the clipboard"
}

// OpenLink opens a link in the desktop's program for it.
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

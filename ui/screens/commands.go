package screens

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// mostCommands is how many shell commands are kept.
const mostCommands = 200

// mostCommandBytes is the longest file of commands that is read.
const mostCommandBytes = 256 << 10

// A commandLog is the commands that were given to the shell, the latest last, in a file that only its
// owner reads. Without a path they are kept for this run only.
type commandLog struct {
	path string

	mu  sync.Mutex
	all []string
}

// read reads the commands of earlier runs. A file that cannot be read is as good as none.
func (c *commandLog) read() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = c.stored()
}

func (c *commandLog) stored() []string {
	if c.path == "" {
		return slices.Clone(c.all)
	}
	info, err := os.Stat(c.path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostCommandBytes {
		return nil
	}
	data, err := os.ReadFile(c.path)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(strings.Split(string(data), "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}

// list returns the commands, the latest last.
func (c *commandLog) list() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.all)
}

// note adds a command, as typed, to those of this run. One that begins with a blank is meant to leave no
// trace, as in a shell.
func (c *commandLog) note(command string) (kept bool) {
	if strings.HasPrefix(command, " ") || strings.Contains(command, "\n") {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = added(c.all, strings.TrimSpace(command))
	return true
}

// save adds a command to the file, with those that other runs have added since.
func (c *commandLog) save(command string) error {
	if c.path == "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	dir := filepath.Dir(c.path)
	if err := os.MkdirAll(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.CreateTemp(dir, ".commands-*") // for its owner only
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(added(c.stored(), strings.TrimSpace(command)), "\n") + "\n")
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), c.path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// added returns commands with one at the end, once.
func added(all []string, command string) []string {
	all = append(slices.DeleteFunc(slices.Clone(all), func(c string) bool { return c == command }), command)
	return all[max(0, len(all)-mostCommands):]
}

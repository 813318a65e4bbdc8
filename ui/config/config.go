// Package config reads the user's settings: a TOML file at $XDG_CONFIG_HOME/byline/config.toml.
//
// One table, settings, holds the name of every setting, its description, its default and the
// values it accepts. The commented file that "byline config init" writes, the program's defaults
// and the validation of a user's file all come from that table, so they cannot disagree.
//
// An invalid setting never keeps the program from starting. It becomes a [Problem] with the file,
// the line and a value to write instead; the default is used, and the other settings of the file
// still apply.
package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A Config holds a user's settings, with defaults for those not set.
type Config struct {
	Theme   string // "terminal", "light" or "dark"
	Measure int    // columns of a line of text, 20 to 200
	Panel   Panel
	Decisions
	Beside
	Terminal
	Date   string // layout of dates, as [time.Time.Format] takes it
	Zen    bool   // start with nothing but the text
	Linear bool   // line by line, for screen readers
	Shell  bool   // ! pipes words to a shell command
	Stored
	Web Web
	Annotating
	Keys map[string][]string // keys of an action: "reader.confirm" → "y", "enter"

	lines map[string]int // line of each setting that the file holds
}

// Annotating holds the settings of who finds names, and what they may be tagged with.
type Annotating struct {
	Annotators []Annotator
	Labels     []Label
}

// Beside holds the settings of what is drawn beside the text.
type Beside struct {
	Pictures  string // "auto", "line" or "off"
	QuoteBars bool   // a bar left of the lines that a quote covers
}

// Decisions holds the settings of decisions.
type Decisions struct {
	Who      string // signs them; empty: the login name
	Anchors  string // how they are found again in a changed source: "words" or "exact"
	GoOn     bool   // each goes on to the next unreviewed name or quote
	Captions bool   // who is named in captions only is listed
	Carry    bool   // those about names are suggested in other articles
}

// Terminal holds the settings of the terminal.
type Terminal struct {
	Mouse bool
	FPS   int // frames a second at most, 10 to 120
}

// Stored holds the settings of where the library is, and of the copies of it.
type Stored struct {
	Library string // path of its file; empty: the default place
	Sync    string // with what it is brought together, as "byline sync" is told; empty: nothing
	Backups Backups
}

// Backups holds the settings of the copies that are made of the library.
type Backups struct{ Keep, Megabytes int }

// Web holds the settings of fetching.
type Web struct {
	Agent     string // names the program to sites; empty: byline and its version
	Languages string // of the header Accept-Language
}

// A Panel holds the settings of the side panel.
type Panel struct {
	Side  string // "left" or "right"
	Width int    // columns, 20 to 80
	Open  bool   // open at start if the window is wide enough
}

// A Label is a user-defined kind of entity.
type Label struct {
	Name string // "weapon"
	Key  string // gives the name under the cursor this label
}

// Line returns the line of the file that sets name, as in "panel.width" or "keys.reader.confirm";
// 0 if the file does not set it.
func (c *Config) Line(name string) int { return c.lines[name] }

// A Problem is a setting that could not be used.
type Problem struct {
	Path string
	Line int    // from 1; 0 for the whole file
	What string // what is wrong: "measure is 500"
	Fix  string // what to do: "write a whole number from 20 to 200"
}

// String returns p on one line, in the form "file:line: what: fix".
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s; %s", p.Path, p.What, p.Fix)
	}
	return fmt.Sprintf("%s:%d: %s; %s", p.Path, p.Line, p.What, p.Fix)
}

// Path returns the default path of the file: under XDG_CONFIG_HOME, else under .config
// in the home directory.
func Path() (string, error) {
	base := os.Getenv("XDG_CONFIG_HOME")
	if filepath.IsAbs(base) {
		return filepath.Join(base, "byline", "config.toml"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the configuration folder: %w", err)
	}
	return filepath.Join(home, ".config", "byline", "config.toml"), nil
}

// StatePath returns the path of a file with what the program remembers between runs: under
// XDG_STATE_HOME, else under .local/state in the home directory.
func StatePath(name string) (string, error) {
	if base := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "byline", name), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the folder of the state: %w", err)
	}
	return filepath.Join(home, ".local", "state", "byline", name), nil
}

// maxBytes limits the size of the settings file: the path may point to something else, such as a
// log or a device.
const maxBytes = 1 << 20

// Load reads the file at path. If it does not exist, everything has its default.
func Load(path string) (Config, []Problem) {
	data, err := read(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return base(), nil
	case err != nil:
		return base(), []Problem{{Path: path, What: err.Error(),
			Fix: "make it a readable file, or name another with --config"}}
	}
	return parse(path, string(data))
}

func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a file")
	}
	if info.Size() > maxBytes {
		return nil, fmt.Errorf("has %d bytes, more than the %d of any configuration", info.Size(), maxBytes)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes))
	return data, withoutPath(err)
}

// withoutPath removes the path from an error: the problem names it already.
func withoutPath(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return fmt.Errorf("cannot be read: %w", pe.Err)
	}
	return err
}

// Command picture makes a picture (SVG) of the program's real screen: it runs a command
// on a pseudo-terminal, types keys and draws the screen.
//
//	go run ./ui/uitest/picture -o docs/reader.svg -keys '{wait:PEOPLE}{tab}{tab}' ./byline
//
// Keys are typed one after another; {tab}, {enter}, {esc}, {up}, {down}, {left},
// {right} and {space} are keys, {wait:TEXT} waits until the screen shows TEXT.
// Without a command it builds the program and opens a new library.
package main

import (
	"errors"
	"flag"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"byline/ui/uitest"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run() error {
	out := flag.String("o", "screen.svg", "the `FILE` to write")
	size := flag.String("size", "100x30", "columns and rows")
	keys := flag.String("keys", "", "keys to type")
	light := flag.Bool("light", false, "a light terminal")
	flag.Parse()
	var width, height int
	if _, err := fmt.Sscanf(*size, "%dx%d", &width, &height); err != nil {
		return fmt.Errorf("-size %s: write COLUMNSxROWS", *size)
	}
	home, err := os.MkdirTemp("", "byline-picture")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	cmd, err := command(flag.Args(), home)
	if err != nil {
		return err
	}
	p, err := uitest.Run(cmd, width, height)
	if err != nil {
		return err
	}
	defer p.Kill()
	foreground, background := "#d8d8d8", "#16181d"
	if *light {
		foreground, background = "#24211d", "#ffffff"
		p.SetBackground(color.White)
	}
	if err := typeKeys(p, *keys); err != nil {
		return err
	}
	f, err := os.Create(*out)
	if err != nil {
		return err
	}
	return errors.Join(p.SVG(f, foreground, background), f.Close())
}

// command returns the command to run: args, or a fresh build of the program.
func command(args []string, home string) (*exec.Cmd, error) {
	if len(args) == 0 {
		bin := filepath.Join(home, "program")
		if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build: %w\n%s", err, out)
		}
		args = []string{bin}
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home,
		"TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "BYLINE_LIBRARY=", "BYLINE_THEME=")
	return cmd, nil
}

var named = map[string]string{
	"tab": "\t", "enter": "\r", "esc": "\x1b", "space": " ", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
}

// typeKeys types keys with a pause after each, and waits until the screen is still.
func typeKeys(p *uitest.Process, keys string) error {
	const moment = 60 * time.Millisecond
	time.Sleep(10 * moment)
	for keys != "" {
		key, rest := keys[:1], keys[1:]
		if name, after, ok := strings.Cut(rest, "}"); key == "{" && ok {
			rest = after
			if text, wait := strings.CutPrefix(name, "wait:"); wait {
				if err := waitFor(p, text); err != nil {
					return err
				}
				keys = rest
				continue
			}
			if key, ok = named[name]; !ok {
				return fmt.Errorf("no key {%s}", name)
			}
		}
		p.Type(key)
		time.Sleep(moment)
		keys = rest
	}
	time.Sleep(10 * moment)
	return nil
}

func waitFor(p *uitest.Process, text string) error {
	for range 500 {
		if strings.Contains(p.Text(), text) {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("%q is never on the screen:\n%s", text, p.Text())
}

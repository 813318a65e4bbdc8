// Command licenses prints the licences of everything that a build of byline holds: Go's own and those
// of the modules that go version -m lists for the named binaries, each text once.
// It fails where a module has no licence or one that is not allowed.
//
//	go run ./packaging/licenses BINARY… > LICENSES.txt
//
// Its test holds that every module of go.mod has an allowed licence.
package main

import (
	"bufio"
	"cmp"
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "licenses:", err)
		os.Exit(1)
	}
}

func run(binaries []string) error {
	modules, err := modulesOf(binaries)
	if err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("ask for GOROOT: %w", err)
	}
	out := bufio.NewWriter(os.Stdout)
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "LICENSE"))
	if err != nil {
		return fmt.Errorf("read the licence of Go: %w", err)
	}
	fmt.Fprintf(out, "byline holds parts of Go and of the modules below, each under its own licence.\n\n")
	section(out, "Go", "LICENSE", text)
	cache, err := moduleCache()
	if err != nil {
		return err
	}
	for _, m := range modules {
		dir, err := m.dir(cache)
		if err != nil {
			return err
		}
		texts, err := read(dir)
		if err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
		if _, err := judge(texts); err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
		for _, t := range texts {
			section(out, m.String(), t.name, t.data)
		}
	}
	return out.Flush()
}

func section(out *bufio.Writer, of, name string, text []byte) {
	fmt.Fprintf(out, "%s\n%s, %s\n\n%s\n\n", strings.Repeat("=", 72), of, name, strings.TrimSpace(string(text)))
}

// modulesOf returns the modules of the binaries, sorted, each once.
func modulesOf(binaries []string) ([]module, error) {
	var all []module
	for _, b := range binaries {
		info, err := buildinfo.ReadFile(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", b, err)
		}
		for _, d := range info.Deps {
			if d.Replace != nil {
				d = d.Replace
			}
			all = append(all, module{d.Path, d.Version})
		}
	}
	slices.SortFunc(all, func(a, b module) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Version, b.Version)) })
	return slices.Compact(all), nil
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"
)

// A module is a version of a module.
type module struct{ Path, Version string }

func (m module) String() string { return m.Path + " " + m.Version }

// moduleCache returns the folder of the module cache.
func moduleCache() (string, error) {
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		return "", fmt.Errorf("ask for GOMODCACHE: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// errAbsent means that a module is not in the cache.
var errAbsent = errors.New("not in the module cache; go mod download fetches it")

// dir returns the folder of m in the cache, where a capital letter is written as ! and the
// small one.
func (m module) dir(cache string) (string, error) {
	var b strings.Builder
	for _, r := range m.Path + "@" + m.Version {
		if unicode.IsUpper(r) {
			b.WriteByte('!')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	dir := filepath.Join(cache, filepath.FromSlash(b.String()))
	if _, err := os.Stat(dir); err != nil {
		return "", fmt.Errorf("%s: %w", m, errAbsent)
	}
	return dir, nil
}

// A text is a file that says under which licence a part of a module is.
type text struct {
	name string // from the module's folder
	data []byte
}

// read returns the licence files of the module in dir, in the order of their names.
func read(dir string) ([]text, error) {
	var texts []text
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case "testdata", "node_modules", "_examples", "examples":
				return filepath.SkipDir
			}
			return nil
		}
		if !saysLicence(d.Name()) {
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, p)
		texts = append(texts, text{filepath.ToSlash(name), data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read licences: %w", err)
	}
	return texts, nil
}

// saysLicence reports whether a file of this name has a licence, a notice or a grant of patents.
func saysLicence(name string) bool {
	name = strings.ToUpper(name)
	switch filepath.Ext(name) {
	case "", ".TXT", ".MD", ".MIT", ".BSD", ".APACHE":
	default:
		if !strings.HasPrefix(name, "LICENSE-") && !strings.HasPrefix(name, "COPYRIGHT-") {
			return false
		}
	}
	for _, begin := range []string{"LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "PATENTS", "UNLICENSE"} {
		if strings.HasPrefix(name, begin) {
			return true
		}
	}
	return false
}

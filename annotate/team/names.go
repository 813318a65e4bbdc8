package team

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// reserved are names that mean something of their own wherever people are named: in queries, views and flags.
var reserved = []string{"me", "mine", "all", "everybody", "curated", "machine", "nobody"}

// Name returns the name of a person or a set as it is written everywhere: without blanks around it, and with each accent and its letter as
// one character (NFC), however it was typed.
func Name(name string) string { return norm.NFC.String(strings.TrimSpace(name)) }

// CheckName returns an error if a person cannot be called name, in any case.
func CheckName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return fmt.Errorf("the name of a person is empty")
	case slices.Contains(reserved, strings.ToLower(Name(name))):
		return fmt.Errorf("%s: nobody can be called that, as it has a meaning in queries and views; write another name", name)
	}
	return nil
}

// Spelt returns name as one of names has it: to the letter or else, if only one of them is the same but for case and for what [Name] makes
// alike, that one. It is name itself if there is none.
func Spelt(names []string, name string) string {
	if slices.Contains(names, name) {
		return name
	}
	same := slices.DeleteFunc(slices.Clone(names), func(s string) bool { return !strings.EqualFold(Name(s), Name(name)) })
	if slices.Sort(same); len(slices.Compact(same)) == 1 {
		return same[0]
	}
	return name
}

var plainName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// FileName returns the part of a file's name that stands for somebody: their name or, with other letters than a to z, digits and hyphens, what is left
// of it and a hash. No two people have the same, and none has one that a file system takes for another's because it is blind to case
// or to how accents are written.
func FileName(who string) string {
	if plainName.MatchString(who) {
		return who
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-':
			return r
		case r == ' ', r == '.', r == '_', r == '/', r == '\\':
			return '-'
		}
		return -1
	}, strings.ToLower(who))
	sum := sha256.Sum256([]byte(who))
	return plain[:min(len(plain), 40)] + "." + hex.EncodeToString(sum[:6])
}

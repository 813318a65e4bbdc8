package config

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var labelTable = setting{
	name: "labels.",
	doc: `
Your own labels, besides person and organization: a name, and the key that tags with
it. The key must be one that the reader does not use.`,
	value: `
weapon = "1"
court = "2"`,
	set: func(c *Config, name string, v any) string {
		key, ok := v.(string)
		if !ok || !validKey(key) {
			return "a key in quotes, such as \"W\", \"f5\" or \"ctrl+l\""
		}
		if name == "" || len(name) > 40 || !printable(name) || strings.Contains(name, ".") {
			return "a short name without dots or control characters before the ="
		}
		for _, l := range c.Labels {
			if l.Key == key {
				return "another key: \"" + l.Name + "\" has this one"
			}
		}
		c.Labels = append(c.Labels, Label{Name: name, Key: key})
		return ""
	},
}

var keyTable = setting{
	name: "keys.",
	doc: `
Keys by action; they replace the default keys. "byline config keys" lists the actions;
an empty list removes an action's keys. A key is a character or one of enter, tab,
esc, space, backspace, delete, up, down, left, right, home, end, pgup, pgdown, f1 to
f12, with ctrl+, alt+ or shift+ before it.`,
	value: `
"reader.confirm" = ["y", "enter"]
"reader.reject" = ["x"]`,
	set: func(c *Config, action string, v any) string {
		keys, bad, ok := keyList(v)
		switch {
		case bad != "":
			return "keys as byline names them, such as [\"y\", \"ctrl+p\"]: " + show(bad) + " is not a key"
		case !ok:
			return "a list of keys, such as [\"y\", \"enter\"]"
		}
		if action == "" || len(action) > 80 || !printable(action) {
			return "an action such as \"reader.confirm\" before the ="
		}
		if c.Keys == nil {
			c.Keys = map[string][]string{}
		}
		c.Keys[action] = keys
		return ""
	},
}

// keyList reads a list of keys or a single one. Bad is the first invalid key.
func keyList(v any) (keys []string, bad string, ok bool) {
	if key, ok := v.(string); ok {
		v = []any{key}
	}
	list, ok := v.([]any)
	if !ok {
		return nil, "", false
	}
	keys = []string{}
	for _, item := range list {
		key, ok := item.(string)
		if !ok {
			return nil, "", false
		}
		if !validKey(key) {
			return nil, key, false
		}
		keys = append(keys, key)
	}
	return keys, "", true
}

// named are the keys with a name rather than a character, as Bubble Tea spells them.
var named = strings.Fields(`enter tab esc space backspace delete insert up down left right
	home end pgup pgdown f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12`)

// validKey reports whether key is spelled the way Bubble Tea reports a keypress: "y", "?",
// "enter", "ctrl+p", "shift+tab".
func validKey(key string) bool {
	for {
		mod, rest, ok := strings.Cut(key, "+")
		if !ok || rest == "" || mod != "ctrl" && mod != "alt" && mod != "shift" {
			break
		}
		key = rest
	}
	r, n := utf8.DecodeRuneInString(key)
	if n == len(key) && n > 0 {
		return r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r)
	}
	return slices.Contains(named, key)
}

// printable reports whether s is valid UTF-8 without control and format characters, so that a
// terminal shows it unchanged.
func printable(s string) bool {
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// visible replaces what is not printable by U+FFFD.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return utf8.RuneError
	}, s)
}

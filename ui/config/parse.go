package config

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"byline/articles/spelling"
)

// base returns the configuration with nothing set.
func base() Config {
	c, _ := parse("", string(Default("")))
	c.lines = nil
	return c
}

// parse returns the defaults overridden by every valid setting of text.
func parse(path, text string) (Config, []Problem) {
	var c Config
	for _, s := range settings {
		if s.reset != nil {
			s.reset(&c)
		}
	}
	c.lines = map[string]int{}
	leaves, err := leavesOf(text)
	if err != nil {
		return c, []Problem{syntax(path, err)}
	}
	var problems []Problem
	for _, l := range leaves {
		if err := l.setIn(&c); err != nil {
			problems = append(problems, Problem{Path: path, Line: l.line, What: err.what, Fix: err.fix})
			continue
		}
		c.lines[l.name] = l.line
	}
	if dir, err := filepath.Abs(filepath.Dir(path)); err == nil && path != "" {
		for i := range c.Annotators {
			c.Annotators[i].Dir = dir
		}
	}
	return c, append(problems, commandless(&c, path, leaves)...)
}

func syntax(path string, err error) Problem {
	p := Problem{Path: path, What: visible(err.Error()), Fix: "fix the line, or delete it; until then every setting has its default"}
	var pe toml.ParseError
	if errors.As(err, &pe) {
		p.Line, p.What = pe.Position.Line, "not TOML: "+visible(strings.TrimSuffix(pe.Message, "."))
	}
	return p
}

// A leaf is one "name = value" of the file.
type leaf struct {
	name  string // with its tables: "panel.width"
	value any    // bool, int64, float64, string, time.Time, []any
	line  int
}

// mostKeys is more settings and tables than anybody writes. To find the line of each takes time.
const mostKeys = 2000

// leavesOf returns the leaves of a TOML text in the order of its lines.
func leavesOf(text string) ([]leaf, error) {
	var root map[string]toml.Primitive
	md, err := toml.Decode(text, &root)
	if err != nil {
		return nil, err
	}
	if n := len(md.Keys()); n > mostKeys {
		return nil, fmt.Errorf("it holds %d settings and tables, more than the %d that are read", n, mostKeys)
	}
	t := tree{md: &md}
	t.walk("", root)
	slices.SortFunc(t.leaves, func(a, b leaf) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.name, b.name))
	})
	return t.leaves, nil
}

// A tree collects the leaves of a parsed file.
type tree struct {
	md     *toml.MetaData
	leaves []leaf
}

func (t *tree) walk(prefix string, table map[string]toml.Primitive) {
	for key, p := range table {
		l := leaf{name: prefix + key}
		var err toml.ParseError
		if errors.As(t.md.PrimitiveDecode(p, &l), &err) {
			l.line = err.Position.Line
		}
		var inner map[string]toml.Primitive
		if _, ok := l.value.(map[string]any); ok && t.md.PrimitiveDecode(p, &inner) == nil {
			t.walk(l.name+".", inner)
			continue
		}
		t.leaves = append(t.leaves, l)
	}
}

// errHere is returned to the decoder by a leaf, to make it report the leaf's line: there is no
// other way to get it.
var errHere = errors.New("here")

// UnmarshalTOML keeps the value unchanged.
func (l *leaf) UnmarshalTOML(v any) error {
	l.value = v
	return errHere
}

// A wrong is an invalid setting: what is wrong and how to fix it.
type wrong struct{ what, fix string }

func (l leaf) setIn(c *Config) *wrong {
	for _, s := range settings {
		rest, ok := s.match(l.name)
		if !ok {
			continue
		}
		if takes := s.set(c, rest, l.value); takes != "" {
			return &wrong{fmt.Sprintf("%s is %s", quotedName(l.name), show(l.value)), "write " + takes}
		}
		return nil
	}
	if near := suggest(l.name); near != "" {
		return &wrong{fmt.Sprintf("there is no setting %s", quotedName(l.name)), fmt.Sprintf("did you mean %s?", near)}
	}
	return &wrong{fmt.Sprintf("there is no setting %s", quotedName(l.name)),
		"delete the line; the file that \"byline config init\" writes names every setting"}
}

// quotedName returns a name from the file, quoted and shortened to fit into a message.
func quotedName(name string) string {
	if strings.Trim(name, letters+".") == "" && len(name) < 60 {
		return name
	}
	return clip(fmt.Sprintf("%+q", name))
}

const letters = "abcdefghijklmnopqrstuvwxyz_-0123456789"

// show formats a value as TOML.
func show(v any) string {
	switch v := v.(type) {
	case string:
		return clip(fmt.Sprintf("%+q", v))
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = show(v[i])
		}
		return clip("[" + strings.Join(parts, ", ") + "]")
	case []map[string]any:
		return "a list"
	}
	return clip(fmt.Sprint(v))
}

func clip(s string) string {
	if len(s) > 60 {
		return s[:60] + "…"
	}
	return s
}

// suggest returns the setting whose name is at most two edits away from name; empty for none.
func suggest(name string) string {
	names := make([]string, len(settings))
	for i, s := range settings {
		names[i] = s.name
	}
	if i := spelling.Nearest(name, names); i >= 0 {
		return names[i]
	}
	return ""
}

package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Route offers a key to the scopes, innermost first, until one handles it. Holds reports whether
// the keys after it should wait for the message of cmd.
func Route(key tea.KeyPressMsg, scopes []Scope) (cmd tea.Cmd, holds, known bool) {
	name := key.String()
	for _, s := range scopes {
		for _, b := range s.Bindings {
			if !slices.Contains(b.Keys, name) {
				continue
			}
			if cmd, ok := s.Handle(b.Action); ok {
				return cmd, b.Holds && cmd != nil, true
			}
		}
		if s.Text != nil {
			return s.Text(key), false, true
		}
		if s.Modal {
			return nil, false, true
		}
	}
	return nil, false, false
}

// Act offers an action to the scopes, innermost first, as if its key had been
// pressed.
func Act(a Action, scopes []Scope) (tea.Cmd, bool) {
	for _, s := range scopes {
		for _, b := range s.Bindings {
			if b.Action != a {
				continue
			}
			if cmd, ok := s.Handle(a); ok {
				return cmd, true
			}
		}
	}
	return nil, false
}

// Key returns the first key of an action, "" if it has none in scopes.
func Key(a Action, scopes []Scope) string {
	for _, s := range scopes {
		for _, b := range s.Bindings {
			if b.Action == a && len(b.Keys) > 0 {
				return b.Keys[0]
			}
		}
	}
	return ""
}

// Rebind returns scopes with the keys of the actions in keys replaced. A key that is given to one
// action is removed from the others in the same scope.
func Rebind(scopes []Scope, keys map[Action][]string) []Scope {
	if len(keys) == 0 {
		return scopes
	}
	out := slices.Clone(scopes)
	for i := range out {
		out[i].Bindings = rebind(out[i].Bindings, keys)
	}
	return out
}

func rebind(bs []Binding, keys map[Action][]string) []Binding {
	var taken []string
	for _, b := range bs {
		taken = append(taken, keys[b.Action]...)
	}
	out := slices.Clone(bs)
	for i := range out {
		if own, ok := keys[out[i].Action]; ok {
			out[i].Keys = own
			continue
		}
		if len(taken) > 0 {
			out[i].Keys = slices.DeleteFunc(slices.Clone(out[i].Keys), func(k string) bool { return slices.Contains(taken, k) })
		}
	}
	return out
}

// Clashes lists the keys that two actions of one scope share.
func Clashes(scopes []Scope) []string {
	var out []string
	for _, s := range scopes {
		by := map[string]Action{}
		for _, b := range s.Bindings {
			for _, k := range b.Keys {
				if a, ok := by[k]; ok {
					out = append(out, s.Name+": "+k+" is "+string(a)+" and "+string(b.Action))
				}
				by[k] = b.Action
			}
		}
	}
	return out
}

// KeyName returns how a key is shown: "⏎" for "enter", "shift+→" for "shift+right".
func KeyName(k string) string {
	if plain, ok := strings.CutPrefix(k, "shift+"); ok {
		return "shift+" + KeyName(plain)
	}
	switch k {
	case "enter":
		return "⏎"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	}
	return k
}

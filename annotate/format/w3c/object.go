package w3c

import (
	"cmp"
	"strings"

	"byline/annotate/format/standoff"
	"byline/articles"
)

// An object is JSON of any shape that was read.
type object map[string]any

func (o object) text(key string) string {
	s, _ := o[key].(string)
	return s
}

// objectsAt returns the objects at key: one, or those of a list.
func (o object) objectsAt(key string) []object { return objectsIn(o[key]) }

func objectsIn(v any) []object {
	switch v := v.(type) {
	case map[string]any:
		return []object{v}
	case []any:
		var out []object
		for _, x := range v {
			if m, ok := x.(map[string]any); ok {
				out = append(out, m)
			}
		}
		return out
	}
	return nil
}

// stringsAt returns the strings at key: one, or those of a list.
func (o object) stringsAt(key string) []string {
	switch v := o[key].(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// annotationsOf returns the annotations in a file, and its label.
func annotationsOf(root any) (all []object, label string) {
	for _, o := range objectsIn(root) {
		label = cmp.Or(label, o.text("label"))
		switch {
		case o["first"] != nil:
			more, _ := annotationsOf(o["first"])
			all = append(all, more...)
		case o["items"] != nil:
			all = append(all, o.objectsAt("items")...)
		case o["rows"] != nil:
			all = append(all, o.objectsAt("rows")...)
		case o["annotations"] != nil: // of the client's export
			all = append(all, o.objectsAt("annotations")...)
		default:
			all = append(all, o)
		}
	}
	return all, label
}

// sourceOf returns an IRI, which is given as text or as an object with an ID.
func sourceOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	for _, o := range objectsIn(v) {
		return o.text("id")
	}
	return ""
}

// isOwn reports whether byline wrote the file whose root is v, and which has these annotations.
func isOwn(v any, all []object) bool {
	for _, o := range objectsIn(v) {
		if o.text("client_version") == "byline" {
			return true
		}
	}
	for _, x := range all {
		for _, b := range x.objectsAt("body") {
			if b.text("purpose") == "identifying" && strings.HasPrefix(b.text("source"), "urn:uuid:") {
				return true
			}
		}
	}
	return false
}

// describedIn returns what the file whose root is v says of sources, by their IDs.
func describedIn(v any) map[string]*standoff.Credits {
	out := map[string]*standoff.Credits{}
	for _, o := range objectsIn(v) {
		for _, s := range o.objectsAt("dcterms:source") {
			c := creditsFrom(s, "dcterms:", "issued", "modified", "isPartOf")
			out[s.text("id")] = &c
		}
	}
	return out
}

// creditsFrom returns the credits in terms of the Dublin Core, whose names have a prefix.
func creditsFrom(o object, prefix, issued, modified, section string) standoff.Credits {
	one := func(name string) standoff.Credit {
		for _, s := range o.stringsAt(prefix + name) {
			return standoff.Credit(s)
		}
		return ""
	}
	c := standoff.Credits{URL: one("identifier"), Site: one("publisher"), Section: one(section), Published: one(issued), Updated: one(modified), Language: one("language")}
	c.Author = standoff.Credit(articles.Byline(o.stringsAt(prefix + "creator")))
	if !strings.HasPrefix(string(c.URL), "http") {
		c.URL = ""
	}
	return c
}

// selectorsOf returns selectors and those that refine them. Offsets that refine a selector count from the start of what
// that selects, which is not known here: only the words of such a refinement are of use.
func selectorsOf(v any) []object {
	var out []object
	for _, s := range objectsIn(v) {
		out = append(out, s)
		for _, r := range s.objectsAt("refinedBy") {
			if r.text("type") != "TextPositionSelector" {
				out = append(out, r)
			}
		}
	}
	return out
}

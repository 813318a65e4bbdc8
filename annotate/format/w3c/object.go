package w3c

import (
	"cmp"
	"strings"

	"byline/annotate/format"
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
func annotationsOf(root any, loss *format.Loss) (all []object, label string) {
	if list, ok := root.([]any); ok {
		loss.Add(len(list)-len(objectsIn(root)), "elements that are no annotations")
	}
	for _, o := range objectsIn(root) {
		label = cmp.Or(label, o.text("label"))
		switch {
		case o["first"] != nil:
			all = append(all, pageOfAnnotations(o["first"], loss)...)
		case o["items"] != nil:
			all = append(all, pageOfAnnotations(o["items"], loss)...)
		case o["rows"] != nil:
			all = append(all, pageOfAnnotations(o["rows"], loss)...)
		case o["annotations"] != nil: // of the client's export
			all = append(all, pageOfAnnotations(o["annotations"], loss)...)
		case o["@graph"] != nil:
			all = append(all, pageOfAnnotations(o["@graph"], loss)...)
		default:
			all = append(all, o)
		}
		if o["next"] != nil {
			all = append(all, pageOfAnnotations(o["next"], loss)...)
		}
	}
	return all, label
}

// pageOfAnnotations returns the annotations of a page, or of a list, which lies elsewhere if it is only named.
func pageOfAnnotations(page any, loss *format.Loss) []object {
	if _, ok := page.(string); ok {
		loss.Add(1, "pages of annotations that are not in the file")
		return nil
	}
	all, _ := annotationsOf(page, loss)
	return all
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
		if v := o.text("client_version"); v == "byline" || standoff.EngineOf(v) != "" {
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

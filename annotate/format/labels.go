package format

import (
	"cmp"
	"slices"
	"strings"

	"byline/annotate"
)

// Label returns how a type is spelled in files that are made of d: as in [Document].Labels, else as byline does in the
// format.
func (d *Document) Label(t annotate.Type, byline func(annotate.Type) string) string {
	return OwnLabel(t, cmp.Or(d.Labels[t], byline(t)))
}

// Spelled is Label for formats that have byline's own names for the types of the engine: only types of the user's own
// are spelled as in [Document].Labels.
func (d *Document) Spelled(t annotate.Type) string {
	switch t {
	case annotate.Person, annotate.Organization, annotate.Place, annotate.Other:
		return string(t)
	}
	return OwnLabel(t, cmp.Or(d.Labels[t], string(t)))
}

// parts are what formats label quotes and their parts with.
var parts = []string{"quote", "cue", "speakermention", "speaker mention"}

// isPart reports whether formats label quotes or their parts so.
func isPart(label string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.EqualFold(p, label) })
}

// usualTypes are the types of the engine by the names that corpora and tools have for them.
var usualTypes = map[string]annotate.Type{
	"person": annotate.Person, "per": annotate.Person, "people": annotate.Person, "pers": annotate.Person, "persname": annotate.Person,
	"organization": annotate.Organization, "organisation": annotate.Organization, "org": annotate.Organization, "orgname": annotate.Organization, "company": annotate.Organization,
	"place": annotate.Place, "location": annotate.Place, "loc": annotate.Place, "gpe": annotate.Place, "placename": annotate.Place,
	"other": annotate.Other, "misc": annotate.Other, "miscellaneous": annotate.Other,
}

// OwnLabel returns a label of mentions of type t with "_" behind it if it would be taken for that of quotes or their
// parts, or of one of the engine's types and t is none: somebody may have a type "company" beside organizations.
func OwnLabel(t annotate.Type, label string) string {
	usual, taken := usualTypes[strings.ToLower(label)]
	if isPart(label) || taken && usual != t {
		return label + "_"
	}
	return label
}

// TypeNamed returns the type of a label: one of the engine's if it is a usual name for it, else the label in lower case
// as a type of the user's own.
func TypeNamed(label string) annotate.Type {
	low := strings.ToLower(strings.TrimSpace(label))
	if own, ok := strings.CutSuffix(low, "_"); ok && (isPart(own) || usualTypes[own] != "") {
		return annotate.Type(own) // see OwnLabel
	}
	if t, ok := usualTypes[low]; ok {
		return t
	}
	return annotate.Type(cmp.Or(low, string(annotate.Other)))
}

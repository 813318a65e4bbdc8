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
	return NotPart(cmp.Or(d.Labels[t], byline(t)))
}

// Spelled is Label for formats that have byline's own names for the types of the engine: only types of the user's own
// are spelled as in [Document].Labels.
func (d *Document) Spelled(t annotate.Type) string {
	switch t {
	case annotate.Person, annotate.Organization, annotate.Place, annotate.Other:
		return string(t)
	}
	return NotPart(cmp.Or(d.Labels[t], string(t)))
}

// parts are what formats label quotes and their parts with.
var parts = []string{"quote", "cue", "speakermention", "speaker mention"}

// IsPart reports whether formats label quotes or their parts so.
func IsPart(label string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.EqualFold(p, label) })
}

// NotPart returns a label of mentions with "_" behind it if it would be taken for that of quotes or their parts.
func NotPart(label string) string {
	if IsPart(label) {
		return label + "_"
	}
	return label
}

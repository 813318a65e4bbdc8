package format

import (
	"cmp"

	"byline/annotate"
)

// Label returns how a type is spelled in files that are made of d: as in [Document].Labels, else as byline does in the
// format.
func (d *Document) Label(t annotate.Type, byline func(annotate.Type) string) string {
	if label := d.Labels[t]; label != "" {
		return label
	}
	return byline(t)
}

// Spelled is Label for formats that have byline's own names for the types of the engine: only types of the user's own
// are spelled as in [Document].Labels.
func (d *Document) Spelled(t annotate.Type) string {
	switch t {
	case annotate.Person, annotate.Organization, annotate.Place, annotate.Other:
		return string(t)
	}
	return cmp.Or(d.Labels[t], string(t))
}

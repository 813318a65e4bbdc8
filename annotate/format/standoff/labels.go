package standoff

import (
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
)

// Spellings are how a file spells types of mentions.
type Spellings map[annotate.Type]string

// Note notes the label that the file has for a type. A second one is not kept apart, which loss counts.
func (s Spellings) Note(t annotate.Type, label string, loss *format.Loss) {
	switch had := s[t]; {
	case label == "" || had == label:
	case had == "":
		s[t] = label
	default:
		loss.Add(1, fmt.Sprintf("annotations labelled %.40s: it is one type with %.40s", label, had))
	}
}

// IsDefault reports whether a label is how byline spells a type in one of its formats.
func IsDefault(t annotate.Type, label string) bool {
	return strings.EqualFold(label, Label(t)) || label == CorpusTag(t)
}

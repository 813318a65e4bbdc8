package model

import (
	"fmt"

	"byline/annotate"
)

// released is the checksum of names.model. When the file changes, raise names.Version with it.
const released = 0xd78539bf

// Version is "model" for the model of the release and has the sum of the file for another,
// "model.1f2e3d4c". The sum is the CRC-32 of the sizes of all sections and of the last
// one, the trained numbers that no two trainings share; the tables are not read for it.
func (m *Model) Version() string {
	if m.sum == released {
		return "model"
	}
	return fmt.Sprintf("model.%08x", m.sum)
}

// Rule returns the rule of all names that a model finds.
func (m *Model) Rule() annotate.Rule {
	return annotate.Rule{
		Name: "model",
		Says: "A model trained on annotated texts weighs the word, its neighbours, the lists and its other occurrences.",
	}
}

package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"slices"
	"strings"

	"byline/annotate/names/model"
	"byline/annotate/train/learn"
	"byline/annotate/train/typing"
)

// fitTypes writes the file of package evidence, fitted to names that models find in the documents that
// they have not seen, with the second pass and the probabilities of the finished model.
func (o *options) fitTypes(models []*model.Model, second *learn.Net, certain []float64, docs []weightedDoc) error {
	if o.types == "" {
		return nil
	}
	var finished []*model.Model
	for _, m := range models {
		m = m.WithSecondPass(bytesOf(second.Linear), m.Trans)
		copy(m.Certain[:], certain)
		finished = append(finished, m)
	}
	data, err := typing.Fit(typedDocs(finished, docs), typing.Defaults())
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.types, data, 0o644); err != nil {
		return fmt.Errorf("write model of types: %w", err)
	}
	fmt.Printf("%s: %d bytes, SHA-256 %x\n", o.types, len(data), sha256.Sum256(data))
	return nil
}

// typedDocs returns docs for the types, each tagged by the model that has not seen it.
func typedDocs(models []*model.Model, docs []weightedDoc) (all []typing.Doc) {
	for i := range docs {
		d := &docs[i]
		all = append(all, typing.Doc{
			Doc: d.Doc, Tagger: models[d.fold%len(models)], Weight: d.weight,
			Source: d.source, Home: slices.Contains(typesHomes[:], sources[d.source].Name), Part: typesPart(d),
		})
	}
	return all
}

// typesHomes are the sources whose mean bias for each type the finished model has: some are dense in
// organizations, or in places.
var typesHomes = [...]string{"wikinews", "voa", "written-plain-wire", "gum_clean.train", "uner_ewt.dev", "wikigold.all"}

// calibrating are the parts that calibrate the scores of types, by the beginnings of the names of their
// sources: each is weighed by a net that has seen no text of its kind.
var calibrating = [...][]string{{"docred", "redocred"}, {"gum", "uner"}, {"wikinews", "pressrel", "senate"}, {"written-plain"}}

// typesPart returns the number of the part that d calibrates, from 1, or 0.
func typesPart(d *weightedDoc) int {
	return 1 + slices.IndexFunc(calibrating[:], func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(sources[d.source].Name, n) })
	})
}

package main

import (
	"fmt"
	"strconv"
	"strings"

	"byline/annotate/train/corpus"
)

// sources are the texts to train on.
var sources = []corpus.Source{
	{Name: "voa", Guidelines: 11, Weight: 1, Newsroom: true, Tokens: true, Whole: true},
	{Name: "voa-test", Guidelines: 11, Weight: 1, Newsroom: true, Tokens: true, Whole: true},
	{Name: "wikinews", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "open", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "pressrel", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "senate", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-africa-mideast", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-americas", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-asia-pacific", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-business-science", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-europe", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-sport-culture-local", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-africa-mideast", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-asia", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-business", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-local", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-politics", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-society", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-sport", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-tech", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-west", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "written-plain-wire", Guidelines: 11, Weight: 1, Newsroom: true},
	{Name: "docred.extra", Guidelines: 2, Weight: 1},
	{Name: "redocred.dev", Guidelines: 2, Weight: 1},
	{Name: "redocred.test", Guidelines: 2, Weight: 1},
	{Name: "gum_clean.train", Guidelines: 3, Weight: 1, NoMisc: true},
	{Name: "wikigold.all", Guidelines: 4, Weight: 1},
	{Name: "crossner_politics.train", Guidelines: 5, Weight: 1, Cut: true},
	{Name: "crossner_politics.dev", Guidelines: 5, Weight: 1, Cut: true},
	{Name: "crossner_politics.test", Guidelines: 5, Weight: 1, Cut: true},
	{Name: "uner_ewt.dev", Guidelines: 6, Weight: 1, NoMisc: true},
	{Name: "btc.train", Guidelines: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "btc.dev", Guidelines: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "btc.test", Guidelines: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "wnut17.train", Guidelines: 8, Weight: 1, NoMisc: true, Single: true},
}

// home is the source whose guidelines the silver data and the model follow: those of newsroom.
const home = 11

// homes are the sources whose guidelines the model follows, averaged.
var homes = [4]int32{home, 3, 4, 6}

// unfolded is the fold of documents that no model is trained without: silver.
const unfolded = -1

// A weightedDoc is a document to train on, with its weight.
type weightedDoc struct {
	corpus.Doc
	guidelines int
	weight     float32
	source     int // index into sources
	fold       int // number of the document, or of that of which it is a copy
}

// load reads the documents to train on, and copies of a share of them in other ways of writing.
func load(dir, weights string, vary float64) ([]weightedDoc, error) {
	orgs, err := corpus.ReadOrganizations(dir)
	if err != nil {
		return nil, err
	}
	var all []weightedDoc
	for i, s := range sources {
		if s.Weight = weightOf(s, weights); s.Weight == 0 {
			continue
		}
		docs, err := corpus.Read(dir, s, s.Guidelines)
		if err != nil {
			return nil, err
		}
		if !s.Newsroom {
			masked := 0
			for k := range docs {
				masked += orgs.Mask(&docs[k])
			}
			fmt.Printf("%s: %d labels of organizations opened\n", s.Name, masked)
		}
		first := len(all)
		for k := range docs {
			all = append(all, weightedDoc{docs[k], s.Guidelines, s.Weight, i, first + k})
		}
		copies, of := corpus.Vary(docs, vary, uint64(i))
		for k := range copies {
			all = append(all, weightedDoc{copies[k], s.Guidelines, s.Weight, i, first + of[k]})
		}
	}
	return all, nil
}

// weightOf returns the weight of s, which weights may override: "gmbfix=0.4,btc=0".
func weightOf(s corpus.Source, weights string) float32 {
	for _, x := range strings.Split(weights, ",") {
		if n, w, ok := strings.Cut(x, "="); ok && strings.HasPrefix(s.Name, n) {
			f, _ := strconv.ParseFloat(w, 32)
			return float32(f)
		}
	}
	return s.Weight
}

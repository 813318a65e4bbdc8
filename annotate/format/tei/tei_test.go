package tei

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

// Texts of other editions: front, back and notes, verse, cells, two readings, encodings, entities of a DTD, and P4.
func TestForeignTexts(t *testing.T) {
	t.Parallel()
	const tei = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text>`
	for name, c := range map[string]struct {
		file, text string
		claims     []string
		lost       int
	}{
		"front, back and notes": {tei + `<front><docTitle><titlePart>By <persName>Bo Ek</persName></titlePart></docTitle></front><body><p>Ann<note>see <persName>Cai Ode</persName></note> left.</p></body>` +
			`<back><p>The <orgName>Courier</orgName>.</p></back></text></TEI>`,
			"By Bo Ek\n\nAnn left.\n\nThe Courier.\n\nsee Cai Ode", []string{"mention 25-32 organization", "mention 3-8 person", "mention 39-46 person"}, 0},
		"verse and cells": {tei + `<body><lg><l>The rain</l><l>in <placeName>Spain</placeName></l></lg><table><row><cell><persName>Ann</persName></cell><cell>Bo</cell></row></table></body></text></TEI>`,
			"The rain\nin Spain\n\nAnn | Bo", []string{"mention 12-17 place", "mention 19-22 person"}, 0},
		"two readings": {tei + `<body><p><choice><sic>sayd</sic><corr>said</corr></choice> <choice><abbr>Mr</abbr><expan>Mister</expan></choice> Ek</p></body></text></TEI>`,
			"sayd Mr Ek", nil, 2},
		"Latin 1":              {`<?xml version="1.0" encoding="ISO-8859-1"?>` + tei + "<body><p>Zo\xeb</p></body></text></TEI>", "Zoë", nil, 0},
		"an entity":            {tei + `<body><p>Zo&euml;</p></body></text></TEI>`, "Zoë", nil, 0},
		"a declared entity":    {`<!DOCTYPE TEI [<!ENTITY yogh "ȝ"><!ENTITY x SYSTEM "x.ent">]>` + tei + `<body><p>&yogh;e</p></body></text></TEI>`, "ȝe", nil, 0},
		"an ID that is twice":  {tei + `<body><p><persName xml:id="a">Ann</persName> <placeName xml:id="a">Halden</placeName></p></body></text></TEI>`, "Ann Halden", []string{"mention 0-3 person", "mention 4-10 place"}, 0},
		"a river, a torn word": {tei + `<body><p><geogName>Hal<lb break="no"/>ne</geogName><lb/>flows</p></body></text></TEI>`, "Halne\nflows", []string{"mention 0-5 place"}, 0},
		"UTF-16, decoded":      {`<?xml version="1.0" encoding="UTF-16"?>` + tei + `<body><p>Zoë</p></body></text></TEI>`, "Zoë", nil, 0},
		"a play": {tei + `<body><sp who="#a"><speaker>ANN.</speaker><p>Who is there?</p><p>Stay.</p></sp><sp><speaker>Bo</speaker><l>Me.</l></sp></body></text></TEI>`,
			"ANN.\n\nWho is there?\n\nStay.\n\nBo\n\nMe.", []string{"mention 0-3 person", "mention 28-30 person", "quote 32-35", "quote 6-26"}, 0},
		"what is no name": {tei + `<body><p><q>Yes</q> on <date when="2026">Monday</date></p><spanGrp><span from="#a">a theme of <persName>Ann</persName></span></spanGrp></body></text></TEI>`,
			"Yes on Monday", nil, 3},
		"version P4": {`<TEI.2><teiHeader/><text><body><p><name type="person">Ann</name> left.</p></body></text></TEI.2>`, "Ann left.", []string{"mention 0-3 person"}, 0},
	} {
		loss := &format.Loss{}
		d := (formattest.Folder{"a.xml": []byte(c.file)}).Read(t, &Format, loss, []string{"a.xml"})[0]
		if got := formattest.Claims(d); d.Text != c.text || !slices.Equal(got, c.claims) || loss.Total() != c.lost {
			t.Errorf("%s: %q %q, lost %q", name, d.Text, got, loss.Lines())
		}
		if !sniff([]byte(c.file)) {
			t.Errorf("%s is not known", name)
		}
	}
	for _, err := range Format.Read(format.Input{Reader: strings.NewReader("<html><p>Ann</p></html>"), Name: "a.xml"}) {
		if err == nil || !strings.Contains(err.Error(), "it holds no element TEI") {
			t.Error(err)
		}
	}
}

// An annotation of standOff holds nothing but what TEI allows there: pointers and notes.
func TestAnnotationsAreValid(t *testing.T) {
	t.Parallel()
	annotations := 0
	for seed := range uint64(100) {
		files, names := formattest.Write(t, &Format, format.Options{}, formattest.Random(seed))
		dec := xml.NewDecoder(strings.NewReader(string(files[names[0]])))
		var open []string
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				if len(open) > 0 && open[len(open)-1] == "annotation" {
					annotations++
					if !slices.Contains([]string{"licence", "note", "ptr", "ref", "respStmt", "revisionDesc"}, e.Name.Local) {
						t.Fatalf("seed %d: %s in an annotation", seed, e.Name.Local)
					}
				}
				open = append(open, e.Name.Local)
			case xml.EndElement:
				open = open[:len(open)-1]
			}
		}
	}
	if annotations == 0 {
		t.Error("no document had an annotation")
	}
}

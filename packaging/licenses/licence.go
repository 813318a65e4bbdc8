package main

import (
	"errors"
	"fmt"
	"strings"
)

// A licence is one that a dependency may have.
type licence struct {
	name  string   // as SPDX writes it
	words []string // all are in its text, blanks and case aside
}

// allowed are the licences of dependencies, the one with more conditions first.
var allowed = []licence{
	{"Apache-2.0", []string{"apache license", "version 2.0, january 2004"}},
	{"MPL-2.0", []string{"mozilla public license version 2.0"}},
	{"BSD-3-Clause", []string{"redistribution and use in source and binary forms", "may be used to endorse or promote"}},
	{"BSD-2-Clause", []string{"redistribution and use in source and binary forms"}},
	{"ISC", []string{"permission to use, copy, modify, and", "distribute this software for any purpose with or without fee"}},
	{"MIT", []string{"permission is hereby granted, free of charge, to any person obtaining a copy"}},
	{"Unlicense", []string{"this is free and unencumbered software released into the public domain"}},
}

// refused are the words of licences that ask more than a notice of the whole program.
var refused = []string{"gnu general public license", "gnu lesser general public license", "gnu affero general public license",
	"server side public license", "business source license", "commons clause"}

// judge returns the licences of the texts of a module: of the first at its root that
// is one. It fails where none is known, or any asks what byline does not give.
func judge(texts []text) (string, error) {
	found := ""
	for _, t := range texts {
		words := plain(t.data)
		for _, r := range refused {
			if strings.Contains(words, r) && !strings.Contains(words, "mozilla public license") {
				return "", fmt.Errorf("%s speaks of the %s", t.name, r)
			}
		}
		if found == "" && !strings.Contains(t.name, "/") {
			found = nameOf(words)
		}
	}
	if found == "" {
		return "", errors.New("no licence that is allowed")
	}
	return found, nil
}

// nameOf returns the name of the allowed licence whose words these are, "" if it is none.
func nameOf(words string) string {
	for _, l := range allowed {
		if l.in(words) {
			return l.name
		}
	}
	return ""
}

func (l licence) in(words string) bool {
	for _, w := range l.words {
		if !strings.Contains(words, w) {
			return false
		}
	}
	return true
}

// plain returns a text in small letters with single blanks.
func plain(data []byte) string {
	return strings.Join(strings.Fields(strings.ToLower(string(data))), " ")
}

package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every module of go.mod has a licence that is allowed, and a row in docs/dependencies.md if byline
// imports it itself.
func TestModulesAreAllowed(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "mod", "edit", "-json", filepath.Join("..", "..", "go.mod")).Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path, Version string
			Indirect      bool
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	if len(mod.Require) < 20 {
		t.Fatalf("go.mod has %d modules", len(mod.Require))
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	cache, err := moduleCache()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range mod.Require {
		t.Run(r.Path, func(t *testing.T) {
			t.Parallel()
			if !r.Indirect && !strings.Contains(string(page), "`"+r.Path+"`") {
				t.Error("docs/dependencies.md does not say what it saves")
			}
			dir, err := module{r.Path, r.Version}.dir(cache)
			if errors.Is(err, errAbsent) {
				t.Skip(err)
			}
			texts, err := read(dir)
			if err != nil {
				t.Fatal(err)
			}
			name, err := judge(texts)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(name)
		})
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	const mit = "MIT License\n\nPermission is hereby granted, free of\n charge, to any person obtaining a copy of this"
	const bsd = "Redistribution and use in source and binary forms, with or without modification, are permitted"
	for _, tt := range []struct {
		name string
		in   []text
		want string
	}{
		{"mit", []text{{"LICENSE", []byte(mit)}}, "MIT"},
		{"two clauses", []text{{"LICENSE", []byte(bsd)}}, "BSD-2-Clause"},
		{"three clauses", []text{{"LICENSE", []byte(bsd + " Neither the name of it may be used to endorse or promote products")}}, "BSD-3-Clause"},
		{"a part under another", []text{{"LICENSE", []byte(mit)}, {"part/LICENSE", []byte(bsd)}}, "MIT"},
		{"a notice first", []text{{"COPYRIGHT", []byte("© somebody")}, {"LICENSE", []byte(mit)}}, "MIT"},
		{"none", nil, ""},
		{"only of a part", []text{{"part/LICENSE", []byte(mit)}}, ""},
		{"unknown", []text{{"LICENSE", []byte("All rights reserved.")}}, ""},
		{"copyleft", []text{{"LICENSE", []byte("GNU GENERAL PUBLIC\nLICENSE Version 3")}}, ""},
		{"a part that is copyleft", []text{{"LICENSE", []byte(mit)}, {"part/COPYING", []byte("GNU Lesser General Public License")}}, ""},
	} {
		got, err := judge(tt.in)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestDirOfCapitals(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	want := filepath.Join(cache, "example.org", "!big!small@v1.0.0")
	if err := os.MkdirAll(want, 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := (module{"example.org/BigSmall", "v1.0.0"}).dir(cache); err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := (module{"example.org/absent", "v1.0.0"}).dir(cache); !errors.Is(err, errAbsent) {
		t.Errorf("%v for a module that is not there", err)
	}
}

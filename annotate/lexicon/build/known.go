package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// buildKnown makes the tables of names that are known as a whole.
func buildKnown(from, to string, text io.Reader) error {
	es := &entities{named: map[name][]*entity{}, kinds: kindsOf()}
	for i := range sources {
		if err := es.read(from, &sources[i]); err != nil {
			return err
		}
	}
	w, err := es.count(text)
	if err != nil {
		return fmt.Errorf("counting words: %w", err)
	}
	free := &entities{named: map[name][]*entity{}, kinds: es.kinds}
	for i := range sources {
		if sources[i].shared {
			continue
		}
		if err := free.read(from, &sources[i]); err != nil {
			return err
		}
	}
	for _, t := range []struct {
		file    string
		entries map[lexicon.Key]known.Entry
	}{
		{"known.bin", newListing(free, w).table(false)},
		{"shared.bin", newListing(es, w).table(true)},
	} {
		data, err := known.Table(t.entries)
		if err != nil {
			return fmt.Errorf("%s: %w", t.file, err)
		}
		if err := os.WriteFile(filepath.Join(to, t.file), data, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d entries, %d bytes\n", t.file, len(t.entries), len(data))
	}
	return nil
}
